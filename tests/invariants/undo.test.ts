import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { settleDue } from '../../server/src/actions/due.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { virtualTime } from '../../server/src/testing/virtual-time.ts';

type Person = Caller & { id: string };
const time = virtualTime();
let server: TestServer;
let agent: Person;
let people: Person[];
let lead: Person;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine'), ports: time.ports });
  agent = await server.keyFor('admin');
  people = await Promise.all([1, 2, 3, 4].map(() => server.keyFor('reviewer')));
  lead = await server.keyFor('lead');
});
afterAll(() => server?.stop());

interface Held {
  id: string;
  case_id: string;
}
interface Shown {
  state: string;
  answers_in: number;
  wanted: number;
  adjudicating: boolean;
  needs_role: string;
  resolution: { id: string; by: string[]; outcome: string } | null;
  undo_until: string | null;
}
interface Said {
  answer_id: string;
  resolution: { id: string } | null;
}
const minute = 60_000;
const action = { name: 'pay', arguments: { amount: 9 } };
async function gate(name: string, quorum: object): Promise<void> {
  const policy = { mode: 'always', quorum, undo_ms: minute };
  const reply = await agent.call(`PUT /gates/${name}`, { queue: name, policy });
  expect(reply.status).toBeLessThan(300);
}
const held = async (name: string) =>
  (await agent.call<Held>(`POST /gates/${name}/outputs`, { action })).body;
const say = (by: Caller, { case_id }: Held, verdict = 'approve') =>
  by.call<Said>(`POST /cases/${case_id}/answers`, { values: { verdict } });
const undo = (by: Caller, { case_id }: Held) => by.call<Shown>(`POST /cases/${case_id}/undo`);
const shown = async ({ case_id }: Held) => (await agent.call<Shown>(`GET /cases/${case_id}`)).body;
interface Line {
  type: string;
  actor: string;
  data: Record<string, unknown>;
}
const record = async (id: string, type: string) =>
  (await agent.call<{ rows: Line[] }>(`GET /audit?subject=${id}&type=${type}`)).body.rows;
const [bob, cyd, dan, eve] = [0, 1, 2, 3].map((at) => () => people[at] as Person) as [
  () => Person,
  () => Person,
  () => Person,
  () => Person,
];

test('[C18] [C12] who takes a quorum’s decision back takes their own answer, and the others’ stand', async () => {
  await gate('pairs', { approvals: 2, of: 3 });
  const one = await held('pairs');
  await say(bob(), one);
  const last = await say(cyd(), one);
  // What it came to is not told before it is decided for good; the record has it.
  expect(last.body.resolution).toBeNull();
  const [decided] = await record(one.case_id, 'case.resolved');
  const back = await undo(cyd(), one);
  expect(back).toMatchObject({
    status: 200,
    body: { state: 'waiting', answers_in: 1, resolution: null, undo_until: null },
  });
  expect(await record(one.case_id, 'case.undone')).toMatchObject([
    {
      actor: cyd().id,
      data: {
        resolution_id: decided?.data.resolution_id,
        was: 'approved',
        answer_ids: [last.body.answer_id],
      },
    },
  ]);
  expect(await agent.call(`POST /outputs/${one.id}/claim`)).toMatchObject({
    status: 409,
    body: { code: 'not_decided' },
  });
  // Whose answer stands cannot give a second one; whose is taken back can.
  expect(await say(bob(), one)).toMatchObject({ body: { code: 'already_answered' } });
  expect(await undo(bob(), one)).toMatchObject({
    status: 409,
    body: { code: 'not_decided', detail: 'Nobody has decided this yet. Your answer stands.' },
  });
  const again = await say(cyd(), one, 'reject');
  expect(again).toMatchObject({ status: 200, body: { resolution: null } });
  await say(dan(), one);
  const [anew] = await record(one.case_id, 'case.resolved');
  expect(anew?.data.by).toEqual([bob().id, dan().id]);
});

