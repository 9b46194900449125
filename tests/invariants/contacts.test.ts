import type {
  Contact,
  ContactView,
  Conversation,
  Event,
  IdentitySecret,
  Page,
  PreChat,
  Visitor,
} from '@wheelhouse/core';
import { Wheelhouse } from '@wheelhouse/sdk';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { answerPreChat, readPreChat } from '../../server/src/actions/pre-chat-form.ts';
import { firstAdmin, newMember, type Person } from '../../server/src/testing/person.ts';
import {
  type Caller,
  caller,
  startServer,
  type TestServer,
} from '../../server/src/testing/start.ts';
import { hostToken } from './host-token.ts';
import { planting } from './planted.ts';
import { chatting } from './visitor.ts';

let server: TestServer;
let admin: Caller;
let rita: Person;
let lena: Person;
let vera: Person;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  admin = await server.keyFor('admin');
  const ana = await firstAdmin(server);
  rita = await newMember(server, ana, 'rita@example.com', 'reviewer');
  lena = await newMember(server, ana, 'lena@example.com', 'lead');
  vera = await newMember(server, ana, 'vera@example.com', 'viewer');
  const form = {
    questions: [
      { kind: 'text', name: 'email', required: false, multiline: false },
      { kind: 'text', name: 'order', required: false, multiline: false },
    ],
  };
  await admin.call('PUT /bots/quiet', { title: 'Lampbot', posture: 'off', pre_chat_form: form });
});
afterAll(() => server?.stop());

type Refused = { code: string; detail: string; errors: { field: string }[] };
const change = (by: Caller, id: string, body: object, headers?: Record<string, string>) =>
  by.call<ContactView & Refused>(`PATCH /contacts/${id}`, body, headers);
const read = async (id: string, by: Caller = rita) =>
  (await by.call<ContactView>(`GET /contacts/${id}`)).body;
const changesOf = async (id: string) => {
  const path = `GET /audit?subject=${id}&type=contact.changed`;
  return (await admin.call<Page<Event>>(path)).body.rows;
};
const opened = async (contact: object, more: object = {}) => {
  const body = { bot: 'quiet', contact, ...more };
  return (await admin.call<Conversation>('POST /conversations', body)).body;
};

test('[W87] what a visitor says of themselves is written down by who answers them, and is theirs everywhere', async () => {
  const kim = await chatting(server.url, 'quiet');
  const told = { name: ' Kim Berg ', email: 'kim@example.com', language: 'de' };
  const attributes = { order: 'KC-20418', boxes: 2 };
  const { status, body } = await change(rita, kim.contact_id, { ...told, attributes });
  expect([status, body]).toMatchObject([
    200,
    {
      ...{ id: kim.contact_id, name: 'Kim Berg', email: 'kim@example.com', language: 'de' },
      ...{ attributes, verified: false, vouched: [], channels: ['widget'], conversations: 1 },
    },
  ]);
  expect(await read(kim.contact_id)).toEqual(body);
  const talk = await rita.call<{ conversation: Conversation }>(`GET /conversations/${kim.id}`);
  expect(talk.body.conversation.contact.name).toBe('Kim Berg');
  const [event, ...others] = await changesOf(kim.contact_id);
  expect([event?.data, others]).toEqual([
    { changed: ['name', 'email', 'language', 'attributes'] },
    [],
  ]);
  // Null takes away, what is left out stays, and the same again is no change.
  const less = { email: null, attributes: { boxes: null, size: 'large' } };
  const after = (await change(rita, kim.contact_id, less)).body;
  expect([after.name, after.email, after.attributes]).toEqual([
    'Kim Berg',
    null,
    { order: 'KC-20418', size: 'large' },
  ]);
  expect((await change(rita, kim.contact_id, less)).status).toBe(200);
  expect(await changesOf(kim.contact_id)).toHaveLength(2);
});

