import type { PromiseEpoch, PromiseGroup } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import { groupName, groupsPromised, tellsWords, versionChoices } from './groupWords.ts';

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

test('[K163] groups with a promise of their own are named, and a version is one choice', () => {
  expect(groupsPromised({ certify_by: null })).toContain('none of each group');
  const certify_by = { attribute: 'language', values: ['de', 'fr'] };
  expect(groupsPromised({ certify_by })).toBe(
    'Each of these has a promise of its own: language: de, language: fr, and all others together. Any other group has none.',
  );
  const epoch = (id: string, tier: string, ended_at: string | null = null) =>
    ({ id, model: 'm', model_version: '1', ended_at, tiers: [{ tier }] }) as never as PromiseEpoch;
  const names = versionChoices([
    epoch('a', 'language: fr'),
    epoch('b', 'other'),
    epoch('c', 'language: fr', '2026-11-24T09:00:00Z'),
    epoch('d', 'language: fr', '2026-11-25T09:00:00Z'),
  ]).map(({ name }) => name);
  expect(names).toEqual([
    'm 1',
    expect.stringMatching(/^m 1 · language: fr \(ended .*24/),
    expect.stringMatching(/^m 1 · language: fr \(ended .*25/),
  ]);
});
