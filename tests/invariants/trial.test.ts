import {
  type Bot,
  BotDefinition,
  type Message,
  type MessageBody,
  type Output,
  type Transcript,
  type Trial,
} from '@wheelhouse/core';
import { trainClassifier } from '@wheelhouse/core/learn';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { mindOf } from '../../server/src/actions/mind.ts';
import { type ModelServer, modelServer } from '../../server/src/testing/language-model.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { holdings } from './neighbour.ts';
import { until } from './until.ts';

let server: TestServer;
let model: ModelServer;
let admin: Caller;
beforeAll(async () => {
  model = await modelServer();
  server = await startServer({
    url_pattern: inject('engine'),
    // Longer than a busy machine stands still by itself.
    settings: { ...model.settings, WHEELHOUSE_MODEL_STALL_MS: '3000' },
  });
  admin = await server.keyFor('admin');
  await admin.call('PUT /gates/replies', { policy: { mode: 'threshold', threshold: 0.4 } });
  await admin.call('PUT /bots/shop', shop);
  await admin.call('PUT /bots/shop/articles/delivery', delivery);
  await admin.call('PUT /bots/shop/articles/warranty', {
    title: 'Warranty',
    text: 'Lamps have a warranty of five years.',
  });
});
afterAll(async () => {
  await server?.stop();
  await model?.close();
});

const delivery = {
  title: 'Delivery',
  url: 'https://shop.example/help/delivery',
  text: '# Delivery\n\n## Islands\n\nFerries carry parcels to islands in six days.',
};
const where = ['where is my order', 'where is my parcel', 'has my order shipped', 'track my order'];
const refund = ['i want a refund', 'give me my money back', 'refund please', 'return and refund'];
const shop = {
  title: 'Shop bot',
  uses_model: false,
  intents: [
    { name: 'where', examples: where, answer: 'On its way{contact.name}.' },
    {
      name: 'refund',
      title: 'Returns',
      examples: refund,
      answer: 'Within 30 days, {contact.name}.',
    },
  ],
};

const attempt = async (body: object) => (await admin.call<Trial>('POST /bots/shop/try', body)).body;
const textOf = (body: MessageBody | null) => (body && 'text' in body ? body.text : null);

/** What the bot makes of the same words in a conversation. */
async function said(words: string[]): Promise<Transcript> {
  const { body } = await admin.call<{ id: string }>('POST /conversations', { bot: 'shop' });
  let read: Transcript | undefined;
  for (const text of words) {
    const sent = await admin.call<Message>(`POST /conversations/${body.id}/messages`, {
      from: 'contact',
      body: { kind: 'text', text },
    });
    read = await until(async () => {
      const now = (await admin.call<Transcript>(`GET /conversations/${body.id}`)).body;
      return now.conversation.seq > sent.body.seq ? now : undefined;
    });
  }
  // Nobody waits in it any more, so that no clock moves anything later.
  await admin.call(`POST /conversations/${body.id}/resolve`);
  return read as Transcript;
}

test('[W40] a trial says what the bot then says, as surely, by the same gate', async () => {
  for (const text of [
    'Do ferries carry parcels to islands?',
    'where is my parcel',
    'Guten Tag!',
    'something about parcels and elephants in Norway',
  ]) {
    const tried = await attempt({ text });
    const reply = (await said([text])).messages.at(-1) as Message;
    expect([text, tried.says]).toEqual([text, reply.body]);
    expect(tried.citations).toEqual(reply.citations);
    const output = (await admin.call<Output>(`GET /outputs/${reply.output_id}`)).body;
    expect([text, tried.confidence]).toEqual([text, output.confidence]);
    expect(tried.judged).toEqual({
      gate: 'replies',
      policy_version: output.policy_version,
      verdict: output.verdict,
      reasons: output.reasons,
      spot_check: 0,
    });
  }
  for (const text of ['I want to talk to a human', 'This is ridiculous, I hate this useless bot']) {
    const tried = await attempt({ text });
    const { conversation } = await said([text]);
    expect([text, tried.hands_off?.reason]).toEqual([text, conversation.hand_off?.reason]);
    expect(tried).toMatchObject({ says: null, confidence: null, judged: null });
  }
});

