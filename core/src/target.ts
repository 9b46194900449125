import * as z from 'zod';
import type { ConversationRecord } from './conversation.ts';
import type { NewEvent } from './event.ts';
import type { Hours } from './hours.ts';
import { openBetween, plusOpen } from './open-time.ts';
import { type Instant, longest_wait_ms, toMs } from './time.ts';

export const target_kinds = ['first_reply', 'next_reply', 'resolution'] as const;
export const TargetKind = z.enum(target_kinds);
export type TargetKind = z.infer<typeof TargetKind>;

const Target = z
  .int()
  .min(1, 'is more than nothing; left out, it is not promised')
  .max(longest_wait_ms, 'is at most 400 days');

/** Within how long a customer is to be answered, in time that people are there (rule W30). */
export const Targets = z.strictObject({
  /** From the customer's first word to the first reply, whoever gives it. */
  first_reply_ms: Target.optional(),
  /** From a later word of the customer's to the reply to it. */
  next_reply_ms: Target.optional(),
  /** The customer's own waits together, from their first word until it is resolved. */
  resolution_ms: Target.optional(),
});
export type Targets = z.infer<typeof Targets>;

/** What a conversation's bot promises, as its definition has it now. */
export interface Promised extends Targets {
  hours?: Hours;
}

/** How a conversation stands against the targets of its bot. Empty where none were ever set. */
export interface Timing {
  /** Since when the wait that is running is counted. */
  since?: Instant | null;
  /** How long the customer waited before that, since it was opened, in time that people are there. */
  waited_ms?: number;
  /** When each promise that is running is broken. */
  dues?: Partial<Record<TargetKind, Instant>>;
  /** The promises that are broken and on record: of a reply until it comes, of a resolution until then. */
  breached?: TargetKind[];
}

/** What is due of a conversation, and when a promise is next broken. */
export interface Due {
  due_at: Instant | null;
  breach_at: Instant | null;
}

/** The targets of a conversation as they stand after an act, and what was broken until now (rule W30).
 *  It follows the customer's wait alone, which no change of owner touches; while the customer owes the
 *  answer nothing runs. Done again at the same moment it changes nothing and finds nothing new. */
export function timed(
  row: ConversationRecord,
  now: Instant,
): { next: ConversationRecord; events: NewEvent[] } {
  const { promised, timing } = row;
  if (!promised && !timing.dues) return { next: row, events: [] };
  const wait = row.state === 'open' ? row.waiting_since : null;
  const ended = timing.since && timing.since !== wait ? timing.since : null;
  // What ran until now may have been broken before anybody looked.
  const late = ended ? lateOf(timing.dues ?? {}, timing.breached ?? [], now) : [];
  const so_far = {
    since: wait,
    waited_ms: waitedUntil(row, ended, now),
    breached: row.state === 'resolved' ? [] : brokenStill(timing, ended !== null, late),
  };
  const dues = promised && wait ? duesOf(row, promised, wait, so_far.waited_ms) : {};
  const broken = lateOf(dues, so_far.breached, now);
  const breached = [...so_far.breached, ...broken];
  const next = { ...row, timing: { ...so_far, dues, breached }, ...dueOf(dues, breached) };
  const events = [
    ...late.map((target) => breachOf(row, target, timing.dues?.[target])),
    ...broken.map((target) => breachOf(row, target, dues[target])),
  ];
  return { next, events };
}

function waitedUntil(
  { promised, timing, state }: ConversationRecord,
  ended: Instant | null,
  now: Instant,
) {
  if (state === 'resolved') return 0;
  const before = timing.waited_ms ?? 0;
  return ended ? before + openBetween(promised?.hours, ended, now) : before;
}

/** A reply is promised anew with each wait; a resolution is broken once, until it is resolved. */
const brokenStill = ({ breached = [] }: Timing, answered: boolean, late: TargetKind[]) =>
  answered ? [...breached, ...late].filter((kind) => kind === 'resolution') : breached;

function duesOf(
  { first_reply_at }: ConversationRecord,
  { hours, first_reply_ms, next_reply_ms, resolution_ms }: Promised,
  wait: Instant,
  waited_ms: number,
): Partial<Record<TargetKind, Instant>> {
  const reply_ms = first_reply_at === null ? first_reply_ms : next_reply_ms;
  const dues: Partial<Record<TargetKind, Instant>> = {};
  const put = (kind: TargetKind, ms: number | undefined) => {
    const at = ms === undefined ? null : plusOpen(hours, wait, Math.max(0, ms));
    if (at) dues[kind] = at;
  };
  put(first_reply_at === null ? 'first_reply' : 'next_reply', reply_ms);
  put('resolution', resolution_ms === undefined ? undefined : resolution_ms - waited_ms);
  return dues;
}

const lateOf = (
  dues: Partial<Record<TargetKind, Instant>>,
  breached: readonly TargetKind[],
  now: Instant,
): TargetKind[] =>
  target_kinds.filter((kind) => {
    const at = dues[kind];
    return at !== undefined && toMs(at) <= toMs(now) && !breached.includes(kind);
  });

/** What is due first. A resolution that is late already says no more of when the next word is due. */
function dueOf(dues: Partial<Record<TargetKind, Instant>>, breached: readonly TargetKind[]): Due {
  const earliest = (kinds: readonly TargetKind[]) =>
    kinds.flatMap((kind) => dues[kind] ?? []).sort()[0] ?? null;
  const running = target_kinds.filter((kind) => !breached.includes(kind));
  const telling = target_kinds.filter((kind) => kind !== 'resolution' || running.includes(kind));
  return {
    due_at: earliest(telling) ?? earliest(target_kinds),
    breach_at: earliest(running),
  };
}

/** Which promise `due_at` is about. */
export const dueFor = ({ dues = {} }: Timing, due_at: Instant | null): TargetKind | null =>
  target_kinds.find((kind) => due_at !== null && dues[kind] === due_at) ?? null;

function breachOf(
  row: ConversationRecord,
  target: TargetKind,
  due_at: Instant | undefined,
): NewEvent {
  const { id, bot, owner_kind: kind, owner_id } = row;
  const data = { target, due_at, bot, owner: { kind, id: owner_id } };
  return { type: 'conversation.breached', subject: id, data };
}
