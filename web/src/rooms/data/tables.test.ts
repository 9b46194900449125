import type { Output } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import { confidenceText } from '../../kit/figures.tsx';
import { contentText } from './contentText.ts';
import { csvHead, csvRows, jsonRows } from './tables.ts';

const output = (part: Partial<Output>): Output =>
  ({
    id: 'out_1',
    created_at: '2026-01-01T00:00:00.000Z',
    gate: 'refunds',
    title: 'أين "طلبيتي"؟ line',
    policy_version: 1,
    verdict: 'hold',
    reasons: ['amount 1,200 is over 500'],
    outcome: null,
    confidence: 0.5,
    model: null,
    model_version: null,
    risk: null,
    cost_usd: null,
    spot_checked: false,
    spot_check_probability: null,
    case_id: null,
    input: 'أين "طلبيتي"؟\nline',
    content: null,
    action: null,
    ...part,
  }) as Output;

/** Reads RFC 4180 back. */
function cells(line: string): string[] {
  const found = line.replace(/\r\n$/, '').matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g);
  return [...found].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '');
}

test('[K19] every value comes back out of the table', () => {
  const names = cells(csvHead());
  const row = cells(csvRows([output({})]));
  expect(row).toHaveLength(names.length);
  const at = (name: string) => row[names.indexOf(name)];
  expect(at('reasons')).toBe('amount 1,200 is over 500');
  expect(at('outcome')).toBe('undecided');
  expect(JSON.parse(at('input') ?? '')).toBe('أين "طلبيتي"؟\nline');
  expect(JSON.parse(jsonRows([output({})]))).toEqual(output({}));
});

test('[K19] text that a spreadsheet would run is made plain', () => {
  for (const model of ['=HYPERLINK("http://x")', '+1', '-1+2', '@SUM(A1)', '\t=1']) {
    const row = cells(csvRows([output({ model })]));
    expect(row).toContain(`'${model}`);
  }
  expect(cells(csvRows([output({ confidence: -0.5 })]))).toContain('-0.5');
});

test('[K29] a list names what the AI said, and rounds nothing to certainty', () => {
  expect(contentText(output({ content: { intent: 'late_delivery' } }))).toBe('late_delivery');
  expect(contentText(output({ content: 'نعم،\n شكرا' }))).toBe('نعم، شكرا');
  expect(contentText(output({ content: 'x'.repeat(400) }))).toHaveLength(80);
  expect(contentText(output({ content: null }))).toBeNull();
  expect([0.997, 0.5, 1, 0, 0.99999, 0.004, 0.9998, 1 - 1e-9].map(confidenceText)).toEqual([
    '0.997',
    '0.50',
    '1.00',
    '0.00',
    '0.99999',
    '0.004',
    '0.9998',
    '>0.9999999',
  ]);
});
