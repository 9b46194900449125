import { type CallRecord, type Instant, letsRun, plus, type Turn } from '@wheelhouse/core';
import { insertCall, lockCalls, saveCall } from '../store/calls.ts';
import { goneWithout, newCall } from './call-fence.ts';
import { notedCalledOff } from './call-note.ts';
import { asked, type Ground } from './effect-ground.ts';

/** A call was decided: it waits to be begun, or the customer is told that it was refused; or it is
 *  dropped, where the conversation has gone on without it (rules W50 and W51). Of one over which its
 *  conversation was handed off whoever has the wheel is told (rule W101). */
export async function callDecided(ground: Ground): Promise<Turn | string | undefined> {
  const { tx, scope, row, output, purpose, bot } = ground;
  const { outcome } = output;
  if (!outcome) return undefined;
  if (outcome.status === 'cancelled') return notedCalledOff(ground);
  const [before] = await lockCalls(tx, scope, [output.id]);
  // Whoever claimed it was faster.
  if (before && before.state !== 'held') return undefined;
  const call = before ?? newCall(scope, output, purpose);
  const keep = (next: Partial<CallRecord>, next_at: Instant | null) =>
    (before ? saveCall : insertCall)(tx, scope, { ...call, ...next }, next_at);
  const gone = goneWithout(row, purpose, before);
  if (gone) {
    if (before) keep({ state: 'dropped' }, null);
    return gone;
  }
  if (bot?.stopped_at) {
    if (before) keep({ state: 'failed', fault: 'the assistant is stopped' }, tx.now);
    return row.owner_kind === 'bot' ? asked(ground, 'paused') : undefined;
  }
  if (!letsRun(outcome)) {
    keep({ state: 'refused', fault: outcome.reason ?? null }, tx.now);
    return undefined;
  }
  const how = bot?.definition.tools.find(({ name }) => name === call.tool)?.carried_out;
  // A program has its time to begin; what Wheelhouse carries out itself is due at once.
  keep({ state: 'waiting' }, how?.by === 'claim' ? plus(tx.now, how.within_ms) : tx.now);
  return undefined;
}
