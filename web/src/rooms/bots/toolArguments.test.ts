import type { JsonObject } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import {
  argumentsOf,
  kindOf,
  movedArgument,
  nameFault,
  renamedArgument,
  withArgument,
  withKind,
  withMember,
  withNewArgument,
  withoutArgument,
  withQuestion,
  withRequired,
} from './toolArguments.ts';

const schema: JsonObject = {
  type: 'object',
  $defs: { money: { type: 'number' } },
  additionalProperties: false,
  required: ['order', 'amount'],
  properties: {
    amount: { type: 'number', minimum: 1, multipleOf: 0.01 },
    note: { type: 'string', maxLength: 80, examples: ['late'] },
    order: { type: 'string', title: 'your order number', pattern: '^A-[0-9]{3}$' },
    parts: { type: 'array', items: { $ref: '#/$defs/money' } },
  },
};
const tool = { arguments_schema: schema, asks: { amount: 'How much?' }, keeps: 'this' };
const namesOf = (of: typeof tool) => argumentsOf(of.arguments_schema).map(({ name }) => name);

test('[K75] arguments stand in the order in which they are asked for, and each change keeps the rest', () => {
  expect(argumentsOf(schema).map(({ name, kind, required }) => [name, kind, required])).toEqual([
    ['order', 'text', true],
    ['amount', 'number', true],
    ['note', 'text', false],
    ['parts', 'other', false],
  ]);
  const { properties: _, required: __, ...around } = schema;
  const acts = {
    new: withNewArgument(tool),
    changed: withArgument(tool, 'note', { type: 'integer' }),
    removed: withoutArgument(tool, 'amount'),
    renamed: renamedArgument(tool, 'amount', 'sum'),
    optional: withRequired(tool, 'order', false),
    moved: movedArgument(tool, 'amount', -1),
    asked: withQuestion(tool, 'order', 'Which order?'),
  };
  for (const made of Object.values(acts)) {
    expect(made.arguments_schema).toMatchObject(around);
    expect(made.keeps).toBe('this');
    expect((made.arguments_schema.properties as JsonObject).parts).toEqual({
      type: 'array',
      items: { $ref: '#/$defs/money' },
    });
  }
  expect(namesOf(acts.new)).toEqual(['order', 'amount', 'argument_1', 'note', 'parts']);
  expect(namesOf(acts.removed)).toEqual(['order', 'note', 'parts']);
  expect(acts.removed.asks).toEqual({});
  expect(namesOf(acts.renamed)).toEqual(['order', 'sum', 'note', 'parts']);
  expect(acts.renamed.asks).toEqual({ sum: 'How much?' });
  expect((acts.renamed.arguments_schema.properties as JsonObject).sum).toEqual({
    type: 'number',
    minimum: 1,
    multipleOf: 0.01,
  });
  expect(namesOf(acts.optional)).toEqual(['amount', 'note', 'order', 'parts']);
  expect(namesOf(acts.moved)).toEqual(['amount', 'order', 'note', 'parts']);
  expect(movedArgument(tool, 'amount', 1)).toBe(tool);
  expect(movedArgument(tool, 'note', -1)).toBe(tool);
  expect(acts.asked.asks).toEqual({ amount: 'How much?', order: 'Which order?' });
  expect(withQuestion(acts.asked, 'order', '').asks).toEqual(tool.asks);
});

test.each([
  [{ type: 'string' }, 'text'],
  [{ type: 'string', format: 'uri' }, 'text'],
  [{ type: 'string', format: 'date' }, 'date'],
  [{ type: 'string', format: 'email' }, 'email'],
  [{ type: 'integer' }, 'integer'],
  [{ type: 'boolean' }, 'boolean'],
  [{ enum: ['a', 'b'] }, 'choice'],
  [{ type: 'string', enum: [] }, 'choice'],
  [{ enum: [1, 2] }, 'other'],
  [{ type: ['string', 'null'] }, 'other'],
  [{ type: 'string', anyOf: [{ minLength: 1 }] }, 'other'],
  [{ type: 'object' }, 'other'],
  [true, 'other'],
  [{}, 'other'],
] as const)('[K75] %j is shown as %s', (of, kind) => {
  expect(kindOf(structuredClone(of) as unknown as JsonObject)).toBe(kind);
});

test('[K75] another kind keeps what an argument is called, and drops what it no longer can be', () => {
  const order = { type: 'string', title: 'your order number', pattern: '^A', examples: ['A-1'] };
  const called = { title: 'your order number', examples: ['A-1'] };
  expect(withKind(order, 'number')).toEqual({ ...called, type: 'number' });
  expect(withKind(order, 'choice')).toEqual({ ...called, type: 'string', enum: [] });
  expect(withKind(order, 'email')).toEqual({ ...called, type: 'string', format: 'email' });
  expect(withMember(order, 'pattern', undefined)).toEqual({ ...called, type: 'string' });
  expect(withMember(order, 'pattern', '^B')).toEqual({ ...order, pattern: '^B' });
});

test('[K75] two arguments cannot be called the same, nor one nothing', () => {
  expect(nameFault(schema, 'order', 'order')).toBeUndefined();
  expect(nameFault(schema, 'order', 'number')).toBeUndefined();
  expect(nameFault(schema, 'order', 'amount')).toContain('Another');
  for (const wrong of ['', 'a b', '1st', '__proto__x y']) {
    expect(nameFault(schema, 'order', wrong)).toContain('Letters');
  }
  expect(nameFault(schema, 'order', '__proto__')).toBeDefined();
});
