import { expect, test } from 'vitest';
import { goneAt } from './gone.ts';
import { minute, plus } from './time.ts';
import { attend, Waiting } from './wait.ts';

const now = '2026-03-01T10:00:00.000Z';
const at = (minutes: number) => plus(now, minutes * minute);
const here = {
  state: 'active',
  role: 'reviewer',
  presence: 'online',
  away_until: null,
  present_until: at(1),
} as const;

test.each([
  ['nobody', undefined, null, { at: now, why: 'removed', for_good: true }],
  ['removed', { ...here, state: 'removed' }, null, { at: now, why: 'removed', for_good: true }],
  ['a viewer', { ...here, role: 'viewer' }, null, { at: now, why: 'role changed', for_good: true }],
  ['here', here, null, { at: at(2), why: 'offline', for_good: false }],
  ['just lost', { ...here, present_until: at(0) }, null, { at: at(1) }],
  ['offline', { ...here, present_until: at(-9) }, at(-9), { at: at(-8), why: 'offline' }],
  ['elsewhere', { ...here, present_until: at(-9) }, at(-8), null],
  ['never here', { ...here, present_until: null }, null, null],
  ['away', { ...here, present_until: null, away_until: at(1) }, at(0), { at: now, why: 'away' }],
  ['away, at work', { ...here, away_until: at(9) }, null, { at: at(1), why: 'away' }],
  ['back', { ...here, away_until: now }, null, { at: at(2), why: 'offline' }],
] as const)('[W89] from when on somebody counts as gone: %s', (_, member, acted_at, gone) => {
  const found = goneAt(member, acted_at, now);
  if (gone) expect(found).toMatchObject(gone);
  else expect(found).toBeNull();
});

const member = {
  state: 'open',
  owner_kind: 'member',
  waiting_since: now,
  routing: null,
  call_back: null,
  snoozed_until: null,
} as const;
const waiting = Waiting.parse({});
const offline = (from: number) => ({ at: at(from), why: 'offline' as const, for_good: false });

test('[W89] whoever waits for who is gone gets another at once, also at night; else it is looked at again', () => {
  const clock = { owned_at: at(-30) };
  const look = (beside: object, row: object = {}) =>
    attend({ ...member, ...row }, clock, waiting, now, beside);
  const gone = offline(0);
  expect(look({ gone })).toEqual({ act: 'relieve', next_at: null });
  expect(look({ gone, back_at: at(600) })).toEqual({ act: 'relieve', next_at: null });
  expect(look({ gone: offline(1) })).toEqual({ act: null, next_at: at(1) });
  expect(look({ gone: offline(9) })).toEqual({ act: null, next_at: at(5) });
  expect(look({ gone: null })).toEqual({ act: null, next_at: at(5) });
  const their_turn = { waiting_since: null };
  expect(look({ gone }, their_turn)).toEqual({ act: null, next_at: null });
  const removed = { at: now, why: 'removed', for_good: true };
  expect(look({ gone: removed }, their_turn).act).toBe('give_back');
  const aside = { ...their_turn, snoozed_until: at(60) };
  expect(look({ gone: removed }, aside)).toEqual({ act: null, next_at: null });
  const call_back = { asked_at: at(-1), done_at: null };
  expect(look({ gone: removed }, { ...their_turn, call_back }).act).toBe('relieve');
});
