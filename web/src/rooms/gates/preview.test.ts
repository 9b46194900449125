import type { Preview } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import { heldWords } from './preview.ts';

const preview = (hold: [number, number], a_day: [number, number] | null): Preview => ({
  n: 600,
  since: null,
  until: null,
  before: { pass: 600 - hold[0], hold: hold[0], block: 0 },
  after: { pass: 600 - hold[1], hold: hold[1], block: 0 },
  held_per_day_before: a_day?.[0] ?? null,
  held_per_day_after: a_day?.[1] ?? null,
  proven_anew: false,
  changed: [],
});

test('[K17] by the day where the past is long enough', () => {
  expect(heldWords(preview([100, 131], [100, 131]))).toBe(
    'About 31 more a day would be held: 131 rather than 100.',
  );
  expect(heldWords(preview([10, 5], [2.5, 1.25]))).toBe(
    'About 1.3 fewer a day would be held: 1.3 rather than 2.5.',
  );
});

test('[K17] says that the past is too short', () => {
  expect(heldWords(preview([10, 15], null))).toContain('5 more of the last 600 would be held');
  expect(heldWords(preview([10, 15], null))).toContain('not enough history');
});

test('[K17] as many held is said plainly, and what else changes', () => {
  expect(heldWords(preview([10, 10], [10, 10]))).toBe('As many would be held as now.');
  const blocked = preview([10, 10], null);
  blocked.after = { pass: 580, hold: 10, block: 10 };
  expect(heldWords(blocked)).toContain('what is blocked changes');
});
