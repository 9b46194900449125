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

/** The status of a kept answer whose subject was erased. */
export const erased_status = 410;

/** Ids of outputs and cases that a reply, or the address it answers, speaks of. */
const subject_pattern = /\b(?:out|case)_[0-9a-hjkmnp-tv-z]{26}\b/g;
const subjectsIn = (...texts: string[]): string[] | null => {
  const found = texts.flatMap((text) => text.match(subject_pattern) ?? []);
  return found.length ? [...new Set(found)] : null;
};

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
  `insert into idempotency (workspace_id, principal, key, request, status, response, subjects, at)
   select $1, principal, key, request, status, response, subjects, $3
   from jsonb_to_recordset($2) as r
     (principal text, key text, request text, status int, response jsonb, subjects text[])
   on conflict do nothing returning principal, key`,
);
/** Keeps answers under their keys. A key that another transaction is writing is waited for.
 *  @returns the keys kept now; the others were there before */
export const rememberAll = (tx: Tx, scope: Scope, rows: Remembered[]) =>
  tx.query<{ principal: string; key: string }>(remember, [
    scope.workspace_id,
    JSON.stringify(
      rows.map((row) => ({ ...row, subjects: subjectsIn(JSON.stringify(row.response)) })),
    ),
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

// A subject may have been erased while the reply was on its way here.
const keep = statement(
  'idempotency.keep',
  `update idempotency set subjects = $6::text[],
     status = case when gone.gone then $7::int else $4::int end,
     response = case when gone.gone then null else $5::jsonb end
   from (select exists (select from outputs where workspace_id = $1 and id = any($6::text[])
       and erased_at is not null)
     or exists (select from cases where workspace_id = $1 and id = any($6::text[])
       and erased_at is not null) as gone) gone
   where workspace_id = $1 and principal = $2 and key = $3 and status is null`,
);
/** Keeps a reply under its reserved key.
 *  @param address what was asked; it names its subject where the reply does not */
export function keepReserved(
  tx: Tx,
  scope: Scope,
  once: { principal: string; key: string; address: string },
  status: number,
  response: unknown,
) {
  const text = JSON.stringify(response ?? null);
  tx.write(keep, [
    scope.workspace_id,
    once.principal,
    once.key,
    status,
    text,
    subjectsIn(text, once.address),
    erased_status,
  ]);
}

const free = statement(
  'idempotency.free',
  'delete from idempotency where workspace_id = $1 and principal = $2 and key = $3 and status is null',
);
export const freeReserved = (tx: Tx, scope: Scope, principal: string, key: string) =>
  tx.query(free, [scope.workspace_id, principal, key]);
