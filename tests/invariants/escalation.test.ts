import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { virtualTime } from '../../server/src/testing/virtual-time.ts';

let server: TestServer;
let agent: Caller & { id: string };
let bob: Caller & { id: string };
let lea: Caller & { id: string };
const time = virtualTime();
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine'), ports: time.ports });
  agent = await server.keyFor('builder');
  bob = await server.keyFor('reviewer');
  lea = await server.keyFor('lead');
});
afterAll(() => server?.stop());

interface Held {
  id: string;
  case_id: string;
}
interface Claim {
  cases: { id: string; lease: { epoch: number } }[];
}
async function held(name: string, policy: object): Promise<Held> {
  await agent.call(`PUT /gates/${name}`, { queue: name, policy: { mode: 'always', ...policy } });
  const action = { name: 'pay', arguments: { amount: 9 } };
  return (await agent.call<Held>(`POST /gates/${name}/outputs`, { action })).body;
}
const claim = async (by: Caller, queue: string) =>
  (await by.call<Claim>(`POST /queues/${queue}/claim`, {})).body.cases[0];
const approve = { values: { verdict: 'approve' } };
const released = async (case_id: string) => {
  const path = `GET /audit?subject=${case_id}&type=case.released`;
  const admin = await server.keyFor('admin');
  return (await admin.call<{ rows: { data: object }[] }>(path)).body.rows.map(({ data }) => data);
};

test('[L6] a case that is held when it climbs to a lead leaves its holder’s hands and is the lead’s to take', async () => {
  const deadline = { ladder: [{ after_ms: 60_000, do: 'escalate', role: 'lead' }] };
  const { case_id } = await held('climbing', { deadline });
  const mine = await claim(bob, 'climbing');
  expect(mine?.id).toBe(case_id);
  time.advance(61_000);
  await expect
    .poll(() => released(case_id), { timeout: 20_000 })
    .toMatchObject([{ rater: bob.id, why: 'escalated', queue: 'climbing' }]);
  const epoch = mine?.lease.epoch;
  expect(await bob.call(`POST /cases/${case_id}/lease`, { epoch })).toMatchObject({
    status: 409,
    body: { code: 'lease_lost' },
  });
  expect(await bob.call(`POST /cases/${case_id}/answers`, { epoch, ...approve })).toMatchObject({
    status: 403,
    body: { code: 'not_eligible', needs_role: 'lead' },
  });
  expect((await claim(lea, 'climbing'))?.id).toBe(case_id);
  const said = await lea.call(`POST /cases/${case_id}/answers`, approve);
  expect(said).toMatchObject({ status: 200, body: { resolution: { outcome: 'approved' } } });
});

test('[L6] who holds the second place of a case that a first could not judge gives it to a lead', async () => {
  const { case_id } = await held('puzzling', { quorum: { approvals: 2, of: 2 } });
  const cyd = await server.keyFor('reviewer');
  expect((await claim(bob, 'puzzling'))?.id).toBe(case_id);
  expect((await claim(cyd, 'puzzling'))?.id).toBe(case_id);
  const cannot = { status: 'cannot_judge', note: 'the receipt is in Finnish' };
  expect((await cyd.call(`POST /cases/${case_id}/answers`, cannot)).status).toBe(200);
  expect(await released(case_id)).toEqual([{ rater: bob.id, why: 'escalated', queue: 'puzzling' }]);
  expect((await claim(lea, 'puzzling'))?.id).toBe(case_id);
});
