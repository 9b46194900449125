import type { CaseRow, ClaimedAction, Output, Page, ToolSecret } from '@wheelhouse/core';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { refund_gate, type ToolServer, toolBot, toolServer, verified } from './tool-server.ts';
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
  await admin.call('PUT /gates/tool-replies', { policy: { mode: 'never' } });
  await admin.call('PUT /gates/parcel', { policy: { mode: 'never' } });
  const [refund] = bot.tools;
  if (!refund) throw new Error('a bot without tools');
  expect((await admin.call('PUT /gates/refund', refund_gate(refund))).status).toBe(201);
  expect((await admin.call('PUT /bots/shop', bot)).body).toMatchObject({ name: 'shop' });
  const carried_out = { by: 'http', url: shop.url, timeout_ms: 2_000 };
  await admin.call('PUT /bots/impatient', toolBot(shop.url, { carried_out }));
});
afterAll(async () => {
  await server?.stop();
  await shop?.stop();
});
beforeEach(() => {
  shop.called.length = 0;
  shop.answers(({ arguments: given }) => ({ status: 200, body: { paid: given.amount } }));
});

const begin = (bot = 'shop', by = admin) => beginTalk(admin, bot, by);
const callOf = (talk: Begun) =>
  until(async () => {
    const { rows } = (await admin.call<Page<Output>>('GET /outputs?gate=refund&limit=50')).body;
    return rows.find(({ conversation_id }) => conversation_id === talk.id);
  });
const waiting = (talk: Begun) =>
  until(async () => {
    const { case_id } = await callOf(talk);
    const { rows } = (await admin.call<Page<CaseRow>>('GET /cases?gate=refund')).body;
    return rows.find(({ id }) => id === case_id);
  });
const decide = (id: string, values: object, note?: string) =>
  lead.call(`POST /cases/${id}/answers`, { values, ...(note ? { note } : {}) });

test('[W50] a call that its gate lets through is carried out once, signed, and the bot answers from it', async () => {
  const { body } = await admin.call<ToolSecret>('POST /bots/shop/tools/refund/secret');
  const talk = await begin();
  await talk.say('refund my order a-123, it was 12.50');
  await says(talk, 'I have paid back 12.5 for A-123.');
  expect(shop.called).toHaveLength(1);
  const [call] = shop.called;
  if (!call) throw new Error('nothing was called');
  expect(call.arguments).toEqual({ order: 'A-123', amount: 12.5 });
  expect(() => verified(call, body.secret)).not.toThrow();
  const secret = (await admin.call<ToolSecret>('POST /bots/shop/tools/parcel/secret')).body.secret;
  expect(() => verified(call, secret)).toThrow();
  const output = (await admin.call<Output>(`GET /outputs/${call.id}`)).body;
  expect(output).toMatchObject({ gate: 'refund', verdict: 'pass', created_by: 'bot:shop' });
  expect(output.claimed_at).not.toBeNull();
  expect(output.confidence).toBeGreaterThan(0.2);
  const replies = (await talk.read()).messages.filter(({ author_kind }) => author_kind === 'bot');
  expect(replies).toHaveLength(1);
  expect((await admin.call<Output>(`GET /outputs/${replies[0]?.output_id}`)).body).toMatchObject({
    gate: 'tool-replies',
    metadata: { call: call.id, topic: 'refund' },
  });
});

test('[W52] what is missing is asked for, one at a time, and can be called off', async () => {
  const talk = await begin();
  expect(await answer(talk, 'i want a refund')).toBe('Please tell me: your order number');
  expect(await answer(talk, 'it is A-12')).toBe(
    'I did not understand that. Please tell me: your order number',
  );
  expect(await answer(talk, 'sorry, a-124')).toBe('How much should you get back?');
  expect(await answer(talk, '2000')).toContain('I did not understand that.');
  expect(await answer(talk, '20,50 euros')).toBe('I have paid back 20.5 for A-124.');
  const other = await begin();
  await answer(other, 'i want a refund');
  expect(await answer(other, 'never mind')).toContain('All right');
  const lost = await begin();
  await answer(lost, 'i want a refund');
  await answer(lost, 'what');
  expect(await answer(lost, 'why')).toBe('(handed_off)');
  expect((await lost.read()).conversation.reason).toBe('failed');
  expect(shop.called).toHaveLength(1);
});

test('[W50] one that is held waits as a case, the customer is told, and the conversation goes on', async () => {
  const talk = await begin();
  expect(await answer(talk, 'refund A-200, 150 please')).toBe('(approval)');
  const held = await waiting(talk);
  expect(await answer(talk, 'when are you open')).toBe('We are open from nine to five.');
  expect(shop.called).toHaveLength(0);
  expect((await decide(held.id, { verdict: 'approve' })).status).toBe(200);
  await says(talk, 'I have paid back 150 for A-200.');
  expect(shop.called.map(({ arguments: given }) => given)).toEqual([
    { order: 'A-200', amount: 150 },
  ]);
});

