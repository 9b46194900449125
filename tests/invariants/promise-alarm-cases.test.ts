import type { Case } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { askAboutAlarms } from '../../server/src/actions/alarm-case.ts';
import { rulingsCache } from '../../server/src/actions/definition.ts';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';
import { virtualTime } from '../../server/src/testing/virtual-time.ts';
import { alarm, type Promising, promising, weak } from './promise-talk.ts';
import { until } from './until.ts';

const time = virtualTime();
let server: TestServer;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine'), ports: time.ports });
});
afterAll(() => server?.stop());

const hour = 3_600_000;
const policy = { ...weak, spot_check: 1 };
const openTier = async (gate: Promising) =>
  (await gate.promise()).epochs.find(({ ended_at }) => !ended_at)?.tiers[0];
const asked = (gate: Promising) => until(async () => (await openTier(gate))?.alarm_case_id);
const caseOf = async (gate: Promising, id: string) =>
  (await gate.agent.call<Case>(`GET /cases/${id}`)).body;
const questions = async (gate: Promising) => {
  const { body } = await gate.agent.call<{ rows: Case[] }>('GET /cases?limit=200');
  return body.rows.filter(
    ({ kind, title }) => kind === 'question' && title.toLowerCase().startsWith(gate.gate),
  );
};

test('[G51] an alarm that a day does not mend asks a lead once, and the case closes when it is proven again', async () => {
  const gate = await promising(server, 'unmended', policy);
  await gate.certify();
  time.advance(20 * 24 * hour);
  await alarm(server, gate);
  time.advance(23 * hour);
  // Two servers look all the while.
  await askAboutAlarms(server.ports, rulingsCache());
  expect((await openTier(gate))?.alarm_case_id).toBeNull();
  time.advance(hour + 60_000);
  await Promise.all(Array.from({ length: 4 }, () => askAboutAlarms(server.ports, rulingsCache())));
  const id = await asked(gate);
  expect(await questions(gate)).toHaveLength(1);
  expect(await caseOf(gate, id)).toMatchObject({
    ...{ kind: 'question', state: 'waiting', queue: 'default', output_id: null },
    reasons: ['the promise of a gate asks a lead what to do'],
  });
  // It is for a lead, who decides it like any other; the gate goes on as before.
  const values = { decision: 'repair', why: 'A new model comes tomorrow' };
  const body = { status: 'submitted', values, shown_suggestion: false, spent_ms: 1 };
  expect((await gate.reviewer.call(`POST /cases/${id}/answers`, body)).status).toBe(403);
  expect((await gate.submit(0.95)).verdict).toBe('hold');
  await gate.certify();
  await until(async () => (await openTier(gate))?.alarm_case_id === null);
  expect((await caseOf(gate, id)).state).toBe('cancelled');
});

test('[G51] what was proven after an alarm and is broken sooner than that took asks at once; later it does not', async () => {
  const gate = await promising(server, 'again', policy);
  await gate.certify();
  await alarm(server, gate);
  // A week to prove it, and broken within the hour.
  time.advance(7 * 24 * hour);
  const first = await asked(gate);
  const lead = await server.keyFor('lead');
  const values = { decision: 'wait' };
  const body = { status: 'submitted', values, shown_suggestion: false, spent_ms: 1 };
  expect((await lead.call(`POST /cases/${first}/answers`, body)).status).toBe(200);
  await gate.certify();
  await until(async () => (await openTier(gate))?.alarm_case_id === null);
  expect((await caseOf(gate, first)).state).toBe('resolved');
  await alarm(server, gate);
  const second = await asked(gate);
  expect(second).not.toBe(first);
  await gate.certify();
  // Four weeks hold: the third is a new matter.
  await until(async () => (await caseOf(gate, second)).state === 'cancelled');
  time.advance(28 * 24 * hour);
  await alarm(server, gate);
  await askAboutAlarms(server.ports, rulingsCache());
  expect((await openTier(gate))?.alarm_case_id).toBeNull();
  // Another promise ends what there was to decide about.
  time.advance(25 * hour);
  const third = await asked(gate);
  await gate.save({ ...policy, alpha: 0.25 });
  await until(async () => (await caseOf(gate, third)).state === 'cancelled');
});
