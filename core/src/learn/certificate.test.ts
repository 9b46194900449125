import { describe, expect, test } from 'vitest';
import { lowerTail } from './binomial.ts';
import { type Certificate, certify, type ThresholdPlan } from './certificate.ts';
import { seededChance } from './chance.ts';
import type { ScoredOutput } from './scored.ts';
import { certifyEach, certifySplit, planThresholds } from './threshold-plan.ts';

const target = { alpha: 0.05, delta: 0.1 };
/** Fewer thresholds than usual: the promise is the same, and 600 plans are sooner made. */
const points = 40;

/** Outputs whose true risk is known: the error rate falls with the score, but for a bump. */
function source(seed: number) {
  const chance = seededChance(seed);
  const uniform = () => chance() / 2 ** 32;
  const rateAt = (score: number) =>
    (1 - score) ** 2 * 0.5 + (score > 0.8 && score < 0.85 ? 0.1 : 0);
  const draw = (n: number): ScoredOutput[] =>
    Array.from({ length: n }, () => {
      const score = uniform();
      return { score, loss: uniform() < rateAt(score) ? 1 : 0 };
    });
  /** Selective risk at a threshold, by summing finely. */
  const riskAt = (threshold: number) => {
    const steps = 2_000;
    let sum = 0;
    for (let i = 0; i < steps; i++)
      sum += rateAt(threshold + ((i + 0.5) / steps) * (1 - threshold));
    return sum / steps;
  };
  return { draw, riskAt };
}

/** How many of 600 draws break the promise, by what certifies them. */
function broken(certified: (draw: (n: number) => ScoredOutput[]) => Certificate): number {
  let count = 0;
  for (let seed = 1; seed <= 600; seed++) {
    const { draw, riskAt } = source(seed);
    const { threshold } = certified(draw);
    if (threshold !== null && riskAt(threshold) > target.alpha) count++;
  }
  return count;
}
/** P(so many or more break it), were each draw to break it with probability delta. */
const likelihood = (count: number) => 1 - lowerTail(count - 1, 600, target.delta);

describe('[G13] a certified threshold keeps its promise in all but a share delta of draws', () => {
  test('planned on outputs set apart for it', () => {
    const count = broken((draw) => {
      const plan = planThresholds(draw(300), { ...target, n: 700, points });
      return certify(plan, draw(700), target);
    });
    expect(likelihood(count)).toBeGreaterThan(1e-4);
  });
  test('planned on a part of the sample itself', () => {
    const count = broken((draw) => certifySplit(draw(800), { ...target, points }));
    expect(likelihood(count)).toBeGreaterThan(1e-4);
  });
  test('which a cut where the errors of the sample are alpha does not', () => {
    const count = broken((draw) => {
      const sample = draw(700).sort((a, b) => b.score - a.score);
      let [wrong, cut] = [0, 1];
      sample.forEach(({ score, loss }, at) => {
        wrong += loss;
        if (wrong <= target.alpha * (at + 1)) cut = score;
      });
      return { ...certify({ thresholds: [cut], start: 0 }, sample, target), threshold: cut };
    });
    expect(likelihood(count)).toBeLessThan(1e-12);
  });
});

test('[G13] so does one of partial losses, whose mean is what is promised of', () => {
  // Each loss a fifth to all of what it would be: the mean risk is .6 of that of whole errors.
  const partly = (sample: ScoredOutput[], seed: number) => {
    const chance = seededChance(seed + 9_000);
    return sample.map(({ score, loss }) => ({
      score,
      loss: loss * (0.2 + 0.8 * (chance() / 2 ** 32)),
    }));
  };
  let [count, certified] = [0, 0];
  for (let seed = 1; seed <= 300; seed++) {
    const { draw, riskAt } = source(seed);
    const made = planThresholds(partly(draw(200), seed), { ...target, n: 500, points });
    const { threshold, risk_bound, margin } = certify(made, partly(draw(500), -seed), target);
    if (threshold === null) continue;
    certified++;
    expect([risk_bound <= target.alpha, margin]).toEqual([true, null]);
    if (riskAt(threshold) * 0.6 > target.alpha) count++;
  }
  expect(certified).toBeGreaterThan(150);
  expect(1 - lowerTail(count - 1, 300, target.delta)).toBeGreaterThan(1e-4);
});

const plan: ThresholdPlan = { thresholds: [0.9, 0.8, 0.7, 0.6], start: 1 };
const outputs = (score: number, right: number, wrong = 0): ScoredOutput[] => [
  ...Array.from({ length: right }, () => ({ score, loss: 0 })),
  ...Array.from({ length: wrong }, () => ({ score, loss: 1 })),
];

