import { type FieldFault, invalid } from '../refusal.ts';

/** What a gate promises: at most `alpha` of what passes is wrong, with probability 1 − `delta`. */
export interface RiskTarget {
  /** Selective risk: errors among what passes, between 0 and 1. */
  alpha: number;
  /** The chance, at most, that the promise is given wrongly, between 0 and 1. */
  delta: number;
}

/** The least alpha or delta that a gate may promise: one in a million of 1% of all outputs would take
 *  longer to prove than any version of an AI is in use. */
export const least_promised = 1e-6;

/** The least that is reckoned with: what is promised, divided among many. Under it, whole numbers are no
 *  more exact than the count of labels that it takes. */
const least_share = 1e-12;

/** What of delta the first attempt at a proof has. The rest is for those that are begun anew. */
const first_part = 0.9;

/**
 * The part of delta that an attempt at a proof has: nine tenths the first, and each later one half of what
 * the one before it left. All of them together have no more than delta, however many are begun, by
 * whatever and whenever (alpha spending: Lan, DeMets 1983; Foster, Stine 2008).
 * @param attempt from 1
 */
export const attemptDelta = (delta: number, attempt: number): number =>
  attempt <= 1 ? delta * first_part : delta * (1 - first_part) * 2 ** (1 - attempt);

/** Whether what is left for an attempt can still be reckoned with. */
export const isLeft = ({ delta }: RiskTarget, attempt: number): boolean =>
  attemptDelta(delta, attempt) >= least_share;

/** @throws Refusal invalid: alpha or delta not between 0 and 1, or as good as 0 */
export function checkTarget({ alpha, delta }: RiskTarget): void {
  const faults: FieldFault[] = [];
  for (const [field, share] of Object.entries({ alpha, delta })) {
    if (share >= least_share && share < 1) continue;
    faults.push({ field, message: `must lie between 0 and 1, and be at least ${least_share}` });
  }
  if (faults.length > 0) throw invalid(...faults);
}
