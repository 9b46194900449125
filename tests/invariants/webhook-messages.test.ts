import { hour, type OutputLife, type WebhookMessage } from '@wheelhouse/core';
import { Webhook as Verifier } from 'standardwebhooks';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { serveBeside } from '../../server/src/testing/beside.ts';
import { done, type Sender, startSender } from './sender.ts';
import { until } from './until.ts';

let sender: Sender;
beforeEach(async () => {
  sender = await startSender();
});
afterEach(() => sender?.stop());

test('[D1] a webhook hears of what happened since it was made, and only of what it asked for', async () => {
  await sender.happen('before');
  const some = await sender.hook('/some', ['queue.changed', 'gate.changed']);
  const all = await sender.hook('/all', []);
  await sender.happen('after');
  await until(() => sender.receiver.at('/all').length >= 2 && sender.receiver.at('/some').length);
  const told = (path: string) =>
    sender.receiver.at(path).map(({ body }) => {
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
    await serveBeside(sender.server.database_url, allowed, sender.time.ports),
    await serveBeside(sender.server.database_url, allowed, sender.time.ports),
  ];
  try {
    await sender.hook('/a', ['output.submitted']);
    await sender.hook('/b', ['output.submitted']);
    await done(sender.admin, 'PUT /gates/notes', {
      title: 'Notes',
      policy: { mode: 'threshold', threshold: 0.5 },
    });
    const sent = await Promise.all(
      Array.from({ length: 150 }, (_, n) =>
        sender.admin.call<{ id: string }>('POST /gates/notes/outputs', {
          content: { n },
          confidence: 1,
        }),
      ),
    );
    const ids = sent.map(({ body }) => body.id).sort();
    // One delivery each: sent again, which may be, it would come under the same id.
    const subjects = (path: string) => {
      const by_id = new Map(sender.receiver.at(path).map(({ id, body }) => [id, body]));
      return [...by_id.values()].map((body) => (JSON.parse(body) as WebhookMessage).subject).sort();
    };
    await until(() => subjects('/a').length === 150 && subjects('/b').length === 150);
    expect(subjects('/a')).toEqual(ids);
    expect(subjects('/b')).toEqual(ids);
    expect(new Set(sender.receiver.received.map(({ id }) => id)).size).toBe(300);
  } finally {
    for (const one of more) await one.close();
  }
});

test('[C10] a webhook is not told what the AI said while people decide without it', async () => {
  await sender.hook('/shadow', ['output.submitted']);
  await done(sender.admin, 'PUT /gates/shadowed', { policy: { mode: 'shadow' } });
  const content = 'the-hidden-answer';
  await sender.admin.call('POST /gates/shadowed/outputs', { input: 'a lamp', content });
  await until(() => sender.receiver.at('/shadow').length);
  const [message] = sender.receiver.at('/shadow');
  expect(message?.body).toContain('a lamp');
  expect(message?.body).not.toMatch(/hidden|in_shadow/);
});

test('[D3] [K20] a decided output is told to its callback and to webhooks, signed, with its outcome', async () => {
  const webhook = await sender.hook('/decided', ['output.decided']);
  const { body: callback } = await sender.admin.call<{ secret: string }>('POST /callback-secret');
  await done(sender.admin, 'PUT /gates/replies', {
    title: 'Replies',
    policy: { mode: 'threshold', threshold: 0.5 },
  });
  const { body: made } = await sender.admin.call<{ id: string; case_id: string }>(
    'POST /gates/replies/outputs',
    {
      content: { text: 'grüß dich 👋' },
      callback_url: `${sender.receiver.url}/callback?of=1`,
    },
  );
  const desk = await sender.server.keyFor('reviewer');
  await done(desk, 'POST /queues/default/claim', { limit: 1 });
  expect(sender.receiver.received).toEqual([]);
  await done(desk, `POST /cases/${made.case_id}/answers`, {
    epoch: 1,
    values: { verdict: 'approve' },
  });
  await until(() => sender.receiver.received.length === 2);
  for (const [path, secret] of [
    ['/decided', webhook.secret],
    ['/callback?of=1', callback.secret],
  ] as const) {
    const [got] = sender.receiver.at(path);
    const message = new Verifier(secret).verify(
      got?.body ?? '',
      got?.headers as Record<string, string>,
    ) as WebhookMessage;
    expect(message).toMatchObject({
      specversion: '1.0',
      source: `urn:wheelhouse:${sender.server.workspace_id}`,
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
  // Its life says how far they were told, to anyone who may read it, and keeps the addresses.
  const viewer = await sender.server.keyFor('viewer');
  const life = await until(async () => {
    const { body } = await viewer.call<OutputLife>(`GET /outputs/${made.id}/life`);
    return body.deliveries.every(({ state }) => state === 'delivered') ? body : undefined;
  });
  const { host } = new URL(sender.receiver.url);
  const decided = life.events.find(({ type }) => type === 'output.decided');
  const told = { cursor: decided?.cursor, host, state: 'delivered', attempts: 1, fault: null };
  expect(life.deliveries.map(({ callback }) => callback).sort()).toEqual([false, true]);
  expect(life.deliveries).toMatchObject([told, told]);
  expect(JSON.stringify(life.deliveries)).not.toMatch(/of=1|whsec|\/decided/);
});

test('[C16] [D1] a correction is told to webhooks and to the callback, with both decisions', async () => {
  await sender.hook('/corrected', ['output.corrected', 'case.corrected']);
  await done(sender.admin, 'PUT /gates/replies', { policy: { mode: 'always' } });
  const made = await done<{ id: string; case_id: string }>(
    await sender.server.keyFor('builder'),
    'POST /gates/replies/outputs',
    { content: 'hello', callback_url: `${sender.receiver.url}/callback` },
  );
  const reviewer = await sender.server.keyFor('reviewer');
  await done(reviewer, `POST /cases/${made.case_id}/answers`, { values: { verdict: 'approve' } });
  await done(sender.admin, `POST /cases/${made.case_id}/corrections`, {
    values: { verdict: 'reject' },
    reason: 'wrong customer',
  });
  await until(() => sender.receiver.received.length === 4);
  const told = (path: string) =>
    sender.receiver
      .at(path)
      .map(({ body }) => JSON.parse(body) as WebhookMessage)
      .sort((a, b) => (a.type < b.type ? 1 : -1));
  expect(told('/callback').map(({ type }) => type)).toEqual(['output.decided', 'output.corrected']);
  expect(told('/corrected').map(({ type }) => type)).toEqual([
    'output.corrected',
    'case.corrected',
  ]);
  expect(told('/callback')[1]).toMatchObject({
    data: {
      event: { data: { was: 'approved', status: 'rejected', claimed: false } },
      output: {
        outcome: {
          status: 'rejected',
          reason: 'wrong customer',
          earlier: [{ status: 'approved', by: reviewer.id }],
        },
      },
    },
  });
});

test('[D3] [D8] a rotated secret signs beside the new one for a day; a new address gets its own', async () => {
  const webhook = await sender.hook('/signed');
  const rotated = (
    await sender.admin.call<{ secret: string }>(`POST /webhooks/${webhook.id}/secret`)
  ).body;
  expect(rotated.secret).not.toBe(webhook.secret);
  await sender.happen('one');
  await until(async () => (await sender.log(webhook))[0]?.state === 'delivered');
  const verifies = (secret: string, at = sender.receiver.received.length - 1) => {
    const got = sender.receiver.received[at];
    const signature = String(got?.headers['webhook-signature']).split(' ');
    const when = new Date(Number(got?.headers['webhook-timestamp']) * 1_000);
    return signature.includes(new Verifier(secret).sign(got?.id ?? '', when, got?.body ?? ''));
  };
  expect([verifies(webhook.secret), verifies(rotated.secret)]).toEqual([true, true]);
  sender.time.advance(25 * hour);
  await sender.happen('two');
  await until(() => sender.receiver.at('/signed').length === 2);
  expect([verifies(webhook.secret), verifies(rotated.secret)]).toEqual([false, true]);

  const same = await sender.admin.call<{ secret?: string }>(`PATCH /webhooks/${webhook.id}`, {
    description: 'ours',
    url: `${sender.receiver.url}/signed`,
  });
  expect(same.body.secret).toBeUndefined();
  const moved = await sender.admin.call<{ secret: string }>(`PATCH /webhooks/${webhook.id}`, {
    url: `${sender.receiver.url}/elsewhere`,
  });
  await sender.happen('three');
  await until(() => sender.receiver.at('/elsewhere').length === 1);
  expect([rotated.secret, webhook.secret].some((secret) => verifies(secret))).toBe(false);
  expect(verifies(moved.body.secret)).toBe(true);
  const listed = await sender.admin.call('GET /webhooks');
  expect(JSON.stringify(listed.body)).not.toContain('whsec_');
});
