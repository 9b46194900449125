import { type LoggedTally, riskAmong } from './off-policy.ts';
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
 * The lowest threshold at which labels so far say that at most a share of all that passes is wrong, as
 * `riskAmong` tells it. It is chosen by the labels that it is told from, so it says what was seen and
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
    const { risk } = riskAmong(passingFrom(tallies, bin));
    return risk !== null && risk <= alpha;
  });
  return found === undefined ? null : thresholdOf(found, bins);
}
