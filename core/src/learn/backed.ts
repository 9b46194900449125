import type { OperationalCertificate, Tally } from './operational.ts';
import { thresholdOf } from './score-grid.ts';
import { score_bins } from './starts.ts';

/** Down where nothing was ever judged there is nothing that speaks for passing it, though nothing against
 *  it either: the threshold stays at the lowest score that was, of those that are proven. Nor is anything
 *  proven down there for later: what comes with such scores one day has to be shown by itself. */
export function backed(
  look: OperationalCertificate,
  tallies: readonly Tally[],
  starts: readonly number[],
): OperationalCertificate {
  const { bin } = look;
  if (bin === null) return look;
  const seen = tallies.flatMap((one) => (one.bin >= bin && one.n > 0 ? [one.bin] : []));
  const least = Math.min(...starts.filter((start) => start >= bin), ...seen);
  const proven = look.proven.filter((one) => one >= least);
  return { ...look, proven, bin: least, threshold: thresholdOf(least, score_bins) };
}
