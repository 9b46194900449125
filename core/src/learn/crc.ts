import { invalid } from '../refusal.ts';
import { checkShares } from './bets.ts';
import { checkBlocks, type ScoreBlock } from './curve.ts';

/** A threshold that keeps a marginal promise. It says nothing of what passes, and nothing of how
 *  likely the promise is kept on this sample. */
export interface MarginalThreshold {
  /** Scores at or over it may pass; null where nothing may. */
  threshold: number | null;
  /** What the expected loss per output of all traffic is at most. */
  marginal_alpha: number;
  n: number;
  passed: number;
  wrong: number;
  /** (wrong + 1) / (n + 1): what is held against marginal_alpha. */
  marginal_bound: number;
  /** How many more judged outputs are needed before anything can pass; 0 where enough. */
  needed: number;
}

/**
 * Conformal risk control of the marginal risk M(t) = E[loss × 1{score ≥ t}]: errors per output of all
 * traffic, held ones among them as none. NOT of the selective risk, the errors among what passes: that
 * is M(t) / coverage, which may be many times as much; `certify` promises it.
 *
 * Guaranteed: E[M(threshold)] ≤ marginal_alpha, the mean over calibration samples too. In about half of
 * all samples M is over it. Needs: calibration outputs exchangeable with those to come, and no choice
 * made by them.
 *
 * Angelopoulos, Bates, Fisch, Lei, Schuster 2022, "Conformal risk control", arXiv 2208.02814.
 * @param blocks of the calibration outputs (`blocksOf`), losses 0..1, partial ones too
 * @param marginal_alpha between 0 and 1
 * @throws Refusal invalid: marginal_alpha out of its range, blocks out of order
 */
export function controlMarginalRisk(
  blocks: readonly ScoreBlock[],
  marginal_alpha: number,
): MarginalThreshold {
  checkShares({ marginal_alpha });
  checkBlocks(blocks);
  const n = blocks.reduce((sum, block) => sum + block.n, 0);
  let threshold: number | null = null;
  let [passed, wrong] = [0, 0];
  for (const block of blocks) {
    if (!keeps(wrong + block.wrong, n, 1, marginal_alpha)) break;
    threshold = block.score;
    passed += block.n;
    wrong += block.wrong;
  }
  return {
    ...{ threshold, marginal_alpha, n, passed, wrong },
    marginal_bound: (wrong + 1) / (n + 1),
    needed: Math.max(0, leastSample(marginal_alpha) - n),
  };
}

/** With fewer not even no error at all keeps the promise. */
function leastSample(marginal_alpha: number): number {
  const near = Math.max(0, Math.ceil(1 / marginal_alpha) - 2);
  return keeps(0, near, 1, marginal_alpha) ? near : near + 1;
}

/** Whether (loss + most) / (n + 1) ≤ alpha, the last digit aside. */
const keeps = (loss: number, n: number, most: number, alpha: number): boolean =>
  loss + most <= alpha * (n + 1) * (1 + 1e-12);

/**
 * The same for any loss that only grows as a setting is loosened, such as the share of labels missed by
 * a set of them: the loosest setting whose expected loss over outputs to come is at most alpha, in the
 * mean over calibration samples, as above.
 * @param losses [outputs][settings] settings from strict to loose, the same number for each
 * @param most what a loss is at most, over 0
 * @returns the place of the setting, or −1 where none keeps the promise
 * @throws Refusal invalid: a loss that falls, is under 0 or over `most`
 */
export function controlMarginalLoss(
  losses: readonly (readonly number[])[],
  { alpha, most = 1 }: { alpha: number; most?: number },
): number {
  if (!(most > 0)) throw invalid({ field: 'most', message: 'must be over 0' });
  if (!(alpha > 0)) throw invalid({ field: 'alpha', message: 'must be over 0' });
  const settings = losses[0]?.length ?? 0;
  const sums = new Float64Array(settings);
  losses.forEach((row, at) => {
    const grows = row.every((loss, i) => loss >= (row[i - 1] ?? 0) && loss <= most);
    if (!grows || row.length !== settings) {
      throw invalid({
        field: `losses.${at}`,
        message: 'must grow from 0 to `most` at most, one loss for each setting',
      });
    }
    row.forEach((loss, i) => {
      sums[i] = (sums[i] as number) + loss;
    });
  });
  return sums.findLastIndex((sum) => keeps(sum, losses.length, most, alpha));
}
