import { type CaseRow, day, type HomeSummary, type Me, type Page } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { strandedFinder } from '../../server/src/actions/strand.ts';
import { firstAdmin, newMember, type Person } from '../../server/src/testing/person.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { virtualTime } from '../../server/src/testing/virtual-time.ts';

type Colleague = Person & { me: Me };
const time = virtualTime();
let server: TestServer;
let robot: Caller & { id: string };
/** Two who decide, a lead and an admin: all the members there are. */
let bob: Colleague;
let cyd: Colleague;
let lea: Colleague;
let ana: Colleague;
beforeAll(async () => {
  server = await startServer({
    url_pattern: inject('engine'),
    settings: { WHEELHOUSE_SIGN_IN_LIMIT: '1000000' },
    ports: time.ports,
  });
  robot = await server.keyFor('admin');
  ana = await firstAdmin(server);
  bob = await newMember(server, ana, 'bob@example.com', 'reviewer');
  cyd = await newMember(server, ana, 'cyd@example.com', 'reviewer');
  lea = await newMember(server, ana, 'lea@example.com', 'lead');
});
afterAll(() => server?.stop());

const soon = { timeout: 30_000, interval: 100 };
interface Held {
  id: string;
  case_id: string;
}
async function held(gate: string, policy: object = {}, by: Caller = robot): Promise<string> {
  await robot.call(`PUT /gates/${gate}`, { queue: gate, policy: { mode: 'always', ...policy } });
  return (await by.call<Held>(`POST /gates/${gate}/outputs`, { content: 'a reply' })).body.case_id;
}
const pass = (by: Caller, id: string, status = 'skipped') =>
  by.call(`POST /cases/${id}/answers`, { status, note: 'not for me' });
const approve = (by: Caller, id: string) =>
  by.call<{ resolution: object | null }>(`POST /cases/${id}/answers`, {
    values: { verdict: 'approve' },
  });
const claim = (by: Caller, case_id: string) => by.call('POST /queues/*/claim', { case_id });
const markOf = async (id: string, by: Caller = lea) =>
  (await by.call<{ stranded_at: string | null }>(`GET /cases/${id}`)).body.stranded_at;
const isMarked = async (id: string) => (await markOf(id)) !== null;
const said = async (id: string) => {
  const { body } = await robot.call<{ rows: { type: string; actor: string }[] }>(
    `GET /audit?subject=${id}`,
  );
  return body.rows
    .filter(({ type }) => /stranded$/.test(type))
    .map(({ type }) => type.replace('case.', ''))
    .reverse();
};
const listed = async (by: Caller) =>
  (await by.call<Page<CaseRow>>('GET /cases?view=stranded')).body.rows.map(({ id }) => id);
const homeOf = async (by: Caller) =>
  (await by.call<HomeSummary>('GET /home')).body.attention
    .filter(({ kind }) => kind === 'stranded')
    .map(({ id }) => id);
/** Waits until the clock has looked at every case again: this one is stranded and found last. */
async function lookedAround() {
  const sure = await held('looked', { own_request_allowed: false });
  await pass(bob, sure);
  await pass(cyd, sure);
  await expect.poll(() => isMarked(sure), soon).toBe(true);
  await robot.call(`POST /outputs/${(await outputOf(sure)).id}/cancel`, {});
}
const outputOf = async (case_id: string) => {
  const { body } = await robot.call<{ output_id: string }>(`GET /cases/${case_id}`);
  return { id: body.output_id };
};

test('[C22] a case that everyone it asks has passed on is marked, said, and shown to leads alone', async () => {
  const id = await held('skipped');
  await pass(bob, id);
  await lookedAround();
  expect(await isMarked(id)).toBe(false);
  await pass(cyd, id);
  await expect.poll(() => isMarked(id), soon).toBe(true);
  expect(await said(id)).toEqual(['stranded']);
  expect([await listed(lea), await listed(ana)]).toEqual([[id], [id]]);
  expect([await homeOf(lea), await homeOf(ana)]).toEqual([[id], [id]]);
  // Whoever can do nothing about it is told nothing of who passed it on.
  expect(await markOf(id, bob)).toBeNull();
  expect([await listed(bob), await homeOf(bob)]).toEqual([[], []]);
  const waiting = await bob.call<Page<CaseRow>>('GET /cases?queue=skipped');
  expect(waiting.body.rows).toMatchObject([{ id, stranded_at: null }]);
  // The lead decides it.
  expect((await approve(lea, id)).body.resolution).not.toBeNull();
  expect([await listed(lea), await homeOf(lea)]).toEqual([[], []]);
});

