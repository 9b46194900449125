import type {
  Chat,
  ChatTranscript,
  OutputLife,
  Page,
  Rating,
  Thumb,
  Transcript,
} from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { firstAdmin, type Person } from '../../server/src/testing/person.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { until } from './until.ts';
import { type Chatting, chatting } from './visitor.ts';

let server: TestServer;
let admin: Caller;
let ana: Person;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  admin = await server.keyFor('admin');
  ana = await firstAdmin(server);
  await admin.call('PUT /bots/default', { title: 'Helper' });
});
afterAll(() => server?.stop());

/** What the bot said to a greeting. */
async function greeted({ by, id, say }: Chatting) {
  await say('hello');
  return until(async () => {
    const { body } = await by.call<ChatTranscript>(`GET /chat/conversations/${id}`);
    return body.messages.find(({ author_kind }) => author_kind === 'bot');
  });
}
const transcript = async (id: string) =>
  (await admin.call<Transcript>(`GET /conversations/${id}`)).body;

test('[W54] a thumb on a reply is feedback on its output, is changed by a second, and told to the desk', async () => {
  const chat = await chatting(server.url, 'default', 'Kim');
  const { by, id } = chat;
  const reply = await greeted(chat);
  expect(reply.thumb).toBeNull();
  const address = `PUT /chat/conversations/${id}/messages/${reply.id}/thumb`;
  const down = { up: false, comment: ' Not what I asked. ' };
  const given = await Promise.all([1, 2, 3].map(() => by.call<Thumb>(address, down)));
  expect(given.map(({ status }) => status)).toEqual([200, 200, 200]);
  const life = async () =>
    (await admin.call<OutputLife>(`GET /outputs/${reply.output_id}/life`)).body;
  const thumbs = [{ kind: 'thumb', up: false, comment: 'Not what I asked.' }];
  expect((await life()).feedback.map(({ feedback }) => feedback)).toEqual(thumbs);
  expect((await transcript(id)).thumbs).toMatchObject([
    { output_id: reply.output_id, up: false, comment: 'Not what I asked.' },
  ]);
  await by.call(address, { up: true });
  const { events, feedback } = await life();
  expect(feedback.at(-1)).toMatchObject({ by: chat.contact_id, feedback: { up: true } });
  const told = events.filter(({ type }) => type === 'output.feedback_given');
  expect(told.map(({ actor_name }) => actor_name)).toEqual(['The customer', 'The customer']);
  expect((await transcript(id)).thumbs).toMatchObject([{ up: true, comment: null }]);
  const { body } = await by.call<ChatTranscript>(`GET /chat/conversations/${id}`);
  expect(body.messages.find((one) => one.id === reply.id)?.thumb).toMatchObject({ up: true });
});

test('[W54] nobody else’s reply, and nothing that no AI said, takes a thumb', async () => {
  const chat = await chatting(server.url, 'default', 'Kim');
  const reply = await greeted(chat);
  const lee = await chatting(server.url, 'default', 'Lee');
  const up = { up: true };
  const elsewhere = `PUT /chat/conversations/${chat.id}/messages/${reply.id}/thumb`;
  expect((await lee.by.call(elsewhere, up)).status).toBe(404);
  const mixed = `PUT /chat/conversations/${lee.id}/messages/${reply.id}/thumb`;
  expect((await lee.by.call(mixed, up)).status).toBe(404);
  const own = (await lee.say('mine')).body.id;
  expect(
    (await lee.by.call(`PUT /chat/conversations/${lee.id}/messages/${own}/thumb`, up)).status,
  ).toBe(404);
  expect((await transcript(chat.id)).thumbs).toEqual([]);
});

test('[W55] a conversation is rated when it has ended, once for each end, and the list of them tells', async () => {
  const chat = await chatting(server.url, 'default', 'Kim');
  const { by, id } = chat;
  await greeted(chat);
  const rate = (score: unknown, comment?: string) =>
    by.call<Chat & { code?: string }>(`PUT /chat/conversations/${id}/rating`, { score, comment });
  expect((await rate(5)).body.code).toBe('not_ended');
  const ended = await by.call<Chat>(`POST /chat/conversations/${id}/resolve`);
  expect(ended.body).toMatchObject({
    state: 'resolved',
    rating: { scale: 'stars', score: null },
  });
  for (const score of [0, 6, 2.5, 'five']) expect((await rate(score)).status).toBe(422);
  await rate(2);
  await rate(4, 'In the end, yes.');
  expect((await rate(4, 'In the end, yes.')).body.rating).toEqual({
    scale: 'stars',
    score: 4,
    comment: 'In the end, yes.',
  });
  await chat.say('one thing more');
  expect((await rate(1)).body.code).toBe('not_ended');
  await ana.call(`POST /conversations/${id}/messages`, {
    body: { kind: 'text', text: 'Here you are.' },
  });
  await ana.call(`POST /conversations/${id}/resolve`);
  await rate(5);
  const { ratings } = await transcript(id);
  const who = ratings.map(({ score, answered_kind }) => [score, answered_kind]);
  expect(who).toEqual([
    [5, 'member'],
    [4, 'bot'],
  ]);
  const first = await admin.call<Page<Rating>>('GET /ratings?bot=default&limit=1');
  expect(first.body.rows).toMatchObject([{ conversation_id: id, score: 5 }]);
  const rest = await admin.call<Page<Rating>>(`GET /ratings?cursor=${first.body.next}`);
  expect(rest.body.rows.map(({ score }) => score)).toEqual([4]);
  expect((await admin.call('GET /ratings?cursor=nothing')).status).toBe(422);
  const lee = await chatting(server.url, 'default', 'Lee');
  expect((await lee.by.call(`PUT /chat/conversations/${id}/rating`, { score: 1 })).status).toBe(
    404,
  );
});

test('[W55] a bot asks by thumbs or not at all, and who ends while they wait is waited for no more', async () => {
  await admin.call('PUT /bots/thumbs', { title: 'Thumbs', asks_rating: 'thumbs' });
  const { by, id, say } = await chatting(server.url, 'thumbs', 'Kim');
  await say('hello');
  await by.call(`POST /chat/conversations/${id}/hand-off`);
  const { hand_off } = (await transcript(id)).conversation;
  await by.call(`POST /chat/conversations/${id}/resolve`);
  expect((await admin.call<{ state: string }>(`GET /cases/${hand_off?.case_id}`)).body.state).toBe(
    'cancelled',
  );
  const rate = (score: number) => by.call<Chat>(`PUT /chat/conversations/${id}/rating`, { score });
  expect((await rate(3)).status).toBe(422);
  expect((await rate(1)).body.rating).toMatchObject({ scale: 'thumbs', score: 1 });

  await admin.call('PUT /bots/silent', { title: 'Silent', asks_rating: 'none' });
  const other = await chatting(server.url, 'silent', 'Lee');
  await other.say('hello');
  const ended = await other.by.call<Chat>(`POST /chat/conversations/${other.id}/resolve`);
  expect(ended.body.rating).toBeNull();
});
