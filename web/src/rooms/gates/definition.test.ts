import { GateDefinition, type Policy, type Rule } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import { definitionChanges, draftFaults, isSame, partOf, withMode } from './definition.ts';

const over = (value: number): Rule => ({
  when: { field: 'action.arguments.amount', op: '>', value },
  then: 'hold',
});
const byRules = (...rules: Rule[]) => GateDefinition.parse({ policy: { mode: 'rules', rules } });

test('[K15] a default that is spelled out is no change', () => {
  const short = { policy: { mode: 'always' } } as GateDefinition;
  const long = GateDefinition.parse({
    queue: 'default',
    policy: { mode: 'always', spot_check: 0 },
  });
  expect(definitionChanges(short, long)).toEqual([]);
});

test('[K15] a rule put in between leaves the others as they were', () => {
  expect(definitionChanges(byRules(over(1), over(3)), byRules(over(1), over(2), over(3)))).toEqual([
    { path: 'rule 2', to: 'if amount is over 2: hold' },
  ]);
});

test('[K15] a rule that says something else is one rule changed', () => {
  expect(definitionChanges(byRules(over(1), over(500)), byRules(over(1), over(400)))).toEqual([
    { path: 'rule 2', from: 'if amount is over 500: hold', to: 'if amount is over 400: hold' },
  ]);
});

test('[K15] other places are told by their path', () => {
  const from = GateDefinition.parse({ policy: { mode: 'threshold', threshold: 0.8 } });
  const to = GateDefinition.parse({ title: 'T', policy: { mode: 'threshold', threshold: 0.9 } });
  expect(definitionChanges(from, to)).toEqual([
    { path: 'policy.threshold', from: 0.8, to: 0.9 },
    { path: 'title', to: 'T' },
  ]);
  expect(isSame(from, { ...from, description: undefined })).toBe(true);
});

test('[K15] a mode keeps what all have, and comes back as it was left', () => {
  const left: Policy = GateDefinition.parse({
    policy: { mode: 'threshold', threshold: 0.66, spot_check: 0.1, priority: 7 },
  }).policy;
  const rules = withMode(left, 'rules', {});
  expect(rules).toMatchObject({ mode: 'rules', spot_check: 0.1, priority: 7 });
  expect(rules).not.toHaveProperty('threshold');
  expect(GateDefinition.safeParse({ policy: rules }).success).toBe(true);
  // Nothing is drawn where nothing passes, so that nothing is refused that nobody sees.
  const always = withMode(left, 'always', {});
  expect(always.spot_check).toBe(0);
  expect(withMode(always, 'threshold', { threshold: left }).spot_check).toBe(0.1);
  expect(withMode({ ...rules, priority: 9 }, 'threshold', { threshold: left })).toMatchObject({
    mode: 'threshold',
    threshold: 0.66,
    priority: 9,
  });
});

test('[K15] what is wrong is named where it can be mended', () => {
  const draft = byRules(over(1));
  const bad = {
    ...draft,
    policy: {
      ...draft.policy,
      deadline: { ladder: [], expire_after_ms: null, fallback: 'approve' as const },
      rules: [
        { when: { any: [{ field: '', op: '=' as const }, over(1).when] }, then: 'hold' as const },
      ],
    },
  } as GateDefinition;
  expect(draftFaults(bad).map(({ field }) => field)).toEqual([
    'policy.deadline.approve_in_words',
    'policy.rules.0.when.any.0.field',
    'policy.rules.0.when.any.0.value',
  ]);
  expect(draftFaults(draft)).toEqual([]);
  expect(
    ['policy.rules.0.when', 'policy.deadline.ladder', 'form.questions.0.name', 'queue'].map(partOf),
  ).toEqual(['policy', 'people', 'form', 'people']);
});

test('[K15] in shadow, a form that only asks for a verdict is refused before it is sent', () => {
  const policy = { mode: 'shadow' };
  const questions = [{ kind: 'verdict', name: 'verdict' }];
  const draft = GateDefinition.parse({ policy, form: { questions } });
  expect(draftFaults(draft).map(({ field }) => field)).toEqual(['form.questions']);
  expect(draftFaults(GateDefinition.parse({ policy }))).toEqual([]);
});
