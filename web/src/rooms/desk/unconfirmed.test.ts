import type { Case } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import { becameOf } from './unconfirmed.ts';

const waits = { state: 'waiting', answers_in: 0, resolution: null } as unknown as Case;
const decided = (by: string[]) =>
  ({ state: 'resolved', answers_in: 1, resolution: { by } }) as unknown as Case;

test('[K104] what became of an answer nobody confirmed is read of its case', () => {
  expect(becameOf(waits, waits, 'mem_me')).toBe('not_arrived');
  expect(becameOf(waits, decided(['mem_me']), 'mem_me')).toBe('arrived');
  expect(becameOf(waits, decided(['mem_other']), 'mem_me')).toBe('another');
  expect(becameOf(waits, { ...waits, state: 'cancelled' }, 'mem_me')).toBe('another');
  // Another of several may have answered meanwhile.
  expect(becameOf(waits, { ...waits, answers_in: 1 }, 'mem_me')).toBe('unknown');
});
