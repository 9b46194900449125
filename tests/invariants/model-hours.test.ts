import { day, type Message, openingWords, type Transcript } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type ModelServer, modelServer } from '../../server/src/testing/language-model.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { until } from './until.ts';
import { chatting } from './visitor.ts';

let server: TestServer;
let model: ModelServer;
let admin: Caller;
beforeAll(async () => {
  model = await modelServer();
  server = await startServer({ url_pattern: inject('engine'), settings: model.settings });
  admin = await server.keyFor('admin');
  await admin.call('PUT /gates/replies', { policy: { mode: 'threshold', threshold: 0.4 } });
});
afterAll(async () => {
  await server?.stop();
  await model?.close();
});

const refund = 'You can return a lamp within 30 days.';
const bot = (hours?: object) => ({
  title: 'Lampbot',
  gate: 'replies',
  intents: [
    {
      name: 'refund',
      title: 'Returns',
      examples: ['i want a refund', 'give me my money back', 'refund please', 'return and refund'],
      answer: refund,
    },
    {
      name: 'where',
      title: 'Orders',
      examples: ['where is my order', 'where is my parcel', 'track my order', 'order status'],
      answer: 'Your order is on its way.',
    },
  ],
  ...(hours ? { hours } : {}),
});

/** What a bot with these hours gives its model to write by, and what its customer is told. */
async function told(name: string, hours: object | undefined, writes: (hours_at: number) => string) {
  expect((await admin.call(`PUT /bots/${name}`, bot(hours))).status).toBe(200);
  const passages: { number: number; title: string; text: string }[] = [];
  model.behave(({ messages: [instructions, material] }) => {
    // Briefs are written by it as well; failures in a row would give it a rest (rule W127).
    if (!instructions?.content.startsWith('You are Lampbot')) return { text: 'NO_ANSWER' };
    passages.push(...JSON.parse(material?.content ?? '{}').passages);
    return { text: writes(passages.find(({ title }) => title.includes('hours'))?.number ?? 0) };
  });
  const { id, say } = await chatting(server.url, name, 'Kim');
  await say('i want a refund');
  const answer = await until(async () => {
    const { messages } = (await admin.call<Transcript>(`GET /conversations/${id}`)).body;
    return messages.find(({ author_kind }) => author_kind === 'bot');
  });
  return { answer, hours: passages.find(({ title }) => title.includes('hours'))?.text };
}
const wordsOf = ({ body }: Message) => ('text' in body ? body.text : '');

test('[W74] a language model is told whether people are there and when they are back, and may say that', async () => {
  const date = new Date(Date.now() + 3 * day).toISOString().slice(0, 10);
  const exceptions = [{ date, open: [['09:30', '17:00']] }];
  const closed = { zone: 'UTC', weekly: {}, exceptions };
  const back = openingWords({ ...closed, exceptions: [] }, `${date}T09:30:00.000Z`, null);
  const away = await told(
    'closed',
    closed,
    (at) =>
      `You can return a lamp within 30 days [1]. People of our team are back on ${back} [${at}].`,
  );
  expect(away.hours).toBe(`Nobody of our team is here now. People are back on ${back} (UTC).`);
  // It is no page to look up: its mark is gone.
  expect(wordsOf(away.answer)).toBe(
    `You can return a lamp within 30 days. People of our team are back on ${back}.`,
  );

  const whole_day = [['00:00', '24:00']];
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  const always = { zone: 'UTC', weekly: Object.fromEntries(days.map((one) => [one, whole_day])) };
  const there = await told('open', always, () => `${refund} [1]`);
  expect(there.hours).toBe('People of our team are here now.');

  const none = await told('timeless', undefined, () => `${refund} [1]`);
  expect([none.hours, wordsOf(none.answer)]).toEqual([undefined, refund]);
});

test('[W74] [W15] a time that stands nowhere costs the answer its sureness, as any invention', async () => {
  const date = new Date(Date.now() + 3 * day).toISOString().slice(0, 10);
  const hours = { zone: 'UTC', weekly: {}, exceptions: [{ date, open: [['09:30', '17:00']] }] };
  const invented = await told(
    'inventive',
    hours,
    (at) => `Somebody telephones everybody tonight, probably around 23:47 precisely [${at}].`,
  );
  expect(wordsOf(invented.answer)).toBe(refund);
});
