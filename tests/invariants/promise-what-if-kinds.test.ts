import type { PromiseWhatIf } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';
import { decided as decidedRefunds, refund } from './agreement-talk.ts';
import { decided, openTier, untilCertified } from './anew-talk.ts';
import { alarm, asOwner, counted, type Promising, promising, weak } from './promise-talk.ts';
import { until } from './until.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
});
afterAll(() => server?.stop());

/** What was today was yesterday. */
const dayPasses = () =>
  asOwner(server, async (client) => {
    // Each day is a key: in two steps none meets another on the way.
    await client.query('update gate_days set day = day - 1000');
    await client.query('update gate_days set day = day + 999');
    await client.query(
      `update gate_epochs set began_at = began_at - interval '1 day',
         ended_at = ended_at - interval '1 day'`,
    );
    await client.query("update gate_tiers set ended_at = ended_at - interval '1 day'");
  });

const ask = async (gate: Promising, alpha = 0.3) =>
  (await gate.builder.call<PromiseWhatIf>(`GET /gates/${gate.gate}/what-if?alpha=${alpha}`)).body;

/** Outputs of a day at which nothing is learned: so many pass, by the gate's word. */
async function ordinaryDay(gate: Promising) {
  await dayPasses();
  const some = await Promise.all(
    Array.from({ length: 30 }, (_none, at) => gate.submit(at < 10 ? 0.05 : 0.97)),
  );
  await Promise.all(some.map((one) => one.case_id && gate.decide(one)));
  await counted(server);
  const passed = some.filter(({ verdict }) => verdict === 'pass').length;
  expect(passed).toBe(20);
}

/** Of the last day the answer is what happened, and it ends where the gate stands. */
async function expectAsItWas(gate: Promising, tier = 'all') {
  const same = await ask(gate);
  const last = same.days.at(-1);
  expect(last).toMatchObject({ n: 30, passed: 20, passed_if: 20 });
  const now = await openTier(gate);
  const told = same.tiers.find(({ epoch_id }) => epoch_id === now.epoch_id);
  expect(told).toMatchObject({ tier, needed: 0, threshold: now.threshold });
  expect(told?.margin).toBeGreaterThan(0);
  return { same, now };
}

/** The limits in force and one near it are told alike; one much stricter lacks something. */
async function expectNearAndFar(gate: Promising, epoch_id: string) {
  const near = await ask(gate, 0.31);
  expect(near.days.at(-1)).toMatchObject({ passed: 20, passed_if: 20 });
  const far = await ask(gate, 0.001);
  expect(far.days.at(-1)).toMatchObject({ passed: 20, passed_if: 0 });
  const lacks = far.tiers.find((one) => one.epoch_id === epoch_id);
  expect(lacks).toMatchObject({ threshold: null, margin: null });
  expect(lacks?.needed).toBeGreaterThan(500);
}

test('[G120] where a proof was begun anew, what its limit would have done is what it did', async () => {
  const gate = await promising(server, 'anew');
  await decided(server, gate, 400, 2);
  await dayPasses();
  expect(await untilCertified(server, gate, 400)).toBeGreaterThan(0);
  expect(await openTier(gate)).toMatchObject({ attempt: 2, state: 'certified' });
  await ordinaryDay(gate);
  const { now } = await expectAsItWas(gate);
  await expectNearAndFar(gate, now.epoch_id);
  // So loose a limit was proven in the bad time: nothing of it would have been begun anew.
  const loose = await ask(gate, 0.9);
  expect(loose.days.map(({ passed_if, n }) => passed_if / n)).toEqual([0, 1, 20 / 30]);
}, 120_000);

test('[G120] so it is after an alarm, and where its proof was begun anew after that', async () => {
  const gate = await promising(server, 'alarmed', { ...weak, spot_check: 1 });
  await gate.certify();
  await alarm(server, gate);
  await dayPasses();
  await gate.certify();
  await ordinaryDay(gate);
  const { now } = await expectAsItWas(gate);
  expect(now.attempt).toBe(1);
  await expectNearAndFar(gate, now.epoch_id);

  await alarm(server, gate);
  await decided(server, gate, 400, 2);
  await dayPasses();
  expect(await untilCertified(server, gate, 400)).toBeGreaterThan(0);
  await ordinaryDay(gate);
  const again = await expectAsItWas(gate);
  expect(again.now.attempt).toBe(2);
  await expectNearAndFar(gate, again.now.epoch_id);
}, 120_000);

test('[G120] what passed because errors were tracked passes at its own limit and at looser ones', async () => {
  const gate = await promising(server, 'tracked', {
    ...weak,
    spot_check: 0.2,
    after_alarm: 'track',
  });
  await Promise.all(Array.from({ length: 60 }, (_none, at) => gate.submit(0.4 + at / 100)));
  await gate.certify();
  await alarm(server, gate);
  await dayPasses();
  expect((await openTier(gate)).state).toBe('tracking');
  const some = await Promise.all(
    Array.from({ length: 30 }, (_none, at) => gate.submit(at < 10 ? 0.05 : 0.999)),
  );
  await counted(server);
  const passed = some.filter(({ verdict }) => verdict === 'pass').length;
  expect(passed).toBeGreaterThan(0);
  for (const alpha of [0.3, 0.4]) {
    const told = await ask(gate, alpha);
    expect(told.days.at(-1)).toMatchObject({ n: 30, passed, passed_if: passed });
    expect(told.tiers.map(({ untracked }) => untracked)).not.toContain(true);
  }
  const stricter = await ask(gate, 0.2);
  expect(stricter.days.at(-1)).toMatchObject({ passed, passed_if: 0 });
  expect(stricter.tiers.map(({ untracked }) => untracked)).toContain(true);

  await gate.certify({}, 0.999);
  await dayPasses();
  const after = await Promise.all(Array.from({ length: 10 }, () => gate.submit(0.999)));
  await counted(server);
  expect(new Set(after.map(({ verdict }) => verdict))).toEqual(new Set(['pass']));
  expect((await ask(gate)).days.at(-1)).toMatchObject({ passed: 10, passed_if: 10 });
}, 120_000);

test('[G120] where the score was learned, what told it tells where to begin at another limit', async () => {
  const gate = await promising(server, 'agreed', { ...weak, score: 'agreement' });
  await decidedRefunds(server, gate, 200);
  await until(async () => (await openTier(gate)).starts.length > 0);
  await dayPasses();
  await decidedRefunds(server, gate, 60);
  await until(async () => (await openTier(gate)).certificate);
  await dayPasses();
  const some = await Promise.all(
    [1, 87].flatMap((at) =>
      Array.from({ length: 10 }, () => gate.submit(undefined as never, refund(at).more)),
    ),
  );
  await counted(server);
  const passed = some.filter(({ verdict }) => verdict === 'pass').length;
  expect(passed).toBe(10);
  const same = await ask(gate);
  expect(same.days.at(-1)).toMatchObject({ n: 20, passed, passed_if: passed });
  expect(same.tiers).toMatchObject([{ needed: 0, threshold: (await openTier(gate)).threshold }]);
  const near = await ask(gate, 0.29);
  expect(near.days.at(-1)).toMatchObject({ passed, passed_if: passed });
  const far = await ask(gate, 0.001);
  expect(far.tiers).toMatchObject([{ threshold: null }]);
  expect(far.tiers[0]?.needed).toBeGreaterThan(500);
}, 120_000);
