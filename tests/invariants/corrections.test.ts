import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';

let server: TestServer;
let agent: Caller & { id: string };
let desk: Caller & { id: string };
let lead: Caller & { id: string };
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  agent = await server.keyFor('builder');
  desk = await server.keyFor('reviewer');
  lead = await server.keyFor('lead');
  await gate('refunds', { policy: { mode: 'always' } });
});
afterAll(() => server?.stop());

const gate = (name: string, more: object) =>
  agent.call(`PUT /gates/${name}`, {
    action: {
      name: 'refund',
      arguments_schema: {
        type: 'object',
        properties: { amount: { type: 'number', minimum: 0 } },
        required: ['amount'],
      },
    },
    ...more,
  });

interface Held {
  id: string;
  case_id: string;
}
async function held(name = 'refunds', more: object = {}): Promise<Held> {
  const action = { name: 'refund', arguments: { amount: 1200 } };
  return (await agent.call<Held>(`POST /gates/${name}/outputs`, { action, ...more })).body;
}
const say = (by: Caller, { case_id }: Held, values: object) =>
  by.call(`POST /cases/${case_id}/answers`, { values });
const correct = (by: Caller, { case_id }: Held, values: object, more: object = {}) =>
  by.call(`POST /cases/${case_id}/corrections`, { values, reason: 'looked again', ...more });
const claim = ({ id }: Held) => agent.call(`POST /outputs/${id}/claim`);
const outcomeOf = async ({ id }: Held) =>
  (await agent.call<{ outcome: Record<string, unknown> }>(`GET /outputs/${id}`)).body.outcome;

test('[C16] an approval that nobody used is corrected to a rejection and can no longer be claimed', async () => {
  const one = await held();
  const first = await say(desk, one, { verdict: 'approve' });
  const done = await correct(lead, one, { verdict: 'reject' });
  expect(done).toMatchObject({
    status: 201,
    body: {
      claimed_at: null,
      resolution: { kind: 'corrected', outcome: 'rejected', by: [lead.id], reason: 'looked again' },
      case: { state: 'resolved', resolution: { kind: 'corrected' } },
    },
  });
  expect(await claim(one)).toMatchObject({ status: 409, body: { code: 'not_approved' } });
  const { resolution } = first.body as unknown as { resolution: { at: string } };
  expect(await outcomeOf(one)).toMatchObject({
    status: 'rejected',
    reason: 'looked again',
    by: lead.id,
    earlier: [{ status: 'approved', by: desk.id, at: resolution.at, claimed_at: null }],
  });
});

test('[C16] what was claimed is not run again: the outcome says under which decision it was', async () => {
  const one = await held();
  await say(desk, one, { verdict: 'approve' });
  expect((await claim(one)).status).toBe(200);
  const { claimed_at } = (await agent.call<{ claimed_at: string }>(`GET /outputs/${one.id}`)).body;
  const edit = { verdict: 'edit', arguments: { amount: 800 } };
  expect(await correct(lead, one, edit)).toMatchObject({
    status: 201,
    body: { claimed_at, resolution: { outcome: 'edited', diff: [{ from: 1200, to: 800 }] } },
  });
  expect(await claim(one)).toMatchObject({ status: 409, body: { code: 'already_claimed' } });
  await correct(lead, one, { verdict: 'reject' });
  expect(await outcomeOf(one)).toMatchObject({
    status: 'rejected',
    earlier: [
      { status: 'approved', claimed_at },
      { status: 'edited', claimed_at: null },
    ],
  });
});

test('[C16] [O1] a rejection corrected to an edit can be claimed, once, with the corrected bytes', async () => {
  const one = await held();
  await say(desk, one, { verdict: 'reject' });
  await correct(lead, one, { verdict: 'edit', arguments: { amount: 5 } });
  expect(await claim(one)).toMatchObject({
    status: 200,
    body: { action: { arguments: { amount: 5 } }, outcome: { status: 'edited' } },
  });
  expect((await claim(one)).body.code).toBe('already_claimed');
});

test('[C16] the first decision stays as it was said, in the life and in the record', async () => {
  const one = await held();
  await say(desk, one, { verdict: 'approve' });
  await correct(lead, one, { verdict: 'reject' });
  interface Life {
    events: { type: string; actor: string; data: Record<string, unknown> }[];
    resolutions: { id: string; kind: string; outcome: string; by: string[] }[];
  }
  const { events, resolutions } = (await lead.call<Life>(`GET /outputs/${one.id}/life`)).body;
  expect(resolutions).toMatchObject([
    { kind: 'single', outcome: 'approved', by: [desk.id] },
    { kind: 'corrected', outcome: 'rejected', by: [lead.id] },
  ]);
  const [first, second] = resolutions;
  const corrected = events.filter(({ type }) => type.endsWith('.corrected'));
  expect(corrected).toMatchObject([
    {
      type: 'case.corrected',
      actor: lead.id,
      data: { corrects: first?.id, resolution_id: second?.id, was: 'approved' },
    },
    { type: 'output.corrected', data: { was: 'approved', status: 'rejected', claimed: false } },
  ]);
  expect(JSON.stringify(events)).not.toContain('looked again');
  const audit = await lead.call<{ rows: { type: string }[] }>(`GET /audit?subject=${one.case_id}`);
  expect(audit.body.rows.map(({ type }) => type)).toContain('case.corrected');
});

