import fc from 'fast-check';
import { expect, test } from 'vitest';
import { binOf, thresholdOf } from './score-grid.ts';
import { score_bins } from './starts.ts';

test('[G21] a score stands in the highest bin whose threshold it reaches', () => {
  for (const count of [1, 7, 250, 1000, 100_000]) {
    for (let bin = 0; bin < count; bin++) expect(binOf(thresholdOf(bin, count), count)).toBe(bin);
  }
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (score) => {
      const bin = binOf(score, 1000);
      expect(score).toBeGreaterThanOrEqual(thresholdOf(bin, 1000));
      if (bin < 999) expect(score).toBeLessThan(thresholdOf(bin + 1, 1000));
    }),
  );
  expect([binOf(-3, 10), binOf(7, 10)]).toEqual([0, 9]);
});

test('[G19] scores are told apart finer towards 1, in decimals that a person would write', () => {
  const lowest = Array.from({ length: score_bins }, (_none, bin) => thresholdOf(bin, score_bins));
  // Each width as often as it is there, from the lowest score on.
  const widths = lowest.map((from, bin) => Number(((lowest[bin + 1] ?? 1) - from).toFixed(9)));
  const runs = [...new Set(widths)].map((one) => [one, widths.filter((w) => w === one).length]);
  expect(runs).toEqual([
    [0.01, 60],
    [0.005, 60],
    [0.002, 45],
    [0.0002, 45],
    [0.000025, 40],
  ]);
  for (const score of [0.01, 0.57, 0.605, 0.9, 0.95, 0.995, 0.9986, 0.999975]) {
    expect(lowest).toContain(score);
  }
});
