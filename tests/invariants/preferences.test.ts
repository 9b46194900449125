import type {
  Chat,
  ChatTranscript,
  ConversationReport,
  OutputLife,
  Page,
  Preference,
  PreferenceQuestion,
  Transcript,
} from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type ModelServer, modelServer } from '../../server/src/testing/language-model.ts';
import { firstAdmin, type Person } from '../../server/src/testing/person.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { chatStream } from './chat-stream.ts';
import { until } from './until.ts';
import { type Chatting, chatting } from './visitor.ts';

let server: TestServer;
let model: ModelServer;
let admin: Caller;
let ana: Person;
const refund = 'You can return a lamp within 30 days. The refund arrives within five working days.';
const way = 'Your order is on its way.';
const written = `${refund.replaceAll('.', ' [1].')} Return the lamp within 30 days, and the refund arrives [1].`;
const bot = {
  title: 'Lampbot',
  gate: 'open',
  hand_off_below: 0,
  clarifies: false,
  uses_model: false,
  preference_share: 1,
  intents: [
    {
      name: 'refund',
      examples: ['i want a refund', 'give me my money back', 'refund please', 'return and refund'],
      answer: refund,
    },
    {
      name: 'where',
      examples: ['where is my order', 'where is my parcel', 'track my order', 'has it shipped'],
      answer: way,
    },
  ],
};
beforeAll(async () => {
  model = await modelServer();
  model.behave(() => ({ text: written, pace_ms: 5 }));
  server = await startServer({ url_pattern: inject('engine'), settings: model.settings });
  admin = await server.keyFor('admin');
  ana = await firstAdmin(server);
  await admin.call('PUT /gates/open', { policy: { mode: 'threshold', threshold: 0 } });
  await admin.call('PUT /bots/pairs', bot);
});
afterAll(async () => {
  await server?.stop();
  await model?.close();
});

const read = async ({ by, id }: Chatting) =>
  (await by.call<ChatTranscript>(`GET /chat/conversations/${id}`)).body;
// A busy machine may refuse one look; the next one finds it.
const asked = (chat: Chatting): Promise<PreferenceQuestion> =>
  until(async () => (await read(chat)).chat?.preference);
const answered = (chat: Chatting) =>
  until(async () => (await read(chat)).messages.find(({ author_kind }) => author_kind === 'bot'));
const choose = ({ by, id }: Chatting, output_id: string) =>
  by.call<Chat & { code: string }>(`POST /chat/conversations/${id}/preference`, { output_id });
async function question(name = 'pairs') {
  const chat = await chatting(server.url, name, 'Kim');
  await chat.say('i want a refund');
  return { chat, pair: await asked(chat) };
}
const wordsIn = async (chat: Chatting) =>
  (await read(chat)).messages.flatMap(({ author_kind, body }) =>
    author_kind === 'bot' && 'text' in body ? [body.text] : [],
  );

test('[W65] the team reads both answers in the conversation, which the bot would have said, and what was chosen', async () => {
  const { chat, pair } = await question();
  const told = async () =>
    (await admin.call<Transcript>(`GET /conversations/${chat.id}`)).body.preferences;
  const own = [pair.first, pair.second].find(({ text }) => text === refund)?.output_id;
  const shown = (one: PreferenceQuestion['first']) => ({ ...one, is_own: one.output_id === own });
  const both = { for_seq: 1, first: shown(pair.first), second: shown(pair.second) };
  expect(await told()).toEqual([
    { ...both, asked_at: expect.any(String), chosen_side: null, stands: true },
  ]);
  await choose(chat, pair.second.output_id);
  expect(await told()).toMatchObject([{ ...both, chosen_side: 'second', stands: false }]);
  // Who writes on has not chosen, and cannot any more.
  const passed = await question();
  await passed.chat.say('where is my order');
  await answered(passed.chat);
  const { body } = await admin.call<Transcript>(`GET /conversations/${passed.chat.id}`);
  expect(body.preferences).toMatchObject([{ chosen_side: null, stands: false }]);
});