test.each<[string, () => Promise<Held>, () => Caller, object, object, number, string]>([
  ['by a reviewer', decided, () => desk, { verdict: 'reject' }, {}, 403, 'forbidden'],
  ['by whoever asked', decided, () => agent, { verdict: 'reject' }, {}, 409, 'own_request'],
  ['of what waits', held, () => lead, { verdict: 'reject' }, {}, 409, 'not_decided'],
  ['without a reason', decided, () => lead, { verdict: 'reject' }, { reason: ' ' }, 422, 'invalid'],
  ['that says the same', decided, () => lead, { verdict: 'approve' }, {}, 422, 'invalid'],
  [
    'that the schema refuses',
    decided,
    () => lead,
    { verdict: 'edit', arguments: { amount: -1 } },
    {},
    422,
    'invalid',
  ],
  [
    'of a decision that no longer stands',
    decided,
    () => lead,
    { verdict: 'reject' },
    { resolution_id: 'res_00000000000000000000000000' },
    409,
    'stale',
  ],
])(
  '[C16] a correction %s is refused, and nothing changes',
  async (_what, make, by, values, more, status, code) => {
    const one = await make();
    const before = await outcomeOf(one);
    expect(await correct(by(), one, values, more)).toMatchObject({ status, body: { code } });
    expect(await outcomeOf(one)).toEqual(before);
  },
);
async function decided(): Promise<Held> {
  const one = await held();
  await say(desk, one, { verdict: 'approve' });
  return one;
}

test('[C16] one alone cannot let out what the policy asks several people for, but may stop it', async () => {
  await gate('two', { policy: { mode: 'always', quorum: { approvals: 2, of: 2 } } });
  const one = await held('two');
  await say(desk, one, { verdict: 'reject' });
  expect((await outcomeOf(one)).status).toBe('rejected');
  expect(await correct(lead, one, { verdict: 'approve' })).toMatchObject({
    status: 403,
    body: { code: 'not_eligible' },
  });
  const other = await held('two');
  const second = await server.keyFor('reviewer');
  await say(desk, other, { verdict: 'approve' });
  await say(second, other, { verdict: 'approve' });
  expect((await outcomeOf(other)).status).toBe('approved');
  expect((await correct(lead, other, { verdict: 'reject' })).status).toBe(201);
  await gate('by-admin', { policy: { mode: 'always', quorum: { of: 1, roles: { admin: 1 } } } });
  const admin = await server.keyFor('admin');
  const third = await held('by-admin');
  await say(admin, third, { verdict: 'reject' });
  expect((await correct(lead, third, { verdict: 'approve' })).body.code).toBe('not_eligible');
  expect((await correct(admin, third, { verdict: 'approve' })).status).toBe(201);
});

test('[C16] a label is corrected too, and a question without an output', async () => {
  const form = {
    questions: [{ kind: 'choice', name: 'spam', options: [{ value: 'yes' }, { value: 'no' }] }],
  };
  const parts = [{ kind: 'text', name: 'mail', text: 'win a lamp' }];
  const asked = await agent.call<{ id: string }>('POST /cases', { parts, form });
  const one = { id: '', case_id: asked.body.id };
  await say(desk, one, { spam: 'no' });
  expect(await correct(lead, one, { spam: 'yes' })).toMatchObject({
    status: 201,
    body: { claimed_at: null, resolution: { outcome: 'answered', values: { spam: 'yes' } } },
  });
  expect((await correct(lead, one, { spam: 'perhaps' })).status).toBe(422);
});

test('[C16] [C12] while it can be undone it is undone, not corrected', async () => {
  await gate('slow', { policy: { mode: 'always', undo_ms: 60_000 } });
  const one = await held('slow');
  await say(desk, one, { verdict: 'approve' });
  expect(await correct(lead, one, { verdict: 'reject' })).toMatchObject({
    status: 409,
    body: { code: 'undo_open' },
  });
  expect((await lead.call(`POST /cases/${one.case_id}/undo`)).status).toBe(200);
});

