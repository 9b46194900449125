import { certifyFromTallies, type Tally, type ThresholdEvidence } from './operational.ts';
import { cleanLabels, score_bins, startsFrom } from './starts.ts';
import { attemptDelta, isLeft, type RiskTarget } from './target.ts';

/** What people judged of late, newest first, in blocks: the first has as many outputs as a clean proof
 *  takes, and those up to any further one a quarter more than those up to the one before it. */
export interface RecentTally extends Tally {
  /** From 0, by `recent_blocks`. */
  block: number;
}

/** How blocks of late labels grow, and how many outputs they reach back at most. */
export const recent_blocks = { growth: 1.25, most: 20_000 };

/** Outputs in the first block, of the attempt that would be begun. */
export const firstBlock = (target: RiskTarget, attempt: number): number =>
  cleanLabels(target, attempt);

/**
 * Whether a proof is to be begun anew: had it been begun before some of the labels of late, from starts
 * that the oldest fifth of those tell, it would be proven by now with the part of delta that is left for
 * it; and what is begun now is nearer to a proof than the present attempt. Evidence of a bad time, or
 * starts that were fixed in one, would else hold up a proof for ever.
 *
 * Whatever this says and whenever it is asked, the promise is kept: what is begun anew counts only
 * outputs that come afterwards, and each attempt has its own part of delta, fixed beforehand.
 * @param attempt that would be begun, from 2
 * @param needed clean decisions of all kinds that the present one lacks at the least
 * @returns the bins to begin from, told by all that was seen to prove it; or null
 */
export function beginAnewFrom(
  recent: readonly RecentTally[],
  target: RiskTarget,
  attempt: number,
  needed: number,
): number[] | null {
  if (!isLeft(target, attempt)) return null;
  const { alpha, delta } = target;
  const last = recent.reduce((most, { block }) => Math.max(most, block), 0);
  const own = { bins: score_bins, alpha, delta: attemptDelta(delta, attempt) };
  for (let upto = 1; upto <= last; upto++) {
    const seen = recent.filter(({ block }) => block <= upto);
    const design = seen.filter(({ block }) => block === upto);
    const tallies = seen.filter(({ block }) => block < upto);
    const found = certifyFromTallies({ ...own, tallies, starts: startsFrom(design, target) });
    if (found.bin === null) continue;
    const starts = startsFrom(seen, target);
    if (decisionsFor(cleanLabels(target, attempt), starts, seen) < needed) return starts;
  }
  return null;
}

/** How many come until so many reach the loosest of some starts, where as many do as among these. */
export function decisionsFor(
  count: number,
  starts: readonly number[],
  tallies: readonly Tally[],
): number {
  const from = Math.min(...starts);
  const [all, over] = tallies.reduce(
    ([n, reach], one) => [n + one.n, reach + (one.bin >= from ? one.n : 0)] as const,
    [0, 0] as readonly [number, number],
  );
  return over > 0 ? (count * all) / over : Number.POSITIVE_INFINITY;
}

/** From so many errors on at a start it is told that it will not be proven as it goes. */
const enough_wrong = 5;

/** Whether at every start more is wrong than may be, as far as was seen. */
export const isUnlikely = (
  evidence: readonly Pick<ThresholdEvidence, 'labelled' | 'wrong'>[],
  starts: readonly number[],
  alpha: number,
): boolean =>
  starts.every((bin) => {
    const { labelled, wrong } = evidence[bin] ?? { labelled: 0, wrong: 0 };
    return wrong >= enough_wrong && wrong >= alpha * labelled;
  });
