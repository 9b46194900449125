import { expect, test } from 'vitest';
import { lowerTail } from './binomial.ts';
import { certify } from './certificate.ts';
import { seededChance } from './chance.ts';
import { blocksOf, riskCurve } from './curve.ts';
import { playFirstWeeks } from './first-weeks.ts';
import { groupFigures, plan_defaults, planGate } from './gate-plan.ts';
import { anytimeBounds } from './sequence.ts';
import { certifySplit } from './threshold-plan.ts';

const target = { alpha: 0.05, delta: 0.1 };

/** Outputs whose loss is drawn by their score, all between them too. */
function outputsOf(
  n: number,
  seed: number,
  lossOf: (share: () => number, score: number) => number,
) {
  const chance = seededChance(seed);
  const share = () => chance() / 2 ** 32;
  return Array.from({ length: n }, () => {
    const score = Math.sqrt(share());
    return { score, loss: lossOf(share, score), group: null };
  });
}
const certifiedOf = (draws: number, n: number, lossOf: (share: () => number) => number) =>
  Array.from({ length: draws }, (_none, at) =>
    certifySplit(outputsOf(n, at + 1, lossOf), { ...target, seed: at + 1 }),
  ).filter(({ threshold }) => threshold !== null).length;

test('[J28] a mean loss of alpha or more is certified as seldom as delta says, whatever the losses are', () => {
  // The mean is alpha and a hair at every threshold: whatever is certified breaks the promise.
  const mean = target.alpha * 1.001;
  const kinds: ((share: () => number) => number)[] = [
    (share) => (share() < 2 * mean ? 0.5 : 0),
    (share) => 2 * mean * share(),
    (share) => (share() < 4 * mean ? 0.5 * share() : 0),
  ];
  for (const lossOf of kinds) {
    const draws = 300;
    const broken = certifiedOf(draws, 300, lossOf);
    // As many or more of 300 with a chance of a tenth each: under one in a thousand.
    expect(1 - lowerTail(broken - 1, draws, target.delta)).toBeGreaterThan(0.001);
  }
});

test('[J28] a mean loss well under alpha is certified, of losses that the binomial test cannot take', () => {
  const half = (share: () => number) => (share() < 0.05 ? 0.5 : 0);
  expect(certifiedOf(60, 800, half)).toBeGreaterThan(54);
  const plan = planGate(outputsOf(800, 3, half), { ...plan_defaults, ...target, runs: 2 });
  expect(plan).toMatchObject({ partial: true, tiers: [{ certificate: { margin: null } }] });
  expect(plan.tiers[0]?.certificate.risk_bound).toBeLessThan(0.05);
  expect(plan.tiers[0]?.certificate.risk_bound).toBeGreaterThan(plan.wrong / plan.n);
});

test('[J28] where it is not shown, as many losses of nought as it says show it, and one fewer does not', () => {
  const plan = { thresholds: [0.5], start: 0 };
  for (const seed of [1, 2, 3]) {
    const sample = outputsOf(200, seed, (share) => (share() < 0.2 ? 0.4 : 0));
    const { threshold, needed } = certify(plan, sample, target);
    expect(threshold).toBe(null);
    const clean = (n: number) => Array.from({ length: n }, () => ({ score: 1, loss: 0 }));
    const after = (n: number) => certify(plan, [...sample, ...clean(n)], target).threshold;
    expect([needed, after(needed), after(needed - 1)]).toEqual([needed, 0.5, null]);
  }
  // What is hopeless is told as such, and soon.
  const hopeless = outputsOf(20_000, 4, () => 0.5);
  expect(certify(plan, hopeless, target).needed).toBeGreaterThan(100_000);
});

test('[J28] a tier whose losses happen to be whole is tested as the others of its file are', () => {
  const tiers = [
    { tier: 'whole', alpha: 0.05 },
    { tier: 'partial', alpha: 0.05 },
  ];
  const outputs = outputsOf(2_000, 9, (share) => (share() < 0.02 ? 1 : 0)).map((one, at) => ({
    ...{ ...one, tier: at % 2 ? 'whole' : 'partial' },
    loss: at % 2 ? one.loss : one.loss / 2,
  }));
  const plan = planGate(outputs, { ...plan_defaults, ...target, tiers, runs: 1, days: 1 });
  expect(plan.tiers.map(({ certificate }) => certificate.margin)).toEqual([null, null]);
  expect(plan.tiers.map(({ certificate }) => certificate.threshold !== null)).toEqual([true, true]);
});

test('[J28] bounds of a mean loss hold of any losses, in the curve and of groups', () => {
  const outputs = outputsOf(500, 6, (share) => share() ** 4);
  for (const { passed, wrong, low, high, risk } of riskCurve(blocksOf(outputs), { points: 20 })) {
    expect([low, high]).toEqual(anytimeBounds(Math.min(wrong, passed), passed, 0.05));
    expect(low).toBeLessThanOrEqual(risk);
    expect(high).toBeGreaterThanOrEqual(risk);
  }
  const grouped = outputs.map((one) => ({ ...one, group: 'a' }));
  const [group] = groupFigures(grouped, new Map([['all', 0]]), { alpha: 0.05, partial: true });
  const sum = outputs.reduce((total, { loss }) => total + loss, 0);
  expect(group?.risk).toEqual(anytimeBounds(sum, 500, 0.05));
  expect(group?.over).toBe(true);
});

test('[J28] played weeks keep a mean loss: many small losses pass where as many whole ones would not', () => {
  const weeks = { ...plan_defaults, alpha: 0.1, runs: 10 };
  const play = (loss: number) =>
    playFirstWeeks(
      outputsOf(1_000, 2, () => loss),
      weeks,
    );
  const small = play(0.04);
  expect([small.runs_opened, small.runs_broken]).toEqual([10, 0]);
  expect(small.days.at(-1)?.wrong?.middle).toBeCloseTo(0.04, 9);
  expect(play(0.2).runs_opened).toBe(0);
});
