import type { Feedback, Scope, Thumb } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

const insert = statement(
  'feedback.insert',
  'insert into feedback (workspace_id, id, output_id, feedback, by, at) values ($1, $2, $3, $4, $5, $6)',
);
export const insertFeedback = (tx: Tx, scope: Scope, row: Feedback) =>
  tx.query(insert, [
    scope.workspace_id,
    row.id,
    row.output_id,
    JSON.stringify(row.feedback),
    row.by,
    row.at,
  ]);

const of_output = statement(
  'feedback.of_output',
  `select id, output_id, feedback, by, at from feedback where workspace_id = $1 and output_id = $2
   order by id limit 500`,
);
export const feedbackOf = (tx: Tx, scope: Scope, output_id: string) =>
  tx.query<Feedback>(of_output, [scope.workspace_id, output_id]);

/** A contact, whoever they were called before they were joined with another. */
const by_contact = (by: string) => `(${by} = $3 or ${by} in (select k.id from contacts k
       where k.workspace_id = $1 and k.merged_into = $3))`;

const thumbs = statement(
  'feedback.thumbs',
  `select distinct on (output_id) output_id, (feedback->>'up')::boolean as up,
     feedback->>'comment' as comment, at
   from feedback where workspace_id = $1 and output_id = any($2::text[]) and ${by_contact('by')}
     and feedback->>'kind' = 'thumb'
   order by output_id, id desc limit 500`,
);
export type ThumbRow = Thumb & { output_id: string };
/** What a contact last said they think of some outputs. */
export const thumbsOn = async (
  tx: Tx,
  scope: Scope,
  output_ids: string[],
  by: string,
): Promise<ThumbRow[]> =>
  output_ids.length ? tx.query<ThumbRow>(thumbs, [scope.workspace_id, output_ids, by]) : [];

const thumbs_in = statement(
  'feedback.thumbs_in',
  `select distinct on (o.id) o.id as output_id, (f.feedback->>'up')::boolean as up,
     f.feedback->>'comment' as comment, f.at
   from outputs o join feedback f on f.workspace_id = $1 and f.output_id = o.id
   where o.workspace_id = $1 and o.conversation_id = $2 and ${by_contact('f.by')}
     and f.feedback->>'kind' = 'thumb'
   order by o.id, f.id desc limit 500`,
);
/** The same of every output of a conversation. */
export const thumbsIn = (tx: Tx, scope: Scope, conversation_id: string, by: string) =>
  tx.query<ThumbRow>(thumbs_in, [scope.workspace_id, conversation_id, by]);
