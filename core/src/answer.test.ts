import { expect, test } from 'vitest';
import { type Rater, takeAnswer } from './answer.ts';
import { AnswerSubmission } from './case.ts';
import type { Docket } from './docket.ts';
import { verdictForm } from './form.ts';
import { Policy, Quorum } from './gate.ts';
import { isRefusal, type Refusal } from './refusal.ts';
import { expire, outcomeOf } from './resolution.ts';
import type { Role } from './role.ts';
import { fromMs, plus } from './time.ts';

const t0 = fromMs(Date.UTC(2026, 0, 1));
const at = (ms: number) => plus(t0, ms);
const ids = { answer: 'ans_1', resolution: 'res_1' };
const rater = (id: string, role: Role = 'reviewer'): Rater => ({ id, kind: 'member', role });
const held = (id: string, epoch = 1, until_ms = 1_000) => ({
  case_id: 'case_1',
  rater: id,
  role: 'reviewer' as const,
  epoch,
  expires_at: at(until_ms),
});

type Given = Partial<Omit<Docket, 'policy' | 'record'>> & { policy?: object; record?: object };

/** A case about a refund of 1,200, waiting, with whatever a test says otherwise. */
function docketOf(given: Given = {}): Docket {
  const { policy: own, record, ...rest } = given;
  const policy = Policy.parse({ mode: 'always', ...own });
  const { of } = policy.quorum;
  const docket: Docket = {
    record: {
      id: 'case_1',
      workspace_id: 'ws_1',
      kind: 'review',
      state: 'waiting',
      queue: 'default',
      gate: 'refunds',
      policy_version: 1,
      output_id: 'out_1',
      requested_by: 'agent',
      own_request_allowed: policy.own_request_allowed,
      assigned_to: null,
      needs_role: policy.decided_by,
      wanted: of,
      open_slots: of,
      place_role: null,
      adjudicating: false,
      epoch: 0,
      priority: 0,
      created_at: t0,
      due_at: null,
      rung: 0,
      next_at: null,
      stranded_at: null,
      ...record,
    },
    leases: [],
    answers: [],
    resolution: null,
    parts: null,
    form: verdictForm('arguments'),
    quorum: policy.quorum,
    policy,
    proposed: {
      action: { name: 'refund', arguments: { order: 'A-1', amount: 1_200 } },
      input: null,
      content: null,
    },
    spec: {
      name: 'refund',
      arguments_schema: {
        type: 'object',
        properties: { order: { type: 'string' }, amount: { type: 'number', minimum: 0 } },
        required: ['order', 'amount'],
        additionalProperties: false,
      },
    },
    ...rest,
  };
  return docket;
}

const says = (verdict: string, more: object = {}): AnswerSubmission =>
  AnswerSubmission.parse({ values: { verdict, ...more } });
const take = (docket: Docket, by: Rater, body: AnswerSubmission, ms = 0) =>
  takeAnswer(docket, by, body, ids, at(ms)).docket;
const refusalOf = (work: () => unknown): Refusal => {
  try {
    work();
  } catch (thrown) {
    if (isRefusal(thrown)) return thrown;
    throw thrown;
  }
  throw new Error('nothing was refused');
};

test('[C1] the second decision is refused and told who won', () => {
  const done = take(docketOf(), rater('ana'), says('approve'));
  expect(done.resolution).toMatchObject({ outcome: 'approved', kind: 'single', by: ['ana'] });
  const refusal = refusalOf(() => take(done, rater('bob'), says('reject')));
  expect(refusal).toMatchObject({
    code: 'already_resolved',
    facts: { resolution: { outcome: 'approved', by: ['ana'], at: t0 } },
  });
});

test.each([
  ['the requester', {}, 'own_request'],
  ['the requester, where the policy allows it', { own_request_allowed: true }, null],
])('[C3] %s', (_who, policy, code) => {
  const decide = () => take(docketOf({ policy }), rater('agent', 'admin'), says('approve'));
  if (code) expect(refusalOf(decide).code).toBe(code);
  else expect(decide().resolution?.outcome).toBe('approved');
});

