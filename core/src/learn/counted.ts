import { certifyFromTallies, type OperationalCertificate, type Tally } from './operational.ts';
import { score_bins } from './starts.ts';
import { attemptDelta, type RiskTarget } from './target.ts';

/** What people judged, and what they were asked about and have not judged yet. */
export interface CountedTally extends Tally {
  /** Outputs were asked about batch after batch (rule G94). */
  batch: number;
  waiting: number;
}

/** An attempt at a proof, as it stands. */
export interface ProofAttempt extends RiskTarget {
  /** From 1: which one it is of those that share delta. */
  attempt: number;
  starts: number[];
  /** Bins that were proven before. */
  proven: number[];
  /** Labels that may have proved them were taken back. */
  retracted: boolean;
}

/** What is asked about and not judged yet, as if it were wrong. */
const asWrong = (tallies: CountedTally[]): Tally[] =>
  tallies.map(({ bin, weight, wrong, n, waiting }) => ({
    ...{ bin, weight },
    ...{ wrong: wrong + waiting, n: n + waiting },
  }));

/** The record up to the end of each batch but the last, where something waits: what it proves there it
 *  proves, whatever waits after it. */
function beginnings(tallies: CountedTally[]): CountedTally[][] {
  const batches = [...new Set(tallies.map(({ batch }) => batch))].sort((a, b) => a - b);
  return batches.slice(0, -1).map((last) => tallies.filter(({ batch }) => batch <= last));
}

/** What the labels of a tier prove. What waits for its label counts as wrong until it has it (rule G90):
 *  people who decide sooner on what is right than on what is wrong, or leave what is wrong to others,
 *  would else prove what does not hold. Whatever the order of decisions, what is counted is all that
 *  came up to a place in the record, with at least as many wrong as there are: up to its end, or to that
 *  of any batch (rule G94), for what is proven at one place of the record is proven.
 *  @returns labels and errors as people judged them, and what they prove at the least */
export function certifyCounted(
  tallies: CountedTally[],
  { alpha, delta: all, attempt, starts, proven, retracted }: ProofAttempt,
): OperationalCertificate {
  const delta = attemptDelta(all, attempt);
  const given = { bins: score_bins, alpha, delta, starts };
  if (!retracted && !tallies.some(({ waiting }) => waiting > 0)) {
    return certifyFromTallies({ tallies, ...given, proven });
  }
  const earlier = beginnings(tallies);
  const judged = certifyFromTallies({ tallies, ...given, earlier });
  // Once proven stays proven, unless labels that proved it were taken back and those there are do not.
  const still = retracted ? proven.filter((bin) => judged.proven.includes(bin)) : proven;
  const least = certifyFromTallies({
    tallies: asWrong(tallies),
    ...given,
    proven: still,
    earlier: earlier.map(asWrong),
  });
  return {
    ...least,
    needed: least.bin === null ? Math.max(1, judged.needed) : least.needed,
    evidence: least.evidence.map((one, bin) => {
      const { labelled, wrong, share, low, high } = judged.evidence[bin] ?? one;
      return { ...one, labelled, wrong, share, low, high };
    }),
  };
}
