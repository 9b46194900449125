import type { Brief, Instant, Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

const insert = statement(
  'briefs.insert',
  `insert into briefs (workspace_id, output_id, conversation_id, brief, made_at, due_at)
   values ($1, $2, $3, $4, $5, $5)`,
);
/** The first brief of a hand-off, which is to be completed at once. */
export const insertBrief = (
  tx: Tx,
  scope: Scope,
  {
    output_id,
    conversation_id,
    brief,
  }: { output_id: string; conversation_id: string; brief: Brief },
): void =>
  tx.write(insert, [scope.workspace_id, output_id, conversation_id, JSON.stringify(brief), tx.now]);

const take = statement(
  'briefs.take',
  `with due as (
     select workspace_id, output_id from briefs where due_at <= $1
     order by due_at, output_id limit $3 for update skip locked)
   update briefs b set due_at = $2
   from due where b.workspace_id = due.workspace_id and b.output_id = due.output_id
   returning b.workspace_id, b.output_id, b.conversation_id, b.brief`,
);
export interface BriefRow {
  workspace_id: string;
  output_id: string;
  conversation_id: string;
  brief: Brief;
}
/** Takes briefs that are to be completed, so that no other server does until `until`. Jobs only. */
export const takeBriefs = (tx: Tx, until: Instant, limit: number) =>
  tx.query<BriefRow>(take, [tx.now, until, limit]);

const save = statement(
  'briefs.save',
  `update briefs set brief = coalesce($3, brief), due_at = case when $4 then null else due_at end
   where workspace_id = $1 and output_id = $2 returning output_id`,
);
/** Replaces a brief, if there is another.
 *  @param whole nothing more is to come
 *  @returns false when it is gone: what it was of was erased */
export const saveBrief = async (
  tx: Tx,
  scope: Scope,
  output_id: string,
  brief: Brief | null,
  whole: boolean,
): Promise<boolean> => {
  const values = [scope.workspace_id, output_id, brief && JSON.stringify(brief), whole];
  return (await tx.query<{ output_id: string }>(save, values)).length > 0;
};

const newest = statement(
  'briefs.newest',
  `select output_id, brief from briefs where workspace_id = $1 and conversation_id = $2
   order by made_at desc, output_id desc limit 1`,
);
/** Of the last hand-off of a conversation. */
export const newestBrief = async (
  tx: Tx,
  scope: Scope,
  conversation_id: string,
): Promise<Pick<BriefRow, 'output_id' | 'brief'> | undefined> =>
  (
    await tx.query<Pick<BriefRow, 'output_id' | 'brief'>>(newest, [
      scope.workspace_id,
      conversation_id,
    ])
  )[0];

const remove = statement(
  'briefs.remove',
  'delete from briefs where workspace_id = $1 and output_id = $2',
);
export const removeBrief = (tx: Tx, scope: Scope, output_id: string): void =>
  tx.write(remove, [scope.workspace_id, output_id]);
