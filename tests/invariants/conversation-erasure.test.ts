import {
  type Article,
  auditReader,
  type ChatMessage,
  type ChatTranscript,
  type Checkpoint,
  type Contact,
  type Conversation,
  type ConversationReport,
  type Message,
  type Page,
  type Transcript,
} from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { verifyEd25519 } from '../../server/src/actions/signature.ts';
import { firstAdmin, newMember, type Person } from '../../server/src/testing/person.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { chatStream } from './chat-stream.ts';
import { planting } from './planted.ts';
import { dumped, exported } from './record.ts';
import { until } from './until.ts';
import { type Chatting, chatting } from './visitor.ts';

let server: TestServer;
let admin: Caller;
let ana: Person;
let lena: Awaited<ReturnType<typeof newMember>>;
beforeAll(async () => {
  server = await startServer({
    url_pattern: inject('engine'),
    settings: { WHEELHOUSE_ALLOW_PRIVATE_WEBHOOKS: 'yes' },
    ports: (ports) => ({
      ...ports,
      // An endpoint that says back what it was told, as careless ones do.
      network: {
        ...ports.network,
        send: async ({ body, url }) => ({ status: 500, headers: {}, body: `${url} ${body}` }),
      },
    }),
  });
  admin = await server.keyFor('admin');
  ana = await firstAdmin(server);
  lena = await newMember(server, ana, 'lena@example.com', 'lead');
  await admin.call('POST /webhooks', { url: 'http://127.0.0.1:9/hook' });
  await admin.call('PUT /gates/replies', { policy: { mode: 'threshold', threshold: 0.4 } });
  await admin.call('PUT /gates/drafts', { policy: { mode: 'always', undo_ms: 0 } });
  await admin.call('PUT /bots/shop', { ...bot, gate: 'replies' });
  // What it knows of it would be no news to it.
  await admin.call('PUT /bots/learner', { title: 'Learner', clarifies: false });
  await admin.call('PUT /bots/drafter', { ...bot, gate: 'drafts', posture: 'draft' });
});
afterAll(() => server?.stop());

const bot = {
  title: 'Shop bot',
  asks_rating: 'stars',
  clarifies: false,
  intents: [
    {
      name: 'where',
      examples: ['where is my order', 'where is my parcel', 'has my order shipped', 'track order'],
      answer: 'It is on its way, {contact.name}.',
    },
    {
      name: 'refund',
      examples: ['i want a refund', 'give me my money back', 'refund please', 'return this'],
      answer: 'You can return it within 30 days.',
    },
  ],
};

const { planted, marker, found: foundIn } = planting();
const found = (words = planted) => foundIn(server.database_url, words);
const erased = { status: 410, body: { code: 'erased' } };
const resolved = { state: 'resolved', title: 'Erased', labels: [], call_back: null };

let keys = 0;
const once = () => {
  keys += 1;
  return { 'idempotency-key': `conversation-erasure-${keys}` };
};

const read = async (id: string, by: Caller = admin) =>
  (await by.call<Transcript>(`GET /conversations/${id}`)).body;
const drafts = async () =>
  (await lena.call<Page<{ id: string }>>('GET /cases?gate=drafts&state=waiting')).body.rows;
const candidates = async (of: string) =>
  (await admin.call<Page<Article>>(`GET /bots/${of}/articles?state=candidate`)).body.rows;
const botsWord = (id: string) =>
  until(async () => (await read(id)).messages.find(({ author_kind }) => author_kind === 'bot'));
const text = (words: string) => ({ body: { kind: 'text', text: words } });

async function share(chat: Chatting, words: string): Promise<ChatMessage> {
  const form = new FormData();
  form.append('file', new Blob([`%PDF-1.4 ${words}`]), `${marker('filename')}.pdf`);
  const response = await fetch(`${server.url}/api/v1/chat/conversations/${chat.id}/files`, {
    method: 'POST',
    headers: { authorization: `Bearer ${chat.by.key}` },
    body: form,
  });
  expect(response.status).toBe(201);
  return response.json();
}

