import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Hours, nextOpening, nowWords, openAt, openingWords, opensEver } from './hours.ts';
import { fromMs, minute, plus } from './time.ts';

const office: [string, string][] = [['09:00', '17:30']];
const weekdays = { mon: office, tue: office, wed: office, thu: office, fri: office };
const at = (zone: string, more: object = {}) => Hours.parse({ zone, weekly: weekdays, ...more });

test('[W12] people are there by the clock of their own place', () => {
  const berlin = at('Europe/Berlin');
  // Monday, 2 March 2026: one hour ahead of UTC.
  expect(openAt(berlin, '2026-03-02T07:59:59.999Z')).toBe(false);
  expect(openAt(berlin, '2026-03-02T08:00:00.000Z')).toBe(true);
  expect(openAt(berlin, '2026-03-02T16:29:59.999Z')).toBe(true);
  expect(openAt(berlin, '2026-03-02T16:30:00.000Z')).toBe(false);
  // Monday, 30 March 2026: summer time since the day before.
  expect(openAt(berlin, '2026-03-30T07:00:00.000Z')).toBe(true);
  expect(nextOpening(berlin, '2026-03-27T20:00:00.000Z')).toBe('2026-03-30T07:00:00.000Z');
  expect(nextOpening(berlin, '2026-10-23T20:00:00.000Z')).toBe('2026-10-26T08:00:00.000Z');
});

test('[W12] the same, west of UTC, half an hour off, and at the date line', () => {
  expect(nextOpening(at('America/New_York'), '2026-03-06T23:00:00.000Z')).toBe(
    '2026-03-09T13:00:00.000Z',
  );
  expect(nextOpening(at('Asia/Kolkata'), '2026-03-01T00:00:00.000Z')).toBe(
    '2026-03-02T03:30:00.000Z',
  );
  expect(nextOpening(at('Pacific/Auckland'), '2026-04-03T06:00:00.000Z')).toBe(
    '2026-04-05T21:00:00.000Z',
  );
});

test('[W12] an exception stands in the place of its day', () => {
  const closed = at('Europe/Berlin', {
    exceptions: [
      { date: '2026-12-24', open: [['09:00', '12:00']] },
      { date: '2026-12-25', open: [], name: 'Christmas' },
      { date: '2026-12-26', open: [['10:00', '11:00']] },
    ],
  });
  expect(openAt(closed, '2026-12-24T11:30:00.000Z')).toBe(false);
  expect(nextOpening(closed, '2026-12-24T11:30:00.000Z')).toBe('2026-12-26T09:00:00.000Z');
});

test('[W12] an opening in the hour that is left out comes when the clock has gone past it', () => {
  const night = Hours.parse({ zone: 'Europe/Berlin', weekly: { sun: [['02:30', '05:00']] } });
  expect(nextOpening(night, '2026-03-28T12:00:00.000Z')).toBe('2026-03-29T01:00:00.000Z');
  // In autumn the clock shows half past two twice: the first is when it opens.
  expect(nextOpening(night, '2026-10-24T12:00:00.000Z')).toBe('2026-10-25T00:30:00.000Z');
});

test('[W12] hours that never open have no next opening', () => {
  expect(nextOpening(Hours.parse({ zone: 'UTC', weekly: {} }), '2026-01-01T00:00:00.000Z')).toBe(
    null,
  );
});

test('[W12] at the next opening it is open, and at no minute before', () => {
  const zones = ['Europe/London', 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kathmandu'];
  const clock = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map((two) => two.map((part) => String(part).padStart(2, '0')).join(':'));
  const span = fc.tuple(clock, clock).filter(([from, to]) => from < to);
  const spans = fc.array(span, { maxLength: 2 });
  const day_names = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  const weekly = fc.record(Object.fromEntries(day_names.map((name) => [name, spans])));
  // The weeks about both changes of the clock, north and south.
  const starts = ['2026-03-05', '2026-03-26', '2026-04-02', '2026-10-01', '2026-10-22'];
  const moment = fc
    .tuple(fc.constantFrom(...starts), fc.integer({ min: 0, max: 6 * 24 * 60 }))
    .map(([from, minutes]) => plus(`${from}T00:00:00.000Z`, minutes * minute));
  fc.assert(
    fc.property(fc.constantFrom(...zones), weekly, moment, (zone, week, now) => {
      const hours = Hours.parse({ zone, weekly: week });
      const next = nextOpening(hours, now);
      const until = next === null ? Date.parse(now) + 7 * 24 * 60 * minute : Date.parse(next);
      if (next !== null) expect(openAt(hours, next)).toBe(true);
      for (let ms = Date.parse(now); ms < until; ms += 7 * minute) {
        expect(openAt(hours, fromMs(ms))).toBe(false);
      }
    }),
    { numRuns: 60 },
  );
});

test('[W12] a span that ends before it begins, or a zone that is none, is refused by its place', () => {
  const bad = Hours.safeParse({ zone: 'Mars/Base', weekly: { mon: [['17:00', '09:00']] } });
  expect(bad.error?.issues.map(({ path }) => path.join('.'))).toEqual(['zone', 'weekly.mon.0']);
});

test('[W12] an opening is told in words of the reader’s language, British English where none is known', () => {
  const berlin = at('Europe/Berlin');
  const monday = '2026-03-09T08:00:00.000Z';
  expect(openingWords(berlin, monday, 'de')).toBe('Montag, 9. März um 09:00');
  for (const odd of [null, 'no language', 'xx-', '', 'en']) {
    expect(openingWords(berlin, monday, odd)).toMatch(/^Monday.* 9 March.*09:00$/);
  }
  expect([null, 'en', 'de', 'fr', 'es', 'it', 'pt'].map(nowWords)).toEqual([
    ...['now', 'now', 'jetzt', 'maintenant', 'ahora', 'ora', 'agora'],
  ]);
});

test('[W91] hours that never open are told from those that do', () => {
  const closed = { date: '2026-12-24', open: [] };
  const hours = (rest: object) => opensEver(Hours.parse({ zone: 'UTC', weekly: {}, ...rest }));
  expect(hours({})).toBe(false);
  expect(hours({ weekly: { mon: [] }, exceptions: [closed] })).toBe(false);
  expect(hours({ weekly: { mon: [['09:00', '10:00']] } })).toBe(true);
  expect(hours({ exceptions: [{ ...closed, open: [['09:00', '10:00']] }] })).toBe(true);
});

test('[W12] an exception stands in the place of its day, so no day has two', () => {
  const exceptions = [
    { date: '2026-12-24', open: [] },
    { date: '2026-12-24', open: office },
  ];
  const { error } = Hours.safeParse({ zone: 'UTC', weekly: {}, exceptions });
  expect(error?.issues.map(({ path }) => path.join('.'))).toEqual(['exceptions']);
});
