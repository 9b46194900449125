import { wilson } from '../interval.ts';
import type { LoggedTally } from './off-policy.ts';
import { thresholdOf } from './score-grid.ts';

/** Past outputs of one score bin and chance. */
export interface PassingTally extends LoggedTally {
  /** They pass whatever threshold is chosen. */
  passes_now: boolean;
}

/** What passes at or over a bin, and what passes anyway. */
export const passingFrom = <One extends PassingTally>(
  tallies: readonly One[],
  bin: number,
): One[] => tallies.filter((one) => one.passes_now || one.bin >= bin);

/**
 * Share of errors that labels tell of such outputs, also of those that come: each label stands for as many
 * as it was drawn from (Hájek), and the 95% bounds, approximate, are Wilson's at the effective number of
 * labels (Kish 1965). What waits for its label is taken to be like what has one.
 * @returns share null where nothing was judged
 */
export function errorsKnown(tallies: readonly LoggedTally[]): {
  share: number | null;
  low: number;
  high: number;
} {
  let [stand_for, squares, wrong_for] = [0, 0, 0];
  for (const { inclusion_probability: p, labelled, wrong } of tallies) {
    stand_for += labelled / p;
    squares += labelled / p ** 2;
    wrong_for += wrong / p;
  }
  if (stand_for === 0) return { share: null, low: 0, high: 1 };
  const share = wrong_for / stand_for;
  const n = stand_for ** 2 / squares;
  const [low, high] = wilson(share * n, n);
  return { share, low, high };
}

/**
 * The lowest threshold at which labels so far say that at most a share of all that passes is wrong, as
 * `errorsKnown` tells it. It is chosen by the labels that it is told from, so it says what was seen and
 * proves nothing: what does is `certifyFromTallies`.
 * @param tallies past outputs as they were logged
 * @param alpha over 0, under 1
 * @returns null where no threshold is under it; never lower than the lowest score that was judged
 */
export function knownUnder(
  tallies: readonly PassingTally[],
  { bins, alpha }: { bins: number; alpha: number },
): number | null {
  const judged = new Set(tallies.flatMap(({ bin, labelled }) => (labelled > 0 ? [bin] : [])));
  const rising = [...judged].sort((a, b) => a - b);
  const found = rising.find((bin) => {
    const { share } = errorsKnown(passingFrom(tallies, bin));
    return share !== null && share <= alpha;
  });
  return found === undefined ? null : thresholdOf(found, bins);
}
