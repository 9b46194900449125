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

export interface CurvePoint {
  /** The threshold. */
  at: number;
  value: number;
  low: number;
  high: number;
}

/** What every threshold from 0 to 1 would have held, in `steps` equal steps; empty when there were
 *  no outputs. A histogram was tried before: most outputs of a good model are sure, so one bar stood
 *  tall and nothing was seen where the threshold lies. */
export function heldCurve(confidences: readonly (number | null)[], steps = 100): CurvePoint[] {
  return Array.from({ length: steps + 1 }, (_, step) => step / steps).flatMap((at) => {
    const share = heldShare(confidences, at);
    return share ? [{ at, value: share.value, low: share.low, high: share.high }] : [];
  });
}
