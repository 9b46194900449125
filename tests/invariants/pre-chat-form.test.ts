import type {
  Bot,
  ChatTranscript,
  Conversation,
  IdentitySecret,
  PreChat,
  Visitor,
} from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import {
  type Caller,
  caller,
  startServer,
  type TestServer,
} from '../../server/src/testing/start.ts';
import { hostToken } from './host-token.ts';
import { until } from './until.ts';

let server: TestServer;
let admin: Caller;
let secret: string;
const questions = [
  { kind: 'text', name: 'name', required: false, multiline: false },
  { kind: 'text', name: 'email', required: true, multiline: false },
  {
    kind: 'choice',
    name: 'topic',
    required: true,
    options: [{ value: 'lamps' }, { value: 'oil' }],
  },
  {
    kind: 'choice',
    name: 'rooms',
    required: false,
    multiple: true,
    options: [{ value: 'attic' }, { value: 'hall' }],
  },
  { kind: 'rating', name: 'hurry', required: false, min: 1, max: 5 },
];
const form = { title: 'First', skippable: false, questions };
const intents = [
  {
    name: 'who',
    examples: ['who am i', 'do you know me', 'what is my name'],
    answer: 'You are {contact.name} ({contact.email}), about {contact.topic} in {contact.rooms}.',
  },
  {
    name: 'where',
    examples: ['where is my parcel', 'has it left', 'track my order'],
    answer: 'On its way.',
  },
];
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  admin = await server.keyFor('admin');
  await admin.call('PUT /gates/open', { policy: { mode: 'threshold', threshold: 0 } });
  await admin.call('PUT /bots/asks', {
    gate: 'open',
    hand_off_below: 0,
    pre_chat_form: form,
    intents,
  });
  await admin.call('PUT /bots/may', { pre_chat_form: { ...form, skippable: true } });
  await admin.call('PUT /bots/plain', {});
  const made = await admin.call<IdentitySecret>('POST /bots/asks/identity-secret');
  secret = made.body.secret;
});
afterAll(() => server?.stop());

const nobody = () => caller(server.url, '');
async function visit(more: object = {}, bot = 'asks') {
  const { body, status } = await nobody().call<Visitor>('POST /chat/visitors', { bot, ...more });
  expect(status).toBe(201);
  return { by: caller(server.url, body.token), visitor: body };
}
const vouched = (claims: object) => hostToken(secret, { aud: 'asks', ...claims });
const answer = (by: Caller, values: unknown, bot = 'asks') =>
  by.call<PreChat & { errors: { field: string }[] }>('PUT /chat/pre-chat-form', { bot, values });
const begin = (by: Caller, bot = 'asks') =>
  by.call<{ id: string; errors: { field: string }[] }>('POST /chat/conversations', { bot });
const fields = ({ errors = [] }: { errors?: { field: string }[] }) =>
  errors.map(({ field }) => field);
const names = (left: Visitor['pre_chat_form']) => left?.questions.map(({ name }) => name);

test('[W64] what a bot asks first is answered before a conversation begins, and reaches contact, bot, gate and desk', async () => {
  const { by, visitor } = await visit();
  expect(names(visitor.pre_chat_form)).toEqual(['name', 'email', 'topic', 'rooms', 'hurry']);
  const refused = await begin(by);
  expect([refused.status, fields(refused.body)]).toEqual([422, ['values.email', 'values.topic']]);
  const values = {
    name: 'Kim',
    email: 'kim@example.com',
    topic: 'lamps',
    rooms: ['attic', 'hall'],
    hurry: 4,
  };
  expect((await answer(by, values)).body).toEqual({ contact_id: visitor.contact_id, form: null });
  expect((await answer(by, values)).status).toBe(200);
  const { id } = (await begin(by)).body;
  await by.call(`POST /chat/conversations/${id}/messages`, {
    body: { kind: 'text', text: 'do you know me' },
  });
  const said = await until(async () => {
    const { body } = await by.call<ChatTranscript>(`GET /chat/conversations/${id}`);
    return body.messages.find(({ author_kind }) => author_kind === 'bot');
  });
  expect(said.body).toMatchObject({
    text: 'You are Kim (kim@example.com), about lamps in attic, hall.',
  });
  const seen = await admin.call<{ conversation: Conversation }>(`GET /conversations/${id}`);
  const { contact, title } = seen.body.conversation;
  expect([contact.name, contact.email, contact.verified, title]).toEqual([
    'Kim',
    'kim@example.com',
    false,
    'Kim',
  ]);
  expect(contact.attributes).toEqual({ topic: 'lamps', rooms: ['attic', 'hall'], hurry: 4 });
  const output = await admin.call<{ metadata: object }>(`GET /outputs/${said.output_id}`);
  expect(output.body.metadata).toMatchObject({ contact: { attributes: { topic: 'lamps' } } });
  const { body } = await admin.call<{ rows: { type: string; data: object }[] }>(
    `GET /audit?subject=${visitor.contact_id}`,
  );
  const told = body.rows.filter(({ type }) => type === 'contact.changed');
  expect(told.map(({ data }) => data)).toEqual([
    { bot: 'asks', told: ['name', 'email', 'topic', 'rooms', 'hurry'] },
  ]);
});

