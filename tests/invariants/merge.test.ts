import type {
  Chat,
  ChatMessage,
  ChatTranscript,
  Conversation,
  Event,
  Message,
  Transcript,
} from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createWorkspace } from '../../server/src/actions/workspace.ts';
import { firstAdmin, newMember, type Person } from '../../server/src/testing/person.ts';
import {
  type Caller,
  type Reply,
  startServer,
  type TestServer,
} from '../../server/src/testing/start.ts';
import { lampbot } from '../journeys/talk.ts';
import { until } from './until.ts';
import { chatting } from './visitor.ts';

let server: TestServer;
let admin: Caller;
let rita: Person;
let tom: Person;
let lena: Person;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  admin = await server.keyFor('admin');
  const ana = await firstAdmin(server);
  rita = await newMember(server, ana, 'rita@example.com', 'reviewer');
  tom = await newMember(server, ana, 'tom@example.com', 'reviewer');
  lena = await newMember(server, ana, 'lena@example.com', 'lead');
  const waiting = { tell_after_ms: 900_000, silent_after_ms: 900_000, silent_grace_ms: 900_000 };
  await admin.call('PUT /gates/replies', { policy: { mode: 'threshold', threshold: 0.4 } });
  await admin.call('PUT /bots/shop', { title: 'Lampbot', gate: 'replies', intents, waiting });
  await admin.call('PUT /bots/quiet', { title: 'Lampbot', posture: 'off', waiting });
});
afterAll(() => server?.stop());

const { intents } = lampbot;
const text = (words: string) => ({ body: { kind: 'text', text: words } });
const read = async (id: string) =>
  (await admin.call<Transcript>(`GET /conversations/${id}?after=0&limit=500`)).body;
const merge = (by: Person, from: string, into: string) =>
  by.call<Conversation>(`POST /conversations/${from}/merge`, { into });
const another = async (by: Caller, bot = 'quiet') =>
  (await by.call<{ id: string }>('POST /chat/conversations', { bot })).body.id;
const linesOf = ({ messages }: Transcript) =>
  messages.flatMap(({ body }) => (body.kind === 'line' ? [body.line] : []));
const numbers = ({ messages }: Transcript) => messages.map(({ seq }) => seq);
const gapless = (count: number) => Array.from({ length: count }, (_, at) => at + 1);
const eventsOf = async (id: string, type: Event['type']) =>
  (await admin.call<{ rows: Event[] }>(`GET /audit?subject=${id}&type=${type}`)).body.rows;

test('[W35] the customer goes on in the other, and both name each other; done again it is done', async () => {
  const kim = await chatting(server.url, 'quiet', 'Kim');
  const into = await another(kim.by);
  await kim.say('my lamp is broken');
  await kim.by.call(`POST /chat/conversations/${into}/messages`, text('hello?'));
  await rita.call(`POST /conversations/${into}/take`);
  const before = (await read(kim.id)).messages;
  const merged = await merge(rita, kim.id, into);
  expect([merged.status, merged.body.id]).toEqual([200, into]);
  const [one, two] = [await read(kim.id), await read(into)];
  expect(one.conversation).toMatchObject({ merged_into: into, state: 'resolved', reason: null });
  expect(one.messages.slice(0, before.length)).toEqual(before);
  expect(linesOf(one).at(-1)).toBe('merged');
  expect(linesOf(two).at(-1)).toBe('merged_in');
  expect(two.merged).toMatchObject([{ id: kim.id, seq: one.conversation.seq }]);
  expect(two.conversation.waiting_since).toBe(before[0]?.at);
  expect([numbers(one), numbers(two)]).toEqual([
    gapless(one.messages.length),
    gapless(two.messages.length),
  ]);
  // The customer is told where it goes on; what they write to the one stands in the other.
  const { chat } = (await kim.by.call<ChatTranscript>(`GET /chat/conversations/${kim.id}`)).body;
  expect([chat.merged_into, chat.rating]).toEqual([into, null]);
  const late = await kim.say('are you there?');
  expect([late.status, late.body.conversation_id]).toEqual([201, into]);
  expect((await read(into)).messages.at(-1)?.id).toBe(late.body.id);
  const ended = await kim.by.call<Chat>(`POST /chat/conversations/${kim.id}/resolve`);
  expect([ended.body.id, ended.body.state]).toEqual([into, 'resolved']);
  // Nobody else does anything with what was merged.
  for (const [what, body] of [
    ['take', {}],
    ['resolve', undefined],
    ['messages', text('hello')],
    ['hand-off', {}],
  ] as const) {
    const refused = await rita.call(`POST /conversations/${kim.id}/${what}`, body);
    expect([what, refused.status, refused.body.code]).toEqual([what, 409, 'merged']);
  }
  const count = (await read(into)).conversation.seq;
  const again = await merge(rita, kim.id, into);
  expect([again.status, again.body.id, again.body.seq]).toEqual([200, into, count]);
  expect(await eventsOf(kim.id, 'conversation.merged')).toHaveLength(1);
});

