import { fromMs, type Instant, minute, toMs } from './time.ts';

export const calendar_units = ['hour', 'day', 'week', 'month'] as const;
export type CalendarUnit = (typeof calendar_units)[number];

/** A date and time by the clock of a place, as if it were the world's: for reckoning with dates. */
type Wall = number;

function wallClock(zone: string): (ms: number) => Wall {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  return (ms) => {
    const part = Object.fromEntries(
      format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 1, day = 1, hour = 0, minute: minutes = 0 } = part;
    return Date.UTC(year, month - 1, day, hour, minutes);
  };
}

/** The first moment at which a place's clock shows a time or, where its clock is put forward over that
 *  time, the first after it. */
function firstAt(wall: Wall, clock: (ms: number) => Wall): number {
  const offset = (ms: number) => clock(ms) - Math.floor(ms / minute) * minute;
  const tries = [-1, 0, 1].map((days) => wall - offset(wall + days * 24 * 60 * minute));
  const right = tries.filter((ms) => clock(ms) === wall);
  if (right.length) return Math.min(...right);
  // Left out by the clock: it goes from before this time to after it at once.
  let at = Math.min(...tries);
  while (clock(at) < wall) at += minute;
  return at;
}

const startOf: Record<CalendarUnit, (wall: Date) => Wall> = {
  hour: (wall) => wall.setUTCMinutes(0, 0, 0),
  day: (wall) => wall.setUTCHours(0, 0, 0, 0),
  // A week begins on Monday, as ISO 8601 has it.
  week: (wall) => {
    wall.setUTCDate(wall.getUTCDate() - ((wall.getUTCDay() + 6) % 7));
    return wall.setUTCHours(0, 0, 0, 0);
  },
  month: (wall) => {
    wall.setUTCDate(1);
    return wall.setUTCHours(0, 0, 0, 0);
  },
};
const nextOf: Record<CalendarUnit, (wall: Date) => Wall> = {
  hour: (wall) => wall.setUTCHours(wall.getUTCHours() + 1),
  day: (wall) => wall.setUTCDate(wall.getUTCDate() + 1),
  week: (wall) => wall.setUTCDate(wall.getUTCDate() + 7),
  month: (wall) => wall.setUTCMonth(wall.getUTCMonth() + 1),
};

/** Cuts a stretch of time at the hours, days, weeks or months of a place. The first piece begins with
 *  `from`, wherever that lies in its unit; an hour that a clock shows twice is one piece of two hours.
 *  @returns where each piece begins, in order; empty when `to` is not after `from` */
export function piecesOf(
  from: Instant,
  to: Instant,
  unit: CalendarUnit,
  zone: string,
  most: number,
): Instant[] {
  const clock = wallClock(zone);
  const [start, end] = [toMs(from), toMs(to)];
  const pieces: number[] = [];
  let at = start;
  let wall = startOf[unit](new Date(clock(start)));
  while (at < end && pieces.length < most) {
    pieces.push(at);
    wall = nextOf[unit](new Date(wall));
    at = Math.max(firstAt(wall, clock), at + minute);
  }
  return pieces.map(fromMs);
}