test('[W64] a hostile or wrong answer is refused with the named field, and nothing of it is kept', async () => {
  const { by, visitor } = await visit();
  const good = { email: 'kim@example.com', topic: 'lamps' };
  const cases: [object, string[]][] = [
    [{ ...good, email: 'not an address' }, ['values.email']],
    [{ ...good, email: `${'a'.repeat(400)}@example.com` }, ['values.email']],
    [{ ...good, name: 'Kim\u202emoc.knab' }, ['values.name']],
    [{ ...good, name: 'x'.repeat(201) }, ['values.name']],
    [{ ...good, name: { $ne: null } }, ['values.name']],
    [{ ...good, name: 'half \ud800' }, ['values.name']],
    [{ ...good, topic: 'weapons' }, ['values.topic']],
    [{ ...good, topic: ['lamps'] }, ['values.topic']],
    [{ ...good, rooms: ['attic', 'attic'] }, ['values.rooms']],
    [{ ...good, hurry: 6 }, ['values.hurry']],
    [{ ...good, hurry: '4' }, ['values.hurry']],
    [{ ...good, vip: true }, ['values.vip']],
    [{ ...good, verified: true, external_id: 'boss' }, ['values.verified', 'values.external_id']],
    [{ email: '  ', topic: 'lamps' }, ['values.email']],
    [{}, ['values.email', 'values.topic']],
  ];
  for (const [values, wrong] of cases) {
    const { status, body } = await answer(by, values);
    expect([values, status, fields(body)]).toEqual([values, 422, wrong]);
  }
  const nothing = await answer(by, good, 'plain');
  expect([nothing.status, fields(nothing.body)]).toEqual([422, ['values.email', 'values.topic']]);
  expect((await answer(by, good, 'nobody')).status).toBe(404);
  expect((await nobody().call('PUT /chat/pre-chat-form', { values: {} })).status).toBe(401);
  const left = await by.call<PreChat>('GET /chat/pre-chat-form?bot=asks');
  expect(left.body).toEqual({ contact_id: visitor.contact_id, form: visitor.pre_chat_form });
});

test('[W64] nobody is asked what is known of them, and what a host says is not taken over by what is typed', async () => {
  const identity = vouched({ sub: 'kim', email: 'kim@shop.example' });
  const { by, visitor } = await visit({ identity });
  expect(names(visitor.pre_chat_form)).toEqual(['name', 'topic', 'rooms', 'hurry']);
  const values = { name: 'The Boss', email: 'boss@example.com', topic: 'oil' };
  expect((await answer(by, values)).body.form?.questions.map(({ name }) => name)).toEqual([
    'rooms',
    'hurry',
  ]);
  const { id } = (await begin(by)).body;
  const seen = await admin.call<{ conversation: Conversation }>(`GET /conversations/${id}`);
  const { contact } = seen.body.conversation;
  expect([contact.verified, contact.name, contact.email]).toEqual([true, null, 'kim@shop.example']);
  expect(contact.attributes).toEqual({ name: 'The Boss', topic: 'oil' });
  await answer(by, { topic: 'lamps' });
  const again = await visit({ identity: vouched({ sub: 'kim', name: 'Kim' }) });
  expect(names(again.visitor.pre_chat_form)).toEqual(['rooms', 'hurry']);
  const told = (await admin.call<{ conversation: Conversation }>(`GET /conversations/${id}`)).body;
  expect(told.conversation.contact).toMatchObject({ name: 'Kim', attributes: { topic: 'oil' } });
});

test('[W64] a form that may be skipped holds nobody up, and a bot without one asks nothing', async () => {
  const { by, visitor } = await visit({}, 'may');
  expect(visitor.pre_chat_form?.skippable).toBe(true);
  expect((await begin(by, 'may')).status).toBe(201);
  const plain = await visit({}, 'plain');
  expect(plain.visitor.pre_chat_form).toBe(null);
  expect((await begin(plain.by, 'plain')).status).toBe(201);
});

test('[W64] a form that no small window can ask is refused where it is set, by its field', async () => {
  const put = (asked: object) =>
    admin.call<Bot & { errors: { field: string }[] }>('PUT /bots/odd', { pre_chat_form: asked });
  const text = (name: string) => ({ kind: 'text', name });
  const cases: [object, string][] = [
    [{ questions: [] }, 'pre_chat_form.questions'],
    [{ questions: [text('a'), text('a')] }, 'pre_chat_form.questions.1.name'],
    [{ questions: [{ kind: 'verdict', name: 'a' }] }, 'pre_chat_form.questions.0.kind'],
    [{ questions: [{ kind: 'rating', name: 'email' }] }, 'pre_chat_form.questions.0.kind'],
    [
      { questions: Array.from({ length: 9 }, (_, at) => text(`a${at}`)) },
      'pre_chat_form.questions',
    ],
    [{ questions: [text('a')], skippable: 'no' }, 'pre_chat_form.skippable'],
  ];
  for (const [asked, field] of cases) {
    const { status, body } = await put(asked);
    expect([asked, status, fields(body)]).toEqual([asked, 422, [field]]);
  }
});
