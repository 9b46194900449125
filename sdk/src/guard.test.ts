import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';
import { checkClaim, guard, newOutputId, Wheelhouse } from './index.ts';

let server: TestServer;
let agent: Wheelhouse;
let desk: Wheelhouse;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  const [admin, reviewer] = await Promise.all([server.keyFor('admin'), server.keyFor('reviewer')]);
  agent = new Wheelhouse({ url: server.url, key: admin.key });
  desk = new Wheelhouse({ url: server.url, key: reviewer.key });
  await agent.gates.put('refunds', {
    queue: 'refunds',
    policy: {
      mode: 'rules',
      otherwise: 'pass',
      rules: [{ when: { field: 'action.arguments.amount', op: '>', value: 500 }, then: 'hold' }],
    },
    action: {
      name: 'refund',
      arguments_schema: {
        type: 'object',
        properties: { order: { type: 'string' }, amount: { type: 'number' } },
        required: ['order', 'amount'],
      },
    },
  });
});
afterAll(() => server?.stop());

interface Refund {
  order: string;
  amount: number;
}
const ran: Refund[] = [];
const refund = () =>
  guard<Refund, number>(
    (given) => {
      ran.push(given);
      return given.amount;
    },
    { wheelhouse: agent, gate: 'refunds', name: 'refund' },
  );

const decide = async (values: Record<string, unknown>) => {
  for (;;) {
    const [held] = await desk.cases.claim('refunds');
    if (held)
      return desk.cases.answer(held.id, { epoch: held.lease.epoch, values: values as never });
  }
};

test('[O1] a guarded call that passes runs as it was asked', async () => {
  ran.length = 0;
  expect(await refund()({ order: 'A-1', amount: 20 })).toBe(20);
  expect(ran).toEqual([{ order: 'A-1', amount: 20 }]);
});

test('[O1] a held call runs with the arguments a person edited', async () => {
  ran.length = 0;
  const [amount] = await Promise.all([
    refund()({ order: 'A-2', amount: 1_200 }),
    decide({ verdict: 'edit', arguments: { order: 'A-2', amount: 800 } }),
  ]);
  expect(amount).toBe(800);
  expect(ran).toEqual([{ order: 'A-2', amount: 800 }]);
});

test('[O3] a rejected call does not run, and says why', async () => {
  ran.length = 0;
  const call = refund()({ order: 'A-3', amount: 900 });
  const refused = expect(call).rejects.toMatchObject({
    name: 'NotApproved',
    outcome: 'rejected',
    message: 'rejected: no proof',
  });
  await decide({ verdict: 'reject', reason: 'no proof' });
  await refused;
  expect(ran).toEqual([]);
});

test('[O2] of two guards that take up one call, one runs it', async () => {
  ran.length = 0;
  const id = newOutputId();
  const both = await Promise.allSettled([
    refund()({ order: 'A-4', amount: 5 }, id),
    refund()({ order: 'A-4', amount: 5 }, id),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { code: 'already_claimed' },
  });
  expect(ran).toHaveLength(1);
});

test('[O1] a claim that was changed on its way is refused', async () => {
  const { id } = await agent.submit('refunds', {
    action: { name: 'refund', arguments: { order: 'A-5', amount: 5 } },
  });
  const claimed = await agent.claim(id);
  expect(checkClaim(claimed, id, 'refund')).toBe(claimed);
  const text = JSON.stringify(claimed.action);
  let tried = 0;
  for (let at = 0; at < text.length; at++) {
    const mutated =
      text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1);
    let action: typeof claimed.action;
    try {
      action = JSON.parse(mutated);
    } catch {
      continue;
    }
    tried += 1;
    expect(() => checkClaim({ ...claimed, action }, id, 'refund'), mutated).toThrow();
  }
  expect(tried).toBeGreaterThan(20);
  expect(() =>
    checkClaim({ ...claimed, bound: { ...claimed.bound, policy_version: 2 } }, id, 'refund'),
  ).toThrow();
  expect(() => checkClaim(claimed, newOutputId(), 'refund')).toThrow();
});

test('[O5] a decision made before anyone waits is found', async () => {
  const { id } = await agent.submit('refunds', {
    action: { name: 'refund', arguments: { order: 'A-6', amount: 700 } },
  });
  await decide({ verdict: 'approve' });
  expect((await agent.wait(id, { timeout_ms: 5_000 })).outcome.status).toBe('approved');
});

test('[O5] a wait that is over says so, and one that is stopped stops', async () => {
  const { id } = await agent.submit('refunds', {
    action: { name: 'refund', arguments: { order: 'A-7', amount: 700 } },
  });
  await expect(agent.wait(id, { timeout_ms: 300 })).rejects.toMatchObject({ code: 'timeout' });
  const stop = new AbortController();
  const waiting = agent.wait(id, { signal: stop.signal });
  setTimeout(() => stop.abort(new Error('enough')), 100);
  await expect(waiting).rejects.toThrow('enough');
  await decide({ verdict: 'approve' });
});

test('[E1] the event stream goes on behind its cursor, each event once', async () => {
  const stop = new AbortController();
  const seen: string[] = [];
  const cut = new AbortController();
  let start = '';
  for await (const event of agent.events({
    signal: cut.signal,
    types: ['output.submitted'],
    on_open: (cursor) => {
      start = cursor;
      void agent.submit('refunds', { content: 'one' });
    },
  })) {
    seen.push(event.subject);
    break;
  }
  expect(start).not.toBe('');
  const ids = [];
  for (let at = 0; at < 20; at++)
    ids.push((await agent.submit('refunds', { content: `two ${at}` })).id);
  const later: string[] = [];
  for await (const event of agent.events({
    signal: stop.signal,
    types: ['output.submitted'],
    cursor: start,
  })) {
    later.push(event.subject);
    if (event.subject === ids.at(-1)) break;
  }
  expect(later).toEqual([...seen, ...ids]);
});
