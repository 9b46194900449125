import { certifyFromTallies, likelyStart, type Tally } from './operational.ts';
import { attemptDelta, checkTarget, type RiskTarget } from './target.ts';

/** A score is told apart in so many steps, and a threshold is the beginning of one. */
export const score_bins = 250;

/** While a gate looks for where to begin, this share of its labels tells only that. */
export const design_share = 0.2;

/** Shares of what would pass at the likeliest start that the stricter ones are tried at. Of 30 plays of
 *  first weeks 26 opened with the half alone, and 30 with both. */
const stricter_shares = [1 / 2, 1 / 4];

/** Clean labels that prove a target from as many starts as a design comes to at most. @param attempt which
 *  one it is of those that share delta */
export const cleanLabels = (target: RiskTarget, attempt = 1): number => {
  checkTarget(target);
  const { alpha, delta: all } = target;
  const delta = attemptDelta(all, attempt);
  return certifyFromTallies({ tallies: [], bins: 3, alpha, delta, starts: [0, 1, 2] }).needed;
};

/** Labels that whether people agree is learned from, beside those that prove a target: as many as tell
 *  where to begin, and enough to learn from. */
export const labelsToLearn = (target: RiskTarget): number =>
  Math.max(200, Math.ceil(cleanLabels(target) / 4));

/**
 * Where a certificate from operational labels begins, told by labels that count no more: at the score
 * they speak for most, and at two stricter ones, which half and a quarter of those reach, in case they
 * spoke too soon.
 * @param design labels set apart for this
 * @returns bins, or null while the labels are too few to tell
 */
export function startsOf(design: readonly Tally[], target: RiskTarget): number[] | null {
  const count = design.reduce((sum, { n }) => sum + n, 0);
  return count < Math.max(20, cleanLabels(target) / 4) ? null : startsFrom(design, target);
}

/** The same of as many labels as there are: fewer give worse starts, and no wrong ones. */
export function startsFrom(
  design: readonly Tally[],
  { alpha }: Pick<RiskTarget, 'alpha'>,
): number[] {
  const likely = likelyStart(design, score_bins, alpha);
  return [
    ...new Set([likely, ...stricter_shares.map((share) => reachedBy(share, design, likely))]),
  ];
}

/**
 * Starts that were told by scores of models which had not seen the output, for the model that is kept: no
 * higher than what as many of the same outputs reach by its scores. Models of parts of the labels may give
 * scores that the kept one never does, and a start over all of them would be proven by nothing, ever.
 * @param told outputs by the scores that told the starts
 * @param kept the same outputs by the kept model's
 */
export function startsAsKept(
  starts: readonly number[],
  told: readonly Tally[],
  kept: readonly Tally[],
): number[] {
  const reached = (from: number) =>
    told.reduce((sum, { bin, n }) => sum + (bin >= from ? n : 0), 0);
  const all = kept.reduce((sum, { n }) => sum + n, 0);
  const asKept = (start: number) =>
    all > 0 ? Math.min(start, reachedBy(reached(start) / all, kept, 0)) : start;
  return [...new Set(starts.map(asKept))];
}

/** The highest bin that a share of what scores at least `from` reaches. */
function reachedBy(share: number, tallies: readonly Tally[], from: number): number {
  const above = tallies.filter(({ bin }) => bin >= from).sort((a, b) => b.bin - a.bin);
  const enough = above.reduce((sum, { n }) => sum + n, 0) * share;
  let count = 0;
  for (const { bin, n } of above) {
    count += n;
    if (count >= enough) return bin;
  }
  return from;
}
