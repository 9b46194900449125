import type { CannedReply, Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

const columns = 'name, title, text, updated_at, updated_by';

const list = statement(
  'canned_replies.list',
  `select ${columns} from canned_replies where workspace_id = $1 order by name limit 500`,
);
export const listCannedReplies = (tx: Tx, scope: Scope) =>
  tx.query<CannedReply>(list, [scope.workspace_id]);

const save = statement(
  'canned_replies.save',
  `insert into canned_replies (workspace_id, name, title, text, updated_at, updated_by)
   values ($1, $2, $3, $4, $5, $6)
   on conflict (workspace_id, name) do update set title = excluded.title, text = excluded.text,
     updated_at = excluded.updated_at, updated_by = excluded.updated_by
   returning ${columns}`,
);
export const saveCannedReply = async (
  tx: Tx,
  scope: Scope,
  made: { name: string; title: string; text: string; by: string },
): Promise<CannedReply> =>
  (
    await tx.query<CannedReply>(save, [
      scope.workspace_id,
      made.name,
      made.title,
      made.text,
      tx.now,
      made.by,
    ])
  )[0] as CannedReply;

const remove = statement(
  'canned_replies.remove',
  'delete from canned_replies where workspace_id = $1 and name = $2 returning name',
);
/** @returns whether there was one */
export const removeCannedReply = async (tx: Tx, scope: Scope, name: string): Promise<boolean> =>
  (await tx.query(remove, [scope.workspace_id, name])).length > 0;

const count = statement(
  'canned_replies.count',
  'select count(*)::int as count from canned_replies where workspace_id = $1 and name <> $2',
);
/** How many there are besides one. */
export const countCannedReplies = async (tx: Tx, scope: Scope, besides: string): Promise<number> =>
  (await tx.query<{ count: number }>(count, [scope.workspace_id, besides]))[0]?.count ?? 0;
