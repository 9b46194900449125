import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Condition } from './condition.ts';
import { contradictions, quorumFaults } from './contradiction.ts';
import { verdictForm } from './form.ts';
import { GateDefinition, Quorum } from './gate.ts';
import type { Json } from './json.ts';
import { reasoner } from './reach.ts';
import { evaluate } from './truth.ts';

const named = (policy: object, more: object = {}) =>
  contradictions(GateDefinition.parse({ policy: { mode: 'always', ...policy }, ...more })).map(
    ({ field }) => field,
  );
const over = (value: number, op = '>') => ({ field: 'action.arguments.amount', op, value });
const rules = (...conditions: object[]) => ({
  mode: 'rules',
  otherwise: 'pass',
  rules: conditions.map((when) => ({ when, then: 'hold' })),
});
const remind = (after_ms: number) => ({ after_ms, do: 'remind' });
const escalate = (after_ms: number, more: object = {}) => ({ after_ms, do: 'escalate', ...more });
const words = { fallback: 'approve', approve_in_words: 'small sums' };
const promised = { mode: 'guaranteed', alpha: 0.1, delta: 0.1 };
const threshold = { mode: 'threshold', threshold: 0.8 };
const options = [{ value: 'a' }, { value: 'b' }];
const choice = { questions: [{ name: 'q', kind: 'choice', options }] };
const verdict = { name: 'verdict', kind: 'verdict' };
const marks = (kind: string, part: string) => ({
  questions: [{ name: 'q', kind, part, labels: options }],
});

