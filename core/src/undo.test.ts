import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AnswerRecord, Docket } from './docket.ts';
import { verdictForm } from './form.ts';
import { Policy, Quorum } from './gate.ts';
import { firstPlace } from './quorum.ts';
import { isRefusal } from './refusal.ts';
import { settle } from './resolution.ts';
import type { Role } from './role.ts';
import { fromMs } from './time.ts';
import { takeBack } from './undo.ts';

const now = fromMs(0);
interface Said {
  by: string;
  verdict: 'approve' | 'edit' | 'reject';
  role: Role;
}
const answerOf = ({ by, verdict, role }: Said): AnswerRecord => ({
  id: `ans_${by}`,
  case_id: 'case_1',
  rater: by,
  rater_kind: 'member',
  role,
  epoch: 1,
  status: 'submitted',
  values: { verdict, ...(verdict === 'edit' ? { arguments: { amount: 1 } } : {}) },
  note: null,
  shown_suggestion: false,
  spent_ms: 0,
  at: now,
});

/** A waiting case, with what a policy asks beside its quorum. */
const started = (quorum: Quorum, more: object = {}, record: object = {}): Docket => {
  const policy = Policy.parse({ mode: 'always', quorum, ...more });
  return {
    record: {
      id: 'case_1',
      state: 'waiting',
      kind: 'review',
      needs_role: policy.decided_by,
      wanted: quorum.of,
      open_slots: quorum.of,
      place_role: firstPlace(verdictForm('arguments'), quorum, policy.decided_by) ?? null,
      adjudicating: false,
      rung: 0,
      created_at: now,
      due_at: null,
      next_at: null,
      ...record,
    },
    leases: [],
    answers: [],
    resolution: null,
    form: verdictForm('arguments'),
    quorum,
    policy,
    proposed: { action: { name: 'refund', arguments: { amount: 9 } }, content: null },
    spec: null,
  } as unknown as Docket;
};

function said(docket: Docket, votes: readonly Said[]): Docket {
  let open = docket;
  for (const vote of votes) {
    const answers = [...open.answers, answerOf(vote)];
    if (!open.resolution) open = settle({ ...open, answers }, 'res_1', now);
  }
  return open;
}
const rater = (id: string, role: Role = 'reviewer') => ({ id, role, kind: 'member' as const });
const state = ({ record, resolution }: Docket) => ({
  state: record.state,
  wanted: record.wanted,
  open_slots: record.open_slots,
  place_role: record.place_role,
  adjudicating: record.adjudicating,
  needs_role: record.needs_role,
  by: resolution?.by,
});

const role = fc.constantFrom<Role>('reviewer', 'lead', 'admin');
const rule = fc
  .record({
    of: fc.integer({ min: 1, max: 4 }),
    less: fc.integer({ min: 0, max: 3 }),
    roles: fc.dictionary(role, fc.integer({ min: 1, max: 2 }), { maxKeys: 2 }),
    veto: fc.option(role, { nil: null }),
  })
  .map(({ of, less, roles, veto }) =>
    Quorum.parse({ of, approvals: Math.max(1, of - less), roles, veto }),
  );
const votes = fc
  .array(
    fc.record({
      verdict: fc.constantFrom<Said['verdict']>('approve', 'approve', 'edit', 'reject'),
      role,
    }),
    { maxLength: 9 },
  )
  .map((all) => all.map((one, at) => ({ ...one, by: `rater ${at}` })));

test('[C18] whoever takes their answer back leaves the case as if they had never given it', () => {
  fc.assert(
    fc.property(rule, votes, (quorum, all) => {
      const decided = said(started(quorum), all);
      for (const by of decided.resolution?.by ?? []) {
        const before = decided.answers.filter((one) => one.rater !== by);
        const { docket, taken } = takeBack(decided, rater(by), 'res_2', now);
        expect(taken.map((answer) => answer.rater)).toEqual([by]);
        expect(docket.answers).toEqual(before);
        const others = all.slice(0, decided.answers.length).filter((one) => one.by !== by);
        expect(state(docket)).toEqual(state(said(started(quorum), others)));
      }
    }),
    { numRuns: 2_000 },
  );
});

const approve = (by: string, as: Role = 'reviewer'): Said => ({ by, verdict: 'approve', role: as });
const reject = (by: string, as: Role = 'reviewer'): Said => ({ by, verdict: 'reject', role: as });
const edit = (by: string, as: Role = 'reviewer'): Said => ({ by, verdict: 'edit', role: as });
const two_of_three = Quorum.parse({ approvals: 2, of: 3 });

