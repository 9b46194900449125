import { expect, test } from 'vitest';
import { timeMarks, timeSteps } from './timeAxis.ts';

const hour_s = 3_600;
const at = (moment: string) => new Date(`${moment}:00`).getTime() / 1_000;

test('[K141] hours are told as the reader’s language writes them, with the day where it begins', () => {
  const marks = ['2026-03-02T12:00', '2026-03-02T18:00', '2026-03-03T00:00', '2026-03-03T06:00'];
  const said = (language: string) => timeMarks(marks.map(at), 6 * hour_s, language);
  expect(said('en-GB')).toEqual(['12:00\n2 Mar', '18:00', '00:00\n3 Mar', '06:00']);
  expect(said('de')).toEqual(['12:00\n2. März', '18:00', '00:00\n3. März', '06:00']);
  expect(said('en-US')[2]?.replace(/\s/g, ' ')).toBe('12:00 AM Mar 3');
});

test('[K141] of days it is the day, and of months the month', () => {
  const days = [at('2026-03-02T00:00'), at('2026-03-03T00:00')];
  expect(timeMarks(days, 24 * hour_s, 'en-GB')).toEqual(['2 Mar', '3 Mar']);
  const months = [at('2026-03-01T00:00'), at('2026-04-01T00:00')];
  expect(timeMarks(months, 28 * 24 * hour_s, 'en-GB')).toEqual(['Mar 2026', 'Apr 2026']);
});

test('[K141] what has one value a day has no marks within a day', () => {
  const days = [29, 30, 31].map((day) => at(`2026-03-${day}T00:00`));
  expect(Math.min(...(timeSteps(days) ?? []))).toBe(24 * hour_s);
  expect(timeSteps([...days, (days[2] as number) + hour_s])).toBeUndefined();
  expect(timeSteps([])).toBeUndefined();
});