test.each<[string, object, object, string[]]>([
  [
    'a fallback to a rejection without an end',
    { deadline: { fallback: 'reject' } },
    {},
    ['policy.deadline.fallback'],
  ],
  [
    'a fallback to an approval without an end',
    { deadline: words },
    {},
    ['policy.deadline.fallback'],
  ],
  ['a fallback with an end', { deadline: { ...words, expire_after_ms: 9 } }, {}, []],
  [
    '[G87] an approval by time alone at a guaranteed gate',
    { ...promised, deadline: { ...words, expire_after_ms: 9 } },
    {},
    ['policy.deadline.fallback'],
  ],
  [
    '[G87] a rejection by time there',
    { ...promised, deadline: { fallback: 'reject', expire_after_ms: 9 } },
    {},
    [],
  ],
  [
    '[G89] people who err so often that nothing is promised',
    { ...promised, alpha: 0.6, label_noise: 0.4 },
    {},
    ['policy.label_noise'],
  ],
  [
    '[G89] that with the limit of a tier',
    { ...promised, tiers: { low: 0.6 }, label_noise: 0.4 },
    {},
    ['policy.label_noise'],
  ],
  ['[G89] people who err less', { ...promised, alpha: 0.5, label_noise: 0.4 }, {}, []],
  [
    '[K152] so few spot checks that a promise is as good as never watched',
    { ...promised, spot_check: 0.0099 },
    {},
    ['policy.spot_check'],
  ],
  ['[K152] as few as may be', { ...promised, spot_check: 0.01 }, {}, []],
  ['[K152] few where nothing is promised', { ...threshold, spot_check: 1e-5 }, {}, []],
  [
    'a learned score that is tracked',
    { mode: 'guaranteed', alpha: 0.1, delta: 0.1, score: 'agreement', after_alarm: 'track' },
    {},
    ['policy.after_alarm'],
  ],
  [
    'a confidence that is tracked',
    { mode: 'guaranteed', alpha: 0.1, delta: 0.1, after_alarm: 'track' },
    {},
    [],
  ],
  [
    'steps at and after the end',
    { deadline: { ladder: [remind(8), remind(9), remind(10)], expire_after_ms: 9 } },
    {},
    ['policy.deadline.ladder.1.after_ms', 'policy.deadline.ladder.2.after_ms'],
  ],
  [
    'a step that asks for the role there is',
    { decided_by: 'lead', deadline: { ladder: [escalate(1)] } },
    {},
    ['policy.deadline.ladder.0.role'],
  ],
  [
    'the same role in another queue',
    { decided_by: 'lead', deadline: { ladder: [escalate(1, { queue: 'high' })] } },
    {},
    [],
  ],
  [
    'the same role in the queue it came to',
    { decided_by: 'lead', deadline: { ladder: [escalate(1, { queue: 'default' })] } },
    {},
    ['policy.deadline.ladder.0.role'],
  ],
  [
    'roles that fall',
    { deadline: { ladder: [escalate(1, { role: 'admin' }), escalate(2, { role: 'lead' })] } },
    {},
    ['policy.deadline.ladder.1.role'],
  ],
  [
    'roles that rise',
    { deadline: { ladder: [escalate(1), escalate(2, { role: 'admin' })] } },
    {},
    [],
  ],
  ['viewers who decide', { decided_by: 'viewer' }, {}, ['policy.decided_by']],
  [
    'a step that asks for viewers',
    { deadline: { ladder: [escalate(1, { role: 'viewer' })] } },
    {},
    ['policy.deadline.ladder.0.role'],
  ],
  [
    'more of a role than agree',
    { quorum: { approvals: 2, of: 3, roles: { lead: 3 } } },
    {},
    ['policy.quorum.roles.lead'],
  ],
  [
    'more of a role than places',
    { quorum: { roles: { admin: 2 } } },
    {},
    ['policy.quorum.roles.admin'],
  ],
  [
    'as many of a role as agree',
    { quorum: { approvals: 2, of: 3, roles: { lead: 2, reviewer: 2 } } },
    {},
    [],
  ],
  [
    'viewers in a quorum',
    { quorum: { roles: { viewer: 1 }, veto: 'viewer' } },
    {},
    ['policy.quorum.roles.viewer', 'policy.quorum.veto'],
  ],
  [
    'a veto where nothing can be rejected',
    { quorum: { veto: 'lead' } },
    { form: choice },
    ['policy.quorum.veto'],
  ],
  ['a veto on a verdict', { quorum: { veto: 'lead' } }, {}, []],
  ['a veto in shadow', { mode: 'shadow', quorum: { veto: 'lead' } }, {}, ['policy.quorum.veto']],
  ['spot checks where everything is held', { spot_check: 0.1 }, {}, ['policy.spot_check']],
  ['spot checks in shadow', { mode: 'shadow', spot_check: 0.1 }, {}, ['policy.spot_check']],
  [
    'spot checks where no rule passes',
    { ...rules(over(1)), otherwise: 'block', spot_check: 0.1 },
    {},
    ['policy.spot_check'],
  ],
  ['spot checks where a rule passes', { ...rules(over(1)), spot_check: 0.1 }, {}, []],
  ['spot checks where nothing is held', { mode: 'never', spot_check: 1 }, {}, []],
  [
    'a verdict in shadow',
    { mode: 'shadow' },
    { form: { questions: [verdict] } },
    ['form.questions'],
  ],
  [
    'a verdict among others in shadow',
    { mode: 'shadow' },
    { form: { questions: [...choice.questions, verdict] } },
    ['form.questions.1'],
  ],
  ['no form in shadow', { mode: 'shadow' }, {}, []],
  [
    'a step that leaves one rating',
    {},
    { form: { questions: [{ name: 'q', kind: 'rating', min: 1, max: 5, step: 5 }] } },
    ['form.questions.0.step'],
  ],
  ['spans of a part no output has', {}, { form: marks('span', 'note') }, ['form.questions.0.part']],
  ['spans of a list of facts', {}, { form: marks('span', 'facts') }, ['form.questions.0.part']],
  ['spans of the content', {}, { form: marks('span', 'content') }, []],
  [
    'spans of the content in shadow',
    { mode: 'shadow' },
    { form: marks('span', 'content') },
    ['form.questions.0.part'],
  ],
  [
    'regions of a part no output has',
    {},
    { form: marks('region', 'photo') },
    ['form.questions.0.part'],
  ],
  ['regions of the input', {}, { form: marks('region', 'input') }, []],
  ['a rule that stands twice', rules(over(5), over(5)), {}, ['policy.rules.1.when']],
  ['a rule behind a wider one', rules(over(5), over(9)), {}, ['policy.rules.1.when']],
  ['a wider rule behind a narrower one', rules(over(9), over(5)), {}, []],
  [
    'a rule behind one of its conditions',
    rules(over(5), { all: [over(7), { field: 'risk', op: '=', value: 'high' }] }),
    {},
    ['policy.rules.1.when'],
  ],
  [
    'a rule that cannot be true',
    rules({ all: [over(9), over(3, '<')] }),
    {},
    ['policy.rules.0.when'],
  ],
])('[G10] %s', (_what, policy, more, fields) => {
  expect(named(policy, more)).toEqual(fields);
});

