import type { CallbackSecret, Instant, Scope, Webhook } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

export type WebhookRow = Omit<Webhook, 'secret'>;
const columns = 'id, url, description, types, enabled, disabled_reason, created_at, created_by';

const list = statement(
  'webhooks.list',
  `select ${columns} from webhooks where workspace_id = $1 order by id desc limit 500`,
);
export const listWebhooks = (tx: Tx, scope: Scope) =>
  tx.query<WebhookRow>(list, [scope.workspace_id]);

const lock = statement(
  'webhooks.lock',
  `select ${columns}, secret from webhooks where workspace_id = $1 and id = $2 for update`,
);
export const lockWebhook = async (tx: Tx, scope: Scope, id: string) =>
  (await tx.query<WebhookRow & { secret: string }>(lock, [scope.workspace_id, id]))[0];

const insert = statement(
  'webhooks.insert',
  `insert into webhooks (workspace_id, id, url, description, types, enabled, secret, created_at,
     created_by) values ($1, $2, $3, $4, $5, true, $6, $7, $8) returning ${columns}`,
);
export const insertWebhook = async (
  tx: Tx,
  scope: Scope,
  row: Pick<WebhookRow, 'id' | 'url' | 'description' | 'types' | 'created_by'>,
  secret: string,
): Promise<WebhookRow> =>
  (
    await tx.query<WebhookRow>(insert, [
      scope.workspace_id,
      row.id,
      row.url,
      row.description,
      JSON.stringify(row.types),
      secret,
      tx.now,
      row.created_by,
    ])
  )[0] as WebhookRow;

/** A webhook's secrets: the one that signs, and the one before it until when it signs as well. */
export interface Secrets {
  secret: string;
  previous_secret: string | null;
  previous_until: Instant | null;
}

const change = statement(
  'webhooks.change',
  `update webhooks set url = $3, description = $4, types = $5, enabled = $6, disabled_reason = $7
   where workspace_id = $1 and id = $2`,
);
export const changeWebhook = (tx: Tx, scope: Scope, row: WebhookRow) =>
  tx.write(change, [
    scope.workspace_id,
    row.id,
    row.url,
    row.description,
    JSON.stringify(row.types),
    row.enabled,
    row.disabled_reason,
  ]);

const change_secrets = statement(
  'webhooks.change_secrets',
  `update webhooks set secret = $3, previous_secret = $4, previous_until = $5
   where workspace_id = $1 and id = $2`,
);
export const changeSecrets = (tx: Tx, scope: Scope, id: string, secrets: Secrets) =>
  tx.write(change_secrets, [
    scope.workspace_id,
    id,
    secrets.secret,
    secrets.previous_secret,
    secrets.previous_until,
  ]);

const disable = statement(
  'webhooks.disable',
  `update webhooks set enabled = false, disabled_reason = $3
   where workspace_id = $1 and id = $2 and enabled returning id`,
);
/** @returns whether it was on until now */
export const disableWebhook = async (tx: Tx, scope: Scope, id: string, reason: string) =>
  (await tx.query(disable, [scope.workspace_id, id, reason])).length === 1;

const remove = statement(
  'webhooks.remove',
  `with gone as (delete from webhooks where workspace_id = $1 and id = $2 returning id),
     log as (delete from deliveries where workspace_id = $1 and webhook_id in (select id from gone)
       returning state),
     place as (delete from endpoints where workspace_id = $1 and name in (select id from gone)
       returning name)
   select (select count(*)::int from log where state = 'waiting') as waiting from gone`,
);
/** Removes a webhook with its log. @returns how many deliveries it was still owed, or undefined */
export const removeWebhook = async (tx: Tx, scope: Scope, id: string) =>
  (await tx.query<{ waiting: number }>(remove, [scope.workspace_id, id]))[0]?.waiting;

const replace_callback_secret = statement(
  'webhooks.replace_callback_secret',
  `insert into callback_secrets (workspace_id, secret, created_at) values ($1, $2, $3)
   on conflict (workspace_id) do update set secret = excluded.secret,
     created_at = excluded.created_at, previous_secret = callback_secrets.secret,
     previous_until = $4
   returning secret, created_at`,
);
export const replaceCallbackSecret = async (
  tx: Tx,
  scope: Scope,
  secret: string,
  previous_until: Instant,
) =>
  (
    await tx.query<CallbackSecret>(replace_callback_secret, [
      scope.workspace_id,
      secret,
      tx.now,
      previous_until,
    ])
  )[0] as CallbackSecret;

const ensure_callback_secrets = statement(
  'webhooks.ensure_callback_secrets',
  `insert into callback_secrets (workspace_id, secret, created_at)
   select workspace_id, secret, $3 from unnest($1::text[], $2::text[]) as s (workspace_id, secret)
   on conflict do nothing`,
);
/** Gives workspaces that call back for the first time a secret to sign with. Jobs only. */
export const ensureCallbackSecrets = (tx: Tx, workspaces: string[], secrets: string[]) =>
  tx.write(ensure_callback_secrets, [workspaces, secrets, tx.now]);
