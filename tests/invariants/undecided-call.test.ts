import type { Brief, Output, Page } from '@wheelhouse/core';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { firstAdmin, type Person } from '../../server/src/testing/person.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { refund_gate, type ToolServer, toolBot, toolServer } from './tool-server.ts';
import { type Begun, beginTalk, says, wordsIn } from './tool-talk.ts';
import { until } from './until.ts';

let server: TestServer;
let shop: ToolServer;
let admin: Caller;
let lead: Caller;
let lena: Person;
beforeAll(async () => {
  shop = await toolServer();
  server = await startServer({
    url_pattern: inject('engine'),
    settings: { WHEELHOUSE_ALLOW_PRIVATE_WEBHOOKS: 'yes' },
  });
  admin = await server.keyFor('admin');
  lead = await server.keyFor('lead');
  lena = await firstAdmin(server);
  const put = async (path: string, body: object) =>
    expect((await admin.call(`PUT ${path}`, body)).status).toBeLessThan(300);
  for (const gate of ['tool-replies', 'parcel']) {
    await put(`/gates/${gate}`, { policy: { mode: 'never' } });
  }
  const bot = toolBot(shop.url);
  const [refund] = bot.tools;
  if (!refund) throw new Error('a bot without tools');
  const gate = refund_gate(refund);
  await put('/gates/refund', { ...gate, policy: { ...gate.policy, undo_ms: 0 } });
  await put('/bots/shop', { ...bot, waiting: { silent_after_ms: 1_500 } });
  await put('/bots/patient', { ...bot, waiting: { silent_after_ms: 600_000 } });
});
afterAll(async () => {
  await server?.stop();
  await shop?.stop();
});
beforeEach(() => {
  shop.called.length = 0;
  shop.answers(({ arguments: given }) => ({ status: 200, body: { paid: given.amount } }));
});

const callOf = async ({ id }: Begun): Promise<Output> =>
  until(async () => {
    const { rows } = (await admin.call<Page<Output>>('GET /outputs?gate=refund&limit=50')).body;
    return rows.find((one) => one.conversation_id === id && one.verdict === 'hold');
  });
/** A call that nobody decided on, and whose conversation waits for a person. */
async function leftUndecided(order: string, bot = 'shop') {
  const talk = await beginTalk(admin, bot);
  await talk.say(`refund my order ${order}, it was 150`);
  const call = await callOf(talk);
  const { conversation } = await until(async () => {
    const read = await talk.read();
    return read.conversation.hand_off ? read : undefined;
  });
  return { talk, call, conversation };
}
const decide = ({ case_id }: Output, values: object, note?: string) =>
  lead.call(`POST /cases/${case_id}/answers`, { values, ...(note ? { note } : {}) });
const take = async ({ id }: Begun) => {
  expect((await lena.call(`POST /conversations/${id}/take`)).status).toBe(200);
};
const botWords = async (talk: Begun) =>
  (await talk.read()).messages.filter(
    ({ author_kind, audience }) => author_kind === 'bot' && audience === 'all',
  );

test('[W101] nobody decides on a call: the customer is told, a person is asked for, and the call still waits', async () => {
  const { talk, call, conversation } = await leftUndecided('A-161');
  expect(conversation.hand_off?.reason).toBe('undecided');
  expect(wordsIn(await talk.read())).toEqual(['(approval)', '(handed_off)']);
  const { brief } = (await admin.call<{ brief: Brief }>(`GET /conversations/${talk.id}/brief`))
    .body;
  expect(brief.why).toContain('A-161');
  // It stays, also once somebody has the wheel.
  await take(talk);
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect((await admin.call<Output>(`GET /outputs/${call.id}`)).body.outcome).toBeNull();
  expect((await decide(call, { verdict: 'approve' })).status).toBe(200);
  await says(talk, 'note: refund: done. {"paid":150}');
  expect(shop.called.map(({ arguments: given }) => given)).toEqual([
    { order: 'A-161', amount: 150 },
  ]);
  expect(await botWords(talk)).toEqual([]);
  // Once.
  expect((await decide(call, { verdict: 'approve' })).status).toBe(409);
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(shop.called).toHaveLength(1);
});

test('[W101] refused later it is not carried out, and whoever waits or has the wheel reads so', async () => {
  const { talk, call } = await leftUndecided('A-162');
  expect((await decide(call, { verdict: 'reject' }, 'Too late.')).status).toBe(200);
  await says(talk, 'note: refund: refused. Too late.');
  expect(await botWords(talk)).toEqual([]);
  expect(shop.called).toEqual([]);
});

test('[W101] where the bot has the wheel again it tells its customer what came of the call', async () => {
  const { talk, call } = await leftUndecided('A-163');
  await take(talk);
  await lena.call(`POST /conversations/${talk.id}/hand-back`, {});
  await until(async () => (await talk.read()).conversation.owner.kind === 'bot');
  // It is not asked for again.
  await until(async () => wordsIn(await talk.read()).at(-1) === '(approval)');
  expect((await talk.held('refund')).map(({ id }) => id)).toEqual([call.id]);
  expect((await decide(call, { verdict: 'approve' })).status).toBe(200);
  await says(talk, 'I have paid back 150 for A-163.');
  expect(shop.called).toHaveLength(1);
  // Decided while a colleague had it, it is told once the bot has it again.
  const other = await leftUndecided('A-168');
  await take(other.talk);
  expect((await decide(other.call, { verdict: 'approve' })).status).toBe(200);
  await says(other.talk, 'note: refund: done. {"paid":150}');
  await lena.call(`POST /conversations/${other.talk.id}/hand-back`, {});
  await says(other.talk, 'I have paid back 150 for A-168.');
  expect(shop.called).toHaveLength(2);
});

test('[W101] [W51] it ends with the conversation; and one that was in time, or whose customer asked for a person, is as before', async () => {
  const { talk, call } = await leftUndecided('A-164');
  await take(talk);
  await lena.call(`POST /conversations/${talk.id}/resolve`, {});
  const cancelled = async ({ id }: Output) =>
    (await admin.call<Output>(`GET /outputs/${id}`)).body.outcome?.status === 'cancelled';
  await until(() => cancelled(call));
  expect((await decide(call, { verdict: 'approve' })).status).toBe(409);
  const asked = await beginTalk(admin, 'patient');
  await asked.say('refund my order A-165, it was 150');
  const other = await callOf(asked);
  await asked.say('I want to talk to a human');
  await until(() => cancelled(other));
  const quick = await beginTalk(admin, 'shop');
  await quick.say('refund my order A-166, it was 150');
  expect((await decide(await callOf(quick), { verdict: 'approve' })).status).toBe(200);
  await says(quick, 'I have paid back 150 for A-166.');
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect((await quick.read()).conversation.hand_off).toBeNull();
  expect(shop.called).toHaveLength(1);
});

test('[W101] [W9] once its bot is stopped it does not begin, and whoever has the wheel reads so', async () => {
  const { talk, call } = await leftUndecided('A-167');
  await take(talk);
  await lead.call('POST /stop-bots', { bot: 'shop' });
  expect((await decide(call, { verdict: 'approve' })).status).toBe(200);
  await says(talk, 'note: refund: failed. the assistant is stopped');
  expect((await talk.read()).conversation.owner.kind).toBe('member');
  await lead.call('POST /resume-bots', { bot: 'shop' });
  expect(shop.called).toEqual([]);
});
