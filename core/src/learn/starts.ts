import type { RiskTarget } from './certificate.ts';
import { certifyFromTallies, likelyStart, type Tally } from './operational.ts';

/** A score is told apart in so many steps, and a threshold is the beginning of one. */
export const score_bins = 200;

/** While a gate looks for where to begin, this share of its labels tells only that. */
export const design_share = 0.2;

/** Clean labels that prove a target from two starts, which is what a design comes to at most. */
export const cleanLabels = ({ alpha, delta }: RiskTarget): number =>
  certifyFromTallies({ tallies: [], bins: 2, alpha, delta, starts: [0, 1] }).needed;

/**
 * Where a certificate from operational labels begins, told by labels that count no more: at the score
 * they speak for most, and at one that half of those score, in case they spoke too soon.
 * @param design labels set apart for this
 * @returns bins, or null while the labels are too few to tell
 */
export function startsOf(design: readonly Tally[], target: RiskTarget): number[] | null {
  const count = design.reduce((sum, { n }) => sum + n, 0);
  if (count < Math.max(20, cleanLabels(target) / 4)) return null;
  const likely = likelyStart(design, score_bins, target.alpha);
  return [...new Set([likely, middleOf(design, likely)])];
}

/** The highest bin at or over which half of what scores at least `from` lies. */
function middleOf(tallies: readonly Tally[], from: number): number {
  const above = tallies.filter(({ bin }) => bin >= from).sort((a, b) => b.bin - a.bin);
  const half = above.reduce((sum, { n }) => sum + n, 0) / 2;
  let count = 0;
  for (const { bin, n } of above) {
    count += n;
    if (count >= half) return bin;
  }
  return from;
}
