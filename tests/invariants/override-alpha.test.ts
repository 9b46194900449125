import type { GateOverride, OverridePreview } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { firstAdmin, type Person } from '../../server/src/testing/person.ts';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';
import { asOwner, counted, type Promising, promising, weak } from './promise-talk.ts';

let server: TestServer;
let ana: Person & { me: { id: string } };
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  ana = await firstAdmin(server);
});
afterAll(() => server?.stop());

/** All of it is held and judged; so many of each ten at a score are wrong. */
async function judged(gate: Promising, score: number, wrong: number, more: object = {}) {
  const some = await Promise.all(Array.from({ length: 10 }, () => gate.submit(score, more)));
  await Promise.all(some.map((one, at) => gate.decide(one, at >= wrong)));
}
const look = (gate: string, query: string) =>
  ana.call<OverridePreview>(`GET /gates/${gate}/override/preview?${query}`);
const sign = (gate: string, more: object) =>
  ana.call<GateOverride>(`POST /gates/${gate}/override`, {
    until: new Date(Date.now() + 3_600_000).toISOString(),
    reason: 'The queue is four days long',
    ...more,
  });

/** So strict that nothing is proven meanwhile. */
const strict = { ...weak, alpha: 0.01, delta: 0.05 };

test('[G78] for a threshold it is told how many more would pass, and what of that was wrong', async () => {
  const gate = await promising(server, 'seen', strict);
  expect((await look('seen', 'threshold=0.5')).body).toMatchObject({ n: 0, judged_from: null });
  await judged(gate, 0.9, 0);
  await judged(gate, 0.7, 1);
  await judged(gate, 0.3, 6);
  await Promise.all([gate.submit(0.7), gate.submit(0.7)]);
  await counted(server);
  const { status, body } = await look('seen', 'threshold=0.6');
  expect(status).toBe(200);
  expect(body).toMatchObject({ alpha: null, threshold: 0.6, n: 32, passes_now: 0 });
  expect(body.more).toMatchObject({ passed: 22, errors: { n: 20 } });
  expect(body.whole).toEqual(body.more);
  // One of twenty was wrong; of two that are not judged nothing is known.
  const { low, high } = body.more.errors;
  expect([low <= 1 / 22, high >= 3 / 22, body.judged_from !== null]).toEqual([true, true, true]);
  const all = (await look('seen', 'threshold=0.3')).body;
  expect(all.more).toMatchObject({ passed: 32, errors: { n: 30 } });
});

test('[G78] for a share it is the lowest confidence over which no more was wrong, and that is signed', async () => {
  const gate = await promising(server, 'chosen', strict);
  await judged(gate, 0.9, 0);
  await judged(gate, 0.7, 1);
  await judged(gate, 0.3, 6);
  await counted(server);
  const at = async (alpha: number) => (await look('chosen', `alpha=${alpha}`)).body.threshold;
  const cuts = [await at(0.3), await at(0.05), await at(0.049)] as number[];
  expect(cuts.map((cut) => [0.3, 0.7, 0.9].find((score) => score >= cut))).toEqual([0.3, 0.7, 0.9]);
  const said = await sign('chosen', { alpha: 0.05 });
  expect(said).toMatchObject({ status: 200, body: { alpha: 0.05, threshold: cuts[1] } });
  expect((await gate.promise()).override).toEqual(said.body);
  expect((await gate.submit(0.7)).verdict).toBe('pass');
  expect((await gate.submit(0.3)).verdict).toBe('hold');
  // Who, what and by what it was chosen stands in the record.
  const record = await asOwner(server, async (client) => {
    const { rows } = await client.query(
      `select actor, data from events where type = 'gate.overridden' and subject = 'chosen'`,
    );
    return rows;
  });
  expect(record).toMatchObject([
    { actor: ana.me.id, data: { alpha: 0.05, threshold: cuts[1], override_id: said.body.id } },
  ]);
  const plain = await sign('chosen', { threshold: 0.6 });
  expect(plain.body).toMatchObject({ alpha: null, threshold: 0.6 });
});

test('[G78] [G77] of one tier it goes by what came in that tier alone', async () => {
  const cost_tiers = [{ from_usd: 50, alpha: 0.01 }];
  const gate = await promising(server, 'one-tier', { ...strict, cost_tiers });
  await judged(gate, 0.7, 0);
  await judged(gate, 0.7, 5, { cost_usd: 80 });
  await counted(server);
  const of = async (tier: string) =>
    (await look('one-tier', `alpha=0.1&tier=${encodeURIComponent(tier)}`)).body;
  expect(await of('other')).toMatchObject({ n: 10, more: { passed: 10, errors: { share: 0 } } });
  expect(await of('cost from $50')).toMatchObject({ n: 10, threshold: null, more: { passed: 0 } });
  const refused = await sign('one-tier', { alpha: 0.1, tier: 'cost from $50' });
  expect(refused).toMatchObject({ status: 422, body: { errors: [{ field: 'alpha' }] } });
  expect(await sign('one-tier', { alpha: 0.1, tier: 'other' })).toMatchObject({ status: 200 });
});

test('[G78] what passes now is no part of what is more', async () => {
  const gate = await promising(server, 'beyond', { ...weak, spot_check: 1 });
  // What was wrong from the beginning keeps the certificate above it.
  for (let round = 0; round < 4; round++) await judged(gate, 0.3, 10);
  await gate.certify();
  const { body } = await look('beyond', 'threshold=0.3');
  expect(body.passes_now).toBeGreaterThan(0);
  expect(body.passes_now + body.more.passed).toBe(body.whole.passed);
  expect(body.more).toMatchObject({ passed: 40, errors: { n: 40, share: 1 } });
  const above = (await look('beyond', 'threshold=0.95')).body;
  expect(above).toMatchObject({ more: { passed: 0 }, whole: { passed: body.passes_now } });
});

test('[G78] a threshold and a share at once, neither, or what is no share are refused by their field', async () => {
  const gate = await promising(server, 'refused', strict);
  await gate.submit(0.5);
  const rows: [object, string][] = [
    [{}, 'threshold'],
    [{ threshold: 0.5, alpha: 0.1 }, 'threshold'],
    [{ alpha: 1 }, 'alpha'],
    [{ alpha: 1e-9 }, 'alpha'],
    [{ alpha: 0.1 }, 'alpha'],
    [{ alpha: 0.1, tier: 'high' }, 'tier'],
  ];
  for (const [more, field] of rows) {
    const said = await sign('refused', more);
    expect([more, said]).toMatchObject([more, { status: 422, body: { errors: [{ field }] } }]);
  }
  for (const [query, field] of [
    ['', 'threshold'],
    ['threshold=.5&alpha=.1', 'threshold'],
    ['alpha=0', 'alpha'],
    ['threshold=.5&tier=high', 'tier'],
  ] as const) {
    const said = await look('refused', query);
    expect([query, said]).toMatchObject([query, { status: 422, body: { errors: [{ field }] } }]);
  }
  expect(await look('missing', 'alpha=.1')).toMatchObject({ status: 404 });
  const builder = await server.keyFor('builder');
  await builder.call('PUT /gates/plain', { policy: { mode: 'always' } });
  expect(await look('plain', 'alpha=.1')).toMatchObject({ status: 409 });
});
