import type { Output, Page, Transcript } from '@wheelhouse/core';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { serveBeside } from '../../server/src/testing/beside.ts';
import {
  type Caller,
  caller,
  startServer,
  type TestServer,
} from '../../server/src/testing/start.ts';
import { refund_gate, type ToolServer, toolBot, toolServer } from './tool-server.ts';
import { until } from './until.ts';

/** Two servers on one database; whichever comes first carries a call out. */
let shop: ToolServer;
let server: TestServer;
let second: Awaited<ReturnType<typeof serveBeside>>;
let here: Caller;
let there: Caller;
beforeAll(async () => {
  shop = await toolServer();
  const settings = { WHEELHOUSE_ALLOW_PRIVATE_WEBHOOKS: 'yes' };
  server = await startServer({ url_pattern: inject('engine'), settings });
  second = await serveBeside(server.database_url, settings);
  here = await server.keyFor('admin');
  there = caller(second.url, here.key);
  const carried_out = { by: 'http', url: shop.url, timeout_ms: 60_000 };
  const bot = toolBot(shop.url, { carried_out });
  const [refund] = bot.tools;
  if (!refund) throw new Error('a bot without tools');
  const refunds = refund_gate(refund);
  await here.call('PUT /gates/tool-replies', { policy: { mode: 'never' } });
  await here.call('PUT /gates/parcel', { policy: { mode: 'never' } });
  await here.call('PUT /gates/refund', { ...refunds, policy: { ...refunds.policy, undo_ms: 0 } });
  expect((await here.call('PUT /bots/shop', bot)).status).toBe(200);
  const claimed = { ...refund, carried_out: { by: 'claim' } };
  const program = { ...bot, tools: [claimed, ...bot.tools.slice(1)] };
  expect((await here.call('PUT /bots/program', program)).status).toBe(200);
});
afterAll(async () => {
  await second?.close();
  await server?.stop();
  await shop?.stop();
});
beforeEach(async () => {
  shop.called.length = 0;
  // A test that failed leaves them stopped.
  await here.call('POST /resume-bots', {});
});

const begin = async (bot = 'shop') =>
  (await here.call<{ id: string }>('POST /conversations', { bot })).body.id;
const say = async (by: Caller, id: string, text: string) => {
  const body = { from: 'contact', body: { kind: 'text', text } };
  expect((await by.call(`POST /conversations/${id}/messages`, body)).status).toBeLessThan(300);
};
const read = async (id: string) => (await here.call<Transcript>(`GET /conversations/${id}`)).body;
const wordsFor = async (id: string, audience: 'all' | 'team') =>
  (await read(id)).messages.flatMap((one) =>
    one.author_kind === 'bot' && one.audience === audience && 'text' in one.body
      ? [one.body.text ?? '']
      : [],
  );
const calls = async () =>
  (await here.call<Page<Output>>('GET /outputs?gate=refund&limit=200')).body.rows;
const callOf = (id: string) =>
  until(async () => (await calls()).find(({ conversation_id }) => conversation_id === id));
