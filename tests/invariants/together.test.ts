import type { Case, ChatTranscript, Page, Trial } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { until } from './until.ts';
import { chatting } from './visitor.ts';

let server: TestServer;
let admin: Caller;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  admin = await server.keyFor('admin');
  await admin.call('PUT /bots/shop', bot);
});
afterAll(() => server?.stop());

const where = 'It is on its way.';
const refund = 'Money is back in 30 days.';
const bot = {
  title: 'Shop bot',
  gate: 'shop',
  intents: [
    {
      name: 'where',
      examples: ['where is my order', 'track my order', 'has my order left', 'order status'],
      answer: where,
    },
    {
      name: 'refund',
      examples: [
        'refund please',
        'i want my money back',
        'how do refunds work',
        'give me a refund',
      ],
      answer: refund,
    },
  ],
};
const tried = async (...said: string[]): Promise<Trial> => {
  const earlier = said.slice(0, -1).map((text) => ({
    from: 'customer',
    body: { kind: 'text', text },
  }));
  const body = { text: said.at(-1), earlier };
  const reply = await admin.call<Trial>('POST /bots/shop/try', body);
  expect(reply.status).toBe(200);
  return reply.body;
};
const says = ({ says: body }: Trial) => body && 'text' in body && body.text;

test('[W67] a wish for a person, anger and a file count, whatever is said right after them', async () => {
  for (const [first, reason] of [
    ['I want to talk to a human', 'asked'],
    ['This is ridiculous, where is my order?', 'frustrated'],
  ] as const) {
    expect((await tried(first, 'hello?')).hands_off?.reason).toBe(reason);
    expect((await tried(first, 'where is my order')).hands_off?.reason).toBe(reason);
  }
  // No bot guesses what is in a file, by whatever channel it comes.
  const photo = { kind: 'image', url: 'https://cdn.example/lamp.png', alt: 'where is my order' };
  const looked = await admin.call<Trial>('POST /bots/shop/try', {
    text: 'hello',
    earlier: [{ from: 'customer', body: photo }],
  });
  expect(looked.body.hands_off?.reason).toBe('low_confidence');
});

test('[W67] a question is not lost behind small talk, and one in two messages is one', async () => {
  expect(says(await tried('where is my order', 'thanks'))).toBe(where);
  expect(says(await tried('hello', 'where is my order'))).toBe(where);
  expect(says(await tried('hello', 'thanks'))).toContain('welcome');
  expect(says(await tried('where is my order', 'has my order left'))).toBe(where);
});

test('[W67] two questions get both answers, judged as strictly as the stricter of them', async () => {
  const both = ['where is my order', 'how do refunds work'];
  await admin.call('PUT /gates/shop', { policy: { mode: 'never' } });
  expect(says(await tried(...both))).toBe(`${where}\n\n${refund}`);
  for (const then of ['hold', 'block'] as const) {
    for (const value of ['where', 'refund']) {
      const rules = [{ when: { field: 'metadata.topic', op: '=', value }, then, reason: value }];
      await admin.call('PUT /gates/shop', { policy: { mode: 'rules', rules, otherwise: 'pass' } });
      expect((await tried(...both)).judged).toMatchObject({ verdict: then, reasons: [value] });
    }
  }
});

test('[W67] a draft gives way to one that answers what was said before it as well', async () => {
  await admin.call('PUT /gates/shop', { policy: { mode: 'always' } });
  const kim = await chatting(server.url, 'shop');
  const waiting = () =>
    admin
      .call<Page<{ id: string }>>('GET /cases?gate=shop&state=waiting')
      .then(async ({ body }) => {
        const views = body.rows.map(({ id }) => admin.call<Case>(`GET /cases/${id}`));
        return (await Promise.all(views)).map((view) => JSON.stringify(view.body.parts));
      });
  await kim.say('where is my order');
  await until(async () => (await waiting()).some((parts) => parts.includes(where)));
  await kim.say('how do refunds work');
  const [only, ...others] = await until(async () => {
    const all = await waiting();
    return all.length === 1 && all[0]?.includes(refund) && all;
  });
  expect(only).toContain(where);
  expect(others).toEqual([]);
  const { body } = await kim.by.call<ChatTranscript>(`GET /chat/conversations/${kim.id}`);
  expect(body.messages.map(({ author_kind }) => author_kind)).toEqual(['contact', 'contact']);
});
