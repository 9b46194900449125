import type { ChatTranscript, Output, Page } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { until } from './until.ts';
import { chatting } from './visitor.ts';

let server: TestServer;
let admin: Caller;
let lead: Caller;
const pan = {
  name: 'start_return',
  examples: ['how do i return a pan', 'i want to send a pan back', 'can i return this'],
  answer: 'Put the pan into its box and bring it to the post.',
};
const delivery = {
  name: 'delivery',
  examples: ['how long does delivery take', 'when is my parcel delivered', 'delivery time'],
  answer: 'Parcels come within two days.',
};
const wrap = {
  name: 'wrap',
  examples: ['do you gift wrap', 'can you wrap it as a gift', 'is there gift wrapping'],
  answer: 'Gifts are wrapped in paper for two euros.',
};
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  admin = await server.keyFor('admin');
  lead = await server.keyFor('lead');
  const when = { field: 'metadata.topic', op: '=', value: pan.name };
  const rules = [{ when, then: 'hold', reason: 'a return is looked at' }];
  await admin.call('PUT /gates/topics', { policy: { mode: 'rules', rules, otherwise: 'pass' } });
  await admin.call('PUT /bots/shop', { gate: 'topics', intents: [pan, delivery, wrap] });
});
afterAll(() => server?.stop());

const heldOf = async (id: string) =>
  (await admin.call<Page<Output>>('GET /outputs?gate=topics&limit=50')).body.rows.filter(
    (one) => one.conversation_id === id && one.verdict === 'hold' && !one.outcome,
  );
async function talking() {
  const talk = await chatting(server.url, 'shop');
  const said = async () =>
    (
      await talk.by.call<ChatTranscript>(`GET /chat/conversations/${talk.id}`)
    ).body.messages.flatMap(({ author_kind, body }) =>
      author_kind === 'bot' && 'text' in body ? [body.text] : [],
    );
  const says = (text: string) => until(async () => (await said()).includes(text));
  const held = () => until(async () => (await heldOf(talk.id))[0]);
  return { ...talk, said, says, held };
}

test('[W128] a reply held for its topic stays while other matters are answered, and is said when it is approved', async () => {
  const talk = await talking();
  await talk.say('how do i return a pan');
  const first = await talk.held();
  await talk.say('how long does delivery take?');
  await talk.says(delivery.answer);
  await talk.say('do you gift wrap?');
  await talk.says(wrap.answer);
  expect((await heldOf(talk.id)).map(({ id }) => id)).toEqual([first.id]);
  const values = { verdict: 'approve' };
  expect((await lead.call(`POST /cases/${first.case_id}/answers`, { values })).status).toBe(200);
  await talk.says(pan.answer);
  expect(await talk.said()).toEqual([delivery.answer, wrap.answer, pan.answer]);
});

test('[W128] who asks the same again has one reply waiting', async () => {
  const talk = await talking();
  await talk.say('how do i return a pan');
  const first = await talk.held();
  await talk.say('can i return this pan?');
  await until(async () => (await heldOf(talk.id)).every(({ id }) => id !== first.id));
  expect((await heldOf(talk.id)).length).toBeLessThanOrEqual(1);
  expect((await talk.held()).content).toBe(pan.answer);
  expect(await talk.said()).toEqual([]);
});
