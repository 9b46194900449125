import { day, type Key, type Me, type Member } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { keepBootstrapKey } from '../../server/src/actions/key.ts';
import { firstAdmin, invited, newMember, type Person } from '../../server/src/testing/person.ts';
import {
  type Caller,
  caller,
  startServer,
  type TestServer,
} from '../../server/src/testing/start.ts';
import { virtualTime } from '../../server/src/testing/virtual-time.ts';

const time = virtualTime();
let server: TestServer;
/** An admin of another workspace. */
let ana: Person & { me: Me };
let robot: Caller;
beforeAll(async () => {
  server = await startServer({
    url_pattern: inject('engine'),
    settings: { WHEELHOUSE_SIGN_IN_LIMIT: '1000000' },
    ports: time.ports,
  });
  robot = await server.keyFor('admin');
  await firstAdmin(server, newEmail());
  ana = await firstAdmin(server, 'ana@example.com', await server.newWorkspace('Elsewhere'));
});
afterAll(() => server?.stop());

let made = 0;
const newEmail = () => `person${++made}@example.com`;

test('[P3] a workspace keeps an admin, also when two of them demote each other at once', async () => {
  const workspace = await server.newWorkspace('Two admins');
  const key = await server.keyFor('admin', workspace);
  const one = await firstAdmin(server, newEmail(), workspace);
  const last = { status: 409, body: { code: 'last_admin' } };
  expect(await one.call(`DELETE /members/${one.me.id}`)).toMatchObject(last);
  expect(await one.call(`PATCH /members/${one.me.id}`, { role: 'lead' })).toMatchObject(last);
  const two = await newMember(server, one, newEmail(), 'admin');
  const paths = [one, two].map(({ me }) => `PATCH /members/${me.id}`);
  for (let round = 0; round < 20; round++) {
    const both = await Promise.all(paths.map((path) => key.call(path, { role: 'viewer' })));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    await Promise.all(paths.map((path) => key.call(path, { role: 'admin' })));
  }
});

test('[P4] nobody gives a role above their own, nor acts on one', async () => {
  const builder = await newMember(server, robot, newEmail(), 'builder');
  const body = { email: newEmail(), role: 'admin' };
  expect(await builder.call('POST /invitations', body)).toMatchObject({ status: 403 });
  const scoped = await server.keyFor('builder');
  const key = { name: 'more', role: 'admin' };
  expect(await scoped.call('POST /keys', key)).toMatchObject({ status: 403 });
  const path = `PATCH /members/${builder.me.id}`;
  expect(await builder.call(path, { role: 'admin' })).toMatchObject({ status: 403 });
});

test('[P4] whoever loses the right to invite loses the invitations they made', async () => {
  const boss = await newMember(server, robot, newEmail(), 'admin');
  const key = await server.keyFor('admin');
  const tokens = [
    await invited(boss, newEmail(), 'admin'),
    await invited(key, newEmail(), 'viewer'),
  ];
  const demoted = await robot.call(`PATCH /members/${boss.me.id}`, { role: 'builder' });
  expect(demoted).toMatchObject({ status: 200, body: { role: 'builder' } });
  expect(await robot.call(`DELETE /keys/${key.id}`)).toMatchObject({ status: 204 });
  for (const token of tokens) {
    expect(await boss.call(`GET /enrolments/${token}`)).toMatchObject({ status: 410 });
  }
});

test('[P10] a scoped key makes no key, invites nobody and raises nobody beyond its scopes', async () => {
  const narrow = ['keys.change', 'members.*'];
  const key = await server.keyFor('admin', server.workspace_id, narrow);
  for (const scopes of [null, ['outputs.erase'], ['keys.change', 'keys.*']]) {
    const made = await key.call('POST /keys', { name: 'wider', role: 'admin', scopes });
    expect(made).toMatchObject({ status: 403, body: { errors: [{ field: 'scopes' }] } });
  }
  const fits = { name: 'as wide', role: 'admin', scopes: ['members.read', 'keys.change'] };
  expect(await key.call('POST /keys', fits)).toMatchObject({ status: 201 });
  const role_named = { status: 403, body: { errors: [{ field: 'role' }] } };
  const guest = { email: newEmail(), role: 'viewer' };
  expect(await key.call('POST /invitations', guest)).toMatchObject(role_named);
  const bo = await newMember(server, robot, newEmail(), 'reviewer');
  expect(await key.call(`PATCH /members/${bo.me.id}`, { role: 'admin' })).toMatchObject(role_named);
  const lowered = await key.call(`PATCH /members/${bo.me.id}`, { role: 'viewer' });
  expect(lowered).toMatchObject({ status: 200, body: { role: 'viewer' } });
});

