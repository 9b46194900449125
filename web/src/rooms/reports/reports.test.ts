import type { ConversationReport } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import { type Column, csvOf, textOf } from './columns.ts';
import { cutOf, filterOf } from './span.ts';

const report = {
  ...{ from: '2026-03-01T00:00:00.000Z', to: '2026-03-08T00:00:00.000Z', zone: 'Europe/Berlin' },
  ...{ bot: null, queue: '=cmd()', read_at: '2026-03-08T00:00:00.000Z' },
} as ConversationReport;

interface Row {
  name: string;
  n: number | null;
}
const columns: Column<Row>[] = [
  { name: 'member', title: 'Member', read: ({ name }) => name },
  { name: 'n', title: 'n', read: ({ n }) => n },
];

test('[K56] a table as a file names its columns and its stretch, and runs nothing in a spreadsheet', () => {
  const rows = [
    { name: '=HYPERLINK("http://x")', n: 3 },
    { name: '+1', n: null },
    { name: '-2', n: -2 },
    { name: '@sum', n: 0 },
    { name: 'Ana, "the" lead', n: 1 },
  ];
  const stretch = "2026-03-01T00:00:00.000Z,2026-03-08T00:00:00.000Z,Europe/Berlin,,'=cmd(),";
  const end = `${stretch}2026-03-08T00:00:00.000Z`;
  expect(csvOf(report, columns, rows).split('\r\n')).toEqual([
    'member,n,report_from,report_to,zone,bot,queue,read_at',
    `"'=HYPERLINK(""http://x"")",3,${end}`,
    `'+1,,${end}`,
    `'-2,-2,${end}`,
    `'@sum,0,${end}`,
    `"Ana, ""the"" lead",1,${end}`,
    '',
  ]);
});

test('[K55] a figure that is not known is a dash, and an address that makes no sense is a week of all', () => {
  expect(textOf(columns[1] as Column<Row>, { name: '', n: null })).toBe('–');
  expect(textOf(columns[1] as Column<Row>, { name: '', n: 12_000 })).toBe('12,000');
  expect(cutOf({ span: 'constructor', bot: 7, queue: '' })).toEqual({ span: 'week' });
  expect(cutOf({ span: 'year', bot: 'shop' })).toEqual({ span: 'year', bot: 'shop' });
});

test('[K55] a stretch of days begins at a midnight, and ends with the minute that has begun', () => {
  const now = new Date(2026, 2, 10, 15, 4, 30).getTime();
  const { from, to, by } = filterOf({ span: 'week' }, now, 'UTC');
  expect(new Date(from)).toEqual(new Date(2026, 2, 4));
  expect(new Date(to)).toEqual(new Date(2026, 2, 10, 15, 5));
  expect(by).toBe('day');
  const hours = filterOf({ span: 'day', queue: 'q' }, now, 'UTC');
  expect(new Date(hours.from)).toEqual(new Date(2026, 2, 9, 15));
  expect(hours.queue).toBe('q');
});
