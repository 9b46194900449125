import type { ChatTranscript, Message, Transcript } from '@wheelhouse/core';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { serveBeside } from '../../server/src/testing/beside.ts';
import {
  type ChatRequest,
  type ModelServer,
  modelServer,
} from '../../server/src/testing/language-model.ts';
import { firstAdmin, type Person } from '../../server/src/testing/person.ts';
import {
  type Caller,
  caller,
  startServer,
  type TestServer,
} from '../../server/src/testing/start.ts';
import { chatStream } from './chat-stream.ts';
import { compiled, startProcess } from './process.ts';
import { until } from './until.ts';
import { type Chatting, chatting } from './visitor.ts';

/** Each server has a model of its own, so that one sees which of them writes. */
let models: [ModelServer, ModelServer];
let server: TestServer;
let second: Awaited<ReturnType<typeof serveBeside>> | undefined;
let admin: Caller;
let ana: Person;
beforeAll(async () => {
  await compiled();
  models = [await modelServer(), await modelServer()];
  server = await startServer({ url_pattern: inject('engine'), settings: models[0].settings });
  second = await serveBeside(server.database_url, models[1].settings);
  admin = await server.keyFor('admin');
  ana = await firstAdmin(server);
  await admin.call('PUT /gates/replies', { policy: { mode: 'threshold', threshold: 0.4 } });
  await admin.call('PUT /bots/default', bot);
});
afterAll(async () => {
  await second?.close();
  await server?.stop();
  for (const model of models ?? []) await model.close();
});
beforeEach(() => {
  for (const model of models) {
    model.asked.length = 0;
    model.aborted.length = 0;
    model.behave(() => ({ text: long, pace_ms: 40 }));
  }
});

const bot = {
  title: 'Lampbot',
  gate: 'replies',
  intents: [
    { name: 'where', examples: ['where is my order', 'track my order'], answer: 'On its way.' },
    {
      name: 'refund',
      title: 'Returns',
      examples: ['i want a refund', 'give me my money back', 'refund please', 'return and refund'],
      answer: 'You can return a lamp within 30 days. The refund arrives within five working days.',
    },
  ],
};
const sentence = 'You can return a lamp within 30 days [1]. ';
/** It would take minutes to say. */
const long = sentence.repeat(400);

/** A model writes briefs of hand-offs as well, whenever it comes to that. */
const replies = (requests: ChatRequest[]) =>
  requests.filter(({ messages }) =>
    messages.some(({ content }) => content.includes(`You are ${bot.title}`)),
  );
const read = async (id: string) => (await admin.call<Transcript>(`GET /conversations/${id}`)).body;
const seenOf = (told: ChatTranscript[]) =>
  told.flatMap(({ chat }) => (chat.streaming ? [chat.streaming.text] : []));
const textOf = ({ body }: Message) => ('text' in body ? body.text : '');

/** A customer who sees the bot write, and which of the servers it writes on. */
async function beingTold(): Promise<{
  chat: Chatting;
  stream: Awaited<ReturnType<typeof chatStream>>;
  writer: 0 | 1;
}> {
  const chat = await chatting(server.url);
  const stream = await chatStream(server.url, chat.by.key, chat.id);
  const before = replies(models[0].asked).length;
  await chat.say('i want a refund');
  await stream.until((told) => seenOf(told).length > 0);
  const writer = replies(models[0].asked).length > before ? 0 : 1;
  return { chat, stream, writer };
}

/** The other server than the one that writes. */
const other = (writer: 0 | 1) => (writer === 0 ? (second?.url ?? '') : server.url);
const asAna = () => ({ cookie: ana.cookie(), 'x-wheelhouse': '1' });

/** What was seen stands, cut off, and in a second and a half nothing of the bot's follows it. */
async function brokenOff(chat: Chatting, stream: { told(): ChatTranscript[] }, writer: 0 | 1) {
  await until(() => replies(models[writer].aborted).length > 0);
  await new Promise((done) => setTimeout(done, 1_500));
  const { conversation, messages } = await read(chat.id);
  expect(conversation.streaming).toBeNull();
  const said = messages.filter(({ author_kind }) => author_kind === 'bot');
  expect(said.map(({ cut }) => cut)).toEqual([true]);
  const stands = textOf(said[0] as Message) ?? '';
  for (const seen of seenOf(stream.told())) expect(stands.startsWith(seen)).toBe(true);
  expect(stream.told().at(-1)?.chat.streaming).toBeNull();
}

