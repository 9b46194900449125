import { expect, test } from 'vitest';
import { hoursText } from './duration.ts';

test('[K153] so many hours a day are said as people say them', () => {
  expect([0.1, 1, 1.5, 2.02, 6, 0.001, 1 / 60].map(hoursText)).toEqual([
    '6 minutes',
    '1 hour',
    '1 hour 30 minutes',
    '2 hours 1 minute',
    '6 hours',
    '4 seconds',
    '1 minute',
  ]);
});
