import { type CheckCount, detectorEvidence, detectorOf, detectorSpread } from './detector.ts';

/** Spot checks that people judged, by when. */
export interface JudgedChecks extends CheckCount {
  at_ms: number;
}

/**
 * Whether spot checks that nobody has judged may hide an alarm: whether, all of them wrong, they would have
 * raised it, among those that were judged since the first of them. A detector sees only what is judged, so
 * until such checks are, its silence says nothing.
 *
 * Each unjudged check counts where it was given up waiting for, as a wrong one, in order with those that
 * were judged: a few that are left among many that are right hide nothing, and many left in a row hide
 * everything. So where this is not so, what comes to the detector is, at the worst, within its alpha.
 * @param limit that the evidence of a detector is to reach
 * @param unjudged when each of them was given up waiting for
 */
export function mayHideAlarm(input: {
  alpha: number;
  limit: number;
  judged: readonly JudgedChecks[];
  unjudged: readonly number[];
}): boolean {
  const { alpha, limit } = input;
  if (!input.unjudged.length) return false;
  const first_ms = Math.min(...input.unjudged);
  const judged = input.judged.filter(({ at_ms }) => at_ms >= first_ms);
  const given_up = input.unjudged.map((at_ms) => ({ at_ms, n: 1, wrong: 1 }));
  const evidenceOf = (steps: JudgedChecks[]) =>
    detectorEvidence(steps.sort((a, b) => a.at_ms - b.at_ms).reduce(detectorSpread, fresh(alpha)));
  // What is judged and wrong by itself hides nothing.
  return evidenceOf([...judged, ...given_up]) >= limit && evidenceOf(judged) < limit;
}

const fresh = (alpha: number) => detectorOf('shiryaev_roberts', alpha);
