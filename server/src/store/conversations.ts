import type {
  ConversationCounts,
  ConversationRecord,
  Routing,
  Scope,
  Streaming,
} from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

/** What is read of a conversation, whose row is `c`. */
export const columns = `id, workspace_id, contact_id, channel, bot, title, state, owner_kind, owner_id, epoch,
  seq, customer_seq, turn_seq, streaming, hand_off_output_id, hand_off_reason, routing, call_back,
  posture, language, priority, labels, waiting_since, first_reply_at, timing, due_at, breach_at,
  snoozed_until, merged_into, customer_read_seq,
  greatest(customer_read_seq, customer_delivered_seq) as customer_delivered_seq,
  team_read_seq, resolved_at, created_at, active_at, erased_at,
  (select b.promised from bots b where b.workspace_id = c.workspace_id and b.name = c.bot)
    as promised`;

const lock = statement(
  'conversations.lock',
  `select ${columns} from conversations c where workspace_id = $1 and id = any($2::text[])
   order by id for no key update`,
);
/** Locked in the order of their ids. Whoever changes one, or adds to it, holds its row. What is written
 *  elsewhere of what was said holds it by its key (`sharing`), which only an erasure waits for. */
export const lockConversations = (tx: Tx, scope: Scope, ids: string[]) =>
  tx.query<ConversationRecord>(lock, [scope.workspace_id, ids]);

const find = statement(
  'conversations.find',
  `select ${columns} from conversations c where workspace_id = $1 and id = $2`,
);
export const findConversation = async (tx: Tx, scope: Scope, id: string) =>
  (await tx.query<ConversationRecord>(find, [scope.workspace_id, id]))[0];

const insert = statement(
  'conversations.insert',
  `insert into conversations (workspace_id, id, contact_id, channel, bot, title, state, owner_kind,
     owner_id, epoch, seq, language, priority, labels, customer_read_seq, team_read_seq,
     created_at, active_at)
   values ($1, $2, $3, $4, $5, $6, 'open', 'bot', $5, 1, 0, $7, 0, '[]', 0, 0, $8, $8)
   on conflict do nothing returning id`,
);
export type NewConversation = Pick<
  ConversationRecord,
  'id' | 'contact_id' | 'channel' | 'bot' | 'title' | 'language'
>;
/** @returns false when there is one with this id */
export const insertConversation = async (
  tx: Tx,
  scope: Scope,
  made: NewConversation,
): Promise<boolean> => {
  const { id, contact_id, channel, bot, title, language } = made;
  const values = [scope.workspace_id, id, contact_id, channel, bot, title, language, tx.now];
  return (await tx.query<{ id: string }>(insert, values)).length === 1;
};