/** A draft that a person edited before it was said. */
async function editedDraft(chat: Chatting): Promise<void> {
  await chat.say(`where is my order ${marker('asked')}`);
  const [draft] = await until(async () => {
    const rows = await drafts();
    return rows.length ? rows : undefined;
  });
  const values = { verdict: 'edit', content: marker('edit') };
  const note = marker('answernote');
  const edited = await lena.call(`POST /cases/${draft?.id}/answers`, { values, note }, once());
  expect(edited.status).toBe(200);
  await botsWord(chat.id);
}

/** A conversation with something planted in every place that takes words. */
async function plantedTalk(): Promise<Chatting> {
  const chat = await chatting(server.url, 'drafter', marker('name'));
  const { id } = chat;
  const act = (what: string, body: object = {}, by: Caller = ana) =>
    by.call(`${what.replace(':id', id)}`, body, once());
  await editedDraft(chat);
  const said = await botsWord(id);
  await chat.by.call(`PUT /chat/conversations/${id}/messages/${said.id}/thumb`, {
    up: false,
    comment: marker('thumb'),
  });
  await share(chat, marker('bytes'));
  await chat.say(`I want to talk to a human about ${marker('wanted')}, order ${marker('order')}`);
  await until(async () => (await read(id)).conversation.hand_off);
  await until(
    async () => (await admin.call<{ brief: object }>(`GET /conversations/${id}/brief`)).body.brief,
  );
  await chat.by.call(`POST /chat/conversations/${id}/call-back`, {
    phone: '+44 20 7946 0000',
    email: `${marker('mail')}@example.com`,
    time: marker('time'),
  });
  await act('POST /conversations/:id/take', { note: marker('takenote') });
  await act('POST /conversations/:id/messages', { ...text(marker('note')), audience: 'team' });
  await act('POST /conversations/:id/messages', text(marker('reply')));
  await act('POST /conversations/:id/whisper', { text: marker('whisper') }, lena);
  const changes = { title: marker('title'), labels: [marker('label')] };
  await act('PATCH /conversations/:id', changes);
  await act('POST /conversations/:id/hand-off', { note: marker('handoffnote') });
  await act('POST /conversations/:id/take');
  await act('POST /conversations/:id/hand-back', { summary: marker('summary') });
  await act('POST /conversations/:id/resolve');
  const rating = { score: 2, comment: marker('rating') };
  await chat.by.call(`PUT /chat/conversations/${id}/rating`, rating);
  return chat;
}

/** A conversation in which a person answered what the bot could not, so that a candidate waits. */
async function taughtTalk(contact: object): Promise<string> {
  const { body } = await admin.call<Conversation>(
    'POST /conversations',
    { bot: 'learner', contact, title: marker('opened') },
    once(),
  );
  const { id } = body;
  const ask = `Can the ${marker('thing')} lamp hang outdoors in the winter?`;
  await admin.call(`POST /conversations/${id}/messages`, { from: 'contact', ...text(ask) }, once());
  await until(async () => (await read(id)).conversation.hand_off);
  const answer = `The lamp stands rain and frost, and its ${marker('answer')} cover stands snow.`;
  await ana.call(`POST /conversations/${id}/messages`, text(answer), once());
  await ana.call(`POST /conversations/${id}/resolve`, {}, once());
  await until(async () => (await candidates('learner'))[0]);
  return id;
}

const [from, to] = [-86_400_000, 86_400_000].map((ms) =>
  new Date(Date.now() + ms).toISOString(),
) as [string, string];
const report = async () => {
  const query = new URLSearchParams({ from, to });
  const told = await lena.call<ConversationReport>(`GET /reports/conversations?${query}`);
  expect(told.status).toBe(200);
  // Why somebody changed a draft is in their own words, which are erased.
  const { read_at: _at, draft_reasons: _words, ...figures } = told.body;
  return figures;
};
/** A time at which nothing that reports count is still to come. */
const quiet = () =>
  until(async () => {
    const { waiting, bot: with_bot } = (
      await ana.call<Record<string, number>>('GET /conversation-counts')
    ).body;
    return waiting === 0 && with_bot === 0;
  });

