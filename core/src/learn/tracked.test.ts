import { expect, test } from 'vitest';
import { seededChance } from './chance.ts';
import { binOf, thresholdOf } from './score-grid.ts';
import { score_bins } from './starts.ts';
import { most_recent, trackedThreshold, trackerFrom, withRecent } from './tracked.ts';
import { type Tracker, trackerBound, trackerStep } from './tracker.ts';

const bins = (scores: number[]) => scores.map((score) => binOf(score, score_bins));

test('[G50] a share to hold is put into effect at the lowest score that holds it of recent ones', () => {
  const recent = bins(Array.from({ length: 100 }, (_none, at) => at / 100));
  expect(trackedThreshold(0, recent)).toBe(0);
  expect(trackedThreshold(0.5, recent)).toBe(0.5);
  expect(recent.filter((bin) => thresholdOf(bin, score_bins) < 0.5)).toHaveLength(50);
  expect(trackedThreshold(0.5, [])).toBeNull();
  // Where all are as sure, what is surest passes: else nothing would be checked and come down again.
  expect(trackedThreshold(0.9, bins([0.8, 0.8, 0.8]))).toBe(0.8);
  expect(trackedThreshold(0.95, bins([0.2, 1, 1, 1]))).toBe(0.999975);
});

test('[G50] it begins with half of what passed, and goes by the last thousand scores', () => {
  const recent = bins(Array.from({ length: 200 }, (_none, at) => at / 200));
  const tracker = trackerFrom(0.6, recent, 0.05);
  expect(tracker).toMatchObject({ threshold: 0.8, alpha: 0.05, low: 0, high: 0.95 });
  expect(trackerFrom(1, recent, 0.05).threshold).toBe(0.95);
  const later = withRecent(recent, Array(most_recent).fill(0.3));
  expect(later).toHaveLength(most_recent);
  expect(new Set(later)).toEqual(new Set(bins([0.3])));
});

/** Outputs whose chance to be wrong falls with their score and rises half-way; judged some looks late. */
function follow(seed: number, alpha: number, n: number) {
  const random = seededChance(seed);
  const chance = () => random() / 2 ** 32;
  let recent = bins(Array.from({ length: most_recent }, chance));
  let tracker: Tracker = trackerFrom(0.5, recent, alpha);
  let cut = trackedThreshold(tracker.threshold, recent) as number;
  const late: number[] = [];
  const count = { checked: 0, wrong: 0, clipped: false, passed: 0 };
  for (let at = 0; at < n; at++) {
    const score = chance();
    recent = withRecent(recent, [score]);
    const worse = at > n / 2 ? 0.9 : 0.6;
    if (score >= cut) {
      count.passed++;
      if (chance() < 0.5) late.push(Number(chance() < worse * (1 - score)));
    }
    if (late.length < 10) continue;
    for (const loss of late.splice(0)) {
      tracker = trackerStep(tracker, loss);
      count.clipped ||= tracker.threshold === tracker.low || tracker.threshold === tracker.high;
      count.checked++;
      count.wrong += loss;
    }
    cut = trackedThreshold(tracker.threshold, recent) as number;
  }
  return { ...count, tracker };
}

test('[G50] tracked through a change, what is checked is wrong as often as alpha, whatever comes late', () => {
  for (let seed = 1; seed <= 8; seed++) {
    const { checked, wrong, clipped, tracker, passed } = follow(seed, 0.15, 12_000);
    expect(clipped).toBe(false);
    expect(Math.abs(wrong / checked - 0.15)).toBeLessThanOrEqual(trackerBound(tracker, checked));
    expect(passed).toBeGreaterThan(2_000);
  }
});