test('[G10] steps out of order are named, each at its time', () => {
  const deadline = { ladder: [remind(5), remind(5), remind(3)] };
  const read = GateDefinition.safeParse({ policy: { mode: 'always', deadline } });
  expect(read.error?.issues.map(({ path }) => path.join('.'))).toEqual([
    'policy.deadline.ladder.1.after_ms',
    'policy.deadline.ladder.2.after_ms',
  ]);
});

test('[G10] a case that is opened for itself is held to the same quorum', () => {
  const quorum = Quorum.parse({ roles: { lead: 2 } });
  const [fault] = quorumFaults(quorum, verdictForm('content'), 'quorum');
  expect(fault?.field).toBe('quorum.roles.lead');
});

const number = fc.integer({ min: -2, max: 4 });
const scalar = fc.oneof(number, fc.constantFrom('a', 'b', true, null));
const comparison = fc.oneof(
  fc.record({ field: fc.constantFrom('x', 'y'), op: fc.constantFrom('=', '!='), value: scalar }),
  fc.record({
    field: fc.constantFrom('x', 'y'),
    op: fc.constantFrom('>', '>=', '<', '<='),
    value: number,
  }),
  fc.record({
    field: fc.constantFrom('x', 'y'),
    op: fc.constantFrom('in', 'not_in'),
    value: fc.array(scalar, { maxLength: 3 }),
  }),
  fc.record({ field: fc.constantFrom('x', 'y'), op: fc.constantFrom('exists', 'missing') }),
);
const condition = fc.letrec<{ any: Condition }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 2 },
    comparison as unknown as fc.Arbitrary<Condition>,
    fc.record({ all: fc.array(tie('any'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('any'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('any') }),
  ),
})).any;
const place = fc.option(scalar, { nil: undefined });

test('[G10] what is said never to be true, or never to be reached, never is', () => {
  fc.assert(
    fc.property(
      condition,
      condition,
      fc.array(fc.record({ x: place, y: place }), { minLength: 20, maxLength: 20 }),
      (a, b, documents) => {
        const { implies, impossible } = reasoner();
        const [follows, never] = [implies(a, b), impossible(a)];
        for (const given of documents) {
          const document = JSON.parse(JSON.stringify(given)) as Json;
          if (evaluate(a, document).truth !== true) continue;
          expect([never, document]).toEqual([false, document]);
          if (follows) expect([document, evaluate(b, document).truth]).toEqual([document, true]);
        }
      },
    ),
    { numRuns: 3_000 },
  );
});

test('[G10] [G6] a definition made to be slow is looked at no longer than one that is not', () => {
  let deep: Condition = { all: [over(1), over(2)] as Condition[] };
  for (let level = 0; level < 12; level++) {
    deep = level % 2 ? { all: [deep, deep] } : { any: [deep, deep] };
  }
  const { implies } = reasoner();
  const since = performance.now();
  for (let at = 0; at < 200; at++) implies(deep, { any: [deep, over(at) as Condition] });
  expect(performance.now() - since).toBeLessThan(5_000);
});