test('[A12] [A8] whatever was said, shared, noted or made of a conversation is in no table after it is erased, and the record verifies', async () => {
  const chat = await plantedTalk();
  const taught = await taughtTalk({ name: 'Kim' });
  await quiet();
  // Webhooks have been told, and what they said back was written down.
  await until(async () =>
    (await dumped(server.database_url)).get('deliveries')?.includes('"response"'),
  );
  const places = new Set((await found()).map((hit) => hit.split(' in ')[1]));
  for (const table of [
    ...['messages', 'conversations', 'contacts', 'briefs', 'files', 'ratings', 'feedback'],
    ...['outputs', 'cases', 'answers', 'resolutions', 'idempotency', 'articles'],
  ])
    expect(places).toContain(table);
  // Rule A8: the record itself never held any of it, nor do the planner's samples.
  for (const table of ['events', 'audit_leaves', 'pg_stats']) expect(places).not.toContain(table);

  const kept = (await admin.call<Checkpoint>('GET /audit/checkpoint')).body;
  const [before, talk] = [await report(), await read(chat.id)];
  for (const id of [chat.id, taught]) {
    const gone = await admin.call(`POST /conversations/${id}/erase`, undefined, once());
    expect(gone).toMatchObject({ status: 200, body: { id, ...resolved } });
  }
  const name = planted[0] as string;
  // Who they are stays with the contact, for other conversations with them.
  expect(await found()).toEqual([`${name} in contacts`]);
  expect(await candidates('learner')).toEqual([]);
  // What stays: that each message was, whose and when; and what reports count.
  const after = await read(chat.id);
  const facts = ({ messages }: Transcript) =>
    messages.map(({ seq, author_kind, author_id, at }) => ({ seq, author_kind, author_id, at }));
  expect(facts(after)).toEqual(facts(talk));
  expect(after.conversation.erased_at).toContain('T');
  const words = after.messages.flatMap(({ body }) => ('text' in body ? [body.text] : []));
  expect(new Set(words)).toEqual(new Set(['Erased']));
  expect(await report()).toEqual(before);

  const again = await admin.call(`POST /contacts/${chat.contact_id}/erase`);
  expect(again).toMatchObject({ status: 200, body: { name: null, attributes: {} } });
  expect(await found()).toEqual([]);
  expect((await admin.call('GET /audit/verify')).body).toMatchObject({ ok: true, complete: true });
  const reader = auditReader(verifyEd25519, kept.note);
  for (const line of (await exported(server, admin)).trimEnd().split('\n')) reader.line(line);
  expect(reader.end()).toMatchObject({ ok: true, kept_size: kept.size });
});

test('[A12] what was erased says so, and nothing more is written of it', async () => {
  const chat = await chatting(server.url, 'shop', 'Kim');
  const { id } = chat;
  const key = once();
  await ana.call(`POST /conversations/${id}/messages`, text(marker('kept')), key);
  expect((await ana.call(`POST /conversations/${id}/erase`)).status).toBe(200);
  // What happens in other conversations meanwhile is none of it.
  const events = async () =>
    (await dumped(server.database_url))
      .get('events')
      ?.split('\n')
      .filter((row) => row.includes(id));
  const before = await events();
  expect((await admin.call(`POST /conversations/${id}/erase`)).status).toBe(200);
  for (const [what, body] of [
    ['messages', text('x')],
    ['take', {}],
    ['hand-off', {}],
    ['hand-back', {}],
    ['resolve', {}],
    ['whisper', { text: 'x' }],
  ] as const) {
    expect([what, await ana.call(`POST /conversations/${id}/${what}`, body)]).toMatchObject([
      what,
      erased,
    ]);
  }
  expect(await ana.call(`PATCH /conversations/${id}`, { title: 'x' })).toMatchObject(erased);
  // What a key brought back is gone as well.
  expect(await ana.call(`POST /conversations/${id}/messages`, text('x'), key)).toMatchObject(
    erased,
  );
  const output = { content: marker('late'), conversation_id: id };
  expect(await admin.call('POST /gates/replies/outputs', output)).toMatchObject(erased);
  expect(await chat.say('x')).toMatchObject(erased);
  expect(await chat.by.call(`GET /chat/conversations/${id}`)).toMatchObject(erased);
  expect((await chat.by.call<{ rows: [] }>('GET /chat/conversations')).body.rows).toEqual([]);
  expect(await events()).toEqual(before);
  expect(await found([planted.at(-2), planted.at(-1)] as string[])).toEqual([]);
});

