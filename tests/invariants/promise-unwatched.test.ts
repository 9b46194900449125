import type { Case } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { findUnwatched } from '../../server/src/actions/unwatched.ts';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';
import { virtualTime } from '../../server/src/testing/virtual-time.ts';
import { alarm, counted, type Promising, promising, type Submitted, weak } from './promise-talk.ts';
import { until } from './until.ts';

const time = virtualTime();
let server: TestServer;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine'), ports: time.ports });
});
afterAll(() => server?.stop());

const hour = 3_600_000;
const day = 24 * hour;
const policy = { ...weak, spot_check: 1 };
const openTier = async (gate: Promising) =>
  (await gate.promise()).epochs.find(({ ended_at }) => !ended_at)?.tiers[0];
const pass = (gate: Promising, count = 40) =>
  Promise.all(Array.from({ length: count }, () => gate.submit(0.95)));
const decideAll = async (gate: Promising, some: Submitted[], right = true) => {
  await Promise.all(some.map((one) => gate.decide(one, right)));
  await counted(server);
};
const said = async (gate: Promising, type: string) =>
  (await gate.promise()).events.filter((one) => one.type === type);
/** Whatever the clock brings has been looked at. */
const looked = async () => {
  await findUnwatched(server.ports);
  await counted(server);
};

test('[G54] spot checks that nobody judges are said in three days, asked about in four, and hold in a week; once judged it is certified again', async () => {
  const gate = await promising(server, 'unwatched', policy);
  const { certificate } = await gate.certify();
  const some = await pass(gate);
  time.advance(3 * day - hour);
  await looked();
  expect(await openTier(gate)).toMatchObject({ state: 'certified', unwatched: null });

  time.advance(2 * hour);
  // As on several servers, and said once.
  await Promise.all(Array.from({ length: 4 }, () => findUnwatched(server.ports)));
  await looked();
  expect(await said(gate, 'gate.unwatched')).toMatchObject([
    { data: { waiting: 40, holds: false } },
  ]);
  expect(await openTier(gate)).toMatchObject({
    ...{ state: 'certified', certificate: { id: certificate?.id } },
    unwatched: { waiting: 40, holds: false, case_id: null },
  });
  expect((await gate.submit(0.95)).verdict).toBe('pass');

  time.advance(day);
  const id = await until(async () => (await openTier(gate))?.unwatched?.case_id);
  const asked = async () => (await gate.agent.call<Case>(`GET /cases/${id}`)).body;
  expect(await asked()).toMatchObject({ kind: 'question', state: 'waiting', output_id: null });

  time.advance(3 * day);
  await looked();
  await until(async () => (await openTier(gate))?.state === 'unwatched');
  expect((await gate.promise()).state).toBe('unwatched');
  expect(await gate.certificates()).toMatchObject([
    { id: certificate?.id, why_ended: 'unwatched' },
  ]);
  const held = await gate.submit(0.99);
  expect(held.verdict).toBe('hold');
  expect(held.reasons[0]).toMatch(/^nobody judged the spot checks/);
  expect((await gate.output(held.id)).promise).toMatchObject({ certificate_id: null });

  // Some of them are not enough to see.
  await decideAll(gate, some.slice(0, 5));
  await looked();
  expect((await openTier(gate))?.state).toBe('unwatched');
  await decideAll(gate, some.slice(5));
  await looked();
  await until(async () => (await openTier(gate))?.state === 'certified');
  expect((await openTier(gate))?.unwatched).toBeNull();
  expect((await gate.submit(0.95)).verdict).toBe('pass');
  expect(await said(gate, 'gate.watched')).toHaveLength(1);
  expect((await gate.certificates()).map(({ why_ended }) => why_ended)).toEqual([
    null,
    'unwatched',
  ]);
  await until(async () => (await asked()).state === 'cancelled');
});

test('[G54] what is judged late and wrong is an alarm, also where it holds already', async () => {
  const gate = await promising(server, 'late', policy);
  await gate.certify();
  const some = await pass(gate);
  time.advance(8 * day);
  await looked();
  await until(async () => (await openTier(gate))?.state === 'unwatched');
  await decideAll(gate, some, false);
  await until(async () => (await said(gate, 'gate.alarmed')).length === 1);
  await looked();
  expect((await gate.promise()).state).toBe('alarmed');
  expect((await gate.submit(0.99)).verdict).toBe('hold');
});

test('[G54] a night, a weekend and a few that are left among many end nothing', async () => {
  const gate = await promising(server, 'weekend', policy);
  const { certificate } = await gate.certify();
  const left: Submitted[] = [];
  for (let week = 0; week < 3; week++) {
    // Of a Friday evening; three quarters are judged on Monday. Those that are left were too many alone.
    const some = await pass(gate);
    left.push(...some.slice(0, 10));
    time.advance(2.6 * day);
    await looked();
    await decideAll(gate, some.slice(10));
    time.advance(4.4 * day);
    await looked();
  }
  expect(left).toHaveLength(30);
  expect(await said(gate, 'gate.unwatched')).toEqual([]);
  expect(await openTier(gate)).toMatchObject({
    ...{ state: 'certified', unwatched: null, certificate: { id: certificate?.id } },
  });
});

test('[G54] what is tracked holds too, and goes on once it is watched', async () => {
  const gate = await promising(server, 'tracked', { ...policy, after_alarm: 'track' });
  await gate.certify();
  await alarm(server, gate);
  const tracked = await until(async () => {
    const now = await openTier(gate);
    return now?.state === 'tracking' && now;
  });
  const some: Submitted[] = [];
  for (let at = 0; at < 40; at++) some.push(await gate.submit(0.99));
  expect(some.every(({ verdict }) => verdict === 'pass')).toBe(true);
  time.advance(8 * day);
  await looked();
  await until(async () => (await openTier(gate))?.state === 'unwatched');
  expect((await gate.submit(0.99)).verdict).toBe('hold');
  await decideAll(gate, some);
  await looked();
  await until(async () => ['tracking', 'certified'].includes((await openTier(gate))?.state ?? ''));
  expect(tracked.threshold).not.toBeNull();
  expect((await gate.submit(0.99)).verdict).toBe('pass');
});

test('[G54] another promise ends what was not watched, and the case about it', async () => {
  const gate = await promising(server, 'changed', policy);
  await gate.certify();
  await pass(gate);
  time.advance(4 * day);
  await looked();
  time.advance(day + hour);
  const id = await until(async () => (await openTier(gate))?.unwatched?.case_id);
  await gate.save({ ...policy, alpha: 0.25 });
  const state = async () => (await gate.agent.call<Case>(`GET /cases/${id}`)).body.state;
  await until(async () => (await state()) === 'cancelled');
  await pass(gate, 3);
  time.advance(30 * day);
  await looked();
  expect(await said(gate, 'gate.unwatched')).toHaveLength(1);
});
