import type { GateOverride, Output, Preview, PromiseWhatIf } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { firstAdmin, type Person } from '../../server/src/testing/person.ts';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';
import { alarm, counted, promising, weak } from './promise-talk.ts';

let server: TestServer;
let ana: Person;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  ana = await firstAdmin(server);
});
afterAll(() => server?.stop());

const cost_tiers = [{ from_usd: 50, alpha: 0.25 }];
const by_cost = { ...weak, delta: 0.4, cost_tiers };
const costly = { cost_usd: 50 };

test('[G77] what costs as much passes by its own labels alone, and the verdict says its tier', async () => {
  const gate = await promising(server, 'refunds', by_cost);
  const { certificate, tier } = await gate.certify(costly);
  expect([tier, certificate?.tier, certificate?.alpha]).toEqual([
    'cost from $50',
    'cost from $50',
    0.25,
  ]);
  const verdict = async (more: object) => (await gate.submit(0.95, more)).verdict;
  expect(await verdict({ cost_usd: 5_000, risk: 'high' })).toBe('pass');
  // What costs less, or does not say what it costs, is not proven by that.
  for (const other of [{ cost_usd: 49.99 }, { cost_usd: 0 }, {}]) {
    expect(await verdict(other)).toBe('hold');
  }
  const passed = await gate.submit(0.97, costly);
  expect((await gate.output(passed.id)).promise).toMatchObject({ tier: 'cost from $50' });
  const promise = await gate.promise();
  expect(promise.cost_tiers).toEqual(cost_tiers);
  expect(promise.epochs[0]?.tiers.map((one) => [one.tier, one.alpha, one.delta])).toEqual([
    ['cost from $50', 0.25, 0.2],
    ['other', 0.3, 0.2],
  ]);
});

test('[G77] [G53] [G63] a preview and a what-if go by the same tiers, and a limit by cost stays as it is', async () => {
  const { body: preview } = await ana.call<Preview>('POST /gates/refunds/preview', {
    definition: { policy: { ...by_cost, priority: 1 } },
  });
  const { body: rows } = await ana.call<{ rows: Output[] }>('GET /outputs?gate=refunds&limit=200');
  const proven = rows.rows.filter(({ cost_usd }) => cost_usd !== null && cost_usd >= 50);
  expect([proven.length > 12, preview.n > proven.length]).toEqual([true, true]);
  expect(preview.after).toEqual({ pass: proven.length, hold: preview.n - proven.length, block: 0 });
  // What came is counted by day a moment later.
  await counted(server);
  const path = 'GET /gates/refunds/what-if?alpha=0.05';
  const { status, body } = await ana.call<PromiseWhatIf>(path);
  expect(status).toBe(200);
  expect(body.tiers.map(({ tier, alpha }) => [tier, alpha])).toEqual([
    ['cost from $50', 0.25],
    ['other', 0.05],
  ]);
});

test('[G77] [G71] an override is of one cost alone', async () => {
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const said = { threshold: 0.2, until, reason: 'Small sums wait too long' };
  const sign = (tier: string) =>
    ana.call<GateOverride>('POST /gates/refunds/override', { ...said, tier });
  expect((await sign('cost from $51')).status).toBe(422);
  expect(await sign('cost from $50')).toMatchObject({
    status: 200,
    body: { tier: 'cost from $50' },
  });
  const gate = { agent: await server.keyFor('admin') };
  const verdict = async (more: object) => {
    const body = { content: 'x', confidence: 0.3, model: 'm', ...more };
    return (await gate.agent.call<{ verdict: string }>('POST /gates/refunds/outputs', body)).body
      .verdict;
  };
  expect([await verdict(costly), await verdict({})]).toEqual(['pass', 'hold']);
  expect((await ana.call('DELETE /gates/refunds/override')).status).toBe(204);
});

test('[G77] [G46] an alarm of what costs much ends that certificate alone', async () => {
  const gate = await promising(server, 'alarmed', { ...by_cost, spot_check: 1 });
  await gate.certify(costly);
  await gate.certify();
  await alarm(server, gate, costly);
  const ends = (await gate.certificates()).map(({ tier, why_ended }) => [tier, why_ended]);
  expect(ends).toContainEqual(['cost from $50', 'alarmed']);
  expect(ends).toContainEqual(['other', null]);
  expect((await gate.submit(0.95, costly)).verdict).toBe('hold');
  expect((await gate.submit(0.95)).verdict).toBe('pass');
});

test('[G77] [G44] other limits by cost are another promise, and none at all is the one before there were any', async () => {
  const gate = await promising(server, 'changes', weak);
  await gate.certify();
  await gate.save({ ...weak, cost_tiers: [] });
  expect((await gate.submit(0.95)).verdict).toBe('pass');
  await gate.save({ ...weak, cost_tiers });
  expect((await gate.submit(0.95)).verdict).toBe('hold');
  expect(await gate.certificates()).toMatchObject([{ why_ended: 'policy_changed' }]);
});

test('[G77] what cannot be meant is refused by its field, and the gate judges on', async () => {
  const gate = await promising(server, 'refused', weak);
  const from = (from_usd: unknown, alpha: number) => ({ from_usd, alpha });
  const rows: [object, string][] = [
    [{ cost_tiers: [from(-1, 0.1)] }, 'policy.cost_tiers.0.from_usd'],
    [{ cost_tiers: [from(9, 0.1), from(9, 0.1)] }, 'policy.cost_tiers.1.from_usd'],
    [{ cost_tiers: [from(9, 0.4)] }, 'policy.cost_tiers.0.alpha'],
    [{ cost_tiers: [from(9, 1e-320)] }, 'policy.cost_tiers.0.alpha'],
    [
      { cost_tiers: [from(9, 0.1)], certify_by: { attribute: 'a', values: ['b'] } },
      'policy.certify_by',
    ],
  ];
  for (const [more, field] of rows) {
    const { status, body } = await gate.save({ ...weak, ...more });
    expect({ status, body }).toMatchObject({ status: 422, body: { errors: [{ field }] } });
  }
  expect((await gate.submit(0.9)).verdict).toBe('hold');
});