test('[W50] what a person edited is what runs, by its hash; what fits no schema is refused', async () => {
  const talk = await begin();
  await answer(talk, 'refund A-201, 180 please');
  const held = await waiting(talk);
  const edit = (amount: unknown) => ({ verdict: 'edit', arguments: { order: 'A-201', amount } });
  expect((await decide(held.id, edit('lots'))).status).toBe(422);
  expect((await decide(held.id, edit(90))).status).toBe(200);
  await says(talk, 'I have paid back 90 for A-201.');
  const [call] = shop.called;
  expect(call?.arguments).toEqual({ order: 'A-201', amount: 90 });
  const { data } = JSON.parse(call?.body ?? '{}');
  const output = (await admin.call<Output>(`GET /outputs/${call?.id}`)).body;
  expect(data.hash).toBe(output.outcome?.action_hash);
});

test('[W50] one that is rejected is told, with the reason where the tool allows it', async () => {
  const talk = await begin();
  await answer(talk, 'refund A-202, 170 please');
  const held = await waiting(talk);
  expect((await decide(held.id, { verdict: 'reject' }, 'It is past 30 days.')).status).toBe(200);
  const told = await until(async () =>
    wordsIn(await talk.read()).find((one) => one.includes('against it')),
  );
  expect(told).toContain('It is past 30 days.');
  const barred = await begin();
  expect(await answer(barred, 'refund A-203, 700 please')).toContain('against it');
  expect(shop.called).toHaveLength(0);
});

test('[W53] what failed, and what nobody knows the end of, is a person’s, and is never sent again', async () => {
  const answers = [
    [{ status: 422, body: { reason: 'there is no such order' } }, 'there is no such order'],
    [{ status: 500, body: {} }, 'it answered 500'],
    ['resets', ''],
    [undefined, 'no response within'],
  ] as const;
  for (const [how, why] of answers) {
    shop.called.length = 0;
    shop.answers(() => how);
    const talk = await begin(how ? 'shop' : 'impatient');
    await talk.say('refund A-300, 10 please');
    const { conversation } = await until(async () => {
      const read = await talk.read();
      return read.conversation.hand_off ? read : undefined;
    });
    expect(conversation.reason).toBe('tool');
    const asked = await admin.call<Output>(`GET /outputs/${conversation.hand_off?.output_id}`);
    expect(asked.body.content).toMatchObject({ why: expect.stringContaining(why) });
    expect(shop.called).toHaveLength(1);
  }
});

test('[W53] a tool that counts a call once is asked again under the same id', async () => {
  shop.answers((_call, nth) =>
    nth < 2 ? { status: 503, body: {} } : { status: 200, body: { state: 'at the depot' } },
  );
  const talk = await begin();
  await talk.say('where is my parcel');
  await says(talk, 'Your parcel is at the depot.');
  expect(shop.called).toHaveLength(2);
  expect(new Set(shop.called.map(({ id }) => id)).size).toBe(1);
});

test('[W51] [W122] a call that waits for a person is named in its conversation, and void once a person has the wheel, who reads what it would have been', async () => {
  const talk = await begin();
  await answer(talk, 'refund A-204, 160 please');
  const held = await waiting(talk);
  const { draft } = (await talk.read()).conversation;
  expect(draft).toMatchObject({ case_id: held.id, tool: 'refund', tool_title: 'Refund' });
  await admin.call(`POST /conversations/${talk.id}/hand-off`, {});
  await until(async () => (await callOf(talk)).outcome?.status === 'cancelled');
  expect((await decide(held.id, { verdict: 'approve' })).status).toBe(409);
  expect(shop.called).toHaveLength(0);
  const words = 'Refund was asked for by the AI and called off, before anybody decided.';
  await says(talk, `note: ${words} It was not done.\norder: A-204\namount: 160`);
  expect((await talk.read()).conversation.draft).toBeNull();
});

test('[W51] what was begun before is finished, and stands there as a note for whoever has the wheel', async () => {
  let done = () => {};
  const asked = new Promise<void>((resolve) => {
    shop.answers(() => {
      resolve();
      return new Promise((end) => {
        done = () => end({ status: 200, body: { paid: 10 } });
      });
    });
  });
  const talk = await begin();
  await talk.say('refund A-205, 10 please');
  await asked;
  await admin.call(`POST /conversations/${talk.id}/hand-off`, {});
  done();
  await says(talk, 'note: refund: done. {"paid":10}');
  expect(wordsIn(await talk.read())).not.toContain('I have paid back 10 for A-205.');
});

test('[W50] what a customer writes while a call is under way calls it no second time', async () => {
  let done = () => {};
  const asked = new Promise<void>((resolve) => {
    shop.answers(() => {
      resolve();
      return new Promise((end) => {
        done = () => end({ status: 200, body: { paid: 10 } });
      });
    });
  });
  const talk = await begin();
  await talk.say('refund A-211, 10 please');
  await asked;
  expect(await answer(talk, 'when are you open')).toBe('We are open from nine to five.');
  done();
  await says(talk, 'I have paid back 10 for A-211.');
  expect(shop.called).toHaveLength(1);
});