test('[C22] [C21] when leads passed it on too, one of them gives it to whom they like, and it can be decided', async () => {
  const id = await held('everyone');
  for (const one of [bob, cyd, lea, ana]) await pass(one, id);
  await expect.poll(() => isMarked(id), soon).toBe(true);
  for (const one of [bob, cyd, lea, ana]) expect((await claim(one, id)).status).toBe(409);
  expect((await lea.call('GET /cases?view=waiting&queue=everyone')).body).toMatchObject({
    rows: [],
  });
  expect(await listed(lea)).toEqual([id]);
  const given = await lea.call(`PUT /cases/${id}/assignment`, { assigned_to: bob.me.id });
  expect(given.status).toBe(200);
  await expect.poll(() => isMarked(id), soon).toBe(false);
  expect(await said(id)).toEqual(['stranded', 'unstranded']);
  expect((await claim(bob, id)).status).toBe(200);
  expect((await approve(bob, id)).body.resolution).not.toBeNull();
});

test('[C22] where the ones left are away it is marked, and not once somebody is back', async () => {
  const id = await held('away');
  await pass(bob, id);
  const away_until = new Date(Date.parse(time.now()) + day).toISOString();
  await cyd.call('PUT /me/absence', { away_until });
  await expect.poll(() => isMarked(id), soon).toBe(true);
  time.advance(day);
  await expect.poll(() => isMarked(id), soon).toBe(false);
  expect(await said(id)).toEqual(['stranded', 'unstranded']);
  expect((await approve(cyd, id)).body.resolution).not.toBeNull();
});

test('[C22] [C3] a case whose only other decider answered is marked: who asked for it cannot take the rest', async () => {
  const quorum = { approvals: 2, of: 2 };
  const id = await held('asked', { quorum }, bob);
  await approve(cyd, id);
  await expect.poll(() => isMarked(id), soon).toBe(true);
  expect((await approve(lea, id)).body.resolution).not.toBeNull();
});

test('[C22] while someone holds it, it is not marked', async () => {
  const id = await held('taken');
  await pass(bob, id);
  await claim(cyd, id);
  await lookedAround();
  expect(await isMarked(id)).toBe(false);
  await cyd.call(`DELETE /cases/${id}/lease`);
  await pass(cyd, id);
  await expect.poll(() => isMarked(id), soon).toBe(true);
  await claim(lea, id);
  await expect.poll(() => isMarked(id), soon).toBe(false);
  await approve(lea, id);
});

test('[C22] [C13] its ladder goes on, and ends it', async () => {
  const minute = 60_000;
  const ladder = [{ after_ms: 10 * minute, do: 'remind' }];
  const id = await held('ticking', { deadline: { ladder, expire_after_ms: 20 * minute } });
  await pass(bob, id);
  await pass(cyd, id);
  await expect.poll(() => isMarked(id), soon).toBe(true);
  const types = async () => {
    const { body } = await robot.call<{ rows: { type: string }[] }>(`GET /audit?subject=${id}`);
    return body.rows.map(({ type }) => type);
  };
  time.advance(10 * minute);
  await expect.poll(types, soon).toContain('case.reminded');
  time.advance(10 * minute);
  await expect.poll(types, soon).toContain('case.resolved');
  expect([await listed(lea), await homeOf(lea)]).toEqual([[], []]);
});

test('[C22] who leaves, or loses the role, leaves no case behind in silence', async () => {
  const [gone, lowered] = [await held('leaving'), await held('lowered')];
  for (const id of [gone, lowered]) await pass(bob, id);
  await lookedAround();
  expect([await isMarked(gone), await isMarked(lowered)]).toEqual([false, false]);
  await ana.call(`PATCH /members/${cyd.me.id}`, { role: 'viewer' });
  await expect.poll(() => isMarked(lowered), soon).toBe(true);
  const dan = await newMember(server, ana, 'dan@example.com', 'reviewer');
  await expect.poll(() => isMarked(lowered), soon).toBe(false);
  await ana.call(`DELETE /members/${dan.me.id}`);
  await expect
    .poll(async () => (await isMarked(gone)) && (await isMarked(lowered)), soon)
    .toBe(true);
});

test('[C22] many cases are all found, though only some are looked at in one go', async () => {
  const find = strandedFinder(server.ports, 3);
  const ids: string[] = [];
  for (let at = 0; at < 8; at++) ids.push(await held('many'));
  await Promise.all(ids.flatMap((id) => [pass(bob, id)]));
  for (let turn = 0; turn < 12; turn++) await find();
  const marks = await Promise.all(ids.map(isMarked));
  expect(marks).toEqual(ids.map(() => true));
  for (const id of ids) expect(await said(id)).toEqual(['stranded']);
});