test('[O8] a claim in the time to undo says until when, and not what was decided', async () => {
  await gate('slow', { policy: { mode: 'always', undo_ms: 60_000 } });
  const one = await held('slow');
  expect((await claim(one)).body.code).toBe('not_decided');
  await say(desk, one, { verdict: 'reject' });
  const { undo_until } = (await agent.call<{ undo_until: string }>(`GET /outputs/${one.id}`)).body;
  const early = await claim(one);
  expect(early).toMatchObject({
    status: 409,
    body: { code: 'undo_open', retry_at: undo_until },
  });
  const seconds = Number(early.headers.get('retry-after'));
  expect(seconds).toBeGreaterThan(1);
  expect(seconds).toBeLessThanOrEqual(61);
  expect(JSON.stringify(early.body)).not.toMatch(/reject/);
});

test('[O3] what was rejected cannot be claimed, and the claim says so', async () => {
  const one = await held();
  await say(desk, one, { verdict: 'reject' });
  expect(await claim(one)).toMatchObject({
    status: 409,
    body: { code: 'not_approved', outcome: 'rejected', output_id: one.id },
  });
});

test('[C16] [O2] of a claim and a correction at the same time exactly one wins', async () => {
  let claimed = 0;
  let withdrawn = 0;
  for (let round = 0; round < 40; round++) {
    const one = await decided();
    const [right, correction] = await Promise.all([
      claim(one),
      correct(lead, one, { verdict: 'reject' }),
    ]);
    expect(correction.status).toBe(201);
    const { claimed_at } = correction.body as unknown as { claimed_at: string | null };
    expect(right.status).toBe(claimed_at === null ? 409 : 200);
    if (claimed_at === null) expect(right.body.code).toBe('not_approved');
    expect(await outcomeOf(one)).toMatchObject({
      status: 'rejected',
      earlier: [{ status: 'approved', claimed_at }],
    });
    claimed += claimed_at === null ? 0 : 1;
    withdrawn += claimed_at === null ? 1 : 0;
    expect((await claim(one)).body.code).toBe('not_approved');
  }
  expect(claimed + withdrawn).toBe(40);
});

test('[C16] [C1] of two corrections of the same decision that name it, one wins', async () => {
  const one = await held();
  const said = await say(desk, one, { verdict: 'approve' });
  const { resolution } = said.body as unknown as { resolution: { id: string } };
  const more = { resolution_id: resolution.id };
  const both = await Promise.all([
    correct(lead, one, { verdict: 'reject' }, more),
    correct(lead, one, { verdict: 'edit', arguments: { amount: 1 } }, more),
  ]);
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409]);
  expect(both.find(({ status }) => status === 409)?.body.code).toBe('stale');
});

test('[C15] skipping and not judging need a reason, and it is named', async () => {
  const one = await held();
  for (const status of ['skipped', 'cannot_judge']) {
    for (const note of [undefined, '', '  ']) {
      const reply = await desk.call(`POST /cases/${one.case_id}/answers`, { status, note });
      expect(reply).toMatchObject({ status: 422, body: { errors: [{ field: 'note' }] } });
    }
  }
  const reply = await desk.call(`POST /cases/${one.case_id}/answers`, {
    status: 'skipped',
    note: 'not in my language',
  });
  expect(reply.status).toBe(200);
});

test('[C15] what someone passed on stands in nobody else’s way, and not in theirs', async () => {
  const listed = async (by: Caller, query: string) =>
    (await by.call<{ rows: { id: string }[] }>(`GET /cases?queue=picky&${query}`)).body.rows.map(
      ({ id }) => id,
    );
  await gate('picky', { queue: 'picky', policy: { mode: 'always' } });
  const one = await held('picky');
  await desk.call(`POST /cases/${one.case_id}/answers`, { status: 'skipped', note: 'a friend’s' });
  expect(await listed(desk, 'view=waiting')).toEqual([]);
  expect(await listed(lead, 'view=waiting')).toEqual([one.case_id]);
  expect(await listed(desk, 'state=waiting')).toEqual([one.case_id]);
  expect((await desk.call('POST /queues/picky/claim', {})).body).toEqual({ cases: [] });
});

test('[L4] claiming the case one holds holds it longer, under the same epoch', async () => {
  const one = await held();
  const take = async (by: Caller) =>
    (
      await by.call<{ cases: { lease: { epoch: number; expires_at: string } }[] }>(
        'POST /queues/*/claim',
        { case_id: one.case_id },
      )
    ).body.cases?.[0]?.lease;
  const first = await take(desk);
  const again = await take(desk);
  expect(again?.epoch).toBe(first?.epoch);
  expect(again?.expires_at.localeCompare(first?.expires_at ?? '')).toBeGreaterThanOrEqual(0);
  expect(await take(lead)).toBeUndefined();
  const done = await desk.call(`POST /cases/${one.case_id}/answers`, {
    epoch: first?.epoch,
    values: { verdict: 'approve' },
  });
  expect(done.status).toBe(200);
});