test('[P11] another key from the environment ends the one before; servers with one value keep one', async () => {
  const [old, next] = ['wh_the_first_of_the_keys', 'wh_the_second_of_the_keys'];
  const keep = (key: string) => keepBootstrapKey(server.ports, server.workspace_id, key);
  expect(await keep(old)).toBe(true);
  expect(await caller(server.url, old).call('GET /me')).toMatchObject({ status: 200 });
  time.advance(1_000);
  expect(await Promise.all([keep(next), keep(next), keep(next)])).toEqual([true, true, true]);
  await expect.poll(async () => (await caller(server.url, old).call('GET /me')).status).toBe(401);
  expect(await caller(server.url, next).call('GET /me')).toMatchObject({ status: 200 });
  expect(await keep(old)).toBe(false);
  const { rows } = (await robot.call<{ rows: Key[] }>('GET /keys')).body;
  const kept = rows.filter(({ name }) => name === 'From WHEELHOUSE_API_KEY');
  expect(kept.map(({ revoked_at }) => revoked_at === null)).toEqual([true, false]);
  const audit = await robot.call<{ rows: { type: string }[] }>(`GET /audit?subject=${kept[1]?.id}`);
  expect(audit.body.rows.map(({ type }) => type)).toEqual(['key.revoked', 'key.created']);
});

interface Claim {
  cases: { id: string; lease: { epoch: number } }[];
}
const question = (queue: string) => ({
  queue,
  parts: [{ kind: 'text', name: 'text', text: 'Is this one fine?' }],
  form: {
    questions: [{ name: 'fine', kind: 'choice', options: [{ value: 'yes' }, { value: 'no' }] }],
  },
});
const openCase = async (queue: string) =>
  (await robot.call<{ id: string }>('POST /cases', question(queue))).body.id;
const storyOf = async (case_id: string) => {
  const { rows } = (
    await robot.call<{ rows: { type: string; data: Record<string, unknown> }[] }>(
      `GET /audit?subject=${case_id}`,
    )
  ).body;
  return rows.map(({ type, data }) => [type, data.why ?? null, data.to ?? null]).reverse();
};

test('[P5] a removed member’s cases go back to everyone, held and assigned ones alike', async () => {
  const [held, assigned] = [await openCase('leaving'), await openCase('leaving')];
  const gone = await newMember(server, robot, newEmail(), 'reviewer');
  const desk = await newMember(server, robot, newEmail(), 'reviewer');
  await robot.call(`PUT /cases/${assigned}/assignment`, { assigned_to: gone.me.id });
  const claimed = await gone.call<Claim>('POST /queues/leaving/claim', { limit: 2 });
  expect(claimed.body.cases.map(({ id }) => id).sort()).toEqual([held, assigned].sort());
  const none = await desk.call<Claim>('POST /queues/leaving/claim', { limit: 2 });
  expect(none.body.cases).toEqual([]);
  expect(await robot.call(`DELETE /members/${gone.me.id}`)).toMatchObject({ status: 204 });
  const late = await gone.call(`POST /cases/${held}/answers`, {
    epoch: 1,
    values: { fine: 'yes' },
  });
  expect(late).toMatchObject({ status: 401 });
  const freed = await desk.call<Claim>('POST /queues/leaving/claim', { limit: 2 });
  expect(freed.body.cases.map(({ id }) => id).sort()).toEqual([held, assigned].sort());
  const answer = await desk.call(`POST /cases/${assigned}/answers`, {
    epoch: freed.body.cases.find(({ id }) => id === assigned)?.lease.epoch,
    values: { fine: 'yes' },
  });
  expect(answer).toMatchObject({ status: 200, body: { case: { state: 'resolved' } } });
  expect(await storyOf(assigned)).toEqual([
    ['case.opened', null, null],
    ['case.assigned', null, gone.me.id],
    ['case.claimed', null, null],
    ['case.released', 'removed', null],
    ['case.assigned', 'removed', null],
    ['case.claimed', null, null],
    ['case.answered', null, null],
    ['case.resolved', null, null],
  ]);
});

