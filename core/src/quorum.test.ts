import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AnswerRecord, Docket } from './docket.ts';
import { verdictForm } from './form.ts';
import { Policy, Quorum } from './gate.ts';
import { placeRole } from './quorum.ts';
import { settle } from './resolution.ts';
import { atLeast, type Role, roles } from './role.ts';
import { fromMs } from './time.ts';

const now = fromMs(0);
interface Vote {
  verdict: 'approve' | 'edit' | 'reject';
  /** What an edit changes it to. */
  amount: number;
  role: Role;
}

const answerOf = ({ verdict, amount, role }: Vote, index: number): AnswerRecord => ({
  id: `ans_${index}`,
  case_id: 'case_1',
  rater: `rater ${index}`,
  rater_kind: 'member',
  role,
  epoch: index + 1,
  status: 'submitted',
  // A reason never tells two answers apart.
  values: {
    verdict,
    ...(verdict === 'edit' ? { arguments: { amount } } : {}),
    reason: `because ${index}`,
  },
  note: null,
  shown_suggestion: false,
  spent_ms: 0,
  at: now,
});

const started = (quorum: Quorum, decided_by: Role = 'reviewer'): Docket =>
  ({
    record: {
      id: 'case_1',
      state: 'waiting',
      kind: 'review',
      needs_role: decided_by,
      wanted: quorum.of,
      open_slots: quorum.of,
      place_role: null,
      adjudicating: false,
    },
    leases: [],
    answers: [],
    resolution: null,
    form: verdictForm('arguments'),
    quorum,
    policy: Policy.parse({ mode: 'always', quorum }),
    proposed: { action: { name: 'refund', arguments: { amount: 9 } }, content: null },
    spec: null,
  }) as unknown as Docket;

const vote = (docket: Docket, one: Vote): Docket =>
  settle(
    { ...docket, answers: [...docket.answers, answerOf(one, docket.answers.length)] },
    'res_1',
    now,
  );

/** The same rules said another way: counted anew at every vote, in plain words. */
function expected(
  quorum: Quorum,
  votes: Vote[],
): { ends_after: number; outcome: string } | undefined {
  let asked = quorum.of;
  let deciding_alone = false;
  for (let count = 1; count <= votes.length; count++) {
    const so_far = votes.slice(0, count);
    const last = so_far.at(-1) as Vote;
    const named = { approve: 'approved', edit: 'edited', reject: 'rejected' };
    if (deciding_alone) return { ends_after: count, outcome: named[last.verdict] };
    const rejecting = so_far.filter(({ verdict }) => verdict === 'reject');
    const { veto } = quorum;
    if (veto && rejecting.some(({ role }) => atLeast(role, veto)))
      return { ends_after: count, outcome: 'rejected' };
    if (quorum.of - rejecting.length < quorum.approvals && rejecting.length)
      return { ends_after: count, outcome: 'rejected' };
    const approving = so_far.filter(({ verdict }) => verdict !== 'reject');
    const said = (one: Vote) => (one.verdict === 'edit' ? `edit ${one.amount}` : 'approve');
    const words = [...new Set(approving.map(said))];
    const many = words.filter(
      (word) => approving.filter((one) => said(one) === word).length >= quorum.approvals,
    );
    const enough = many.filter((word) =>
      (Object.entries(quorum.roles) as [Role, number][]).every(
        ([role, least]) =>
          approving.filter((one) => said(one) === word && atLeast(one.role, role)).length >= least,
      ),
    );
    if (enough[0])
      return { ends_after: count, outcome: enough[0] === 'approve' ? 'approved' : 'edited' };
    if (count < asked) continue;
    asked = count + 1;
    deciding_alone = many.length === 0;
  }
  return undefined;
}

const role = fc.constantFrom<Role>('reviewer', 'lead', 'builder', 'admin');
const quorum = fc
  .record({
    of: fc.integer({ min: 1, max: 4 }),
    less: fc.integer({ min: 0, max: 3 }),
    roles: fc.dictionary(role, fc.integer({ min: 1, max: 2 }), { maxKeys: 2 }),
    veto: fc.option(role, { nil: null }),
  })
  .map(({ of, less, roles: some, veto }) =>
    Quorum.parse({ of, approvals: Math.max(1, of - less), roles: some, veto }),
  );
const ballot = fc.record<Vote>({
  verdict: fc.constantFrom('approve', 'approve', 'edit', 'reject'),
  amount: fc.integer({ min: 1, max: 2 }),
  role,
});

test('[C1] [C2] [C5] [C7] any quorum over any votes comes to what plain counting says', () => {
  fc.assert(
    fc.property(quorum, fc.array(ballot, { maxLength: 9 }), (rule, votes) => {
      const end = expected(rule, votes);
      let docket = started(rule);
      for (const [index, one] of votes.entries()) {
        const before = docket;
        docket = vote(docket, one);
        const over = end !== undefined && index + 1 >= end.ends_after;
        expect(docket.record.state).toBe(over ? 'resolved' : 'waiting');
        expect(docket.resolution?.outcome).toBe(over ? end.outcome : undefined);
        // The role asked for only rises, and there is always a place for the next answer.
        expect(atLeast(docket.record.needs_role, before.record.needs_role)).toBe(true);
        const places = docket.record.wanted - (index + 1);
        expect(docket.record.open_slots).toBe(over ? 0 : places);
        expect(over || places >= 1).toBe(true);
        if (over) break;
      }
    }),
    { numRuns: 5_000 },
  );
});

