import type { CaseFilter, CaseRow, Event } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import { keys, makeCache, patchLists, touchedBy } from './cache.ts';

const row = (id: string): CaseRow => ({
  id,
  kind: 'review',
  state: 'waiting',
  title: id,
  queue: 'default',
  gate: null,
  gate_title: null,
  reason: 'asked for',
  confidence: null,
  risk: null,
  priority: 0,
  due_at: null,
  created_at: '2026-01-01T00:00:00.000Z',
  resolved_at: null,
  outcome: null,
  assigned_to: null,
  needs_role: 'reviewer',
  stranded_at: null,
  rests_until: null,
  holders: [],
});
const event = (type: Event['type'], data: Event['data'] = {}): Event => ({
  cursor: '1-1',
  type,
  subject: 'case_b',
  actor: 'mem_1',
  actor_kind: 'member',
  data,
  at: '2026-01-01T00:00:00.000Z',
});

function setUp() {
  const cache = makeCache();
  const put = (filter: Partial<CaseFilter>) =>
    cache.setQueryData(keys.caseList(filter), {
      pages: [
        { rows: [row('case_a'), row('case_b')], next: 'x' },
        { rows: [row('case_c')], next: null },
      ],
      pageParams: [null, 'x'],
    });
  const rows = (filter: Partial<CaseFilter>) =>
    cache
      .getQueryData<{ pages: { rows: CaseRow[] }[] }>(keys.caseList(filter))
      ?.pages.flatMap((page) => page.rows) ?? [];
  return { cache, put, rows };
}

test.each(['case.resolved', 'case.cancelled'] as const)(
  '[K5] after %s a case is gone from every open list at once, and stays in the list of decided ones',
  (type) => {
    const { cache, put, rows } = setUp();
    for (const view of ['waiting', 'mine', 'resolved'] as const) put({ view });
    patchLists(cache, event(type));
    expect(rows({ view: 'waiting' }).map(({ id }) => id)).toEqual(['case_a', 'case_c']);
    expect(rows({ view: 'mine' }).map(({ id }) => id)).toEqual(['case_a', 'case_c']);
    expect(rows({ view: 'resolved' })).toHaveLength(3);
  },
);

test('[K5] who holds a case is seen at once, once, and no longer when it is given back', () => {
  const { cache, put, rows } = setUp();
  put({ view: 'waiting' });
  const holders = () => rows({ view: 'waiting' })[1]?.holders.map(({ rater }) => rater);
  patchLists(cache, event('case.claimed'));
  patchLists(cache, event('case.claimed'));
  expect(holders()).toEqual(['mem_1']);
  patchLists(cache, { ...event('case.released', { rater: 'mem_1' }), actor: 'system' });
  expect(holders()).toEqual([]);
});

test('[K5] what an event does not touch keeps its identity, so nothing is drawn again', () => {
  const { cache, put } = setUp();
  put({ view: 'waiting' });
  const before = cache.getQueryData(keys.caseList({ view: 'waiting' }));
  patchLists(cache, { ...event('case.resolved'), subject: 'case_unknown' });
  expect(cache.getQueryData(keys.caseList({ view: 'waiting' }))).toBe(before);
});

test('[K5] a decision makes Home and the lists of decided ones old, not every page of those that wait', () => {
  const touched = touchedBy(event('case.resolved'));
  expect(touched).toContainEqual(keys.home);
  expect(touched).toContainEqual(keys.queues);
  expect(touched).not.toContainEqual(keys.cases);
  const { cache, put } = setUp();
  for (const view of ['waiting', 'resolved'] as const) put({ view, queue: 'refunds' });
  for (const queryKey of touched) void cache.invalidateQueries({ queryKey });
  const isOld = (filter: Partial<CaseFilter>) =>
    cache.getQueryState(keys.caseList(filter))?.isInvalidated;
  expect(isOld({ view: 'resolved', queue: 'refunds' })).toBe(true);
  expect(isOld({ view: 'waiting', queue: 'refunds' })).toBe(false);
});

test('[K5] what may bring a case into a list makes the lists old; a note only its case', () => {
  for (const type of ['case.opened', 'case.undone', 'case.assigned', 'case.escalated'] as const) {
    expect(touchedBy(event(type)), type).toContainEqual(keys.cases);
  }
  expect(touchedBy(event('case.answered', { status: 'skipped' }))).toContainEqual(keys.cases);
  expect(touchedBy(event('case.noted'))).not.toContainEqual(keys.cases);
  expect(touchedBy(event('gate.changed'))).toContainEqual(keys.gates);
  expect(touchedBy(event('gate.hours_spent'))).toContainEqual(keys.cases);
});

test('[K5] who holds an open case is seen in it at once; where several are asked, it is read anew', () => {
  const { cache } = setUp();
  const open = (id: string, of: number) =>
    cache.setQueryData(keys.case(id), { id, quorum: { of }, holders: [] });
  open('case_b', 1);
  patchLists(cache, event('case.claimed'));
  expect(cache.getQueryData(keys.case('case_b'))).toMatchObject({ holders: [{ rater: 'mem_1' }] });
  patchLists(cache, event('case.released'));
  expect(cache.getQueryData(keys.case('case_b'))).toMatchObject({ holders: [] });
  expect(cache.getQueryState(keys.case('case_b'))?.isInvalidated).toBe(false);
  open('case_b', 2);
  patchLists(cache, event('case.claimed'));
  expect(cache.getQueryState(keys.case('case_b'))?.isInvalidated).toBe(true);
});
