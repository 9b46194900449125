import { binOf, thresholdOf } from './score-grid.ts';
import { score_bins } from './starts.ts';
import type { Tracker } from './tracker.ts';

/** So many of the last scores tell at which score a share is held. */
export const most_recent = 1_000;

/** What a wrong check moves the share to hold by: simulated, it held 5% and 2% within .5 points through
 *  every change (bench/RESULTS.md, `drift`, where .02 was too slow at 2%). */
const gamma = 0.04;
/** Under 1, so that something passes, is checked, and can bring the share down again. */
const most_held = 0.95;

/** The bins of recent scores, oldest first, with more that came. */
export const withRecent = (recent: readonly number[], scores: readonly number[]): number[] =>
  [...recent, ...scores.map((score) => binOf(score, score_bins))].slice(-most_recent);

/**
 * Follows errors from where an alarm ended a certificate: it begins at the share to hold at which half of
 * what passed lately still passes, the surer half.
 * @param threshold that was certified
 * @param recent bins, at least one
 */
export function trackerFrom(threshold: number, recent: readonly number[], alpha: number): Tracker {
  const passed = recent.filter((bin) => thresholdOf(bin, score_bins) >= threshold).length;
  const share = Math.min(most_held, 1 - passed / recent.length / 2);
  return { threshold: share, gamma, alpha, low: 0, high: most_held };
}

/**
 * The score that holds a share of recent ones: the lowest threshold that does, and none over the highest
 * of them, where nothing would pass and nothing be checked again. So where many are equally sure it
 * holds more than the share, or, at the very top, less.
 * @returns null where none came yet
 */
export function trackedThreshold(share: number, recent: readonly number[]): number | null {
  const counts = new Array<number>(score_bins).fill(0);
  let top = -1;
  for (const bin of recent) {
    (counts[bin] as number)++;
    top = Math.max(top, bin);
  }
  if (top < 0) return null;
  const enough = share * recent.length;
  let under = 0;
  let bin = 0;
  while (bin < top && under < enough) {
    under += counts[bin] as number;
    bin++;
  }
  return thresholdOf(bin, score_bins);
}
