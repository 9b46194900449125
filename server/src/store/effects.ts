import type { Conversation, Json, Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import type { Place } from './fan-out.ts';
import { statement } from './statement.ts';

const decided = statement(
  'effects.decided',
  `select workspace_id, type, subject, data->>'conversation_id' as conversation_id from events
   where (xid, seq) > ($1::text::xid8, $2) and (xid, seq) <= ($3::text::xid8, $4)
     and ((type = 'output.decided' and data->>'conversation_id' is not null)
       or type in ('conversation.taken', 'conversation.handed_off', 'conversation.handed_back',
         'conversation.resolved'))
   order by events.xid, events.seq`,
);
export interface Cause {
  workspace_id: string;
  type:
    | 'output.decided'
    | 'conversation.taken'
    | 'conversation.handed_off'
    | 'conversation.handed_back'
    | 'conversation.resolved';
  /** The output, or the conversation. */
  subject: string;
  conversation_id: string | null;
}
/** What events after one place and up to another mean for conversations. Jobs only. */
export const causesBetween = (tx: Tx, from: Place, to: Place) =>
  tx.query<Cause>(decided, [from.xid, from.seq, to.xid, to.seq]);

const bots_of = statement(
  'effects.bots_of',
  `select distinct workspace_id, bot from conversations
   where (workspace_id, id) in (select * from unnest($1::text[], $2::text[]))`,
);
/** Whose words are about to be said. Jobs only. */
export const botsOf = (tx: Tx, causes: Cause[]) =>
  tx.query<{ workspace_id: string; bot: string }>(bots_of, [
    causes.map(({ workspace_id }) => workspace_id),
    causes.map(({ conversation_id }) => conversation_id),
  ]);

const open_drafts = statement(
  'effects.open_drafts',
  `select o.id, o.content, coalesce(o.metadata->>'beside', o.metadata->>'for_seq', '0')::int as for_seq,
     coalesce(o.metadata ? 'gathering', false) as asks,
     coalesce(o.metadata->>'purpose' = 'reply' and o.metadata->>'epoch' = c.epoch::text, false)
       as stands
   from outputs o join conversations c
     on c.workspace_id = o.workspace_id and c.id = o.conversation_id
   where o.workspace_id = $1 and o.conversation_id = $2 and o.verdict = 'hold'
     and o.outcome is null and starts_with(o.created_by, 'bot:')
     and ((o.metadata->>'purpose' = 'reply' and o.metadata->>'call' is null)
       or ((o.metadata->>'purpose' = 'call' or o.metadata->>'call' is not null)
         and o.metadata->>'epoch' is distinct from c.epoch::text
         and not (c.state = 'open' and exists (select 1 from calls k
           where k.workspace_id = o.workspace_id and k.output_id = o.id and k.kept)))
       or (o.metadata->>'purpose' = 'hand_off'
         and (c.owner_kind <> 'queue' or c.hand_off_output_id is distinct from o.id)))
   order by o.id limit 100`,
);
export interface OpenDraft {
  id: string;
  content: Json;
  /** The customer's message that it answers; the newest of several. */
  for_seq: number;
  /** It asks for an argument of a call. */
  asks: boolean;
  /** A reply under the epoch that now is. */
  stands: boolean;
}
/** What a bot asked of people and nobody is to answer any more: what it would do or tell of what it did
 *  once the wheel is another's, unless it was handed off over that call, and a hand-off that the conversation does not wait for. Beside them its
 *  replies: one that stands does so until something else answers the same. */
export const openDrafts = (tx: Tx, workspace_id: string, conversation_id: string) =>
  tx.query<OpenDraft>(open_drafts, [workspace_id, conversation_id]);

const held_reply = statement(
  'effects.held_reply',
  `select o.id from outputs o
   where o.workspace_id = $1 and o.conversation_id = $2 and o.verdict = 'hold' and o.outcome is null
     and starts_with(o.created_by, 'bot:') and o.metadata->>'purpose' = 'reply'
     and o.metadata->>'epoch' = $3::text
   order by o.id limit 1`,
);
/** What a bot would say and a person is to decide on, under the epoch that now is: the oldest of it. */
export const heldReply = async (
  tx: Tx,
  scope: Scope,
  { id, epoch }: { id: string; epoch: number },
): Promise<string | null> =>
  (await tx.query<{ id: string }>(held_reply, [scope.workspace_id, id, String(epoch)]))[0]?.id ??
  null;

// The epoch is looked up, not joined: a plan made while there were few conversations walked all of them
// for each output. Measured, of what the engine did while bots replied that was a third.
const held_drafts = statement(
  'effects.held_drafts',
  `select distinct on (o.conversation_id) coalesce(o.conversation_id, '') as conversation_id,
     o.id as output_id, o.case_id, o.created_at as since,
     case when o.metadata->>'purpose' = 'call' then o.action->>'name' end as tool,
     case when o.metadata->>'purpose' = 'call' then coalesce(
       (select t->>'title' from bots b cross join jsonb_array_elements(b.definition->'tools') as t
        where b.workspace_id = $1 and b.name = substr(o.created_by, 5) and t->>'name' = o.action->>'name'
        limit 1), replace(o.action->>'name', '_', ' ')) end as tool_title
   from outputs o
   where o.workspace_id = $1 and o.conversation_id = any($2::text[]) and o.verdict = 'hold'
     and o.outcome is null and starts_with(o.created_by, 'bot:')
     and o.metadata->>'purpose' in ('reply', 'call') and (o.metadata->>'epoch' = (
       select c.epoch::text from conversations c
       where c.workspace_id = o.workspace_id and c.id = o.conversation_id)
       or exists (select 1 from calls k
         where k.workspace_id = o.workspace_id and k.output_id = o.id and k.kept))
   order by o.conversation_id, o.id limit 1000`,
);
/** What bots would say or do in many conversations, and a person is to decide on, by conversation: the
 *  oldest of it. */
export async function heldDrafts(
  tx: Tx,
  scope: Scope,
  ids: string[],
): Promise<Map<string, NonNullable<Conversation['draft']>>> {
  if (!ids.length) return new Map();
  type Row = { conversation_id: string } & NonNullable<Conversation['draft']>;
  const rows = await tx.query<Row>(held_drafts, [scope.workspace_id, ids]);
  return new Map(rows.map(({ conversation_id, ...held }) => [conversation_id, held]));
}

const last_topic = statement(
  'effects.last_topic',
  `select metadata->>'intent' as intent from outputs
   where workspace_id = $1 and conversation_id = $2 and starts_with(created_by, 'bot:')
     and metadata->>'intent' is not null order by id desc limit 1`,
);
/** What the bot last answered about in a conversation. */
export const lastTopic = async (tx: Tx, scope: Scope, conversation_id: string) =>
  (await tx.query<{ intent: string }>(last_topic, [scope.workspace_id, conversation_id]))[0]
    ?.intent ?? null;
