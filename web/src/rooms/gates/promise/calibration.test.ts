import type { PromiseTier } from '@wheelhouse/core';
import { certifyFromTallies, score_bins, seededChance, talliesOf } from '@wheelhouse/core/learn';
import { expect, test } from 'vitest';
import { calibrationOf, calibrationWords } from './calibration.ts';

/** Evidence as it is told of decisions, half of which are counted as spot checks are. */
function tierOf(decisions: { score: number; loss: number }[]) {
  const tallies = talliesOf(
    decisions.map((one, at) => ({ ...one, weight: at % 2 ? 1 : 0.05 })),
    score_bins,
  );
  const look = certifyFromTallies({
    tallies,
    bins: score_bins,
    alpha: 0.1,
    delta: 0.1,
    starts: [0],
  });
  const filled = new Set(tallies.map(({ bin }) => bin));
  const evidence = look.evidence.filter((_one, bin) => filled.has(bin)).reverse();
  return { evidence } as PromiseTier;
}

function decided(n: number, rightAt: (score: number) => number, seed = 1) {
  const chance = seededChance(seed);
  return Array.from({ length: n }, () => {
    const score = chance() / 2 ** 32;
    return { score, loss: chance() / 2 ** 32 < rightAt(score) ? 0 : 1 };
  });
}

test('[G83] whether a score means what it says is told from the counts that are kept', () => {
  const honest = calibrationOf({ tiers: [tierOf(decided(3_000, (score) => score))] });
  expect(honest.n).toBe(3_000);
  expect(honest.low).toBe(0);
  expect(honest.bins.reduce((sum, { n }) => sum + n, 0)).toBe(3_000);
  expect(calibrationWords(honest, 'confidence')).toMatch(/do not show it to be off\.$/);

  // Half of what is said is right, whatever is said: in the mean it is a quarter apart.
  const [first, second] = [decided(2_000, () => 0.5, 2), decided(2_000, () => 0.5, 3)];
  const idle = calibrationOf({ tiers: [tierOf(first), tierOf(second)] });
  expect(idle.n).toBe(4_000);
  expect(idle.ece).toBeCloseTo(0.25, 1);
  expect(idle.low).toBeGreaterThan(0.2);

  const boastful = calibrationOf({ tiers: [tierOf(decided(3_000, (score) => score * 0.7))] });
  expect(boastful.low).toBeLessThanOrEqual(0.15);
  expect(boastful.high).toBeGreaterThanOrEqual(0.15);
  expect(boastful.too_sure).toBeCloseTo(0.15, 1);
  expect(calibrationWords(boastful, 'confidence')).toContain('surer than it should be');
  const modest = calibrationOf({ tiers: [tierOf(decided(3_000, (score) => score ** 0.3))] });
  expect(calibrationWords(modest, 'confidence')).toContain('less sure than it could be');
});

test('[G83] few decisions are said to be too few', () => {
  const few = calibrationOf({ tiers: [tierOf(decided(99, (score) => score))] });
  expect(calibrationWords(few, 'confidence')).toBe(
    'Not enough decisions yet to tell: 99 decisions of about 100.',
  );
  expect(calibrationOf({ tiers: [] }).n).toBe(0);
});
