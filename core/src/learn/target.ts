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

/** @throws Refusal invalid: alpha or delta not between 0 and 1, or as good as 0 */
export function checkTarget({ alpha, delta }: RiskTarget): void {
  const faults: FieldFault[] = [];
  for (const [field, share] of Object.entries({ alpha, delta })) {
    if (share >= least_share && share < 1) continue;
    faults.push({ field, message: `must lie between 0 and 1, and be at least ${least_share}` });
  }
  if (faults.length > 0) throw invalid(...faults);
}
