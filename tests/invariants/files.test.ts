import type { ChatMessage, Message, SharedFile, Transcript } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { firstAdmin, type Person } from '../../server/src/testing/person.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { asOwner } from './record.ts';
import { until } from './until.ts';
import { type Chatting, chatting } from './visitor.ts';

let server: TestServer;
let admin: Caller;
let ana: Person;
beforeAll(async () => {
  server = await startServer({
    url_pattern: inject('engine'),
    settings: { WHEELHOUSE_FILE_LIMIT: '100000', WHEELHOUSE_FILES_A_CONVERSATION: '3' },
  });
  admin = await server.keyFor('admin');
  ana = await firstAdmin(server);
  await admin.call('PUT /bots/default', { title: 'Helper', posture: 'off' });
});
afterAll(() => server?.stop());

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
type Answer<Body> = {
  status: number;
  body: Body & { code?: string; errors?: { field: string }[] };
};

async function send<Body = ChatMessage>(
  path: string,
  headers: Record<string, string>,
  content: Uint8Array | string,
  { name = 'lamp.png', id }: { name?: string; id?: string } = {},
): Promise<Answer<Body>> {
  const form = new FormData();
  if (id) form.append('id', id);
  form.append('file', new Blob([content as BlobPart]), name);
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method: 'POST',
    headers,
    body: form,
  });
  return { status: response.status, body: (await response.json()) as Answer<Body>['body'] };
}
const bearer = ({ key }: Caller) => ({ authorization: `Bearer ${key}` });
const share = (chat: Chatting, content: Uint8Array | string, more = {}) =>
  send(`/chat/conversations/${chat.id}/files`, bearer(chat.by), content, more);
