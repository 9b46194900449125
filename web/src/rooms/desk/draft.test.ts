import { expect, test } from 'vitest';
import { DraftStore, type Shelf } from './draft.ts';

function memory(most = Number.POSITIVE_INFINITY): Shelf & { kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => {
      if (!kept.has(key) && kept.size >= most) throw new Error('QuotaExceededError');
      kept.set(key, value);
    },
    removeItem: (key) => void kept.delete(key),
    key: (at) => [...kept.keys()][at] ?? null,
    get length() {
      return kept.size;
    },
  };
}

const day = 24 * 3_600_000;

test('[K3] a draft is there after a reload, and gone once its case is decided', () => {
  const shelf = memory();
  new DraftStore(shelf).set(
    'case_a',
    { values: { verdict: 'edit', arguments: { amount: 5 } } },
    1_000,
  );
  const reloaded = new DraftStore(shelf);
  expect(reloaded.get('case_a')).toEqual({
    values: { verdict: 'edit', arguments: { amount: 5 } },
    at: 1_000,
  });
  expect(reloaded.get('case_b')).toBeUndefined();
  reloaded.clear('case_a');
  expect(new DraftStore(shelf).get('case_a')).toBeUndefined();
});

test('[K3] an emptied draft is no draft', () => {
  const drafts = new DraftStore(memory());
  drafts.set('case_a', { values: { tone: 'cold' } }, 1);
  drafts.set('case_a', { values: {} }, 2);
  expect(drafts.get('case_a')).toBeUndefined();
});

test('[K3] why a case is skipped and a note not sent are kept too; only the note outlives the decision', () => {
  const shelf = memory();
  const drafts = new DraftStore(shelf);
  drafts.set('case_a', { passing: { status: 'skipped', why: 'A friend ask' } }, 1);
  drafts.set('case_a', { note: 'Look at the' }, 2);
  drafts.set('case_a', { values: { tone: 'cold' } }, 3);
  expect(new DraftStore(shelf).get('case_a')).toEqual({
    values: { tone: 'cold' },
    passing: { status: 'skipped', why: 'A friend ask' },
    note: 'Look at the',
    at: 3,
  });
  drafts.clear('case_a');
  expect(drafts.get('case_a')).toEqual({ values: {}, note: 'Look at the', at: 3 });
  drafts.set('case_a', { note: '' }, 4);
  expect(shelf.kept.size).toBe(0);
});

test.each([['not json'], ['null'], ['[]'], ['{"values":5,"at":1}'], ['{"values":{}}']])(
  '[K3] what was written by something else is no draft: %s',
  (text) => {
    const shelf = memory();
    shelf.setItem('wheelhouse.draft.case_a', text);
    expect(new DraftStore(shelf).get('case_a')).toBeUndefined();
  },
);

test('[K3] a full store loses a draft, never the work, and makes room', () => {
  const shelf = memory(60);
  const drafts = new DraftStore(shelf);
  for (let at = 0; at < 60; at++) drafts.set(`case_${at}`, { values: { a: at } }, at);
  expect(() => drafts.set('case_new', { values: { a: 1 } }, 61)).not.toThrow();
  expect(shelf.kept.size).toBeLessThan(60);
  expect(drafts.get('case_59')).toBeDefined();
  expect(drafts.get('case_0')).toBeUndefined();
});

test('[K3] drafts older than two weeks go; nothing else in the store does', () => {
  const shelf = memory();
  shelf.setItem('wheelhouse.theme', 'dark');
  const drafts = new DraftStore(shelf);
  drafts.set('case_old', { values: { a: 1 } }, 0);
  drafts.set('case_new', { values: { a: 1 } }, 10 * day);
  drafts.prune(14 * day + 1);
  expect(drafts.get('case_old')).toBeUndefined();
  expect(drafts.get('case_new')).toBeDefined();
  expect(shelf.getItem('wheelhouse.theme')).toBe('dark');
});
