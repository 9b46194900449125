import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
});
afterAll(() => server?.stop());

const refunds = {
  title: 'Refunds',
  queue: 'refunds',
  policy: {
    mode: 'rules',
    otherwise: 'pass',
    rules: [
      {
        when: { field: 'action.arguments.amount', op: '>', value: 500 },
        then: 'hold',
        reason: 'amount is over 500',
      },
    ],
  },
  action: {
    name: 'refund',
    arguments_schema: {
      type: 'object',
      properties: { order: { type: 'string' }, amount: { type: 'number', minimum: 0 } },
      required: ['order', 'amount'],
    },
  },
};

test('[O1] [O2] [O5] an edited action is handed out once, with the bytes that were approved', async () => {
  const agent = await server.keyFor('admin');
  const desk = await server.keyFor('reviewer');
  await agent.call('PUT /gates/refunds', refunds);
  const held = await agent.call<{ id: string; case_id: string; verdict: string }>(
    'POST /gates/refunds/outputs',
    {
      action: { name: 'refund', arguments: { order: 'A-1', amount: 1200 } },
    },
  );
  expect(held).toMatchObject({
    status: 201,
    body: { verdict: 'hold', reasons: ['amount is over 500'] },
  });
  const claimed = await desk.call<{ cases: { id: string; lease: { epoch: number } }[] }>(
    'POST /queues/refunds/claim',
    { limit: 1 },
  );
  expect(claimed.body.cases[0]).toMatchObject({ id: held.body.case_id, lease: { epoch: 1 } });
  const decided = await desk.call(`POST /cases/${held.body.case_id}/answers`, {
    epoch: 1,
    values: { verdict: 'edit', arguments: { order: 'A-1', amount: 800 } },
  });
  expect(decided).toMatchObject({
    status: 200,
    body: { resolution: { outcome: 'edited', diff: [{ path: 'amount', from: 1200, to: 800 }] } },
  });
  const right = await agent.call(`POST /outputs/${held.body.id}/claim`);
  expect(right).toMatchObject({ status: 200, body: { action: { arguments: { amount: 800 } } } });
  const again = await agent.call(`POST /outputs/${held.body.id}/claim`);
  expect(again).toMatchObject({ status: 409, body: { code: 'already_claimed' } });
});

test('[O14] nobody who may decide a request withdraws it, or takes the right to act on it', async () => {
  const agent = await server.keyFor('builder');
  const reviewer = await server.keyFor('reviewer');
  const lead = await server.keyFor('lead');
  await agent.call('PUT /gates/only-mine', { policy: { mode: 'always' } });
  const ask = async () =>
    (
      await agent.call<{ id: string; case_id: string }>('POST /gates/only-mine/outputs', {
        action: { name: 'pay', arguments: { amount: 1 } },
      })
    ).body;
  const [one, two, three] = [await ask(), await ask(), await ask()];
  expect((await reviewer.call(`POST /outputs/${one.id}/cancel`, {})).status).toBe(403);
  expect((await lead.call(`POST /outputs/${one.id}/cancel`, {})).status).toBe(200);
  expect((await agent.call(`POST /outputs/${two.id}/cancel`, {})).status).toBe(200);
  const approve = { values: { verdict: 'approve' } };
  expect((await reviewer.call(`POST /cases/${three.case_id}/answers`, approve)).status).toBe(200);
  expect((await reviewer.call(`POST /outputs/${three.id}/claim`)).status).toBe(403);
  expect((await agent.call(`POST /outputs/${three.id}/claim`)).status).toBe(200);
});