const fetched = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${server.url}/api/v1${path}`, { headers });
const fileOf = ({ body }: { body: unknown }) => body as SharedFile;

test('[W56] a file is said with its digest and fetched by both sides, and by nobody else', async () => {
  const chat = await chatting(server.url, 'default', 'Kim');
  const sent = await share(chat, png, { name: '..\\secret/lamp "1".png' });
  expect(sent.status).toBe(201);
  const body = fileOf(sent.body);
  expect(body).toMatchObject({
    kind: 'image',
    media_type: 'image/png',
    name: 'lamp 1.png',
    bytes: png.length,
  });
  expect(JSON.stringify(sent.body)).not.toContain('http');
  const told = (await admin.call<Transcript>(`GET /conversations/${chat.id}`)).body;
  expect(told.messages.some((one) => fileOf(one).file_id === body.file_id)).toBe(true);
  const place = `conversations/${chat.id}/files/${body.file_id}`;
  for (const [path, headers] of [
    [`/chat/${place}`, bearer(chat.by)],
    [`/${place}`, bearer(admin)],
  ] as const) {
    const got = await fetched(path, headers);
    expect(got.status).toBe(200);
    expect(Buffer.from(await got.arrayBuffer()).equals(png)).toBe(true);
    expect(got.headers.get('x-content-type-options')).toBe('nosniff');
    expect(got.headers.get('content-disposition')).toMatch(/^attachment;/);
    expect(got.headers.get('content-security-policy')).toContain('sandbox');
    expect(got.headers.get('content-type')).toBe('image/png');
  }
  const lee = await chatting(server.url, 'default', 'Lee');
  expect((await fetched(`/chat/${place}`, bearer(lee.by))).status).toBe(404);
  const elsewhere = `/chat/conversations/${lee.id}/files/${body.file_id}`;
  expect((await fetched(elsewhere, bearer(lee.by))).status).toBe(404);
  expect((await fetched(`/chat/${place}`)).status).toBe(401);
  expect((await fetched(`/${place}`)).status).toBe(401);
});

test('[W56] sent again under its id it is one file; another one under that id is refused', async () => {
  const chat = await chatting(server.url, 'default', 'Kim');
  const id = 'msg_0123456789abcdefghjkmnpqrt';
  const sent = await Promise.all([1, 2, 3, 4].map(() => share(chat, png, { id })));
  expect(sent.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
  expect(new Set(sent.map(({ body }) => fileOf(body.body as never))).size).toBeGreaterThan(0);
  expect(new Set(sent.map(({ body }) => body.seq)).size).toBe(1);
  const count = await asOwner(server.database_url, async (client) => {
    const found = 'select count(*)::int as count from files where conversation_id = $1';
    return (await client.query<{ count: number }>(found, [chat.id])).rows[0]?.count;
  });
  expect(count).toBe(1);
  expect((await share(chat, 'another', { id })).body.code).toBe('id_taken');
});

test('[W56] kind, size and number are what the settings say, and a kind is what the bytes say', async () => {
  const chat = await chatting(server.url, 'default', 'Kim');
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  const drawing = await share(chat, svg, { name: 'drawing.svg' });
  expect(fileOf(drawing.body)).toMatchObject({ kind: 'file', media_type: 'text/plain' });
  for (const [what, content] of Object.entries({
    nothing: '',
    program: new Uint8Array([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0]),
  })) {
    const refused = await share(chat, content, { name: 'lamp.png' });
    expect([what, refused.status, refused.body.errors?.[0]?.field]).toEqual([what, 422, 'file']);
  }
  expect((await share(chat, 'a'.repeat(100_001))).status).toBe(413);
  expect((await share(chat, 'a'.repeat(400_000))).status).toBe(413);
  await share(chat, 'two');
  await share(chat, 'three');
  expect((await share(chat, 'four')).body.errors?.[0]?.field).toBe('file');
  const said = (await admin.call<Transcript>(`GET /conversations/${chat.id}`)).body.messages;
  expect(said.filter(({ body }) => 'file_id' in body)).toHaveLength(3);
  const json = await chat.by.call(`POST /chat/conversations/${chat.id}/files`, { file: 'x' });
  expect(json.status).toBe(415);
  const form = await send(`/chat/conversations/${chat.id}/messages`, bearer(chat.by), 'x');
  expect(form.status).toBe(415);
  // No message claims a file that was not sent with it.
  const claimed = { kind: 'file', file_id: fileOf(drawing.body).file_id, name: 'x' };
  expect(
    (await chat.by.call(`POST /chat/conversations/${chat.id}/messages`, { body: claimed })).status,
  ).toBe(422);
});

test('[W56] a member shares by taking the wheel; erased, neither bytes nor name are left', async () => {
  const chat = await chatting(server.url, 'default', 'Kim');
  await chat.say('A picture, please.');
  const signed = await ana.call<Message>(`POST /conversations/${chat.id}/messages`, {
    body: { kind: 'text', text: 'Here.' },
  });
  expect(signed.status).toBe(201);
  const key = await send(`/conversations/${chat.id}/files`, bearer(admin), png);
  expect(key.status).toBe(403);
  const sent = await share(chat, png, { name: 'passport.png' });
  const { file_id } = fileOf(sent.body);
  expect((await chat.by.call(`POST /files/${file_id}/erase`)).status).toBe(401);
  expect((await admin.call(`POST /files/${file_id}/erase`)).status).toBe(204);
  expect((await admin.call(`POST /files/${file_id}/erase`)).status).toBe(204);
  const path = `/chat/conversations/${chat.id}/files/${file_id}`;
  expect((await fetched(path, bearer(chat.by))).status).toBe(410);
  const left = await asOwner(server.database_url, async (client) => {
    const { rows } = await client.query(
      `select to_jsonb(f)::text as line from files f where id = $1
       union all select body::text from messages where conversation_id = $2`,
      [file_id, chat.id],
    );
    return JSON.stringify(rows);
  });
  expect(left).not.toContain('passport');
  expect(left).toContain('"content": null'.replaceAll('"', '\\"'));
});

test('[W56] what is in a file no bot guesses from its name: a person is asked for', async () => {
  const examples = ['hello there', 'good morning'];
  await admin.call('PUT /bots/greeter', {
    title: 'Greeter',
    intents: [{ name: 'greeting', examples, answer: 'Hello!' }],
  });
  const chat = await chatting(server.url, 'greeter', 'Kim');
  await share(chat, png, { name: 'hello' });
  const { messages } = await until(async () => {
    const told = (await admin.call<Transcript>(`GET /conversations/${chat.id}`)).body;
    return told.conversation.owner.kind === 'queue' && told;
  });
  expect(messages.map(({ author_kind }) => author_kind)).toEqual(['contact', 'system']);
});
