import { expect, test } from 'vitest';
import { countText } from './countText.ts';

test('[K85] one is one, and several are several', () => {
  expect([0, 1, 2, 2400].map((count) => countText(count, 'phrase'))).toEqual([
    '0 phrases',
    '1 phrase',
    '2 phrases',
    '2,400 phrases',
  ]);
  expect(countText(1, 'person', 'people')).toBe('1 person');
  expect(countText(3, 'person', 'people')).toBe('3 people');
});
