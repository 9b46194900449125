import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';

let server: TestServer;
let agent: Caller;
let desk: Caller;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  agent = await server.keyFor('admin');
  desk = await server.keyFor('reviewer');
});
afterAll(() => server?.stop());

const why = {
  kind: 'choice',
  name: 'why',
  options: [{ value: 'a' }, { value: 'b' }],
};
const verdict = { kind: 'verdict', name: 'v' };
const reply = { kind: 'text', name: 'reply', original: 'content.reply' };
const refund = {
  name: 'refund',
  arguments_schema: { type: 'object', properties: { amount: { type: 'number' } } },
};

interface Held {
  id: string;
  case_id: string;
}
async function held(gate: string, definition: object, output: object): Promise<Held> {
  const policy = { mode: 'always' };
  const made = await agent.call(`PUT /gates/${gate}`, { queue: gate, policy, ...definition });
  expect([200, 201]).toContain(made.status);
  const sent = await agent.call<Held>(`POST /gates/${gate}/outputs`, output);
  expect(sent.status).toBe(201);
  return sent.body;
}
const decide = ({ case_id }: Held, values: object) =>
  desk.call<{ resolution: object }>(`POST /cases/${case_id}/answers`, { values });
const outcomeOf = async ({ id }: Held) =>
  (await agent.call<{ outcome: Record<string, unknown> }>(`GET /outputs/${id}`)).body.outcome;

test.each(['approve', 'reject'])('[O10] beside "%s" the other answers are told', async (said) => {
  const one = await held('why', { form: { questions: [why, verdict] } }, { content: 'x' });
  expect((await decide(one, { why: 'b', v: said, reason: 'so' })).status).toBe(200);
  expect(await outcomeOf(one)).toMatchObject({ values: { why: 'b', v: said }, reason: 'so' });
});

test('[O10] a text corrected beside an approval is an edit of the content', async () => {
  const form = { questions: [reply, verdict] };
  const content = { reply: 'Helo', tone: 'kind' };
  const one = await held('replies', { form }, { content });
  const { body } = await decide(one, { reply: 'Hello', v: 'approve' });
  expect(body.resolution).toMatchObject({
    outcome: 'edited',
    diff: [{ path: 'content.reply', from: 'Helo', to: 'Hello' }],
    agreed: false,
  });
  expect(await outcomeOf(one)).toMatchObject({
    status: 'edited',
    content: { reply: 'Hello', tone: 'kind' },
    values: { reply: 'Hello', v: 'approve' },
  });
  const same = await held('replies', { form }, { content });
  await decide(same, { reply: 'Helo', v: 'approve' });
  expect(await outcomeOf(same)).toMatchObject({ status: 'approved', content });
  const other = await held('replies', { form }, { content });
  await decide(other, { reply: 'Hello', v: 'reject' });
  expect((await outcomeOf(other)).content).toBeUndefined();
});

test('[O10] [O1] an action beside a corrected text runs exactly as it was approved', async () => {
  const action = { name: 'refund', arguments: { amount: 5 } };
  const form = { questions: [reply, verdict] };
  const one = await held('both', { form, action: refund }, { content: { reply: 'Helo' }, action });
  await decide(one, { reply: 'Hello', v: 'approve' });
  const claimed = await agent.call<{ hash: string; action: object }>(
    `POST /outputs/${one.id}/claim`,
  );
  const asked = await agent.call<{ action_hash: string }>(`GET /outputs/${one.id}`);
  expect(claimed).toMatchObject({ status: 200, body: { action, hash: asked.body.action_hash } });
});

test('[O11] arguments are edited only where there is an action', async () => {
  const refunds = await held('refunds', { action: refund }, { content: 'pay 5' });
  const plain = await held('plain', { form: { questions: [verdict] } }, { content: 'x' });
  for (const [one, name] of [
    [refunds, 'verdict'],
    [plain, 'v'],
  ] as const) {
    expect(await decide(one, { [name]: 'edit', arguments: { amount: 1 } })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'values.arguments' }] },
    });
    expect(await outcomeOf(one)).toBeNull();
  }
});