test('[W87] what the host says by its token stays; what it does not speak of may be written down', async () => {
  const { secret } = (await admin.call<IdentitySecret>('POST /bots/quiet/identity-secret')).body;
  const visit = async (claims: object) => {
    const identity = hostToken(secret, { aud: 'quiet', sub: 'kim-7', ...claims });
    const visitor = { workspace_id: server.workspace_id, bot: 'quiet', identity };
    return (await caller(server.url, '').call<Visitor>('POST /chat/visitors', visitor)).body;
  };
  const { contact_id: id } = await visit({ email: 'kim@shop.example' });
  expect((await read(id)).vouched).toEqual(['email']);
  const { status, body } = await change(rita, id, { name: 'Kimmy', email: 'lee@example.com' });
  expect([status, body.code, body.errors?.map(({ field }) => field)]).toEqual([
    403,
    'forbidden',
    ['email'],
  ]);
  expect(await read(id)).toMatchObject({ name: null, email: 'kim@shop.example' });
  expect((await change(admin, id, { email: null })).status).toBe(403);
  expect((await change(rita, id, { name: 'Kimmy', email: 'kim@shop.example' })).status).toBe(200);
  expect((await change(rita, id, { name: 'Kim' })).body.name).toBe('Kim');
  // Once the host says it, it stays, whatever a later token leaves out.
  await visit({ name: 'Kim Berg' });
  await visit({});
  expect(await read(id)).toMatchObject({ name: 'Kim Berg', vouched: ['email', 'name'] });
  expect((await change(rita, id, { name: 'Lee' })).status).toBe(403);
  expect((await change(rita, id, { external_id: 'lee' })).body.errors[0]?.field).toBe(
    'external_id',
  );
});

test('[W87] of many who write at once each field is somebody’s last word, and no attribute is lost', async () => {
  const { contact } = await opened({ attributes: { plan: 'gold' } });
  const names = Array.from({ length: 12 }, (_, at) => `n${at}`);
  const replies = await Promise.all(
    names.map((name, at) =>
      change(at % 2 ? rita : lena, contact.id, { name, attributes: { [name]: at } }),
    ),
  );
  expect(replies.map(({ status }) => status)).toEqual(names.map(() => 200));
  const after = await read(contact.id);
  expect(names).toContain(after.name);
  expect(after.attributes).toEqual({
    plan: 'gold',
    ...Object.fromEntries(names.map((name, at) => [name, at])),
  });
  expect(await changesOf(contact.id)).toHaveLength(names.length);
});

test('[W87] [A13] nothing that was written down is left after an erasure, nor is anything more written', async () => {
  const { marker, found } = planting();
  const kim = await chatting(server.url, 'quiet');
  const other = await chatting(server.url, 'quiet');
  const key = { 'idempotency-key': 'contacts-erased' };
  const told = () => ({
    name: marker('name'),
    email: `${marker('mail')}@example.com`,
    attributes: { [marker('attributekey')]: { [marker('inner')]: marker('value') } },
  });
  const body = told();
  await change(rita, kim.contact_id, body, key);
  // What was answered of somebody who was joined with another since goes with that one.
  await change(rita, other.contact_id, told(), { 'idempotency-key': 'contacts-joined' });
  const joined = await lena.call(`POST /conversations/${other.id}/merge`, { into: kim.id });
  expect(joined.status).toBe(200);
  const places = new Set((await found(server.database_url)).map((hit) => hit.split(' in ')[1]));
  expect([...places].sort()).toEqual(['contacts', 'idempotency']);
  expect((await admin.call(`POST /contacts/${kim.contact_id}/erase`)).status).toBe(200);
  expect(await found(server.database_url)).toEqual([]);
  for (const id of [kim.contact_id, other.contact_id]) {
    expect(await change(rita, id, { name: 'Kim' })).toMatchObject({
      status: 410,
      body: { code: 'erased' },
    });
  }
  expect(await change(rita, kim.contact_id, body, key)).toMatchObject({ status: 410 });
  expect(await read(kim.contact_id)).toMatchObject({ name: null, attributes: {}, vouched: [] });
});

