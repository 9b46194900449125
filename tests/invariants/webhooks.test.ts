import { hour, minute, type Webhook } from '@wheelhouse/core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { behaviours } from './receiver.ts';
import { type Delivery, done, type Sender, startSender } from './sender.ts';
import { until } from './until.ts';

let sender: Sender;
beforeEach(async () => {
  sender = await startSender();
});
afterEach(() => sender?.stop());

test('[D2] [D4] every way an endpoint can behave ends delivered or dead within eight days', async () => {
  const began = Date.parse(sender.time.now());
  const hooks = new Map<string, Webhook>();
  for (const path of Object.keys(behaviours)) hooks.set(path, await sender.hook(path));
  await sender.happen('first');
  await sender.playOut();
  expect(Date.parse(sender.time.now()) - began).toBeLessThan(8 * 24 * hour);
  const ends: Record<string, string> = {};
  for (const [path, webhook] of hooks) {
    const [only, ...more] = await sender.log(webhook);
    expect(more).toEqual([]);
    const last = only?.attempts.at(-1);
    ends[path] = `${only?.state} after ${only?.attempts.length}: ${last?.status} ${last?.fault}`;
    // One id over every attempt.
    expect(new Set(sender.receiver.at(path).map(({ id }) => id))).toEqual(new Set([only?.id]));
  }
  expect(ends).toEqual({
    '/well': 'delivered after 1: 204 null',
    '/error': 'dead after 14: 500 answered 500',
    '/moved': 'dead after 14: 302 answered 302; redirects are not followed',
    '/moved-for-good': 'dead after 14: 308 answered 308; redirects are not followed',
    '/gone': 'dead after 1: 410 the endpoint says that it is gone (410)',
    '/forbids': 'dead after 14: 403 answered 403',
    '/busy': 'delivered after 3: 200 null',
    '/recovers': 'delivered after 4: 200 null',
    '/hangs': 'dead after 14: null no response within 250 ms',
    '/resets': 'dead after 14: null the connection was reset',
    '/drips-head': 'dead after 14: null no response within 250 ms',
    '/drips-body': 'delivered after 1: 200 null',
    '/other-protocol': 'dead after 14: null the connection closed without a response',
    '/not-http': 'dead after 14: null HPE_INVALID_CONSTANT',
    '/endless': 'delivered after 1: 200 null',
  });
  // Nothing followed a redirect: each path was asked once an attempt, and '/well' only by its own.
  expect(sender.receiver.at('/well')).toHaveLength(1);
  const [error] = await sender.log(hooks.get('/error') as Webhook);
  expect(error?.attempts[0]?.response).toHaveLength(2_000);
  const [gone] = (await sender.admin.call<{ rows: Webhook[] }>('GET /webhooks')).body.rows.filter(
    ({ url }) => url.endsWith('/gone'),
  );
  expect(gone).toMatchObject({ enabled: false, disabled_reason: expect.stringContaining('410') });
  const home = await sender.admin.call<{ dead_deliveries: number; attention: { kind: string }[] }>(
    'GET /home',
  );
  expect(home.body.dead_deliveries).toBe(10);
  expect(home.body.attention.map(({ kind }) => kind)).toContain('delivery');
});

test('[D4] Retry-After puts the next attempt off', async () => {
  const busy = await sender.hook('/busy');
  await sender.happen('first');
  const [first] = await until(async () => {
    const rows = await sender.log(busy);
    return rows[0]?.attempts.length ? rows : undefined;
  });
  const wait = Date.parse(first?.next_at ?? '') - Date.parse(first?.attempts[0]?.at ?? '');
  expect(wait).toBeGreaterThanOrEqual(120 * minute);
  expect(wait).toBeLessThan(133 * minute);
});

