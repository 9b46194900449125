import type { PromiseWhatIf } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';
import { asOwner, counted, promising, weak } from './promise-talk.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
});
afterAll(() => server?.stop());

/** What came until now at every gate came two days ago. */
const twoDaysOn = () =>
  asOwner(server, async (client) => {
    await client.query('update gate_days set day = day - 2');
    await client.query("update gate_epochs set began_at = began_at - interval '3 days'");
  });

test('[G63] what another alpha would have done is told from what was logged, beside what was', async () => {
  const gate = await promising(server, 'past');
  await gate.certify();
  await counted(server);
  const learned = (await gate.promise()).epochs[0]?.tiers[0]?.labelled as number;
  await twoDaysOn();
  const some = await Promise.all(
    Array.from({ length: 40 }, async (_none, at) => {
      const one = await gate.submit(at < 10 ? 0.2 : 0.95);
      if (one.case_id) expect(await gate.decide(one, at % 4 !== 0)).toBe(200);
      return { at, ...one };
    }),
  );
  await counted(server);
  const checked = some.filter(({ verdict, case_id }) => verdict === 'pass' && case_id);
  const wrong = checked.filter(({ at }) => at % 4 === 0).length;
  const viewer = await server.keyFor('viewer');
  const ask = async (query: string) =>
    (await viewer.call<PromiseWhatIf>(`GET /gates/past/what-if?${query}`)).body;

  const same = await ask('alpha=0.3');
  expect(same.n).toBe(learned + 40);
  // Nothing passes by what was learned the same day.
  expect(same.days.map(({ passed_if }) => passed_if)).toEqual([0, 30]);
  expect(same.as_if).toMatchObject({ passed: 30, coverage: 30 / same.n });
  // It ends where the gate stands, with what was judged on the last day.
  const { threshold } = (await gate.promise()).epochs[0]?.tiers[0] ?? {};
  expect(same.tiers).toMatchObject([{ alpha: 0.3, threshold, needed: 0, judged_from: 0.2 }]);
  expect(same.as_if.people).toBeCloseTo(same.n - 15, 9);
  const { errors } = same.as_if;
  expect(errors.n).toBe(checked.length);
  expect(errors.share).toBeCloseTo(wrong / checked.length, 12);
  expect(errors.low - 1e-9).toBeLessThan(wrong / checked.length);
  expect(errors.high + 1e-9).toBeGreaterThan(wrong / checked.length);
  expect(same.as_it_was.passed).toBeGreaterThanOrEqual(30);
  expect(same.tiers[0]?.margin).toBeGreaterThan(0);
  // The curve is of all that came: what is certain, with what the surest of it shows.
  expect(same.curve.map((one) => one.coverage)).toEqual(
    same.curve.map((one) => one.coverage).toSorted((a, b) => a - b),
  );
  expect(same.curve[0]).toMatchObject({ threshold: 0.95, coverage: 30 / same.n });
  expect(same.curve.at(-1)).toMatchObject({ threshold: 0.2, coverage: 1 });
  for (const { risk, low, high } of same.curve) {
    expect(low - 1e-9).toBeLessThan(risk as number);
    expect(high + 1e-9).toBeGreaterThan(risk as number);
  }

  const never = await ask('alpha=0.001');
  expect(never.as_if).toMatchObject({ passed: 0, people: never.n, errors: { n: 0, share: null } });
  expect(never.tiers[0]).toMatchObject({ threshold: null, margin: null });
  expect(never.curve).toEqual(same.curve);
  expect(never.tiers[0]?.needed).toBeGreaterThan(500);
  expect(never.as_it_was).toEqual(same.as_it_was);

  // Of today alone the labels of before still count.
  const today = await ask(`alpha=0.3&from=${new Date().toISOString().slice(0, 10)}T00:00:00Z`);
  expect(today).toMatchObject({ n: 40, as_if: { passed: 30 } });
});

test('[G63] [G86] what cannot be asked is refused by its field', async () => {
  const gate = await promising(server, 'faults', weak);
  const faults = async (query: string) => {
    const { status, body } = await gate.builder.call<{ errors?: { field: string }[] }>(
      `GET /gates/faults/what-if${query}`,
    );
    return { status, fields: body.errors?.map(({ field }) => field) };
  };
  const of = (field: string) => ({ status: 422, fields: [field] });
  expect(await faults('')).toEqual(of('alpha'));
  expect(await faults('?alpha=0')).toEqual(of('alpha'));
  expect(await faults('?alpha=0.0000001')).toEqual(of('alpha'));
  expect(await faults('?alpha=often')).toEqual(of('alpha'));
  expect(await faults('?alpha=0.1&from=2026-01-09T00:00:00Z&to=2026-01-02T00:00:00Z')).toEqual(
    of('from'),
  );
  expect(await faults('?alpha=0.1&from=2025-01-09T00:00:00Z&to=2026-01-02T00:00:00Z')).toEqual(
    of('from'),
  );
  expect(await faults('?alpha=0.1&to=soon')).toEqual(of('to'));
  const none = await gate.builder.call<PromiseWhatIf>('GET /gates/faults/what-if?alpha=0.1');
  expect(none.body).toMatchObject({ n: 0, tiers: [], as_if: { coverage: 0 } });
  await gate.builder.call('PUT /gates/plain', { policy: { mode: 'always' } });
  const plain = await gate.builder.call('GET /gates/plain/what-if?alpha=0.1');
  expect(plain).toMatchObject({ status: 409, body: { code: 'no_promise' } });
});
