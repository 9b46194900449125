import fc from 'fast-check';
import { expect, test } from 'vitest';
import { minute, plus, second } from './time.ts';
import { attend, decisionTime, usualWait, type WaitClock, Waiting } from './wait.ts';

const start = '2026-03-01T10:00:00.000Z';
const at = (minutes: number) => plus(start, minutes * minute);
const waiting = Waiting.parse({});
const rest = {
  state: 'open',
  waiting_since: start,
  routing: null,
  snoozed_until: null,
} as const;
const nothing_left = { asked_at: null, email: null, phone: null, time: null };
const offered = { offered_at: start, ...nothing_left, done_at: null, done_by: null };
const queue = { ...rest, owner_kind: 'queue', call_back: offered } as const;
const member = { ...rest, owner_kind: 'member', call_back: null } as const;

/** Every act from the start on, as a job that looks when it was told to would find it. */
function acts(row: typeof queue | typeof member, until: number, owned_at = start) {
  const clock: WaitClock = { owned_at };
  const done: [string, number][] = [];
  for (let now: string | null = owned_at; now !== null && now <= at(until); ) {
    const { act, next_at } = attend(row, clock, waiting, now);
    if (act) done.push([act, (Date.parse(now) - Date.parse(start)) / minute]);
    if (act === 'tell') clock.told = (clock.told ?? 0) + 1;
    if (act === 'remind') clock.reminded_at = now;
    now = next_at;
  }
  return done;
}

test('[W10] who waits in a queue is told again and again, each time after twice as long', () => {
  expect(acts(queue, 30)).toEqual([
    ['tell', 3],
    ['tell', 6],
    ['tell', 12],
    ['tell', 24],
  ]);
});

test('[W10] a silent member is reminded, then another person is asked for', () => {
  expect(acts(member, 60)).toEqual([
    ['remind', 5],
    ['hand_off', 7],
  ]);
  // Taken over when the customer had waited already: the time is the member's own.
  expect(acts(member, 60, at(20))).toEqual([
    ['remind', 25],
    ['hand_off', 27],
  ]);
});

test('[W10] nothing is due of a conversation that is over, the bot’s, or the customer’s turn', () => {
  const clock = { owned_at: start };
  const nothing = { act: null, next_at: null };
  expect(attend({ ...queue, state: 'resolved' }, clock, waiting, at(90))).toEqual(nothing);
  expect(attend({ ...queue, owner_kind: 'bot' }, clock, waiting, at(90))).toEqual(nothing);
  expect(attend({ ...member, waiting_since: null }, clock, waiting, at(90))).toEqual(nothing);
});

test('[W10] a reminder of an earlier wait does not count for a later one', () => {
  const later = { ...member, waiting_since: at(30) };
  const clock = { owned_at: start, reminded_at: at(5) };
  expect(attend(later, clock, waiting, at(31))).toEqual({ act: null, next_at: at(35) });
  expect(attend(later, clock, waiting, at(40)).act).toBe('remind');
});

test('[W10] whenever it is looked at, the next look lies ahead', () => {
  const minutes = fc.integer({ min: 0, max: 10_000 });
  const rows = fc.constantFrom(queue, member);
  fc.assert(
    fc.property(rows, minutes, minutes, fc.nat(8), (row, owned, looked, told) => {
      const now = at(owned + looked);
      const { next_at } = attend(row, { owned_at: at(owned), told }, waiting, now);
      return next_at === null || next_at > now;
    }),
  );
});

test('[W10] an estimate is the median of recent waits, or none when too few are known', () => {
  expect(usualWait([1, 2, 3, 4], [])).toBeNull();
  expect(usualWait([50, 10, 20, 40, 30], [])).toBe(30);
  expect(usualWait([10, 20, 30, 40, 50, 60], [])).toBe(30);
  // Who has just come says nothing yet, and who waits for long says that it may take long.
  expect(usualWait([50, 10, 20, 40, 30], Array(90).fill(5))).toBe(30);
  expect(usualWait([50, 10, 20, 40, 30], [35, 60])).toBe(40);
  expect(usualWait([50, 10, 20, 40, 30], [60, 60, 60, 60, 60, 60])).toBeNull();
  expect(usualWait([5, 5, 5, 5, 5], Array(219).fill(2_000_000))).toBeNull();
});

test('[W10] the estimate is the time at which the share of those who wait on, told from all, is a half', () => {
  const waits = fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 30 });
  fc.assert(
    fc.property(waits, waits, (ended, running) => {
      fc.pre(ended.length >= 5);
      // One after the other, each time that somebody came at, as the paper has it.
      let share = 1;
      let wanted: number | null = null;
      for (const ms of [...new Set(ended)].sort((a, b) => a - b)) {
        const before = [...ended, ...running].filter((one) => one >= ms).length;
        share *= 1 - ended.filter((one) => one === ms).length / before;
        if (wanted === null && share <= 0.5 + 1e-9) wanted = ms;
      }
      expect(usualWait(ended, running)).toBe(wanted);
    }),
  );
});

