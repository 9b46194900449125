import * as z from 'zod';

/** What can happen, noun first. A route's action `cases.answer` leaves the event `case.answered`. */
export const event_types = [
  'workspace.created',
  'output.submitted',
  'output.decided',
  'output.claimed',
  'output.corrected',
  'output.cancelled',
  'output.reported',
  'output.feedback_given',
  'output.erased',
  'case.opened',
  'case.claimed',
  'case.released',
  'case.answered',
  'case.resolved',
  'case.undone',
  'case.corrected',
  'case.cancelled',
  'case.assigned',
  'case.noted',
  'case.erased',
  'case.reminded',
  'case.widened',
  'case.escalated',
  'case.stranded',
  'case.unstranded',
  'conversation.opened',
  'conversation.taken',
  'conversation.handed_off',
  'conversation.offered',
  'conversation.widened',
  'conversation.call_back_offered',
  'conversation.call_back_asked',
  'conversation.called_back',
  'conversation.handed_back',
  'conversation.nobody_came',
  'conversation.reminded',
  'conversation.told',
  'conversation.drafted',
  'conversation.breached',
  'conversation.snoozed',
  'conversation.unsnoozed',
  'conversation.resolved',
  'conversation.merged',
  'conversation.rated',
  'conversation.preference_asked',
  'conversation.preference_given',
  'conversation.reopened',
  'conversation.noted',
  'conversation.whispered',
  'conversation.briefed',
  'conversation.changed',
  'conversation.erased',
  'contact.erased',
  'message.received',
  'message.sent',
  'message.dropped',
  'file.erased',
  'call.dropped',
  'contact.changed',
  'bot.changed',
  'bot.stopped',
  'bot.resumed',
  'canned_reply.changed',
  'canned_reply.removed',
  'article.changed',
  'article.uploaded',
  'article.proposed',
  'article.accepted',
  'article.removed',
  'crawl.started',
  'crawl.cancelled',
  'crawl.ended',
  'gate.changed',
  'gate.learning',
  'gate.head_learned',
  'gate.certified',
  'gate.expired',
  'gate.warned',
  'gate.alarmed',
  'gate.calmed',
  'gate.unwatched',
  'gate.watched',
  'gate.hours_spent',
  'gate.overridden',
  'gate.override_ended',
  'queue.changed',
  'key.created',
  'key.revoked',
  'member.invited',
  'member.uninvited',
  'member.joined',
  'member.changed',
  'member.removed',
  'member.password_reset',
  'member.away',
  'member.presence_changed',
  'member.enabled',
  'webhook.created',
  'webhook.changed',
  'webhook.removed',
  'webhook.tested',
  'webhook.disabled',
  'delivery.died',
  'delivery.retried',
] as const;
export const EventType = z.enum(event_types);
export type EventType = z.infer<typeof EventType>;

/** One thing that happened. It is also the audit line: who did what to what, on what evidence.
 *  `data` holds facts and salted digests, never content, so erasing content leaves the log whole. */
export const Event = z.object({
  /** Where it stands in commit order, as `TRANSACTION-SEQUENCE`; the cursor to go on from. */
  cursor: z.string(),
  type: EventType,
  /** The id of what it happened to. */
  subject: z.string(),
  actor: z.string(),
  actor_kind: z.enum(['member', 'key', 'contact', 'system']),
  data: z.record(z.string(), z.any()),
  at: z.string(),
});
export type Event = z.infer<typeof Event>;

/** An event before it is written: the store adds the time and the cursor. */
export interface NewEvent {
  type: EventType;
  subject: string;
  data: Record<string, unknown>;
}

/** A cursor's place. Transactions are compared first: a row that commits late has a higher one than
 *  every reader has passed, so following the order never skips it.
 *  @returns undefined when the text is no cursor */
export function parseCursor(text: string): { xid: string; seq: string } | undefined {
  const found = /^(\d{1,20})-(\d{1,19})$/.exec(text);
  return found ? { xid: found[1] as string, seq: found[2] as string } : undefined;
}
