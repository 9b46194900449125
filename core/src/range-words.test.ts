import { expect, test } from 'vitest';
import { rangeWords, shareIn } from './range-words.ts';

test('[K169] an interval has as many figures as its width bears, and is rounded outwards', () => {
  const cases: [number, number, string][] = [
    [0.0000105, 0.0702, '0% to 7.1%'],
    [0.000593, 0.122, '0% to 13%'],
    [0.0243, 0.0317, '2.43% to 3.17%'],
    [0.00011, 0.00052, '0.011% to 0.052%'],
    [0.9, 0.99996, '90% to 100%'],
    [0, 1, '0% to 100%'],
    [0.3, 0.3, '30% to 30%'],
    [0.07, 0.29, '7% to 29%'],
  ];
  for (const [low, high, said] of cases) expect(rangeWords({ low, high })).toBe(said);
});

test('[K169] a share is told as finely as its interval', () => {
  expect(shareIn(2 / 140, { low: 0.0017, high: 0.051 })).toBe('1.4%');
  expect(shareIn(0.2, { low: 0.05, high: 0.48 })).toBe('20%');
  expect(shareIn(0.0123456, { low: 0.0121, high: 0.0126 })).toBe('1.235%');
});
