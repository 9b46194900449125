import { Hours } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import { office_hours, spansOf, spansText } from './hoursText.ts';

test('[K49] hours are read as people write them, and written back the same', () => {
  expect(spansOf('09:00-12:00, 13:00-17:00')).toEqual([
    ['09:00', '12:00'],
    ['13:00', '17:00'],
  ]);
  expect(spansOf('9-17')).toEqual([['09:00', '17:00']]);
  expect(spansOf('9:30 – 17')).toEqual([['09:30', '17:00']]);
  expect(spansOf('  ')).toEqual([]);
  for (const wrong of ['soon', '9', '9-', '9-12;13-15', '9-12,']) expect(spansOf(wrong)).toBeNull();
  const text = '08:00-11:30, 12:00-24:00';
  expect(spansText(spansOf(text) ?? [])).toBe(text);
  expect(Hours.safeParse(office_hours('Europe/Berlin')).success).toBe(true);
});
