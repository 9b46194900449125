import { expect, test } from 'vitest';
import { labelsOf } from './label.ts';

test.each([
  [[' x', 'X', 'x'], ['x']],
  [
    ['Lamps', 'oil', 'LAMPS '],
    ['Lamps', 'oil'],
  ],
  [['two  words', 'Two words'], ['two words']],
  [['Caf\u0065\u0301', 'caf\u00e9'], ['Caf\u00e9']],
  [[], []],
])('[W88] %j are kept as %j', (given, kept) => {
  expect(labelsOf(given)).toEqual(kept);
});
