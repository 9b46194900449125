import { day, type Me, type Member } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { firstAdmin, newMember, type Person } from '../../server/src/testing/person.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { virtualTime } from '../../server/src/testing/virtual-time.ts';

type Colleague = Person & { me: Me };
const time = virtualTime();
let server: TestServer;
let robot: Caller & { id: string };
beforeAll(async () => {
  server = await startServer({
    url_pattern: inject('engine'),
    settings: { WHEELHOUSE_SIGN_IN_LIMIT: '1000000' },
    ports: time.ports,
  });
  robot = await server.keyFor('admin');
  await firstAdmin(server);
});
afterAll(() => server?.stop());

let made = 0;
const colleague = (role: 'viewer' | 'reviewer' | 'lead' = 'reviewer'): Promise<Colleague> =>
  newMember(server, robot, `person${++made}@example.com`, role);
const question = (more: object = {}) => ({
  parts: [{ kind: 'text', name: 'text', text: 'Is this one fine?' }],
  form: {
    questions: [{ name: 'fine', kind: 'choice', options: [{ value: 'yes' }, { value: 'no' }] }],
  },
  ...more,
});
const opened = async (more: object = {}) =>
  (await robot.call<{ id: string }>('POST /cases', question(more))).body.id;
const assign = (case_id: string, to: Colleague | null) =>
  robot.call(`PUT /cases/${case_id}/assignment`, { assigned_to: to?.me.id ?? null });
const assignedTo = async (case_id: string) =>
  (await robot.call<{ assigned_to: string | null }>(`GET /cases/${case_id}`)).body.assigned_to;
const goAway = (who: Colleague, delegate: Colleague | null, days = 2) =>
  who.call<Member>('PUT /me/absence', {
    away_until: new Date(Date.parse(time.now()) + days * day).toISOString(),
    delegate_to: delegate?.me.id ?? null,
  });
const claim = async (by: Caller, case_id: string) =>
  by.call<{ cases: { id: string; lease: { epoch: number } }[] }>('POST /queues/*/claim', {
    case_id,
  });
const answer = (by: Caller, case_id: string, body: object = { values: { fine: 'yes' } }) =>
  by.call<{ resolution: object | null }>(`POST /cases/${case_id}/answers`, body);
const skip = { status: 'skipped', note: 'not mine' };
const ring = { status: 422, body: { errors: [{ field: 'delegate_to' }] } };
const nobody = { status: 422, body: { errors: [{ field: 'assigned_to' }] } };

test('[P13] a ring of delegates is refused by the field, however long, and nothing of it is kept', async () => {
  const [ada, ben, cem] = [await colleague(), await colleague(), await colleague()];
  expect(await goAway(ada, ben)).toMatchObject({ status: 200 });
  expect(await goAway(ben, ada)).toMatchObject(ring);
  expect(await goAway(ben, cem)).toMatchObject({ status: 200 });
  expect(await goAway(cem, ada)).toMatchObject(ring);
  expect(await goAway(cem, ben)).toMatchObject(ring);
  const { body } = await robot.call<{ rows: Member[] }>('GET /members');
  const kept = body.rows.find(({ id }) => id === cem.me.id);
  expect(kept).toMatchObject({ away_until: null, delegate_to: null });
  // Once the one before is back there is no ring.
  time.advance(3 * day);
  expect(await goAway(cem, ada)).toMatchObject({ status: 200 });
});

test('[P13] two who name each other at once make no ring', async () => {
  for (let round = 0; round < 6; round++) {
    const [ada, ben] = [await colleague(), await colleague()];
    const both = await Promise.all([goAway(ada, ben), goAway(ben, ada)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 422]);
  }
});

test('[P13] [P6] a chain is followed to whoever is there; where it ends with nobody, assigning is refused', async () => {
  const [ada, ben, cem] = [await colleague(), await colleague(), await colleague()];
  const id = await opened();
  await goAway(ben, cem);
  await goAway(ada, ben);
  expect((await assign(id, ada)).status).toBe(200);
  expect(await assignedTo(id)).toBe(cem.me.id);
  // Whoever stood in goes away too and names nobody: what they had is everyone's.
  await goAway(cem, null);
  expect(await assignedTo(id)).toBeNull();
  for (const one of [ada, ben, cem]) expect(await assign(id, one)).toMatchObject(nobody);
  expect(await assignedTo(id)).toBeNull();
  const new_case = await robot.call('POST /cases', question({ assigned_to: ada.me.id }));
  expect(new_case).toMatchObject(nobody);
});

