import type { ConversationRecord, Scope, SuggestedUse } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { type Cut, given, piece } from './reports.ts';
import { statement } from './statement.ts';

const insert = statement(
  'suggested_replies.insert',
  `insert into suggested_replies (workspace_id, message_id, conversation_id, bot, at, written_by,
     distance, words)
   values ($1, $2, $3, $4, $5, $6, $7, $8)`,
);
/** What a member made of a suggested reply, with the message that they sent. */
export const insertSuggestedReply = (
  tx: Tx,
  scope: Scope,
  { id, bot }: Pick<ConversationRecord, 'id' | 'bot'>,
  message_id: string,
  { written_by, distance, words }: SuggestedUse,
): void =>
  tx.write(insert, [scope.workspace_id, message_id, id, bot, tx.now, written_by, distance, words]);

export interface SuggestedFigures {
  piece: number | null;
  n: number;
  as_it_stands: number;
  by_model: number;
  words_changed: number | null;
  share_changed: number | null;
}
const figures = statement(
  'suggested_replies.figures',
  `with found as (
     select ${piece('at')}, written_by, distance,
       case when distance > 0 then distance end as changed,
       case when distance > 0 then distance::float8 / greatest(words, 1) end as share
     from suggested_replies
     where workspace_id = $1 and at >= $2 and at < $3 and ($5::text is null or bot = $5))
   select piece, count(*)::int as n,
     count(*) filter (where distance = 0)::int as as_it_stands,
     count(written_by)::int as by_model,
     percentile_cont(0.5) within group (order by changed)::float8 as words_changed,
     percentile_cont(0.5) within group (order by share)::float8 as share_changed
   from found group by grouping sets ((piece), ()) order by piece limit 1000`,
);
export const suggestedFigures = (tx: Tx, scope: Scope, cut: Cut) => {
  const [workspace, from, to, starts, bot] = given(scope, cut);
  return tx.query<SuggestedFigures>(figures, [workspace, from, to, starts, bot]);
};
