import { expect, test } from 'vitest';
import { snoozeTimes } from './snoozeTimes.ts';

const labels = (now: string) => snoozeTimes(new Date(now)).map(({ label }) => label);

test('[K48] every time is to come, by the local clock, and none is offered twice', () => {
  const wednesday = snoozeTimes(new Date('2026-03-04T16:20:00'));
  expect(wednesday.map(({ at }) => at.toString().slice(0, 21))).toEqual([
    'Wed Mar 04 2026 17:20',
    'Wed Mar 04 2026 20:20',
    'Thu Mar 05 2026 09:00',
    'Mon Mar 09 2026 09:00',
    'Wed Mar 11 2026 09:00',
  ]);
  // On a Sunday tomorrow is Monday; on a Monday the next one is in a week.
  expect(labels('2026-03-08T10:00:00')).not.toContain('Monday morning');
  expect(labels('2026-03-09T10:00:00')).not.toContain('In a week');
});
