import * as z from 'zod';
import { Name } from './id.ts';
import { Moment } from './time.ts';

export const QualityFilter = z.strictObject({
  /** Thirty days back where nobody says from when. Whole days, UTC. */
  from: Moment.optional(),
  to: Moment.optional(),
});
export type QualityFilter = z.infer<typeof QualityFilter>;

const RightShare = z.object({ right: z.number(), low: z.number(), high: z.number() });

const QualitySide = z.object({
  n: z.int(),
  /** What people judged of it, and how much of that was wrong. */
  labelled: z.int(),
  wrong: z.int(),
  /** Share that was right, with 95% bounds, approximate; null while too little of it was judged. */
  told: RightShare.nullable(),
  /** The same by what people judged alone, without the scores. */
  plain: RightShare.nullable(),
  /** So many times the judgements would be needed without the scores for as narrow bounds. */
  worth: z.number(),
});

/** How often the AI was right at a guaranteed gate in a time. An estimate: nothing is certified by it. */
export const PromiseQuality = z.object({
  gate: Name,
  /** The first and the last day (UTC). */
  from: z.string(),
  to: z.string(),
  passed: QualitySide,
  /** Everything, held or passed: how often the AI is right by itself. */
  all: QualitySide,
  /** Held, and not decided yet: taken to be like what is. */
  undecided: z.int(),
});
export type PromiseQuality = z.infer<typeof PromiseQuality>;
