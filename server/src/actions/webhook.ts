import {
  type CallbackSecret,
  type Delivery,
  type DeliveryFilter,
  day,
  invalid,
  type NewEvent,
  type Page,
  type Principal,
  plus,
  refuse,
  type Webhook,
  type WebhookChange,
  type WebhookSubmission,
} from '@wheelhouse/core';
import type * as z from 'zod';
import type { Ports, Tx } from '../ports.ts';
import { hurryDeliveries, listDeliveries, lockDelivery, sendAgain } from '../store/deliveries.ts';
import { appendEvents } from '../store/events.ts';
import { findOutput } from '../store/outputs.ts';
import {
  changeSecrets,
  changeWebhook,
  insertWebhook,
  listWebhooks,
  lockWebhook,
  removeWebhook,
  replaceCallbackSecret,
} from '../store/webhooks.ts';

/** How long the secret before the present one signs as well. */
const overlap_ms = day;
/** Every event is matched against each of them, so there is an end to how many. */
const most_webhooks = 200;

/** 32 random bytes as Standard Webhooks writes them. */
export const newWebhookSecret = (ports: Ports): string =>
  `whsec_${Buffer.from(ports.chance.bytes(32)).toString('base64')}`;

export const readWebhooks = (ports: Ports, by: Principal): Promise<Webhook[]> =>
  ports.database.transact(by, (tx) => listWebhooks(tx, by));

/** Makes a webhook; its secret is in this answer and nowhere else.
 *  @throws Refusal forbidden_address, invalid when there are too many */
export async function createWebhook(
  ports: Ports,
  by: Principal,
  body: z.infer<typeof WebhookSubmission>,
): Promise<Webhook> {
  ports.network.check(body.url);
  const secret = newWebhookSecret(ports);
  const made = await changing(ports, by, async (tx, say) => {
    if ((await listWebhooks(tx, by)).length >= most_webhooks) {
      throw invalid({ field: 'url', message: `a workspace keeps at most ${most_webhooks}` });
    }
    const row = {
      id: ports.makeId('webhook', tx.now),
      url: body.url,
      description: body.description ?? null,
      types: [...new Set(body.types)],
      created_by: by.id,
    };
    say({ type: 'webhook.created', subject: row.id, data: { types: row.types } });
    return insertWebhook(tx, by, row, secret);
  });
  return { ...made, secret };
}

/** Changes a webhook. Another address gets another secret, shown in this answer: whoever stands
 *  there must not be able to sign for whoever stood at the first (rule D8).
 *  @throws Refusal not_found, forbidden_address */
export async function updateWebhook(
  ports: Ports,
  by: Principal,
  id: string,
  body: z.infer<typeof WebhookChange>,
): Promise<Webhook> {
  if (body.url) ports.network.check(body.url);
  return changing(ports, by, async (tx, say) => {
    const { secret: _kept, ...row } = await webhookOf(tx, by, id);
    const enabled = body.enabled ?? row.enabled;
    const next = {
      ...row,
      url: body.url ?? row.url,
      description: body.description ?? row.description,
      types: body.types ? [...new Set(body.types)] : row.types,
      enabled,
      disabled_reason: enabled ? null : (row.disabled_reason ?? `turned off by ${by.name}`),
    };
    const moved = next.url !== row.url;
    const secret = moved ? newWebhookSecret(ports) : undefined;
    changeWebhook(tx, by, next);
    if (secret) changeSecrets(tx, by, id, { secret, previous_secret: null, previous_until: null });
    // What waits can no longer leave, and ends as dead rather than waiting for its next attempt.
    if (row.enabled && !enabled) hurryDeliveries(tx, by, id);
    const fields = Object.keys(body).concat(moved ? ['secret'] : []);
    say({ type: 'webhook.changed', subject: id, data: { fields, enabled } });
    return secret ? { ...next, secret } : next;
  });
}

/** Removes a webhook, its log, and what it was still owed; the event says how much that was.
 *  @throws Refusal not_found */
export async function deleteWebhook(ports: Ports, by: Principal, id: string): Promise<void> {
  await changing(ports, by, async (tx, say) => {
    const waiting = await removeWebhook(tx, by, id);
    if (waiting === undefined) throw refuse('not_found', { webhook_id: id });
    say({ type: 'webhook.removed', subject: id, data: { waiting } });
  });
}

