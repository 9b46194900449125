import { expect, test } from 'vitest';
import { lowerTail } from './binomial.ts';
import { seededChance } from './chance.ts';
import { type LoggedTally, whatIf } from './off-policy.ts';
import { binOf, thresholdOf } from './score-grid.ts';

const bins = 20;
const from = thresholdOf(4, bins);
const asked = { bins, thresholds: [from], spot_check: 0.1 };
const draws = 500;

/** A month under two gates, .7 and .9, with a tenth of the passes checked; errors fall with the score.
 *  What .5 would have done, and what it did in truth. */
function month(random: () => number, logged = (p: number) => p) {
  const by = new Map<string, LoggedTally>();
  let [passed, wrong] = [0, 0];
  for (let at = 0; at < 4_000; at++) {
    const score = random();
    const loss = random() < 0.3 * (1 - score) ? 1 : 0;
    if (score >= from) {
      passed++;
      wrong += loss;
    }
    const p = score >= (at % 2 ? 0.7 : 0.9) ? 0.1 : 1;
    const bin = binOf(score, bins);
    const inclusion_probability = logged(p);
    const key = `${bin} ${p}`;
    const tally = by.get(key) ?? { bin, inclusion_probability, n: 0, labelled: 0, wrong: 0 };
    by.set(key, tally);
    tally.n++;
    if (random() >= p) continue;
    tally.labelled++;
    tally.wrong += loss;
  }
  const [found] = whatIf([...by.values()], asked);
  return { found: found as NonNullable<typeof found>, passed, risk: wrong / passed };
}

/** Over months: mean error of each estimate in its standard errors, and how often the bounds miss. */
function measured(logged?: (p: number) => number) {
  const chance = seededChance(31);
  const random = () => chance() / 2 ** 32;
  const off = {
    risk: [] as number[],
    risk_inverse: [] as number[],
    risk_normalised: [] as number[],
  };
  let missed = 0;
  for (let draw = 0; draw < draws; draw++) {
    const { found, passed, risk } = month(random, logged);
    expect(found.passed).toBe(passed);
    for (const key of ['risk', 'risk_inverse', 'risk_normalised'] as const) {
      off[key].push((found[key] ?? 0) - risk);
    }
    if (risk < found.low || risk > found.high) missed++;
  }
  const bias = (errors: number[]) => {
    const mean = errors.reduce((sum, error) => sum + error, 0) / draws;
    const spread = errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / (draws - 1);
    return { mean, spread: Math.sqrt(spread), z: mean / Math.sqrt(spread / draws) };
  };
  return {
    missed,
    robust: bias(off.risk),
    inverse: bias(off.risk_inverse),
    normalised: bias(off.risk_normalised),
  };
}

test('[G38] what another threshold would have let pass is told without bias, and its bounds hold', () => {
  const { missed, robust, inverse, normalised } = measured();
  expect(Math.abs(inverse.z)).toBeLessThan(4.5);
  for (const { mean } of [robust, normalised]) expect(Math.abs(mean)).toBeLessThan(0.002);
  expect(robust.spread).toBeLessThan(inverse.spread);
  // 95%, and a hair for what is approximate.
  expect(1 - lowerTail(missed - 1, draws, 0.06), `${missed} of ${draws}`).toBeGreaterThan(1e-4);
});

test('[G38] labels counted without their probabilities are biased, and that is seen', () => {
  const { inverse, normalised } = measured(() => 1);
  expect(Math.abs(inverse.z)).toBeGreaterThan(10);
  expect(Math.abs(normalised.mean)).toBeGreaterThan(0.01);
});

test('[G38] by hand: what is labelled in full is known, and nothing passing has no risk', () => {
  const tallies: LoggedTally[] = [
    { bin: 18, inclusion_probability: 1, n: 40, labelled: 40, wrong: 2 },
    { bin: 12, inclusion_probability: 1, n: 60, labelled: 60, wrong: 8 },
    { bin: 2, inclusion_probability: 1, n: 100, labelled: 100, wrong: 50 },
  ];
  expect(whatIf(tallies, { ...asked, thresholds: [thresholdOf(12, bins), 0.9999] })).toMatchObject([
    {
      ...{ threshold: thresholdOf(12, bins), n: 200, passed: 100, coverage: 0.5, people: 110 },
      ...{ risk: 0.1, risk_inverse: 0.1, risk_normalised: 0.1, low: 0.1, high: 0.1 },
    },
    { passed: 0, coverage: 0, people: 200, risk: null, low: 0, high: 1 },
  ]);
  const checked = { bin: 19, inclusion_probability: 0.1, n: 100, labelled: 10, wrong: 0 };
  const [clean] = whatIf([checked], asked);
  expect(clean).toMatchObject({ risk: 0, low: 0 });
  // None of ten checks wrong says little of the ninety that were not: Wilson, z² / (n + z²) with n = 9.
  expect(clean?.high).toBeCloseTo((0.9 * 3.8415) / (9 + 3.8415), 3);
  const [blind] = whatIf([{ ...checked, labelled: 0 }], asked);
  expect(blind).toMatchObject({ risk_normalised: null, low: 0, high: 1 });
  expect(() => whatIf([{ ...checked, inclusion_probability: 0 }], asked)).toThrow(
    /^tallies\.0\.inclusion_probability/,
  );
  expect(() => whatIf([{ ...checked, bin: 20 }], asked)).toThrow(/^tallies\.0\.bin/);
  expect(() => whatIf([{ ...checked, labelled: 101 }], asked)).toThrow(/^tallies\.0\.labelled/);
});
