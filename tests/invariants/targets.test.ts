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
const targets = { first_reply_ms: 12_000, next_reply_ms: 600_000, resolution_ms: 900_000 };
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
  expect([Date.parse(handed.due_at ?? '') - since, handed.due_for]).toEqual([
    12_000,
    'first_reply',
  ]);
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
});

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

test('[W30] what a bot promises now holds for those who wait already, and what it promises no more does not', async () => {
  const { body: bot } = await admin.call<{ definition: object }>('GET /bots/prompt');
  const promise = (name: string, promised: object | undefined) =>
    admin.call(`PUT /bots/${name}`, { ...bot.definition, targets: promised });
  await promise('later', undefined);
  const opened = { bot: 'later' };
  const { body } = await admin.call<Conversation>('POST /conversations', opened);
  await say(body.id);
  const waiting = await until(async () => {
    const now = await read(body.id);
    return now.hand_off ? now : undefined;
  });
  expect(waiting.due_at).toBeNull();
  const since = Date.parse(waiting.waiting_since ?? '');
  const due = (ms: number | null) =>
    until(async () => {
      const { due_at } = await read(body.id);
      const now = due_at === null ? null : Date.parse(due_at) - since;
      return now === ms ? [now] : undefined;
    });
  await promise('later', { first_reply_ms: 600_000 });
  expect(await due(600_000)).toEqual([600_000]);
  await promise('later', { first_reply_ms: 300_000, resolution_ms: 900_000 });
  expect(await due(300_000)).toEqual([300_000]);
  await promise('later', undefined);
  expect(await due(null)).toEqual([null]);
  // A promise that is broken as soon as it is made is on record once.
  await promise('later', { first_reply_ms: 1 });
  await until(async () => (await breachesOf(body.id)).length);
  await promise('later', { first_reply_ms: 2 });
  expect(await due(2)).toEqual([2]);
  expect(await breachesOf(body.id)).toHaveLength(1);
  const changes = await admin.call<{ rows: Event[] }>(
    `GET /audit?subject=${body.id}&type=conversation.changed`,
  );
  expect(changes.body.rows.map(({ data }) => data.changed)).toContainEqual(['due_at']);
});