const begun = async (ids: string[]) =>
  (await calls())
    .filter(({ conversation_id, claimed_at }) => ids.includes(conversation_id ?? '') && claimed_at)
    .map(({ id, conversation_id }) => ({ id, conversation_id: conversation_id ?? '' }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
const paused = (id: string) =>
  until(async () => (await read(id)).conversation.hand_off?.reason === 'paused');
const stopAll = async (by: Caller) =>
  expect((await by.call<{ bots: string[] }>('POST /stop-bots', {})).body.bots).toEqual([
    'program',
    'shop',
  ]);
const resumeAll = (by: Caller) => by.call('POST /resume-bots', {});

/** The shop answers no call before it is told to. */
function heldShop(status = 200) {
  let answer = () => {};
  const released = new Promise<void>((done) => {
    answer = done;
  });
  shop.answers(async ({ arguments: given }) => {
    await released;
    return { status, body: { paid: given.amount } };
  });
  return answer;
}

test('[W70] [W9] with calls under way on two servers, all stopped on one: none begins after that, and each that had begun is finished', async () => {
  // Stopped at another point of the way each time: once so many calls have reached the shop.
  for (const [reached, by] of [
    [0, here],
    [1, there],
    [4, here],
    [9, there],
  ] as const) {
    shop.called.length = 0;
    const answer = heldShop();
    const ids = await Promise.all(Array.from({ length: 10 }, () => begin()));
    const asking = Promise.all(
      ids.map((id, at) => say(at % 2 ? here : there, id, `refund A-${100 + at}, 12 please`)),
    );
    await until(() => shop.called.length >= reached);
    await stopAll(by);
    // What had begun when the stop was answered is in what is read after it.
    const had = await begun(ids);
    expect(had.length).toBeGreaterThanOrEqual(reached);
    await asking;
    answer();
    for (const id of ids) await paused(id);
    // Each that had begun is told to whoever has the wheel.
    for (const { conversation_id } of had) {
      await until(async () =>
        (await wordsFor(conversation_id, 'team')).includes('refund: done. {"paid":12}'),
      );
    }
    expect(await begun(ids)).toEqual(had);
    expect(shop.called.map(({ id }) => id).sort()).toEqual(had.map(({ id }) => id));
    for (const id of ids) expect(await wordsFor(id, 'all')).toEqual([]);
    await resumeAll(by);
  }
});

test('[W70] [W51] what waits for a person, or for a program, when all is stopped on another server is not carried out', async () => {
  heldShop()();
  const [waits, programs] = [await begin(), await begin('program')];
  await say(here, waits, 'refund A-200, 150 please');
  await say(here, programs, 'refund A-201, 12 please');
  const { case_id } = await callOf(waits);
  const { id: claimable } = await callOf(programs);
  await stopAll(there);
  for (const by of [here, there]) {
    const right = await by.call(`POST /outputs/${claimable}/claim`);
    expect([right.status, right.body.code]).toEqual([409, 'bot_stopped']);
  }
  const decided = await here.call(`POST /cases/${case_id}/answers`, {
    values: { verdict: 'approve' },
  });
  expect(decided.status).toBe(200);
  await paused(waits);
  expect(await begun([waits, programs])).toEqual([]);
  expect(shop.called).toEqual([]);
  // Nor later, once the bots go on: the conversation is a person's by now.
  await resumeAll(there);
  const other = await begin();
  await say(there, other, 'refund A-202, 12 please');
  await until(async () =>
    (await wordsFor(other, 'all')).includes('I have paid back 12 for A-202.'),
  );
  expect(shop.called.map(({ arguments: given }) => given.order)).toEqual(['A-202']);
});

test('[W70] a program that had begun before all was stopped reports what came of it, on either server, and whoever has the wheel reads it', async () => {
  const id = await begin('program');
  await say(here, id, 'refund A-203, 12 please');
  const { id: call } = await callOf(id);
  expect((await here.call(`POST /outputs/${call}/claim`)).status).toBe(200);
  await stopAll(here);
  const report = { status: 'done', result: { paid: 12 } };
  expect((await there.call(`POST /outputs/${call}/result`, report)).status).toBe(200);
  await paused(id);
  await until(async () => (await wordsFor(id, 'team')).includes('refund: done. {"paid":12}'));
  expect(await wordsFor(id, 'all')).toEqual([]);
  await resumeAll(here);
});

test('[W70] [W53] once all is stopped a call that went wrong is not sent again, though its tool counts it once: its end is a person’s to find out', async () => {
  const answer = heldShop(503);
  const id = await begin();
  await say(here, id, 'where is my parcel');
  await until(() => shop.called.length > 0);
  await stopAll(there);
  answer();
  await paused(id);
  await until(async () =>
    (await wordsFor(id, 'team')).some((text) => text.startsWith('parcel: uncertain.')),
  );
  expect(shop.called).toHaveLength(1);
  expect(await wordsFor(id, 'all')).toEqual([]);
  await resumeAll(there);
});
