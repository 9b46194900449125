import { invalid } from '../refusal.ts';
import { checkShares } from './bets.ts';

const kinds = ['martingale', 'shiryaev_roberts'] as const;

/**
 * Watches the losses of spot checks for an error rate over alpha, in numbers that can be stored: plain
 * data, as much after a million checks as after none.
 *
 * `martingale` asks whether the rate was over alpha at all. Guaranteed: if the chance of each checked
 * output to be wrong, given all before, is at most alpha, its evidence ever reaches 1/δ with
 * probability at most δ, however often it is looked at; nothing need be independent or alike (Ville
 * 1939; Shafer 2021, "Testing by betting").
 *
 * `shiryaev_roberts` asks whether it has come over alpha at some moment, so that good times before do
 * not weigh against a change. Guaranteed: under the same, the mean number of checks until its evidence
 * first reaches c is at least c, and the chance of that within N checks is at most N/c (Shiryaev 1963,
 * Roberts 1966; Shin, Ramdas & Rinaldo 2022, arXiv 2203.03532, "E-detectors").
 *
 * With checks that are drawn with unequal probabilities p give each its weight, (1/p) / w_max as for a
 * `Tally`: what is promised is then of all that pass. Alike, they need none.
 */
export interface Detector {
  kind: (typeof kinds)[number];
  alpha: number;
  /** By bet. */
  stakes: number[];
}

/**
 * Bets from 1% to 20% of what could be bet, believed in alike: how soon they find a change, and how often
 * there was none, is in bench/RESULTS.md under `drift`.
 */
const bet_shares = Array.from({ length: 8 }, (_none, k) => 0.2 * (1 / 20) ** (k / 7));

/** Beyond this a stake says nothing more, and below infinity it can be stored. */
const most_stake = 1e300;

/** @throws Refusal invalid: a kind that there is not, alpha not between 0 and 1 */
export function detectorOf(kind: Detector['kind'], alpha: number): Detector {
  checkShares({ alpha });
  if (!kinds.includes(kind)) {
    throw invalid({ field: 'kind', message: `must be one of ${kinds.join(', ')}` });
  }
  const stake = kind === 'martingale' ? 1 / bet_shares.length : 0;
  return { kind, alpha, stakes: bet_shares.map(() => stake) };
}

/**
 * The detector after one more check.
 * @param loss 0..1
 * @param weight over 0 and up to 1
 * @throws Refusal invalid: a loss or weight out of its range
 */
export function detectorStep(detector: Detector, loss: number, weight = 1): Detector {
  if (!(loss >= 0 && loss <= 1)) throw invalid({ field: 'loss', message: 'must lie in 0..1' });
  if (!(weight > 0 && weight <= 1)) {
    throw invalid({ field: 'weight', message: 'must lie over 0 and up to 1' });
  }
  const { kind, alpha, stakes } = detector;
  // Each check is a moment at which the change may have come: a new stake is put beside the old ones.
  const fresh = kind === 'shiryaev_roberts' ? 1 / stakes.length : 0;
  return {
    kind,
    alpha,
    stakes: stakes.map((stake, k) => {
      const bet = (bet_shares[k] as number) / alpha;
      return Math.min(most_stake, (stake + fresh) * (1 + bet * weight * (loss - alpha)));
    }),
  };
}

/** The detector after `times` checks more with the same loss, at the cost of one.
 *  @param loss 0..1
 *  @param times 0 or more */
export function detectorRun(detector: Detector, loss: number, times: number): Detector {
  const { kind, alpha, stakes } = detector;
  const fresh = kind === 'shiryaev_roberts' ? 1 / stakes.length : 0;
  return {
    kind,
    alpha,
    stakes: stakes.map((stake, k) => {
      const factor = 1 + ((bet_shares[k] as number) / alpha) * (loss - alpha);
      const grown = Math.min(most_stake, factor ** times);
      // Of what is put beside it at each check, all that it came to: a geometric sum.
      const beside = factor === 1 ? times : (factor * (grown - 1)) / (factor - 1);
      return Math.min(most_stake, stake * grown + fresh * beside);
    }),
  };
}

/** Checks that were judged in some time, of which it is not known any more which was when. */
export interface CheckCount {
  n: number;
  wrong: number;
}

/** The detector after `n` checks more, as if the wrong ones had come at equal distances, each after the
 *  right ones before it: in a row at the end, a few among many that are right would be an alarm. */
export function detectorSpread(detector: Detector, { n, wrong }: CheckCount): Detector {
  if (wrong === 0) return detectorRun(detector, 0, n);
  const between = (n - wrong) / wrong;
  let now = detector;
  for (let at = 0; at < wrong; at++) now = detectorRun(detectorRun(now, 0, between), 1, 1);
  return now;
}

/** What a detector would have come to of checks that are counted time after time.
 *  @returns it, and the most that its evidence ever was at the end of one */
export function detectorAnew(
  kind: Detector['kind'],
  alpha: number,
  counts: readonly CheckCount[],
): { detector: Detector; most: number } {
  let detector = detectorOf(kind, alpha);
  let most = 0;
  for (const count of counts) {
    detector = detectorSpread(detector, count);
    most = Math.max(most, detectorEvidence(detector));
  }
  return { detector, most };
}

/** What speaks for a rate over alpha: against 1/δ, or against c. */
export const detectorEvidence = ({ stakes }: Detector): number =>
  stakes.reduce((sum, stake) => sum + stake, 0);
