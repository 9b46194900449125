import { type Condition, GateDefinition } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import { conditionWords, gateSentence } from '../../kit/policyWords.ts';
import { heldCurve, heldShare } from './heldShare.ts';
import { spanMs, spanParts, spanWords } from './span.ts';

const sentence = (policy: object) => gateSentence(GateDefinition.parse({ queue: 'money', policy }));

test('[K10] every mode says what it does', () => {
  expect(sentence({ mode: 'always' })).toBe('Everything waits for a person in “money”.');
  expect(sentence({ mode: 'threshold', threshold: 0.8, spot_check: 0.05 })).toBe(
    'What the AI is at least 80% sure of passes; the rest waits for a person in “money”. People look at 5% of what passes anyway.',
  );
  const rule = { when: { field: 'action.arguments.amount', op: '>', value: 1200 }, then: 'hold' };
  expect(sentence({ mode: 'rules', rules: [rule], otherwise: 'pass' })).toBe(
    'If amount is over 1,200, it waits for a person; everything else passes.',
  );
  const high = { when: { field: 'risk', op: '=', value: 'high' }, then: 'hold' };
  const odd = { when: { all: [rule.when, high.when] }, then: 'block' };
  expect(sentence({ mode: 'rules', rules: [rule, high], otherwise: 'block' })).toBe(
    'If amount is over 1,200 or risk is “high”, it waits for a person; everything else is blocked.',
  );
  expect(sentence({ mode: 'rules', rules: [odd, rule, high], otherwise: 'pass' })).toBe(
    'If (amount is over 1,200 and risk is “high”), it is blocked; else if amount is over 1,200 or risk is “high”, it waits for a person; everything else passes.',
  );
  expect(sentence({ mode: 'rules', rules: [rule, rule, odd, high], otherwise: 'block' })).toBe(
    'The first of 4 rules that fits decides; what none fits is blocked.',
  );
  expect(sentence({ mode: 'never' })).toBe('Everything passes.');
  expect(sentence({ mode: 'shadow' })).toContain('without seeing the AI’s answer');
});

test('[K10] a condition is said with its groups told apart', () => {
  const a: Condition = { field: 'a', op: '=', value: 'x' };
  const b: Condition = { field: 'b_c', op: 'missing' };
  expect(conditionWords({ any: [a, { all: [a, b] }] })).toBe(
    'a is “x” or (a is “x” and b c is not given)',
  );
  expect(conditionWords({ not: a })).toBe('not (a is “x”)');
  expect(conditionWords({ some: 'list.items', where: a })).toBe('any of items has a is “x”');
});

test('[G97] a gate that tracks after an alarm does not say that everything waits then', () => {
  const promise = (after_alarm: 'hold' | 'track') =>
    sentence({ mode: 'guaranteed', alpha: 0.05, delta: 0.05, after_alarm });
  expect(promise('hold')).toContain('whenever it is not, everything waits for a person');
  expect(promise('track')).toContain('after an alarm what is surest goes on passing, tracked');
  expect(promise('track')).not.toContain('whenever it is not');
});

test('[K10] the share held counts what is under the threshold and what has no confidence', () => {
  const found = heldShare([0.1, 0.8, 0.79, null], 0.8);
  expect(found?.value).toBe(0.75);
  expect(found?.n).toBe(4);
  expect((found?.low ?? 1) < 0.75 && (found?.high ?? 0) > 0.75).toBe(true);
  expect(heldShare([], 0.5)).toBeNull();
  const curve = heldCurve([0, 0.5, 0.99, 1, null], 2);
  expect(curve.map(({ at, value }) => [at, value])).toEqual([
    [0, 0.2],
    [0.5, 0.4],
    [1, 0.8],
  ]);
  expect(heldCurve([])).toEqual([]);
});

test('[K10] a length of time is said in its largest whole unit', () => {
  expect(spanWords(3_600_000)).toBe('1 hour');
  expect(spanWords(90_000)).toBe('90 seconds');
  expect(spanParts(0)).toEqual({ amount: 0, unit: 'seconds' });
  for (const ms of [0, 1_500, 60_000, 5_400_000, 172_800_000]) {
    const { amount, unit } = spanParts(ms);
    expect(spanMs(amount, unit)).toBe(ms);
  }
});
