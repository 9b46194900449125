import { every_workspace, hour, minute, type Webhook, type WebhookMessage } from '@wheelhouse/core';
import { Webhook as Verifier } from 'standardwebhooks';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import type { Ports } from '../../server/src/ports.ts';
import { serveBeside } from '../../server/src/testing/beside.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { virtualTime } from '../../server/src/testing/virtual-time.ts';
import { behaviours, startReceiver, until } from './receiver.ts';

interface Delivery {
  id: string;
  webhook_id: string | null;
  url: string;
  event_type: string;
  subject: string;
  state: string;
  next_at: string | null;
  attempts: {
    number: number;
    at: string;
    status: number | null;
    fault: string | null;
    response: string | null;
  }[];
}

let receiver: Awaited<ReturnType<typeof startReceiver>>;
let time: ReturnType<typeof virtualTime>;
let server: TestServer;
let admin: Caller;
let complaints: string[];

/** Only those that never answer are given up soon; the others may take what a busy machine takes. */
const patience = (url: string) =>
  /hangs|drips-head/.test(url) ? 250 : url.includes('drips-body') ? 2_000 : 15_000;

/** Real sockets, short of patience with those that hang; virtual time. */
const hasty = (ports: Ports): Ports => ({
  ...time.ports(ports),
  log: {
    ...ports.log,
    warn: (facts, words) => complaints.push(`${words} ${JSON.stringify(facts)}`),
  },
  network: {
    ...ports.network,
    send: (request) => ports.network.send({ ...request, timeout_ms: patience(request.url) }),
  },
});

beforeEach(async () => {
  receiver = await startReceiver();
  time = virtualTime();
  complaints = [];
  server = await startServer({
    url_pattern: inject('engine'),
    settings: { WHEELHOUSE_ALLOW_PRIVATE_WEBHOOKS: 'yes' },
    ports: hasty,
  });
  admin = await server.keyFor('admin');
});
afterEach(async () => {
  await server?.stop();
  await receiver?.stop();
  expect(complaints).toEqual([]);
});

/** A call that must succeed: what is arranged wrongly fails here and not by waiting. */
async function done<Body>(who: Caller, what: string, body?: unknown): Promise<Body> {
  const reply = await who.call<Body>(what, body);
  if (reply.status >= 300) throw new Error(`${what}: ${JSON.stringify(reply.body)}`);
  return reply.body;
}
const hook = async (path: string, types: string[] = ['queue.changed']) =>
  (
    await admin.call<Webhook & { secret: string }>('POST /webhooks', {
      url: receiver.url + path,
      types,
    })
  ).body;
const log = async (webhook: { id: string }) =>
  (await admin.call<{ rows: Delivery[] }>(`GET /webhooks/${webhook.id}/deliveries`)).body.rows;
const happen = (name: string) => done(admin, `PUT /queues/${name}`, {});

const state_of_all = {
  name: 'test.state_of_deliveries',
  text: `select count(*) filter (where state = 'waiting')::int as waiting,
    count(*) filter (where locked_until is not null or next_at <= $1)::int as busy,
    max(next_at) as last from deliveries`,
};