describe('[G14] what is certified is the loosest threshold before the first that is not shown', () => {
  test('a failure on the way ends it, though a looser one would pass', () => {
    const sample = [...outputs(0.9, 100), ...outputs(0.7, 20, 12), ...outputs(0.6, 5_000)];
    const { threshold, passed, wrong, tried, coverage, margin, risk_bound } = certify(
      plan,
      sample,
      target,
    );
    expect({ threshold, passed, wrong, margin }).toEqual({
      ...{ threshold: 0.8, passed: 100, wrong: 0, margin: 1 },
    });
    expect(coverage).toBeCloseTo(100 / sample.length, 12);
    // 1 − 0.1^(1/100), the exact bound of no errors in 100.
    expect(risk_bound).toBeCloseTo(1 - 0.1 ** 0.01, 10);
    expect(tried.map((each) => each.threshold)).toEqual([0.8, 0.7]);
    expect(tried[0]?.p_value).toBeCloseTo(0.95 ** 100, 10);
  });
  test('too small a sample certifies nothing and says how many are needed', () => {
    // At 1% and 95%: 299 clean ones, or 473 with one error.
    const strict = { alpha: 0.01, delta: 0.05 };
    const one = { thresholds: [0.5], start: 0 };
    const clean = certify(one, outputs(0.9, 298), strict);
    expect(clean).toMatchObject({ threshold: null, coverage: 0, risk_bound: 1, needed: 1 });
    expect(certify(one, outputs(0.9, 299), strict)).toMatchObject({ threshold: 0.5, needed: 0 });
    expect(certify(one, outputs(0.9, 299, 1), strict).needed).toBe(173);
    expect(certify(one, [], strict)).toMatchObject({ threshold: null, needed: 299 });
  });
  test('a score at a threshold passes it', () => {
    expect(certify(plan, outputs(0.8, 60), target).passed).toBe(60);
  });
  test('same sample, same certificate, in any order', () => {
    const { draw } = source(4);
    const sample = draw(900);
    const made = planThresholds(sample.slice(0, 200), { ...target, n: 700 });
    const rest = sample.slice(200);
    expect(certify(made, [...rest].reverse(), target)).toEqual(certify(made, rest, target));
    expect(certifySplit(sample, target)).toEqual(certifySplit(sample, target));
    // What told where to begin is evidence of nothing.
    expect(certifySplit(sample, target).n).toBe(900 - 135);
  });
});

test('[G13] of several groups no promise is broken in all but a share delta of draws', () => {
  let count = 0;
  for (let seed = 1; seed <= 300; seed++) {
    const { draw, riskAt } = source(seed);
    const groups = new Map([1, 2, 3, 4].map((name) => [String(name), draw(500)]));
    const found = [...certifyEach(groups, { ...target, points }).values()];
    expect(found.every(({ delta }) => delta === target.delta / 4)).toBe(true);
    const is_broken = ({ threshold }: Certificate) =>
      threshold !== null && riskAt(threshold) > target.alpha;
    if (found.some(is_broken)) count++;
  }
  expect(1 - lowerTail(count - 1, 300, target.delta)).toBeGreaterThan(1e-4);
});

test('[G14] a group has a limit of its own, and one of nothing certifies nothing', () => {
  const groups = new Map([
    ['low', outputs(0.9, 200)],
    ['high', outputs(0.9, 200)],
    ['none', []],
  ]);
  const alpha = new Map([
    ['low', 0.05],
    ['high', 0.01],
    ['none', 0.05],
  ]);
  const found = certifyEach(groups, { alpha, delta: 0.1 });
  expect([...found].map(([name, { threshold }]) => [name, threshold])).toEqual([
    ...[
      ['low', 0.9],
      ['high', null],
      ['none', null],
    ],
  ]);
  alpha.delete('high');
  expect(() => certifyEach(groups, { alpha, delta: 0.1 })).toThrowError(/alpha.high: /);
});

test.each<[string, () => unknown]>([
  ['alpha', () => certify(plan, [], { alpha: 0, delta: 0.1 })],
  ['delta', () => certify(plan, [], { alpha: 0.1, delta: 1 })],
  ['plan.thresholds', () => certify({ thresholds: [0.5, 0.6], start: 0 }, [], target)],
  ['plan.start', () => certify({ thresholds: [0.5], start: 1 }, [], target)],
  ['calibration.1.loss', () => certify(plan, [...outputs(1, 1), { score: 1, loss: 2 }], target)],
  ['calibration.0.score', () => certify(plan, [{ score: Number.NaN, loss: 0 }], target)],
  ['design', () => planThresholds([], { ...target, n: 10 })],
  ['n', () => planThresholds(outputs(0.5, 3), { ...target, n: 0 })],
  ['outputs', () => certifySplit(outputs(0.5, 1), target)],
])('[G14] a wrong %s is refused by name', (field, act) => {
  expect(act).toThrowError(
    expect.objectContaining({ message: expect.stringContaining(`${field}: `) }),
  );
});
