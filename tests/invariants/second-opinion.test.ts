import type { Case, Output } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';

let server: TestServer;
let agent: Caller & { id: string };
const people: (Caller & { id: string })[] = [];
let lead: Caller & { id: string };
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  agent = await server.keyFor('builder');
  for (let count = 0; count < 6; count++) people.push(await server.keyFor('reviewer'));
  lead = await server.keyFor('lead');
});
afterAll(() => server?.stop());

const quorum = { second_opinion: 'on_disagreement' };
interface Held {
  id: string;
  case_id: string;
}
const modes = {
  always: {},
  threshold: { threshold: 0.9 },
  rules: {
    rules: [{ when: { field: 'confidence', op: 'exists' }, then: 'hold' }],
    otherwise: 'block',
  },
  guaranteed: { alpha: 0.1, delta: 0.1 },
};
async function held(gate: string, policy: object = { mode: 'always' }): Promise<Held> {
  await agent.call(`PUT /gates/${gate}`, {
    queue: gate,
    policy: { ...policy, quorum },
    action: { name: 'pay', arguments_schema: { type: 'object' } },
  });
  const body = { action: { name: 'pay', arguments: { amount: 9 } }, confidence: 0.5 };
  return (await agent.call<Held>(`POST /gates/${gate}/outputs`, body)).body;
}
const say = (by: Caller, { case_id }: Held, values: object) =>
  by.call<{ resolution: { outcome: string; by: string[]; agreed: boolean } | null }>(
    `POST /cases/${case_id}/answers`,
    { values },
  );
const approve = { verdict: 'approve' };
const reject = { verdict: 'reject', reason: 'too much, says the first' };
const [ann, bo, cy] = [
  () => people[0] as Caller,
  () => people[1] as Caller,
  () => people[2] as Caller,
];

test.each(Object.entries(modes))(
  '[G70] at a gate in the mode %s a second person is asked on disagreement alone',
  async (mode, more) => {
    const gate = `second-${mode}`;
    const agreed = await held(gate, { mode, ...more });
    expect((await say(ann(), agreed, approve)).body.resolution).toMatchObject({ agreed: true });
    const other = await held(gate, { mode, ...more });
    expect((await say(ann(), other, reject)).body.resolution).toBeNull();
    expect(await say(ann(), other, approve)).toMatchObject({ status: 409 });
    // The queue offers it to everybody but who was first.
    const claim = async (by: Caller) =>
      (await by.call<{ cases: Case[] }>(`POST /queues/${gate}/claim`, {})).body.cases;
    expect(await claim(ann())).toEqual([]);
    const [second] = await claim(bo());
    expect(second).toMatchObject({ id: other.case_id, answers_in: 1, resolution: null });
    expect(JSON.stringify(second)).not.toContain('says the first');
    const end = await say(bo(), other, { verdict: 'reject', reason: 'so say I' });
    expect(end.body.resolution).toMatchObject({ outcome: 'rejected', agreed: false });
    expect(end.body.resolution?.by).toHaveLength(2);
  },
);

test('[G70] in shadow the AI’s answer is compared, and neither it nor the first’s is shown', async () => {
  const policy = { mode: 'shadow', quorum };
  await agent.call('PUT /gates/blind', { queue: 'blind', policy });
  const body = { content: 'refund of it', input: 'Where is my money?' };
  const one = (await agent.call<Held>('POST /gates/blind/outputs', body)).body;
  const shown = (await bo().call<Case>(`GET /cases/${one.case_id}`)).body;
  const name = shown.form.questions[0]?.name as string;
  expect((await say(ann(), one, { [name]: 'no refund' })).body.resolution).toBeNull();
  const seen = JSON.stringify((await bo().call(`GET /cases/${one.case_id}`)).body);
  expect(seen).not.toContain('refund of it');
  expect(seen).not.toContain('no refund');
  const end = await say(bo(), one, { [name]: 'refund of it' });
  expect(end.body).toMatchObject({ answer_id: expect.any(String) });
  const after = (await lead.call<Case>(`GET /cases/${one.case_id}`)).body;
  expect(after.resolution).toMatchObject({ agreed: true, outcome: 'answered' });
});

test('[G70] where all three differ a lead decides, and nobody below', async () => {
  const one = await held('three-ways');
  await say(ann(), one, reject);
  const edited = { verdict: 'edit', arguments: { amount: 3 }, reason: 'less' };
  expect((await say(bo(), one, edited)).body.resolution).toBeNull();
  expect(await say(cy(), one, approve)).toMatchObject({ status: 403 });
  expect((await say(lead, one, edited)).body.resolution).toMatchObject({ outcome: 'edited' });
});

test('[G70] of many reviewers at once, two are heard at most, and one who agrees settles it', async () => {
  for (let round = 0; round < 8; round++) {
    const one = await held('rush');
    const said = await Promise.all(
      people.map((by, at) => say(by, one, at === round % 6 ? approve : reject)),
    );
    const taken = said.filter(({ status }) => status === 200);
    const { outcome } = (await agent.call<Output>(`GET /outputs/${one.id}`)).body;
    const first_agreed = taken.length === 1;
    expect(taken.length).toBeLessThanOrEqual(2);
    expect(taken.filter(({ body }) => body.resolution)).toHaveLength(1);
    const who = taken.find(({ body }) => body.resolution)?.body.resolution;
    expect(outcome?.status).toBe(who?.outcome);
    if (first_agreed) expect(who).toMatchObject({ outcome: 'approved', agreed: true });
    if (who?.outcome === 'rejected') expect(who.by).toHaveLength(2);
    for (const { status, body } of said) {
      if (status !== 200) expect(body).toMatchObject({ code: /resolved|held/ });
    }
  }
});

test('[G10] [G70] a second person beside several, or of a question without an AI, is refused', async () => {
  for (const more of [{ of: 2 }, { roles: { lead: 1 } }]) {
    const policy = { mode: 'always', quorum: { ...quorum, ...more } };
    const { status, body } = await agent.call<{ errors: { field: string }[] }>(
      'PUT /gates/refused',
      { policy },
    );
    expect(status).toBe(422);
    expect(body.errors[0]?.field).toBe('policy.quorum.second_opinion');
  }
  const form = {
    questions: [{ name: 'right', kind: 'choice', options: [{ value: 'yes' }, { value: 'no' }] }],
  };
  const parts = [{ name: 'it', kind: 'text', text: 'Is it?' }];
  const asked = await agent.call('POST /cases', { parts, form, quorum });
  expect(asked).toMatchObject({
    status: 422,
    body: { errors: [{ field: 'quorum.second_opinion' }] },
  });
});
