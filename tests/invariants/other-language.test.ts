import { botWords, type Trial } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';

let server: TestServer;
let admin: Caller;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  admin = await server.keyFor('admin');
  await admin.call('PUT /bots/shop', { title: 'Shop bot', intents, hand_off_below: 0.8 });
});
afterAll(async () => {
  await server?.stop();
});

const intents = [
  {
    name: 'delivery',
    title: 'Delivery times',
    examples: ['how long does delivery take', 'delivery to France', 'when does it arrive'],
    answer: 'Three days.',
  },
  {
    name: 'returns',
    title: 'Returns',
    examples: ['how do i return a pan', 'return an item', 'can i send it back'],
    answer: 'Within thirty days.',
  },
];
const buttonsFor = async (text: string, language?: string) => {
  const contact = language ? { contact: { language } } : {};
  const { says } = (await admin.call<Trial>('POST /bots/shop/try', { text, ...contact })).body;
  if (says?.kind !== 'buttons') throw new Error(`no buttons: ${JSON.stringify(says)}`);
  return { text: says.text, labels: says.buttons.map(({ label }) => label) };
};

test('[W107] who is not understood reads so in their language, and chooses from no topics but those that have a word of theirs', async () => {
  const french = botWords('fr');
  expect(await buttonsFor('combien de temps prend la livraison en France ?', 'en')).toEqual({
    text: french.clarify,
    labels: ['Delivery times', french.person],
  });
  expect(await buttonsFor('je voudrais mon argent', 'en')).toEqual({
    text: french.reword,
    labels: [french.person],
  });
  expect(await buttonsFor('wie lange dauert die Lieferung')).toEqual({
    text: botWords('de').reword,
    labels: [botWords('de').person],
  });
  expect((await buttonsFor('kto ukradł mój rower', 'en')).text).toBe(botWords('pl').reword);
});
