import type { Chat, ChatMessage, ChatTranscript, Conversation } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { firstAdmin, newMember, type Person } from '../../server/src/testing/person.ts';
import {
  type Caller,
  caller,
  startServer,
  type TestServer,
} from '../../server/src/testing/start.ts';
import { chatStream } from './chat-stream.ts';
import { chatting } from './visitor.ts';

let server: TestServer;
let admin: Caller;
let ana: Person;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  admin = await server.keyFor('admin');
  ana = await newMember(server, await firstAdmin(server), 'rita@example.com', 'reviewer');
  await admin.call('PUT /bots/default', { title: 'Helper', greeting: 'Hello!' });
});
afterAll(() => server?.stop());

const visit = (name = 'Kim') => chatting(server.url, 'default', name);

test('[W8] a customer is told what is said to them, live, and nothing that is the team’s alone', async () => {
  const { by: kim, id, say } = await visit();
  const stream = await chatStream(server.url, kim.key, id);
  await say('hello there');
  await ana.call(`POST /conversations/${id}/messages`, {
    audience: 'team',
    body: { kind: 'text', text: 'a secret note' },
  });
  await ana.call(`POST /conversations/${id}/messages`, {
    body: { kind: 'text', text: 'Hello Kim' },
  });
  await stream.until(
    (told) =>
      told.some(({ messages }) => messages.some(({ author_kind }) => author_kind === 'member')) &&
      told.at(-1)?.chat.owner?.kind === 'member',
  );
  const all = stream.told();
  await stream.close();
  expect(JSON.stringify(all)).not.toContain('secret');
  expect(all.at(-1)?.chat.owner).toEqual({ kind: 'member', name: 'rita' });
  const read = (await kim.call<ChatTranscript>(`GET /chat/conversations/${id}`)).body;
  const live = all.flatMap(({ messages }) => messages);
  expect(live.map(({ seq }) => seq)).toEqual(read.messages.map(({ seq }) => seq));
  expect(live).toEqual(read.messages);
});

test('[S3] a visitor reaches nobody else’s conversation, and no address of the team’s', async () => {
  const [{ id, say }, { by: lee }] = [await visit(), await visit('Lee')];
  await say('mine');
  for (const what of [
    `GET /chat/conversations/${id}`,
    `GET /chat/conversations/${id}/stream`,
    `POST /chat/conversations/${id}/hand-off`,
  ]) {
    expect((await lee.call(what)).status).toBe(404);
  }
  const intruder = { body: { kind: 'text', text: 'intruder' } };
  const said = await lee.call(`POST /chat/conversations/${id}/messages`, intruder);
  expect(said.status).toBe(404);
  for (const what of [
    'GET /conversations',
    `GET /conversations/${id}`,
    'GET /outputs',
    'GET /me',
  ]) {
    expect((await lee.call(what)).status).toBe(401);
  }
  const stranger = caller(server.url, 'wv_'.padEnd(51, '0'));
  expect((await stranger.call('GET /chat/conversations')).status).toBe(401);
});

test('[S14] choices are offered by the team and its bots: a customer’s own are refused, and nothing of them is said', async () => {
  const { by: kim, id } = await visit();
  const send = (by: Caller, body: object, chat = '/chat') =>
    by.call<{ errors?: { field: string }[] }>(`POST ${chat}/conversations/${id}/messages`, {
      body,
    });
  const buttons = { kind: 'buttons', text: 'Approve?', buttons: [{ label: 'Yes' }] };
  for (const body of [buttons, { kind: 'card', title: 'Refund', buttons: [{ label: 'Pay' }] }]) {
    const refused = await send(kim, body);
    expect([refused.status, refused.body.errors?.[0]?.field]).toEqual([422, 'body.kind']);
    expect((await send(ana, body, '')).status).toBe(201);
  }
  const place = { kind: 'location', latitude: 48.1, longitude: 11.6 };
  expect((await send(kim, place)).status).toBe(201);
  const { messages } = (await kim.call<ChatTranscript>(`GET /chat/conversations/${id}`)).body;
  const kinds = messages.map(({ author_kind, body }) => `${author_kind} ${body.kind}`);
  expect(kinds.filter((one) => !one.startsWith('system'))).toEqual([
    'member buttons',
    'member card',
    'contact location',
  ]);
});

test('[W7] a button asks for a person, and tells how many wait before', async () => {
  const [{ by: kim, ...first }, { by: lee, ...second }] = [await visit(), await visit('Lee')];
  const ids = [first.id, second.id] as const;
  await first.say('hi');
  await kim.call(`POST /chat/conversations/${ids[0]}/hand-off`);
  const asked = await lee.call<Chat>(`POST /chat/conversations/${ids[1]}/hand-off`);
  expect(asked.body).toMatchObject({ owner: { kind: 'queue' } });
  expect(asked.body.ahead).toBeGreaterThanOrEqual(1);
  const again = await lee.call<Chat>(`POST /chat/conversations/${ids[1]}/hand-off`);
  expect(again.status).toBe(200);
  const seen = await admin.call<{ conversation: Conversation }>(`GET /conversations/${ids[1]}`);
  expect(seen.body.conversation.hand_off?.case_id).toMatch(/^case_/);
});

test('[S6] whoever comes says who they are by known fields, and only from pages that the bot allows', async () => {
  const nobody = caller(server.url, '');
  for (const [field, body] of Object.entries({
    bot: { bot: 'No Name' },
    'contact.email': { contact: { email: 'nowhere' } },
    'contact.external_id': { contact: { external_id: 'someone-else' } },
    workspace_id: { workspace_id: 'ws_1' },
  })) {
    const reply = await nobody.call('POST /chat/visitors', body);
    expect([field, reply.status, reply.body.errors?.[0]?.field]).toEqual([field, 422, field]);
  }
  expect((await nobody.call('POST /chat/visitors', { bot: 'nobody' })).status).toBe(404);
  await admin.call('PUT /bots/fenced', { origins: ['https://shop.example'] });
  const from = (origin: string) =>
    nobody.call('POST /chat/visitors', { bot: 'fenced' }, { origin });
  expect((await from('https://elsewhere.example')).status).toBe(403);
  const welcome = await from('https://shop.example');
  expect(welcome.status).toBe(201);
  expect(welcome.headers.get('access-control-allow-origin')).toBe('*');
});

test('[W2] a message that is sent again meets itself', async () => {
  const { by: kim, id } = await visit();
  const body = { id: 'msg_0123456789abcdefghjkmnpqrs', body: { kind: 'text', text: 'once' } };
  const send = () => kim.call<ChatMessage>(`POST /chat/conversations/${id}/messages`, body);
  const sent = await Promise.all(Array.from({ length: 20 }, send));
  expect(new Set(sent.map(({ status }) => status))).toEqual(new Set([201]));
  expect(new Set(sent.map(({ body: { seq } }) => seq)).size).toBe(1);
  const other = { ...body, body: { kind: 'text', text: 'twice' } };
  expect((await kim.call(`POST /chat/conversations/${id}/messages`, other)).body.code).toBe(
    'id_taken',
  );
});
