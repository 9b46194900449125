import { fromMs, type Instant, invalid, toMs } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';

const day_ms = 86_400_000;
const usual_days = 30;
const most_days = 92;

/** The first and the last day (UTC) of what is asked for, thirty back where nobody says from when.
 *  @throws Refusal invalid: it is none, or too long for one answer */
export function daySpan(
  tx: Tx,
  { from: asked, to: until = tx.now }: { from?: Instant | undefined; to?: Instant | undefined },
) {
  const dayOf = (ms: number) => fromMs(ms).slice(0, 10);
  const to = dayOf(toMs(until));
  const from = dayOf(asked ? toMs(asked) : toMs(until) - (usual_days - 1) * day_ms);
  if (from > to) throw invalid({ field: 'from', message: 'is not before "to"' });
  if (Date.parse(to) - Date.parse(from) >= most_days * day_ms) {
    throw invalid({ field: 'from', message: `is more than ${most_days} days before "to"` });
  }
  return { from, to };
}