test('[D2] what waits for a webhook that is turned off ends dead, and is sent again when asked', async () => {
  const webhook = await sender.hook('/error');
  await sender.happen('first');
  await until(async () => (await sender.log(webhook))[0]?.attempts.length);
  await done(sender.admin, `PATCH /webhooks/${webhook.id}`, { enabled: false });
  const dead = await until(async () =>
    (await sender.log(webhook)).find(({ state }) => state === 'dead'),
  );
  expect(dead.attempts.at(-1)).toMatchObject({ fault: 'the webhook is off', status: null });
  const off = await sender.admin.call(`POST /deliveries/${dead.id}/redeliver`);
  expect(off).toMatchObject({ status: 409, body: { code: 'webhook_off' } });
  await done(sender.admin, `PATCH /webhooks/${webhook.id}`, {
    enabled: true,
    url: `${sender.receiver.url}/well`,
  });
  const again = await sender.admin.call<Delivery>(`POST /deliveries/${dead.id}/redeliver`);
  expect(again).toMatchObject({ status: 200, body: { id: dead.id, state: 'waiting' } });
  const sent = await until(async () =>
    (await sender.log(webhook)).find(({ state }) => state === 'delivered'),
  );
  expect(sent.id).toBe(dead.id);
  expect(sent.url).toBe(`${sender.receiver.url}/well`);
  expect(sent.attempts.map(({ number }) => number)).toEqual(sent.attempts.map((_, at) => at + 1));
  expect(sender.receiver.at('/well').map(({ id }) => id)).toEqual([dead.id]);
  await done(sender.admin, `DELETE /webhooks/${webhook.id}`);
  expect(await sender.admin.call(`GET /webhooks/${webhook.id}/deliveries`)).toMatchObject({
    status: 404,
  });
});

test('[D2] dead endpoints that hear of dead deliveries do not feed each other', async () => {
  const first = await sender.hook('/gone', ['queue.changed', 'delivery.died', 'delivery.retried']);
  const second = await sender.hook('/gone-too', [
    'queue.changed',
    'delivery.died',
    'delivery.retried',
  ]);
  behaviours['/gone-too'] = (response) => response.writeHead(500).end();
  await sender.happen('first');
  await sender.playOut();
  const types = async (webhook: Webhook) =>
    (await sender.log(webhook)).map(({ event_type }) => event_type);
  expect(await types(first)).toEqual(['queue.changed']);
  expect(await types(second)).toEqual(['delivery.died', 'queue.changed']);
  delete behaviours['/gone-too'];
});

test('[D2] webhooks hear of a callback that died as of any other delivery', async () => {
  await sender.hook('/well', ['delivery.died']);
  await done(sender.admin, 'PUT /gates/through', { policy: { mode: 'never' } });
  const callback_url = `${sender.receiver.url}/gone`;
  const body = { content: 'x', callback_url };
  const { id } = await done<{ id: string }>(sender.admin, 'POST /gates/through/outputs', body);
  const told = await until(() => sender.receiver.at('/well')[0]);
  const { data } = JSON.parse(told.body).data.event;
  expect(data).toMatchObject({ webhook_id: null, event_subject: id, event_type: 'output.decided' });
});

test('[D10] a test reaches its own webhook alone, whatever that asked for, and none that is off', async () => {
  const [asked, other] = [await sender.hook('/well'), await sender.hook('/recovers', [])];
  await done(sender.admin, `POST /webhooks/${asked.id}/test`);
  const [told] = await until(async () => {
    const rows = await sender.log(asked);
    return rows[0]?.state === 'delivered' ? rows : undefined;
  });
  expect(told).toMatchObject({ event_type: 'webhook.tested', subject: asked.id });
  expect(told?.attempts).toMatchObject([{ status: 204, fault: null }]);
  await sender.playOut();
  expect((await sender.log(other)).map(({ event_type }) => event_type)).not.toContain(
    'webhook.tested',
  );
  await done(sender.admin, `PATCH /webhooks/${asked.id}`, { enabled: false });
  const off = await sender.admin.call(`POST /webhooks/${asked.id}/test`);
  expect(off).toMatchObject({ status: 409, body: { code: 'webhook_off' } });
});
