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

/** The status of a kept answer whose subject was erased. */
export const erased_status = 410;

/** Ids of what can be erased, that a reply, or the address it answers, speaks of. */
const subject_pattern = /\b(?:out|case|conv|con|file)_[0-9a-hjkmnp-tv-z]{26}\b/g;
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

const lock_key = statement(
  'idempotency.lock_key',
  `select pg_try_advisory_xact_lock(
     hashtextextended($1::text || ' ' || $2::text || ' ' || $3::text, 0)) as free`,
);
/** Holds a key until this transaction ends, however it ends. @returns false when another one has it */
export const lockKey = async (
  tx: Tx,
  scope: Scope,
  { principal, key }: Pick<Remembered, 'principal' | 'key'>,
) => {
  const [row] = await tx.query<{ free: boolean }>(lock_key, [scope.workspace_id, principal, key]);
  return row?.free === true;
};

// A subject may have been erased while the reply was on its way here. Conversations and contacts are held
// by their keys, so that one that is being erased is waited for, or waits until this is there to be found.
const keep = statement(
  'idempotency.keep',
  `with talks as (
     select erased_at from conversations where workspace_id = $1 and id = any($7::text[])
     order by id for key share),
   people as (
     select erased_at from contacts where workspace_id = $1 and id = any($7::text[])
     order by id for key share)
   insert into idempotency (workspace_id, principal, key, request, status, response, subjects, at)
   select $1, $2, $3, $4, case when gone.gone then $8::int else $5::int end,
     case when gone.gone then null else $6::jsonb end, $7::text[], $9
   from (select exists (select from outputs where workspace_id = $1 and id = any($7::text[])
       and erased_at is not null)
     or exists (select from cases where workspace_id = $1 and id = any($7::text[])
       and erased_at is not null)
     or exists (select from talks where erased_at is not null)
     or exists (select from people where erased_at is not null) as gone) gone
   on conflict do nothing returning key`,
);
/** Keeps a reply under its key.
 *  @param address what was asked; it names its subject where the reply does not
 *  @returns nothing when another transaction has kept one meanwhile */
export function keepReply(
  tx: Tx,
  scope: Scope,
  { principal, key, request, status, response }: Remembered,
  address: string,
) {
  const text = JSON.stringify(response ?? null);
  return tx.query<{ key: string }>(keep, [
    scope.workspace_id,
    principal,
    key,
    request,
    status,
    text,
    subjectsIn(text, address),
    erased_status,
    tx.now,
  ]);
}
