import type { Hours } from '@wheelhouse/core';

type Spans = [string, string][];

/** Spans of a day as people write them: "09:00-12:00, 13:00-17:00". */
export const spansText = (spans: readonly (readonly [string, string])[]): string =>
  spans.map((span) => span.join('-')).join(', ');

const pad = (clock: string) => {
  const [hours = '', minutes = '00'] = clock.split(':');
  return `${hours.padStart(2, '0')}:${minutes.padStart(2, '0')}`;
};

/** What people write, as spans; "9-17" is a span too. @returns null when it is none */
export function spansOf(text: string): Spans | null {
  if (!text.trim()) return [];
  const spans: Spans = [];
  for (const piece of text.split(',')) {
    const found = /^\s*(\d{1,2}(?::\d{1,2})?)\s*(?:-|–|to)\s*(\d{1,2}(?::\d{1,2})?)\s*$/.exec(
      piece,
    );
    if (!found) return null;
    spans.push([pad(found[1] as string), pad(found[2] as string)]);
  }
  return spans;
}

export const days = [
  ['mon', 'Monday'],
  ['tue', 'Tuesday'],
  ['wed', 'Wednesday'],
  ['thu', 'Thursday'],
  ['fri', 'Friday'],
  ['sat', 'Saturday'],
  ['sun', 'Sunday'],
] as const satisfies readonly (readonly [keyof Hours['weekly'], string])[];

/** What hours begin with, when they are first kept. */
export const office_hours = (zone: string): Hours => ({
  zone,
  weekly: Object.fromEntries(
    days.map(([day], at) => [day, at < 5 ? [['09:00', '17:00']] : []]),
  ) as Hours['weekly'],
  exceptions: [],
});