test.each([
  ['is removed', (who: Colleague) => robot.call(`DELETE /members/${who.me.id}`)],
  [
    'decides no cases any more',
    (who: Colleague) => robot.call(`PATCH /members/${who.me.id}`, { role: 'viewer' }),
  ],
])(
  '[P13] when a delegate %s, what they had is everyone’s, and they stand in no more',
  async (_how, change) => {
    const [ada, ben, cem] = [await colleague(), await colleague(), await colleague()];
    const id = await opened();
    await assign(id, ada);
    await goAway(ada, ben);
    expect(await assignedTo(id)).toBe(ben.me.id);
    expect((await change(ben)).status).toBeLessThan(300);
    expect(await assignedTo(id)).toBeNull();
    expect((await claim(cem, id)).body.cases).toHaveLength(1);
    const { body } = await robot.call<{ rows: Member[] }>('GET /members');
    expect(body.rows.find((one) => one.id === ada.me.id)?.delegate_to).toBeNull();
    expect(await assign(id, ada)).toMatchObject(nobody);
  },
);

test('[P13] [P5] whoever goes away without a delegate may finish what they hold, and the rest is everyone’s', async () => {
  const [ada, ben] = [await colleague(), await colleague()];
  const [held, waiting] = [await opened(), await opened()];
  for (const id of [held, waiting]) await assign(id, ada);
  const epoch = (await claim(ada, held)).body.cases[0]?.lease.epoch;
  await goAway(ada, null);
  expect([await assignedTo(held), await assignedTo(waiting)]).toEqual([null, null]);
  expect((await claim(ben, waiting)).body.cases).toHaveLength(1);
  const done = await answer(ada, held, { epoch, values: { fine: 'no' } });
  expect(done.body.resolution).not.toBeNull();
});

test.each([
  ['a viewer', async () => (await colleague('viewer')).me.id],
  [
    'someone removed',
    async () => {
      const gone = await colleague();
      await robot.call(`DELETE /members/${gone.me.id}`);
      return gone.me.id;
    },
  ],
])('[C21] a case is not opened for %s', async (_who, whom) => {
  const reply = await robot.call('POST /cases', question({ assigned_to: await whom() }));
  expect(reply.status).toBeGreaterThanOrEqual(404);
  expect(reply.body.errors).toMatchObject([{ field: 'assigned_to' }]);
});

test('[C21] a case given to one of several is everyone’s again once they have answered', async () => {
  const [ada, ben] = [await colleague(), await colleague()];
  const id = await opened({ quorum: { approvals: 2, of: 2 } });
  await assign(id, ada);
  expect(await claim(ben, id)).toMatchObject({ status: 409 });
  await answer(ada, id);
  expect(await assignedTo(id)).toBeNull();
  expect(await assign(id, ada)).toMatchObject({ status: 409, body: { code: 'already_answered' } });
  expect((await claim(ben, id)).body.cases).toHaveLength(1);
  expect((await answer(ben, id)).body.resolution).not.toBeNull();
});

test('[C21] [C15] what its owner passes on is everyone’s; a lead may give it to them all the same', async () => {
  const [ada, ben] = [await colleague(), await colleague()];
  const id = await opened();
  await assign(id, ada);
  await answer(ada, id, skip);
  expect(await assignedTo(id)).toBeNull();
  expect(await claim(ada, id)).toMatchObject({ status: 409, body: { code: 'already_answered' } });
  expect((await claim(ben, id)).body.cases).toHaveLength(1);
  // Whoever held it hears that it was given to another.
  expect((await assign(id, ada)).status).toBe(200);
  const told = await robot.call<{ rows: { data: object }[] }>(
    `GET /audit?subject=${id}&type=case.released`,
  );
  expect(told.body.rows[0]?.data).toMatchObject({ rater: ben.me.id, why: 'given to another' });
  expect((await claim(ada, id)).body.cases).toHaveLength(1);
  expect((await answer(ada, id)).body.resolution).not.toBeNull();
});
