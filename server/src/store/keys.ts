import type { Key, Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

const columns = `id, name, role, scopes, prefix, created_by, created_at, last_used_at, expires_at,
  revoked_at`;
export type KeyRow = Omit<Key, 'key'>;

const insert = statement(
  'keys.insert',
  `insert into keys (workspace_id, id, name, role, scopes, hash, prefix, created_by, created_at,
     expires_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning ${columns}`,
);
export const insertKey = async (
  tx: Tx,
  scope: Scope,
  key: Pick<KeyRow, 'id' | 'name' | 'role' | 'scopes' | 'prefix' | 'created_by' | 'expires_at'>,
  hash: string,
): Promise<KeyRow> => {
  const scopes = key.scopes && JSON.stringify(key.scopes);
  const rows = await tx.query<KeyRow>(insert, [
    scope.workspace_id,
    key.id,
    key.name,
    key.role,
    scopes,
    hash,
    key.prefix,
    key.created_by,
    tx.now,
    key.expires_at,
  ]);
  return rows[0] as KeyRow;
};

const by_hash = statement(
  'keys.by_hash',
  `select workspace_id, ${columns} from keys where hash = $1 and revoked_at is null
   and (expires_at is null or expires_at > $2)`,
);
/** The live key of a hash, over all workspaces: this is how a caller's workspace is found. */
export const keyByHash = async (tx: Tx, hash: string) =>
  (await tx.query<KeyRow & { workspace_id: string }>(by_hash, [hash, tx.now]))[0];

const by_id = statement(
  'keys.by_id',
  `select ${columns} from keys where workspace_id = $1 and id = $2`,
);
export const findKey = async (tx: Tx, scope: Scope, id: string) =>
  (await tx.query<KeyRow>(by_id, [scope.workspace_id, id]))[0];

const exists = statement('keys.exists', 'select id, revoked_at from keys where hash = $1');
/** Whether a hash is known, live or revoked, over all workspaces. */
export const keyExists = async (tx: Tx, hash: string) =>
  (await tx.query<Pick<KeyRow, 'id' | 'revoked_at'>>(exists, [hash]))[0];

const replaced = statement(
  'keys.replaced',
  `select id from keys where workspace_id = $1 and created_by = $2 and name = $3 and id < $4
   and revoked_at is null order by id`,
);
/** The live keys of one maker and name that are older than a key. */
export const olderKeys = (tx: Tx, scope: Scope, key: Pick<KeyRow, 'id' | 'name' | 'created_by'>) =>
  tx.query<{ id: string }>(replaced, [scope.workspace_id, key.created_by, key.name, key.id]);

const list = statement(
  'keys.list',
  `select ${columns} from keys where workspace_id = $1 order by id desc limit 500`,
);
export const listKeys = (tx: Tx, scope: Scope) => tx.query<KeyRow>(list, [scope.workspace_id]);

const revoke = statement(
  'keys.revoke',
  `update keys set revoked_at = $3 where workspace_id = $1 and id = $2 and revoked_at is null
   returning id`,
);
export const revokeKey = async (tx: Tx, scope: Scope, id: string) =>
  (await tx.query(revoke, [scope.workspace_id, id, tx.now])).length === 1;

const used = statement(
  'keys.used',
  'update keys set last_used_at = $3 where workspace_id = $1 and id = $2',
);
export const markKeyUsed = (tx: Tx, scope: Scope, id: string) =>
  tx.query(used, [scope.workspace_id, id, tx.now]);