test('[C18] an adjudicator’s answer taken back leaves the others’, and asks for another adjudicator', () => {
  const decided = said(started(two_of_three), [
    approve('ana'),
    edit('bob'),
    reject('cyd'),
    approve('lea', 'lead'),
  ]);
  expect(decided.resolution).toMatchObject({ kind: 'adjudicated', by: ['lea'] });
  const { docket } = takeBack(decided, rater('lea', 'lead'), 'res_2', now);
  expect(state(docket)).toMatchObject({
    state: 'waiting',
    adjudicating: true,
    needs_role: 'lead',
    wanted: 4,
    open_slots: 1,
  });
});

test('[C18] a veto taken back leaves what was said before it', () => {
  const quorum = Quorum.parse({ approvals: 2, of: 3, veto: 'lead' });
  const decided = said(started(quorum), [approve('ana'), reject('lea', 'lead')]);
  expect(decided.resolution).toMatchObject({ outcome: 'rejected', by: ['lea'] });
  const { docket } = takeBack(decided, rater('lea', 'lead'), 'res_2', now);
  expect(docket.answers.map((one) => one.rater)).toEqual(['ana']);
  expect(said(docket, [approve('bob')]).resolution).toMatchObject({ by: ['ana', 'bob'] });
});

test('[C18] where the others settle it without the answer taken back, they have decided it', () => {
  const quorum = Quorum.parse({ approvals: 2, of: 3, roles: { lead: 1 } });
  const decided = said(started(quorum), [approve('ana'), approve('bob'), approve('lea', 'lead')]);
  expect(decided.resolution?.by).toEqual(['ana', 'bob', 'lea']);
  const again = takeBack(decided, rater('ana'), 'res_2', now).docket;
  expect(again.resolution).toMatchObject({ id: 'res_2', outcome: 'approved', by: ['bob', 'lea'] });
  const { docket } = takeBack(again, rater('lea', 'lead'), 'res_3', now);
  // What is left is one approval, and the next place but one is kept for a lead again.
  expect(state(docket)).toMatchObject({ state: 'waiting', wanted: 3, needs_role: 'reviewer' });
  expect(docket.answers.map((one) => one.rater)).toEqual(['bob']);
});

test('[C18] a lead who gave no answer takes the decision back, with what it stands on and no more', () => {
  const decided = said(started(two_of_three), [edit('ana'), approve('bob'), approve('cyd')]);
  const { docket, taken } = takeBack(decided, rater('lea', 'lead'), 'res_2', now);
  expect(taken.map((one) => one.rater)).toEqual(['bob', 'cyd']);
  expect(docket.answers.map((one) => one.rater)).toEqual(['ana']);
});

test('[C18] [C13] what the ladder and those who could not judge it asked for stays asked for', () => {
  const ladder = [
    { after_ms: 1, do: 'remind' },
    { after_ms: 2, do: 'escalate', role: 'builder' },
    { after_ms: 3, do: 'escalate', role: 'admin' },
  ];
  const more = { deadline: { ladder } };
  const one = Quorum.parse({});
  const climbed = started(one, more, { rung: 2, needs_role: 'builder' });
  const decided = said(climbed, [approve('bea', 'builder')]);
  const back = takeBack(decided, rater('bea', 'builder'), 'res_2', now).docket;
  expect(back.record).toMatchObject({ needs_role: 'builder', rung: 2, next_at: fromMs(3) });

  const unsure = { ...answerOf(approve('ana')), status: 'cannot_judge' as const };
  const raised = started(one, {}, { needs_role: 'lead' });
  const judged = said({ ...raised, answers: [unsure] }, [approve('lea', 'lead')]);
  const again = takeBack(judged, rater('lea', 'lead'), 'res_2', now).docket;
  expect(again.record).toMatchObject({ needs_role: 'lead', open_slots: 1 });
});

test.each([
  ['another rater who said otherwise', rater('cyd'), 'forbidden'],
  ['a stranger', rater('dan'), 'forbidden'],
])('[C12] %s takes nothing back', (_who, by, code) => {
  const decided = said(started(two_of_three), [reject('cyd'), approve('ana'), approve('bob')]);
  let refused: unknown;
  try {
    takeBack(decided, by, 'res_2', now);
  } catch (thrown) {
    refused = thrown;
  }
  expect(isRefusal(refused) && refused.code).toBe(code);
});
