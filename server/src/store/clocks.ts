import type { Instant, Scope, WaitClock } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

const take = statement(
  'clocks.take',
  `with due as (
     select workspace_id, id from conversations where clock_at <= $1
     order by clock_at, id limit $3 for no key update skip locked)
   update conversations c set clock_at = $2
   from due where c.workspace_id = due.workspace_id and c.id = due.id
   returning c.workspace_id, c.id`,
);
/** Takes conversations whose clock is to be looked at, so that no other server does until `until`; a
 *  server that fell silent loses them then. Jobs only. */
export const takeClocks = (tx: Tx, until: Instant, limit: number) =>
  tx.query<{ workspace_id: string; id: string }>(take, [tx.now, until, limit]);

const take_breaches = statement(
  'clocks.take_breaches',
  `with due as (
     select workspace_id, id from conversations where breach_at <= $1
     order by breach_at, id limit $3 for no key update skip locked)
   update conversations c set breach_at = $2
   from due where c.workspace_id = due.workspace_id and c.id = due.id
   returning c.workspace_id, c.id`,
);
/** Takes conversations in which a promise is broken that is not on record, so that no other server
 *  records it too until `until`. Jobs only. */
export const takeBreaches = (tx: Tx, until: Instant, limit: number) =>
  tx.query<{ workspace_id: string; id: string }>(take_breaches, [tx.now, until, limit]);

const reckon_anew = statement(
  'clocks.reckon_anew',
  `update conversations set breach_at = $3
   where workspace_id = $1 and bot = $2 and state = 'open' and waiting_since is not null`,
);
/** What is due in the conversations that wait with a bot is to be reckoned anew. */
export const reckonAnew = (tx: Tx, scope: Scope, bot: string): void =>
  tx.write(reckon_anew, [scope.workspace_id, bot, tx.now]);

const due_snoozes = statement(
  'clocks.due_snoozes',
  `select workspace_id, id from conversations where snoozed_until <= $1
   order by snoozed_until, id limit $2 for no key update skip locked`,
);
/** Conversations whose snooze is over. Whoever brings one back looks again, under its lock. Jobs only. */
export const dueSnoozes = (tx: Tx, limit: number) =>
  tx.query<{ workspace_id: string; id: string }>(due_snoozes, [tx.now, limit]);

const find = statement(
  'clocks.find',
  'select owned_at, clock from conversations where workspace_id = $1 and id = $2',
);
/** Of a locked conversation. */
export async function findClock(tx: Tx, scope: Scope, id: string): Promise<WaitClock> {
  type Row = { owned_at: string | null; clock: Omit<WaitClock, 'owned_at'> };
  const [row] = await tx.query<Row>(find, [scope.workspace_id, id]);
  return { ...row?.clock, owned_at: row?.owned_at ?? null };
}

const save = statement(
  'clocks.save',
  'update conversations set clock = $3, clock_at = $4 where workspace_id = $1 and id = $2',
);
/** Of a locked conversation: what its clock did, and when it is next looked at. */
export function saveClock(
  tx: Tx,
  scope: Scope,
  id: string,
  clock: WaitClock,
  next_at: Instant | null,
): void {
  const { owned_at: _, ...did } = clock;
  tx.write(save, [scope.workspace_id, id, JSON.stringify(did), next_at]);
}

const look = statement(
  'clocks.look',
  'update conversations set clock_at = $3 where workspace_id = $1 and id = $2',
);
/** Of a locked conversation: its clock is looked at now. */
export const lookAtClock = (tx: Tx, scope: Scope, id: string): void =>
  tx.write(look, [scope.workspace_id, id, tx.now]);

const look_at_all = statement(
  'clocks.look_at_all_of',
  `with theirs as (
     select id from conversations
     where workspace_id = $1 and owner_kind = 'member' and owner_id = $2 and state = 'open'
     order by id for no key update)
   update conversations c set clock_at = $3 from theirs
   where c.workspace_id = $1 and c.id = theirs.id`,
);
/** The clock of whatever a member has the wheel of is looked at now. */
export const lookAtClocksOf = (tx: Tx, scope: Scope, member_id: string): void =>
  tx.write(look_at_all, [scope.workspace_id, member_id, tx.now]);

const recent = statement(
  'clocks.recent',
  `select came_after_ms::float8 as ms from conversations
   where workspace_id = $1 and came_queue = $2 and came_at > $3 order by came_at desc limit 50`,
);
const running = statement(
  'clocks.running',
  `select extract(epoch from $3::timestamptz - owned_at)::float8 * 1000 as ms from conversations
   where workspace_id = $1 and owner_kind = 'queue' and owner_id = $2 and state = 'open'
     and owned_at is not null limit 1000`,
);
/** How long people wait in a queue: those for whom a person came since a moment, the newest of them, and
 *  those who wait still. */
export async function recentWaits(tx: Tx, scope: Scope, queue: string, since: Instant) {
  const [ended, still] = await Promise.all([
    tx.query<{ ms: number }>(recent, [scope.workspace_id, queue, since]),
    tx.query<{ ms: number }>(running, [scope.workspace_id, queue, tx.now]),
  ]);
  const times = (rows: { ms: number }[]) => rows.map(({ ms }) => ms);
  return { ended: times(ended), running: times(still) };
}
