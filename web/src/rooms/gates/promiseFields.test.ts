import { GateDefinition } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import { groupsIn } from './groupsIn.ts';
import { chance_range, limit_range, noise_range } from './percentRange.ts';

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
