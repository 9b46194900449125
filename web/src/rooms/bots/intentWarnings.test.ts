import { expect, test } from 'vitest';
import { intentWarnings } from './intentWarnings.ts';

const many = (word: string) => Array.from({ length: 5 }, (_, at) => `${word} ${at}`);
const intent = (name: string, examples: string[]) => ({ name, examples, answer: 'a' });

test('[K49] what keeps two intents from being told apart is said at both', () => {
  const sound = [intent('a', many('red')), intent('b', many('blue'))];
  expect(intentWarnings(sound)).toEqual(new Map());
  const shared = intentWarnings([
    intent('a', [...many('red'), 'Where is it?']),
    { ...intent('b', [...many('blue'), 'where is it']), title: 'Place' },
  ]);
  expect(shared.get(0)).toEqual(['“Where is it?” is a phrase of Place too.']);
  expect(shared.get(1)).toEqual(['“where is it” is a phrase of a too.']);
});

test('[K49] too few phrases, two of one name and an intent alone are said', () => {
  expect(intentWarnings([intent('a', ['one'])]).get(0)).toEqual([
    '1 of the 5 phrases it takes to be recognised.',
    'With one intent alone only what is like its phrases is recognised; add a second.',
  ]);
  expect(intentWarnings([intent('a', many('red')), intent('a', many('blue'))]).get(1)).toEqual([
    'Another intent is called a as well.',
  ]);
  // The same phrase twice in one intent harms nobody.
  expect(intentWarnings([intent('a', [...many('x'), 'x 1']), intent('b', many('y'))]).size).toBe(0);
});
