import { expect, test } from 'vitest';
import { seededChance } from './chance.ts';
import { playFirstWeeks } from './first-weeks.ts';
import { certificatesBy, groupFigures, plan_defaults, planGate } from './gate-plan.ts';
import { startsOf } from './starts.ts';

const share = (chance: () => number) => chance() / 2 ** 32;

/** Outputs of a model that is right with a probability that grows with its score. */
function outputsOf(n: number, seed: number, rightAt = (score: number) => score ** 0.2) {
  const chance = seededChance(seed);
  return Array.from({ length: n }, (_none, at) => {
    const score = Math.sqrt(share(chance));
    const loss = share(chance) > rightAt(score) ? 1 : 0;
    return { score, loss, group: at % 3 ? 'many' : 'few' };
  });
}
const setup = { ...plan_defaults, alpha: 0.05, outputs_a_day: 300, runs: 20 };

test('[K110] the same outputs, setup and seed give the same plan', () => {
  const outputs = outputsOf(3_000, 7);
  const done: number[] = [];
  const plan = planGate(outputs, setup, (part) => done.push(part));
  expect(planGate(outputs, setup)).toEqual(plan);
  expect(planGate(outputs, { ...setup, seed: 2 })).not.toEqual(plan);
  expect(done.at(-1)).toBe(1);
  expect(plan.n).toBe(3_000);
  expect(plan.tiers[0]?.certificate.threshold).not.toBe(null);
});

test('[K110] too few outputs are no certificate, and it says how many clean checks are missing', () => {
  const plan = planGate(
    outputsOf(40, 1, () => 1),
    { ...setup, alpha: 0.01 },
  );
  expect(plan.tiers[0]?.certificate.threshold).toBe(null);
  expect(plan.tiers[0]?.certificate.needed).toBeGreaterThan(200);
  expect(plan.people.hours).toBe(plan.people.hours_without);
  const alphas = [0.01, 0.05, 0.2];
  const by = certificatesBy(outputsOf(2_000, 4), { delta: 0.05, seed: 1 }, undefined, alphas);
  expect(by.map(({ alpha }) => alpha)).toEqual(alphas);
  const coverages = by.map(({ coverage }) => coverage);
  expect([...coverages].sort((a, b) => a - b)).toEqual(coverages);
});

test('[K110] groups are told apart, and one that is wrong more often than promised is marked', () => {
  const bad = outputsOf(900, 5, () => 0.8).map((one) => ({ ...one, group: 'bad' }));
  const good = outputsOf(900, 6, () => 1).map((one) => ({ ...one, group: 'good' }));
  const at_half = new Map([['all', 0.5]]);
  const figures = groupFigures([...bad, ...good], at_half, { alpha: 0.05, partial: false });
  const over = figures.map(({ group, over: is }) => [group, is]);
  expect(over).toEqual(
    expect.arrayContaining([
      ['bad', true],
      ['good', false],
    ]),
  );
  expect(
    groupFigures([{ score: 1, loss: 0, group: null }], at_half, { alpha: 0.05, partial: false }),
  ).toEqual([]);
});

test('[K111] a played gate holds everything until something is proven, and keeps its promise', () => {
  const outputs = outputsOf(4_000, 11);
  const { days, opened, runs_opened, runs_broken } = playFirstWeeks(outputs, setup);
  expect(days).toHaveLength(28);
  expect(days[0]).toMatchObject({ wrong: null, held: { low: 300, high: 300 } });
  expect(opened?.middle).toBeGreaterThan(1);
  expect(runs_opened).toBeGreaterThan(12);
  // Of 20 runs, each broken with probability at most .05: five or more is one in four hundred.
  expect(runs_broken).toBeLessThan(5);
  const last = days.at(-1);
  expect(last?.held.middle).toBeLessThan(300);
  expect(last?.spot_checked.middle).toBeGreaterThan(0);
});

test('[K111] what is never right never opens, and neither does what people misjudge too often', () => {
  expect(
    playFirstWeeks(
      outputsOf(500, 1, () => 0.5),
      setup,
    ),
  ).toMatchObject({
    ...{ opened: null, runs_opened: 0, runs_broken: 0 },
  });
  const noisy = { ...setup, alpha: 0.02, label_noise: 0.05 };
  expect(
    playFirstWeeks(
      outputsOf(500, 1, () => 1),
      noisy,
    ).runs_opened,
  ).toBe(0);
  for (const wrong of [
    { spot_check: 0 },
    { label_noise: 0.5 },
    { days: 0 },
    { outputs_a_day: 0 },
  ]) {
    expect(() => playFirstWeeks(outputsOf(9, 1), { ...setup, ...wrong })).toThrow();
  }
});

test('[K111] where to begin is told once there are labels enough', () => {
  const few = [{ bin: 190, weight: 1, wrong: 0, n: 19 }];
  expect(startsOf(few, { alpha: 0.05, delta: 0.05 })).toBe(null);
  const enough = [
    { bin: 190, weight: 1, wrong: 0, n: 60 },
    { bin: 120, weight: 1, wrong: 0, n: 60 },
    { bin: 20, weight: 1, wrong: 60, n: 60 },
  ];
  expect(startsOf(enough, { alpha: 0.05, delta: 0.05 })).toEqual([120, 190]);
});
