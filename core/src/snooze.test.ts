import { expect, test } from 'vitest';
import type { ConversationRecord } from './conversation.ts';
import { snooze } from './snooze.ts';
import { day, plus } from './time.ts';

const now = '2026-03-02T09:00:00.000Z';
const mine = { id: 'conv_1', state: 'open', owner_kind: 'member', owner_id: 'ana' };
const row = { ...mine, snoozed_until: null } as unknown as ConversationRecord;
const ana = { id: 'ana', now };

function refusal(run: () => unknown): unknown {
  try {
    run();
  } catch (thrown) {
    const { code, facts } = thrown as { code: string; facts: { errors?: { message: string }[] } };
    return facts.errors?.[0]?.message ?? code;
  }
  return undefined;
}

test('[W32] who has the wheel puts it aside, until a moment to come and no further than a wait may be', () => {
  expect(refusal(() => snooze(row, { id: 'ben', now }, plus(now, day)))).toBe('wheel_taken');
  const waiting = { ...row, owner_kind: 'queue' as const };
  expect(refusal(() => snooze(waiting, ana, plus(now, day)))).toBe('wheel_not_held');
  const over = { ...row, state: 'resolved' as const };
  expect(refusal(() => snooze(over, ana, plus(now, day)))).toBe('wheel_not_held');
  expect(refusal(() => snooze(row, ana, now))).toBe('is past');
  expect(refusal(() => snooze(row, ana, plus(now, 401 * day)))).toBe('is more than 400 days away');
  const { next, events } = snooze(row, ana, '2026-03-03T09:00:00Z');
  expect([next.snoozed_until, events.length]).toEqual(['2026-03-03T09:00:00.000Z', 1]);
  expect(snooze(next, ana, '2026-03-03T09:00:00.000Z').events).toEqual([]);
});
