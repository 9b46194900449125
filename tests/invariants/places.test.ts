import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { virtualTime } from '../../server/src/testing/virtual-time.ts';

let server: TestServer;
let agent: Caller & { id: string };
const time = virtualTime();
const people: (Caller & { id: string })[] = [];
let lead: Caller & { id: string };
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine'), ports: time.ports });
  agent = await server.keyFor('builder');
  for (let count = 0; count < 6; count++) people.push(await server.keyFor('reviewer'));
  lead = await server.keyFor('lead');
});
afterAll(() => server?.stop());

interface Held {
  id: string;
  case_id: string;
}
async function held(name: string, quorum: object): Promise<Held> {
  const policy = { mode: 'always', quorum, lease_ms: 60_000 };
  await agent.call(`PUT /gates/${name}`, { queue: name, policy });
  const action = { name: 'pay', arguments: { amount: 9 } };
  return (await agent.call<Held>(`POST /gates/${name}/outputs`, { action })).body;
}
const claim = async (by: Caller, queue: string) =>
  (
    await by.call<{ cases: { id: string; needs_role: string }[] }>(
      `POST /queues/${queue}/claim`,
      {},
    )
  ).body.cases.map(({ id }) => id);
const approve = (by: Caller, { case_id }: Held) =>
  by.call<{ resolution: object | null }>(`POST /cases/${case_id}/answers`, {
    values: { verdict: 'approve' },
  });

const two_with_a_lead = { approvals: 2, of: 2, roles: { lead: 1 } };

test('[L5] of many reviewers at once one gets a place, and the other is kept for a lead', async () => {
  const one = await held('pairs', two_with_a_lead);
  const got = await Promise.all(people.map((by) => claim(by, 'pairs')));
  expect(got.flat()).toEqual([one.case_id]);
  const seen = async (by: Caller) =>
    (await by.call<{ needs_role: string }>(`GET /cases/${one.case_id}`)).body.needs_role;
  const holder = people[got.findIndex((cases) => cases.length === 1)] as Caller;
  const other = people[got.findIndex((cases) => cases.length === 0)] as Caller;
  expect([await seen(holder), await seen(other)]).toEqual(['reviewer', 'lead']);
  expect(await claim(lead, 'pairs')).toEqual([one.case_id]);
  expect((await approve(holder, one)).body.resolution).toBeNull();
  expect((await approve(lead, one)).body.resolution).toMatchObject({ outcome: 'approved' });
});

test('[L5] an answer without a lease takes no kept place either', async () => {
  const one = await held('unclaimed', two_with_a_lead);
  const said = await Promise.all(people.map((by) => approve(by, one)));
  expect(said.filter(({ status }) => status === 200)).toHaveLength(1);
  const refused = said.filter(({ status }) => status !== 200);
  expect(refused[0]).toMatchObject({
    status: 403,
    body: { code: 'not_eligible', needs_role: 'lead' },
  });
  expect((await approve(lead, one)).body.resolution).toMatchObject({ outcome: 'approved' });
});

test('[L5] what is kept for another does not hide what stands behind it', async () => {
  const first = await held('behind', two_with_a_lead);
  const second = await held('behind', two_with_a_lead);
  await approve(people[0] as Caller, first);
  expect(await claim(people[1] as Caller, 'behind')).toEqual([second.case_id]);
  expect(await claim(people[2] as Caller, 'behind')).toEqual([]);
});

test('[L5] a place that lapses or is given back is kept for whom it was', async () => {
  const one = await held('lapsing', two_with_a_lead);
  const next = await held('lapsing', { ...two_with_a_lead, approvals: 1 });
  await approve(people[0] as Caller, one);
  expect(await claim(lead, 'lapsing')).toEqual([one.case_id]);
  time.advance(61_000);
  const lapses = async () =>
    (
      await lead.call<{ rows: { data: { why: string } }[] }>(
        `GET /audit?subject=${one.case_id}&type=case.released`,
      )
    ).body.rows.map(({ data }) => data.why);
  await expect.poll(lapses, { timeout: 20_000 }).toEqual(['lapsed']);
  // The first look after a lapse works it out anew, and goes on to what stands behind.
  expect(await claim(people[1] as Caller, 'lapsing')).toEqual([next.case_id]);
  expect(await lapses()).toEqual(['kept for another role', 'lapsed']);
  expect(await claim(people[2] as Caller, 'lapsing')).toEqual([]);
  expect(await claim(lead, 'lapsing')).toEqual([one.case_id]);
  await lead.call(`DELETE /cases/${one.case_id}/lease`);
  expect(await claim(people[3] as Caller, 'lapsing')).toEqual([]);
});

test('[L5] a case for one, of a role, is offered to that role alone from the start', async () => {
  const one = await held('lonely', { roles: { lead: 1 } });
  expect(await claim(people[0] as Caller, 'lonely')).toEqual([]);
  expect(await claim(lead, 'lonely')).toEqual([one.case_id]);
});
