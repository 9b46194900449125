import { type Comparison, Condition, operators } from '@wheelhouse/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FieldType } from './fields.ts';
import { operatorsFor, scalarOf, valueKind, withField, withOperator } from './operator.ts';

const types: (FieldType | undefined)[] = ['number', 'text', 'boolean', 'list', undefined];
const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
const comparison = fc.record(
  {
    field: fc.constant('a'),
    op: fc.constantFrom(...operators),
    value: fc.oneof(scalar, fc.array(scalar)),
  },
  { requiredKeys: ['field', 'op'] },
);

const accepted = (made: Comparison): boolean =>
  Condition.safeParse(made.value === undefined ? { field: made.field, op: 'exists' } : made)
    .success;

test('[K13] whatever is chosen, what results is accepted or lacks only its value', () => {
  fc.assert(
    fc.property(
      comparison,
      fc.constantFrom(...operators),
      fc.constantFrom(...types),
      (from, op, type) => {
        expect(accepted(withOperator(from as Comparison, op, type))).toBe(true);
        expect(accepted(withField(from as Comparison, 'b', type))).toBe(true);
      },
    ),
    { numRuns: 1_000 },
  );
});

test('[K13] a value that fits is kept', () => {
  const from: Comparison = { field: 'a', op: '>', value: 5 };
  expect(withOperator(from, '<=', 'number')).toEqual({ field: 'a', op: '<=', value: 5 });
  expect(withOperator(from, 'in', 'number')).toEqual({ field: 'a', op: 'in', value: [5] });
  expect(withOperator({ field: 'a', op: 'in', value: ['x', 'y'] }, '=', 'text')).toEqual({
    field: 'a',
    op: '=',
    value: 'x',
  });
  expect(withOperator(from, 'exists', 'number')).toEqual({ field: 'a', op: 'exists' });
  expect(withField(from, 'name', 'text')).toEqual({ field: 'name', op: '=', value: '5' });
});

test('[K13] the operator that stands is always among those offered', () => {
  for (const type of types) {
    for (const op of operators) expect(operatorsFor(type, op)).toContain(op);
  }
  expect(operatorsFor('boolean', '=')).toEqual(['=', '!=', 'exists', 'missing']);
});

test('[K13] a value is put in as its field has it', () => {
  expect(valueKind('=', 'number', undefined)).toBe('number');
  expect(valueKind('=', undefined, 3)).toBe('number');
  expect(valueKind('contains', 'list', undefined)).toBe('text');
  expect(valueKind('missing', 'text', 'x')).toBe('none');
  expect([scalarOf('3', 'number'), scalarOf('3', 'text'), scalarOf('true', 'boolean')]).toEqual([
    3,
    '3',
    true,
  ]);
});