test('[W29] while nobody takes it: an offer lapses, what is needed is dropped, a call back is offered', () => {
  const needs = { skills: ['billing'], language: 'de' };
  const found = { last_member_id: null, sent_by: null, note: null, passed: [] };
  let row = {
    ...queue,
    call_back: null as typeof queue.call_back | null,
    routing: { ...needs, ...found, offer: { to: 'mem_a', until: at(1) } as Offer, widened: 0 },
  };
  type Offer = { to: string; until: string } | null;
  const done: [string, number][] = [];
  const clock: WaitClock = { owned_at: start };
  for (let now: string | null = start; now !== null && now <= at(7); ) {
    const { act, next_at } = attend(row, clock, waiting, now);
    if (act) done.push([act, (Date.parse(now) - Date.parse(start)) / minute]);
    if (act === 'tell') Object.assign(clock, { told: (clock.told ?? 0) + 1, told_at: now });
    if (act === 'lapse') row = { ...row, routing: { ...row.routing, offer: null } };
    if (act === 'widen') {
      row = { ...row, routing: { ...row.routing, widened: row.routing.widened + 1 } };
    }
    if (act === 'offer_call_back') row = { ...row, call_back: offered };
    now = next_at;
  }
  expect(done).toEqual([
    ['lapse', 1],
    ['widen', 2],
    ['tell', 3],
    ['widen', 4],
    ['offer_call_back', 5],
    ['tell', 6],
  ]);
});

test('[W29] who is waited for after hours of nobody looking is caught up with, one act at a time', () => {
  const clock: WaitClock = { owned_at: start };
  const late = attend({ ...queue, call_back: null }, clock, waiting, at(90));
  expect(late).toEqual({ act: 'offer_call_back', next_at: at(3) });
  expect(attend(queue, clock, waiting, at(90))).toEqual({ act: 'tell', next_at: at(93) });
  // Told late, the next time counts from then, also when something else is looked at meanwhile.
  const told = { ...clock, told: 1, told_at: at(90) };
  expect(attend(queue, told, waiting, at(91))).toEqual({ act: null, next_at: at(93) });
});

const bots = { ...rest, owner_kind: 'bot', call_back: null } as const;

test('[W80] of a reply that is held the customer is told once, after the time of a quick reviewer', () => {
  const clock: WaitClock = { owned_at: null };
  const looked = (now: string, more = {}, beside: object = { held_at: at(1) }) =>
    attend(bots, { ...clock, ...more }, waiting, now, beside);
  const tell_at = plus(at(1), 8 * second);
  expect(looked(at(1))).toEqual({ act: null, next_at: tell_at });
  expect(looked(plus(tell_at, -1))).toEqual({ act: null, next_at: tell_at });
  const told = { act: 'tell_held', next_at: null };
  expect(looked(tell_at)).toEqual(told);
  expect(looked(at(1), {}, { held_at: null })).toEqual({ act: null, next_at: null });
  // Who writes on meanwhile has another reply held, and is not told again; who wrote anew is.
  const later = { held_at: at(20) };
  expect(looked(at(30), { told_at: at(15) }, later)).toEqual({ act: null, next_at: null });
  const asked_anew = { ...bots, waiting_since: at(19) };
  expect(attend(asked_anew, { ...clock, told_at: at(15) }, waiting, at(30), later)).toEqual(told);
  // By night too, with when people are back.
  expect(looked(at(30), {}, { held_at: at(1), back_at: at(600) })).toEqual(told);
  const impatient = Waiting.parse({ tell_after_ms: second });
  const soon = attend(bots, clock, impatient, at(1), { held_at: at(1) });
  expect(soon.next_at).toBe(plus(at(1), second));
});

test('[W101] a call that nobody decides on brings a person, also beside a reply that is held', () => {
  const looked = (now: string, beside: object) =>
    attend(bots, { owned_at: null }, waiting, now, beside);
  const undecided = { held_at: null, undecided_at: at(60) };
  expect(looked(at(59), undecided)).toEqual({ act: null, next_at: at(60) });
  expect(looked(at(60), undecided)).toEqual({ act: 'undecided', next_at: null });
  const both = { held_at: at(1), undecided_at: at(60) };
  expect(looked(at(1), both).next_at).toBe(plus(at(1), 8 * second));
  expect(looked(at(9), both)).toEqual({ act: 'tell_held', next_at: at(60) });
  expect(looked(at(60), both).act).toBe('undecided');
});

test('[W80] people have as long for it as a member may be silent, from when the customer waits', () => {
  const time = (waited_since: string, back_at: string | null = null) =>
    decisionTime(waiting, { waited_since, back_at, now: at(10) }) / minute;
  expect(time(at(10))).toBe(5);
  expect(time(at(8))).toBe(3);
  // Held late, it still has the time of an offer; and a night is no part of it.
  expect([time(at(5.5)), time(at(0))]).toEqual([1, 1]);
  expect(time(at(0), at(70))).toBe(65);
  const brief = Waiting.parse({ silent_after_ms: 600 });
  expect(decisionTime(brief, { waited_since: at(0), back_at: null, now: at(10) })).toBe(600);
});

test('[W12] while nobody is to be there, nobody is late', () => {
  const night = { back_at: at(600) };
  for (const row of [queue, member]) {
    const looked = attend(row, { owned_at: start }, waiting, at(90), night);
    expect(looked).toEqual({ act: null, next_at: at(600) });
  }
});
