import type { Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

export interface Remembered {
  principal: string;
  key: string;
  request: string;
  /** null while the first request is under way. */
  status: number | null;
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

const take_place = statement(
  'idempotency.reserve',
  `insert into idempotency (workspace_id, principal, key, request, at) values ($1, $2, $3, $4, $5)
   on conflict (workspace_id, principal, key) do update set request = excluded.request, at = excluded.at
     where idempotency.status is null and idempotency.at < $5 - $6 * interval '1 millisecond'
   returning key`,
);
/** Takes a key's place before its answer is known. @returns whether it was free */
export const reserve = async (
  tx: Tx,
  scope: Scope,
  principal: string,
  key: string,
  request: string,
  abandoned_ms: number,
) =>
  (await tx.query(take_place, [scope.workspace_id, principal, key, request, tx.now, abandoned_ms]))
    .length === 1;

const keep = statement(
  'idempotency.keep',
  `update idempotency set status = $4, response = $5
   where workspace_id = $1 and principal = $2 and key = $3 and status is null`,
);
export const keepReserved = (
  tx: Tx,
  scope: Scope,
  principal: string,
  key: string,
  status: number,
  response: unknown,
) => tx.query(keep, [scope.workspace_id, principal, key, status, JSON.stringify(response ?? null)]);

const free = statement(
  'idempotency.free',
  'delete from idempotency where workspace_id = $1 and principal = $2 and key = $3 and status is null',
);
export const freeReserved = (tx: Tx, scope: Scope, principal: string, key: string) =>
  tx.query(free, [scope.workspace_id, principal, key]);
