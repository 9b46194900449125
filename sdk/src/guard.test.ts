import { actionHash } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';
import { isSubset, mutated } from '../../tests/invariants/mutation.ts';
import { checkClaim, guard, newOutputId, outputIdFor, Wheelhouse } from './index.ts';

let server: TestServer;
let agent: Wheelhouse;
let desk: Wheelhouse;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  const [admin, reviewer] = await Promise.all([server.keyFor('admin'), server.keyFor('reviewer')]);
  agent = new Wheelhouse({ url: server.url, key: admin.key });
  desk = new Wheelhouse({ url: server.url, key: reviewer.key });
  await agent.gates.change('tools', {
    title: 'Tools',
    queue: 'tools',
    policy: { mode: 'always' },
    action: { name: 'refund', arguments_schema: { type: 'object' } },
  });
  await agent.gates.change('limits', {
    title: 'Limits',
    policy: {
      mode: 'rules',
      otherwise: 'hold',
      rules: [{ when: { field: 'action.arguments.amount', op: '>', value: 9_000 }, then: 'block' }],
      deadline: { expire_after_ms: 1_000 },
    },
  });
  await agent.gates.change('refunds', {
    title: 'Refunds',
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

const decide = async (values: Record<string, unknown>, queue = 'refunds') => {
  for (;;) {
    const [held] = await desk.cases.claim(queue);
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

test('[O1] 1,000 claims changed on their way are refused, edited or not', async () => {
  const action = {
    name: 'refund',
    arguments: { order: 'A-5', amount: 700, note: ['grüß', { deep: true }], none: null },
    target: 'production',
    tool_version: '1.2.0',
  };
  const seed = Date.now() % 2 ** 31;
  let state = seed;
  const chance = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state / 0x80000000;
  };
  let refused = 0;
  for (const values of [
    { verdict: 'approve' },
    { verdict: 'edit', arguments: { ...action.arguments, amount: 500 } },
  ]) {
    const { id } = await agent.submit('tools', { action });
    await decide(values, 'tools');
    const asked = { output_id: id, gate: 'tools', action };
    const claimed = await agent.claim(id);
    expect(checkClaim(claimed, asked)).toEqual(claimed);
    for (let at = 0; at < 700; at++) {
      const changed = mutated(claimed, chance);
      // A change that says the same, or adds what nobody reads, would be no change.
      const { outcome: _a, ...left } = changed as typeof claimed;
      const { outcome: _b, ...right } = claimed;
      if (isSubset(right, left)) continue;
      refused += 1;
      const words = `seed ${seed}: ${JSON.stringify(changed)}`;
      expect(() => checkClaim(changed, asked), words).toThrow(/not what was approved/);
    }
    const { bound } = claimed;
    // Whole and consistent, but another's: the hash alone would let these through.
    const other = newOutputId();
    const forged = { ...action, arguments: { ...action.arguments, amount: 1 } };
    const hash = actionHash({ ...bound, output_id: id, action: forged });
    const renamed = { ...claimed.action, target: 'elsewhere' };
    for (const changed of [
      { ...claimed, output_id: other },
      { ...claimed, outcome: { ...claimed.outcome, status: 'approved' }, action: forged, hash },
      {
        ...claimed,
        action: renamed,
        hash: actionHash({ ...bound, output_id: id, action: renamed }),
      },
    ])
      expect(() => checkClaim(changed, asked)).toThrow(/not what was approved/);
    expect(() => checkClaim(claimed, { ...asked, output_id: other })).toThrow();
    expect(() => checkClaim(claimed, { ...asked, gate: 'refunds' })).toThrow();
  }
  expect(refused).toBeGreaterThan(1_000);
});

test('[O1] [O2] what is changed between the server and here is never run', async () => {
  const key = (await server.keyFor('admin')).key;
  let claims = 0;
  const crossed = new Wheelhouse({
    url: server.url,
    key,
    fetch: async (url, init) => {
      const response = await fetch(url, init);
      if (!String(url).endsWith('/claim')) return response;
      claims += 1;
      const text = (await response.text()).replace('"amount":5', '"amount":9');
      return new Response(text, { status: response.status, headers: response.headers });
    },
  });
  ran.length = 0;
  const guarded = guard<Refund, number>(
    (given) => {
      ran.push(given);
      return 0;
    },
    { wheelhouse: crossed, gate: 'refunds', name: 'refund' },
  );
  await expect(guarded({ order: 'A-8', amount: 5 })).rejects.toMatchObject({ code: 'integrity' });
  expect([claims, ran]).toEqual([1, []]);
});

test('[O2] a run with a name of its own resumes, from anywhere, and acts once', async () => {
  ran.length = 0;
  const id = outputIdFor('ticket-77');
  expect(outputIdFor('ticket-77')).toBe(id);
  expect(
    new Set([id, outputIdFor('ticket-78'), outputIdFor('ticket-77', '2026-01-01T00:00:00.000Z')])
      .size,
  ).toBe(3);
  const began = refund()({ order: 'A-9', amount: 900 }, id);
  began.catch(() => {});
  await decide({ verdict: 'edit', arguments: { order: 'A-9', amount: 850 } });
  const resumed = refund()({ order: 'A-9', amount: 900 }, id);
  const both = await Promise.allSettled([began, resumed]);
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(ran).toEqual([{ order: 'A-9', amount: 850 }]);
  await expect(refund()({ order: 'A-9', amount: 900 }, id)).rejects.toMatchObject({
    code: 'already_claimed',
  });
  await expect(refund()({ order: 'A-9', amount: 901 }, id)).rejects.toMatchObject({
    code: 'id_taken',
  });
  expect(ran).toHaveLength(1);
});

test('[O3] what expires or is blocked does not run, and the error tells them apart', async () => {
  ran.length = 0;
  const act = (gate: string, amount: number) =>
    guard<Refund, number>((given) => ran.push(given), { wheelhouse: agent, gate, name: 'refund' })({
      order: 'A-10',
      amount,
    });
  await expect(act('limits', 20_000)).rejects.toMatchObject({ outcome: 'blocked' });
  await expect(act('limits', 1)).rejects.toMatchObject({
    code: 'not_approved',
    outcome: 'expired',
  });
  expect(ran).toEqual([]);
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
