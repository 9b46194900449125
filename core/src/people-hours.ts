import * as z from 'zod';
import { minute } from './time.ts';

/** What one decision counts for at most: a case left open is not worked on. */
export const longest_work_ms = 10 * minute;
/** What one counts for while nobody knows how long they take. */
export const usual_work_ms = minute;

/** What people did at a gate in some time. */
export interface Work {
  decisions: number;
  /** Those that say how long they took, and how long they took together. */
  timed: number;
  spent_ms: number;
}

/** How long one decision takes: the mean of those that were timed, each cut off, or the usual. */
export const typicalWork = ({ timed, spent_ms }: Work): number =>
  timed > 0 ? Math.round(spent_ms / timed) : usual_work_ms;

/** How long people worked: as timed, and what was not timed as long as is typical (rule G72). */
export const workSpent = ({ decisions, timed, spent_ms }: Work, typical_ms: number): number =>
  spent_ms + (decisions - timed) * typical_ms;

export const PeopleHours = z.object({
  /** Hours a day that people have for this gate; null where nobody says. */
  hours: z.number().nullable(),
  /** Today, from midnight UTC on. */
  decisions: z.int(),
  spent_ms: z.int(),
  typical_ms: z.int(),
  /** Held, and decided on by nobody yet. */
  waiting: z.int(),
  /** Until when what is held rests, because today's hours are spent; null while they are not. */
  rests_until: z.string().nullable(),
});
export type PeopleHours = z.infer<typeof PeopleHours>;
