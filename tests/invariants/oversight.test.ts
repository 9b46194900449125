import type { ChatTranscript, Conversation, LiveView, Message, Transcript } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { firstAdmin, newMember } from '../../server/src/testing/person.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { until } from './until.ts';
import { chatting } from './visitor.ts';

type Member = Awaited<ReturnType<typeof newMember>>;

let server: TestServer;
let program: Caller;
let rita: Member;
let omar: Member;
let lena: Member;
// So far away that nobody is there while a test runs.
const date = new Date(Date.now() + 3 * 24 * 3_600_000).toISOString().slice(0, 10);
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  program = await server.keyFor('admin');
  const admin = await firstAdmin(server);
  rita = await newMember(server, admin, 'rita@example.com', 'reviewer');
  omar = await newMember(server, admin, 'omar@example.com', 'reviewer');
  lena = await newMember(server, admin, 'lena@example.com', 'lead');
  await program.call('PUT /bots/shop', {
    title: 'Shop bot',
    posture: 'off',
    hours: { zone: 'UTC', weekly: {}, exceptions: [{ date, open: [['09:00', '10:00']] }] },
  });
  await program.call('PUT /bots/quick', {
    title: 'Quick bot',
    gate: 'quick',
    intents: [
      { name: 'where', examples: ['where is my order', 'track my order'], answer: 'On its way.' },
      { name: 'refund', examples: ['refund please', 'my money back'], answer: 'In 30 days.' },
    ],
  });
  await program.call('PUT /gates/quick', { policy: { mode: 'threshold', threshold: 0.4 } });
});
afterAll(() => server?.stop());

const live = async (by: Caller = lena) => (await by.call<LiveView>('GET /live')).body;
const read = async (by: Caller, id: string) =>
  (await by.call<Transcript>(`GET /conversations/${id}`)).body;
/** A customer who waits for a person. */
async function waiting(name: string) {
  const chat = await chatting(server.url, 'shop', name);
  // Asked for first: the bot, which answers nothing, would hand over at the first word by a rule.
  await chat.by.call(`POST /chat/conversations/${chat.id}/hand-off`);
  await until(async () => (await read(lena, chat.id)).conversation.owner.kind === 'queue');
  await chat.say(`a secret of ${name}`);
  return chat;
}

test('[W36] a lead sees who waits and in which place, who has how many, and whom a bot has', async () => {
  const before = await live();
  expect(before.waiting.count).toBe(0);
  expect(before.people.map(({ name, conversations }) => [name, conversations])).toEqual(
    expect.arrayContaining([
      ['rita', 0],
      ['omar', 0],
    ]),
  );
  const kim = await waiting('Kim');
  const lee = await waiting('Lee');
  const quick = await chatting(server.url, 'quick', 'Mo');
  await quick.say('where is my order');
  await until(async () => (await read(lena, quick.id)).messages.length > 1);
  const now = await live();
  expect(now.waiting.count).toBe(2);
  const found = now.waiting.rows.map(({ id, place, customer, reason, owner }) => ({
    ...{ id, place, customer, reason, owner },
  }));
  const owner = { kind: 'queue', id: 'conversations', name: 'conversations' };
  expect(found).toEqual([
    { id: kim.id, place: 1, customer: 'Kim', reason: 'asked', owner },
    { id: lee.id, place: 2, customer: 'Lee', reason: 'asked', owner },
  ]);
  const back_at = `${date}T09:00:00.000Z`;
  expect(now.waiting.rows.map((row) => [row.back_at, row.wait_ms])).toEqual([
    [back_at, null],
    [back_at, null],
  ]);
  expect(now.with_bots.rows.map(({ id }) => id)).toEqual([quick.id]);
  expect(now.bots.map(({ name, conversations }) => [name, conversations])).toEqual(
    expect.arrayContaining([
      ['quick', 1],
      ['shop', 0],
    ]),
  );
  // The one who waited longest is first, whoever has them.
  await rita.call(`POST /conversations/${lee.id}/take`);
  await program.call(`PATCH /conversations/${kim.id}`, { priority: -5 });
  const then = await live();
  expect(then.unanswered.rows.map(({ id }) => id)).toEqual([kim.id, lee.id]);
  expect(then.people[0]).toMatchObject({ name: 'rita', conversations: 1, owing: 1 });
  expect(then.people[0]?.owing_since).toBe(then.unanswered.rows[1]?.waiting_since);
  await rita.call(`POST /conversations/${lee.id}/messages`, { body: { kind: 'text', text: 'Hi' } });
  const after = await live();
  expect(after.unanswered.count).toBe(1);
  expect(after.people[0]).toMatchObject({ name: 'rita', conversations: 1, owing: 0 });
  expect(JSON.stringify(after)).not.toContain('secret');
});

