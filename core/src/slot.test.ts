import { expect, test } from 'vitest';
import { goodOf, heard, nextAsked, unaskable } from './slot.ts';

const schema = {
  type: 'object',
  required: ['order', 'amount', 'reason', 'express', 'note'],
  additionalProperties: false,
  properties: {
    order: { type: 'string', pattern: '^LH-[0-9]{5}$' },
    amount: { type: 'number', minimum: 0, maximum: 500 },
    reason: { type: 'string', enum: ['too_late', 'broken', 'other'] },
    express: { type: 'boolean' },
    note: { type: 'string', minLength: 3 },
    email: { type: 'string', format: 'email' },
  },
};

test.each([
  [
    'what fits a pattern, in any case',
    'my order lh-12345 please',
    {},
    undefined,
    { order: 'LH-12345' },
  ],
  ['no piece of a longer word', 'LH-123456 or XLH-12345', {}, undefined, {}],
  ['the one number there is', 'i want 12,50 back', {}, undefined, { amount: 12.5 }],
  ['not one of two numbers', 'i want 12 or 13 back', {}, undefined, {}],
  ['the first number, when asked', '12, no, 13', {}, 'amount', { amount: 12 }],
  ['no number out of its bounds', '900', {}, 'amount', {}],
  ['figures of an order are no amount', 'LH-12345', {}, undefined, { order: 'LH-12345' }],
  ['a value of a list', 'It came too late!', {}, undefined, { reason: 'too_late' }],
  ['no value where two are said', 'broken and too late', {}, undefined, {}],
  ['an address', 'write to kim@example.com.', {}, undefined, { email: 'kim@example.com' }],
  ['yes, when asked', 'Ja, bitte', {}, 'express', { express: true }],
  ['no, when asked', 'no thanks', {}, 'express', { express: false }],
  ['yes in letters with marks', 'Sí', {}, 'express', { express: true }],
  ['no in Arabic', 'لا، شكرا', {}, 'express', { express: false }],
  ['no yes that nobody asked for', 'yes', {}, undefined, {}],
  ['the whole message, when asked', ' The lid is loose ', {}, 'note', { note: 'The lid is loose' }],
  ['nothing that its schema refuses', 'ab', {}, 'note', {}],
  ['what is given stays', 'LH-99999', { order: 'LH-12345' }, undefined, { order: 'LH-12345' }],
] as const)('[W52] heard is %s', (_what, text, given, asked, found) => {
  expect(heard(schema, given, text, asked)).toEqual(found);
});

test('[W52] arguments are asked for one at a time, in their order', () => {
  expect(nextAsked(schema, {})).toBe('order');
  expect(nextAsked(schema, { order: 'LH-12345', amount: 3 })).toBe('reason');
  const all = { order: 'LH-12345', amount: 3, reason: 'other', express: true, note: 'abc' };
  expect(nextAsked(schema, all)).toBeUndefined();
  expect(goodOf(schema, { order: 'x', amount: 3, other: 1 })).toEqual({ amount: 3 });
  expect(unaskable(schema)).toBeUndefined();
  const list = { type: 'object', required: ['items'], properties: { items: { type: 'array' } } };
  expect(unaskable(list)).toBe('items');
});
