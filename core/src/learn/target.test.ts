import { expect, test } from 'vitest';
import { Refusal } from '../refusal.ts';
import { checksNeeded, exactBounds, lowerTail, mostErrors } from './binomial.ts';
import { type Detector, detectorOf } from './detector.ts';
import { whatIf } from './off-policy.ts';
import { cleanLabels, labelsToLearn } from './starts.ts';
import { kindsOfWeight, talliesOf } from './tallies.ts';
import { least_promised } from './target.ts';
import { certifyEach, certifySplit } from './threshold-plan.ts';

/** The fields that a call is refused by. */
function refused(call: () => unknown): string[] {
  try {
    return [`gave ${JSON.stringify(call())}`];
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    return (thrown.facts.errors as { field: string }[]).map(({ field }) => field);
  }
}

test('[G86] a target that is as good as none is refused by its name, and never reckoned for ever', () => {
  for (const hostile of [
    0,
    5e-324,
    1e-320,
    1e-17,
    1,
    2,
    -0.1,
    Number.NaN,
    Number.POSITIVE_INFINITY,
  ]) {
    const alpha = { alpha: hostile, delta: 0.05 };
    const delta = { alpha: 0.05, delta: hostile };
    expect([hostile, refused(() => cleanLabels(alpha))]).toEqual([hostile, ['alpha']]);
    expect([hostile, refused(() => cleanLabels(delta))]).toEqual([hostile, ['delta']]);
    expect(refused(() => checksNeeded(hostile, 0.05))).toEqual(['alpha']);
    expect(refused(() => checksNeeded(0.05, hostile))).toEqual(['delta']);
    expect(refused(() => certifySplit(outputs, alpha))).toEqual(['alpha']);
  }
  expect(
    refused(() => certifyEach(new Map([['a', outputs]]), { alpha: 1e-17, delta: 1e-17 })),
  ).toEqual(['alpha', 'delta']);
});

test('[G86] the least that can be promised, divided among as many tiers as there can be, is a whole number of labels that is kept as one', () => {
  for (const delta of [least_promised, least_promised / 22]) {
    const target = { alpha: least_promised, delta };
    const needed = cleanLabels(target) + labelsToLearn(target);
    expect(needed).toBeGreaterThan(1 / least_promised);
    expect(1.25 * needed).toBeLessThan(2 ** 31);
    expect(Number.isSafeInteger(checksNeeded(target.alpha, target.delta, 100))).toBe(true);
  }
  expect(checksNeeded(0.01, 0.05)).toBe(299);
});

test('[G86] counts that are none are refused by their names', () => {
  const { NaN: none, POSITIVE_INFINITY: endless } = Number;
  expect(refused(() => lowerTail(none, 2, 0.5))).toEqual(['k']);
  expect(refused(() => lowerTail(1.5, 2, 0.5))).toEqual(['k']);
  expect(refused(() => lowerTail(1, none, 0.5))).toEqual(['n']);
  expect(refused(() => lowerTail(1, -2, 0.5))).toEqual(['n']);
  expect(refused(() => lowerTail(1, endless, none))).toEqual(['n', 'p']);
  expect(refused(() => mostErrors(none, 0.05, 0.05))).toEqual(['n']);
  expect(mostErrors(2 ** 33, 0.5, 0.05)).toBeLessThan(2 ** 32);
  for (const k of [none, -1, 11, 1.5]) expect(refused(() => exactBounds(k, 10))).toEqual(['k']);
  expect(refused(() => exactBounds(0, none))).toEqual(['n']);
  expect(refused(() => exactBounds(1, 10, none))).toEqual(['miss']);
  for (const errors of [none, -1, 0.5, endless, 1e300]) {
    expect(refused(() => checksNeeded(0.01, 0.05, errors))).toEqual(['errors']);
  }
});

test('[G86] so is what is no score, weight, kind, threshold, seed or number of points', () => {
  const one = { score: 0.5, loss: 0, weight: 1 };
  for (const score of [Number.NaN, 2, -1]) {
    expect(refused(() => talliesOf([one, { ...one, score }], 10))).toEqual(['outputs.1.score']);
  }
  for (const weight of [Number.NaN, -2, 0, 2]) {
    expect(refused(() => talliesOf([{ ...one, weight }], 10))).toEqual(['outputs.0.weight']);
    expect(refused(() => kindsOfWeight(weight))).toEqual(['weight']);
  }
  expect(refused(() => talliesOf([{ ...one, loss: -1 }], 10))).toEqual(['outputs.0.loss']);
  expect(refused(() => detectorOf('nonsense' as Detector['kind'], 0.05))).toEqual(['kind']);
  for (const threshold of [Number.NaN, 7]) {
    const asked = { bins: 10, thresholds: [0.5, threshold], spot_check: 0.05 };
    expect(refused(() => whatIf([], asked))).toEqual(['thresholds.1']);
  }
  const share = { bins: 10, thresholds: [0.5], spot_check: 3 };
  expect(refused(() => whatIf([], share))).toEqual(['spot_check']);
  const target = { alpha: 0.05, delta: 0.05 };
  for (const points of [Number.NaN, 0, 1.5, -1, 1e9]) {
    expect(refused(() => certifySplit(outputs, { ...target, points }))).toEqual(['points']);
  }
  for (const seed of [Number.NaN, 0.5]) {
    expect(refused(() => certifySplit(outputs, { ...target, seed }))).toEqual(['seed']);
  }
});

const outputs = Array.from({ length: 40 }, (_none, i) => ({ score: i / 40, loss: 0 }));