test('[W40] it says why: the intents it read, the passages with their scores, what was said before', async () => {
  const tried = await attempt({ text: 'Do ferries carry parcels to islands?' });
  expect(tried.passages[0]).toMatchObject({
    article: 'delivery',
    title: 'Delivery',
    heading: ['Islands'],
    url: delivery.url,
  });
  expect(tried.passages[0]?.score).toBeGreaterThan(tried.passages[1]?.score ?? 0);
  expect(tried.found).toBeGreaterThan(0.35);
  const asked = await attempt({ text: 'refund please', contact: { name: 'Kim' } });
  expect(asked.intent).toMatchObject({ name: 'refund', title: 'Returns' });
  expect(asked.runner_up?.name).toBe('where');
  expect(asked.intent?.confidence).toBeGreaterThan(asked.runner_up?.confidence ?? 1);
  expect(textOf(asked.says)).toBe('Within 30 days, Kim.');
  // Unsure once it asks; unsure again at once, a person would come.
  const text = 'whatever elephants wear to parcels';
  const definition = { ...shop, hand_off_below: 0.99 };
  const once = await attempt({ text, definition });
  expect(once.says?.kind).toBe('buttons');
  const earlier = [
    { from: 'customer', body: { kind: 'text', text } },
    { from: 'bot', body: once.says },
  ];
  expect(await attempt({ text, earlier, definition })).toMatchObject({
    hands_off: { reason: 'failed' },
  });
});

test('[W40] a definition is tried before it is saved, with a gate that is not there yet', async () => {
  const definition = {
    ...shop,
    gate: 'not-made',
    posture: 'draft',
    intents: [
      ...shop.intents,
      {
        name: 'gift',
        examples: ['wrap it as a gift', 'gift wrapping please', 'can you wrap my present'],
        answer: 'We wrap it for two euros.',
      },
    ],
  };
  const text = 'can you wrap this gift please';
  expect((await attempt({ text })).intent?.name).not.toBe('gift');
  const tried = await attempt({ text, definition });
  expect(tried.intent?.name).toBe('gift');
  expect(tried.judged).toMatchObject({ gate: 'not-made', policy_version: null });
  const held = await attempt({ text: 'Do ferries carry parcels to islands?', definition });
  expect(held.judged?.verdict).toBe('hold');
  expect(
    (await attempt({ text, definition: { ...definition, posture: 'off' } })).hands_off,
  ).toEqual({ reason: 'off', words: 'The assistant does not speak here.' });
  expect((await admin.call('GET /gates/not-made')).status).toBe(404);
  // What is at work was not touched by what was tried.
  expect((await attempt({ text })).intent?.name).not.toBe('gift');
});

test('[W40] a language model writes a trial as it writes a reply, and its failure is no fault', async () => {
  const definition = { ...shop, uses_model: true };
  const written = 'Ferries carry parcels to islands in six days [1].';
  model.behave(() => ({ text: written }));
  const text = 'Do ferries carry parcels to islands?';
  const tried = await attempt({ text, definition });
  expect(tried.written_by).toContain('test-model');
  expect(textOf(tried.says)).toBe(written);
  expect(tried.citations[0]?.title).toBe('Delivery › Islands');
  model.behave(() => ({ text: 'NO_ANSWER' }));
  expect(await attempt({ text, definition })).toMatchObject({
    says: null,
    hands_off: { reason: 'low_confidence' },
  });
  model.behave(() => ({ text: 'Ferries', stall_after: 1 }));
  const alone = await attempt({ text, definition });
  expect(alone).toMatchObject({ written_by: null, says: { kind: 'text' } });
});

test('[W40] nothing of a trial is stored; it is a builder’s, limited, and its faults name their field', async () => {
  // A workspace of its own, in which no job has anything to do meanwhile.
  const quiet = await server.newWorkspace('Quiet');
  const builder = await server.keyFor('builder', quiet);
  await builder.call('PUT /bots/shop', shop);
  const before = await holdings(server.database_url, quiet);
  for (const text of ['where is my parcel', 'I want to talk to a human']) {
    expect((await builder.call('POST /bots/shop/try', { text })).status).toBe(200);
  }
  expect(await holdings(server.database_url, quiet)).toEqual(before);
  const lead = await server.keyFor('lead');
  expect((await lead.call('POST /bots/shop/try', { text: 'hello' })).status).toBe(403);
  expect((await admin.call('POST /bots/none/try', { text: 'hello' })).status).toBe(404);
  const blank = await admin.call('POST /bots/shop/try', { text: ' ' });
  expect(blank.body.errors).toEqual([{ field: 'text', message: 'is blank' }]);
  const wrong = await admin.call('POST /bots/shop/try', {
    text: 'hello',
    definition: { ...shop, intents: [{ ...shop.intents[0], examples: [] }] },
  });
  expect(wrong.body.errors?.[0]?.field).toBe('definition.intents.0.examples');
  const many = await Promise.all(
    Array.from({ length: 40 }, () => admin.call('POST /bots/shop/try', { text: 'where is it' })),
  );
  const refused = many.filter(({ status }) => status === 429);
  expect(many.filter(({ status }) => status === 200).length + refused.length).toBe(40);
  expect(refused.length).toBeGreaterThan(0);
  expect((await attempt({ text: 'where is my parcel' })).intent?.name).toBe('where');
});

