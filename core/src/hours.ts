import * as z from 'zod';
import { Text } from './json.ts';
import { day, fromMs, type Instant, minute, toMs } from './time.ts';

const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'is a time such as 09:30');
const Span = z
  .tuple([Clock, Clock])
  .refine(([from, to]) => from < to, 'ends before it begins; a night is two spans');
const Spans = z.array(Span).max(6);
export const Zone = Text(60).refine(isZone, 'is no time zone such as Europe/Berlin');

/** When people are there: by the clock of one place. A day that is not named is closed; an exception
 *  (a holiday, a longer evening) stands in the place of its day. */
export const Hours = z.strictObject({
  zone: Zone,
  weekly: z.strictObject({
    mon: Spans.optional(),
    tue: Spans.optional(),
    wed: Spans.optional(),
    thu: Spans.optional(),
    fri: Spans.optional(),
    sat: Spans.optional(),
    sun: Spans.optional(),
  }),
  exceptions: z
    .array(z.strictObject({ date: z.iso.date(), open: Spans, name: Text(100).optional() }))
    .max(400)
    .refine(
      (all) => new Set(all.map(({ date }) => date)).size === all.length,
      'has a date twice; a day’s spans stand together',
    )
    .default([]),
});
export type Hours = z.infer<typeof Hours>;

export function isZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }));
  } catch {
    return false;
  }
}

/** A moment by the clock of a place. */
interface Local {
  date: string;
  weekday: keyof Hours['weekly'];
  minutes: number;
}

const minutesOf = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

// A formatter takes fifty times as long to make as to ask, and there are some hundred places.
const clocks = new Map<string, (ms: number) => Local>();

function localClock(zone: string): (ms: number) => Local {
  const known = clocks.get(zone) ?? clockIn(zone);
  clocks.set(zone, known);
  return known;
}

function clockIn(zone: string): (ms: number) => Local {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  return (ms) => {
    const parts = Object.fromEntries(
      format.formatToParts(ms).map(({ type, value }) => [type, value]),
    );
    return {
      date: `${parts.year?.padStart(4, '0')}-${parts.month}-${parts.day}`,
      weekday: parts.weekday?.toLowerCase() as Local['weekday'],
      minutes: Number(parts.hour) * 60 + Number(parts.minute),
    };
  };
}

/** The spans of a day, as minutes by its clock, in order. */
function spansOf(hours: Hours, { date, weekday }: Local): [number, number][] {
  const exception = hours.exceptions.find((one) => one.date === date);
  const spans = exception ? exception.open : (hours.weekly[weekday] ?? []);
  return spans
    .map(([from, to]): [number, number] => [minutesOf(from), minutesOf(to)])
    .sort((a, b) => a[0] - b[0]);
}

/** Whether people are there (rule W12). The first minute of a span is open, its last moment is not. */
export function openAt(hours: Hours, now: Instant): boolean {
  const local = localClock(hours.zone)(toMs(now));
  return spansOf(hours, local).some(([from, to]) => from <= local.minutes && local.minutes < to);
}

/** Clocks are put forward and back at quarters of an hour, so within one a place's clock runs even. */
const slot = 15;
const furthest_ms = 400 * day;
/** No day is shorter than its 24 hours by more than this. */
const short_day = 120;

/** When people are there next: now, if they are (rule W12).
 *  @returns null when they are not within 400 days */
export function nextOpening(hours: Hours, now: Instant): Instant | null {
  if (openAt(hours, now)) return now;
  const clock = localClock(hours.zone);
  const start = toMs(now);
  let at = Math.floor(start / (slot * minute)) * slot * minute;
  while (at < start + furthest_ms) {
    const local = clock(at);
    const end = local.minutes + slot;
    const spans = spansOf(hours, local);
    for (const [from, to] of spans) {
      const opens = Math.max(from, local.minutes);
      const opens_at = at + (opens - local.minutes) * minute;
      if (opens < Math.min(end, to) && opens_at >= start) return fromMs(opens_at);
    }
    const left = 24 * 60 - local.minutes - short_day;
    // A day on which nothing opens any more is left behind at once, but for its last hours.
    const later = spans.some(([, to]) => to > local.minutes);
    at += later || left < slot ? slot * minute : Math.floor(left / slot) * slot * minute;
  }
  return null;
}

/** When people are back, outside their hours; null while they are there, or where no hours are kept. */
export const backAt = (hours: Hours | undefined, now: Instant): Instant | null => {
  const next = hours ? nextOpening(hours, now) : null;
  return next === now ? null : next;
};

/** When people go, from a moment at which they are there; that moment itself, if they are not.
 *  @returns null when they do not go within 400 days */
export function closingOf(hours: Hours, now: Instant): Instant | null {
  const clock = localClock(hours.zone);
  const start = toMs(now);
  let at = start;
  while (at < start + furthest_ms) {
    const local = clock(at);
    const span = spansOf(hours, local).find(
      ([from, to]) => from <= local.minutes && local.minutes < to,
    );
    if (!span) return fromMs(at);
    const end = Math.floor(at / minute) * minute + (span[1] - local.minutes) * minute;
    // A slot at a time only where the clock is put forward or back before the end.
    const even = clock(end).minutes === span[1] % (24 * 60);
    at = even ? end : Math.floor(at / minute) * minute + (slot - (local.minutes % slot)) * minute;
  }
  return null;
}

/** A language that the engine knows; else, and where nobody said which English, British English. */
const localeOf = (language: string | null): string => {
  const known = language && Intl.DateTimeFormat.supportedLocalesOf(tagOf(language))[0];
  return known && known !== 'en' ? known : 'en-GB';
};

/** What "now" is called in a language that the engine knows, else in English. */
export const nowWords = (language: string | null): string =>
  new Intl.RelativeTimeFormat(localeOf(language), { numeric: 'auto' }).format(0, 'second');

/** Whether people are there at any time at all. */
export const opensEver = ({ weekly, exceptions }: Hours): boolean =>
  [...Object.values(weekly), ...exceptions.map(({ open }) => open)].some((spans) => spans.length);

/** An opening in words, by the clock of its place, in a language that the engine knows, else English. */
export function openingWords(hours: Hours, at: Instant, language: string | null): string {
  return new Intl.DateTimeFormat(localeOf(language), {
    timeZone: hours.zone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
  }).format(toMs(at));
}

/** What customers or hosts call a language, where it is a language tag. */
const tagOf = (language: string): string[] =>
  /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(language) ? [language] : [];