test('[C18] a lead who gave no answer takes back the whole decision', async () => {
  await gate('overseen', { approvals: 2, of: 2 });
  const one = await held('overseen');
  await say(bob(), one);
  await say(cyd(), one);
  expect(await undo(eve(), one)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  expect((await undo(lead, one)).body).toMatchObject({ state: 'waiting', answers_in: 0 });
});

test('[C18] what the others say without the answer taken back is decided anew, by them', async () => {
  await gate('carried', { approvals: 2, of: 3, roles: { lead: 1 } });
  const one = await held('carried');
  await say(bob(), one);
  await say(cyd(), one);
  await say(lead, one);
  const back = await undo(bob(), one);
  expect(back.body).toMatchObject({ state: 'resolved', resolution: null });
  const [now, before] = await record(one.case_id, 'case.resolved');
  expect([now?.actor, before?.actor]).toEqual(['system', lead.id]);
  expect(now?.data).toMatchObject({ by: [cyd().id, lead.id], outcome: 'approved' });
  expect(now?.data.resolution_id).not.toBe(before?.data.resolution_id);
  expect((await undo(bob(), one)).body.code).toBe('forbidden');
  // It leaves once, as those who are left said it, with all its time from then on.
  time.advance(minute - 20_000);
  expect((await agent.call<{ outcome: null }>(`GET /outputs/${one.id}`)).body.outcome).toBeNull();
  time.advance(20_000);
  const told = await agent.call<{ outcome: object }>(`GET /outputs/${one.id}?wait_ms=20000`);
  expect(told.body.outcome).toMatchObject({ status: 'approved', by: `${cyd().id}, ${lead.id}` });
  expect(await record(one.id, 'output.decided')).toHaveLength(1);
});

test('[C18] of two who take their answers back at once one does, and the other is told that theirs stands', async () => {
  await gate('both', { approvals: 2, of: 2 });
  for (let round = 0; round < 10; round++) {
    const one = await held('both');
    await Promise.all([say(bob(), one), say(cyd(), one)]);
    const replies = await Promise.all([undo(bob(), one), undo(cyd(), one)]);
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
    const [late] = replies.filter(({ status }) => status === 409);
    expect(late?.body).toMatchObject({ code: 'not_decided' });
    expect(await shown(one)).toMatchObject({ state: 'waiting', answers_in: 1 });
  }
});

test('[C18] [C1] an answer that comes while a decision is taken back is refused or counts, whichever was first', async () => {
  await gate('crossed', { approvals: 2, of: 3 });
  const seen = new Set<number>();
  for (let round = 0; round < 12; round++) {
    const one = await held('crossed');
    await say(bob(), one);
    await say(cyd(), one);
    const [back, more] = await Promise.all(
      round % 2
        ? [undo(cyd(), one), say(dan(), one)]
        : [say(dan(), one), undo(cyd(), one)].reverse(),
    );
    expect(back?.status).toBe(200);
    seen.add(more?.status ?? 0);
    const found = await shown(one);
    if (more?.status === 200) {
      const [anew] = await record(one.case_id, 'case.resolved');
      expect(anew?.data.by).toEqual([bob().id, dan().id]);
    } else {
      expect(more?.body).toMatchObject({ code: 'already_resolved' });
      expect(found).toMatchObject({ state: 'waiting', answers_in: 1 });
    }
  }
  expect([...seen].every((status) => [200, 409].includes(status))).toBe(true);
});

test('[C12] [C18] a decision taken back as its effect leaves is undone or too late, never both', async () => {
  await gate('brief', { approvals: 2, of: 2 });
  const all = await Promise.all(Array.from({ length: 24 }, () => held('brief')));
  await Promise.all(all.flatMap((one) => [say(bob(), one), say(cyd(), one)]));
  const early = await Promise.all(all.slice(0, 4).map((one) => undo(cyd(), one)));
  // These are on their way as the time ends, and meet what lets the effects leave.
  const meeting = all.slice(4, 20).map((one) => undo(cyd(), one));
  time.advance(minute);
  const leaving = [settleDue(server.ports), settleDue(server.ports)];
  const ends = [...early, ...(await Promise.all(meeting))];
  await Promise.all(leaving);
  ends.push(...(await Promise.all(all.slice(20).map((one) => undo(cyd(), one)))));
  expect([ends[0]?.status, ends.at(-1)?.body.code]).toEqual([200, 'too_late']);
  while (await settleDue(server.ports));
  for (const [at, one] of all.entries()) {
    const undone = ends[at]?.status === 200;
    expect(undone || ends[at]?.body.code === 'too_late').toBe(true);
    expect(await record(one.id, 'output.decided')).toHaveLength(undone ? 0 : 1);
    expect(await shown(one)).toMatchObject({ state: undone ? 'waiting' : 'resolved' });
    const claim = await agent.call(`POST /outputs/${one.id}/claim`);
    expect(claim.status).toBe(undone ? 409 : 200);
  }
});