test('[C3] whoever asks a question may answer it', () => {
  const record = { kind: 'question', own_request_allowed: true };
  const asked = docketOf({ record, proposed: null, spec: null, policy: {} });
  expect(
    take({ ...asked, policy: null }, rater('agent'), says('approve')).resolution,
  ).not.toBeNull();
});

test('[C4] a rater counts once, however often they skip before', () => {
  const policy = { quorum: { approvals: 2, of: 2 } };
  const skipped = take(
    docketOf({ policy }),
    rater('ana'),
    AnswerSubmission.parse({ status: 'skipped', note: 'busy' }),
  );
  const once = take(skipped, rater('ana'), says('approve'));
  expect(once.record.state).toBe('waiting');
  expect(refusalOf(() => take(once, rater('ana'), says('approve'))).code).toBe('already_answered');
});

test.each<[Role, Role, boolean]>([
  ['reviewer', 'viewer', false],
  ['reviewer', 'reviewer', true],
  ['lead', 'reviewer', false],
  ['lead', 'lead', true],
  ['lead', 'admin', true],
  ['admin', 'builder', false],
])('[C6] a case for a %s, answered by a %s: %s', (needs, role, allowed) => {
  const docket = docketOf({ policy: { decided_by: needs } });
  const decide = () => take(docket, rater('ana', role), says('approve'));
  if (allowed) expect(decide().record.state).toBe('resolved');
  else
    expect(refusalOf(decide)).toMatchObject({ code: 'not_eligible', facts: { needs_role: needs } });
});

test('[C6] who cannot judge sends it to a lead, and nothing sends it lower', () => {
  const cannot = AnswerSubmission.parse({ status: 'cannot_judge', note: 'unclear' });
  expect(take(docketOf(), rater('ana'), cannot).record.needs_role).toBe('lead');
  const high = docketOf({ policy: { decided_by: 'builder' } });
  expect(take(high, rater('ana', 'admin'), cannot).record.needs_role).toBe('builder');
  const policy = { decided_by: 'lead', quorum: { roles: { reviewer: 3 } } };
  expect(take(docketOf({ policy }), rater('ana', 'lead'), says('approve')).record).toMatchObject({
    needs_role: 'lead',
    wanted: 2,
    adjudicating: false,
  });
});

test.each<[string, object, string[]]>([
  ['no verdict', {}, ['values.verdict']],
  ['an unknown verdict', { verdict: 'maybe' }, ['values.verdict']],
  ['an edit that says nothing', { verdict: 'edit' }, ['values.arguments']],
  ['an edit of the wrong kind', { verdict: 'edit', arguments: 5 }, ['values.arguments']],
  [
    'an edit outside the schema',
    { verdict: 'edit', arguments: { order: 1, amount: -1, more: true } },
    ['values.arguments.order', 'values.arguments.amount', 'values.arguments'],
  ],
  ['arguments beside an approval', { verdict: 'approve', arguments: {} }, ['values.arguments']],
  ['something nobody asked', { verdict: 'approve', colour: 'red' }, ['values.colour']],
])('[C8] %s is refused, each field named', (_what, values, fields) => {
  const body = AnswerSubmission.parse({ values });
  const { code, facts } = refusalOf(() => take(docketOf(), rater('ana'), body));
  expect(code).toBe('invalid');
  const named = (facts.errors as { field: string }[]).map(({ field }) => field);
  for (const field of fields) expect(named).toContain(field);
});

