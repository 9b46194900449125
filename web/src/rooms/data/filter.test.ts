import { OutputFilter } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import { cutOf, filterOf, isCut, tidy } from './filter.ts';

const now = Date.parse('2026-01-31T12:00:00.000Z');

test('[K18] what makes no sense in an address is left out', () => {
  expect(
    cutOf({
      gate: 'refunds',
      verdict: 'maybe',
      outcome: 'undecided',
      confidence_min: 0.2,
      confidence_max: 'high',
      since: 'yesterday',
      until: '2026-01-01T00:00:00.000Z',
      q: 42,
      other: 'x',
    }),
  ).toEqual({
    gate: 'refunds',
    outcome: 'undecided',
    confidence_min: 0.2,
    until: '2026-01-01T00:00:00.000Z',
    q: '42',
  });
  expect(isCut(cutOf({ verdict: ['hold'], q: '' }))).toBe(false);
});

test('[K18] whatever is read from an address, the server takes', () => {
  const searches = [
    { since: '24h', verdict: 'hold' },
    { since: '2026-01-01T02:00:00+02:00' },
    { until: '2026-01-01' },
    { confidence_min: 0, confidence_max: 1, q: 'x'.repeat(500) },
    {},
  ];
  for (const search of searches) {
    const read = OutputFilter.safeParse(filterOf(cutOf(search), now));
    expect(read.error?.issues, JSON.stringify(search)).toBeUndefined();
  }
});

test('[K18] a span is counted from when it is asked', () => {
  expect(filterOf({ since: '24h' }, now)).toEqual({ since: '2026-01-30T12:00:00.000Z' });
  expect(filterOf({ since: '2026-01-01T02:00:00+02:00' }, now)).toEqual({
    since: '2026-01-01T00:00:00.000Z',
  });
});

test('[K18] what was read and written again is the same', () => {
  const cut = cutOf({ gate: 'a', since: '7d', verdict: 'block' });
  expect(cutOf({ ...tidy(cut) })).toEqual(cut);
});
