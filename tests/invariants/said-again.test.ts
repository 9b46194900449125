import type { ChatTranscript, Conversation, Message, Transcript } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { firstAdmin, newMember, type Person } from '../../server/src/testing/person.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { chatting } from './visitor.ts';

let server: TestServer;
let admin: Caller;
let rita: Person;
let roy: Person;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  admin = await server.keyFor('admin');
  const ana = await firstAdmin(server);
  rita = await newMember(server, ana, 'rita@example.com', 'reviewer');
  roy = await newMember(server, ana, 'roy@example.com', 'reviewer');
  await admin.call('PUT /bots/default', { title: 'Helper' });
  await admin.call('PUT /bots/other', { title: 'Other' });
});
afterAll(() => server?.stop());

let made = 0;
const newId = (noun: string) => `${noun}_0000000000${String(++made).padStart(16, '0')}`;
const secret = { kind: 'text', text: 'never tell them' };

test('[W2] an id names one message of one author to the same readers, and nobody else meets it', async () => {
  const kim = await chatting(server.url, 'default', 'Kim');
  const id = newId('msg');
  const path = `POST /conversations/${kim.id}/messages`;
  const note = { id, audience: 'team', body: secret };
  const first = await rita.call<Message>(path, note);
  expect(first.status).toBe(201);
  // Whoever wrote it meets it; said to the customer it would be another message.
  expect((await rita.call<Message>(path, note)).body.seq).toBe(first.body.seq);
  const others = [
    await rita.call(path, { id, body: secret }),
    await roy.call(path, note),
    await admin.call(path, { id, from: 'contact', body: secret }),
    await kim.by.call(`POST /chat/conversations/${kim.id}/messages`, { id, body: secret }),
  ];
  expect(others.map(({ status, body }) => [status, body.code])).toEqual(
    others.map(() => [409, 'id_taken']),
  );
  expect(JSON.stringify(others)).not.toContain('never tell');
  const read = (await kim.by.call<ChatTranscript>(`GET /chat/conversations/${kim.id}`)).body;
  expect(JSON.stringify(read)).not.toContain('never tell');
});

test('[W2] a conversation’s id met with another customer, bot or channel is refused', async () => {
  const id = newId('conv');
  const body = {
    id,
    bot: 'default',
    channel: 'mail',
    contact: { external_id: 'kim', name: 'Kim' },
  };
  const begin = (more: object) =>
    admin.call<Conversation>('POST /conversations', { ...body, ...more });
  expect((await begin({})).status).toBe(201);
  // What is known of the customer may have changed meanwhile.
  expect((await begin({ contact: { external_id: 'kim', name: 'Kimberley' } })).body.id).toBe(id);
  for (const more of [
    { contact: { external_id: 'lee' } },
    { contact: {} },
    { bot: 'other' },
    { channel: 'chat' },
  ]) {
    const { status, body: refused } = await begin(more);
    expect([status, refused.code]).toEqual([409, 'id_taken']);
  }
});

test('[W2] of many who begin one conversation at once one does, and all are told of it', async () => {
  const id = newId('conv');
  const begin = () =>
    admin.call<Conversation>('POST /conversations', { id, contact: { name: 'Kim' } });
  const begun = await Promise.all(Array.from({ length: 20 }, begin));
  expect(new Set(begun.map(({ status }) => status))).toEqual(new Set([201]));
  expect(new Set(begun.map(({ body }) => body.contact.id)).size).toBe(1);
  const log = await admin.call<{ rows: { type: string }[] }>(`GET /audit?subject=${id}`);
  expect(log.body.rows.filter(({ type }) => type === 'conversation.opened')).toHaveLength(1);
});

test('[W2] a message takes nothing that it would not keep', async () => {
  const { id } = await chatting(server.url);
  const sent = await admin.call(`POST /conversations/${id}/messages`, {
    from: 'contact',
    body: { kind: 'text', text: 'hello' },
    metadata: { ticket: 7 },
  });
  expect(sent.status).toBe(422);
  expect(sent.body.errors?.[0]?.field).toBe('metadata');
  const read = (await admin.call<Transcript>(`GET /conversations/${id}`)).body;
  expect(read.messages).toEqual([]);
});
