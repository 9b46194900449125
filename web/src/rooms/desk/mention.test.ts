import { expect, test } from 'vitest';
import { mentionPieces, mentionsIn } from './mention.ts';

test('[K85] whom a note names is told apart in it, and no other word', () => {
  const people = [
    { id: 'a', name: 'Ana' },
    { id: 'b', name: 'Ana Maria' },
    { id: 'c', name: 'Tom' },
  ];
  const text = '@Ana Maria and @Ana, not @Tomorrow';
  expect(mentionsIn(text, people)).toEqual(['b', 'a']);
  const pieces = mentionPieces(text, ['Ana', 'Ana Maria', 'Tom']);
  expect(pieces.filter(({ is_mention }) => is_mention).map(({ piece }) => piece)).toEqual([
    '@Ana Maria',
    '@Ana',
  ]);
  expect(pieces.map(({ piece }) => piece).join('')).toBe(text);
  expect(mentionPieces('nobody', ['Tom'])).toEqual([
    { start: 0, piece: 'nobody', is_mention: false },
  ]);
});
