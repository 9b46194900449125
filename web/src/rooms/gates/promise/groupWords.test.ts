import type { PromiseGroup } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import { groupName, tellsWords } from './groupWords.ts';

const of = (tells: PromiseGroup['tells'], n: number) => ({
  tells,
  errors: { n, wrong: 0, share: 0, low: 0, high: 1 },
});

test('[G61] a group that too few were checked of says so, with how many it takes', () => {
  expect(tellsWords(of('too_few', 1), 59)).toBe('too few to tell: 1 spot check of about 59');
  expect(tellsWords(of('too_few', 80), 59)).toBe('too close to tell: 80 spot checks');
  expect(tellsWords(of('within', 1_200), 59)).toBe('within α: 1,200 spot checks');
  expect(tellsWords(of('over', 30), 59)).toBe('30 spot checks');
  expect(tellsWords(of('nothing_passed', 0), 59)).toBeUndefined();
});

test('a group is called by its value, as far as there is room and it has one', () => {
  expect(groupName({ of: 'value', value: 'de' })).toBe('de');
  expect(groupName({ of: 'value', value: '' })).toBe('(empty)');
  expect(groupName({ of: 'value', value: 'x'.repeat(400) })).toHaveLength(40);
  expect(groupName({ of: 'rest', value: null })).toBe('Other values');
  expect(groupName({ of: 'none', value: null })).toBe('Not given');
});
