import { expect, test } from 'vitest';
import { lowerTail } from './binomial.ts';
import { seededChance } from './chance.ts';
import { errorsBorne } from './margin.ts';
import { riskAmong } from './off-policy.ts';
import { type LoggedPart, replayAlpha } from './replay-alpha.ts';
import { binOf, thresholdOf } from './score-grid.ts';
import { cleanLabels, score_bins } from './starts.ts';
import { attemptDelta } from './target.ts';

interface Came {
  day: number;
  bin: number;
  wrong: boolean;
}
const nameOf = (day: number) => `2026-01-${String(day + 1).padStart(2, '0')}`;

/** Three weeks at a gate that held everything for four days, then passed from .7 on and checked a fifth;
 *  errors fall with the score. */
function weeks(random: () => number) {
  const came: Came[] = [];
  const parts = new Map<string, LoggedPart>();
  for (let day = 0; day < 21; day++) {
    for (let nth = 0; nth < 150; nth++) {
      const score = random();
      const wrong = random() < 0.5 * (1 - score) ** 2;
      const bin = binOf(score, score_bins);
      came.push({ day, bin, wrong });
      const open = day >= 4;
      const p = open && score >= 0.7 ? 0.2 : 1;
      const weight = open && p === 1 ? 0.2 : 1;
      const phase = !open && random() < 0.2 ? 'design' : 'test';
      const key = `${day} ${bin} ${p} ${phase}`;
      const kind = { day: nameOf(day), phase, bin, weight, inclusion_probability: p } as const;
      const part = parts.get(key) ?? { ...kind, n: 0, labelled: 0, wrong: 0 };
      parts.set(key, part);
      part.n++;
      if (random() >= p) continue;
      part.labelled++;
      part.wrong += Number(wrong);
    }
  }
  return { came, parts: [...parts.values()] };
}

/** What passes in truth by the thresholds of a replay, and how much of it is wrong. */
function truthOf(came: Came[], days: { day: string; threshold: number | null }[]) {
  const passed = came.filter(({ day, bin }) => {
    const threshold = days.find((one) => one.day === nameOf(day))?.threshold ?? null;
    return threshold !== null && thresholdOf(bin, score_bins) >= threshold;
  });
  return { passed: passed.length, wrong: passed.filter(({ wrong }) => wrong).length };
}

const target = (alpha: number) => ({ alpha, delta: 0.1, closed: true });

test('[G63] what passes at another alpha is what its thresholds let pass, its errors are told without bias, and the bounds hold', () => {
  const chance = seededChance(17);
  const random = () => chance() / 2 ** 32;
  const draws = 100;
  for (const alpha of [0.08, 0.15]) {
    let [missed, off, told] = [0, 0, 0];
    for (let draw = 0; draw < draws; draw++) {
      const { came, parts } = weeks(random);
      const { days } = replayAlpha([], parts, target(alpha));
      const passing = days.flatMap((day) => day.passing);
      const truth = truthOf(came, days);
      expect(passing.reduce((sum, { n }) => sum + n, 0)).toBe(truth.passed);
      if (!truth.passed) continue;
      const { risk, low, high } = riskAmong(passing);
      const share = truth.wrong / truth.passed;
      told++;
      off += (risk as number) - share;
      if (share < low || share > high) missed++;
    }
    expect(told).toBeGreaterThan(draws * 0.9);
    expect(Math.abs(off / told)).toBeLessThan(0.002);
    expect(1 - lowerTail(missed - 1, told, 0.06), `${missed} of ${told}`).toBeGreaterThan(1e-4);
  }
}, 60_000);

test('[G63] no output passes by a threshold that its own day’s labels helped to choose', () => {
  const chance = seededChance(3);
  const { parts } = weeks(() => chance() / 2 ** 32);
  const whole = replayAlpha([], parts, target(0.15)).days;
  const first = whole.findIndex(({ threshold }) => threshold !== null);
  const day = nameOf(first - 1);
  const turned = parts.map((part) => (part.day === day ? { ...part, wrong: part.labelled } : part));
  const now = replayAlpha([], turned, target(0.15)).days;
  expect(now.slice(0, first).map(({ threshold }) => threshold)).toEqual(Array(first).fill(null));
  // The day after it does.
  expect(now[first]?.threshold).not.toBe(whole[first]?.threshold);
  const later = parts.map((part) =>
    part.day === nameOf(first) ? { ...part, wrong: part.labelled } : part,
  );
  const then = replayAlpha([], later, target(0.15)).days;
  expect(then[first]?.threshold).toBe(whole[first]?.threshold);
});

test('[G63] a stricter alpha passes less, one that was never proven passes nothing and says what is missing', () => {
  const chance = seededChance(8);
  const { parts } = weeks(() => chance() / 2 ** 32);
  const passed = (alpha: number) => {
    const { days, needed } = replayAlpha([], parts, target(alpha));
    return {
      n: days.reduce((sum, day) => sum + day.passing.reduce((of, { n }) => of + n, 0), 0),
      needed,
    };
  };
  const [loose, strict, never] = [passed(0.2), passed(0.1), passed(0.001)];
  expect(loose.n).toBeGreaterThan(strict.n);
  expect(strict).toMatchObject({ needed: 0 });
  expect(never.n).toBe(0);
  expect(never.needed).toBeGreaterThan(1_000);
});

