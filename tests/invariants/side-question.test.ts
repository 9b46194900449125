import { botWords, type Gathering, type Trial, type TrialTurn } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { refund_gate, type ToolServer, toolBot, toolServer } from './tool-server.ts';
import { answer, beginTalk } from './tool-talk.ts';

let server: TestServer;
let shop: ToolServer;
let admin: Caller;
beforeAll(async () => {
  shop = await toolServer();
  shop.answers(({ arguments: given }) => ({ status: 200, body: { paid: given.amount } }));
  server = await startServer({
    url_pattern: inject('engine'),
    settings: { WHEELHOUSE_ALLOW_PRIVATE_WEBHOOKS: 'yes' },
  });
  admin = await server.keyFor('admin');
  const bot = toolBot(shop.url);
  const [refund] = bot.tools;
  if (!refund) throw new Error('a bot without tools');
  await admin.call('PUT /gates/tool-replies', { policy: { mode: 'threshold', threshold: 0.5 } });
  await admin.call('PUT /gates/refund', refund_gate(refund));
  await admin.call('PUT /bots/shop', { ...bot, hand_off_below: 0.4 });
  await admin.call('PUT /bots/shop/articles/ferries', {
    title: 'Ferries to islands',
    text: 'Ferries carry parcels to islands in six days.',
  });
  await admin.call('PUT /bots/shop/articles/ordering', {
    title: 'How to order',
    text: 'The number A-123 stands in your confirmation. Write to orders@shop.example by 12 March 2026.',
  });
  await admin.call('PUT /bots/shop/articles/fault', {
    title: 'Fault E-1042',
    text: 'The lamp is too hot. Let it cool for an hour.',
  });
});
afterAll(async () => {
  await server?.stop();
  await shop?.stop();
});

const question = 'Please tell me: your order number';
const open = 'We are open from nine to five.';

/** One message after the other, in a trial. */
async function tried(words: readonly string[]): Promise<Trial[]> {
  const earlier: TrialTurn[] = [];
  const all: Trial[] = [];
  for (const text of words) {
    const { body } = await admin.call<Trial>('POST /bots/shop/try', { text, earlier });
    all.push(body);
    earlier.push({ from: 'customer', body: { kind: 'text', text } });
    const gathering = body.gathering as Gathering | null;
    if (body.says) earlier.push({ from: 'bot', body: body.says, ...(gathering && { gathering }) });
  }
  return all;
}
const said = ({ says }: Trial) => (says && 'text' in says ? says.text : null);

test('[W104] who asks something else meanwhile is answered, and still asked for what is needed', async () => {
  const talk = await beginTalk(admin, 'shop');
  expect(await answer(talk, 'i want a refund')).toBe(question);
  expect(await answer(talk, 'no idea')).toContain(question);
  expect(await answer(talk, 'when are you open')).toBe(`${open}\n\n${question}`);
  expect(await answer(talk, 'Do ferries carry parcels to islands?')).toBe(
    `Ferries carry parcels to islands in six days.\n\n${question}`,
  );
  expect(await answer(talk, 'hello')).toBe(`${botWords('en').greeting}\n\n${question}`);
  expect(await answer(talk, 'a-124')).toBe('How much should you get back?');
  expect(await answer(talk, '20')).toBe('I have paid back 20 for A-124.');
  expect(shop.called.map(({ arguments: given }) => given)).toEqual([
    { order: 'A-124', amount: 20 },
  ]);
});

test('[W104] a side question makes no failed answer good, and what takes its place ends it', async () => {
  const wanted = ['i want a refund', 'no idea', 'when are you open'];
  expect((await tried([...wanted, 'no idea'])).at(-1)?.hands_off?.reason).toBe('failed');
  const [, , , called, after] = await tried([...wanted, 'where is my parcel', 'A-124']);
  expect(called?.calls?.tool).toBe('parcel');
  expect(after?.gathering).toBeNull();
  const off = await tried([...wanted, 'never mind', 'when are you open']);
  expect(off.slice(-2).map(said)).toEqual([botWords('en').called_off, open]);
});

test('[W105] a number is read as people write it, and the call has it in its form', async () => {
  for (const text of ['A124', '124', 'it is a 124 i think', 'a - 124']) {
    const [, next] = await tried(['i want a refund', text]);
    expect([text, next?.gathering?.arguments]).toEqual([text, { order: 'A-124' }]);
  }
  const [, unread] = await tried(['i want a refund', '124 or 125']);
  expect(unread?.gathering).toMatchObject({ arguments: {}, failed: 1 });
  const [called] = await tried(['refund order 124, it was 20 euros']);
  expect(called?.calls?.arguments).toEqual({ order: 'A-124', amount: 20 });
});

test('[W106] who lets it be is let be, whatever was said, in their language', async () => {
  const told = ['where is my parcel', 'when are you open', 'asdkjh qwe'];
  for (const before of told) {
    expect((await tried([before, 'never mind'])).map(said).at(-1)).toBe(botWords('en').called_off);
  }
  expect((await tried(['Lassen Sie es gut sein'])).map(said)).toEqual([botWords('de').called_off]);
  // What may be a wish is none.
  expect((await tried(['cancel'])).map(said)).not.toEqual([botWords('en').called_off]);
});

test('[W96] no article answers a number, an address or a date alone, unless it is called so', async () => {
  for (const text of ['A-123', 'a123', '123', 'orders@shop.example', '12 March 2026']) {
    const [trial] = await tried([text]);
    expect([text, trial?.citations, trial?.found]).toEqual([text, [], 0]);
    expect([text, trial?.says?.kind]).toEqual([text, 'buttons']);
  }
  const [fault] = await tried(['e-1042']);
  expect(fault?.citations[0]?.title).toBe('Fault E-1042');
});
