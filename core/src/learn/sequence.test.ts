import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exactBounds, lowerTail } from './binomial.ts';
import { seededChance } from './chance.ts';
import { anytimeBounds } from './sequence.ts';

const delta = 0.1;
const draws = 800;
const couldBe = (missed: number) => 1 - lowerTail(missed - 1, draws, delta) > 1e-4;
/** After each of the first forty checks, then ever more rarely, to 3,000. */
const looks: number[] = [];
for (let n = 1; n <= 3_000; n = n < 40 ? n + 1 : Math.ceil(n * 1.06)) looks.push(n);

/** In how many draws the bounds left out the rate at any look. */
function missed(
  loss: (random: () => number) => number,
  mean: number,
  bounds: (wrong: number, n: number) => [number, number],
): number {
  let count = 0;
  for (let seed = 1; seed <= draws; seed++) {
    const chance = seededChance(seed);
    const random = () => chance() / 2 ** 32;
    let wrong = 0;
    let n = 0;
    const misses = looks.some((look) => {
      for (; n < look; n++) wrong += loss(random);
      const [low, high] = bounds(wrong, n);
      return mean < low || mean > high;
    });
    if (misses) count++;
  }
  return count;
}

test.each([0.02, 0.3])('[G23] bounds of a rate of %f hold at every look at once', (rate) => {
  const whole = (random: () => number) => (random() < rate ? 1 : 0);
  const found = missed(whole, rate, (wrong, n) => anytimeBounds(wrong, n, delta));
  expect(couldBe(found), `${found} of ${draws}`).toBe(true);
  expect(found).toBeGreaterThan(5);
  // Bounds for one look, looked at again and again, do not, and that is seen.
  const repeated = missed(whole, rate, (wrong, n) => exactBounds(wrong, n, delta / 2));
  expect(couldBe(repeated), `${repeated} of ${draws}`).toBe(false);
});

test('[G23] bounds of partial losses hold too', () => {
  const found = missed(
    (random) => (random() < 0.4 ? random() : 0),
    0.2,
    (wrong, n) => anytimeBounds(wrong, n, delta),
  );
  expect(couldBe(found), `${found} of ${draws}`).toBe(true);
});

test('[G23] bounds hold what was seen, narrow with n and widen with certainty', () => {
  fc.assert(
    fc.property(fc.nat(5_000), fc.nat(5_000), (wrong, right) => {
      const n = wrong + right;
      const [low, high] = anytimeBounds(wrong, n);
      if (n > 0) {
        expect(low).toBeLessThanOrEqual(wrong / n);
        expect(high).toBeGreaterThanOrEqual(wrong / n);
      }
      const [surer_low, surer_high] = anytimeBounds(wrong, n, 0.01);
      expect(surer_low).toBeLessThanOrEqual(low);
      expect(surer_high).toBeGreaterThanOrEqual(high);
      const [exact_low, exact_high] = exactBounds(wrong, n);
      expect(low).toBeLessThanOrEqual(exact_low + 1e-12);
      expect(high).toBeGreaterThanOrEqual(exact_high - 1e-12);
    }),
  );
  expect(anytimeBounds(0, 0)).toEqual([0, 1]);
  expect(anytimeBounds(0, 100)[0]).toBe(0);
  expect(anytimeBounds(100, 100)[1]).toBe(1);
  const widths = [100, 1_000, 10_000, 1_000_000].map((n) => {
    const [low, high] = anytimeBounds(n / 50, n);
    return high - low;
  });
  expect(widths).toEqual([...widths].sort((a, b) => b - a));
  expect(widths[2]).toBeLessThan(0.012);
  expect(() => anytimeBounds(2, 1)).toThrow(/^wrong/);
  expect(() => anytimeBounds(0, -1)).toThrow(/^n/);
  expect(() => anytimeBounds(0, 1, 0)).toThrow(/^delta/);
});
