import fc from 'fast-check';
import { expect, test } from 'vitest';
import { calendar_units, piecesOf } from './calendar.ts';

const cut = (from: string, to: string, unit: (typeof calendar_units)[number], zone = 'UTC') =>
  piecesOf(from, to, unit, zone, 10_000);

test('[W39] a stretch is cut at the days, weeks and months of a place', () => {
  expect(cut('2026-03-30T10:00:00.000Z', '2026-04-02T00:00:00.000Z', 'day')).toEqual([
    '2026-03-30T10:00:00.000Z',
    '2026-03-31T00:00:00.000Z',
    '2026-04-01T00:00:00.000Z',
  ]);
  expect(cut('2026-03-01T00:00:00.000Z', '2026-03-20T00:00:00.000Z', 'week')).toEqual([
    '2026-03-01T00:00:00.000Z',
    '2026-03-02T00:00:00.000Z',
    '2026-03-09T00:00:00.000Z',
    '2026-03-16T00:00:00.000Z',
  ]);
  expect(cut('2026-01-31T00:00:00.000Z', '2026-03-02T00:00:00.000Z', 'month')).toEqual([
    '2026-01-31T00:00:00.000Z',
    '2026-02-01T00:00:00.000Z',
    '2026-03-01T00:00:00.000Z',
  ]);
  expect(cut('2026-03-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z', 'day')).toEqual([]);
});

test('[W39] a day on which the clock is put forward or back has 23 or 25 hours, and its midnight may be missing', () => {
  expect(
    cut('2026-03-28T23:00:00.000Z', '2026-03-30T22:00:00.000Z', 'day', 'Europe/Berlin'),
  ).toEqual(['2026-03-28T23:00:00.000Z', '2026-03-29T22:00:00.000Z']);
  expect(
    cut('2026-10-24T22:00:00.000Z', '2026-10-26T23:00:00.000Z', 'day', 'Europe/Berlin'),
  ).toEqual(['2026-10-24T22:00:00.000Z', '2026-10-25T23:00:00.000Z']);
  // Beirut puts its clock forward at midnight: that Sunday begins at one.
  expect(cut('2026-03-28T00:00:00.000Z', '2026-03-30T00:00:00.000Z', 'day', 'Asia/Beirut')).toEqual(
    ['2026-03-28T00:00:00.000Z', '2026-03-28T22:00:00.000Z', '2026-03-29T21:00:00.000Z'],
  );
});

test('[W39] wherever and however it is cut, pieces begin with the stretch and follow each other', () => {
  const zones = [
    'UTC',
    'Europe/Berlin',
    'America/Sao_Paulo',
    'Australia/Lord_Howe',
    'Asia/Kolkata',
  ];
  fc.assert(
    fc.property(
      fc.integer({ min: 1_500_000_000, max: 1_900_000_000 }),
      fc.integer({ min: 1, max: 40 * 86_400 }),
      fc.constantFrom(...calendar_units),
      fc.constantFrom(...zones),
      (start, length, unit, zone) => {
        const from = new Date(start * 1_000).toISOString();
        const to = new Date((start + length) * 1_000).toISOString();
        const pieces = cut(from, to, unit, zone);
        expect(pieces[0]).toBe(from);
        expect([...pieces].sort()).toEqual(pieces);
        expect(new Set(pieces).size).toBe(pieces.length);
        expect((pieces.at(-1) as string) < to).toBe(true);
      },
    ),
    { numRuns: 200 },
  );
});
