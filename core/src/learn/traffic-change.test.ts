import { expect, test } from 'vitest';
import { binOf } from './score-grid.ts';
import { score_bins } from './starts.ts';
import { trafficChange } from './traffic-change.ts';

const bins = (...scores: [score: number, times: number][]) =>
  scores.flatMap(([score, times]) => new Array<number>(times).fill(binOf(score, score_bins)));
const counted = (of: number[]) => {
  const counts = new Array<number>(score_bins).fill(0);
  for (const bin of of) (counts[bin] as number)++;
  return counts;
};

test('[G75] a change is told as the share under the score where it is greatest, then and now', () => {
  const reference = counted(bins([0.2, 10], [0.7, 20], [0.95, 170]));
  const lately = bins([0.95, 40], [0.2, 26], [0.7, 14], [0.95, 60]);
  const { latest, held, scores } = trafficChange(reference, lately, 0.8);
  expect(latest).toBe(100);
  expect(held.before).toBeCloseTo(0.15);
  expect(held.now).toBeCloseTo(0.4);
  expect([scores.before, scores.now]).toEqual([expect.closeTo(0.15), expect.closeTo(0.4)]);
  expect(scores.under).toBeGreaterThan(0.7);
  expect(scores.under).toBeLessThanOrEqual(0.95);
});

test('[G75] of fewer than a hundred all are told, and of what passes less surely too', () => {
  const reference = counted(bins([0.5, 20], [0.9, 10], [0.999, 70]));
  const { latest, held, scores } = trafficChange(reference, bins([0.5, 10], [0.9, 40]), 0.8);
  expect(latest).toBe(50);
  expect([held.before, held.now]).toEqual([expect.closeTo(0.2), expect.closeTo(0.2)]);
  expect([scores.before, scores.now]).toEqual([expect.closeTo(0.3), 1]);
  expect(scores.under).toBeGreaterThan(0.9);
});
