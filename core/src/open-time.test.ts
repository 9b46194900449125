import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Hours, openAt } from './hours.ts';
import { openBetween, plusOpen } from './open-time.ts';
import { day, fromMs, hour, minute, plus } from './time.ts';

const office: [string, string][] = [['09:00', '17:30']];
const berlin = Hours.parse({
  zone: 'Europe/Berlin',
  weekly: { mon: office, tue: office, wed: office, thu: office, fri: office },
});

test('[W30] time is counted while people are there, and all of it where no hours are kept', () => {
  expect(plusOpen(undefined, '2026-03-07T00:00:00.000Z', hour)).toBe('2026-03-07T01:00:00.000Z');
  expect(openBetween(undefined, '2026-03-07T00:00:00.000Z', '2026-03-07T01:00:00.000Z')).toBe(hour);
  // Friday, half past four in Berlin: an hour, then Monday.
  expect(plusOpen(berlin, '2026-03-06T15:30:00.000Z', hour)).toBe('2026-03-06T16:30:00.000Z');
  expect(plusOpen(berlin, '2026-03-06T15:30:00.000Z', 2 * hour)).toBe('2026-03-09T09:00:00.000Z');
  expect(plusOpen(berlin, '2026-03-07T12:00:00.000Z', 0)).toBe('2026-03-09T08:00:00.000Z');
  expect(openBetween(berlin, '2026-03-06T15:30:00.000Z', '2026-03-09T09:00:00.000Z')).toBe(
    2 * hour,
  );
});

test('[W30] what never comes has no end, and who is always there is counted by the clock', () => {
  const never = Hours.parse({ zone: 'UTC', weekly: {} });
  expect(plusOpen(never, '2026-03-07T00:00:00.000Z', 1)).toBe(null);
  expect(openBetween(never, '2026-03-07T00:00:00.000Z', '2026-04-07T00:00:00.000Z')).toBe(0);
  const all: [string, string][] = [['00:00', '24:00']];
  const weekly = { mon: all, tue: all, wed: all, thu: all, fri: all, sat: all, sun: all };
  const always = Hours.parse({ zone: 'Europe/Berlin', weekly });
  const from = '2026-03-27T22:10:00.000Z';
  expect(plusOpen(always, from, 5 * day)).toBe(plus(from, 5 * day));
  expect(openBetween(always, from, plus(from, 5 * day))).toBe(5 * day);
});

test('[W30] it is what one counts minute by minute, over changes of the clock too', () => {
  const zones = ['Europe/London', 'Australia/Lord_Howe', 'America/St_Johns'];
  const clock = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 10, 30, 45))
    .map((two) => two.map((part) => String(part).padStart(2, '0')).join(':'));
  const span = fc.tuple(clock, clock).filter(([from, to]) => from < to);
  const weekly = fc.record(
    Object.fromEntries(
      ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((name) => [
        name,
        fc.array(span, { maxLength: 2 }),
      ]),
    ),
  );
  const starts = ['2026-03-28', '2026-04-04', '2026-10-03', '2026-10-24'];
  const moment = fc
    .tuple(fc.constantFrom(...starts), fc.integer({ min: 0, max: 24 * 60 }))
    .map(([from, minutes]) => plus(`${from}T00:00:00.000Z`, minutes * minute));
  const length = fc.integer({ min: 0, max: 30 * 60 });
  fc.assert(
    fc.property(fc.constantFrom(...zones), weekly, moment, length, (zone, week, from, minutes) => {
      const hours = Hours.parse({ zone, weekly: week });
      let counted = 0;
      for (let one = 0; one < minutes; one += 1) {
        if (openAt(hours, plus(from, one * minute))) counted += 1;
      }
      const to = plus(from, minutes * minute);
      expect(openBetween(hours, from, to)).toBe(counted * minute);
      const back = counted && plusOpen(hours, from, counted * minute);
      if (back) {
        expect(openAt(hours, fromMs(Date.parse(back) - 1))).toBe(true);
        expect(openBetween(hours, from, back)).toBe(counted * minute);
      }
    }),
    { numRuns: 30 },
  );
});
