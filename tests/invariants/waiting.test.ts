import type { Chat, Conversation, Transcript } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { serveBeside } from '../../server/src/testing/beside.ts';
import { firstAdmin, newMember, type Person } from '../../server/src/testing/person.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { until } from './until.ts';
import { chatting } from './visitor.ts';

let server: TestServer;
let second: Awaited<ReturnType<typeof serveBeside>>;
let admin: Caller;
let ana: Person;
let ben: Person;
const startSecond = () => serveBeside(server.database_url);
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  // Another looks after the same clocks, and is restarted in the middle.
  second = await startSecond();
  admin = await server.keyFor('admin');
  const first = await firstAdmin(server);
  ana = await newMember(server, first, 'ana.waits@example.com', 'reviewer');
  ben = await newMember(server, first, 'ben.waits@example.com', 'reviewer');
  const waiting = { tell_after_ms: 700, silent_after_ms: 900, silent_grace_ms: 600 };
  await admin.call('PUT /bots/impatient', { title: 'Helper', posture: 'off', waiting });
});
afterAll(async () => {
  await second?.close();
  await server?.stop();
});

async function begin(): Promise<string> {
  const { body } = await admin.call<Conversation>('POST /conversations', { bot: 'impatient' });
  return body.id;
}
const say = (id: string, text = 'hello') =>
  admin.call(`POST /conversations/${id}/messages`, {
    from: 'contact',
    body: { kind: 'text', text },
  });
const read = async (id: string) => (await admin.call<Transcript>(`GET /conversations/${id}`)).body;
const linesIn = async (id: string) =>
  (await read(id)).messages.flatMap(({ body }) => (body.kind === 'line' ? [body.line] : []));
const remindersOf = async (id: string) =>
  (await admin.call<{ rows: unknown[] }>(`GET /audit?subject=${id}&type=conversation.reminded`))
    .body.rows.length;

test('[W10] a member who leaves the customer waiting is reminded, then relieved, and each wait runs anew', async () => {
  const id = await begin();
  await say(id);
  await until(async () => (await read(id)).conversation.hand_off);
  for (let round = 1; round <= 2; round++) {
    const taken = await (round === 1 ? ana : ben).call(`POST /conversations/${id}/take`);
    expect(taken.status).toBe(200);
    await until(async () => (await remindersOf(id)) === round);
    if (round === 1) {
      await second.close();
      second = await startSecond();
    }
    const { conversation } = await until(async () => {
      const now = await read(id);
      return now.conversation.hand_off?.reason === 'silent' ? now : undefined;
    });
    expect(conversation.owner.kind).toBe('queue');
    // Since the customer's own words: a hand-off gives them no new place in time.
    expect(conversation.waiting_since).toBe((await read(id)).messages[0]?.at);
    const told = (await linesIn(id)).filter((line) => line === 'silent').length;
    expect(told).toBe(round);
    // Waiting in the queue again, they are told again.
    const after = (await linesIn(id)).length;
    await until(async () => (await linesIn(id)).slice(after).includes('still_waiting'));
  }
  expect(await remindersOf(id)).toBe(2);
});

test('[W10] a member who answered in time is left alone', async () => {
  const id = await begin();
  await say(id);
  await ana.call(`POST /conversations/${id}/messages`, { body: { kind: 'text', text: 'Hello' } });
  await new Promise((done) => setTimeout(done, 2_500));
  const { conversation } = await read(id);
  expect(conversation.owner.kind).toBe('member');
  expect(await remindersOf(id)).toBe(0);
});

test('[W10] who waits is told with their place, once each time though two servers look', async () => {
  const { by: kim, id } = await chatting(server.url, 'impatient', 'Kim');
  const asked = await kim.call<Chat>(`POST /chat/conversations/${id}/hand-off`);
  expect(asked.body.wait_ms).toBeNull();
  await until(
    async () => (await linesIn(id)).filter((line) => line === 'still_waiting').length > 1,
  );
  const told = (await read(id)).messages.flatMap(({ body, at }) =>
    body.kind === 'line' && body.line === 'still_waiting' ? [{ at, ahead: body.ahead }] : [],
  );
  expect(told[0]?.ahead).toBeGreaterThanOrEqual(0);
  const gap_ms = Date.parse(told[1]?.at ?? '') - Date.parse(told[0]?.at ?? '');
  expect(gap_ms).toBeGreaterThanOrEqual(600);
});

test('[W10] how long people wait is told once enough is known of it', async () => {
  for (let one = 0; one < 5; one++) {
    const id = await begin();
    await say(id);
    await until(async () => (await read(id)).conversation.hand_off);
    expect((await ana.call(`POST /conversations/${id}/take`)).status).toBe(200);
  }
  const { by: lee, id } = await chatting(server.url, 'impatient');
  const asked = await lee.call<Chat>(`POST /chat/conversations/${id}/hand-off`);
  expect(asked.body.wait_ms).toBeGreaterThan(0);
  expect(asked.body.wait_ms).toBeLessThan(60_000);
});

test('[W12] outside their hours the customer is told when people are back, and nobody is late', async () => {
  // A day that is not today, whatever the day: closed now, open within a week.
  const names = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
  const in_three_days = names[(new Date().getUTCDay() + 3) % 7] as string;
  const hours = { zone: 'UTC', weekly: { [in_three_days]: [['09:00', '17:00']] } };
  const waiting = { tell_after_ms: 200, silent_after_ms: 200, silent_grace_ms: 200 };
  const closed = { title: 'Helper', posture: 'off', waiting, hours };
  await admin.call('PUT /bots/closed', closed);
  const { by: kim, id } = await chatting(server.url, 'closed');
  const { body: chat } = await kim.call<Chat>(`POST /chat/conversations/${id}/hand-off`);
  const back_ms = Date.parse(chat.back_at ?? '');
  expect([new Date(back_ms).getUTCHours(), new Date(back_ms).getUTCDay()]).toEqual([
    9,
    names.indexOf(in_three_days),
  ]);
  const { conversation, messages } = await read(id);
  expect(messages.at(-1)?.body).toMatchObject({ line: 'handed_off', back_at: chat.back_at });
  // Its case ends a quarter of an hour after people are back, not in the night.
  const asked = await admin.call<{ due_at: string }>(
    `GET /cases/${conversation.hand_off?.case_id}`,
  );
  expect(Date.parse(asked.body.due_at) - back_ms).toBe(15 * 60_000);
  await new Promise((done) => setTimeout(done, 2_500));
  expect(await linesIn(id)).toEqual(['handed_off']);
});

test('[W12] hours that make no sense are refused at their field', async () => {
  const hours = { zone: 'Nowhere/Land', weekly: { mon: [['17:00', '09:00']] } };
  const refused = await admin.call('PUT /bots/odd', { hours });
  expect([refused.status, refused.body.errors?.map(({ field }) => field)]).toEqual([
    422,
    ['hours.zone', 'hours.weekly.mon.0'],
  ]);
});
