import type { Chat, ChatTranscript, Transcript } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { firstAdmin, type Person } from '../../server/src/testing/person.ts';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';
import { type Chatting, chatting } from './visitor.ts';

let server: TestServer;
let ana: Person;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  ana = await firstAdmin(server);
  await ana.call('PUT /bots/default', { title: 'Helper', posture: 'off' });
});
afterAll(() => server?.stop());

/** How far it has come, as the desk sees it. */
async function reach(id: string) {
  const { conversation } = (await ana.call<Transcript>(`GET /conversations/${id}`)).body;
  const { seq, customer_delivered_seq: delivered, customer_read_seq: read } = conversation;
  return { seq, delivered, read };
}
const tell = async ({ by, id }: Chatting, body: object) =>
  (await by.call(`POST /chat/conversations/${id}/read`, body)).status;
const answer = (id: string, text: string) =>
  ana.call(`POST /conversations/${id}/messages`, { body: { kind: 'text', text } });

test('[W98] what has come to the customer’s browser is known apart from what they read, never beyond what was said and never back', async () => {
  const kim = await chatting(server.url);
  const { by, id } = kim;
  await kim.say('Is anybody there?');
  await answer(id, 'I am.');
  const { seq, read } = await reach(id);
  expect(read).toBeLessThan(seq);
  // A customer's own word says that they have what came before it, and no more.
  expect(await reach(id)).toEqual({ seq, delivered: read, read });

  expect(await tell(kim, { delivered_seq: seq })).toBe(204);
  expect(await reach(id)).toEqual({ seq, delivered: seq, read });
  await tell(kim, { delivered_seq: 1 });
  expect(await reach(id)).toEqual({ seq, delivered: seq, read });
  await answer(id, 'What is it?');
  expect(await reach(id)).toEqual({ seq: seq + 1, delivered: seq, read });
  // What was read has come.
  await tell(kim, { seq: seq + 1 });
  expect(await reach(id)).toEqual({ seq: seq + 1, delivered: seq + 1, read: seq + 1 });
  await tell(kim, { seq: 900, delivered_seq: 1_000_000 });
  expect(await reach(id)).toEqual({ seq: seq + 1, delivered: seq + 1, read: seq + 1 });

  for (const body of [{}, { seq: -1 }, { delivered_seq: 1.5 }, { delivered_seq: '3' }]) {
    expect(await tell(kim, body)).toBe(422);
  }
  const lee = await chatting(server.url);
  const other = lee.by.call(`POST /chat/conversations/${id}/read`, { delivered_seq: 1 });
  expect((await other).status).toBe(404);
  // It is of no effect on who has the wheel, who waits, and what the customer is told.
  const chat = async (): Promise<Chat> =>
    (await by.call<ChatTranscript>(`GET /chat/conversations/${id}`)).body.chat;
  await answer(id, 'Well?');
  const before = await chat();
  await tell(kim, { delivered_seq: seq + 2 });
  expect(await chat()).toEqual(before);
  expect(await reach(id)).toEqual({ seq: seq + 2, delivered: seq + 2, read: seq + 1 });
  // Who reads some of what has come has all of it still.
  for (const text of ['One.', 'Two.']) await answer(id, text);
  await tell(kim, { delivered_seq: seq + 4 });
  await tell(kim, { seq: seq + 3 });
  expect(await reach(id)).toEqual({ seq: seq + 4, delivered: seq + 4, read: seq + 3 });
});

test('[W98] [W35] of two conversations that are merged each keeps how far it has come, under its own numbers', async () => {
  const kim = await chatting(server.url);
  await kim.say('the first matter');
  for (const text of ['one', 'two', 'three', 'four']) await answer(kim.id, text);
  const from = await reach(kim.id);
  await tell(kim, { delivered_seq: from.seq });
  const made = await kim.by.call<{ id: string }>('POST /chat/conversations', { bot: 'default' });
  const into = made.body.id;
  const body = { body: { kind: 'text', text: 'the second matter' } };
  await kim.by.call(`POST /chat/conversations/${into}/messages`, body);
  const before = await reach(into);
  expect(before.seq).toBeLessThan(from.seq);

  expect((await ana.call(`POST /conversations/${kim.id}/merge`, { into })).status).toBe(200);
  expect(await reach(kim.id)).toMatchObject({ seq: from.seq + 1, delivered: from.seq });
  const merged = await reach(into);
  expect(merged.delivered).toBe(before.delivered);
  expect(merged.seq).toBeGreaterThan(merged.delivered);
  // A browser that has not heard of it yet tells of the one under the numbers of that one.
  await tell(kim, { delivered_seq: from.seq + 1 });
  expect(await reach(kim.id)).toMatchObject({ delivered: from.seq + 1 });
  expect(await reach(into)).toEqual(merged);
  await tell({ ...kim, id: into }, { delivered_seq: from.seq + 1 });
  expect(await reach(into)).toMatchObject({ seq: merged.seq, delivered: merged.seq });
});
