import type { Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

export interface Remembered {
  principal: string;
  key: string;
  request: string;
  status: number;
  response: unknown;
}

const find = statement(
  'idempotency.find',
  `select principal, key, request, status, response from idempotency where workspace_id = $1
   and (principal, key) in (select * from unnest($2::text[], $3::text[])) order by principal, key`,
);
export const findRemembered = (tx: Tx, scope: Scope, keys: { principal: string; key: string }[]) =>
  tx.query<Remembered>(find, [
    scope.workspace_id,
    keys.map(({ principal }) => principal),
    keys.map(({ key }) => key),
  ]);

const remember = statement(
  'idempotency.remember',
  `insert into idempotency (workspace_id, principal, key, request, status, response, at)
   select $1, principal, key, request, status, response, $3
   from jsonb_to_recordset($2) as r
     (principal text, key text, request text, status int, response jsonb)
   on conflict do nothing returning principal, key`,
);
/** Keeps answers under their keys. A key that another transaction is writing is waited for.
 *  @returns the keys kept now; the others were there before */
export const rememberAll = (tx: Tx, scope: Scope, rows: Remembered[]) =>
  tx.query<{ principal: string; key: string }>(remember, [
    scope.workspace_id,
    JSON.stringify(rows),
    tx.now,
  ]);

const forget = statement(
  'idempotency.forget',
  `delete from idempotency where (workspace_id, principal, key) in
     (select workspace_id, principal, key from idempotency where at < $1 order by at limit 5000)
   returning key`,
);
/** Keys are kept for thirty days. Jobs only. */
export const forgetBefore = (tx: Tx, at: string) => tx.query(forget, [at]);
