import * as z from 'zod';
import type { ConversationRecord } from './conversation.ts';
import { invalid, refuse } from './refusal.ts';
import type { Turn } from './said.ts';
import { elapsed, fromMs, type Instant, longest_wait_ms, Moment, toMs } from './time.ts';

export const SnoozeSubmission = z.strictObject({ until: Moment });
export type SnoozeSubmission = z.infer<typeof SnoozeSubmission>;

/** Puts a conversation aside until a moment (rule W32). Its member keeps the wheel, and what the customer
 *  is promised runs on. Who waits in a queue is put aside by nobody.
 *  @throws Refusal wheel_not_held, wheel_taken, invalid (until) */
export function snooze(
  conversation: ConversationRecord,
  { id, now }: { id: string; now: Instant },
  until: Instant,
): Turn {
  const { owner_kind: kind, owner_id, state } = conversation;
  if (kind !== 'member' || state !== 'open') {
    throw refuse('wheel_not_held', { conversation_id: conversation.id });
  }
  if (owner_id !== id) {
    throw refuse('wheel_taken', {
      conversation_id: conversation.id,
      owner: { kind, id: owner_id },
    });
  }
  const wait_ms = elapsed(now, until);
  if (wait_ms <= 0) throw invalid({ field: 'until', message: 'is past' });
  if (wait_ms > longest_wait_ms) {
    throw invalid({ field: 'until', message: 'is more than 400 days away' });
  }
  const snoozed_until = fromMs(toMs(until));
  if (conversation.snoozed_until === snoozed_until)
    return { next: conversation, messages: [], events: [] };
  return {
    next: { ...conversation, snoozed_until },
    messages: [],
    events: [
      { type: 'conversation.snoozed', subject: conversation.id, data: { until: snoozed_until } },
    ],
  };
}

/** It is back: its time has come, the customer has written, or somebody took the snooze back. */
export function unsnooze(
  conversation: ConversationRecord,
  why: 'time' | 'customer' | 'undone',
): Turn {
  if (!conversation.snoozed_until) return { next: conversation, messages: [], events: [] };
  const data = { why, until: conversation.snoozed_until };
  return {
    next: { ...conversation, snoozed_until: null },
    messages: [],
    events: [{ type: 'conversation.unsnoozed', subject: conversation.id, data }],
  };
}
