import {
  blocksOf,
  controlMarginalRisk,
  coverageAtRisk,
  lowerTail,
  mostErrors,
  type ScoredOutput,
} from '@wheelhouse/core/learn';

/** A threshold that some way chooses from judged outputs; null where it lets nothing pass. */
export type Cut = (sample: readonly ScoredOutput[], target: Target) => number | null;
interface Target {
  alpha: number;
  delta: number;
  /** Falling, fixed beforehand. */
  thresholds: readonly number[];
}

/** What is usually done: the loosest threshold at which the sample's errors are alpha. */
export const naiveCut: Cut = (sample, { alpha }) =>
  coverageAtRisk(blocksOf(sample), alpha)?.threshold ?? null;

/** Conformal risk control: errors of all traffic, not of what passes. */
export const riskControlCut: Cut = (sample, { alpha }) =>
  controlMarginalRisk(blocksOf(sample), alpha).threshold;

/** Every threshold tested at delta over their number; the loosest that passes. */
export const bonferroniCut: Cut = (sample, { alpha, delta, thresholds }) => {
  const share = delta / thresholds.length;
  const blocks = blocksOf(sample);
  let [cut, at]: [number | null, number] = [null, 0];
  let [passed, wrong] = [0, 0];
  for (const threshold of thresholds) {
    for (let next = blocks[at]; next && next.score >= threshold; next = blocks[++at]) {
      passed += next.n;
      wrong += next.wrong;
    }
    if (wrong <= mostErrors(passed, alpha, share)) cut = threshold;
  }
  return cut;
};

/** Selection with guaranteed risk (Geifman and El-Yaniv 2017, algorithm 2): a binary search over the
 *  sample's own scores, each look at delta over the number of looks. */
export const selectiveCut: Cut = (sample, { alpha, delta }) => {
  const sorted = [...sample].sort((a, b) => b.score - a.score);
  const looks = Math.ceil(Math.log2(sorted.length));
  const wrong = new Float64Array(sorted.length + 1);
  sorted.forEach(({ loss }, at) => {
    wrong[at + 1] = (wrong[at] as number) + loss;
  });
  let [low, high] = [0, sorted.length];
  let cut: number | null = null;
  for (let look = 0; look < looks; look++) {
    const passed = Math.ceil((low + high) / 2);
    if (passed < 1) break;
    const shown = lowerTail(wrong[passed] as number, passed, alpha) <= delta / looks;
    if (shown) {
      cut = sorted[passed - 1]?.score ?? null;
      low = passed;
    } else high = passed;
  }
  return cut;
};
