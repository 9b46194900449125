import type { Conversation, Message, Summary, Transcript } from '@wheelhouse/core';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { type ModelServer, modelServer } from '../../server/src/testing/language-model.ts';
import { firstAdmin, type Person } from '../../server/src/testing/person.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { until } from './until.ts';

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
  await admin.call('PUT /bots/plain', { title: 'Plain', uses_model: false });
  await admin.call('PUT /bots/written', { title: 'Written' });
  for (const name of ['plain', 'written']) {
    await admin.call(`PUT /bots/${name}/articles/islands`, {
      title: 'Islands',
      text: 'Ferries carry parcels to islands in six days.',
    });
  }
});
afterAll(async () => {
  await server?.stop();
  await model?.close();
});
beforeEach(() => {
  model.asked.length = 0;
  // Briefs of hand-offs are asked for meanwhile: failures in a row would give it a rest (rule W127).
  model.behave(() => ({ text: 'NO_ANSWER' }));
});

const begin = async (bot: string) =>
  (await admin.call<Conversation>('POST /conversations', { bot })).body.id;
const ask = (id: string, text: string) =>
  admin.call<Message>(`POST /conversations/${id}/messages`, {
    from: 'contact',
    body: { kind: 'text', text },
  });
const answer = (id: string, text: string) =>
  ana.call(`POST /conversations/${id}/messages`, { body: { kind: 'text', text } });
const read = async (id: string) => (await admin.call<Transcript>(`GET /conversations/${id}`)).body;
const saidIn = async (id: string) =>
  (await read(id)).messages.map(({ author_kind, body }) =>
    'text' in body ? `${author_kind}: ${body.text}` : `${author_kind}: ${body.kind}`,
  );
const summary = async (id: string, query = '') =>
  (await ana.call<Summary>(`GET /conversations/${id}/summary${query}`)).body;

/** A conversation in which a person has settled where an order is. */
async function settled(bot: string): Promise<string> {
  const id = await begin(bot);
  await ask(id, 'I want to talk to a human');
  await until(async () => (await read(id)).conversation.hand_off);
  await ana.call(`POST /conversations/${id}/take`);
  await ask(id, 'Where is my order 4471?');
  await answer(id, 'It left today and comes on Friday.');
  return id;
}
/** Briefs of hand-offs are written meanwhile. */
const summed = () =>
  model.asked.filter(({ messages }) => messages[0]?.content.startsWith('You sum up'));
const settled_words = 'Settled: Where is my order 4471? → It left today and comes on Friday.';

test('[W45] the bot gets what happened in words, also when nobody writes any, and keeps to it', async () => {
  const id = await settled('plain');
  expect(await summary(id)).toEqual({ text: settled_words, written_by: null });
  await ana.call(`POST /conversations/${id}/hand-back`);
  const { messages } = await read(id);
  expect(messages.at(-2)).toMatchObject({
    author_kind: 'system',
    audience: 'team',
    body: { text: settled_words },
  });
  expect(messages.at(-1)?.body).toMatchObject({ line: 'handed_back' });
  await ask(id, 'and where is my order now?');
  await until(async () => (await saidIn(id)).at(-1)?.startsWith('bot'));
  expect((await saidIn(id)).at(-1)).toBe(
    'bot: Our team answered this here: It left today and comes on Friday.',
  );
  // What was not settled the bot answers as ever.
  await ask(id, 'do ferries carry parcels to islands');
  await until(async () => (await saidIn(id)).at(-1)?.includes('six days'));
});

test('[W45] what the member wrote counts, and an empty summary leaves none', async () => {
  const id = await settled('plain');
  const own = 'Settled: where is my order → Friday, with the last ferry.';
  await ana.call(`POST /conversations/${id}/hand-back`, { summary: own });
  expect((await read(id)).messages.at(-2)).toMatchObject({
    author_kind: 'member',
    body: { text: own },
  });
  await ask(id, 'where is my order');
  await until(async () => (await saidIn(id)).at(-1)?.includes('with the last ferry'));
  const other = await settled('plain');
  const before = (await read(other)).messages.length;
  await ana.call(`POST /conversations/${other}/hand-back`, { summary: '' });
  expect((await read(other)).messages).toHaveLength(before + 1);
});

test('[W45] given back with what it cannot answer, the bot neither goes round in a circle nor is silent', async () => {
  for (const words of ['zebras in Norway', 'I want to talk to a human', 'this is ridiculous']) {
    const id = await begin('plain');
    await ask(id, words);
    await until(async () => (await read(id)).conversation.hand_off);
    await ana.call(`POST /conversations/${id}/take`);
    await ana.call(`POST /conversations/${id}/hand-back`);
    await until(async () => (await saidIn(id)).at(-1)?.startsWith('bot'));
    const { conversation, messages } = await read(id);
    expect(messages.at(-1)?.body).toMatchObject({
      kind: 'buttons',
      text: expect.stringContaining('AI assistant again'),
      buttons: [{ label: 'Talk to a person' }],
    });
    expect(conversation.owner.kind).toBe('bot');
    // Whoever asks anew gets a person.
    await ask(id, 'I want to talk to a human');
    await until(async () => (await read(id)).conversation.hand_off);
  }
});

test('[W45] a model puts it in better words, unless it fails or names what nobody said', async () => {
  const id = await settled('written');
  const better = 'Settled: where order 4471 is → comes on Friday';
  model.behave(() => ({ text: better }));
  expect(await summary(id, '?model=true')).toEqual({
    text: better,
    written_by: 'openai-compatible:test-model',
  });
  expect(summed()).toHaveLength(1);
  expect(await summary(id)).toEqual({ text: settled_words, written_by: null });
  expect(summed()).toHaveLength(1);
  model.behave(() => ({ text: 'Settled: where it is → comes in 12 days' }));
  expect(await summary(id, '?model=true')).toEqual({ text: settled_words, written_by: null });
  model.behave(() => ({ status: 400 }));
  expect(await summary(id, '?model=true')).toEqual({ text: settled_words, written_by: null });
  // What the bot writes next is written with the summary in sight.
  await ana.call(`POST /conversations/${id}/hand-back`, { summary: better });
  model.asked.length = 0;
  model.behave(() => ({ text: 'Ferries carry parcels to islands in six days [1].' }));
  await ask(id, 'do ferries carry parcels to islands');
  await until(async () => (await saidIn(id)).at(-1)?.includes('six days'));
  const written = model.asked.find(({ messages }) => messages[1]?.content.includes('"summaries"'));
  expect(JSON.parse(written?.messages[1]?.content ?? '').summaries).toEqual([better]);
});
