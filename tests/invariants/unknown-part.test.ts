import type { Brief, Case, Message, Output } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type ModelServer, modelServer } from '../../server/src/testing/language-model.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { type ToolServer, toolBot, toolServer } from './tool-server.ts';
import { type Begun, beginTalk, says, wordsIn } from './tool-talk.ts';
import { until } from './until.ts';

let server: TestServer;
let shop: ToolServer;
let model: ModelServer;
let admin: Caller;
let lead: Caller;
beforeAll(async () => {
  shop = await toolServer();
  model = await modelServer();
  server = await startServer({
    url_pattern: inject('engine'),
    settings: { ...model.settings, WHEELHOUSE_ALLOW_PRIVATE_WEBHOOKS: 'yes' },
  });
  admin = await server.keyFor('admin');
  lead = await server.keyFor('lead');
  const put = async (path: string, body: object) =>
    expect((await admin.call(`PUT ${path}`, body)).status).toBeLessThan(300);
  for (const gate of ['tool-replies', 'parcel', 'refund']) {
    await put(`/gates/${gate}`, { policy: { mode: 'never' } });
  }
  await put('/gates/drafts', { policy: { mode: 'always', undo_ms: 0 } });
  const bot = { ...toolBot(shop.url), uses_model: false, hand_off_below: 0.3 };
  await put('/bots/shop', bot);
  await put('/bots/plain', { ...bot, clarifies: false });
  await put('/bots/drafter', { ...bot, clarifies: false, gate: 'drafts' });
  const told = bot.intents.filter((intent) => !('tool' in intent));
  const refunds = { name: 'refunds', examples: ['i want a refund'], answer: 'In thirty days.' };
  await put('/bots/writer', { ...bot, intents: [...told, refunds], tools: [], uses_model: true });
  shop.answers(({ arguments: given }) => ({ status: 200, body: { paid: given.amount } }));
});
afterAll(async () => {
  await server?.stop();
  await shop?.stop();
  await model?.close();
});

const open_words = 'We are open from nine to five.';
const unknown = 'Do you sell elephants in Norway?';
const named = `I do not know the answer to this: “${unknown}”`;
const bySpeaker = async (talk: Begun) =>
  (await talk.read()).messages.filter(({ author_kind }) => author_kind === 'bot');
const reply = (talk: Begun): Promise<Message> => until(async () => (await bySpeaker(talk)).at(-1));
const textOf = ({ body }: Message) => ('text' in body ? (body.text ?? '') : '');
const briefOf = async ({ id }: Begun) =>
  (await admin.call<{ brief: Brief }>(`GET /conversations/${id}/brief`)).body.brief;
const handedOff = (talk: Begun) =>
  until(async () => {
    const { conversation } = await talk.read();
    return conversation.hand_off ? conversation : undefined;
  });

test('[W99] of two questions the known one is answered, and the other is named as one that the bot does not know', async () => {
  for (const said of [
    [`When do you open? ${unknown}`],
    [`${unknown} When do you open?`],
    ['when do you open', unknown],
  ]) {
    const talk = await beginTalk(admin, 'shop');
    for (const words of said) await talk.say(words);
    // Where the bot was quick the first is answered by itself.
    const all = await until(async () => {
      const replies = await bySpeaker(talk);
      return replies.some((one) => textOf(one).includes(unknown) || one.body.kind === 'buttons')
        ? replies
        : undefined;
    });
    const text = all.map(textOf).join('\n');
    expect(text).toContain(open_words);
    if (all.length === 1) expect(text).toContain(named);
    expect(all.at(-1)?.body).toMatchObject({
      kind: 'buttons',
      buttons: expect.arrayContaining([{ label: 'Talk to a person' }]),
    });
    expect((await talk.read()).conversation.owner.kind).toBe('bot');
  }
});

