import { type Json, type Output, valueAt } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import { discoverFields, fieldAt } from './fields.ts';

const output = (part: Partial<Output>): Output =>
  ({
    input: null,
    content: null,
    confidence: null,
    scores: null,
    groups: null,
    metadata: null,
    model: null,
    model_version: null,
    risk: null,
    cost_usd: null,
    action: null,
    ...part,
  }) as Output;

const refund = (amount: Json, items: Json) =>
  output({ action: { name: 'refund', arguments: { amount, items } } });

test('[K14] a field has the type it was always seen with, and none when it varies', () => {
  const fields = discoverFields([refund(5, []), refund(7, [{ sku: 'a', price: 3 }])], null);
  expect(fieldAt(fields, 'action.arguments.amount')).toMatchObject({
    type: 'number',
    seen: 2,
    samples: [5, 7],
  });
  const mixed = discoverFields([refund(5, []), refund('7', [])], null);
  expect(fieldAt(mixed, 'action.arguments.amount')?.type).toBeUndefined();
});

test('[K14] what every output may carry can be chosen before anything came', () => {
  const fields = discoverFields([], null);
  expect(fieldAt(fields, 'confidence')?.type).toBe('number');
  expect(fieldAt(fields, 'risk')?.samples).toEqual(['low', 'medium', 'high']);
});

test('[K14] a list of objects offers the fields of its items', () => {
  const fields = discoverFields([refund(1, [{ price: 3 }, { price: 4, returned: true }])], null);
  const list = fieldAt(fields, 'action.arguments.items');
  expect(list?.type).toBe('list');
  expect(list?.items.map(({ path, type }) => [path, type])).toEqual([
    ['price', 'number'],
    ['returned', 'boolean'],
  ]);
});

test('[K14] every path offered reaches its value; a name with a dot in it is left out', () => {
  const one = output({ input: { 'a.b': 1, plain: { deep: 'x' }, ' ': 1 }, metadata: { n: 2 } });
  const fields = discoverFields([one], null).filter(({ seen }) => seen > 0);
  expect(fields.map(({ path }) => path)).not.toContain('input.a.b');
  for (const { path } of fields) {
    expect(valueAt(one as unknown as Json, path), path).toBeDefined();
  }
});

test('[K14] the schema of an action declares its fields and their choices', () => {
  const fields = discoverFields([], {
    type: 'object',
    properties: {
      amount: { type: 'integer' },
      currency: { enum: ['EUR', 'USD'], type: 'string' },
      to: { type: 'object', properties: { country: { type: 'string' } } },
      items: { type: 'array', items: { type: 'object', properties: { sku: { type: 'string' } } } },
    },
  });
  expect(fieldAt(fields, 'action.arguments.amount')?.type).toBe('number');
  expect(fieldAt(fields, 'action.arguments.currency')?.samples).toEqual(['EUR', 'USD']);
  expect(fieldAt(fields, 'action.arguments.to.country')?.type).toBe('text');
  expect(fieldAt(fields, 'action.arguments.items')?.items[0]?.path).toBe('sku');
});