/** Sends a webhook a message of its own, whatever it asked for: an event like any other, signed and
 *  tried like any other (rule D10).
 *  @throws Refusal not_found, webhook_off */
export async function testWebhook(ports: Ports, by: Principal, id: string): Promise<Webhook> {
  return changing(ports, by, async (tx, say) => {
    const { secret: _kept, ...row } = await webhookOf(tx, by, id);
    if (!row.enabled) throw refuse('webhook_off', { webhook_id: id });
    say({ type: 'webhook.tested', subject: id, data: {} });
    return row;
  });
}

/** Gives a webhook a new secret; the old one signs as well for a day (rule D3).
 *  @throws Refusal not_found */
export async function rotateSecret(ports: Ports, by: Principal, id: string): Promise<Webhook> {
  const secret = newWebhookSecret(ports);
  return changing(ports, by, async (tx, say) => {
    const { secret: previous_secret, ...row } = await webhookOf(tx, by, id);
    const previous_until = plus(tx.now, overlap_ms);
    changeSecrets(tx, by, id, { secret, previous_secret, previous_until });
    say({ type: 'webhook.changed', subject: id, data: { fields: ['secret'] } });
    return { ...row, secret };
  });
}

/** Makes the secret that signs the callbacks of single outputs; one before it signs for a day. */
export async function rotateCallbackSecret(ports: Ports, by: Principal): Promise<CallbackSecret> {
  const secret = newWebhookSecret(ports);
  return changing(ports, by, (tx, say) => {
    say({
      type: 'webhook.changed',
      subject: by.workspace_id,
      data: { fields: ['callback_secret'] },
    });
    return replaceCallbackSecret(tx, by, secret, plus(tx.now, overlap_ms));
  });
}

/** The log of a webhook, newest first. @throws Refusal not_found */
export const readDeliveriesOf = (
  ports: Ports,
  by: Principal,
  webhook_id: string,
  filter: DeliveryFilter,
): Promise<Page<Delivery>> =>
  ports.database.transact(by, async (tx) => {
    await webhookOf(tx, by, webhook_id);
    return listDeliveries(tx, by, { ...filter, webhook_id });
  });

/** Everything that was sent, to webhooks and as callbacks, newest first. */
export const readDeliveries = (
  ports: Ports,
  by: Principal,
  filter: DeliveryFilter,
): Promise<Page<Delivery>> => ports.database.transact(by, (tx) => listDeliveries(tx, by, filter));

/** Begins a new series of attempts under the same id, so that a receiver that keeps ids knows it
 *  again (rule D2). One that is on its way already is left to arrive.
 *  @throws Refusal not_found, webhook_off */
export async function redeliver(ports: Ports, by: Principal, id: string): Promise<Delivery> {
  return changing(ports, by, async (tx, say) => {
    const found = await lockDelivery(tx, by, id);
    if (!found) throw refuse('not_found', { delivery_id: id });
    const { under_way, ...row } = found;
    if (!(await mayLeave(tx, by, row))) throw refuse('webhook_off', { delivery_id: id });
    if (under_way) return row;
    const { webhook_id, event_type } = row;
    say({ type: 'delivery.retried', subject: id, data: { webhook_id, event_type } });
    return sendAgain(tx, by, id);
  });
}

/** A callback's address is erased with its output. */
async function mayLeave(tx: Tx, by: Principal, { webhook_id, subject }: Delivery) {
  if (webhook_id) return (await lockWebhook(tx, by, webhook_id))?.enabled;
  return Boolean((await findOutput(tx, by, subject))?.callback_url);
}

async function webhookOf(tx: Tx, by: Principal, id: string) {
  const row = await lockWebhook(tx, by, id);
  if (!row) throw refuse('not_found', { webhook_id: id });
  return row;
}

/** One transaction of `by`, whose events are written with it. */
async function changing<Result>(
  ports: Ports,
  by: Principal,
  work: (tx: Tx, say: (event: NewEvent) => void) => Promise<Result>,
): Promise<Result> {
  const result = await ports.database.transact(by, (tx) =>
    work(tx, (event) => appendEvents(tx, by, { id: by.id, kind: by.kind }, [event])),
  );
  ports.database.wake();
  return result;
}
