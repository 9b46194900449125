import type { GateOverride } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { firstAdmin, type Person } from '../../server/src/testing/person.ts';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';
import { asOwner, promising, weak } from './promise-talk.ts';
import { until } from './until.ts';

let server: TestServer;
let ana: Person;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  ana = await firstAdmin(server);
});
afterAll(() => server?.stop());

test('[G86] what could never be proven is refused by its field, and its gate still judges by what stood before', async () => {
  const gate = await promising(server, 'least', weak);
  for (const hostile of [1e-320, 1e-17, 3e-9]) {
    for (const [field, more] of [
      ['policy.alpha', { alpha: hostile }],
      ['policy.delta', { delta: hostile }],
      ['policy.tiers.high', { tiers: { high: hostile } }],
    ] as const) {
      const { status, body } = await gate.save({ ...weak, ...more });
      expect({ status, body }).toMatchObject({ status: 422, body: { errors: [{ field }] } });
    }
  }
  expect((await gate.submit(0.9)).verdict).toBe('hold');
  const values = Array.from({ length: 20 }, (_none, at) => `kind ${at}`);
  const least = { alpha: 1e-6, delta: 1e-6, certify_by: { attribute: 'kind', values } };
  for (const score of ['confidence', 'agreement']) {
    expect((await gate.save({ ...weak, ...least, score })).status).toBe(200);
    expect((await gate.submit(0.9)).verdict).toBe('hold');
  }
});

test('[G86] a gate that was saved with less can be mended', async () => {
  const gate = await promising(server, 'mended', weak);
  await asOwner(server, (client) =>
    client.query(
      `update policy_versions set definition = jsonb_set(definition::jsonb, '{policy,alpha}', '1e-17')::json
       where gate = 'mended'`,
    ),
  );
  expect((await gate.save()).status).toBe(200);
  expect((await gate.submit(0.9)).verdict).toBe('hold');
});

test('[G117] a higher risk under a looser limit is refused at its field; saved before, it goes on as it is', async () => {
  const gate = await promising(server, 'looser', weak);
  await asOwner(server, (client) =>
    client.query(
      `update policy_versions set definition = jsonb_set(definition::jsonb, '{policy,tiers}',
         '{"high": 0.4}')::json where gate = 'looser'`,
    ),
  );
  expect((await gate.submit(0.9, { risk: 'high' })).verdict).toBe('hold');
  expect(await gate.promise()).toMatchObject({
    tiers: { high: 0.4 },
    epochs: [{ tiers: [{ tier: 'high', alpha: 0.4 }, { tier: 'other' }] }],
  });
  const { status, body } = await gate.save({ ...weak, tiers: { high: 0.35 } });
  const errors = [{ field: 'policy.tiers.high', message: expect.stringContaining('0.3 or less') }];
  expect({ status, body }).toMatchObject({ status: 422, body: { errors } });
  expect((await gate.save({ ...weak, tiers: { high: 0.2 } })).status).toBe(200);
});

test('[G89] what is promised with people who err is told as the sum that is meant', async () => {
  const gate = await promising(server, 'sum', { ...weak, alpha: 0.05, label_noise: 0.01 });
  expect(await gate.promise()).toMatchObject({ bound: 0.06 });
});

test('[G87] a guaranteed gate lets nothing run because nobody came in time', async () => {
  const gate = await promising(server, 'expiring', weak);
  const approve = { fallback: 'approve', approve_in_words: 'they are small sums' };
  const { status, body } = await gate.save({
    ...weak,
    deadline: { expire_after_ms: 1_000, ...approve },
  });
  expect({ status, body }).toMatchObject({
    status: 422,
    body: { errors: [{ field: 'policy.deadline.fallback' }] },
  });
  const reject = { expire_after_ms: 1_000, fallback: 'reject' };
  expect((await gate.save({ ...weak, deadline: reject })).status).toBe(200);
});

test('[G87] nor does one that was saved before it was refused: when its time is up nothing runs', async () => {
  const gate = await promising(server, 'saved-before', { mode: 'always' });
  const deadline = { ladder: [], expire_after_ms: 500, fallback: 'approve' };
  const before = { ...weak, deadline: { ...deadline, approve_in_words: 'they are small sums' } };
  await asOwner(server, (client) =>
    client.query(
      `update policy_versions set definition = jsonb_set(definition::jsonb, '{policy}',
         (definition::jsonb->'policy') || $1::text::jsonb)::json where gate = 'saved-before'`,
      [JSON.stringify({ ...before, tiers: {}, label_noise: 0 })],
    ),
  );
  const action = { name: 'refund', arguments: { sum: 5 } };
  const { id, verdict } = await gate.submit(0.9, { action });
  expect(verdict).toBe('hold');
  const outcome = await until(async () => (await gate.output(id)).outcome);
  expect(outcome).toMatchObject({ status: 'expired', fallback: 'none' });
  expect(outcome.action).toBe(undefined);
  const claim = await gate.agent.call(`POST /outputs/${id}/claim`);
  expect(claim).toMatchObject({ status: 409 });
});

test('[G88] an override is of a tier whose name is as long as a group may be called', async () => {
  const [attribute, value] = ['language of the customer'.padEnd(100, '.'), 'de'.padEnd(200, '.')];
  const certify_by = { attribute, values: [value] };
  const gate = await promising(server, 'long-names', { ...weak, certify_by });
  const tier = `${attribute}: ${value}`;
  await gate.submit(0.7);
  const { status, body } = await ana.call<GateOverride>('POST /gates/long-names/override', {
    threshold: 0.6,
    tier,
    until: new Date(Date.now() + 3_600_000).toISOString(),
    reason: 'The queue is long',
  });
  expect({ status, body }).toMatchObject({ status: 200, body: { tier } });
  const groups = { [attribute]: value };
  expect((await gate.submit(0.7, { groups })).verdict).toBe('pass');
  expect((await gate.submit(0.7)).verdict).toBe('hold');
});