test('[P5] a role that no longer allows a case gives it back; one that does keeps it', async () => {
  const id = await openCase('demoted');
  const lead = await newMember(server, robot, newEmail(), 'lead');
  await lead.call('POST /queues/demoted/claim', { case_id: id });
  await robot.call(`PATCH /members/${lead.me.id}`, { role: 'reviewer' });
  expect(await lead.call('GET /me')).toMatchObject({ status: 401 });
  const desk = await server.keyFor('reviewer');
  const kept = await desk.call<Claim>('POST /queues/demoted/claim', { limit: 1 });
  expect(kept.body.cases).toEqual([]);
  await robot.call(`PATCH /members/${lead.me.id}`, { role: 'viewer' });
  const freed = await desk.call<Claim>('POST /queues/demoted/claim', { limit: 1 });
  expect(freed.body.cases).toMatchObject([{ id }]);
});

test('[P6] only who decides cases can be a delegate', async () => {
  const away = await newMember(server, robot, newEmail(), 'reviewer');
  const viewer = await newMember(server, robot, newEmail(), 'viewer');
  const gone = { away_until: '2099-01-01T00:00:00Z', delegate_to: viewer.me.id };
  expect(await away.call('PUT /me/absence', gone)).toMatchObject({
    status: 422,
    body: { errors: [{ field: 'delegate_to', message: 'is a viewer, who decides no cases' }] },
  });
});

test('[P6] while someone is away, what is or gets assigned goes to their delegate', async () => {
  const away = await newMember(server, robot, newEmail(), 'reviewer');
  const heir = await newMember(server, robot, newEmail(), 'reviewer');
  const [before, after] = [await openCase('away'), await openCase('away')];
  await robot.call(`PUT /cases/${before}/assignment`, { assigned_to: away.me.id });
  const away_until = new Date(Date.parse(time.now()) + 2 * day).toISOString();
  const gone = { away_until, delegate_to: heir.me.id };
  expect(await away.call<Member>('PUT /me/absence', gone)).toMatchObject({
    status: 200,
    body: { id: away.me.id, ...gone },
  });
  await robot.call(`PUT /cases/${after}/assignment`, { assigned_to: away.me.id });
  for (const id of [before, after]) {
    const one = await robot.call(`GET /cases/${id}`);
    expect(one).toMatchObject({ body: { assigned_to: heir.me.id } });
  }
  expect(await storyOf(before)).toContainEqual(['case.assigned', 'away', heir.me.id]);
  time.advance(3 * day);
  const third = await openCase('away');
  const back = await robot.call(`PUT /cases/${third}/assignment`, { assigned_to: away.me.id });
  expect(back).toMatchObject({ status: 200, body: { assigned_to: away.me.id } });
  for (const [wrong, field] of [
    [{ away_until: '2020-01-01T00:00:00Z' }, 'away_until'],
    [{ away_until: 'tomorrow' }, 'away_until'],
    [{ away_until: '2099-01-01T00:00:00Z', delegate_to: away.me.id }, 'delegate_to'],
    [{ away_until: '2099-01-01T00:00:00Z', delegate_to: ana.me.id }, 'delegate_to'],
  ] as const) {
    const refused = await away.call('PUT /me/absence', wrong);
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ field }] } });
  }
  expect(await robot.call('PUT /me/absence', gone)).toMatchObject({ status: 403 });
});
