const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** A length of time in its largest unit: `now`, `45 s`, `12 m`, `3 h`, `2 d`. */
export function spanText(ms: number): string {
  if (ms < 5_000) return 'now';
  if (ms < minute) return `${Math.floor(ms / 1_000)} s`;
  if (ms < hour) return `${Math.floor(ms / minute)} m`;
  if (ms < 2 * day) return `${Math.floor(ms / hour)} h`;
  return `${Math.floor(ms / day)} d`;
}

/** A length of time to the second, as a countdown shows it: `4:05`, `1:02:09`, `3 d`. */
export function countdownText(ms: number): string {
  const left = Math.max(0, Math.ceil(ms / 1_000));
  if (left >= 48 * 3_600) return `${Math.floor(left / 86_400)} d`;
  const pad = (part: number) => String(part).padStart(2, '0');
  const [hours, minutes, seconds] = [
    Math.floor(left / 3_600),
    Math.floor(left / 60) % 60,
    left % 60,
  ];
  return hours ? `${hours}:${pad(minutes)}:${pad(seconds)}` : `${minutes}:${pad(seconds)}`;
}

/** Work time: `35 s`, `4.2 min`, `1.5 h`. */
export function effortText(ms: number): string {
  if (ms < minute) return `${Math.round(ms / 1_000)} s`;
  if (ms < hour) return `${(ms / minute).toFixed(ms < 10 * minute ? 1 : 0)} min`;
  return `${(ms / hour).toFixed(ms < 10 * hour ? 1 : 0)} h`;
}

const counted = (count: number, unit: string) => `${count} ${count === 1 ? unit : `${unit}s`}`;
/** So many hours as people say them: `6 minutes`, `1 hour`, `7 hours 30 minutes`; seconds under a minute. */
export function hoursText(hours: number): string {
  const all = Math.round(hours * 60);
  if (all === 0) return counted(Math.round(hours * 3_600), 'second');
  const parts = [
    [Math.floor(all / 60), 'hour'],
    [all % 60, 'minute'],
  ] as const;
  return parts.flatMap(([count, unit]) => (count ? [counted(count, unit)] : [])).join(' ');
}

const clock = new Intl.DateTimeFormat(undefined, {
  dateStyle: 'medium',
  timeStyle: 'medium',
});
const minutes = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
/** The same to the minute, where seconds say nothing. */
export const minuteText = (at: string | number): string => minutes.format(new Date(at));
export const clockText = (at: string | number): string => clock.format(new Date(at));

const days = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const dates = new Intl.DateTimeFormat(undefined, { dateStyle: 'long' });
const dayOf = (at: string | number): string => new Date(at).toDateString();
/** The day on which something begins to be told: `Today`, `Monday 3 August`, `3 August 2025`. */
export function dayText(at: string, now_ms = Date.now()): string {
  if (dayOf(at) === dayOf(now_ms)) return 'Today';
  if (dayOf(at) === dayOf(now_ms - day)) return 'Yesterday';
  const as_now = new Date(at).getFullYear() === new Date(now_ms).getFullYear();
  return (as_now ? days : dates).format(new Date(at));
}
/** Whether a day is named before what happened then; where all is of today there is none. */
export const isNewDay = (before: string | undefined, at: string, now_ms = Date.now()): boolean =>
  dayOf(at) !== dayOf(before ?? now_ms);

const seconds = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
/** A moment among others: the time alone today, else with its day. */
export const momentText = (at: string, now_ms = Date.now()): string =>
  dayOf(at) === dayOf(now_ms) ? seconds.format(new Date(at)) : clockText(at);