/** Lets what is under way end, jumps to when all the rest is due, and again, until nothing waits. */
async function playOut(): Promise<void> {
  for (let rounds = 0; ; ) {
    const [state] = await server.ports.database.transact(every_workspace, (tx) =>
      tx.query<{ waiting: number; busy: number; last: string }>(state_of_all, [tx.now]),
    );
    if (rounds && !state?.waiting) return;
    if (state?.waiting && !state.busy) {
      rounds += 1;
      time.advance(Date.parse(state.last) - Date.parse(time.now()) + 1);
    } else if (state?.waiting) rounds ||= 1;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test('[D2] [D4] every way an endpoint can behave ends delivered or dead within eight days', async () => {
  const began = Date.parse(time.now());
  const hooks = new Map<string, Webhook>();
  for (const path of Object.keys(behaviours)) hooks.set(path, await hook(path));
  await happen('first');
  await playOut();
  expect(Date.parse(time.now()) - began).toBeLessThan(8 * 24 * hour);
  const ends: Record<string, string> = {};
  for (const [path, webhook] of hooks) {
    const [only, ...more] = await log(webhook);
    expect(more).toEqual([]);
    const last = only?.attempts.at(-1);
    ends[path] = `${only?.state} after ${only?.attempts.length}: ${last?.status} ${last?.fault}`;
    // One id over every attempt.
    expect(new Set(receiver.at(path).map(({ id }) => id))).toEqual(new Set([only?.id]));
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
  expect(receiver.at('/well')).toHaveLength(1);
  const [error] = await log(hooks.get('/error') as Webhook);
  expect(error?.attempts[0]?.response).toHaveLength(2_000);
  const [gone] = (await admin.call<{ rows: Webhook[] }>('GET /webhooks')).body.rows.filter(
    ({ url }) => url.endsWith('/gone'),
  );
  expect(gone).toMatchObject({ enabled: false, disabled_reason: expect.stringContaining('410') });
  const home = await admin.call<{ dead_deliveries: number; attention: { kind: string }[] }>(
    'GET /home',
  );
  expect(home.body.dead_deliveries).toBe(10);
  expect(home.body.attention.map(({ kind }) => kind)).toContain('delivery');
});

test('[D4] Retry-After puts the next attempt off', async () => {
  const busy = await hook('/busy');
  await happen('first');
  const [first] = await until(async () => {
    const rows = await log(busy);
    return rows[0]?.attempts.length ? rows : undefined;
  });
  const wait = Date.parse(first?.next_at ?? '') - Date.parse(first?.attempts[0]?.at ?? '');
  expect(wait).toBeGreaterThanOrEqual(120 * minute);
  expect(wait).toBeLessThan(133 * minute);
});

test('[D1] a webhook hears of what happened since it was made, and only of what it asked for', async () => {
  await happen('before');
  const some = await hook('/some', ['queue.changed', 'gate.changed']);
  const all = await hook('/all', []);
  await happen('after');
  await until(() => receiver.at('/all').length >= 2 && receiver.at('/some').length);
  const told = (path: string) =>
    receiver.at(path).map(({ body }) => {
      const { type, subject } = JSON.parse(body) as WebhookMessage;
      return `${type} ${subject}`;
    });
  expect(told('/some')).toEqual(['queue.changed after']);
  expect(told('/all').sort()).toEqual([`queue.changed after`, `webhook.created ${all.id}`].sort());
  expect(some.types).toEqual(['queue.changed', 'gate.changed']);
});

test('[D1] a burst over several servers makes one delivery for each event and webhook', async () => {
  const allowed = { WHEELHOUSE_ALLOW_PRIVATE_WEBHOOKS: 'yes' };
  const more = [
    await serveBeside(server.database_url, allowed, time.ports),
    await serveBeside(server.database_url, allowed, time.ports),
  ];
  try {
    await hook('/a', ['output.submitted']);
    await hook('/b', ['output.submitted']);
    await done(admin, 'PUT /gates/notes', {
      title: 'Notes',
      policy: { mode: 'threshold', threshold: 0.5 },
    });
    const sent = await Promise.all(
      Array.from({ length: 150 }, (_, n) =>
        admin.call<{ id: string }>('POST /gates/notes/outputs', { content: { n }, confidence: 1 }),
      ),
    );
    const ids = sent.map(({ body }) => body.id).sort();
    // One delivery each: sent again, which may be, it would come under the same id.
    const subjects = (path: string) => {
      const by_id = new Map(receiver.at(path).map(({ id, body }) => [id, body]));
      return [...by_id.values()].map((body) => (JSON.parse(body) as WebhookMessage).subject).sort();
    };
    await until(() => subjects('/a').length === 150 && subjects('/b').length === 150);
    expect(subjects('/a')).toEqual(ids);
    expect(subjects('/b')).toEqual(ids);
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(300);
  } finally {
    for (const one of more) await one.close();
  }
});

test('[D3] a decided output is told to its callback and to webhooks, signed, with its outcome', async () => {
  const webhook = await hook('/decided', ['output.decided']);
  const { body: callback } = await admin.call<{ secret: string }>('POST /callback-secret');
  await done(admin, 'PUT /gates/replies', {
    title: 'Replies',
    policy: { mode: 'threshold', threshold: 0.5 },
  });
  const { body: made } = await admin.call<{ id: string; case_id: string }>(
    'POST /gates/replies/outputs',
    {
      content: { text: 'grüß dich 👋' },
      callback_url: `${receiver.url}/callback?of=1`,
    },
  );
  const desk = await server.keyFor('reviewer');
  await done(desk, 'POST /queues/default/claim', { limit: 1 });
  expect(receiver.received).toEqual([]);
  await done(desk, `POST /cases/${made.case_id}/answers`, {
    epoch: 1,
    values: { verdict: 'approve' },
  });
  await until(() => receiver.received.length === 2);
  for (const [path, secret] of [
    ['/decided', webhook.secret],
    ['/callback?of=1', callback.secret],
  ] as const) {
    const [got] = receiver.at(path);
    const message = new Verifier(secret).verify(
      got?.body ?? '',
      got?.headers as Record<string, string>,
    ) as WebhookMessage;
    expect(message).toMatchObject({
      specversion: '1.0',
      source: `urn:wheelhouse:${server.workspace_id}`,
      type: 'output.decided',
      subject: made.id,
      data: {
        event: { type: 'output.decided', data: { status: 'approved', gate: 'replies' } },
        output: {
          id: made.id,
          content: { text: 'grüß dich 👋' },
          outcome: { status: 'approved' },
        },
      },
    });
    expect(message.id).toBe(message.data.event.cursor);
    // Never what only the server may know.
    expect(got?.body).not.toMatch(/salt|callback_url/);
  }
});

test('[D3] [D8] a rotated secret signs beside the new one for a day; a new address gets its own', async () => {
  const webhook = await hook('/signed');
  const rotated = (await admin.call<{ secret: string }>(`POST /webhooks/${webhook.id}/secret`))
    .body;
  expect(rotated.secret).not.toBe(webhook.secret);
  await happen('one');
  await until(async () => (await log(webhook))[0]?.state === 'delivered');
  const verifies = (secret: string, at = receiver.received.length - 1) => {
    const got = receiver.received[at];
    const signature = String(got?.headers['webhook-signature']).split(' ');
    const when = new Date(Number(got?.headers['webhook-timestamp']) * 1_000);
    return signature.includes(new Verifier(secret).sign(got?.id ?? '', when, got?.body ?? ''));
  };
  expect([verifies(webhook.secret), verifies(rotated.secret)]).toEqual([true, true]);
  time.advance(25 * hour);
  await happen('two');
  await until(() => receiver.at('/signed').length === 2);
  expect([verifies(webhook.secret), verifies(rotated.secret)]).toEqual([false, true]);

  const same = await admin.call<{ secret?: string }>(`PATCH /webhooks/${webhook.id}`, {
    description: 'ours',
    url: `${receiver.url}/signed`,
  });
  expect(same.body.secret).toBeUndefined();
  const moved = await admin.call<{ secret: string }>(`PATCH /webhooks/${webhook.id}`, {
    url: `${receiver.url}/elsewhere`,
  });
  await happen('three');
  await until(() => receiver.at('/elsewhere').length === 1);
  expect([rotated.secret, webhook.secret].some((secret) => verifies(secret))).toBe(false);
  expect(verifies(moved.body.secret)).toBe(true);
  const listed = await admin.call('GET /webhooks');
  expect(JSON.stringify(listed.body)).not.toContain('whsec_');
});

test('[D2] what waits for a webhook that is turned off ends dead, and is sent again when asked', async () => {
  const webhook = await hook('/error');
  await happen('first');
  await until(async () => (await log(webhook))[0]?.attempts.length);
  await done(admin, `PATCH /webhooks/${webhook.id}`, { enabled: false });
  const dead = await until(async () => (await log(webhook)).find(({ state }) => state === 'dead'));
  expect(dead.attempts.at(-1)).toMatchObject({ fault: 'the webhook is off', status: null });
  const off = await admin.call(`POST /deliveries/${dead.id}/redeliver`);
  expect(off).toMatchObject({ status: 409, body: { code: 'webhook_off' } });
  await done(admin, `PATCH /webhooks/${webhook.id}`, {
    enabled: true,
    url: `${receiver.url}/well`,
  });
  const again = await admin.call<Delivery>(`POST /deliveries/${dead.id}/redeliver`);
  expect(again).toMatchObject({ status: 200, body: { id: dead.id, state: 'waiting' } });
  const sent = await until(async () =>
    (await log(webhook)).find(({ state }) => state === 'delivered'),
  );
  expect(sent.id).toBe(dead.id);
  expect(sent.url).toBe(`${receiver.url}/well`);
  expect(sent.attempts.map(({ number }) => number)).toEqual(sent.attempts.map((_, at) => at + 1));
  expect(receiver.at('/well').map(({ id }) => id)).toEqual([dead.id]);
  await done(admin, `DELETE /webhooks/${webhook.id}`);
  expect(await admin.call(`GET /webhooks/${webhook.id}/deliveries`)).toMatchObject({ status: 404 });
});

test('[D2] dead endpoints that hear of dead deliveries do not feed each other', async () => {
  const first = await hook('/gone', ['queue.changed', 'delivery.died', 'delivery.retried']);
  const second = await hook('/gone-too', ['queue.changed', 'delivery.died', 'delivery.retried']);
  behaviours['/gone-too'] = (response) => response.writeHead(500).end();
  await happen('first');
  await playOut();
  const types = async (webhook: Webhook) =>
    (await log(webhook)).map(({ event_type }) => event_type);
  expect(await types(first)).toEqual(['queue.changed']);
  expect(await types(second)).toEqual(['delivery.died', 'queue.changed']);
  delete behaviours['/gone-too'];
});