/** Sends until it is taken: a server that is busy says so, and asks to be tried again. */
async function taken<Body>(send: () => Promise<Reply<Body>>): Promise<Reply<Body>> {
  return until(async () => {
    const reply = await send();
    if (reply.status === 503) return undefined;
    expect([reply.status, reply.body.code]).toEqual([
      reply.status < 300 ? reply.status : 200,
      undefined,
    ]);
    return reply;
  });
}

test('[W35] what the customer writes while it is merged stands once, in the one or in the other', async () => {
  const writes = 12;
  const rounds = await Promise.all(
    gapless(6).map(async (round) => {
      const kim = await chatting(server.url, 'quiet', `Kim ${round}`);
      const into = round % 2 ? await another(kim.by) : (await chatting(server.url, 'quiet')).id;
      const ids = gapless(writes).map(
        (one) => `msg_${String(round * 1_000 + one).padStart(26, '0')}`,
      );
      const path = `POST /chat/conversations/${kim.id}/messages`;
      const send = (id: string) =>
        taken(() => kim.by.call<ChatMessage>(path, { id, ...text(`word ${id}`) }));
      // Some twice, as when an answer was lost.
      const sent = (id: string, at: number) =>
        Promise.all(at % 3 ? [send(id)] : [send(id), send(id)]);
      await Promise.all([
        ...ids.slice(0, writes / 2).map(sent),
        taken(() => merge(lena, kim.id, into)),
        ...ids.slice(writes / 2).map(sent),
      ]);
      return { kim, into, ids, again: await Promise.all(ids.map(send)) };
    }),
  );
  for (const { kim, into, ids, again } of rounds) {
    const [one, two] = [await read(kim.id), await read(into)];
    const said = [...one.messages, ...two.messages];
    const places = ids.map((id) => said.filter((message) => message.id === id).length);
    expect(places).toEqual(ids.map(() => 1));
    const placed = (message: { id: string; seq: number; conversation_id: string }) =>
      `${message.id} ${message.conversation_id} ${message.seq}`;
    expect(again.map(({ body }) => placed(body)).sort()).toEqual(
      said
        .filter(({ author_kind }) => author_kind === 'contact')
        .map(placed)
        .sort(),
    );
    expect(numbers(one)).toEqual(gapless(one.messages.length));
    expect(numbers(two)).toEqual(gapless(two.messages.length));
    expect(one.messages.at(-1)?.body).toMatchObject({ line: 'merged', conversation_id: into });
    // Merged before anything was said, it is its bot that hands over what was said afterwards.
    await until(async () => (await read(into)).conversation.owner.kind !== 'bot');
  }
});

test('[W35] [W4] of the bot nothing is said in what was merged, whatever it had begun', async () => {
  const rounds = await Promise.all(
    gapless(8).map(async () => {
      const kim = await chatting(server.url, 'shop', 'Kim');
      const into = await another(kim.by, 'shop');
      await Promise.all([
        taken(() => kim.say('where is my order')),
        taken(() => merge(rita, kim.id, into)),
      ]);
      return { one: kim.id, into };
    }),
  );
  // What was begun has ended when the bot has answered somebody who asked after all of them.
  const last = await chatting(server.url, 'shop', 'Last');
  await last.say('where is my order');
  const answer = ({ author_kind }: Message) => author_kind === 'bot';
  await until(async () => (await read(last.id)).messages.some(answer));
  for (const { one, into } of rounds) {
    const asked = [await read(one), await read(into)].flatMap(({ messages }) => messages);
    expect(asked.filter(({ author_kind }) => author_kind === 'contact')).toHaveLength(1);
    expect((await read(one)).messages.at(-1)?.body).toMatchObject({ line: 'merged' });
  }
});

