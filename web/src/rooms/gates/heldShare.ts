import { wilson } from '@wheelhouse/core';

export interface HeldShare {
  /** Share of the outputs looked at that a threshold would hold, 0..1. */
  value: number;
  low: number;
  high: number;
  n: number;
}

/** What a threshold would have held among past outputs, with its 95% interval; null when there were
 *  none. One without a confidence is always held. */
export function heldShare(
  confidences: readonly (number | null)[],
  threshold: number,
): HeldShare | null {
  const n = confidences.length;
  if (!n) return null;
  const held = confidences.filter((one) => one === null || one < threshold).length;
  const [low, high] = wilson(held, n);
  return { value: held / n, low, high, n };
}

/** How many fall in each of `bins` equal parts of 0..1; 1 itself is in the last. */
export function histogram(confidences: readonly (number | null)[], bins = 40): number[] {
  const counts = new Array<number>(bins).fill(0);
  for (const one of confidences) {
    if (one === null) continue;
    const bin = Math.min(bins - 1, Math.max(0, Math.floor(one * bins)));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}
