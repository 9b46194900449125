import type { Output } from '@wheelhouse/core';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { refund_gate, type ToolServer, toolBot, toolServer } from './tool-server.ts';
import { answer, type Begun, beginTalk, says, wordsIn } from './tool-talk.ts';
import { until } from './until.ts';

let server: TestServer;
let shop: ToolServer;
let admin: Caller;
let lead: Caller;
beforeAll(async () => {
  shop = await toolServer();
  server = await startServer({
    url_pattern: inject('engine'),
    settings: { WHEELHOUSE_ALLOW_PRIVATE_WEBHOOKS: 'yes' },
  });
  admin = await server.keyFor('admin');
  lead = await server.keyFor('lead');
  const bot = toolBot(shop.url);
  const put = async (path: string, body: object) =>
    expect((await admin.call(`PUT ${path}`, body)).status).toBeLessThan(300);
  for (const gate of ['tool-replies', 'parcel']) {
    await put(`/gates/${gate}`, { policy: { mode: 'never' } });
  }
  const rules = [{ when: { field: 'metadata.topic', op: '=', value: 'opening' }, then: 'hold' }];
  await put('/gates/choosy', { policy: { mode: 'rules', rules, otherwise: 'pass' } });
  const [refund] = bot.tools;
  if (!refund) throw new Error('a bot without tools');
  await put('/gates/refund', refund_gate(refund));
  await put('/bots/shop', bot);
  await put('/bots/choosy', { ...bot, gate: 'choosy' });
});
afterAll(async () => {
  await server?.stop();
  await shop?.stop();
});
beforeEach(() => {
  shop.called.length = 0;
  shop.answers(({ tool, arguments: given }) => ({
    status: 200,
    body: tool === 'parcel' ? { state: 'at the depot' } : { paid: given.amount },
  }));
});

const open_words = 'We are open from nine to five.';

test('[W83] of two questions in a row, one for a tool, both are answered, in either order', async () => {
  const open = 'when are you open';
  const refund = (order: string) => `refund my order ${order}, it was 12.50`;
  for (const [order, said] of [
    ['A-131', [open, refund('A-131')]],
    ['A-132', [refund('A-132'), open]],
  ] as const) {
    const talk = await beginTalk(admin, 'shop');
    // Said before the bot took its turn, or after it: either way neither is lost, nor done twice.
    for (const words of said) await talk.say(words);
    await says(talk, `I have paid back 12.5 for ${order}.`);
    await says(talk, open_words);
    const read = await talk.read();
    expect(wordsIn(read).toSorted()).toEqual([`I have paid back 12.5 for ${order}.`, open_words]);
    expect(read.conversation.owner.kind).toBe('bot');
  }
  expect(shop.called.map(({ arguments: given }) => given.order)).toEqual(['A-131', 'A-132']);
});

test('[W83] what is told goes out beside the question for a call, and two calls are both made', async () => {
  const talk = await beginTalk(admin, 'shop');
  await talk.say('when are you open');
  await talk.say('i want a refund');
  await says(talk, 'Please tell me: your order number');
  await says(talk, open_words);
  expect(await answer(talk, 'A-133, 20,50 euros')).toBe('I have paid back 20.5 for A-133.');
  const other = await beginTalk(admin, 'shop');
  await other.say('where is my parcel');
  await other.say('refund my order a-134, it was 12.50');
  await says(other, 'Your parcel is at the depot.');
  await says(other, 'I have paid back 12.5 for A-134.');
  expect(shop.called.map(({ tool }) => tool).toSorted()).toEqual(['parcel', 'refund', 'refund']);
});

test('[W83] a question whose reply waits is not lost when what is asked next is done by a tool', async () => {
  const held = (talk: Begun) => until(async () => (await talk.held('choosy'))[0]);
  const one_by_one = await beginTalk(admin, 'choosy');
  await one_by_one.say('when are you open');
  const first = await held(one_by_one);
  await one_by_one.say('refund my order a-135, it was 12.50');
  await says(one_by_one, 'I have paid back 12.5 for A-135.');
  expect((await one_by_one.held('choosy')).map(({ id }) => id)).toEqual([first.id]);
  // Written in one breath, it makes no difference whether the bot reads both at once.
  const together = await beginTalk(admin, 'choosy');
  await together.say('when are you open');
  await together.say('refund my order a-136, it was 12.50');
  await says(together, 'I have paid back 12.5 for A-136.');
  for (const talk of [one_by_one, together]) {
    const { id, case_id } = await held(talk);
    expect(
      (await lead.call(`POST /cases/${case_id}/answers`, { values: { verdict: 'approve' } }))
        .status,
    ).toBe(200);
    await says(talk, open_words);
    expect((await admin.call<Output>(`GET /outputs/${id}`)).body.outcome?.status).toBe('approved');
    expect(await talk.held('choosy')).toEqual([]);
  }
  // What answers the same takes its place.
  const again = await beginTalk(admin, 'choosy');
  await again.say('when are you open');
  const before = await held(again);
  await again.say('refund my order a-137, it was 12.50');
  await says(again, 'I have paid back 12.5 for A-137.');
  await again.say('are you open on sunday');
  const after = await until(async () => {
    const [one, ...more] = await again.held('choosy');
    return one && !more.length && one.id !== before.id && one;
  });
  expect(after.id).not.toBe(before.id);
});
