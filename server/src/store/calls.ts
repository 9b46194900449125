import type { CallRecord, Instant, Json, Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

const columns = `workspace_id, output_id, conversation_id, bot, tool, epoch, for_seq, state, tries,
  result, fault, kept`;

const insert = statement(
  'calls.insert',
  `insert into calls (workspace_id, output_id, conversation_id, bot, tool, epoch, for_seq, state, tries,
     result, fault, kept, next_at, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
   on conflict do nothing`,
);
/** What was decided of a call. One that is there already stays: whoever claimed it was faster. */
export const insertCall = (tx: Tx, scope: Scope, made: CallRecord, next_at: Instant | null) =>
  tx.write(insert, [
    scope.workspace_id,
    made.output_id,
    made.conversation_id,
    made.bot,
    made.tool,
    made.epoch,
    made.for_seq,
    made.state,
    made.tries,
    JSON.stringify(made.result),
    made.fault,
    made.kept,
    next_at,
    tx.now,
  ]);

const lock = statement(
  'calls.lock',
  `select ${columns} from calls where workspace_id = $1 and output_id = any($2::text[])
   order by output_id for update`,
);
export const lockCalls = (tx: Tx, scope: Scope, output_ids: string[]) =>
  tx.query<CallRecord>(lock, [scope.workspace_id, output_ids]);

const find = statement(
  'calls.find',
  `select ${columns} from calls where workspace_id = $1 and output_id = $2`,
);
export const findCall = async (tx: Tx, scope: Scope, output_id: string) =>
  (await tx.query<CallRecord>(find, [scope.workspace_id, output_id]))[0];

const save = statement(
  'calls.save',
  `update calls set state = $3, tries = $4, result = $5, fault = $6, next_at = $7
   where workspace_id = $1 and output_id = $2`,
);
/** Of a call that is locked. */
export const saveCall = (
  tx: Tx,
  scope: Scope,
  { output_id, state, tries, result, fault }: CallRecord,
  next_at: Instant | null,
) =>
  tx.write(save, [
    scope.workspace_id,
    output_id,
    state,
    tries,
    JSON.stringify(result as Json),
    fault,
    next_at,
  ]);

const take = statement(
  'calls.take',
  `with due as (
     select workspace_id, output_id from calls where next_at <= $1
     order by next_at, output_id limit $3 for update skip locked)
   update calls c set next_at = $2
   from due where c.workspace_id = due.workspace_id and c.output_id = due.output_id
   returning c.workspace_id, c.output_id, c.conversation_id, c.bot, c.tool, c.epoch, c.for_seq, c.state,
     c.tries, c.result, c.fault, c.kept`,
);
/** Takes calls with which something is to be done, so that no other server does it until `until`; one
 *  that fell silent loses them then. Jobs only. */
export const takeCalls = (tx: Tx, until: Instant, limit: number) =>
  tx.query<CallRecord>(take, [tx.now, until, limit]);

const put_off = statement(
  'calls.put_off',
  `update calls set next_at = $4 where workspace_id = $1 and output_id = $2 and state = $3`,
);
/** When a call that still stands as it did is looked at next; null for never. */
export const putOff = (
  tx: Tx,
  scope: Scope,
  { output_id, state }: CallRecord,
  next_at: Instant | null,
) => tx.write(put_off, [scope.workspace_id, output_id, state, next_at]);

const held = statement(
  'calls.held',
  `select title, created_at as at, undo_until from outputs
   where workspace_id = $1 and conversation_id = $2 and verdict = 'hold'
     and (outcome is null or not settled) and starts_with(created_by, 'bot:')
     and metadata->>'purpose' = 'call' and metadata->>'epoch' = $3::text
   order by id limit 50`,
);
export interface HeldCall {
  title: string;
  at: Instant;
  /** Decided, and can be undone until then. */
  undo_until: Instant | null;
}
/** Calls of a conversation that wait for a person, under the epoch that now is. */
export const heldCalls = (tx: Tx, scope: Scope, { id, epoch }: { id: string; epoch: number }) =>
  tx.query<HeldCall>(held, [scope.workspace_id, id, String(epoch)]);

const keep_begun = statement(
  'calls.keep_decided',
  `update calls set kept = true
   where workspace_id = $1 and output_id in (
     select id from outputs where workspace_id = $1 and conversation_id = $2)
     and epoch = $3 and state = 'waiting'`,
);
const keep = statement(
  'calls.keep',
  `insert into calls (workspace_id, output_id, conversation_id, bot, tool, epoch, for_seq, state, tries,
     result, fault, kept, next_at, created_at)
   select o.workspace_id, o.id, o.conversation_id, o.metadata->>'bot', coalesce(o.action->>'name', ''),
     $3::int, coalesce(o.metadata->>'for_seq', '0')::int, 'held', 0, 'null', null, true, null, $4
   from outputs o
   where o.workspace_id = $1 and o.conversation_id = $2 and starts_with(o.created_by, 'bot:')
     and o.metadata->>'purpose' = 'call' and o.metadata->>'epoch' = $3::text
     and o.outcome_status is distinct from 'cancelled'
   on conflict do nothing`,
);
/** Of a locked conversation that is about to be handed off: the calls that were asked for under its epoch
 *  and have not begun stay, to be decided on and carried out. */
export function keepCalls(
  tx: Tx,
  scope: Scope,
  { id, epoch }: { id: string; epoch: number },
): void {
  tx.write(keep_begun, [scope.workspace_id, id, epoch]);
  tx.write(keep, [scope.workspace_id, id, epoch, tx.now]);
}

const last_kept = statement(
  'calls.last_kept',
  `select for_seq, state from calls
   where workspace_id = $1 and kept and output_id in (
     select id from outputs where workspace_id = $1 and conversation_id = $2)
   order by for_seq desc, output_id desc limit 1`,
);
/** The newest call over which a conversation was handed off. */
export const lastKept = async (tx: Tx, scope: Scope, conversation_id: string) =>
  (
    await tx.query<Pick<CallRecord, 'for_seq' | 'state'>>(last_kept, [
      scope.workspace_id,
      conversation_id,
    ])
  )[0];

const tell_kept = statement(
  'calls.tell_kept',
  `update calls set next_at = $3
   where workspace_id = $1 and kept and state not in ('held', 'waiting', 'begun', 'dropped')
     and output_id in (select id from outputs where workspace_id = $1 and conversation_id = $2)`,
);
/** What came of such calls is told now: the bot has the wheel again, and its customer waits for it. */
export const tellKept = (tx: Tx, scope: Scope, conversation_id: string): void =>
  tx.write(tell_kept, [scope.workspace_id, conversation_id, tx.now]);
