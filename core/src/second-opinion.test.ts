import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AnswerRecord, Docket } from './docket.ts';
import { answer_form, verdictForm } from './form.ts';
import { Policy } from './gate.ts';
import { settle } from './resolution.ts';
import type { Role } from './role.ts';
import { asksApart } from './shown.ts';
import { fromMs } from './time.ts';
import { takeBack } from './undo.ts';

const now = fromMs(0);
const policy = Policy.parse({
  mode: 'always',
  quorum: { second_opinion: 'on_disagreement', veto: 'admin' },
  undo_ms: 60_000,
});

const started = (more: object = {}): Docket =>
  ({
    record: {
      id: 'case_1',
      state: 'waiting',
      kind: 'review',
      needs_role: 'reviewer',
      wanted: 1,
      open_slots: 1,
      place_role: null,
      adjudicating: false,
      created_at: now,
      due_at: null,
      rung: 0,
    },
    leases: [],
    answers: [],
    resolution: null,
    form: verdictForm('arguments'),
    quorum: policy.quorum,
    policy,
    proposed: { action: { name: 'refund', arguments: { amount: 9 } }, content: null },
    spec: null,
    ...more,
  }) as unknown as Docket;

const say = (docket: Docket, values: object, role: Role = 'reviewer'): Docket => {
  const index = docket.answers.length;
  const answer = {
    id: `ans_${index}`,
    rater: `rater ${index}`,
    rater_kind: 'member',
    role,
    status: 'submitted',
    values: { ...values, ...('verdict' in values ? { reason: `because ${index}` } : {}) },
    note: null,
    at: now,
  } as unknown as AnswerRecord;
  return settle({ ...docket, answers: [...docket.answers, answer] }, `res_${index}`, now);
};
const approve = { verdict: 'approve' };
const reject = { verdict: 'reject' };
const edit = (amount: number) => ({ verdict: 'edit', arguments: { amount } });
const after = (...said: object[]) =>
  said.reduce<Docket>((docket, one) => say(docket, one), started());

test('[G70] who agrees with the AI decides alone; who does not is followed by a second', () => {
  expect(after(approve).resolution).toMatchObject({ kind: 'single', outcome: 'approved' });
  for (const other of [reject, edit(5)]) {
    const open = after(other);
    expect(open.resolution).toBeNull();
    expect(open.record).toMatchObject({
      ...{ state: 'waiting', wanted: 2, open_slots: 1 },
      ...{ adjudicating: false, needs_role: 'reviewer' },
    });
    expect(asksApart(open)).toBe(true);
  }
  expect(asksApart(started())).toBe(false);
});

test.each<[string, object[], { by: number[]; kind: string; outcome: string }]>([
  ['both reject', [reject, reject], { kind: 'quorum', outcome: 'rejected', by: [0, 1] }],
  ['both edit alike', [edit(5), edit(5)], { kind: 'quorum', outcome: 'edited', by: [0, 1] }],
  ['second with the AI', [reject, approve], { kind: 'quorum', outcome: 'approved', by: [1] }],
  ['second with the AI', [edit(5), approve], { kind: 'quorum', outcome: 'approved', by: [1] }],
])('[G70] two of three decide: %s', (_what, said, { by, ...come }) => {
  const { resolution, record } = after(...said);
  const raters = by.map((index) => `rater ${index}`);
  expect(resolution).toMatchObject({ ...come, by: raters });
  expect(record.state).toBe('resolved');
});

test('[G70] where all three differ a lead decides, and a veto holds', () => {
  for (const said of [
    [reject, edit(5)],
    [edit(5), reject],
    [edit(5), edit(6)],
  ]) {
    const open = after(...said);
    expect(open.resolution).toBeNull();
    expect(open.record).toMatchObject({ adjudicating: true, needs_role: 'lead', wanted: 3 });
    const end = say(open, edit(7), 'lead');
    expect(end.resolution).toMatchObject({ kind: 'adjudicated', outcome: 'edited' });
  }
  expect(say(started(), reject, 'admin').resolution).toMatchObject({ outcome: 'rejected' });
});

test('[G70] other forms are compared with what the AI answered; without it the first decides', () => {
  const asking = (content: unknown) =>
    started({ form: answer_form, proposed: { action: null, input: null, content } });
  const name = answer_form.questions[0]?.name as string;
  expect(say(asking('yes'), { [name]: 'yes' }).resolution).toMatchObject({ agreed: true });
  const open = say(asking('yes'), { [name]: 'no' });
  expect(open.resolution).toBeNull();
  expect(say(open, { [name]: 'no' }).resolution).toMatchObject({ agreed: false, kind: 'quorum' });
  expect(say(open, { [name]: 'yes' }).resolution).toMatchObject({ agreed: true });
  expect(say(open, { [name]: 'else' }).record.adjudicating).toBe(true);
  expect(say(asking(null), { [name]: 'no' }).resolution).toMatchObject({ agreed: null });
});

test('[G70] what is taken back leaves the case as if it had never been said', () => {
  const decided = after(reject, approve);
  const by = { id: 'rater 1', kind: 'member' as const, role: 'reviewer' as const };
  const { docket } = takeBack(decided, by, 'res_9', now);
  expect(docket.record).toMatchObject({ state: 'waiting', wanted: 2, open_slots: 1 });
  const alone = { ...by, id: 'rater 0' };
  const both = takeBack(after(reject, reject), alone, 'res_9', now).docket;
  expect(both.record).toMatchObject({ state: 'waiting', wanted: 2 });
  expect(both.answers.map(({ rater }) => rater)).toEqual(['rater 1']);
});

test('[G70] whoever says what the AI said never waits, and nothing is decided by one against it', () => {
  const one = fc.oneof(
    fc.constant(approve),
    fc.constant(reject),
    fc.integer({ min: 1, max: 2 }).map(edit),
  );
  fc.assert(
    fc.property(fc.array(one, { minLength: 1, maxLength: 2 }), (said) => {
      const { resolution } = after(...said);
      const alike = said.length === 2 && JSON.stringify(said[0]) === JSON.stringify(said[1]);
      expect(resolution !== null).toBe(alike || said.includes(approve));
      if (resolution && resolution.outcome !== 'approved') expect(resolution.by).toHaveLength(2);
    }),
  );
});