const save = statement(
  'conversations.save',
  `update conversations c set title = n.title, state = n.state, owner_kind = n.owner_kind,
     owner_id = n.owner_id, epoch = n.epoch, seq = n.seq, customer_seq = n.customer_seq,
     turn_due_at = case when n.turn_seq is null then null
       when n.turn_seq is distinct from c.turn_seq then $2 else c.turn_due_at end,
     turn_seq = n.turn_seq, streaming = n.streaming, hand_off_output_id = n.hand_off_output_id,
     hand_off_reason = n.hand_off_reason, routing = n.routing,
     offered_to = n.routing->'offer'->>'to', call_back = n.call_back, posture = n.posture,
     last_member_id = case when n.owner_kind = 'member' then n.owner_id else c.last_member_id end,
     language = n.language, priority = n.priority, labels = n.labels,
     waiting_since = n.waiting_since, first_reply_at = n.first_reply_at, timing = n.timing,
     due_at = n.due_at, breach_at = n.breach_at, snoozed_until = n.snoozed_until,
     merged_into = n.merged_into,
     customer_read_seq = n.customer_read_seq, team_read_seq = n.team_read_seq,
     resolved_at = n.resolved_at, active_at = n.active_at,
     owned_at = case when n.epoch <> c.epoch then $2 else c.owned_at end,
     clock = case when n.epoch <> c.epoch then '{}' else c.clock end,
     clock_at = case when n.state <> 'open' then null
       when n.owner_kind = 'bot' then case when n.epoch = c.epoch then c.clock_at end
       when n.epoch <> c.epoch or n.waiting_since is distinct from c.waiting_since
         or n.routing is distinct from c.routing then $2
       else c.clock_at end,
     came_queue = case when c.owner_kind = 'queue' and n.owner_kind = 'member' then c.owner_id
       else c.came_queue end,
     came_at = case when c.owner_kind = 'queue' and n.owner_kind = 'member' then $2
       else c.came_at end,
     came_after_ms = case when c.owner_kind = 'queue' and n.owner_kind = 'member'
       then extract(epoch from $2 - c.owned_at) * 1000 else c.came_after_ms end
   from jsonb_to_recordset($3) as n (id text, title text, state text, owner_kind text, owner_id text,
     epoch int, seq int, customer_seq int, turn_seq int, streaming jsonb, hand_off_output_id text,
     hand_off_reason text, routing jsonb, call_back jsonb, posture text, language text, priority int, labels jsonb,
     waiting_since timestamptz, first_reply_at timestamptz, timing jsonb, due_at timestamptz,
     breach_at timestamptz, snoozed_until timestamptz, merged_into text, customer_read_seq int, team_read_seq int,
     resolved_at timestamptz, active_at timestamptz)
   where c.workspace_id = $1 and c.id = any($4::text[]) and c.id = n.id`,
);
/** Of locked conversations alone. A turn that the bot newly owes is due at once. A new owner's clock
 *  begins anew, and is looked at; while the bot has the wheel it runs for what it waits for alone. */
export const saveConversations = (tx: Tx, scope: Scope, rows: ConversationRecord[]) =>
  tx.write(save, [scope.workspace_id, tx.now, JSON.stringify(rows), rows.map(({ id }) => id)]);

const take_turns = statement(
  'conversations.take_turns',
  `with due as (
     select workspace_id, id from conversations where turn_due_at <= $1
     order by turn_due_at, id limit $3 for no key update skip locked)
   update conversations c set turn_due_at = $2
   from due where c.workspace_id = due.workspace_id and c.id = due.id
   returning c.workspace_id, c.id, c.bot, c.epoch, coalesce(c.turn_seq, 0) as turn_seq, c.contact_id,
     c.posture, c.language`,
);
export type TurnRow = Pick<
  ConversationRecord,
  'workspace_id' | 'id' | 'bot' | 'epoch' | 'contact_id' | 'posture' | 'language'
> & { turn_seq: number };
/** Takes turns that bots owe, so that no other server works on them until `until`; one that fell
 *  silent loses them then. Jobs only. */
export const takeTurns = (tx: Tx, until: string, limit: number) =>
  tx.query<TurnRow>(take_turns, [tx.now, until, limit]);

const save_streaming = statement(
  'conversations.save_streaming',
  `update conversations set streaming = coalesce($3, streaming), turn_due_at = $4
   where workspace_id = $1 and id = $2`,
);
/** Of a locked conversation whose bot is writing: what is seen of its reply, if there is more of it,
 *  and until when no other server takes the turn. */
export const saveStreaming = (
  tx: Tx,
  scope: Scope,
  id: string,
  streaming: Streaming | null,
  until: string,
) =>
  tx.write(save_streaming, [scope.workspace_id, id, streaming && JSON.stringify(streaming), until]);

const streaming_of = statement(
  'conversations.streaming_of',
  `select id, turn_seq is not null as owed, streaming->>'message_id' as message_id,
     length(streaming->>'text') as length
   from conversations where workspace_id = $1 and id = any($2::text[])`,
);
/** Whether an answer is owed, and how much is seen of the one that is being written. */
export const streamingOf = (tx: Tx, scope: Scope, ids: string[]) =>
  tx.query<{ id: string; owed: boolean; message_id: string | null; length: number | null }>(
    streaming_of,
    [scope.workspace_id, ids],
  );