test('[G63] labels of earlier days count from the first day on, and what was scored otherwise never passes', () => {
  const chance = seededChance(8);
  const { parts } = weeks(() => chance() / 2 ** 32);
  const [early, late] = [
    parts.filter(({ day }) => day < '2026-01-10'),
    parts.filter(({ day }) => day >= '2026-01-10'),
  ];
  const before = early.map(({ phase, bin, weight, wrong, labelled }) => ({
    phase,
    bin,
    weight,
    wrong,
    n: labelled,
  }));
  const whole = replayAlpha([], parts, target(0.15));
  const rest = replayAlpha(before, late, target(0.15));
  expect(rest.days.at(-1)?.threshold).toBe(whole.days.at(-1)?.threshold);
  expect(rest.days[0]?.threshold).not.toBeNull();
  const other = late.map((part) => ({ ...part, phase: 'head' as const }));
  expect(replayAlpha(before, other, target(0.15)).days.flatMap(({ passing }) => passing)).toEqual(
    [],
  );
});

test('[G98] what the proof bears is told by the part of delta that it was proven with', () => {
  const [alpha, delta, bin] = [0.1, 0.1, 200];
  const kind = { day: nameOf(0), bin, weight: 1, inclusion_probability: 1, wrong: 0 } as const;
  const given = { bins: score_bins, alpha, delta: attemptDelta(delta, 1), starts: [bin], bin };
  let apart = 0;
  for (let n = 60; n < 400; n += 7) {
    const parts: LoggedPart[] = [
      { ...kind, phase: 'design', n: 40, labelled: 40 },
      { ...kind, phase: 'test', n, labelled: n },
    ];
    const tallies = [{ bin, weight: 1, wrong: 0, n }];
    const borne = errorsBorne(tallies, given);
    const { margin } = replayAlpha([], parts, { alpha, delta, closed: true });
    expect({ n, margin: margin ?? 0 }).toEqual({ n, margin: borne });
    apart += Number(errorsBorne(tallies, { ...given, delta }) > borne);
  }
  expect(apart).toBeGreaterThan(0);
});

/** Two weeks of a proof that was begun anew: every label is evidence, and where to begin was told before. */
function anew() {
  const chance = seededChance(5);
  const { parts } = weeks(() => chance() / 2 ** 32);
  return parts.map((part) => ({ ...part, phase: 'test' as const }));
}

test('[G120] what has no labels for where to begin begins where it is told, with its own part of delta', () => {
  const bin = binOf(0.8, score_bins);
  const parts = Array.from({ length: 12 }, (_none, day): LoggedPart => {
    const kind = { day: nameOf(day), bin, weight: 1, inclusion_probability: 1 };
    return { ...kind, phase: 'test', n: 10, labelled: 10, wrong: 0 };
  });
  const opened = ({ days }: ReturnType<typeof replayAlpha>) =>
    days.findIndex(({ threshold }) => threshold !== null);
  const whole = replayAlpha([], parts, { ...target(0.1), starts: [bin] });
  expect(whole).toMatchObject({ needed: 0, threshold: thresholdOf(bin, score_bins) });
  const later = replayAlpha([], parts, { ...target(0.1), starts: [bin], attempt: 4 });
  expect(opened(whole)).toBeGreaterThan(0);
  expect(opened(later)).toBeGreaterThan(opened(whole));
  expect(later.margin).toBeLessThan(whole.margin as number);
  const nowhere = replayAlpha([], parts, target(0.1));
  expect(nowhere).toMatchObject({ threshold: null, margin: null });
  // At the least what a clean proof takes.
  expect(nowhere.needed).toBe(cleanLabels(target(0.1)));
});

test('[G120] what goes on after something proven passes by that from its first day on', () => {
  const parts = anew();
  const [early, late] = [
    parts.filter(({ day }) => day < '2026-01-10'),
    parts.filter(({ day }) => day >= '2026-01-10'),
  ];
  const starts = [binOf(0.85, score_bins), binOf(0.7, score_bins)];
  const whole = replayAlpha([], parts, { ...target(0.15), starts });
  const { state } = replayAlpha([], early, { ...target(0.15), starts });
  const rest = replayAlpha([], late, { ...target(0.15), after: state });
  const { days, ...end } = whole;
  expect(rest).toMatchObject({ days: days.filter(({ day }) => day >= '2026-01-10'), ...end });
});

test('[G120] starts that are known hold from when the labels for telling them are enough', () => {
  const chance = seededChance(8);
  const { parts } = weeks(() => chance() / 2 ** 32);
  const told = replayAlpha([], parts, target(0.15));
  const known = replayAlpha([], parts, { ...target(0.15), starts: [240] });
  expect(told.state.starts).not.toEqual([240]);
  expect(known.state.starts).toEqual([240]);
  expect(known.days[0]?.threshold).toBeNull();
});
