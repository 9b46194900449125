import { GateDefinition, type Output } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import { reasonKinds } from './reasonKinds.ts';
import { startingPoint, tryOut } from './tryOut.ts';

const amount = { field: 'action.arguments.amount', op: '>', value: 100 };
const definition = GateDefinition.parse({
  action: { name: 'refund', arguments_schema: { type: 'object' } },
  policy: {
    mode: 'rules',
    otherwise: 'pass',
    rules: [
      { when: { any: [amount, { field: 'risk', op: 'in', value: ['high'] }] }, then: 'hold' },
      { when: { not: { field: 'confidence', op: '>=', value: 0.5 } }, then: 'block' },
    ],
  },
});

test('[K28] a rule is tried on an output with just what it reads', () => {
  expect(startingPoint(definition, undefined)).toEqual({
    action: { name: 'refund', arguments: { amount: 100 } },
    risk: 'high',
    confidence: 0.5,
  });
  const newest = {
    action: { name: 'refund', arguments: { amount: 890, order: 'A' } },
    confidence: 0.9,
    risk: null,
  } as unknown as Output;
  const start = startingPoint(definition, newest);
  expect(start).toMatchObject({ action: { arguments: { amount: 890 } }, confidence: 0.9 });
  expect(JSON.stringify(start)).not.toContain('order');
});

test('[K28] what is tried is judged as the server judges, and what it would refuse is said', () => {
  const small = { action: { name: 'refund', arguments: { amount: 5 } }, risk: 'low' };
  const judged = (more: object) => tryOut(definition, { ...small, ...more });
  expect(judged({ confidence: 0.9 })).toMatchObject({ judged: { verdict: 'pass' } });
  expect(judged({ confidence: 0.2 })).toMatchObject({ judged: { verdict: 'block' } });
  expect(judged({ confidence: 7 })).toEqual({ fault: expect.stringContaining('confidence') });
  expect(tryOut(definition, 'nonsense')).toHaveProperty('fault');
});

test('[K28] reasons that differ only in what was found are one reason', () => {
  const held = (...reasons: string[]) => ({ verdict: 'hold' as const, reasons });
  expect(
    reasonKinds([
      held('amount 1,200 is over 100'),
      held('amount 890 is over 100', 'the agent calls it high risk'),
      held('confidence 0.62 is under 0.80'),
      held('confidence 0.7999 is under 0.8000'),
      held('confidence 0.79999999999 is under 0.8'),
      held('amount 100.004 is over 100.000'),
      held('amount 100,100.2 is over 100,100.0'),
      held(
        'the promise is not certified yet: no decision so far; it takes at least some 19 more, and each error adds to that',
      ),
      held('the promise is not certified yet: 1,005 of about 1,346 clean decisions so far'),
      held(
        'the promise is not certified yet: 1 decision so far, 1 wrong, which is too many: as it goes it will not be proven',
      ),
      { verdict: 'pass', reasons: ['confidence 0.91 is at or over 0.80'] },
    ]),
  ).toEqual([
    { words: 'amount is over 100', count: 3 },
    { words: 'confidence is under 0.8', count: 3 },
    { words: 'the promise is not certified yet', count: 3 },
    { words: 'amount is over 100,100', count: 1 },
    { words: 'the agent calls it high risk', count: 1 },
  ]);
});
