import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededChance } from './chance.ts';
import { type Tracker, trackerBound, trackerStep } from './tracker.ts';

const start: Tracker = { threshold: 0.5, gamma: 0.02, alpha: 0.05, low: 0, high: 1 };

test('[G26] while it is not cut off the mean error is within its bound, whatever comes', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }),
      (losses) => {
        let tracker = start;
        let sum = 0;
        for (const [at, loss] of losses.entries()) {
          tracker = trackerStep(tracker, loss);
          // Cut off at an edge it no longer promises anything.
          if (tracker.threshold === start.low || tracker.threshold === start.high) return;
          sum += loss;
          const off = Math.abs(sum / (at + 1) - start.alpha);
          expect(off).toBeLessThanOrEqual(trackerBound(start, at + 1));
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('[G26] it follows a world that turns worse and better, to the mean that it promises', () => {
  const chance = seededChance(3);
  const random = () => chance() / 2 ** 32;
  let tracker = start;
  let wrong = 0;
  let n = 0;
  for (let i = 0; i < 60_000; i++) {
    const worse = Math.floor(i / 10_000) % 2 === 1;
    const score = random();
    if (score < tracker.threshold) continue;
    const loss = random() < (worse ? 0.3 : 0.12) * (1 - score) ? 1 : 0;
    tracker = trackerStep(tracker, loss);
    wrong += loss;
    n++;
  }
  expect(Math.abs(wrong / n - start.alpha)).toBeLessThanOrEqual(trackerBound(start, n));
  expect(trackerBound(start, n)).toBeLessThan(0.003);
});

test('[G26] it stays within its limits, and refuses what cannot be', () => {
  const high = Array.from({ length: 100 }).reduce<Tracker>((t) => trackerStep(t, 1), start);
  expect(high.threshold).toBe(1);
  const low = Array.from({ length: 9_000 }).reduce<Tracker>((t) => trackerStep(t, 0), start);
  expect(low.threshold).toBe(0);
  expect(trackerStep(start, 1).threshold).toBeCloseTo(0.519, 12);
  for (const [change, field] of [
    [{ alpha: 0 }, /^alpha/],
    [{ gamma: 0 }, /^gamma/],
    [{ low: 1 }, /^low/],
    [{ threshold: 1.2 }, /^threshold/],
  ] as const) {
    expect(() => trackerStep({ ...start, ...change }, 0)).toThrow(field);
  }
  expect(() => trackerStep(start, 2)).toThrow(/^loss/);
});
