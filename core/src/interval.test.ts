import { expect, test } from 'vitest';
import { wilson } from './interval.ts';

test('[G63] of none and of all one bound of a share is the share itself, at any count', () => {
  for (const n of [1, 4, 19.3, 4.7, 1_000, 12_345.6]) {
    const [none, some] = wilson(0, n);
    const [most, all] = wilson(n, n);
    expect([none, all]).toEqual([0, 1]);
    expect(some).toBeGreaterThan(0);
    expect(most).toBeLessThan(1);
  }
  // Wilson 1927: 81 of 263 at 95%.
  const [low, high] = wilson(81, 263);
  expect([low.toFixed(4), high.toFixed(4)]).toEqual(['0.2553', '0.3662']);
});
