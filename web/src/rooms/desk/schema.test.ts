import type { Json, JsonObject } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import { blankOf, type Field, fieldOf, withMember } from './schema.ts';

const fieldsOf = (field: Field) => {
  if (field.kind !== 'object') throw new Error(`not an object but ${field.kind}`);
  return Object.fromEntries(field.fields.map(({ name, field: inner }) => [name, inner]));
};

test.each<[string, Json, Field['kind']]>([
  ['text', { type: 'string' }, 'text'],
  ['a number', { type: 'number' }, 'number'],
  ['a whole number', { type: 'integer' }, 'number'],
  ['yes or no', { type: 'boolean' }, 'boolean'],
  ['one of some', { enum: ['a', 'b'] }, 'choice'],
  ['one constant', { const: 5 }, 'choice'],
  ['constants as alternatives', { oneOf: [{ const: 'a' }, { const: 'b' }] }, 'choice'],
  ['a list', { type: 'array', items: { type: 'string' } }, 'list'],
  ['a list of anything', { type: 'array' }, 'json'],
  ['two types', { type: ['string', 'number'] }, 'json'],
  ['true alternatives', { anyOf: [{ type: 'string' }, { type: 'object' }] }, 'json'],
  ['a combination', { allOf: [{ type: 'object' }] }, 'json'],
  ['a type left out', { properties: { a: {} } }, 'object'],
])('[K2] %s gets its field', (_name, schema, kind) => {
  expect(fieldOf(schema, undefined).kind).toBe(kind);
});

test('[K2] bounds, words and what is required come from the schema', () => {
  const field = fieldOf(
    {
      type: 'object',
      required: ['amount'],
      properties: {
        amount: { type: 'number', minimum: 0, maximum: 9, title: 'Amount', description: 'EUR' },
        note: { type: 'string', maxLength: 2_000 },
      },
    },
    { amount: 5 },
  );
  expect(field).toMatchObject({
    kind: 'object',
    fields: [
      {
        name: 'amount',
        required: true,
        field: { min: 0, max: 9, title: 'Amount', description: 'EUR' },
      },
      { name: 'note', required: false, field: { kind: 'text', multiline: true } },
    ],
  });
});

test('[K2] what the schema does not speak of still has a field', () => {
  const value = { order: 'A-1', extra: { deep: [1, 2], flag: true }, nothing: null };
  const fields = fieldsOf(
    fieldOf({ type: 'object', properties: { order: { type: 'string' } } }, value),
  );
  expect(Object.keys(fields)).toEqual(['order', 'extra', 'nothing']);
  expect(fields.extra?.kind).toBe('object');
  expect(fieldsOf(fields.extra as Field)).toMatchObject({
    deep: { kind: 'json' },
    flag: { kind: 'boolean' },
  });
  expect(fields.nothing).toMatchObject({ kind: 'json', nullable: true });
});

test('[K2] without a schema the value itself says what can be edited', () => {
  expect(fieldOf(undefined, { text: 'line\nline', n: 1 })).toMatchObject({
    kind: 'object',
    fields: [
      { name: 'text', field: { kind: 'text', multiline: true } },
      { name: 'n', field: { kind: 'number' } },
    ],
  });
  expect(fieldOf(undefined, 'just text').kind).toBe('text');
});

test('[K2] null beside one type is that type or nothing', () => {
  const nullable: JsonObject[] = [
    { type: ['string', 'null'] },
    { anyOf: [{ type: 'string' }, { type: 'null' }] },
  ];
  for (const schema of nullable) {
    expect(fieldOf(schema, undefined)).toMatchObject({ kind: 'text', nullable: true });
  }
  expect(fieldOf({ enum: ['a', null] }, undefined)).toMatchObject({
    kind: 'choice',
    options: ['a'],
    nullable: true,
  });
});

test('[K2] references are followed inside the document, and circles end', () => {
  const schema: JsonObject = {
    type: 'object',
    properties: { to: { $ref: '#/$defs/address' }, away: { $ref: 'https://example.com/x' } },
    $defs: {
      address: {
        type: 'object',
        properties: { city: { type: 'string' }, next: { $ref: '#/$defs/address' } },
      },
      'a/b': { type: 'boolean' },
    },
  };
  const fields = fieldsOf(fieldOf(schema, {}));
  expect(fields.to?.kind).toBe('object');
  expect(fields.away?.kind).toBe('json');
  expect(fieldOf({ ...schema, properties: { x: { $ref: '#/$defs/a~1b' } } }, {})).toMatchObject({
    fields: [{ name: 'x', field: { kind: 'boolean' } }],
  });
  expect(fieldOf({ $ref: '#' }, {}).kind).toBeDefined();
});

test('[K2] a prototype is no definition', () => {
  expect(fieldOf({ $ref: '#/constructor' }, undefined).kind).toBe('json');
});

test('[K2] a new place starts with what its schema allows', () => {
  const item = fieldOf(
    {
      type: 'object',
      required: ['sku', 'quantity', 'kind'],
      properties: {
        sku: { type: 'string' },
        quantity: { type: 'integer', minimum: 1 },
        kind: { enum: ['new', 'used'] },
        note: { type: 'string' },
      },
    },
    undefined,
  );
  expect(blankOf(item)).toEqual({ sku: '', quantity: 1, kind: 'new' });
});

test('[K2] a member is set or taken out on a copy', () => {
  const value = { a: 1, b: 2 };
  expect(withMember(value, 'a', 5)).toEqual({ a: 5, b: 2 });
  expect(withMember(value, 'a', undefined)).toEqual({ b: 2 });
  expect(withMember(undefined, 'a', 1)).toEqual({ a: 1 });
  expect(value).toEqual({ a: 1, b: 2 });
});
