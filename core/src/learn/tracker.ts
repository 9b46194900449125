import { type FieldFault, invalid } from '../refusal.ts';

/** A threshold that follows the errors of spot checks. It promises a mean over time and no day of it. */
export interface Tracker {
  /** A score, or a share to hold. */
  threshold: number;
  /** How far one wrong check moves the threshold, in its own unit; one that is right, alpha of that. */
  gamma: number;
  alpha: number;
  /** Where the threshold may not go under or over. */
  low: number;
  high: number;
}

/**
 * The threshold after one more spot check of what passed: t ← clip(t + gamma·(loss − alpha)).
 *
 * Guaranteed: over N checks in which it is not cut off at `low` or `high`, |mean loss − alpha| ≤
 * (high − low) / (gamma·N), whatever the outputs are and however they change (Gibbs & Candès 2021,
 * arXiv 2106.00170, "Adaptive conformal inference under distribution shift"). It is about what was
 * checked; drawn at random with probability p, checks carry it to all that pass, up to
 * √(ln(1/δ) / (p·N)). The threshold is best a share to hold, with `high` under 1, put into effect by the
 * quantile of recent scores: as a score it came to lie over all of them in most runs at alpha 2%, where
 * nothing passes, nothing is checked, and it never comes down again. Shown as "tracking", it never takes
 * the place of a certificate.
 * @param loss 0..1, of an output that passed and was checked
 * @throws Refusal invalid: a value out of its range
 */
export function trackerStep(tracker: Tracker, loss: number): Tracker {
  const { threshold, gamma, alpha, low, high } = tracker;
  const faults: FieldFault[] = [];
  const must = (is: boolean, field: string, message: string) => {
    if (!is) faults.push({ field, message });
  };
  must(loss >= 0 && loss <= 1, 'loss', 'must lie in 0..1');
  must(alpha > 0 && alpha < 1, 'alpha', 'must lie between 0 and 1, neither of them');
  must(gamma > 0 && Number.isFinite(gamma), 'gamma', 'must be over 0');
  must(low < high, 'low', 'must be under high');
  must(threshold >= low && threshold <= high, 'threshold', 'must lie in low..high');
  if (faults.length > 0) throw invalid(...faults);
  const moved = threshold + gamma * (loss - alpha);
  return { ...tracker, threshold: Math.min(high, Math.max(low, moved)) };
}

/** How far the mean loss of n checks can be from alpha while the threshold is not cut off. */
export const trackerBound = ({ gamma, low, high }: Tracker, n: number): number =>
  (high - low) / (gamma * n);