test('[W87] [W35] whoever was joined with another is that one, also who answers a form that moment', async () => {
  const kim = await chatting(server.url, 'quiet');
  const known = await opened({ external_id: 'joined-1', name: 'Kim' });
  expect((await lena.call(`POST /conversations/${kim.id}/merge`, { into: known.id })).status).toBe(
    200,
  );
  expect((await read(kim.contact_id)).id).toBe(known.contact.id);
  const changed = await change(rita, kim.contact_id, { language: 'fr' });
  expect([changed.status, changed.body.id]).toEqual([200, known.contact.id]);
  expect((await read(known.contact.id)).language).toBe('fr');
  // Let in before the two were joined, it answers after that.
  const { workspace_id } = server;
  const by = { workspace_id, kind: 'contact', id: kim.contact_id, name: '' } as const;
  const values = { email: 'kim@example.com', order: 'KC-20418' };
  const told = await answerPreChat(server.ports, by, { bot: 'quiet', values });
  expect(told).toEqual({ contact_id: known.contact.id, form: null });
  expect(await readPreChat(server.ports, by, 'quiet')).toEqual(told);
  const { body: asked } = await kim.by.call<PreChat>('GET /chat/pre-chat-form?bot=quiet');
  expect(asked).toEqual(told);
  expect(await read(known.contact.id)).toMatchObject({
    attributes: { order: 'KC-20418', email: 'kim@example.com' },
  });
});

// A visitor names no workspace while there is one; from here on there are more.
test('[W87] a viewer reads and writes nothing down, a customer does neither, and no workspace knows another’s', async () => {
  const kim = await chatting(server.url, 'quiet', 'Kim');
  expect((await read(kim.contact_id, vera)).name).toBe('Kim');
  expect(await change(vera, kim.contact_id, { name: 'Lee' })).toMatchObject({
    status: 403,
    body: { code: 'forbidden', needs_role: 'reviewer' },
  });
  expect((await kim.by.call(`GET /contacts/${kim.contact_id}`)).status).toBe(401);
  expect((await change(kim.by, kim.contact_id, { name: 'Lee' })).status).toBe(401);
  const far = await server.keyFor('admin', await server.newWorkspace('Elsewhere'));
  expect((await far.call(`GET /contacts/${kim.contact_id}`)).status).toBe(404);
  expect((await change(far, kim.contact_id, { name: 'Lee' })).status).toBe(404);
  expect((await far.call<Page<Contact>>('GET /contacts')).body.rows).toEqual([]);
  expect((await far.call<Page<Contact>>('GET /contacts?q=kim')).body.rows).toEqual([]);
  expect((await read(kim.contact_id)).name).toBe('Kim');
});

test('[W87] contacts are listed page by page, each once, and found by id and by words, by the SDK too', async () => {
  const workspace_id = await server.newWorkspace('Many');
  const by = await server.keyFor('admin', workspace_id);
  await by.call('PUT /bots/quiet', { title: 'Lampbot', posture: 'off' });
  const made: string[] = [];
  for (let at = 0; at < 7; at++) {
    const contact = { external_id: `many-${at}`, name: at % 2 ? `Odd ${at}` : `Even ${at}` };
    const begun = await by.call<Conversation>('POST /conversations', { bot: 'quiet', contact });
    made.push(begun.body.contact.id);
  }
  const wh = new Wheelhouse({ url: server.url, key: by.key });
  const seen: string[] = [];
  let cursor: string | null | undefined;
  do {
    const page = await wh.contacts.list({ limit: 3, ...(cursor ? { cursor } : {}) });
    seen.push(...page.rows.map(({ id }) => id));
    cursor = page.next;
  } while (cursor);
  expect(seen).toEqual(made.toReversed());
  const ids = async (filter: object) => (await wh.contacts.list(filter)).rows.map(({ id }) => id);
  expect(await ids({ external_id: 'many-3' })).toEqual([made[3]]);
  expect(await ids({ external_id: 'many' })).toEqual([]);
  expect(await ids({ q: 'odd' })).toEqual([made[5], made[3], made[1]]);
  expect(await ids({ q: 'many-2' })).toEqual([made[2]]);
  expect(await ids({ q: '?!' })).toEqual([]);
  const both = await by.call<Refused>('GET /contacts?q=odd&external_id=many-1');
  expect([both.status, both.body.errors[0]?.field]).toEqual([422, 'q']);
  const lee = await wh.contacts.change(made[0] as string, { name: 'Lee' });
  expect(await wh.contacts.read(lee.id)).toEqual(lee);
  expect(await ids({ q: 'lee' })).toEqual([made[0]]);
  // Whoever was erased is nobody to find.
  await wh.contacts.erase(made[0] as string);
  expect(await ids({})).not.toContain(made[0]);
});