test('[W35] [W4] a draft for what was merged is dropped when it is approved', async () => {
  await admin.call('PUT /gates/drafts', { policy: { mode: 'always' } });
  await admin.call('PUT /bots/careful', { title: 'Careful', gate: 'drafts', intents });
  const kim = await chatting(server.url, 'careful', 'Kim');
  const into = await another(kim.by, 'careful');
  await kim.say('where is my order');
  const draft = await until(
    async () =>
      (await admin.call<{ rows: { id: string }[] }>('GET /cases?gate=drafts')).body.rows[0]?.id,
  );
  await merge(rita, kim.id, into);
  const approved = await tom.call(`POST /cases/${draft}/answers`, {
    values: { verdict: 'approve' },
  });
  expect(approved.status).toBe(200);
  const [dropped] = await until(async () => {
    const rows = await eventsOf(kim.id, 'message.dropped');
    return rows.length ? rows : undefined;
  });
  expect(dropped?.data.why).toBe('stale');
  for (const id of [kim.id, into]) {
    expect((await read(id)).messages.some(({ author_kind }) => author_kind === 'bot')).toBe(false);
  }
});

test('[W35] two customers are one only when a lead says so, and then in every browser of theirs', async () => {
  const known = { external_id: 'customer-7', name: 'Kim Berg', email: 'kim@example.com' };
  const { body: vouched } = await admin.call<Conversation>('POST /conversations', {
    bot: 'quiet',
    contact: known,
  });
  const kim = await chatting(server.url, 'quiet', 'kimmy');
  await kim.say('it is me');
  const refused = await merge(rita, vouched.id, kim.id);
  expect([refused.status, refused.body.code]).toEqual([403, 'forbidden']);
  // Whom the host knows stays, whichever goes on.
  const merged = await merge(lena, vouched.id, kim.id);
  expect(merged.status).toBe(200);
  expect(merged.body.contact).toMatchObject({ id: vouched.contact.id, ...known });
  const [event] = await eventsOf(vouched.id, 'conversation.merged');
  expect(event?.data.contacts).toEqual({ from: kim.contact_id, into: vouched.contact.id });
  const { body: list } = await kim.by.call<{ rows: Chat[] }>('GET /chat/conversations');
  expect(list.rows.map(({ id }) => id).sort()).toEqual([vouched.id, kim.id].sort());
  expect((await kim.say('and again')).status).toBe(201);
  // Whom the host knows apart stay apart.
  const { body: other } = await admin.call<Conversation>('POST /conversations', {
    bot: 'quiet',
    contact: { external_id: 'customer-8' },
  });
  const apart = await merge(lena, other.id, kim.id);
  expect([apart.status, apart.body.errors?.[0]?.field]).toEqual([422, 'into']);
  expect((await read(other.id)).conversation.merged_into).toBeNull();
});

test('[W35] another member’s is merged by a lead alone, no program merges, and no workspace sees another’s', async () => {
  const kim = await chatting(server.url, 'quiet', 'Kim');
  const into = await another(kim.by);
  await tom.call(`POST /conversations/${kim.id}/take`);
  const taken = await merge(rita, kim.id, into);
  expect([taken.status, taken.body.code]).toEqual([409, 'wheel_taken']);
  const program = await admin.call(`POST /conversations/${kim.id}/merge`, { into });
  expect(program.status).toBe(403);
  const itself = await merge(tom, kim.id, kim.id);
  expect([itself.status, itself.body.errors?.[0]?.field]).toEqual([422, 'into']);
  const elsewhere = await createWorkspace(server.ports, 'Elsewhere');
  const key = await server.keyFor('admin', elsewhere);
  await key.call('PUT /bots/quiet', { title: 'Other', posture: 'off' });
  const { body: far } = await key.call<Conversation>('POST /conversations', { bot: 'quiet' });
  expect((await merge(lena, kim.id, far.id)).status).toBe(404);
  expect((await merge(lena, kim.id, into)).status).toBe(200);
  expect((await merge(lena, into, kim.id)).body.code).toBe('merged');
});
