import type { Member, Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

const columns = 'id, name, email, role, state, away_until, delegate_to, created_at';
export type MemberRow = Member;

const by_id = statement(
  'members.by_id',
  `select ${columns} from members where workspace_id = $1 and id = $2`,
);
export const findMember = async (tx: Tx, scope: Scope, id: string) =>
  (await tx.query<MemberRow>(by_id, [scope.workspace_id, id]))[0];

const list = statement(
  'members.list',
  `select ${columns} from members where workspace_id = $1 order by state, name, id limit 1000`,
);
export const listMembers = (tx: Tx, scope: Scope) =>
  tx.query<MemberRow>(list, [scope.workspace_id]);

const names = statement(
  'members.names',
  `select id, name from members where workspace_id = $1 and id = any($2::text[])
   union all select id, name from keys where workspace_id = $1 and id = any($2::text[]) order by id`,
);
/** The names of members and keys, by id. */
export async function namesOf(tx: Tx, scope: Scope, ids: string[]): Promise<Map<string, string>> {
  if (!ids.length) return new Map();
  const rows = await tx.query<{ id: string; name: string }>(names, [
    scope.workspace_id,
    [...new Set(ids)],
  ]);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