const mark_read = statement(
  'conversations.mark_read',
  `update conversations set customer_read_seq = greatest(customer_read_seq, $3),
     customer_delivered_seq = greatest(customer_delivered_seq, $4),
     team_read_seq = greatest(team_read_seq, $5)
   where workspace_id = $1 and id = $2`,
);
/** How far it has come, each up to a number; none goes back. */
export const markRead = (
  tx: Tx,
  scope: Scope,
  id: string,
  {
    customer = 0,
    delivered = 0,
    team = 0,
  }: { customer?: number; delivered?: number; team?: number },
) => tx.write(mark_read, [scope.workspace_id, id, customer, delivered, team]);

const of_contact = statement(
  'conversations.of_contact',
  `select ${columns} from conversations c
   where workspace_id = $1 and contact_id = $2 and erased_at is null
   order by active_at desc, id desc limit $3`,
);
/** Those of one customer that are not erased, last active first. */
export const conversationsOf = (tx: Tx, scope: Scope, contact_id: string, limit: number) =>
  tx.query<ConversationRecord>(of_contact, [scope.workspace_id, contact_id, limit]);

/** Who asked to be called back waits for a person, also while the bot has the wheel again. */
export const to_call_back = `call_back->>'asked_at' is not null and call_back->>'done_at' is null`;

const counts = statement(
  'conversations.counts',
  `select count(*) filter (where owner_kind = 'queue'
       or (owner_kind = 'bot' and ${to_call_back}))::int as waiting,
     count(*) filter (where owner_kind = 'member' and owner_id = $2 and snoozed_until is null)::int
       as mine,
     count(*) filter (where owner_kind = 'bot')::int as bot,
     count(*) filter (where snoozed_until is null)::int as open,
     count(*) filter (where snoozed_until is not null)::int as snoozed
   from conversations where workspace_id = $1 and state = 'open'`,
);
/** How many stand in each list of open ones. */
export const countConversations = async (
  tx: Tx,
  scope: Scope,
  me_id: string,
): Promise<ConversationCounts> =>
  (
    await tx.query<ConversationCounts>(counts, [scope.workspace_id, me_id])
  )[0] as ConversationCounts;

const last_member = statement(
  'conversations.last_member',
  `select last_member_id from conversations
   where workspace_id = $1 and contact_id = $2 and last_member_id is not null
   order by created_at desc, id desc limit 1`,
);
/** The member who had this contact last. */
export const lastMemberOf = async (tx: Tx, scope: Scope, contact_id: string) =>
  (
    await tx.query<{ last_member_id: string | null }>(last_member, [scope.workspace_id, contact_id])
  )[0]?.last_member_id ?? null;

const waiting = statement(
  'conversations.waiting',
  `select id, routing from conversations
   where workspace_id = $1 and owner_kind = 'queue' and state = 'open' and routing is not null
   order by priority desc, waiting_since, id limit 500`,
);
/** Those that wait for a person, in the order of their turns. */
export async function waitingConversations(tx: Tx, scope: Scope) {
  type Row = { id: string; routing: Routing | null };
  const rows = await tx.query<Row>(waiting, [scope.workspace_id]);
  return rows.flatMap(({ id, routing }) => (routing ? [{ id, routing }] : []));
}

const count_ahead = statement(
  'conversations.count_ahead',
  `select count(*)::int as count from conversations
   where workspace_id = $1 and owner_kind = 'queue' and owner_id = $2 and state = 'open'
     and (priority > $3 or (priority = $3 and waiting_since < $4))`,
);
/** How many wait for a person in the same queue before this one. */
export const countAhead = async (
  tx: Tx,
  scope: Scope,
  { owner_id, priority, waiting_since }: ConversationRecord,
): Promise<number> =>
  (
    await tx.query<{ count: number }>(count_ahead, [
      scope.workspace_id,
      owner_id,
      priority,
      waiting_since,
    ])
  )[0]?.count ?? 0;
