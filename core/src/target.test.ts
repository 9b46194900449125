import { expect, test } from 'vitest';
import type { ConversationRecord } from './conversation.ts';
import type { Hours } from './hours.ts';
import { dueFor, type Promised, timed } from './target.ts';
import { type Instant, minute, plus } from './time.ts';

/** Monday, 2 March 2026, nine o'clock. */
const start = '2026-03-02T09:00:00.000Z';
const at = (minutes: number): Instant => plus(start, minutes * minute);
const all: Promised = {
  first_reply_ms: 10 * minute,
  next_reply_ms: 30 * minute,
  resolution_ms: 60 * minute,
};
const fresh = {
  ...{ id: 'conv_1', bot: 'shop', owner_kind: 'bot', owner_id: 'shop', state: 'open' },
  ...{ waiting_since: null, first_reply_at: null, promised: all, timing: {} },
  ...{ due_at: null, breach_at: null },
} as unknown as ConversationRecord;

/** Plays changes of a conversation, each at a minute, and says what was broken when. */
function play(
  row: ConversationRecord,
  ...steps: [minutes: number, change: Partial<ConversationRecord>][]
) {
  let now = row;
  const broken: unknown[] = [];
  for (const [minutes, change] of steps) {
    const { next, events } = timed({ ...now, ...change }, at(minutes));
    broken.push(...events.map(({ data }) => [minutes, data.target, data.due_at]));
    now = next;
  }
  return { row: now, broken };
}
const asks = (minutes: number) => ({ waiting_since: at(minutes) });
const answered = (minutes: number) => ({ waiting_since: null, first_reply_at: at(minutes) });
const due = ({ row }: { row: ConversationRecord }) => [row.due_at, dueFor(row.timing, row.due_at)];

test('[W30] the first reply is due from the first word, a later one from the word it answers', () => {
  const asked = play(fresh, [0, asks(0)]);
  expect(due(asked)).toEqual([at(10), 'first_reply']);
  // Another word of theirs gives no new time.
  expect(due(play(asked.row, [5, {}]))).toEqual([at(10), 'first_reply']);
  const replied = play(asked.row, [9, answered(9)]);
  expect([due(replied), replied.broken]).toEqual([[null, null], []]);
  expect(due(play(replied.row, [20, { ...asks(20) }]))).toEqual([at(50), 'next_reply']);
});

test('[W30] a hand-off, a transfer and giving back leave the clock as it runs', () => {
  const asked = play(fresh, [0, asks(0)]);
  const moved = play(
    asked.row,
    [2, { owner_kind: 'queue', owner_id: 'support', epoch: 2 }],
    [4, { owner_kind: 'member', owner_id: 'ana', epoch: 3 }],
    [6, { owner_kind: 'queue', owner_id: 'support', epoch: 4 }],
    [8, { owner_kind: 'bot', owner_id: 'shop', epoch: 5 }],
  );
  expect([due(moved), moved.broken]).toEqual([[at(10), 'first_reply'], []]);
});

test('[W30] what is broken is on record once, whether time or a late reply finds it', () => {
  const asked = play(fresh, [0, asks(0)]);
  const late = play(asked.row, [9, {}], [10, {}], [11, {}], [12, answered(12)]);
  expect(late.broken).toEqual([[10, 'first_reply', at(10)]]);
  expect(play(asked.row, [12, answered(12)], [13, {}]).broken).toEqual([
    [12, 'first_reply', at(10)],
  ]);
  // Overdue still, while they still wait; with the next wait it is promised anew.
  expect(due(play(asked.row, [11, {}]))).toEqual([at(10), 'first_reply']);
  expect(play(late.row, [20, asks(20)], [50, {}]).broken).toEqual([[50, 'next_reply', at(50)]]);
});

test('[W30] while the customer owes the answer the time to resolution stands still, and ends with it', () => {
  const waited = play(fresh, [0, asks(0)], [5, answered(5)], [300, asks(300)]);
  // Five minutes of sixty are gone.
  expect(waited.row.timing.dues?.resolution).toBe(at(355));
  expect(due(waited)).toEqual([at(330), 'next_reply']);
  const broken = play(waited.row, [330, {}], [355, {}]);
  expect(broken.broken).toEqual([
    [330, 'next_reply', at(330)],
    [355, 'resolution', at(355)],
  ]);
  const over = play(broken.row, [360, { state: 'resolved', waiting_since: null }]);
  expect([over.broken, over.row.timing.breached, over.row.breach_at]).toEqual([[], [], null]);
  const again = play(over.row, [400, { state: 'open', ...asks(400) }]);
  expect(again.row.timing.dues).toEqual({ next_reply: at(430), resolution: at(460) });
});

test('[W30] a night is no part of it', () => {
  const office: [string, string][] = [['09:00', '17:00']];
  const hours: Hours = { zone: 'UTC', weekly: { mon: office, tue: office }, exceptions: [] };
  const promised = { next_reply_ms: 120 * minute, resolution_ms: 600 * minute, hours };
  const open = { ...fresh, promised, first_reply_at: start };
  const asked = play(open, [7 * 60, asks(7 * 60)]);
  // An hour today, an hour tomorrow.
  expect(due(asked)).toEqual([at(25 * 60), 'next_reply']);
  const next = play(asked.row, [24 * 60 + 30, answered(24 * 60 + 30)]);
  expect(next.row.timing.waited_ms).toBe(90 * minute);
  // Tuesday evening: nobody is there before next Monday.
  expect(due(play(next.row, [33 * 60, asks(33 * 60)]))).toEqual([
    at((7 * 24 + 2) * 60),
    'next_reply',
  ]);
});

test('[W30] nothing is kept where nothing is promised, and a promise withdrawn is none', () => {
  const none = { ...fresh, promised: null };
  expect(play(none, [0, asks(0)], [500, {}])).toEqual({ row: { ...none, ...asks(0) }, broken: [] });
  const withdrawn = play(fresh, [0, asks(0)], [5, { promised: null }], [500, {}]);
  expect([due(withdrawn), withdrawn.broken]).toEqual([[null, null], []]);
});
