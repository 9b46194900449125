import { expect, test } from 'vitest';
import { digitGroups, tableOf } from './jsonTable.ts';
import { inSchemaOrder } from './schemaOrder.ts';

test('[K31] a list of like objects is a table of all their members', () => {
  expect(
    tableOf([
      { what: 'a', amount: 1 },
      { what: 'b', taxed: null },
    ]),
  ).toEqual({
    columns: ['what', 'amount', 'taxed'],
    rows: [
      { what: 'a', amount: 1 },
      { what: 'b', taxed: null },
    ],
  });
  const long = 'x'.repeat(61);
  const none = [[], [{ a: 1 }], [{ a: 1 }, 2], [{ a: 1 }, { b: [] }], [{}, {}], [{ a: long }, {}]];
  for (const list of none) expect(tableOf(list), JSON.stringify(list)).toBeNull();
  const wide = Object.fromEntries('abcdefg'.split('').map((name) => [name, 1]));
  expect(tableOf([wide, wide])).toBeNull();
});

test('[K31] digits are grouped for the eye, and read together are what was written', () => {
  expect(digitGroups('2000000')).toEqual(['2', '000', '000']);
  expect(digitGroups('-125000.50')).toEqual(['-125', '000.50']);
  for (const whole of ['2026', '1e+21', '0.123456', 'LH-28816', '-9999']) {
    expect(digitGroups(whole)).toEqual([whole]);
  }
  for (const written of ['10000', '123456789012', '-100000.000001']) {
    expect(digitGroups(written).join('')).toBe(written);
  }
});

test('[K31] what would happen stands in the order of its schema, with nothing added or lost', () => {
  const schema = {
    properties: {
      supplier: { properties: { name: {}, iban: {} } },
      lines: { items: { properties: { what: {}, amount: {} } } },
      never: {},
    },
  };
  const value = { extra: 1, lines: [{ amount: 2, what: 'x' }], supplier: { iban: 'i', name: 'n' } };
  const ordered = inSchemaOrder(value, schema);
  expect(ordered).toEqual(value);
  expect(JSON.stringify(ordered)).toBe(
    '{"supplier":{"name":"n","iban":"i"},"lines":[{"what":"x","amount":2}],"extra":1}',
  );
  expect(inSchemaOrder(value, null)).toEqual(value);
  expect(inSchemaOrder({ a: 1 }, { properties: { toString: {} } })).toEqual({ a: 1 });
});