test('[W62] [W14] taken on the other server than the one that writes, a reply breaks off', async () => {
  for (let round = 0; round < 4; round++) {
    const { chat, stream, writer } = await beingTold();
    const there = caller(other(writer), '');
    const taken = await there.call(`POST /conversations/${chat.id}/take`, {}, asAna());
    expect(taken.status).toBe(200);
    await brokenOff(chat, stream, writer);
    for (const model of models) model.aborted.length = 0;
    await stream.close();
  }
});

test('[W62] [W9] all bots stopped on the other server, what is being written breaks off, and a person is asked for', async () => {
  const { chat, stream, writer } = await beingTold();
  const there = caller(other(writer), '');
  const from_ms = Date.now();
  const stopped = await there.call<{ bots: string[] }>('POST /stop-bots', {}, asAna());
  expect([stopped.status, stopped.body.bots]).toEqual([200, ['default']]);
  const seen = seenOf(stream.told()).at(-1) ?? '';
  await until(() => replies(models[writer].aborted).length > 0);
  // The stop reaches every server within a second; the rest is this machine's.
  expect(Date.now() - from_ms).toBeLessThan(5_000);
  const paused = await until(async () => {
    const now = await read(chat.id);
    return now.conversation.hand_off && now;
  });
  expect(paused.conversation.hand_off?.reason).toBe('paused');
  await new Promise((done) => setTimeout(done, 1_000));
  const after = seenOf(stream.told()).at(-1) ?? '';
  // What was on its way to the browser when the stop was answered may still arrive there.
  expect(after.length - seen.length).toBeLessThan(3 * sentence.length);
  expect((await read(chat.id)).conversation.streaming).toBeNull();
  await there.call('POST /resume-bots', {}, asAna());
  await stream.close();
});

test('[W63] a server that is killed while it writes: another takes its turn within 15 seconds, and no half sentence is left', async () => {
  await second?.close();
  second = undefined;
  const settings = { ...models[1].settings, WHEELHOUSE_DATABASE_URL: server.database_url };
  const killed = await startProcess(settings);
  models[0].behave(() => ({ text: sentence.repeat(2) }));
  try {
    // Whichever of the two comes first takes a turn, so some are begun until the other has one.
    const { chat, stream } = await until(async () => {
      const chat = await chatting(server.url);
      const stream = await chatStream(server.url, chat.by.key, chat.id);
      await chat.say('i want a refund');
      await stream.until(
        (told) => seenOf(told).length > 0 || told.some(({ chat }) => chat.seq > 1),
      );
      if (replies(models[1].asked).length) return { chat, stream };
      await stream.close();
      return undefined;
    });
    await stream.until((told) => seenOf(told).length > 0);
    const from_ms = Date.now();
    await killed.kill();
    const answered = await until(async () => {
      const now = await read(chat.id);
      return now.messages.some(({ author_kind }) => author_kind === 'bot') && now;
    });
    const took_ms = Date.now() - from_ms;
    // How long an answer takes on this machine anyway is no part of how long the turn is waited for.
    const again = await chatting(server.url);
    const asked_ms = Date.now();
    await again.say('i want a refund');
    await until(async () =>
      (await read(again.id)).messages.some(({ author_kind }) => author_kind === 'bot'),
    );
    expect(took_ms - (Date.now() - asked_ms)).toBeLessThan(15_000);
    expect(answered.conversation.streaming).toBeNull();
    expect(answered.messages.map(({ author_kind, cut }) => [author_kind, cut])).toEqual([
      ['contact', false],
      ['bot', false],
    ]);
    await stream.until(
      (told) => told.at(-1)?.chat.streaming === null && told.at(-1)?.chat.seq === 2,
    );
    await stream.close();
  } finally {
    await killed.kill();
  }
});
