import { expect, test } from 'vitest';
import { checksNeeded, exactBounds, lowerTail, mostErrors } from './binomial.ts';

/** Whole numbers alone: n! / k! (n-k)! · a^k (d-a)^(n-k) / d^n, added up. */
function tailOfFractions(k: number, n: number, numerator: bigint, denominator: bigint): number {
  let ways = 1n;
  let sum = 0n;
  for (let at = 0; at <= k; at++) {
    sum += ways * numerator ** BigInt(at) * (denominator - numerator) ** BigInt(n - at);
    ways = (ways * BigInt(n - at)) / BigInt(at + 1);
  }
  const scale = 10n ** 40n;
  return Number((sum * scale) / denominator ** BigInt(n)) / 1e40;
}

test('[G13] the binomial tail is what whole numbers add up to', () => {
  for (const n of [1, 2, 7, 15, 16, 17, 60, 299, 1000]) {
    for (const [numerator, denominator] of [
      [1n, 100n],
      [1n, 20n],
      [1n, 2n],
      [97n, 100n],
    ] as const) {
      const p = Number(numerator) / Number(denominator);
      for (const k of new Set([0, 1, 5, Math.floor(n * p), Math.ceil(n * p), n - 1])) {
        if (k >= n) continue;
        const exact = tailOfFractions(k, n, numerator, denominator);
        if (exact < 1e-30) continue;
        expect(Math.abs(lowerTail(k, n, p) / exact - 1), `${k} of ${n} at ${p}`).toBeLessThan(
          1e-11,
        );
      }
    }
  }
});

test('[G13] how many checks are needed is the published table', () => {
  const table = {
    0.01: [299, 473, 628, 1049, 1693],
    0.02: [149, 236, 313, 523, 845],
    0.05: [59, 93, 124, 208, 336],
  };
  for (const [alpha, needed] of Object.entries(table)) {
    const errors = [0, 1, 2, 5, 10];
    expect(errors.map((k) => checksNeeded(Number(alpha), 0.05, k))).toEqual(needed);
    errors.forEach((k, at) => {
      expect(mostErrors(needed[at] as number, Number(alpha), 0.05)).toBe(k);
      expect(mostErrors((needed[at] as number) - 1, Number(alpha), 0.05)).toBe(k - 1);
    });
  }
  expect(() => checksNeeded(0, 0.05)).toThrow(/alpha/);
  expect(() => checksNeeded(0.01, 1)).toThrow(/delta/);
});

test('[G13] exact bounds miss on either side as often as they say, and no oftener', () => {
  for (const [k, n] of [
    [0, 0],
    [0, 59],
    [3, 40],
    [40, 40],
    [700, 100_000],
  ] as const) {
    const [low, high] = exactBounds(k, n, 0.05);
    if (k < n) expect(lowerTail(k, n, high)).toBeCloseTo(0.05, 9);
    else expect(high).toBe(1);
    if (k > 0) expect(1 - lowerTail(k - 1, n, low)).toBeCloseTo(0.05, 9);
    else expect(low).toBe(0);
  }
});
