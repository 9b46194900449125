import type { Feedback, Scope } from '@wheelhouse/core';
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
