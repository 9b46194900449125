import type { Conversation, Event, Transcript } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { serveBeside } from '../../server/src/testing/beside.ts';
import { firstAdmin, newMember, type Person } from '../../server/src/testing/person.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { until } from './until.ts';

let server: TestServer;
let second: Awaited<ReturnType<typeof serveBeside>>;
let admin: Caller;
let ana: Person;
const startSecond = () => serveBeside(server.database_url);
const targets = { first_reply_ms: 6_000, next_reply_ms: 600_000, resolution_ms: 900_000 };
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  // Another looks for broken promises too, and is restarted in the middle.
  second = await startSecond();
  admin = await server.keyFor('admin');
  ana = await newMember(server, await firstAdmin(server), 'ana.targets@example.com', 'reviewer');
  const waiting = { tell_after_ms: 900_000, silent_after_ms: 900_000, silent_grace_ms: 900_000 };
  await admin.call('PUT /bots/prompt', { title: 'Helper', posture: 'off', waiting, targets });
});
afterAll(async () => {
  await second?.close();
  await server?.stop();
});

const say = (id: string) =>
  admin.call(`POST /conversations/${id}/messages`, {
    from: 'contact',
    body: { kind: 'text', text: 'hello' },
  });
async function begin(): Promise<string> {
  const { body } = await admin.call<Conversation>('POST /conversations', { bot: 'prompt' });
  await say(body.id);
  return body.id;
}
const read = async (id: string) =>
  (await admin.call<Transcript>(`GET /conversations/${id}`)).body.conversation;
const breachesOf = async (id: string) =>
  (await admin.call<{ rows: Event[] }>(`GET /audit?subject=${id}&type=conversation.breached`)).body
    .rows;

test('[W30] a promise runs on over hand-off, taking and transfer, and is broken once for two servers', async () => {
  const id = await begin();
  const handed = await until(async () => {
    const now = await read(id);
    return now.hand_off ? now : undefined;
  });
  const since = Date.parse(handed.waiting_since ?? '');
  expect([Date.parse(handed.due_at ?? '') - since, handed.due_for]).toEqual([6_000, 'first_reply']);
  for (const act of ['take', 'hand-off', 'take']) {
    const { body } = await ana.call<Conversation>(`POST /conversations/${id}/${act}`, {});
    expect(body.due_at).toBe(handed.due_at);
  }
  await until(async () => (await breachesOf(id)).length);
  await second.close();
  second = await startSecond();
  await new Promise((done) => setTimeout(done, 2_500));
  const [breach, ...more] = await breachesOf(id);
  expect(more).toEqual([]);
  expect(breach).toMatchObject({
    actor_kind: 'system',
    data: {
      target: 'first_reply',
      due_at: handed.due_at,
      bot: 'prompt',
      owner: { kind: 'member' },
    },
  });
  expect(await read(id)).toMatchObject({ breached: ['first_reply'], due_at: handed.due_at });
}, 30_000);

test('[W30] an answer ends the wait, the next word begins another, and resolving ends them all', async () => {
  const id = await begin();
  const said = await ana.call(`POST /conversations/${id}/messages`, {
    body: { kind: 'text', text: 'Hello' },
  });
  expect(said.status).toBe(201);
  expect(await read(id)).toMatchObject({ due_at: null, due_for: null, breached: [] });
  await say(id);
  const again = await read(id);
  const since = Date.parse(again.waiting_since ?? '');
  expect([Date.parse(again.due_at ?? '') - since, again.due_for]).toEqual([600_000, 'next_reply']);
  await ana.call(`POST /conversations/${id}/resolve`);
  expect(await read(id)).toMatchObject({ due_at: null, due_for: null, breached: [] });
  await new Promise((done) => setTimeout(done, 1_500));
  expect(await breachesOf(id)).toEqual([]);
});

test('[W30] a target that is none is refused at its field', async () => {
  const refused = await admin.call('PUT /bots/odd', { targets: { next_reply_ms: 0 } });
  expect([refused.status, refused.body.errors?.map(({ field }) => field)]).toEqual([
    422,
    ['targets.next_reply_ms'],
  ]);
});
