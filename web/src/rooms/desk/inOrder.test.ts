import type { CaseRow, ConversationRow } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import { idOf, inOrder } from './inOrder.ts';

const at = (minutes: number) => new Date(Date.UTC(2026, 0, 1, 12, minutes)).toISOString();
const talk = (id: string, due: number | null, more: Partial<ConversationRow> = {}) =>
  ({
    ...{ id, due_at: due === null ? null : at(due), priority: 0 },
    ...{ waiting_since: at(-9), active_at: at(-1), ...more },
  }) as ConversationRow;
const one = (id: string, due: number | null) =>
  ({ id, due_at: due === null ? null : at(due) }) as CaseRow;
const ids = (talks: ConversationRow[], cases: CaseRow[], ends = true) =>
  inOrder(talks, cases, ends).map(idOf);

test('[K147] a case that is due stands before customers who are due later, and after those who are due before', () => {
  const talks = [talk('soon', 2), talk('monday', 2_880), talk('tuesday', 4_320)];
  const cases = [one('closure', null), one('draft', 9), one('late', 5_000), one('other', null)];
  const all = ['soon', 'draft', 'monday', 'tuesday', 'late', 'closure', 'other'];
  expect(ids(talks, cases)).toEqual(all);
  expect(ids([], cases)).toEqual(['draft', 'late', 'closure', 'other']);
  // More conversations are to come: what may belong behind them is not shown yet.
  expect(ids(talks, cases, false)).toEqual(['soon', 'draft', 'monday', 'tuesday']);
});

test('[K147] a customer who is urgent, or to whom nothing is promised, is passed over by no case', () => {
  const cases = [one('draft', 9), one('closure', null)];
  const talks = [talk('urgent', 2_880, { priority: 1 }), talk('no target', null)];
  expect(ids(talks, cases)).toEqual(['urgent', 'no target', 'draft', 'closure']);
  // What is past its time has waited longer.
  expect(ids([talk('no target', null)], [one('past', -20)])).toEqual(['past', 'no target']);
});
