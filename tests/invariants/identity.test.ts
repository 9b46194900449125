import type { Chat, ChatTranscript, Contact, IdentitySecret, Visitor } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import {
  type Caller,
  caller,
  type Reply,
  startServer,
  type TestServer,
} from '../../server/src/testing/start.ts';
import { hostToken, packed, secondsAfter } from './host-token.ts';

let server: TestServer;
let admin: Caller;
let secret: string;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  admin = await server.keyFor('admin');
  await admin.call('PUT /bots/shop', { title: 'Shop' });
  await admin.call('PUT /bots/other', { title: 'Other' });
  secret = await secretOf(admin, 'shop');
});
afterAll(() => server?.stop());

const secretOf = async (by: Caller, bot: string) =>
  (await by.call<IdentitySecret>(`POST /bots/${bot}/identity-secret`)).body.secret;

const in_an_hour = () => secondsAfter(3_600);
const kim = { sub: 'kim-1', name: 'Kim', email: 'kim@shop.example', aud: 'shop' };

const signed = (claims: object, key = secret, header?: object) => hostToken(key, claims, header);
const visit = (identity?: string, more: object = {}): Promise<Reply<Visitor>> =>
  caller(server.url, '').call<Visitor>('POST /chat/visitors', {
    workspace_id: server.workspace_id,
    bot: 'shop',
    ...(identity ? { identity } : {}),
    ...more,
  });

test('[W22] whom a host vouches for is one contact in every browser, with their own conversations', async () => {
  const [desk, phone] = [(await visit(signed(kim))).body, (await visit(signed(kim))).body];
  expect(desk.verified).toBe(true);
  expect(phone.contact_id).toBe(desk.contact_id);
  expect(phone.token).not.toBe(desk.token);
  const at_desk = caller(server.url, desk.token);
  const begun = await at_desk.call<{ id: string }>('POST /chat/conversations', { bot: 'shop' });
  const on_phone = caller(server.url, phone.token);
  const listed = await on_phone.call<{ rows: Chat[] }>('GET /chat/conversations');
  expect(listed.body.rows.map(({ id }) => id)).toEqual([begun.body.id]);
  const seen = await admin.call<{ conversation: { contact: Contact } }>(
    `GET /conversations/${begun.body.id}`,
  );
  expect(seen.body.conversation.contact).toMatchObject({
    external_id: 'kim-1',
    name: 'Kim',
    email: 'kim@shop.example',
    verified: true,
  });
  // Another person, and nobody in particular, see none of it.
  for (const identity of [signed({ ...kim, sub: 'lee-2' }), undefined]) {
    const other = caller(server.url, (await visit(identity)).body.token);
    expect((await other.call<{ rows: Chat[] }>('GET /chat/conversations')).body.rows).toEqual([]);
    const tried = await other.call<ChatTranscript>(`GET /chat/conversations/${begun.body.id}`);
    expect(tried.status).toBe(404);
  }
});

test('[W22] what a visitor says of themselves is not taken for what their host says', async () => {
  const told = { contact: { name: 'Not Kim', email: 'evil@example.com', attributes: { vip: 1 } } };
  const { body } = await visit(signed(kim), told);
  const by = caller(server.url, body.token);
  const begun = await by.call<{ id: string }>('POST /chat/conversations', { bot: 'shop' });
  const seen = await admin.call<{ conversation: { contact: Contact } }>(
    `GET /conversations/${begun.body.id}`,
  );
  expect(seen.body.conversation.contact).toMatchObject({
    name: 'Kim',
    email: 'kim@shop.example',
    attributes: {},
  });
  const stranger = await visit(undefined, told);
  expect(stranger.body.verified).toBe(false);
  expect(stranger.body.contact_id).not.toBe(body.contact_id);
});

