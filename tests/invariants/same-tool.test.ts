import type { Output, Page, Trial } from '@wheelhouse/core';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { refund_gate, type ToolServer, toolBot, toolServer } from './tool-server.ts';
import { answer, type Begun, beginTalk, says, wordsIn } from './tool-talk.ts';
import { until } from './until.ts';

let server: TestServer;
let shop: ToolServer;
let admin: Caller;
beforeAll(async () => {
  shop = await toolServer();
  server = await startServer({
    url_pattern: inject('engine'),
    settings: { WHEELHOUSE_ALLOW_PRIVATE_WEBHOOKS: 'yes' },
  });
  admin = await server.keyFor('admin');
  const put = async (path: string, body: object) =>
    expect((await admin.call(`PUT ${path}`, body)).status).toBeLessThan(300);
  for (const gate of ['tool-replies', 'parcel', 'status']) {
    await put(`/gates/${gate}`, { policy: { mode: 'never' } });
  }
  const bot = toolBot(shop.url);
  const [refund] = bot.tools;
  if (!refund) throw new Error('a bot without tools');
  await put('/gates/refund', refund_gate(refund));
  const order = { type: 'string', title: 'your order number', pattern: '^KC-[0-9]{1,5}$' };
  const status = {
    name: 'status',
    description: 'Looks up where an order is.',
    arguments_schema: { type: 'object', required: ['order'], properties: { order } },
    carried_out: refund.carried_out,
  };
  const intent = {
    name: 'status',
    examples: ['where is my order KC-1', 'where are my orders', 'order status', 'where is KC-20'],
    answer: 'Order {arguments.order} is {result.state}.',
    tool: 'status',
  };
  await put('/bots/shop', {
    ...bot,
    intents: [...bot.intents, intent],
    tools: [...bot.tools, status],
  });
});
afterAll(async () => {
  await server?.stop();
  await shop?.stop();
});
beforeEach(() => {
  shop.called.length = 0;
  shop.answers(({ arguments: given }) => ({
    status: 200,
    body: { paid: given.amount, state: 'on its way' },
  }));
});

const called = () => shop.called.map(({ arguments: given }) => given.order).toSorted();
/** Once all is said that is to be said. */
const calm = async (talk: Begun) => {
  const before = wordsIn(await talk.read());
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(wordsIn(await talk.read())).toEqual(before);
};

test('[W100] what is named in a row is a call each, made once and told each', async () => {
  for (const said of [
    ['where are orders KC-1 and KC-2?'],
    ['where is order KC-1', 'where is order KC-2'],
    ['Where is KC-1? When are you open? And where is KC-2?'],
  ]) {
    shop.called.length = 0;
    const talk = await beginTalk(admin, 'shop');
    for (const words of said) await talk.say(words);
    await says(talk, 'Order KC-1 is on its way.');
    await says(talk, 'Order KC-2 is on its way.');
    if (said[0]?.includes('open')) await says(talk, 'We are open from nine to five.');
    await calm(talk);
    expect(called()).toEqual(['KC-1', 'KC-2']);
  }
});

test('[W100] what is missing for several calls is asked for one after the other, by name', async () => {
  const talk = await beginTalk(admin, 'shop');
  const first = await answer(talk, 'refund my orders A-151 and A-152 please');
  expect(first).toBe('A-151: How much should you get back?');
  await talk.say('12.50');
  await says(talk, 'A-152: How much should you get back?');
  await says(talk, 'I have paid back 12.5 for A-151.');
  await talk.say('13');
  await says(talk, 'I have paid back 13 for A-152.');
  await calm(talk);
  expect(called()).toEqual(['A-151', 'A-152']);
});

test('[W100] each goes by its gate: two that are held are two cases', async () => {
  const talk = await beginTalk(admin, 'shop');
  await talk.say('refund my order A-153, it was 12.50');
  await talk.say('refund my order A-154, it was 150');
  await talk.say('refund my order A-155, it was 160');
  await says(talk, 'I have paid back 12.5 for A-153.');
  const held = await until(async () => {
    const { rows } = (await admin.call<Page<Output>>('GET /outputs?gate=refund&limit=50')).body;
    const all = rows.filter((one) => one.conversation_id === talk.id && one.verdict === 'hold');
    return all.length === 2 && all;
  });
  expect(held.map(({ action }) => action?.arguments.order).toSorted()).toEqual(['A-154', 'A-155']);
  expect(new Set(held.map(({ case_id }) => case_id)).size).toBe(2);
  expect(called()).toEqual(['A-153']);
  // Of both the customer is told at once.
  const asked = await beginTalk(admin, 'shop');
  await asked.say('Refund order A-156, it was 150? Can you refund order A-157, it was 160?');
  await says(asked, '(approval)');
  await calm(asked);
  expect(wordsIn(await asked.read())).toEqual(['(approval)']);
  expect((await asked.held('refund')).length).toBe(2);
});

test('[W100] [W71] a trial shows each call, and what is told beside them', async () => {
  const text = 'Where is KC-1? When are you open? And where is KC-2?';
  const { body } = await admin.call<Trial>('POST /bots/shop/try', { text });
  const steps = [body, ...body.beside];
  const calls = steps.flatMap((one) => one.calls ?? []);
  expect(calls.map((one) => one.arguments.order).toSorted()).toEqual(['KC-1', 'KC-2']);
  expect(steps.flatMap(({ says: said }) => said ?? [])).toEqual([
    { kind: 'text', text: 'We are open from nine to five.' },
  ]);
  expect(steps.map(({ judged }) => judged?.verdict)).toEqual(['pass', 'pass', 'pass']);
});