test('[A12] a customer who has it open is told so, and begins anew', async () => {
  const chat = await chatting(server.url, 'shop');
  await chat.say('where is my order');
  await botsWord(chat.id);
  const stream = await chatStream(server.url, chat.by.key, chat.id);
  await stream.until((told) => told.length > 0);
  await admin.call(`POST /conversations/${chat.id}/erase`);
  await stream.until((told) => told.some((one) => 'erased' in one));
  // The server ends it.
  await stream.ended;
  const { body } = await chat.by.call<{ id: string }>('POST /chat/conversations', { bot: 'shop' });
  expect(body.id).not.toBe(chat.id);
  const said = await chat.by.call<Message>(
    `POST /chat/conversations/${body.id}/messages`,
    text('where is my parcel'),
  );
  expect(said.status).toBe(201);
  const { messages } = (await chat.by.call<ChatTranscript>(`GET /chat/conversations/${body.id}`))
    .body;
  expect(messages[0]?.seq).toBe(1);
});

test('[A13] with a contact go all their conversations, who they are and their browsers’ tokens; a draft that waits is withdrawn', async () => {
  const first = planted.length;
  const contact = {
    external_id: marker('external'),
    name: marker('person'),
    email: `${marker('address')}@example.com`,
    attributes: { [marker('attributekey')]: marker('attribute') },
  };
  const opened = await admin.call<Conversation>(
    'POST /conversations',
    { bot: 'drafter', contact },
    once(),
  );
  const { id, contact: known } = opened.body;
  const more = await admin.call<Conversation>('POST /conversations', { bot: 'shop', contact });
  expect(more.body.contact.id).toBe(known.id);
  for (const one of [id, more.body.id]) {
    const said = { from: 'contact', ...text(`where is my order ${marker('said')}`) };
    await admin.call(`POST /conversations/${one}/messages`, said, once());
  }
  const [draft] = await until(async () => {
    const rows = await drafts();
    return rows.length ? rows : undefined;
  });
  await botsWord(more.body.id);
  const chat = await chatting(server.url, 'shop', marker('visitor'));

  expect(await admin.call(`POST /contacts/${known.id}/erase`, undefined, once())).toMatchObject({
    status: 200,
    body: { external_id: null, name: null, email: null, attributes: {} },
  });
  expect((await admin.call(`POST /contacts/${chat.contact_id}/erase`)).status).toBe(200);
  const own = planted.slice(first);
  expect(own.length).toBeGreaterThan(6);
  expect(await found(own)).toEqual([]);
  expect((await lena.call(`GET /cases/${draft?.id}`)).body).toMatchObject({ state: 'cancelled' });
  for (const one of [id, more.body.id]) {
    expect((await read(one)).conversation.erased_at).not.toBeNull();
  }
  expect((await chat.by.call('GET /chat/conversations')).status).toBe(401);
  // The host may know the same customer again: somebody new to us.
  const anew = await admin.call<Conversation>('POST /conversations', {
    bot: 'shop',
    contact: { external_id: contact.external_id },
  });
  expect(anew.body.contact.id).not.toBe(known.id);
  const found_again = anew.body.contact as Contact;
  await admin.call(`POST /contacts/${found_again.id}/erase`);
  expect(await found(own)).toEqual([]);
});

test('[A12] [A13] only an admin of the workspace erases', async () => {
  const { contact_id, id } = await chatting(server.url, 'shop');
  const other = await server.keyFor('admin', await server.newWorkspace('Other'));
  for (const what of [`conversations/${id}`, `contacts/${contact_id}`]) {
    expect((await lena.call(`POST /${what}/erase`)).status).toBe(403);
    expect((await other.call(`POST /${what}/erase`)).status).toBe(404);
  }
  expect((await read(id)).conversation.erased_at).toBeNull();
});