test('[W40] the same examples are learned once, at work and in a trial, and others by themselves', async () => {
  let trainings = 0;
  const trainer: Parameters<typeof mindOf>[0]['trainer'] = {
    async train(examples, options) {
      trainings += 1;
      return trainClassifier(examples, options);
    },
  };
  const botOf = (change: object) =>
    ({ name: 'shop', definition: BotDefinition.parse({ ...shop, ...change }) }) as Bot;
  const learn = async (bot: Bot, edition: number) =>
    (await mindOf({ trainer }, bot, { edition, articles: [] })).classifier;
  const [first, tried] = await Promise.all([learn(botOf({}), 1), learn(botOf({}), 1)]);
  const greets = await learn(botOf({ greeting: 'Good day.' }), 2);
  expect([tried, greets]).toEqual([first, first]);
  expect(trainings).toBe(1);
  const others = [{ name: 'where', examples: where, answer: 'Soon.' }];
  const more = [...others, { name: 'refund', examples: [...refund, 'my money'], answer: 'Yes.' }];
  expect((await learn(botOf({ intents: more }), 3))?.predict('my money').label).toBe('refund');
  expect(trainings).toBe(2);
});

const refunding = {
  ...shop,
  intents: [shop.intents[0], { ...shop.intents[1], tool: 'refund' }],
  tools: [
    {
      name: 'refund',
      description: 'Pays money back.',
      arguments_schema: {
        type: 'object',
        required: ['order', 'amount'],
        additionalProperties: false,
        properties: {
          order: { type: 'string', title: 'your order number', pattern: '^A-[0-9]{3}$' },
          amount: { type: 'number', minimum: 1 },
        },
      },
      asks: { amount: 'How much?' },
      carried_out: { by: 'claim' },
    },
  ],
};

test('[W71] a trial asks for what a call needs, then names the call, its arguments and its gate’s word, and carries nothing out', async () => {
  // A workspace of its own, in which no job has anything to do meanwhile.
  const quiet = await server.newWorkspace('Quiet calls');
  const builder = await server.keyFor('builder', quiet);
  await builder.call('PUT /bots/shop', shop);
  const before = await holdings(server.database_url, quiet);
  const definition = refunding;
  const earlier: object[] = [];
  const ask = async (text: string) => {
    const { body: tried } = await builder.call<Trial>('POST /bots/shop/try', {
      text,
      earlier,
      definition,
    });
    earlier.push({ from: 'customer', body: { kind: 'text', text } });
    if (tried.says) {
      const { says: body, gathering } = tried;
      earlier.push({ from: 'bot', body, ...(gathering ? { gathering } : {}) });
    }
    return tried;
  };
  const asked = await ask('refund please');
  expect(asked).toMatchObject({ calls: null, gathering: { tool: 'refund', asks: 'order' } });
  expect(textOf(asked.says)).toContain('your order number');
  const not_understood = await ask('hm');
  expect(not_understood.gathering).toMatchObject({ asks: 'order', failed: 1 });
  expect(textOf((await ask('a-123')).says)).toBe('How much?');
  expect(await ask('12,50')).toMatchObject({
    says: null,
    hands_off: null,
    gathering: null,
    calls: { tool: 'refund', arguments: { order: 'A-123', amount: 12.5 } },
    // Its gate comes with it, and holds every call.
    judged: { gate: 'refund', policy_version: null, verdict: 'hold' },
  });
  expect(await holdings(server.database_url, quiet)).toEqual(before);
  expect((await builder.call('GET /gates/refund')).status).toBe(404);
});

test.each([
  ['never', [], 'pass'],
  [
    'rules',
    [{ when: { field: 'action.arguments.amount', op: '>', value: 5 }, then: 'block' }],
    'block',
  ],
] as const)(
  '[W71] by a gate of mode %s it is said that the call would %s',
  async (mode, rules, verdict) => {
    const gate = `refund-${mode}`;
    const policy = mode === 'rules' ? { mode, rules, otherwise: 'pass' } : { mode };
    await admin.call(`PUT /gates/${gate}`, { policy });
    const definition = { ...refunding, tools: [{ ...refunding.tools[0], gate }] };
    const tried = await attempt({ text: 'refund please, A-123, 12.50', definition });
    expect(tried).toMatchObject({
      calls: { tool: 'refund', arguments: { order: 'A-123', amount: 12.5 } },
      judged: { gate, policy_version: 1, verdict },
      // Of a call that is blocked the customer is told; nobody is sent for.
      hands_off: null,
      says: null,
    });
  },
);
