/**
 * After a warning or an alarm, the share of what passes that is looked at: the smaller alpha, the more
 * labels a threshold takes to be proven lower, and of what passes they come by checks alone. A fifth for
 * 5%, half for 2% and less; what that is worth is in bench/RESULTS.md under `drift`.
 * @param usual share, over 0 and up to 1
 */
export const raisedCheck = (usual: number, alpha: number): number =>
  Math.min(1, Math.max(4 * usual, Math.min(0.5, Math.max(0.2, 0.01 / alpha))));

/** Spot checks of what passed by one certificate while more of it is looked at than usual. */
export interface Calm {
  certificate_id: string;
  n: number;
  wrong: number;
}

/**
 * Whether what passes may be looked at as seldom as usual again: twenty times as many spot checks as one of
 * them may be wrong (400 for 5%, 1,000 for 2%), since the threshold last moved, kept the promise and left
 * the detector as it would be without them. So long it is worth what it costs: a threshold loosens by
 * checks alone. Half as many cost 7 points of the oracle's coverage at 2%, twice as many a tenth of the
 * labels (bench/RESULTS.md, `drift`).
 * @param evidence of the detector
 */
export const isCalm = (
  { n, wrong }: Pick<Calm, 'n' | 'wrong'>,
  alpha: number,
  evidence: number,
): boolean => n >= 20 / alpha && wrong <= alpha * n && evidence < usual_limit;

/** In the mean so many spot checks lie between false alarms, at least. */
const usual_limit = 2_000;

/**
 * What the evidence of a detector of spot checks has to reach. Where more is checked than usual it is as
 * much more: as many outputs pass between false alarms then, and an alarm costs all that was proven.
 * @param usual share that is checked, over 0
 * @param now at most so much is checked now
 */
export const alarmLimit = (usual: number, now: number): number =>
  usual_limit * Math.max(1, now / usual);

/** What the evidence of either monitor of what comes has to reach, holds or scores: each tells falsely at
 *  most once in 600 watches of 20,000 outputs, so that both together do so at most once in 300. */
export const warn_at = 12_000_000;
