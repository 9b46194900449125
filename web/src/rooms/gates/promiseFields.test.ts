import { contradictions, GateDefinition } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import { groupsIn } from './groupsIn.ts';
import {
  chance_range,
  check_range,
  fewChecksWords,
  limit_range,
  noise_range,
} from './percentRange.ts';

test('[K145] groups that are pasted are those that were meant', () => {
  expect(groupsIn(['de', 'fr', ''])).toEqual(['de', 'fr']);
  expect(groupsIn(['de', ' fr', '  ', 'fr', 'pt br '])).toEqual(['de', 'fr', 'pt br']);
});

const taken = (more: object) =>
  GateDefinition.safeParse({ policy: { mode: 'guaranteed', alpha: 0.1, delta: 0.1, ...more } })
    .success;

test('[K145] a share takes what its field says in percent, and nothing else', () => {
  expect(limit_range.words).toMatch(/^From 0.0001% to under 100%/);
  expect(chance_range.words).toMatch(/^Over 0%, up to 99.9999%/);
  const shares = [0, 1e-7, 9.9e-7, 1e-6, 0.02, 0.499, 0.5, 0.999999, 0.9999995, 1];
  for (const share of shares) {
    expect([share, limit_range.holds(share)]).toEqual([share, taken({ alpha: share })]);
    const delta = Number((1 - share).toFixed(8));
    expect([share, chance_range.holds(share)]).toEqual([share, taken({ delta })]);
    expect([share, noise_range.holds(share)]).toEqual([share, taken({ label_noise: share })]);
  }
});

test('[K152] spot checks take what their field says, and few of them are said to see late', () => {
  const saved = (share: number) => {
    const policy = { mode: 'guaranteed', alpha: 0.1, delta: 0.1, spot_check: share };
    const read = GateDefinition.safeParse({ policy });
    return read.success && contradictions(read.data).length === 0;
  };
  const of_promise = check_range('guaranteed');
  for (const share of [-0.05, 0, 1e-9, 0.0099, 0.01, 0.05, 1, 1.01]) {
    expect([share, of_promise.holds(share)]).toEqual([share, saved(share)]);
  }
  expect(of_promise.words).toMatch(/^From 1% to 100%/);
  expect([-0.05, 0, 1e-7, 1, 1.5].map(check_range('threshold').holds)).toEqual([
    ...[false, true, true, true, false],
  ]);
  expect(fewChecksWords(0.01)).toContain('some 5 times as many outputs pass');
  expect(fewChecksWords(0.02)).toContain('some 2.5 times as many');
  expect([0.005, 0.05, 0.2].map(fewChecksWords)).toEqual(['', '', '']);
});
