import * as z from 'zod';

/** A moment: RFC 3339, UTC, milliseconds, always 24 characters, so that text order is time order. */
export type Instant = string;

/** Milliseconds since 1970 of an instant. */
export const toMs = (at: Instant): number => Date.parse(at);

/** The instant of a number of milliseconds since 1970. */
export const fromMs = (ms: number): Instant => new Date(ms).toISOString();

/** `at` moved by `ms` (which may be negative). */
export const plus = (at: Instant, ms: number): Instant => fromMs(toMs(at) + ms);

/** Milliseconds from `earlier` to `later`. */
export const elapsed = (earlier: Instant, later: Instant): number => toMs(later) - toMs(earlier);

export const second = 1_000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

/** A moment that someone gives. There was no year 0, and the database knows none. */
export const Moment = z.iso
  .datetime()
  .refine((at) => !at.startsWith('0000'), 'there was no year 0: the first is 0001');

/** The longest wait the program promises to keep: a year and a month's grace. */
export const longest_wait_ms = 400 * day;