test('[W22] a token that is forged, stretched or meant for another is refused, and says no more than that', async () => {
  const elsewhere = await server.newWorkspace('Elsewhere');
  const their_admin = await server.keyFor('admin', elsewhere);
  await their_admin.call('PUT /bots/shop', { title: 'Theirs' });
  const theirs = await secretOf(their_admin, 'shop');
  const others = await secretOf(admin, 'other');
  const whole = signed(kim);
  const [head, , tail] = whole.split('.');
  const now = Math.floor(Date.now() / 1_000);
  const forged: Record<string, string> = {
    'alg none': `${packed({ alg: 'none' })}.${packed({ ...kim, exp: in_an_hour() })}.`,
    'alg none, signed': signed(kim, secret, { alg: 'none' }),
    'alg HS512': signed(kim, secret, { alg: 'HS512' }),
    'other words': `${head}.${packed({ ...kim, sub: 'ceo', exp: in_an_hour() })}.${tail}`,
    'no signature': whole.slice(0, whole.lastIndexOf('.') + 1),
    'other audience': signed({ ...kim, aud: 'other' }),
    'no audience': signed({ sub: 'kim-1' }),
    'run out': signed({ ...kim, exp: now - 60 }),
    'no end': signed({ ...kim, exp: undefined }),
    'for two days': signed({ ...kim, exp: now + 2 * 86_400 }),
    'another bot’s secret': signed(kim, others),
    'another workspace’s secret': signed(kim, theirs),
    'an empty secret': signed(kim, ' '),
    'no one': signed({ ...kim, sub: '' }),
    'someone nested': signed({ ...kim, sub: { $ne: null } }),
    'no e-mail': signed({ ...kim, email: 'nowhere' }),
    'no token': 'kim-1',
  };
  const before = await visit(signed(kim));
  for (const [what, identity] of Object.entries(forged)) {
    const { status, body } = await visit(identity);
    expect([what, status, body.code, body.errors]).toEqual([
      what,
      403,
      'forbidden',
      [
        {
          field: 'identity',
          message: 'is not signed for this bot, or no more, or for over a day',
        },
      ],
    ]);
  }
  // In the other workspace the same id is another contact.
  const there = await visit(signed(kim, theirs), { workspace_id: elsewhere });
  expect(there.status).toBe(201);
  expect(there.body.contact_id).not.toBe(before.body.contact_id);
});

test('[W22] a browser’s token ends with its host’s word, and when its person signs out', async () => {
  // Time enough for a busy machine to come by while it holds.
  const soon = Math.floor(Date.now() / 1_000) + 12;
  const short = caller(server.url, (await visit(signed({ ...kim, exp: soon }))).body.token);
  expect((await short.call('GET /chat/conversations')).status).toBe(200);
  const { body } = await visit(signed(kim));
  expect(Date.parse(body.expires_at as string)).toBeGreaterThan(Date.now());
  const by = caller(server.url, body.token);
  expect((await by.call('POST /chat/sign-out')).status).toBe(204);
  expect((await by.call('GET /chat/conversations')).status).toBe(401);
  while (Date.now() < soon * 1_000 + 100) await new Promise((done) => setTimeout(done, 100));
  expect((await short.call('GET /chat/conversations')).status).toBe(401);
  // Others of the same person are as they were.
  expect((await visit(signed(kim))).status).toBe(201);
});

test('[W23] a secret is shown once, by a builder’s hand, and the one before counts beside it, and none before that', async () => {
  await admin.call('PUT /bots/turned', {});
  const vouch = (key: string) => visit(signed({ ...kim, aud: 'turned' }, key), { bot: 'turned' });
  const first = await admin.call<IdentitySecret>('POST /bots/turned/identity-secret');
  expect([first.status, first.body.previous_until]).toEqual([201, null]);
  const second = await admin.call<IdentitySecret>('POST /bots/turned/identity-secret');
  expect(second.body.secret).not.toBe(first.body.secret);
  expect(Date.parse(second.body.previous_until as string)).toBeGreaterThan(Date.now());
  expect((await vouch(first.body.secret)).status).toBe(201);
  expect((await vouch(second.body.secret)).status).toBe(201);
  await secretOf(admin, 'turned');
  expect((await vouch(first.body.secret)).status).toBe(403);
  expect((await vouch(second.body.secret)).status).toBe(201);
  const shown = JSON.stringify((await admin.call('GET /bots/turned')).body);
  const record = JSON.stringify((await admin.call('GET /audit?limit=100')).body);
  for (const text of [shown, record]) expect(text).not.toContain(second.body.secret);
  const reviewer = await server.keyFor('reviewer');
  expect((await reviewer.call('POST /bots/turned/identity-secret')).status).toBe(403);
  expect((await admin.call('POST /bots/nobody/identity-secret')).status).toBe(404);
});