test('[W65] of two answers the chosen one is said, and the choice is kept once, with the place it stood at', async () => {
  const { chat, pair } = await question();
  expect(new Set([pair.first.text, pair.second.text])).toEqual(new Set([refund, way]));
  expect(await wordsIn(chat)).toEqual([]);
  const stream = await chatStream(server.url, chat.by.key, chat.id);
  const { output_id, text } = pair.second;
  const given = await Promise.all([1, 2, 3].map(() => choose(chat, output_id)));
  expect(given.map(({ status }) => status)).toEqual([200, 200, 200]);
  await stream.until((told) =>
    told.some(({ messages }) => messages.some((one) => one.output_id === output_id)),
  );
  await stream.close();
  expect(await wordsIn(chat)).toEqual([text]);
  expect((await read(chat)).chat).toMatchObject({ preference: null, owner: { kind: 'bot' } });
  const changed = await choose(chat, pair.first.output_id);
  expect([changed.status, changed.body.code]).toEqual([409, 'preference_over']);
  const life = (await admin.call<OutputLife>(`GET /outputs/${output_id}/life`)).body;
  expect(life.feedback.map(({ feedback, by }) => ({ feedback, by }))).toEqual([
    {
      feedback: { kind: 'preference', over: pair.first.output_id, side: 'second' },
      by: chat.contact_id,
    },
  ]);
  const { body } = await admin.call<{ rows: { type: string; data: object }[] }>(
    `GET /audit?subject=${chat.id}`,
  );
  const events = body.rows.filter(({ type }) => type.includes('preference'));
  expect(events.map(({ type }) => type).toSorted()).toEqual([
    'conversation.preference_asked',
    'conversation.preference_given',
  ]);
  const data = (await admin.call<Page<Preference>>('GET /preferences?bot=pairs')).body.rows;
  expect(data.find(({ conversation_id }) => conversation_id === chat.id)).toMatchObject({
    chosen: text,
    rejected: pair.first.text,
    chosen_side: 'second',
    chosen_output_id: output_id,
    prompt: { messages: [expect.objectContaining({ text: 'i want a refund' })] },
  });
});

test('[W65] whoever writes on without choosing is answered, is not asked again, and can choose no more', async () => {
  const { chat, pair } = await question();
  await chat.say('where is my order');
  await answered(chat);
  const { chat: now } = await read(chat);
  expect(now.preference).toBe(null);
  expect((await choose(chat, pair.first.output_id)).body.code).toBe('preference_over');
  expect(await wordsIn(chat)).toHaveLength(1);
});

test('[W65] a takeover ends the question: nothing of it is said any more', async () => {
  const { chat, pair } = await question();
  expect((await ana.call(`POST /conversations/${chat.id}/take`, {})).status).toBe(200);
  expect((await read(chat)).chat.preference).toBe(null);
  expect((await choose(chat, pair.first.output_id)).body.code).toBe('preference_over');
  await ana.call(`POST /conversations/${chat.id}/hand-back`, { summary: 'Done.' });
  expect((await choose(chat, pair.second.output_id)).body.code).toBe('preference_over');
  expect((await read(chat)).chat.preference).toBe(null);
  expect(await wordsIn(chat)).toEqual([]);
});

test('[W65] a stop ends it too: a person is asked for in the place of the answer', async () => {
  await admin.call('PUT /bots/halted', bot);
  const { chat, pair } = await question('halted');
  await admin.call('POST /stop-bots', { bot: 'halted' });
  expect((await read(chat)).chat.preference).toBe(null);
  const given = await choose(chat, pair.first.output_id);
  // Whoever comes first hands it over, the choice or the server by itself.
  if (given.status === 200) expect(given.body.owner.kind).toBe('queue');
  else expect(given.body).toMatchObject({ code: 'preference_over' });
  expect((await choose(chat, pair.first.output_id)).body.code).toBe('preference_over');
  const owner = async () => (await read(chat)).chat.owner.kind;
  await until(async () => (await owner()) === 'queue' || undefined);
  expect(await wordsIn(chat)).toEqual([]);
});

test('[W65] where there are no two different answers that pass the gate, one is said and nothing is asked', async () => {
  await admin.call('PUT /bots/single', { ...bot, hand_off_below: 0.5 });
  const same = 'You can return a lamp within 30 days; the refund arrives within five working days!';
  await admin.call('PUT /bots/single/articles/returns', { title: 'Refund', text: same });
  await admin.call('PUT /bots/never', { ...bot, preference_share: 0 });
  const rules = [{ when: { field: 'metadata.topic', op: '!=', value: 'refund' }, then: 'hold' }];
  await admin.call('PUT /gates/strict', { policy: { mode: 'rules', otherwise: 'pass', rules } });
  await admin.call('PUT /bots/strict', { ...bot, gate: 'strict' });
  for (const name of ['single', 'never', 'strict']) {
    const chat = await chatting(server.url, name, 'Kim');
    await chat.say('i want a refund');
    await answered(chat);
    expect([name, (await read(chat)).chat.preference]).toEqual([name, null]);
    const held = await admin.call<Page<object>>(`GET /outputs?gate=${name}&verdict=hold`);
    expect([name, held.body.rows ?? []]).toEqual([name, []]);
  }
});

