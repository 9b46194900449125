import type { Brief, Conversation, Output } from '@wheelhouse/core';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { type ModelServer, modelServer } from '../../server/src/testing/language-model.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { asOwner } from './record.ts';
import { until } from './until.ts';

let server: TestServer;
let model: ModelServer;
let admin: Caller;
beforeAll(async () => {
  model = await modelServer();
  server = await startServer({
    url_pattern: inject('engine'),
    // Longer than a busy machine stands still by itself.
    settings: { ...model.settings, WHEELHOUSE_MODEL_STALL_MS: '4000' },
  });
  admin = await server.keyFor('admin');
  await admin.call('PUT /bots/plain', { ...bot, uses_model: false });
  await admin.call('PUT /bots/written', bot);
  for (const name of ['plain', 'written']) {
    await admin.call(`PUT /bots/${name}/articles/islands`, islands);
  }
});
afterAll(async () => {
  await server?.stop();
  await model?.close();
});
beforeEach(() => {
  model.asked.length = 0;
  model.behave(() => ({ status: 500 }));
});

const bot = {
  title: 'Lampbot',
  // It asks for a person whatever is said, so that the brief alone is looked at.
  posture: 'off',
  intents: [
    {
      name: 'where',
      title: 'Where an order is',
      examples: ['where is my order', 'where is my parcel', 'track my order', 'order status'],
      answer: 'It is on its way.',
    },
    {
      name: 'refund',
      title: 'Money back',
      examples: ['i want a refund', 'give me my money back', 'refund please', 'return it'],
      answer: 'You can return it within 30 days.',
    },
  ],
};
const islands = { title: 'Islands', text: 'Ferries carry parcels to islands in six days.' };

async function handedOff(of: string, text: string) {
  const { body } = await admin.call<Conversation>('POST /conversations', { bot: of });
  const said = await admin.call<{ id: string }>(`POST /conversations/${body.id}/messages`, {
    from: 'contact',
    body: { kind: 'text', text },
  });
  const hand_off = await until(
    async () =>
      (await admin.call<{ conversation: Conversation }>(`GET /conversations/${body.id}`)).body
        .conversation.hand_off,
  );
  return { id: body.id, message_id: said.body.id, hand_off };
}
const briefOf = async (id: string) =>
  (await admin.call<{ brief: Brief | null }>(`GET /conversations/${id}/brief`)).body.brief;
/** Nothing more is to come of it. */
const isWhole = (id: string) =>
  asOwner(server.database_url, async (client) => {
    const whole = 'select 1 from briefs where conversation_id = $1 and due_at is null';
    return (await client.query(whole, [id])).rows.length > 0;
  });
const events = async (id: string) =>
  (
    await admin.call<{ rows: { type: string; subject: string }[] }>(
      'GET /audit?type=conversation.briefed&limit=100',
    )
  ).body.rows.filter(({ subject }) => subject === id);

test('[W44] a hand-off brings a brief at once, and what the bot knows of it follows', async () => {
  const asked = 'Hello! Do ferries carry parcels to islands? I have A-4471, write to kim@x.org';
  const { id, message_id, hand_off } = await handedOff('plain', asked);
  const output = (await admin.call<Output>(`GET /outputs/${hand_off.output_id}`)).body;
  expect(output.input).toMatchObject({
    facts: expect.arrayContaining([
      { label: 'Wants', value: asked.slice(7) },
      { label: 'Order', value: 'A-4471' },
      { label: 'E-mail', value: 'kim@x.org' },
    ]),
  });
  const brief = await until(async () => {
    const now = await briefOf(id);
    return now?.suggestion ? now : undefined;
  });
  expect(brief).toMatchObject({
    reason: 'off',
    goal: asked.slice(7),
    facts: [
      { kind: 'order', value: 'A-4471', message_id, seq: 1 },
      { kind: 'email', value: 'kim@x.org', message_id, seq: 1 },
    ],
    suggestion: { text: islands.text, citations: [{ title: 'Islands', url: null }] },
    mood: 'calm',
    written_by: null,
  });
  expect(await events(id)).toHaveLength(1);
  expect(model.asked).toHaveLength(0);
  const told = await handedOff('plain', 'give me my money back');
  await until(async () => (await briefOf(told.id))?.topic === 'Money back');
});

test('[W44] a model says it better and later, and what it invents is dropped', async () => {
  const answer = {
    goal: 'Wants order 4471 carried to an island',
    facts: [
      { kind: 'order', value: '4471', seq: 1 },
      { kind: 'product', value: 'Aurora', seq: 1 },
      { kind: 'amount', value: '900 EUR', seq: 1 },
      { kind: 'product', value: 'ferries', seq: 7 },
    ],
    reply: 'Ferries carry parcels to islands in six days [1].',
  };
  let release = () => {};
  const held = new Promise<void>((done) => {
    release = done;
  });
  model.behave(() => ({
    text: (async function* () {
      await held;
      yield `Here it is: ${JSON.stringify(answer)}`;
    })(),
  }));
  const asked = 'do ferries carry parcels to islands, #4471, for the Aurora';
  const { id } = await handedOff('written', asked);
  // It is handed off and has its brief while the model has said nothing yet.
  const first = await briefOf(id);
  expect(first).toMatchObject({ goal: asked, written_by: null });
  release();
  const brief = await until(async () => {
    const now = await briefOf(id);
    return now?.written_by ? now : undefined;
  });
  expect(brief).toMatchObject({
    goal: answer.goal,
    suggestion: { text: 'Ferries carry parcels to islands in six days [1].' },
    written_by: 'openai-compatible:test-model',
  });
  expect(brief.facts.map(({ kind, value }) => `${kind} ${value}`)).toEqual([
    'order 4471',
    'product Aurora',
  ]);
  expect(JSON.parse(model.asked[0]?.messages[1]?.content ?? '')).toMatchObject({
    why_it_came_here: 'off',
    messages: [{ seq: 1, from: 'contact', text: asked }],
  });
});

test.each([
  ['fails', () => ({ status: 400 })],
  ['writes no object', () => ({ text: 'I would rather not.' })],
  [
    'invents the goal and the reply',
    () => ({
      text: '{"goal": "Wants 12 lamps", "facts": "none", "reply": "We pay 500 euros back."}',
    }),
  ],
  // The last: it is given a rest for it (rule W127).
  ['stalls', () => ({ text: '{"goal": "wait', stall_after: 1 })],
])('[W44] a model that %s leaves the brief as it was', async (_how, behaviour) => {
  model.behave(behaviour);
  const { id } = await handedOff('written', 'do ferries carry parcels to islands');
  const whole = await until(async () => {
    const now = await briefOf(id);
    return now?.suggestion ? now : undefined;
  });
  await until(() => isWhole(id));
  expect(model.asked.length).toBeGreaterThan(0);
  const { written_by: _w, ...rest } = whole;
  expect(await briefOf(id)).toMatchObject(rest);
});

test('[A7] what is erased of a hand-off takes its brief along', async () => {
  const { id, hand_off } = await handedOff('plain', 'do ferries carry parcels to islands, #99887');
  await until(async () => (await briefOf(id))?.suggestion);
  await admin.call(`POST /conversations/${id}/resolve`);
  const gone = await until(async () => {
    const reply = await admin.call(`POST /outputs/${hand_off.output_id}/erase`, {});
    return reply.status < 300 ? reply : undefined;
  });
  expect(gone.status).toBeLessThan(300);
  expect(await briefOf(id)).toBeNull();
});