test('[W9] once a stop of bots is acknowledged no call begins, here or by a program', async () => {
  const claimed = {
    ...toolBot(shop.url),
    tools: toolBot(shop.url, { carried_out: { by: 'claim' } }).tools,
  };
  await admin.call('PUT /bots/stoppable', claimed);
  const program = await server.keyFor('reviewer');
  const talk = await begin('stoppable');
  await talk.say('refund A-206, 10 please');
  const { id } = await callOf(talk);
  await lead.call('POST /stop-bots', { bot: 'stoppable' });
  const right = await program.call(`POST /outputs/${id}/claim`);
  expect([right.status, right.body.code]).toEqual([409, 'bot_stopped']);
  await lead.call('POST /resume-bots', { bot: 'stoppable' });
  const held = await begin('shop');
  await answer(held, 'refund A-207, 150 please');
  const { id: case_id } = await waiting(held);
  await lead.call('POST /stop-bots', { bot: 'shop' });
  await decide(case_id, { verdict: 'approve' });
  await until(async () => (await held.read()).conversation.reason === 'paused');
  expect(shop.called).toHaveLength(0);
  await lead.call('POST /resume-bots', { bot: 'shop' });
});

test('[W50] a program claims what is its to carry out, once, and reports what came of it', async () => {
  const claimed = {
    ...toolBot(shop.url),
    tools: toolBot(shop.url, { carried_out: { by: 'claim' } }).tools,
  };
  await admin.call('PUT /bots/claimed', claimed);
  const program = await server.keyFor('reviewer');
  const other = await server.keyFor('reviewer');
  const talk = await begin('claimed');
  await talk.say('refund A-208, 10 please');
  const { id } = await callOf(talk);
  const right = await program.call<ClaimedAction>(`POST /outputs/${id}/claim`);
  expect(right.body.action.arguments).toEqual({ order: 'A-208', amount: 10 });
  expect((await other.call(`POST /outputs/${id}/claim`)).body.code).toBe('already_claimed');
  const report = { status: 'done', result: { paid: 10 } };
  expect((await other.call(`POST /outputs/${id}/result`, report)).status).toBe(403);
  const wrong = await program.call(`POST /outputs/${id}/result`, { status: 'perhaps' });
  expect([wrong.status, wrong.body.errors?.[0]?.field]).toEqual([422, 'status']);
  expect((await program.call(`POST /outputs/${id}/result`, report)).status).toBe(200);
  await says(talk, 'I have paid back 10 for A-208.');
  expect((await program.call(`POST /outputs/${id}/result`, report)).status).toBe(200);
  const otherwise = await program.call(`POST /outputs/${id}/result`, { status: 'failed' });
  expect(otherwise.body.code).toBe('already_reported');
  // What Wheelhouse sends itself is no program's to claim.
  const ours = await begin();
  await ours.say('refund A-209, 150 please');
  const { id: case_id } = await waiting(ours);
  await decide(case_id, { verdict: 'reject' });
  expect((await program.call(`POST /outputs/${(await callOf(ours)).id}/claim`)).status).toBe(409);
  expect(shop.called).toHaveLength(0);
});

test('[W51] a program’s claim is refused once the wheel is another’s', async () => {
  const program = await server.keyFor('reviewer');
  const talk = await begin('claimed');
  await talk.say('refund A-210, 10 please');
  const { id } = await callOf(talk);
  await admin.call(`POST /conversations/${talk.id}/hand-off`, {});
  const right = await program.call(`POST /outputs/${id}/claim`);
  expect([right.status, right.body.code]).toEqual([409, 'wheel_taken']);
});

test('[W50] tools that contradict themselves are refused by the field', async () => {
  const bot = toolBot(shop.url);
  const [refund, parcel] = bot.tools;
  const put = async (over: object) => {
    const { status, body } = await admin.call('PUT /bots/faulty', { ...bot, ...over });
    return [status, ...(body.errors ?? []).map(({ field }) => field)];
  };
  const list = { type: 'object', required: ['items'], properties: { items: { type: 'array' } } };
  expect(await put({ tools: [refund, refund, parcel] })).toEqual([422, 'tools.1.name']);
  expect(await put({ tools: [refund] })).toEqual([422, 'intents.1.tool']);
  expect(await put({ tools: [{ ...refund, asks: { colour: 'Which?' } }, parcel] })).toEqual([
    422,
    'tools.0.asks.colour',
  ]);
  expect(await put({ tools: [{ ...refund, arguments_schema: {}, asks: {} }, parcel] })).toEqual([
    422,
    'tools.0.arguments_schema',
  ]);
  expect(
    await put({ tools: [{ ...refund, arguments_schema: list, asks: {}, gate: 'items' }, parcel] }),
  ).toEqual([422, 'intents.0.tool']);
  expect(
    await put({ tools: [{ ...refund, name: 'pay', gate: 'refund' }, parcel], intents: [] }),
  ).toEqual([422, 'tools.0.gate']);
  const ftp = { by: 'http', url: 'ftp://shop.example' };
  expect(await put({ tools: [{ ...refund, carried_out: ftp }, parcel] })).toEqual([
    422,
    'tools.0.carried_out.url',
  ]);
});