test('[C8] an edit that changes nothing is an approval; one that does keeps its diff', () => {
  const same = says('edit', { arguments: { amount: 1_200, order: 'A-1' } });
  expect(take(docketOf(), rater('ana'), same).resolution).toMatchObject({
    outcome: 'approved',
    diff: [],
  });
  const less = says('edit', { arguments: { amount: 800, order: 'A-1' } });
  expect(take(docketOf(), rater('ana'), less).resolution).toMatchObject({
    outcome: 'edited',
    diff: [{ path: 'amount', from: 1_200, to: 800 }],
  });
});

test('[C8] a schema that cannot be walked lets no edit through', () => {
  const endless = { type: 'object', properties: { a: { $ref: '#/properties/a' } } };
  const docket = docketOf({ spec: { name: 'refund', arguments_schema: endless } });
  const body = says('edit', { arguments: { a: 1 } });
  expect(refusalOf(() => take(docket, rater('ana'), body)).code).toBe('invalid');
});

test.each([
  ['its own epoch, in time', held('ana', 3), 3, 999, null],
  ['its own epoch, at the very end', held('ana', 3), 3, 1_000, 'lease_lost'],
  ['an older epoch', held('ana', 3), 2, 0, 'lease_lost'],
  ['a newer epoch', held('ana', 3), 4, 0, 'lease_lost'],
  ['another’s lease', held('bob', 3), 3, 0, 'lease_lost'],
])('[L2] an answer under %s', (_what, lease, epoch, ms, code) => {
  const docket = docketOf({ leases: [lease], record: { epoch: 3 } });
  const body = { ...says('approve'), epoch };
  if (code) expect(refusalOf(() => take(docket, rater('ana'), body, ms)).code).toBe(code);
  else expect(take(docket, rater('ana'), body, ms).record.state).toBe('resolved');
});

test('[L1] without a lease an answer takes a free place, and only a free one', () => {
  const free = take(docketOf({ record: { epoch: 6 } }), rater('ana'), says('approve'));
  expect(free.answers[0]?.epoch).toBe(7);
  const taken = docketOf({ leases: [held('bob')] });
  expect(refusalOf(() => take(taken, rater('ana'), says('approve')))).toMatchObject({
    code: 'held_by_other',
    facts: { until: at(1_000) },
  });
  expect(take(taken, rater('ana'), says('approve'), 1_000).record.state).toBe('resolved');
  const assigned = docketOf({ record: { assigned_to: 'bob' } });
  expect(refusalOf(() => take(assigned, rater('ana'), says('approve'))).code).toBe('held_by_other');
  expect(take(assigned, rater('bob'), says('approve')).record.state).toBe('resolved');
});

test('[L3] a lapsed lease goes with the recount, so that its place is never given twice', () => {
  const policy = { quorum: { approvals: 3, of: 3 } };
  const leases = [held('bob', 1, 10), held('cyn', 2, 1_000)];
  const after = take(
    docketOf({ policy, leases, record: { open_slots: 1 } }),
    rater('ana'),
    says('approve'),
    10,
  );
  expect(after.leases.map((lease) => lease.rater)).toEqual(['cyn']);
  expect(after.record.open_slots).toBe(1);
});

test('[C7] a skip settles nothing: an adjudication still waits for its adjudicator', () => {
  const policy = { quorum: { approvals: 2, of: 2 } };
  const split = take(
    take(docketOf({ policy }), rater('ana'), says('approve')),
    rater('bob'),
    says('edit', { arguments: { order: 'A-1', amount: 5 } }),
  );
  expect(split.record).toMatchObject({ adjudicating: true, needs_role: 'lead', open_slots: 1 });
  for (const status of ['skipped', 'cannot_judge'] as const) {
    const after = take(
      split,
      rater('lea', 'lead'),
      AnswerSubmission.parse({ status, note: 'unclear' }),
    );
    expect(after).toMatchObject({ resolution: null, record: { state: 'waiting', open_slots: 1 } });
  }
  expect(refusalOf(() => take(split, rater('cyn'), says('approve'))).code).toBe('not_eligible');
  const done = take(split, rater('lea', 'lead'), says('approve'));
  expect(done.resolution).toMatchObject({ kind: 'adjudicated', outcome: 'approved', by: ['lea'] });
});

