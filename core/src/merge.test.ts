import { expect, test } from 'vitest';
import type { ConversationRecord } from './conversation.ts';
import { merge, standing } from './merge.ts';
import { isRefusal } from './refusal.ts';
import { speak } from './speak.ts';

const now = '2026-01-05T12:00:00.000Z';
const earlier = '2026-01-05T11:00:00.000Z';
let made = 0;
const hand = {
  id: 'mem_rita',
  name: 'Rita',
  now,
  line: () => ({ id: `msg_${made++}`, salt: 'salt' }),
};
const row = (change: Partial<ConversationRecord>): ConversationRecord => ({
  ...{ id: 'conv_1', workspace_id: 'ws_1', contact_id: 'cont_1', channel: 'api', bot: 'shop' },
  ...{ title: '', state: 'open', owner_kind: 'bot', owner_id: 'shop', epoch: 3, seq: 4 },
  ...{ turn_seq: null, streaming: null, customer_seq: 4, hand_off_output_id: null },
  ...{ hand_off_reason: null, routing: null, call_back: null, posture: null, language: null },
  ...{ priority: 0, labels: [], waiting_since: null, first_reply_at: null, promised: null },
  ...{ timing: {}, due_at: null, breach_at: null, snoozed_until: null, merged_into: null },
  ...{ customer_read_seq: 0, customer_delivered_seq: 0, team_read_seq: 0, resolved_at: null },
  ...{ created_at: earlier, active_at: earlier, erased_at: null },
  ...change,
});
const other = (change: Partial<ConversationRecord> = {}) =>
  row({ id: 'conv_2', seq: 9, epoch: 7, ...change });
const codeOf = (run: () => unknown): string => {
  try {
    run();
    return 'done';
  } catch (thrown) {
    return isRefusal(thrown) ? thrown.code : 'a bug';
  }
};

test('[W35] the one ends under a new epoch, and both name each other by a line under the next number', () => {
  const begun = row({ turn_seq: 4, waiting_since: earlier });
  const { from, into } = merge(begun, other(), hand, false);
  expect(from.next).toMatchObject({ state: 'resolved', merged_into: 'conv_2', epoch: 4, seq: 5 });
  expect(from.next).toMatchObject({ turn_seq: null, waiting_since: null, streaming: null });
  expect(from.messages.map(({ seq, body }) => [seq, body])).toEqual([
    [5, { kind: 'line', line: 'merged', conversation_id: 'conv_2' }],
  ]);
  expect(into.messages.map(({ seq, body }) => [seq, 'line' in body && body.line])).toEqual([
    [10, 'taken'],
    [11, 'merged_in'],
  ]);
  const message = {
    ...({ id: 'msg_late', salt: '', author_kind: 'bot', author_id: 'bot:shop' } as const),
    ...({ author_name: 'Bot', audience: 'all', body: { kind: 'text', text: 'late' } } as const),
  };
  for (const approved_by of [undefined, 'mem_rita']) {
    const word = { epoch: 3, for_seq: 4, message: { ...message, approved_by } };
    expect(speak(from.next, word as never, now)).toBe('stale');
  }
});

test.each([
  ['nobody waits', {}, {}, { owner_kind: 'bot', epoch: 7, waiting_since: null }],
  [
    'the customer waits for the bot',
    { waiting_since: earlier },
    {},
    { owner_kind: 'member', owner_id: 'mem_rita', epoch: 8, waiting_since: earlier },
  ],
  [
    'a person had it',
    { owner_kind: 'member', owner_id: 'mem_rita' },
    {},
    { owner_kind: 'member', owner_id: 'mem_rita', waiting_since: null },
  ],
  [
    'a person is waited for in both',
    { owner_kind: 'queue', owner_id: 'q', waiting_since: earlier },
    { owner_kind: 'queue', owner_id: 'q', waiting_since: now, timing: { since: now } },
    { owner_kind: 'queue', epoch: 7, waiting_since: earlier, timing: { since: earlier } },
  ],
  [
    'the other has ended',
    { waiting_since: earlier },
    { state: 'resolved', resolved_at: earlier },
    { owner_id: 'mem_rita', state: 'open', resolved_at: null },
  ],
  [
    'both have ended',
    { state: 'resolved', resolved_at: earlier },
    { state: 'resolved', resolved_at: earlier },
    { owner_kind: 'bot', state: 'resolved', resolved_at: earlier },
  ],
] as const)('[W35] where %s, the other goes on as it should', (_, one, two, wanted) => {
  const { into } = merge(
    row(one as Partial<ConversationRecord>),
    other(two as Partial<ConversationRecord>),
    hand,
    false,
  );
  expect(into.next).toMatchObject(wanted);
});

test('[W35] the other keeps labels, the higher priority and the call-back of both', () => {
  const call_back = {
    ...{ offered_at: earlier, asked_at: earlier, email: null, phone: '+1 2', time: null },
    ...{ done_at: null, done_by: null },
  };
  const one = row({ labels: ['lamp'], priority: 5, call_back });
  const { from, into } = merge(one, other({ labels: ['vip', 'lamp'] }), hand, false);
  expect(into.next).toMatchObject({ labels: ['vip', 'lamp'], priority: 5, call_back });
  expect(from.next.call_back).toBeNull();
});

test('[W35] another member’s, two customers’ and what was merged already are refused, and a lead may', () => {
  const theirs = row({ owner_kind: 'member', owner_id: 'mem_tom' });
  const stranger = row({ contact_id: 'cont_2' });
  expect(codeOf(() => merge(theirs, other(), hand, false))).toBe('wheel_taken');
  expect(codeOf(() => merge(theirs, other(), hand, true))).toBe('done');
  expect(codeOf(() => merge(stranger, other(), hand, false))).toBe('forbidden');
  expect(codeOf(() => merge(stranger, other(), hand, true))).toBe('done');
  expect(codeOf(() => merge(row({}), row({}), hand, true))).toBe('invalid');
  const merged = row({ merged_into: 'conv_3' });
  expect(codeOf(() => merge(merged, other(), hand, true))).toBe('merged');
  expect(codeOf(() => merge(other(), merged, hand, true))).toBe('merged');
  expect(codeOf(() => standing(merged))).toBe('merged');
});
