import type { PromiseQuality } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import { groundWords, rightText, rightWords, worthWords } from './qualityWords.ts';

const side = { n: 900, labelled: 40, wrong: 2, told: null, plain: null, worth: 1 };
const told = { right: 0.951, low: 0.9342, high: 0.9987 };

test('[K143] a share that was right is said with its bounds, as exactly as what is wrong is known', () => {
  expect([1, 0.99987, 0.9987, 0.951, 0.5, 0].map(rightText)).toEqual([
    ...['100', '99.987', '99.87', '95.1', '50', '0'],
  ]);
  expect(rightWords(told)).toBe('95.1%, 93.4–99.87%');
  expect(rightWords(null)).toBe('too little was judged');
});

test('[K143] what scores add is said, and where they add nothing that is', () => {
  expect(worthWords({ ...side, told, worth: 1.23 })).toBe('1.2 × the judgements');
  expect(worthWords({ ...side, told, worth: 1.04 })).toBe('nothing yet');
  expect(worthWords(side)).toBe('');
});

test('[K143] what the figures rest on is said: what was judged, and what is not decided', () => {
  const found = { passed: side, undecided: 3 } as unknown as PromiseQuality;
  expect(groundWords(found)).toEqual([
    'Of 900 that passed 40 spot checks were judged, 2 against the AI.',
    '3 of what was held are not decided yet, and taken to be like the rest.',
    'Whatever ended without a judgement counts as wrong.',
  ]);
  const held = { passed: { ...side, n: 0 }, undecided: 0 } as unknown as PromiseQuality;
  expect(groundWords(held)).toHaveLength(1);
});