test.each([
  ['none', {}, undefined],
  ['reject', { fallback: 'reject' }, undefined],
  ['approve', { fallback: 'approve', approve_in_words: 'small sums' }, 1_200],
])('[C9] time up with the fallback %s', (fallback, deadline, amount) => {
  const policy = { deadline: { expire_after_ms: 500, ...deadline } };
  const docket = docketOf({ policy, record: { due_at: at(500) } });
  const done = expire(docket, 'res_1', at(500));
  expect(done.resolution).toMatchObject({
    kind: 'expired',
    outcome: 'expired',
    by: [],
    values: null,
  });
  const outcome = outcomeOf('review', done.resolution as never, done);
  expect(outcome).toMatchObject({ status: 'expired', fallback });
  expect(outcome?.action?.arguments.amount).toBe(amount);
  expect(refusalOf(() => take(done, rater('ana'), says('approve'))).code).toBe('already_resolved');
});

test('[G87] time up at a gate that keeps a promise lets nothing run, whatever its policy once said', () => {
  const deadline = { expire_after_ms: 500, fallback: 'approve', approve_in_words: 'small sums' };
  const policy = { mode: 'guaranteed', alpha: 0.1, delta: 0.1, deadline };
  const done = expire(docketOf({ policy, record: { due_at: at(500) } }), 'res_1', at(500));
  expect(done.resolution?.reason).toBe(null);
  const outcome = outcomeOf('review', done.resolution as never, done);
  expect(outcome).toEqual({ status: 'expired', fallback: 'none', by: 'system', at: at(500) });
});

test.each([
  ['shorter', 499, 'none', null],
  ['as long', 500, 'approve', 'small sums'],
  ['longer', 900, 'approve', 'small sums'],
])(
  '[C20] a time of the caller’s own that is %s than the policy’s',
  (_how, own_ms, fallback, why) => {
    const deadline = { expire_after_ms: 500, fallback: 'approve', approve_in_words: 'small sums' };
    const docket = docketOf({ policy: { deadline }, record: { due_at: at(own_ms) } });
    const done = expire(docket, 'res_1', at(own_ms));
    expect(done.resolution?.reason).toBe(why);
    const outcome = outcomeOf('review', done.resolution as never, done);
    expect(outcome).toMatchObject({ status: 'expired', fallback });
    expect(outcome?.action === undefined).toBe(fallback === 'none');
  },
);

test('[C9] without a policy time running out approves nothing', () => {
  const done = expire({ ...docketOf(), policy: null }, 'res_1', t0);
  const outcome = outcomeOf('review', done.resolution as never, { ...done, policy: null });
  expect(outcome).toEqual({ status: 'expired', fallback: 'none', by: 'system', at: t0 });
});

test('[O1] what an outcome lets run is what was asked, or the edit and nothing else', () => {
  const outcome = (verdict: string, more?: object) => {
    const done = take(docketOf(), rater('ana'), says(verdict, more));
    return outcomeOf('review', done.resolution as never, done);
  };
  expect(outcome('approve')?.action?.arguments).toEqual({ order: 'A-1', amount: 1_200 });
  expect(outcome('reject')?.action).toBeUndefined();
  const edited = { order: 'A-1', amount: 1 };
  expect(outcome('edit', { arguments: edited })?.action).toEqual({
    name: 'refund',
    arguments: edited,
  });
  const done = take(docketOf(), rater('ana'), says('approve'));
  for (const kind of ['spot_check', 'question'] as const) {
    expect(outcomeOf(kind, done.resolution as never, done)).toBeNull();
  }
});

test('[C2] a quorum’s defaults ask one person', () => {
  expect(Quorum.parse({})).toEqual({
    ...{ approvals: 1, of: 1, roles: {}, veto: null },
    second_opinion: 'never',
  });
});
