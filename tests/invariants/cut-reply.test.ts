import { setTimeout as pause } from 'node:timers/promises';
import type { LookingChange, Message, Transcript } from '@wheelhouse/core';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { type ModelServer, modelServer } from '../../server/src/testing/language-model.ts';
import { firstAdmin, type Person } from '../../server/src/testing/person.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { grounded, plain, refund, refund_bot } from './refund-bot.ts';
import { until } from './until.ts';
import { chatting } from './visitor.ts';

let server: TestServer;
let model: ModelServer;
let admin: Caller;
let ana: Person;
beforeAll(async () => {
  model = await modelServer();
  server = await startServer({ url_pattern: inject('engine'), settings: model.settings });
  admin = await server.keyFor('admin');
  ana = await firstAdmin(server);
  await admin.call('PUT /gates/replies', { policy: { mode: 'threshold', threshold: 0.4 } });
  await admin.call('PUT /bots/default', refund_bot);
});
afterAll(async () => {
  await server?.stop();
  await model?.close();
});
beforeEach(() => {
  model.asked.length = 0;
});

const read = async (id: string) => (await admin.call<Transcript>(`GET /conversations/${id}`)).body;

const wordsOf = ({ author_kind, body, cut }: Message) =>
  body.kind === 'line' ? `(${body.line})` : `${author_kind}${cut ? ', cut' : ''}`;
const saidIn = async (id: string) => (await read(id)).messages.map(wordsOf);

/** What a reply was asked for by. */
const replies = () =>
  model.asked.filter(({ messages }) => messages[0]?.content.startsWith('You are ')).length;

/** The first so many replies take minutes to say. */
const slow = (times: number, then: Parameters<ModelServer['behave']>[0]) => {
  let nth = 0;
  model.behave((request) => {
    nth += 1;
    return nth > times ? then(request, nth) : { text: `${grounded} `.repeat(40), pace_ms: 60 };
  });
};

/** The wheel is taken in the middle of a reply, and given back without a word. */
async function broken(id: string): Promise<void> {
  await until(async () => (await read(id)).conversation.streaming);
  await ana.call(`POST /conversations/${id}/take`, {});
  expect((await read(id)).conversation).toMatchObject({ answering: false, streaming: null });
  await ana.call(`POST /conversations/${id}/hand-back`);
}
const over = (id: string) =>
  until(async () => (await saidIn(id)).at(-1) === 'bot' && (await read(id)));

test.each([
  ['writes on', () => ({ text: grounded }), plain],
  ['fails', () => ({ status: 400 }), refund],
] as const)(
  '[W111] given back without a word, a bot whose reply was broken off answers the question once; its model %s',
  async (_how, then, answer) => {
    slow(1, then);
    const { id, say } = await chatting(server.url, 'default', 'Kim');
    await say('i want a refund');
    await broken(id);
    const { messages, conversation } = await over(id);
    expect(messages.map(wordsOf)).toEqual([
      'contact',
      'bot, cut',
      '(taken)',
      '(handed_back)',
      'bot',
    ]);
    expect(messages.at(-1)?.body).toMatchObject({ text: answer });
    expect(conversation).toMatchObject({ waiting_since: null, answering: false });
    // What was answered is not answered again, however often the wheel goes to and fro.
    const asked = replies();
    await ana.call(`POST /conversations/${id}/take`, {});
    await ana.call(`POST /conversations/${id}/hand-back`);
    await pause(1_500);
    expect((await saidIn(id)).slice(5)).toEqual(['(taken)', '(handed_back)']);
    expect(replies()).toBe(asked);
  },
);

test('[W111] broken off twice it is answered all the same; once a person has answered, never', async () => {
  slow(2, () => ({ text: grounded }));
  const { id, say } = await chatting(server.url, 'default', 'Kim');
  await say('i want a refund');
  await broken(id);
  await broken(id);
  await over(id);
  expect((await saidIn(id)).filter((one) => one.startsWith('bot'))).toEqual([
    'bot, cut',
    'bot, cut',
    'bot',
  ]);
  slow(1, () => ({ text: grounded }));
  await say('refund please');
  await until(async () => (await read(id)).conversation.streaming);
  await ana.call(`POST /conversations/${id}/messages`, {
    body: { kind: 'text', text: 'It is paid back today.' },
  });
  await ana.call(`POST /conversations/${id}/hand-back`, { summary: '' });
  await pause(1_500);
  expect((await saidIn(id)).at(-1)).toBe('(handed_back)');
});

test('[W111] what its gate keeps for people waits for them, also after a reply was broken off', async () => {
  await admin.call('PUT /gates/changing', { policy: { mode: 'never' } });
  await admin.call('PUT /bots/changing', { ...refund_bot, gate: 'changing' });
  slow(1, () => ({ text: grounded }));
  const { id, say } = await chatting(server.url, 'changing', 'Kim');
  await say('i want a refund');
  await until(async () => (await read(id)).conversation.streaming);
  await ana.call(`POST /conversations/${id}/take`, {});
  await admin.call('PUT /gates/changing', { policy: { mode: 'always' } });
  await ana.call(`POST /conversations/${id}/hand-back`);
  const { conversation } = await until(async () => {
    const now = await read(id);
    const { draft, answering } = now.conversation;
    return draft && !answering ? now : undefined;
  });
  expect(conversation.waiting_since).not.toBeNull();
  expect((await saidIn(id)).at(-1)).toBe('(handed_back)');
});

test('[W110] whoever looks hears of a reply as it grows, as much as its customer sees, and of its end', async () => {
  slow(1, () => ({ text: grounded }));
  const { id, say } = await chatting(server.url, 'default', 'Kim');
  const look = () => ana.call(`POST /conversations/${id}/looking`, { typing: false });
  await look();
  const stop = new AbortController();
  const { body } = await fetch(`${server.url}/api/v1/events`, {
    headers: { cookie: ana.cookie() },
    signal: stop.signal,
  });
  let text = '';
  const reading = (async () => {
    for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
      text += new TextDecoder().decode(chunk);
    }
  })().catch(() => {});
  const heard = (): LookingChange[] =>
    [...text.matchAll(/event: looking\ndata: (.+)\n/g)].map((one) => JSON.parse(String(one[1])));
  await until(() => text.includes('event: ready'));
  await say('i want a refund');
  await until(() => heard().some(({ answering, streaming }) => answering && !streaming));
  await until(() => new Set(heard().map(({ streaming }) => streaming?.text)).size > 2);
  const { conversation } = await read(id);
  expect(conversation).toMatchObject({ answering: true, streaming: { id: expect.any(String) } });
  await look();
  await ana.call(`POST /conversations/${id}/take`, {});
  await until(() => heard().at(-1)?.answering === false);
  expect(heard().at(-1)).toMatchObject({ conversation_id: id, streaming: null });
  const [, cut] = (await read(id)).messages as [Message, Message];
  const parts = heard().flatMap(({ streaming }) => streaming ?? []);
  expect(parts.every((one) => one.id === cut.id)).toBe(true);
  expect(parts.every((one) => cut.body.kind === 'text' && cut.body.text.startsWith(one.text))).toBe(
    true,
  );
  stop.abort();
  await reading;
});
