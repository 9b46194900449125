import * as z from 'zod';

/** What can happen, noun first. A route's action `cases.answer` leaves the event `case.answered`. */
export const event_types = [
  'workspace.created',
  'output.submitted',
  'output.decided',
  'output.claimed',
  'output.cancelled',
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
  'case.reminded',
  'case.widened',
  'case.escalated',
  'gate.changed',
  'queue.changed',
  'key.created',
  'key.revoked',
  'member.invited',
  'member.joined',
  'member.changed',
  'member.removed',
  'member.away',
  'webhook.created',
  'webhook.changed',
  'webhook.removed',
  'webhook.disabled',
  'delivery.died',
  'delivery.retried',
  'audit.checkpointed',
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
  actor_kind: z.enum(['member', 'key', 'system']),
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

export const AuditLine = Event.extend({
  /** Its place in the sealed log, from 0; null until it is sealed. */
  leaf: z.int().nullable(),
  leaf_hash: z.string().nullable(),
  actor_name: z.string(),
});
export type AuditLine = z.infer<typeof AuditLine>;

export const Checkpoint = z.object({
  size: z.int(),
  root: z.string(),
  /** The C2SP signed note, to keep outside the server. */
  note: z.string(),
  at: z.string(),
});
export type Checkpoint = z.infer<typeof Checkpoint>;

export const AuditVerification = z.object({
  ok: z.boolean(),
  size: z.int(),
  sealed: z.int(),
  root: z.string().nullable(),
  checkpoint: Checkpoint.nullable(),
  /** Each fault found: what does not match, and where. */
  faults: z.array(z.object({ leaf: z.int().nullable(), fault: z.string() })),
  checked_at: z.string(),
});
export type AuditVerification = z.infer<typeof AuditVerification>;
