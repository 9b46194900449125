import type { Answering, Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

export type LookerKind = 'member' | 'contact';

const touch = statement(
  'looking.touch',
  `insert into looking (workspace_id, conversation_id, kind, id, at, typing_at)
   values ($1, $2, $3, $4, $5, case when $6 then $5::timestamptz end)
   on conflict (workspace_id, conversation_id, kind, id) do update set at = excluded.at,
     typing_at = excluded.typing_at`,
);
export const touchLooking = (
  tx: Tx,
  scope: Scope,
  conversation_id: string,
  { kind, id, typing }: { kind: LookerKind; id: string; typing: boolean },
): void => tx.write(touch, [scope.workspace_id, conversation_id, kind, id, tx.now, typing]);

const stop_typing = statement(
  'looking.stop_typing',
  `update looking set typing_at = null
   where workspace_id = $1 and conversation_id = $2 and kind = $3 and id = $4
     and typing_at is not null`,
);
/** What was being typed has been said. */
export const stopTyping = (
  tx: Tx,
  scope: Scope,
  conversation_id: string,
  { kind, id }: { kind: LookerKind; id: string },
): void => tx.write(stop_typing, [scope.workspace_id, conversation_id, kind, id]);

const sweep = statement(
  'looking.sweep',
  `delete from looking l using (
     select workspace_id, conversation_id, kind, id from looking
     where workspace_id = $1 and at < $2 order by at limit 100 for update skip locked) old
   where l.workspace_id = old.workspace_id and l.conversation_id = old.conversation_id
     and l.kind = old.kind and l.id = old.id`,
);
/** Those who left long ago. */
export const sweepLooking = (tx: Tx, scope: Scope, before: string): void =>
  tx.write(sweep, [scope.workspace_id, before]);

export interface LookingRow {
  workspace_id: string;
  conversation_id: string;
  kind: LookerKind;
  id: string;
  name: string;
  typing: boolean;
  customer_read_seq: number;
  customer_delivered_seq: number;
  team_read_seq: number;
}
/** With what the bot has under way there. */
export interface LookingNowRow extends LookingRow, Answering {}

const columns = `l.workspace_id, l.conversation_id, l.kind, l.id, coalesce(m.name, '') as name,
  c.customer_read_seq, c.team_read_seq,
  greatest(c.customer_read_seq, c.customer_delivered_seq) as customer_delivered_seq`;
const joined = `looking l
  join conversations c on c.workspace_id = l.workspace_id and c.id = l.conversation_id
  left join members m on m.workspace_id = l.workspace_id and m.id = l.id`;

const at_some = statement(
  'looking.at',
  `select ${columns}, coalesce(l.typing_at > $4, false) as typing from ${joined}
   where l.workspace_id = $1 and l.conversation_id = any($2::text[]) and l.at > $3
   order by l.conversation_id, l.kind, l.id limit 2000`,
);
/** Who looks at some conversations and types in them. */
export const lookingAt = (
  tx: Tx,
  scope: Scope,
  conversation_ids: string[],
  since: { looking: string; typing: string },
) =>
  tx.query<LookingRow>(at_some, [
    scope.workspace_id,
    conversation_ids,
    since.looking,
    since.typing,
  ]);

const everywhere = statement(
  'looking.everywhere',
  `select ${columns}, coalesce(l.typing_at > $1, false) as typing,
     c.turn_seq is not null as answering, case when c.streaming is not null then jsonb_build_object(
       'id', c.streaming->>'message_id', 'text', c.streaming->>'text') end as streaming
   from ${joined}
   where l.at > $2
   order by l.workspace_id, l.conversation_id, l.kind, l.id limit 20000`,
);
/** Everyone who looks anywhere, for whoever tells browsers. */
export const lookingEverywhere = (tx: Tx, since: { looking: string; typing: string }) =>
  tx.query<LookingNowRow>(everywhere, [since.typing, since.looking]);
