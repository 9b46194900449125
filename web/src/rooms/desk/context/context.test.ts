import { type CaseRow, Deadline, Quorum } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import { historyOf, type Said } from './history.ts';
import { stepsOf } from './ladder.ts';
import { type Compared, likest, sharedWords } from './likeness.ts';

const minute = 60_000;
const opened = '2026-01-01T10:00:00.000Z';
const at = (minutes: number) => Date.parse(opened) + minutes * minute;

test('[K23] what the clock does next stands out; what would come after the end is left out', () => {
  const deadline = Deadline.parse({
    ladder: [
      { after_ms: 10 * minute, do: 'remind' },
      { after_ms: 20 * minute, do: 'widen', queue: 'all' },
      { after_ms: 90 * minute, do: 'escalate' },
    ],
    expire_after_ms: 60 * minute,
    fallback: 'reject',
  });
  const shown = { created_at: opened, due_at: new Date(at(60)).toISOString() };
  const states = (minutes: number) => stepsOf(shown, deadline, at(minutes)).map((one) => one.state);
  expect(stepsOf(shown, deadline, at(0)).map(({ words }) => words)).toEqual([
    'Whoever should decide is reminded',
    'Everyone is let in, in “all”',
    'Time is up: it counts as rejected',
  ]);
  expect(states(9.9)).toEqual(['next', 'later', 'later']);
  expect(states(10)).toEqual(['past', 'next', 'later']);
  expect(states(59)).toEqual(['past', 'past', 'next']);
  expect(states(60)).toEqual(['past', 'past', 'past']);
  const endless = { ...shown, due_at: null };
  expect(stepsOf(endless, deadline, at(0)).at(-1)?.words).toBe('A lead or above is asked for');
  expect(stepsOf(endless, Deadline.parse({}), at(0))).toEqual([]);
});

const row = (id: string, title: string, reason = 'amount 780 is over 500', risk = 'low') =>
  ({ id, title, reason, risk }) as CaseRow;

test('[K24] earlier decisions come most alike first: rare words before common ones, then the reason', () => {
  const shown = {
    id: 'case_now',
    title: 'refund: A-1 · ana@example.com',
    reasons: ['amount 1,200 is over 500'],
    risk: 'low',
  };
  const rows = [
    row('case_now', shown.title),
    row('case_other_reason', 'refund: B-2 · bo@example.com', 'confidence 0.40 is under 0.80'),
    row('case_same_reason', 'refund: C-3 · cy@example.com'),
    row('case_same_person', 'refund: D-4 · ana@example.com', 'confidence 0.40 is under 0.80'),
  ];
  const found = likest(shown, rows, 5).map(({ id }) => id);
  expect(found).toEqual(['case_same_person', 'case_same_reason', 'case_other_reason']);
  expect(likest(shown, rows, 1)).toHaveLength(1);
  expect(likest({ ...shown, title: '…', reasons: [] }, rows, 5)).toHaveLength(3);
});

test('[K24] what two cases share is named: who it is about, what the AI said, which rule held them', () => {
  const plain: Compared = {
    title: 'one',
    reasons: ['confidence 0.40 is under 0.80'],
    parts: [{ kind: 'facts', name: 'facts', facts: [{ label: 'Customer', value: 'Ana Reyes' }] }],
    action: null,
    suggestion: { values: { intent: 'refund' }, confidence: 0.4, scores: null },
  };
  const nobody: Compared = { ...plain, parts: [] };
  expect(sharedWords(plain, plain)).toBe('same customer');
  expect(sharedWords(plain, nobody)).toBe('same suggestion');
  const other = { ...nobody, suggestion: null };
  expect(sharedWords(plain, other)).toBeNull();
  const ruled = { ...other, reasons: ['amount 780 is over 500'] };
  expect(sharedWords(ruled, { ...ruled, reasons: ['amount 999 is over 500'] })).toBe('same reason');
  const shadow = { ...plain, parts: [], suggestion: null };
  expect(sharedWords(shadow, nobody)).toBeNull();
});

const said = (type: Said['type'], data: Said['data'] = {}) =>
  ({ type, actor_name: 'Bo', cursor: type, data }) as Said;
const one = { quorum: Quorum.parse({}), adjudicating: false, answers_in: 1 };
const three = { ...one, quorum: { ...one.quorum, of: 3 } };

test('[K25] while a case waits, its history names no earlier decision, and no rater asked apart', () => {
  const events = [said('case.opened'), said('case.answered'), said('case.resolved')];
  const undone = historyOf({ ...three, state: 'waiting' }, [said('case.undone')]);
  expect(undone.map(({ who }) => who)).toEqual([null]);
  const told = (shown: Parameters<typeof historyOf>[0]) =>
    historyOf(shown, events).map(({ event, who }) => [event.type, who]);
  expect(told({ ...one, state: 'resolved' })).toEqual([
    ['case.resolved', 'Bo'],
    ['case.answered', 'Bo'],
    ['case.opened', 'Bo'],
  ]);
  expect(told({ ...one, state: 'waiting' })).toEqual([
    ['case.answered', 'Bo'],
    ['case.opened', 'Bo'],
  ]);
  const apart = [
    ['case.answered', null],
    ['case.opened', 'Bo'],
  ];
  expect(told({ ...three, state: 'waiting' })).toEqual(apart);
  expect(told({ ...one, adjudicating: true, state: 'waiting' })).toEqual(apart);
  const second = { ...one, quorum: Quorum.parse({ second_opinion: 'on_disagreement' }) };
  expect(told({ ...second, state: 'waiting' })).toEqual(apart);
});

test('[K25] who took a case and gave it back is no part of its history; whoever lost it to a higher role is', () => {
  const events = [
    said('case.opened'),
    said('case.claimed'),
    said('case.released'),
    said('case.released', { why: 'escalated' }),
    said('case.released', { why: 'lapsed' }),
    said('case.noted'),
  ];
  const told = historyOf({ ...one, state: 'waiting' }, events).map(({ event }) => event.type);
  expect(told).toEqual(['case.noted', 'case.released', 'case.opened']);
});
