import { expect, test } from 'vitest';
import { lowerTail } from './binomial.ts';
import { seededChance } from './chance.ts';
import { controlMarginalLoss, controlMarginalRisk } from './crc.ts';
import { blocksOf } from './curve.ts';

const alpha = 0.1;
const draws = 4_000;
/** P(so many or more), were each draw's fresh output lost with probability alpha. */
const likelihood = (count: number) => 1 - lowerTail(count - 1, draws, alpha);

/** In how many draws a fresh output passes and is wrong, by what sets the threshold. */
function lost(n: number, set: (blocks: ReturnType<typeof blocksOf>) => number | null): number {
  const chance = seededChance(7);
  const random = () => chance() / 2 ** 32;
  const draw = () => {
    // Scores of ten kinds, so that some are equal; the surer the less often wrong.
    const score = Math.floor(random() * 400) / 400;
    return { score, loss: random() < 0.4 * (1 - score) + 0.15 ? 1 : 0 };
  };
  let count = 0;
  for (let at = 0; at < draws; at++) {
    const threshold = set(blocksOf(Array.from({ length: n }, draw)));
    const fresh = draw();
    if (threshold !== null && fresh.score >= threshold) count += fresh.loss;
  }
  return count;
}

test('[G31] conformal risk control keeps its marginal promise in the mean', () => {
  for (const n of [19, 60]) {
    const kept = lost(n, (blocks) => controlMarginalRisk(blocks, alpha).threshold);
    expect(likelihood(kept), `${kept} of ${draws}`).toBeGreaterThan(1e-4);
    // It is not merely careful: it uses most of what it may.
    expect(kept).toBeGreaterThan(draws * alpha * 0.7);
  }
  // Errors counted as seen, without the one to come, break it, and that is seen.
  const naive = lost(19, (blocks) => {
    let [wrong, threshold] = [0, null as number | null];
    for (const block of blocks) {
      wrong += block.wrong;
      if (wrong > alpha * 20) break;
      threshold = block.score;
    }
    return threshold;
  });
  expect(likelihood(naive)).toBeLessThan(1e-4);
});

test('[G31] the loosest threshold with (errors + 1) / (n + 1) within alpha, by hand', () => {
  const blocks = [
    { score: 0.9, n: 10, wrong: 0 },
    { score: 0.8, n: 9, wrong: 1 },
    { score: 0.7, n: 10, wrong: 1 },
    { score: 0.6, n: 10, wrong: 3 },
  ];
  // n = 39: at most .1 × 40 − 1 = 3 errors.
  expect(controlMarginalRisk(blocks, 0.1)).toEqual({
    ...{ threshold: 0.7, marginal_alpha: 0.1, n: 39, passed: 29, wrong: 2 },
    ...{ marginal_bound: 3 / 40, needed: 0 },
  });
  expect(controlMarginalRisk(blocks.slice(0, 1), 0.05)).toMatchObject({
    threshold: null,
    needed: 9,
  });
  // One of twenty more is 1 / 20 exactly, and enough.
  expect(controlMarginalRisk([{ score: 1, n: 19, wrong: 0 }], 0.05).threshold).toBe(1);
  expect(controlMarginalRisk([], 0.01)).toMatchObject({ threshold: null, needed: 99 });
});

test('[G31] any bounded loss that grows is controlled, and one that falls is refused', () => {
  const rows = Array.from({ length: 9 }, (_, at) => [0, at < 2 ? 1 : 0, at < 6 ? 2 : 0]);
  // Sums 0, 2 and 12; with the greatest loss 2 more, over 10: .2, .4, 1.4.
  expect(controlMarginalLoss(rows, { alpha: 0.4, most: 2 })).toBe(1);
  expect(controlMarginalLoss(rows, { alpha: 0.39, most: 2 })).toBe(0);
  expect(controlMarginalLoss(rows, { alpha: 0.19, most: 2 })).toBe(-1);
  expect(() => controlMarginalLoss([[0, 1, 0.5]], { alpha: 0.1 })).toThrow(/^losses\.0/);
  expect(() => controlMarginalLoss([[0], [2]], { alpha: 0.1 })).toThrow(/^losses\.1/);
  expect(() => controlMarginalRisk([], 1)).toThrow(/^marginal_alpha/);
});