test('[W99] not known again, a person comes, and the brief names the question that was open', async () => {
  const talk = await beginTalk(admin, 'shop');
  await talk.say(`When do you open? ${unknown}`);
  const { output_id } = await reply(talk);
  const output = (await admin.call<Output>(`GET /outputs/${output_id}`)).body;
  expect(output.metadata).toMatchObject({ open: { asked: [unknown] } });
  await talk.say('grey ones with a trunk');
  const { hand_off, reason } = await handedOff(talk);
  expect(reason).toBe('failed');
  expect((await briefOf(talk)).open).toEqual([unknown]);
  const read = await admin.call<Case>(`GET /cases/${hand_off?.case_id}`);
  expect(JSON.stringify(read.body.parts)).toContain('Not answered');
});

test('[W99] where a single question that it does not know brings a person, the known one is answered first', async () => {
  const talk = await beginTalk(admin, 'plain');
  await talk.say(`When do you open? ${unknown}`);
  expect((await handedOff(talk)).reason).toBe('low_confidence');
  expect(wordsIn(await talk.read())).toEqual([
    `${open_words}\n\n${named}\nI am passing it on to a person.`,
    '(handed_off)',
  ]);
  expect(await briefOf(talk)).toMatchObject({ goal: unknown, open: [unknown] });
  // Held by its gate, both wait for whoever decides.
  const held = await beginTalk(admin, 'drafter');
  await held.say(`When do you open? ${unknown}`);
  const { case_id } = await until(async () => (await held.held('drafts'))[0]);
  expect((await held.read()).conversation.owner.kind).toBe('bot');
  const values = { verdict: 'approve' };
  expect((await lead.call(`POST /cases/${case_id}/answers`, { values })).status).toBe(200);
  expect((await handedOff(held)).reason).toBe('low_confidence');
  expect(textOf(await reply(held))).toContain(named);
  expect((await briefOf(held)).open).toEqual([unknown]);
});

test('[W99] what only tells, or opens a talk, is no question that was left out', async () => {
  for (const said of [
    ['Hi, I bought a stove last week. When do you open?'],
    ['Hi, I bought a stove last week.', 'When do you open?'],
    ['Can you help me? When do you open?'],
    ['When do you open? Are you open on sunday?'],
    ['When do you open? Thanks!'],
  ]) {
    const trial = await admin.call<{ says: object }>('POST /bots/shop/try', {
      text: said.at(-1),
      earlier: said
        .slice(0, -1)
        .map((text) => ({ from: 'customer', body: { kind: 'text', text } })),
    });
    expect([said, trial.body.says]).toEqual([said, { kind: 'text', text: open_words }]);
  }
});

test('[W99] what a tool does goes on, and a person is offered for what the bot does not know', async () => {
  for (const bot of ['shop', 'plain']) {
    const talk = await beginTalk(admin, bot);
    await talk.say(`Can you refund my order A-141, it was 12.50? ${unknown}`);
    await says(talk, 'I have paid back 12.5 for A-141.');
    const [offer] = (await bySpeaker(talk)).filter(({ body }) => body.kind === 'buttons');
    expect(textOf(offer as Message)).toContain(named);
    expect((await talk.read()).conversation.owner.kind).toBe('bot');
  }
});

test('[W99] a language model writes what is known, and no answer of its makes that unknown', async () => {
  model.asked.length = 0;
  model.behave(() => ({ text: 'We are open from nine to five [1].' }));
  const talk = await beginTalk(admin, 'writer');
  await talk.say(`When do you open? ${unknown}`);
  const text = textOf(await reply(talk));
  expect(text).toContain('We are open from nine to five');
  expect(text).toContain(named);
  expect(JSON.stringify(model.asked[0]?.messages)).not.toContain('elephants');
  model.behave(() => ({ text: 'NO_ANSWER' }));
  const none = await beginTalk(admin, 'writer');
  await none.say(`When do you open? ${unknown}`);
  expect(textOf(await reply(none))).toContain(`${open_words}\n\n${named}`);
});
