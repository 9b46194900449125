import { expect, test } from 'vitest';
import { wordDistance } from './word-distance.ts';

const cases: [string, string, number][] = [
  ['', '', 0],
  ['', 'a b', 2],
  ['a b', '', 2],
  ['a b c', 'a b c', 0],
  ['a b c', 'a x c', 1],
  ['a b c', 'b c', 1],
  ['a b c', 'a x y c d', 3],
  ['it is on its way', 'on its way it is', 4],
];

test.each(cases)('[W39] from "%s" to "%s" it is %i words', (from, to, distance) => {
  const words = (text: string) => text.split(' ').filter(Boolean);
  expect(wordDistance(words(from), words(to))).toBe(distance);
  expect(wordDistance(words(to), words(from))).toBe(distance);
});
