import { type FieldFault, invalid } from '../refusal.ts';

/**
 * Tells without any label that what comes is no longer what came: from how often outputs are held, or
 * from the histogram of their scores. It warns of changed traffic, not of harm. Plain data, as much
 * after a million outputs as after none.
 *
 * Each output is ranked among all that were seen, ties by chance, which gives a number 0..1; while
 * outputs come in an order that is as likely as any other, those numbers are uniform and independent
 * (Vovk, Gammerman & Shafer 2005, "Algorithmic learning in a random world", §8: conformal test
 * martingales). Bets are laid that more, or fewer, of them are under a cut; they are added up as
 * Shiryaev and Roberts do, so that a change late weighs as much as one at once.
 *
 * Guaranteed for scores: while nothing changes, the mean number of outputs until the evidence first
 * reaches c is at least c, and the chance of that within N outputs is at most N/c (Vovk 2021, "Testing
 * randomness online", arXiv 1906.09256; Volkhonskiy et al. 2017). That the reference is itself only a
 * sample costs nothing: it is ranked with the rest. Its size has to be settled apart from its scores.
 * Where it ends with a proof it is not quite, for the labels say when that is; simulated, that shows in
 * nothing (rule G74).
 *
 * Of holds the cut itself is of what was seen: the mean of the evidence after N outputs is N, and N/c is
 * what the simulations keep, not a theorem. Cuts fixed beforehand would have the theorem and took a fifth
 * to two fifths longer to tell.
 */
export interface Monitor {
  /** How many outputs were seen, with the reference, by bin. */
  seen: number[];
  /** Shares of ranks between which is told, ascending; null where it is that of the lowest bin. */
  cuts: (number | null)[];
  /** By cut and change of odds. */
  stakes: number[];
}

/** By how much the odds of being under a cut are held to have changed, in either direction. */
const changes = [1 / 5, 1 / 3, 1 / 1.8, 1.8, 3, 5];
const score_cuts = [0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.7, 0.85];
const most_stake = 1e300;

/**
 * A monitor of "was it held?".
 * @param reference how many were held and how many passed while all was well; some hundred at least
 * @throws Refusal invalid: counts under 0 or none at all
 */
export const holdMonitor = (reference: { held: number; passed: number }): Monitor =>
  monitorOf([reference.held, reference.passed], [null]);

/** The monitor after one more output; `random` as in `monitorStep`. */
export const holdStep = (monitor: Monitor, held: boolean, random: number): Monitor =>
  monitorStep(monitor, held ? 0 : 1, random);

/**
 * A monitor of scores.
 * @param reference outputs by bin while all was well; bins of equal width or of equal share
 * @throws Refusal invalid: counts under 0 or none at all
 */
export const scoreMonitor = (reference: readonly number[]): Monitor =>
  monitorOf(reference, score_cuts);

/**
 * The monitor after one more output.
 * @param bin of its score
 * @param random 0..1, drawn anew each time and apart from the output: it breaks the ties
 * @throws Refusal invalid: a bin that is none, a number that is not 0..1
 */
export function monitorStep(monitor: Monitor, bin: number, random: number): Monitor {
  if (!(Number.isInteger(bin) && bin >= 0 && bin < monitor.seen.length)) {
    throw invalid({ field: 'bin', message: 'must be a bin' });
  }
  if (!(random >= 0 && random <= 1))
    throw invalid({ field: 'random', message: 'must lie in 0..1' });
  const seen = [...monitor.seen];
  const own = (seen[bin] as number) + 1;
  seen[bin] = own;
  let [under, all] = [0, 0];
  for (const [at, count] of seen.entries()) {
    if (at < bin) under += count;
    all += count;
  }
  const rank = (under + random * own) / all;
  const fresh = 1 / monitor.stakes.length;
  const lowest = (seen[0] as number) / all;
  const stakes = monitor.stakes.map((stake, k) => {
    const cut = monitor.cuts[Math.floor(k / changes.length)] ?? lowest;
    const change = changes[k % changes.length] as number;
    // The density of ranks whose odds of being under the cut are `change` times what they were.
    const growth = (rank < cut ? change : 1) / (1 + (change - 1) * cut);
    return Math.min(most_stake, (stake + fresh) * growth);
  });
  return { ...monitor, seen, stakes };
}

/** What speaks for a change, to be held against c. */
export const monitorEvidence = ({ stakes }: Monitor): number =>
  stakes.reduce((sum, stake) => sum + stake, 0);

function monitorOf(reference: readonly number[], cuts: (number | null)[]): Monitor {
  const faults: FieldFault[] = [];
  reference.forEach((count, bin) => {
    if (count >= 0 && Number.isFinite(count)) return;
    faults.push({ field: `reference.${bin}`, message: 'must be 0 or more' });
  });
  if (!reference.some((count) => count > 0)) {
    faults.push({ field: 'reference', message: 'must hold outputs' });
  }
  if (faults.length > 0) throw invalid(...faults);
  return { seen: [...reference], cuts, stakes: cuts.flatMap(() => changes.map(() => 0)) };
}