test('[W65] with a language model its words stand beside the bot’s own, and none is seen before', async () => {
  const other = 'Send the lamp to us and money comes back to your card.';
  await admin.call('PUT /bots/writes', {
    ...bot,
    uses_model: true,
    intents: [{ ...bot.intents[0], answer: other }, bot.intents[1]],
  });
  await admin.call('PUT /bots/writes/articles/returns', {
    title: 'Refunds of lamps',
    text: refund,
  });
  const chat = await chatting(server.url, 'writes', 'Kim');
  const stream = await chatStream(server.url, chat.by.key, chat.id);
  await chat.say('i want a refund for a lamp');
  const pair = await asked(chat);
  const texts = [pair.first.text, pair.second.text];
  expect(texts.some((text) => text.includes('and the refund arrives'))).toBe(true);
  expect(texts[0]).not.toBe(texts[1]);
  await stream.until((told) => told.some(({ chat: { preference } }) => preference !== null));
  expect(stream.told().filter(({ chat: { streaming } }) => streaming)).toEqual([]);
  await stream.close();
  expect((await choose(chat, pair.first.output_id)).status).toBe(200);
  expect(await wordsIn(chat)).toEqual([pair.first.text]);
});

test('[W65] each answer stands at either place by chance, and the report tells how far the place had a part in it', async () => {
  await admin.call('PUT /bots/many', bot);
  const seen: { own_first: boolean; chosen: 'first' | 'second' | null }[] = [];
  for (let at = 0; at < 24; at++) {
    const { chat, pair } = await question('many');
    const chosen = at % 4 === 3 ? null : at % 3 ? 'first' : 'second';
    if (chosen) expect((await choose(chat, pair[chosen].output_id)).status).toBe(200);
    seen.push({ own_first: pair.first.text === refund, chosen });
  }
  const own_first = seen.filter((one) => one.own_first).length;
  expect(own_first).toBeGreaterThan(0);
  expect(own_first).toBeLessThan(24);
  const from = new Date(Date.now() - 3_600_000).toISOString();
  const to = new Date(Date.now() + 3_600_000).toISOString();
  const { body } = await admin.call<ConversationReport>(
    `GET /reports/conversations?bot=many&from=${from}&to=${to}`,
  );
  const chosen = seen.filter((one) => one.chosen);
  const own = ({ own_first: first, chosen: side }: (typeof seen)[number]) =>
    (side === 'first') === first;
  const first_n = chosen.filter((one) => one.own_first);
  const { preferences } = body;
  expect(preferences).toMatchObject({ asked: 24, chosen: chosen.length });
  expect(preferences?.own.n).toBe(chosen.length);
  expect(preferences?.own.value).toBeCloseTo(chosen.filter(own).length / chosen.length, 9);
  expect(preferences?.own_when_first.n).toBe(first_n.length);
  expect(preferences?.own_when_second.n).toBe(chosen.length - first_n.length);
  expect(preferences?.first.value).toBeCloseTo(
    chosen.filter((one) => one.chosen === 'first').length / chosen.length,
    9,
  );
  expect(preferences?.first.low).toBeLessThan(preferences?.first.value ?? 0);
});

test('[W65] a stranger chooses nothing, and what is no answer of the question is none', async () => {
  const { chat, pair } = await question();
  const { chat: other } = await question();
  const strange = await other.by.call(`POST /chat/conversations/${chat.id}/preference`, {
    output_id: pair.first.output_id,
  });
  expect(strange.status).toBe(404);
  expect((await choose(other, pair.first.output_id)).status).toBe(404);
  expect((await choose(chat, 'out_none')).status).toBe(422);
  expect((await choose(chat, pair.first.output_id)).status).toBe(200);
  const { conversation } = (await admin.call<Transcript>(`GET /conversations/${chat.id}`)).body;
  expect(conversation.owner.kind).toBe('bot');
});
