import type { Rating, Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

const columns = `conversation_id, ended_at, contact_id, bot, scale, score, comment, answered_kind,
  answered_by, at`;

const keep = statement(
  'ratings.keep',
  `insert into ratings (workspace_id, conversation_id, ended_at, contact_id, bot, scale, score,
     comment, answered_kind, answered_by, at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
   on conflict (workspace_id, conversation_id, ended_at) do update set scale = excluded.scale,
     score = excluded.score, comment = excluded.comment, at = excluded.at`,
);
/** One for each end; the last word counts. */
export const keepRating = (tx: Tx, scope: Scope, row: Rating) =>
  tx.write(keep, [
    scope.workspace_id,
    row.conversation_id,
    row.ended_at,
    row.contact_id,
    row.bot,
    row.scale,
    row.score,
    row.comment,
    row.answered_kind,
    row.answered_by,
    row.at,
  ]);

const of_conversation = statement(
  'ratings.of_conversation',
  `select ${columns} from ratings where workspace_id = $1 and conversation_id = $2
   order by ended_at desc limit 50`,
);
/** The newest end first. */
export const ratingsOf = (tx: Tx, scope: Scope, conversation_id: string) =>
  tx.query<Rating>(of_conversation, [scope.workspace_id, conversation_id]);

export interface RatingQuery {
  bot: string | null;
  since: string;
  /** Before this place, the newest first. */
  before: { at: string; id: string };
  limit: number;
}
const list = statement(
  'ratings.list',
  `select ${columns} from ratings
   where workspace_id = $1 and at >= $2 and (at, conversation_id) < ($3, $4)
     and ($5::text is null or bot = $5)
   order by at desc, conversation_id desc limit $6`,
);
export const listRatings = (tx: Tx, scope: Scope, { bot, since, before, limit }: RatingQuery) =>
  tx.query<Rating>(list, [scope.workspace_id, since, before.at, before.id, bot, limit]);
