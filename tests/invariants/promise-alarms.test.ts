import type { HomeSummary } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';
import { alarm, asOwner, counted, promising, type Submitted, weak } from './promise-talk.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
});
afterAll(() => server?.stop());

test('[G46] [K151] spot checks that are wrong too often end the certificate, and it is proven anew', async () => {
  const gate = await promising(server, 'alarm', { ...weak, spot_check: 1 });
  const { certificate } = await gate.certify();
  await alarm(server, gate);
  expect((await gate.promise()).state).toBe('alarmed');
  const held = await gate.submit(0.99);
  expect(held.verdict).toBe('hold');
  expect(held.reasons[0]).toMatch(/more was wrong than promised/);
  const { events } = await gate.promise();
  expect(
    events
      .slice(0, 3)
      .map(({ type }) => type)
      .sort(),
  ).toEqual(['gate.alarmed', 'gate.expired', 'gate.learning']);
  // Each says of which version it is: a line of the record is read alone.
  expect(events.map(({ data }) => data.model)).toEqual(events.map(() => 'm'));
  expect(await gate.certificates()).toMatchObject([{ id: certificate?.id, why_ended: 'alarmed' }]);
  // What it came to before is over, and does not learn on.
  const { epochs } = await gate.promise();
  expect(epochs.map(({ state, tiers }) => [state, tiers.map((tier) => tier.state)])).toEqual([
    ['alarmed', ['alarmed']],
    ['ended', ['ended']],
  ]);
  const again = await gate.certify();
  expect(again.certificate?.id).not.toBe(certificate?.id);
  expect((await gate.promise()).state).toBe('certified');
});

/** What Home says of a gate's promise to everybody, and that it needs someone to leads. */
async function homeSays(gate: string, promise: string, role: 'lead' | 'reviewer', counts: object) {
  const home = (await (await server.keyFor(role)).call<HomeSummary>('GET /home')).body;
  expect(home.by_gate.find((one) => one.gate === gate)).toMatchObject({
    ...{ promise, promise_parts: { counts, whole_versions: false } },
  });
  const needs = home.attention.filter(({ id, kind }) => id === gate && kind === promise);
  expect(needs).toHaveLength(role === 'lead' && promise === 'alarmed' ? 1 : 0);
  for (const { detail } of needs) expect(detail).toContain('wrong than promised of high;');
}

test('[K150] [K161] [G46] an alarm of one tier ends that tier’s certificate alone, whoever is judged meanwhile', async () => {
  const policy = { ...weak, spot_check: 1, tiers: { high: 0.3 } };
  const gate = await promising(server, 'tier-alarm', policy);
  const [high, low] = [{ risk: 'high' }, { risk: 'low' }];
  await gate.certify(low);
  const kept = (await gate.certificates())[0];
  await gate.certify(high);
  // Others come all the while, over connections of their own.
  let over = false;
  const verdicts: string[] = [];
  const others = Promise.all(
    Array.from({ length: 4 }, async () => {
      while (!over) verdicts.push((await gate.submit(0.95, low)).verdict);
    }),
  );
  await alarm(server, gate, high);
  over = true;
  await others;
  expect(new Set(verdicts)).toEqual(new Set(['pass']));
  expect((await gate.submit(0.99, high)).verdict).toBe('hold');
  expect((await gate.submit(0.95, low)).verdict).toBe('pass');
  await homeSays('tier-alarm', 'alarmed', 'lead', { alarmed: 1, certified: 1 });
  const ends = (await gate.certificates()).map(({ tier, why_ended }) => [tier, why_ended]);
  expect(ends).toEqual([
    ['high', 'alarmed'],
    ['other', null],
  ]);
  // Each tier stands once, with its part of delta, in one of two epochs.
  const open = (await gate.promise()).epochs.filter(({ ended_at }) => !ended_at);
  const tiers = open.map((one) => one.tiers.map(({ tier, state, delta }) => [tier, state, delta]));
  expect(tiers).toEqual([[['high', 'alarmed', 0.1]], [['other', 'certified', 0.1]]]);
  // Proven anew, and another promise ends both.
  await homeSays('tier-alarm', 'alarmed', 'reviewer', { alarmed: 1, certified: 1 });
  await gate.certify(high);
  await homeSays('tier-alarm', 'certified', 'lead', { certified: 2 });
  expect((await gate.submit(0.95, high)).verdict).toBe('pass');
  expect((await gate.certificates()).find(({ id }) => id === kept?.id)?.ended_at).toBeNull();
  await gate.save({ ...policy, alpha: 0.35 });
  expect((await gate.certificates()).map(({ why_ended }) => why_ended)).toEqual([
    'policy_changed',
    'alarmed',
    'policy_changed',
  ]);
  for (const risk of [high, low]) expect((await gate.submit(0.99, risk)).verdict).toBe('hold');
});

test('[G46] an alarm that many right spot checks follow before they are counted rings all the same', async () => {
  const gate = await promising(server, 'overtaken', { ...weak, spot_check: 1 });
  await gate.certify();
  const checks = await Promise.all(Array.from({ length: 70 }, () => gate.submit(0.95)));
  await counted(server);
  // Nothing is counted until all of them are decided, so that they come in one page.
  await asOwner(server, async (client) => {
    await client.query("begin; select from event_readers where name = 'labels' for update");
    for (const [at, one] of checks.entries()) await gate.decide(one, at >= 30);
    await client.query('commit');
  });
  await counted(server);
  const { events } = await gate.promise();
  expect(events.some(({ type }) => type === 'gate.alarmed')).toBe(true);
});

test('[G109] spot checks that were judged right, and are corrected after, raise the alarm like those that were judged wrong', async () => {
  const gate = await promising(server, 'after-all', { ...weak, spot_check: 1 });
  await gate.certify();
  const checks = await Promise.all(Array.from({ length: 200 }, () => gate.submit(0.95)));
  await Promise.all(checks.map((one) => gate.decide(one)));
  await counted(server);
  const lead = await server.keyFor('lead');
  const values = { verdict: 'reject', reason: 'wrong after all' };
  const correct = (some: Submitted[]) =>
    Promise.all(
      some.map(({ case_id }) =>
        lead.call(`POST /cases/${case_id}/corrections`, { values, reason: 'looked again' }),
      ),
    );
  // As many as are promised, all told at once, are no alarm: they were among many that were right.
  await correct(checks.slice(0, 40));
  await counted(server);
  const alarms = async () =>
    (await gate.promise()).events.filter(({ type }) => type === 'gate.alarmed').length;
  expect(await alarms()).toBe(0);
  expect((await gate.promise()).state).toBe('certified');
  await correct(checks.slice(40, 160));
  await counted(server);
  expect(await alarms()).toBe(1);
});
