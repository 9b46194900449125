import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaseRow, Output, Page, Transcript } from '@wheelhouse/core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Caller, caller } from '../../server/src/testing/start.ts';
import { compiled, type ServerProcess, startProcess } from './process.ts';
import { refund_gate, type ToolServer, toolBot, toolServer } from './tool-server.ts';
import { until } from './until.ts';

const admin_key = `wh_${randomUUID()}`;
const data_dir = mkdtempSync(join(tmpdir(), 'wheelhouse-call-kills-'));
const settings = {
  WHEELHOUSE_DATA_DIR: data_dir,
  WHEELHOUSE_API_KEY: admin_key,
  WHEELHOUSE_ALLOW_PRIVATE_WEBHOOKS: 'yes',
};
let shop: ToolServer;
let server: ServerProcess;
let admin: Caller;
const start = async () => {
  server = await startProcess(settings);
  admin = caller(server.url, admin_key);
};
beforeAll(async () => {
  await compiled();
  shop = await toolServer();
  await start();
  // What was under way when the server died is given up so long after.
  const bot = toolBot(shop.url, {}, 5_000);
  const [refund] = bot.tools;
  if (!refund) throw new Error('a bot without tools');
  await admin.call('PUT /gates/tool-replies', { policy: { mode: 'never' } });
  await admin.call('PUT /gates/parcel', { policy: { mode: 'never' } });
  const refunds = refund_gate(refund);
  await admin.call('PUT /gates/refund', { ...refunds, policy: { ...refunds.policy, undo_ms: 0 } });
  expect((await admin.call('PUT /bots/shop', bot)).status).toBe(200);
});
afterAll(async () => {
  await server?.stop();
  await shop?.stop();
  rmSync(data_dir, { recursive: true, force: true });
});
beforeEach(() => {
  shop.called.length = 0;
});

const begin = async (text: string): Promise<string> => {
  const { id } = (await admin.call<{ id: string }>('POST /conversations', { bot: 'shop' })).body;
  const body = { from: 'contact', body: { kind: 'text', text } };
  expect((await admin.call(`POST /conversations/${id}/messages`, body)).status).toBeLessThan(300);
  return id;
};
const read = async (id: string) => (await admin.call<Transcript>(`GET /conversations/${id}`)).body;
const said = async (id: string) =>
  (await read(id)).messages.flatMap(({ author_kind, audience, body }) =>
    author_kind === 'bot' && audience === 'all' && 'text' in body ? [body.text ?? ''] : [],
  );

/** The server dies as soon as the tool hears of a call, and is started again. */
async function killedAtCall(): Promise<void> {
  const heard = new Promise<void>((resolve) => {
    shop.answers((_call, nth) => {
      if (nth === 1) resolve();
      return nth === 1 ? undefined : { status: 200, body: { paid: 12, state: 'at the depot' } };
    });
  });
  return heard.then(async () => {
    await server.kill();
    await start();
  });
}

test('[W53] a server that is killed between the claim and the result: the call is not sent again, and a person is told that its end is uncertain', async () => {
  const killed = killedAtCall();
  const id = await begin('refund A-400, 12 please');
  await killed;
  const { conversation } = await until(async () => {
    const now = await read(id);
    const told = (await said(id)).length > 0;
    return told || now.conversation.hand_off ? now : undefined;
  });
  expect(conversation.reason).toBe('tool');
  const asked = await admin.call<Output>(`GET /outputs/${conversation.hand_off?.output_id}`);
  expect(JSON.stringify(asked.body.content)).toContain('its result was lost');
  expect(shop.called).toHaveLength(1);
  expect(await said(id)).toEqual([]);
}, 600_000);

test('[W53] a tool that counts a call once hears of it again after a kill, under the same id, and the customer is told', async () => {
  const killed = killedAtCall();
  const id = await begin('where is my parcel');
  await killed;
  await until(async () => (await said(id)).includes('Your parcel is at the depot.'));
  expect(shop.called).toHaveLength(2);
  expect(new Set(shop.called.map((call) => call.id)).size).toBe(1);
}, 600_000);

test('[W50] [W53] killed while approved calls are being carried out: each is done once and told, or is said to be uncertain', async () => {
  for (const after_calls of [0, 3]) {
    shop.called.length = 0;
    shop.answers(({ arguments: given }) => ({ status: 200, body: { paid: given.amount } }));
    const orders = Array.from({ length: 5 }, (_, at) => `A-${500 + 10 * after_calls + at}`);
    const ids = await Promise.all(orders.map((order) => begin(`refund ${order}, 150 please`)));
    const cases = await until(async () => {
      const { rows } = (await admin.call<Page<CaseRow>>('GET /cases?gate=refund')).body;
      return rows.length === orders.length ? rows : undefined;
    });
    const approved = cases.map(({ id }) =>
      admin.call(`POST /cases/${id}/answers`, { values: { verdict: 'approve' } }),
    );
    await Promise.all(approved);
    await until(() => shop.called.length >= after_calls);
    await server.kill();
    await start();
    for (const [at, id] of ids.entries()) {
      const order = orders[at] as string;
      const { conversation } = await until(async () => {
        const now = await read(id);
        const told = (await said(id)).includes(`I have paid back 150 for ${order}.`);
        return told || now.conversation.hand_off ? now : undefined;
      });
      const calls = shop.called.filter((call) => call.arguments.order === order);
      if (conversation.hand_off) expect(calls.length).toBeLessThanOrEqual(1);
      else expect(calls).toHaveLength(1);
    }
    expect((await admin.call<Page<CaseRow>>('GET /cases?gate=refund')).body.rows).toEqual([]);
  }
}, 600_000);
