import type { OutputPromise, PromiseQuality } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';
import { asOwner, bothPartCounts, counted, promising, weak } from './promise-talk.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
});
afterAll(() => server?.stop());

test('[G65] how often the AI was right is told of what passed and of everything, from what was judged, and no certificate hears of it', async () => {
  const gate = await promising(server, 'right');
  await gate.certify();
  const some = await Promise.all(
    Array.from({ length: 80 }, async (_none, at) => {
      const one = await gate.submit(at < 20 ? 0.2 : 0.9 + (at % 10) / 100);
      // Of what is held every fifth stays undecided.
      const leave = one.verdict === 'hold' && at % 5 === 0;
      const right = one.verdict === 'hold' ? at % 2 === 0 : at % 30 !== 0;
      if (one.case_id && !leave) expect(await gate.decide(one, right)).toBe(200);
      return { at, right, leave, ...one };
    }),
  );
  await counted(server);
  const before = await gate.certificates();
  const viewer = await server.keyFor('viewer');
  const { body, status } = await viewer.call<PromiseQuality>('GET /gates/right/quality');
  expect(status).toBe(200);

  const passed = some.filter(({ verdict }) => verdict === 'pass');
  const checks = passed.filter(({ case_id }) => case_id);
  const wrong = checks.filter(({ right }) => !right).length;
  expect(body.passed).toMatchObject({ n: passed.length, labelled: checks.length, wrong, worth: 1 });
  // Each spot check stands for as many as it was drawn from: a warning may have raised their share.
  const weights = await Promise.all(
    checks.map(async ({ id, right }) => {
      const { inclusion_probability } = (await gate.output(id)).promise as OutputPromise;
      return { right, weight: 1 / inclusion_probability };
    }),
  );
  const weightOf = (some: typeof weights) => some.reduce((sum, { weight }) => sum + weight, 0);
  const by_weight = weightOf(weights.filter(({ right }) => right)) / weightOf(weights);
  expect(body.passed.plain?.right).toBeCloseTo(by_weight, 12);
  const { right, low, high } = body.passed.told as NonNullable<typeof body.passed.told>;
  expect(low).toBeLessThan(right);
  expect(high).toBeGreaterThanOrEqual(right);
  expect(high).toBeLessThanOrEqual(1);
  expect(body.undecided).toBe(some.filter(({ leave }) => leave).length);
  expect(body.all.n).toBeGreaterThan(some.length);
  const { kept, record } = await bothPartCounts(server);
  expect(kept).toEqual(record);
  const days = record.days as { n: number; labelled: number; wrong: number }[];
  const sum = (of: 'n' | 'labelled' | 'wrong') => days.reduce((all, row) => all + row[of], 0);
  expect(body.all).toMatchObject({ n: sum('n'), labelled: sum('labelled'), wrong: sum('wrong') });
  expect(await gate.certificates()).toEqual(before);

  // Of what was held the decisions there are stand for all of it.
  const held = some.filter(({ verdict }) => verdict === 'hold');
  expect(held.length).toBeGreaterThan(0);
  const outside = await viewer.call<PromiseQuality>(
    'GET /gates/right/quality?from=2026-01-01T00:00:00Z&to=2026-01-09T00:00:00Z',
  );
  expect(outside.body).toMatchObject({
    ...{ from: '2026-01-01', to: '2026-01-09', undecided: 0 },
    all: { n: 0, told: null, plain: null },
  });
});

test('[G65] all versions of a gate count, and what nobody judged is not told of', async () => {
  const gate = await promising(server, 'versions', { ...weak, spot_check: 0.01 });
  const ask = async () =>
    (await gate.builder.call<PromiseQuality>('GET /gates/versions/quality')).body;
  expect(await ask()).toMatchObject({ all: { n: 0, told: null }, undecided: 0 });
  const one = await gate.submit(0.9);
  await gate.decide(await gate.submit(0.9, { model_version: '2' }), false);
  await counted(server);
  const found = await ask();
  expect(found).toMatchObject({
    passed: { n: 0, told: null },
    all: { n: 2, labelled: 1, wrong: 1, told: { right: 0 } },
    undecided: 1,
  });
  await gate.decide(one);
  await counted(server);
  expect((await ask()).all).toMatchObject({ told: { right: 0.5, low: 0.5, high: 0.5 } });
  // What passes and was not looked at says nothing, and neither does the whole.
  await asOwner(server, (client) =>
    client.query(
      `update gate_days set passed = true, probability = 0.01, labelled = 0, wrong = 0
       where wrong = 1 and epoch_id in (select id from gate_epochs where gate = 'versions')`,
    ),
  );
  expect(await ask()).toMatchObject({
    passed: { n: 1, labelled: 0, told: null },
    all: { n: 2, told: null },
  });
});

test('[G65] what cannot be asked is refused by its field, and what promises nothing has no such figures', async () => {
  const gate = await promising(server, 'asked');
  const ask = (query: string) =>
    gate.builder.call<{ code?: string; errors?: { field: string }[] }>(
      `GET /gates/asked/quality${query}`,
    );
  for (const query of [
    '?from=2026-01-09T00:00:00Z&to=2026-01-02T00:00:00Z',
    '?from=2025-01-09T00:00:00Z&to=2026-01-02T00:00:00Z',
    '?from=soon',
  ]) {
    const { status, body } = await ask(query);
    expect([status, body.errors?.[0]?.field]).toEqual([422, 'from']);
  }
  await gate.builder.call('PUT /gates/plain', { policy: { mode: 'always' } });
  const plain = await gate.builder.call('GET /gates/plain/quality');
  expect(plain).toMatchObject({ status: 409, body: { code: 'no_promise' } });
  expect((await gate.builder.call('GET /gates/nowhere/quality')).status).toBe(404);
});
