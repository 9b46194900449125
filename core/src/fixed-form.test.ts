import fc from 'fast-check';
import { expect, test } from 'vitest';
import { numberIn } from './fixed-form.ts';
import { heard } from './slot.ts';

const form = '^KC-[0-9]{5}$';
const named = ['order'];

test.each([
  ['KC20712', 'KC-20712'],
  ['kc 20712', 'KC-20712'],
  ['it is kc 20712 i think', 'KC-20712'],
  ['Kc - 20712.', 'KC-20712'],
  ['KC–20712', 'KC-20712'],
  ['KC-20 712', 'KC-20712'],
  ['K.C. 20712', 'KC-20712'],
  ['20712', 'KC-20712'],
  ['#20712', 'KC-20712'],
  ['the number is 20712, bought 5 days ago', 'KC-20712'],
  ['20 712', 'KC-20712'],
  ['٢٠٧١٢', 'KC-20712'],
  ['ＫＣ２０７１２', undefined],
  ['KC２０７１２', 'KC-20712'],
  ['KC20712, sorry, KC-20712', 'KC-20712'],
  ['KC20712 or KC20418', undefined],
  ['20712 or 20418', undefined],
  ['2071', undefined],
  ['207123', undefined],
  ['KC207123', undefined],
  ['LC20712', undefined],
  ['it cost 120.50', undefined],
  ['it cost 20712 euros', undefined],
  ['call me on 087 12 345', undefined],
  ['on 12.03.2026', undefined],
  ['no idea', undefined],
  ['', undefined],
])('[W105] of %j the order asked for is %s', (text, value) => {
  expect(numberIn(form, text, { asked: true, named })?.value).toBe(value);
});

test.each([
  ['where is kc20712', 'KC-20712'],
  ['where is my order 20712', 'KC-20712'],
  ['order number 20712 please', 'KC-20712'],
  ['order #20712 please', 'KC-20712'],
  ['i have 20712 questions', undefined],
  ['my code is 20712', undefined],
])('[W105] of %j the order nobody asked for is %s', (text, value) => {
  expect(numberIn(form, text, { asked: false, named })?.value).toBe(value);
});

test.each([
  ['^(KC|LH)-[0-9]{5}$', 'lh20712', 'LH-20712'],
  ['^(KC|LH)-[0-9]{5}$', '20712', undefined],
  ['^[A-Z]{2}-\\d{4}$', 'ab1234', 'AB-1234'],
  ['^[A-Z]{2}-\\d{4}$', 'it was in 2024', undefined],
  ['^A-\\d{3,8}$', 'a 123 45', 'A-123'],
  ['^A-\\d{3,8}$', '12345', 'A-12345'],
  ['^A-\\d+$', 'a12', 'A-12'],
  ['^A-\\d+$', '12', undefined],
  ['^\\d{3}/\\d{4}$', '123 4567', '123/4567'],
  ['^RE\\.\\d{2}\\.\\d{3}$', 're 24 123', 'RE.24.123'],
  ['^[^x]+$', 'anything', undefined],
  ['^a(b(c|d))?$', 'ab', undefined],
  ['^KC-?\\d{5}$', '20712', undefined],
  ['^KC$', 'kc', undefined],
])('[W105] by the form %s, %j is %s', (pattern, text, value) => {
  expect(numberIn(pattern, text, { asked: true, named: [] })?.value).toBe(value);
});

test('[W105] whatever is written in place of the signs, the number is put into its form or not read', () => {
  const put = fc.constantFrom('', ' ', '-', ' - ', '/', '.');
  fc.assert(
    fc.property(
      fc.integer({ min: 10_000, max: 99_999 }),
      put,
      fc.string(),
      (number, sign, after) => {
        const found = numberIn(form, `kc${sign}${number} ${after}`, { asked: true, named });
        expect([`KC-${number}`, undefined]).toContain(found?.value);
        expect(numberIn(form, `kc${sign}${number}`, { asked: true, named })?.value).toBe(
          `KC-${number}`,
        );
      },
    ),
  );
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.boolean(), (text, asked) => {
      const value = numberIn(form, text, { asked, named })?.value;
      expect(value ?? 'KC-00000').toMatch(/^KC-\d{5}$/);
    }),
  );
});

test('[W105] what was put into its form is a value of the call, and its figures are no other', () => {
  const schema = {
    type: 'object',
    required: ['order', 'amount'],
    properties: {
      order: { type: 'string', title: 'Order', pattern: form },
      amount: { type: 'number' },
    },
  };
  expect(heard(schema, {}, 'kc 20712')).toEqual({ order: 'KC-20712' });
  expect(heard(schema, {}, 'pay back 30 for order 20712')).toEqual({
    order: 'KC-20712',
    amount: 30,
  });
  expect(heard(schema, {}, '20712', 'order')).toEqual({ order: 'KC-20712' });
  expect(heard(schema, {}, '20712', 'amount')).toEqual({ amount: 20712 });
});