test('[C2] an approval and an edit do not add up, nor do two edits that differ', () => {
  const two = started(Quorum.parse({ of: 3, approvals: 2 }));
  const by = { role: 'reviewer' as const };
  const mixed = vote(vote(two, { verdict: 'approve', amount: 0, ...by }), {
    verdict: 'edit',
    amount: 1,
    ...by,
  });
  expect(mixed.record.state).toBe('waiting');
  const third = vote(mixed, { verdict: 'edit', amount: 1, ...by });
  expect(third.resolution).toMatchObject({ outcome: 'edited', by: ['rater 1', 'rater 2'] });
  const other = vote(mixed, { verdict: 'edit', amount: 2, ...by });
  expect(other.record).toMatchObject({ adjudicating: true, wanted: 4, needs_role: 'lead' });
});

test('[C5] a veto ends it at once; the same rejection without the role does not', () => {
  const rule = Quorum.parse({ of: 3, approvals: 1, veto: 'lead' });
  const rejected = { verdict: 'reject' as const, amount: 0 };
  expect(vote(started(rule), { ...rejected, role: 'lead' }).resolution?.outcome).toBe('rejected');
  expect(vote(started(rule), { ...rejected, role: 'reviewer' }).resolution).toBeNull();
});

test('[C6] a group that has its role settles it, though an earlier one lacks it', () => {
  const rule = Quorum.parse({ of: 2, approvals: 1, roles: { lead: 1 } });
  const first = vote(started(rule), { verdict: 'approve', amount: 0, role: 'reviewer' });
  const done = vote(first, { verdict: 'edit', amount: 1, role: 'lead' });
  expect(done.resolution).toMatchObject({ outcome: 'edited', by: ['rater 1'] });
});

const approval = (role: Role, index: number) =>
  answerOf({ verdict: 'approve', amount: 0, role }, index);

test.each<[string, object, Role[], Role[], number, Role]>([
  ['nobody yet', { of: 2, roles: { lead: 1 } }, [], [], 2, 'reviewer'],
  ['one who lacks the role', { of: 2, roles: { lead: 1 } }, ['reviewer'], [], 1, 'lead'],
  ['one who lacks it and only holds', { of: 2, roles: { lead: 1 } }, [], ['reviewer'], 1, 'lead'],
  ['one who has it', { of: 2, roles: { lead: 1 } }, ['lead'], [], 1, 'reviewer'],
  ['one above it', { of: 2, roles: { lead: 1 } }, ['admin'], [], 1, 'reviewer'],
  ['places for that role alone', { of: 1, roles: { lead: 1 } }, [], [], 1, 'lead'],
  ['more asked for than places', { of: 1, roles: { lead: 2 } }, [], [], 1, 'lead'],
  [
    'two roles, the lower one there',
    { of: 2, roles: { lead: 1, admin: 1 } },
    ['lead'],
    [],
    1,
    'admin',
  ],
  ['two roles, nobody yet', { of: 2, roles: { lead: 1, admin: 1 } }, [], [], 2, 'reviewer'],
  [
    'two roles, the higher one there',
    { of: 2, roles: { lead: 1, admin: 1 } },
    ['admin'],
    [],
    1,
    'reviewer',
  ],
  ['three, two of a role', { of: 3, roles: { lead: 2 } }, ['reviewer'], [], 2, 'lead'],
  ['no role asked for', { of: 3 }, ['reviewer'], ['reviewer'], 1, 'reviewer'],
])(
  '[L5] with %s the next place goes to whom it should',
  (_what, rule, in_, holding, free, next) => {
    const quorum = Quorum.parse({ approvals: 1, ...rule });
    const votes = in_.map(approval);
    expect(
      placeRole({ form: verdictForm('arguments'), quorum }, votes, holding, free, 'reviewer'),
    ).toBe(next);
  },
);

test('[L5] a rejection fills no place that an approval of a role is asked for', () => {
  const quorum = Quorum.parse({ approvals: 2, of: 3, roles: { lead: 1 } });
  const votes = [
    answerOf({ verdict: 'reject', amount: 0, role: 'lead' }, 0),
    approval('reviewer', 1),
  ];
  expect(placeRole({ form: verdictForm('arguments'), quorum }, votes, [], 1, 'reviewer')).toBe(
    'lead',
  );
});

test('[L5] whoever fills places as they are kept leaves none of a role unfilled', () => {
  const people = fc.array(role, { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(quorum, people, (rule, coming) => {
      const form = verdictForm('arguments');
      const there: Role[] = [];
      for (const one of coming) {
        const free = rule.of - there.length;
        if (free === 0) break;
        const kept = placeRole({ form, quorum: rule }, [], there, free, 'reviewer');
        if (atLeast(one, kept)) there.push(one);
      }
      const missing = (Object.entries(rule.roles) as [Role, number][]).map(
        ([asked, least]) => least - there.filter((one) => atLeast(one, asked)).length,
      );
      const beyond = Math.max(0, ...Object.values(rule.roles).map((least) => least - rule.of));
      const free = rule.of - there.length;
      expect(Math.max(0, ...missing)).toBeLessThanOrEqual(free + beyond);
    }),
    { numRuns: 5_000 },
  );
});

test('[C6] roles stand in one order', () => {
  for (const [low, one] of roles.entries()) {
    for (const [high, other] of roles.entries()) expect(atLeast(one, other)).toBe(low >= high);
  }
});
