import type { Case, CaseRow } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';
import { virtualTime } from '../../server/src/testing/virtual-time.ts';
import { counted, promising, weak } from './promise-talk.ts';

let server: TestServer;
const time = virtualTime();
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine'), ports: time.ports });
  // A test that runs over midnight would begin another day.
  const into_day = Date.parse(time.now()) % 86_400_000;
  time.advance(86_400_000 - into_day + 3_600_000);
});
afterAll(() => server?.stop());

const hour_ms = 3_600_000;
type Gate = Awaited<ReturnType<typeof promising>>;
const offered = async ({ reviewer }: Gate, queue = 'default') => {
  const { body } = await reviewer.call<{ cases: Case[] }>(`POST /queues/${queue}/claim`, {
    limit: 50,
  });
  await Promise.all(body.cases.map(({ id }) => reviewer.call(`DELETE /cases/${id}/lease`)));
  return body.cases;
};
const decide = async ({ reviewer }: Gate, case_id: string | undefined, spent_ms: number) =>
  reviewer.call(`POST /cases/${case_id}/answers`, { values: { verdict: 'approve' }, spent_ms });

test('[G72] once the hours of a day are spent what is held rests until the next, and may be opened', async () => {
  const gate = await promising(server, 'hours', { ...weak, people_hours: 0.25 });
  const other = await promising(server, 'other');
  const held = [];
  for (let at = 0; at < 6; at++) held.push(await gate.submit(0.9));
  await other.submit(0.9);
  expect((await gate.promise()).people).toMatchObject({ hours: 0.25, spent_ms: 0, waiting: 6 });
  // A case left open for a day is ten minutes of work at most.
  await decide(gate, held[0]?.case_id, 24 * hour_ms);
  await counted(server);
  expect((await gate.promise()).people).toMatchObject({ spent_ms: 600_000, rests_until: null });
  expect(await offered(gate)).toHaveLength(6);
  // One that says nothing takes as long as the others.
  await decide(gate, held[1]?.case_id, 0);
  await counted(server);
  const spent = (await gate.promise()).people;
  expect(spent).toMatchObject({
    decisions: 2,
    spent_ms: 1_200_000,
    typical_ms: 600_000,
    waiting: 4,
  });
  expect(Date.parse(spent.rests_until as string) % (24 * hour_ms)).toBe(0);
  expect((await offered(gate)).map((one) => one.gate)).toEqual(['other']);
  expect((await offered(gate, '*')).map((one) => one.gate)).toEqual(['other']);
  // Who sees them in a list is told that they are offered to nobody until then, and which are.
  const { body: listed } = await gate.reviewer.call<{ rows: CaseRow[] }>('GET /cases?view=waiting');
  const rests = listed.rows.map((one) => [one.gate, one.rests_until]);
  expect(rests.filter(([name]) => name === 'hours')).toEqual(
    Array.from({ length: 4 }, () => ['hours', spent.rests_until]),
  );
  expect(rests.filter(([name]) => name === 'other')).toEqual([['other', null]]);
  // Whoever opens one decides it, and nothing more passes.
  const { reviewer } = gate;
  const opened = await reviewer.call('POST /queues/default/claim', { case_id: held[2]?.case_id });
  expect(opened.body).toMatchObject({ cases: [{ id: held[2]?.case_id }] });
  expect((await decide(gate, held[2]?.case_id, 1_000)).status).toBe(200);
  expect((await gate.submit(0.99)).verdict).toBe('hold');
  await counted(server);
  const told = (await gate.promise()).events.filter(({ type }) => type === 'gate.hours_spent');
  expect(told).toMatchObject([{ data: { hours: 0.25, waiting: 4, decisions: 2 } }]);
  time.advance(24 * hour_ms);
  const next = await gate.reviewer.call<{ rows: CaseRow[] }>('GET /cases?view=waiting');
  expect(next.body.rows.filter(({ rests_until }) => rests_until !== null)).toEqual([]);
  expect((await gate.promise()).people).toMatchObject({ spent_ms: 0, rests_until: null });
  expect((await offered(gate)).filter((one) => one.gate === 'hours')).toHaveLength(4);
});

test('[G72] spot checks never rest, and more hours let all be offered again', async () => {
  const gate = await promising(server, 'checked', { ...weak, spot_check: 1, people_hours: 0.1 });
  await gate.certify();
  const held = await gate.submit(0.2);
  const more = await gate.submit(0.2);
  await decide(gate, held.case_id, 600_000);
  await counted(server);
  const check = await gate.submit(0.95);
  expect(check.verdict).toBe('pass');
  const own = async () =>
    (await offered(gate)).filter((one) => one.gate === 'checked').map(({ id }) => id);
  expect(await own()).toEqual([check.case_id]);
  await gate.save({ ...weak, spot_check: 1, people_hours: 8 });
  expect((await own()).sort()).toEqual([check.case_id, more.case_id].sort());
  // Its hours are no part of what is promised.
  expect((await gate.promise()).state).toBe('certified');
});