test('[W36] nobody below a lead gets it; a stop is seen with who did it and when', async () => {
  for (const by of [rita, await server.keyFor('reviewer')]) {
    expect((await by.call('GET /live')).status).toBe(403);
  }
  expect((await rita.call('POST /stop-bots')).status).toBe(403);
  await lena.call('POST /stop-bots');
  for (const { stopped_at, stopped_by } of (await live()).bots) {
    expect(Date.parse(stopped_at ?? '')).toBeGreaterThan(Date.now() - 60_000);
    expect(stopped_by).toBe(lena.me.id);
  }
  await lena.call('POST /resume-bots');
  expect((await live()).bots.every((bot) => !bot.stopped_at && !bot.stopped_by)).toBe(true);
});

test('[W37] a whisper is seen by whoever has the wheel and by leads, by no customer and nobody else', async () => {
  const kim = await waiting('Kim');
  const whisper = (by: Caller, body: object) =>
    by.call<Message>(`POST /conversations/${kim.id}/whisper`, body);
  const nobody = await whisper(lena, { text: 'Hello?' });
  expect([nobody.status, nobody.body.code]).toEqual([409, 'nobody_hears']);
  await rita.call(`POST /conversations/${kim.id}/take`);
  const { seq, epoch, waiting_since } = (await read(lena, kim.id)).conversation;
  expect((await whisper(omar, { text: 'Me too' })).status).toBe(403);
  expect((await whisper(program, { text: 'Me too' })).status).toBe(403);
  expect((await whisper(lena, { text: '   ' })).body.errors?.[0]?.field).toBe('text');
  const said = await whisper(lena, { text: 'A whispered hint' });
  expect(said.status).toBe(201);
  expect(said.body).toMatchObject({
    ...{ audience: 'team', author_name: 'lena', whisper_to: rita.me.id, seq: seq + 1 },
  });
  // Sent again under its id it is the same one.
  const again = { id: said.body.id, text: 'A whispered hint' };
  expect((await whisper(lena, again)).body).toEqual(said.body);
  expect((await whisper(lena, { ...again, text: 'Other words' })).body.code).toBe('id_taken');

  const last = async (by: Caller) => (await read(by, kim.id)).messages.at(-1);
  expect(await last(rita)).toMatchObject({ id: said.body.id });
  expect(await last(lena)).toMatchObject({ id: said.body.id });
  for (const by of [omar, await server.keyFor('reviewer')]) {
    expect(JSON.stringify(await read(by, kim.id))).not.toContain('whispered');
  }
  const customers = await kim.by.call<ChatTranscript>(`GET /chat/conversations/${kim.id}`);
  expect(JSON.stringify(customers.body)).toContain('a secret of Kim');
  expect(JSON.stringify(customers.body)).not.toContain('whispered');
  // It took nothing and answered nothing.
  const { conversation } = await read(rita, kim.id);
  expect(conversation).toMatchObject({ epoch, waiting_since, owner: { id: rita.me.id } });
});

test('[W37] what was whispered is no summary for the bot that has the wheel again', async () => {
  const kim = await waiting('Kim');
  await rita.call(`POST /conversations/${kim.id}/take`);
  await lena.call(`POST /conversations/${kim.id}/whisper`, { text: 'A whispered hint' });
  await rita.call(`POST /conversations/${kim.id}/messages`, { body: { kind: 'text', text: 'Hi' } });
  await lena.call(`POST /conversations/${kim.id}/whisper`, { text: 'A whispered hint' });
  await rita.call(`POST /conversations/${kim.id}/hand-back`);
  await kim.say('where is my order');
  await kim.by.call(`POST /chat/conversations/${kim.id}/hand-off`);
  const { hand_off } = (await read(lena, kim.id)).conversation;
  const asked = await program.call(`GET /outputs/${hand_off?.output_id}`);
  expect(JSON.stringify(asked.body)).toContain('a secret of Kim');
  expect(JSON.stringify(asked.body)).not.toContain('whispered');
});

test('[W37] who loses the wheel to a lead is told who took it and why', async () => {
  const kim = await waiting('Kim');
  await rita.call(`POST /conversations/${kim.id}/take`);
  const forced = { force: true, note: 'I know this customer.' };
  const other = await omar.call(`POST /conversations/${kim.id}/take`, forced);
  expect([other.status, other.body.code]).toEqual([409, 'wheel_taken']);
  const taken = await lena.call<Conversation>(`POST /conversations/${kim.id}/take`, forced);
  expect(taken.body.owner).toMatchObject({ kind: 'member', id: lena.me.id });
  const { messages } = await read(rita, kim.id);
  expect(messages.slice(-2)).toMatchObject([
    { audience: 'team', author_id: lena.me.id, body: { text: 'I know this customer.' } },
    { audience: 'all', body: { line: 'taken', name: 'lena' } },
  ]);
  const record = await lena.call<{ rows: { data: unknown; actor: string }[] }>(
    `GET /audit?subject=${kim.id}&type=conversation.taken&limit=1`,
  );
  expect(record.body.rows[0]).toMatchObject({
    actor: lena.me.id,
    data: { from: { kind: 'member', id: rita.me.id }, to: { kind: 'member', id: lena.me.id } },
  });
  const customers = await kim.by.call<ChatTranscript>(`GET /chat/conversations/${kim.id}`);
  expect(JSON.stringify(customers.body)).not.toContain('I know');
});