test('[C1] [S6] a case that was withdrawn says so, and a case asked for by its id says why not', async () => {
  const one = await held('gone', {}, { content: 'x' });
  const claim = (by: Caller, case_id: string) => by.call('POST /queues/gone/claim', { case_id });
  expect(await claim(agent, one.case_id)).toMatchObject({
    status: 409,
    body: { code: 'own_request' },
  });
  expect(await claim(desk, one.case_id)).toMatchObject({ status: 200, body: { cases: [{}] } });
  const other = await server.keyFor('reviewer');
  expect(await claim(other, one.case_id)).toMatchObject({
    status: 409,
    body: { code: 'held_by_other' },
  });
  await agent.call(`POST /outputs/${one.id}/cancel`, {});
  for (const refused of [
    await claim(other, one.case_id),
    await decide(one, { verdict: 'approve' }),
  ])
    expect(refused).toMatchObject({
      status: 409,
      body: { code: 'already_resolved', detail: expect.stringContaining('withdrawn') },
    });
  const led = await held(
    'led',
    { policy: { mode: 'always', decided_by: 'lead' } },
    { content: 'x' },
  );
  expect(await claim(desk, led.case_id)).toMatchObject({
    status: 403,
    body: { code: 'not_eligible', needs_role: 'lead' },
  });
});

test('[S6] a refused field goes by the name it was sent by', async () => {
  const sent = (body: object) => agent.call('POST /gates/gone/outputs', { content: 'x', ...body });
  expect(await sent({ callback_url: 'http://127.0.0.1/x' })).toMatchObject({
    status: 422,
    body: { errors: [{ field: 'callback_url' }] },
  });
  expect(await sent({ scores: { a: 7 } })).toMatchObject({
    status: 422,
    body: { errors: [{ field: 'scores.a' }] },
  });
  expect(await agent.call('POST /gates/nowhere/outputs', { content: 'x' })).toMatchObject({
    status: 404,
    body: { detail: 'There is no gate named "nowhere".' },
  });
});

test('[C17] [C15] who passed a case on and why is read by whoever decides it next', async () => {
  const next = await server.keyFor('reviewer');
  const lead = await server.keyFor('lead');
  const viewer = await server.keyFor('viewer');
  const seen = async (by: Caller, { case_id }: Held) =>
    (await by.call<{ passed_on: object[] }>(`GET /cases/${case_id}`)).body.passed_on;
  const told = [{ status: 'cannot_judge', note: 'in Finnish' }];
  for (const of of [1, 2]) {
    const policy = { mode: 'always', quorum: { approvals: of, of } };
    const one = await held(`passed-${of}`, { policy }, { content: 'x' });
    const body = { status: 'cannot_judge', note: 'in Finnish' };
    expect((await desk.call(`POST /cases/${one.case_id}/answers`, body)).status).toBe(200);
    expect(await seen(lead, one)).toMatchObject(told);
    expect(await seen(next, one)).toMatchObject(of === 1 ? told : []);
    expect(await seen(viewer, one)).toEqual([]);
  }
});

test('[S6] what is wrong with a field is said in plain words', async () => {
  const fault = async (body: object) =>
    (await agent.call<{ errors: object[] }>('POST /gates/gone/outputs', body)).body.errors[0];
  expect(await fault({ content: 'x', confidence: 'high' })).toEqual({
    field: 'confidence',
    message: 'must be a number',
  });
  expect(await fault({ action: {} })).toEqual({ field: 'action.name', message: 'is needed' });
  const strict = { ...refund.arguments_schema, additionalProperties: false };
  await held(
    'strict',
    { action: { ...refund, arguments_schema: strict } },
    { action: { name: 'refund' } },
  );
  const sent = { action: { name: 'refund', arguments: { extra: 1 } } };
  expect(await agent.call('POST /gates/strict/outputs', sent)).toMatchObject({
    status: 422,
    body: {
      errors: expect.arrayContaining([
        { field: 'action.arguments.extra', message: 'is not a known argument' },
      ]),
    },
  });
});
