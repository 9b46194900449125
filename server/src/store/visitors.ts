import type { Contact, Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

const insert = statement(
  'visitors.insert',
  `insert into visitors (hash, workspace_id, contact_id, created_at, expires_at)
   values ($1, $2, $3, $4, $5)`,
);
/** One browser of a contact, by the hash of the token that it holds. */
export const insertVisitor = (
  tx: Tx,
  scope: Scope,
  made: { hash: string; contact_id: string; expires_at: string | null },
) => tx.write(insert, [made.hash, scope.workspace_id, made.contact_id, tx.now, made.expires_at]);

const find = statement(
  'visitors.find',
  `select c.workspace_id, c.id, c.name, v.expires_at
   from visitors v join contacts c on c.workspace_id = v.workspace_id and c.id = v.contact_id
   where v.hash = $1 and (v.expires_at is null or v.expires_at > $2)`,
);
/** Whose browser holds a token; before anyone knows the workspace. */
export const contactOfVisitor = async (tx: Tx, hash: string) =>
  (
    await tx.query<
      Pick<Contact, 'id' | 'name'> & { workspace_id: string; expires_at: string | null }
    >(find, [hash, tx.now])
  )[0];

const held = statement(
  'visitors.held',
  `select hash from visitors
   where hash = any($1::text[]) and (expires_at is null or expires_at > $2)
   order by hash limit $3`,
);
/** Which of some tokens still stand for somebody. */
export const heldTokens = async (tx: Tx, hashes: string[]): Promise<Set<string>> => {
  const rows = await tx.query<{ hash: string }>(held, [hashes, tx.now, hashes.length]);
  return new Set(rows.map(({ hash }) => hash));
};

const remove = statement(
  'visitors.remove',
  'delete from visitors where hash = $2 and workspace_id = $1',
);
export const removeVisitor = (tx: Tx, scope: Scope, hash: string) =>
  tx.write(remove, [scope.workspace_id, hash]);
