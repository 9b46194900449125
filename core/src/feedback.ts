import * as z from 'zod';
import { idOf } from './id.ts';
import { Json, Text } from './json.ts';

/** At which place of two an answer stood: by the order of reading, so that it is the same from left to
 *  right and from right to left. */
export const sides = ['first', 'second'] as const;
export const Side = z.enum(sides);
export type Side = z.infer<typeof Side>;

/** What someone says or shows about an output after the fact. Implicit feedback is never gold. */
export const FeedbackSubmission = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('thumb'), up: z.boolean(), comment: Text(5_000).optional() }),
  z.strictObject({ kind: z.literal('correction'), content: Json, comment: Text(5_000).optional() }),
  z.strictObject({
    kind: z.literal('preference'),
    over: idOf('output'),
    /** At which place the better one stood, where both were shown beside each other. */
    side: Side.optional(),
    comment: Text(5_000).optional(),
  }),
  z.strictObject({ kind: z.literal('flag'), reason: Text(5_000).min(1) }),
  z.strictObject({ kind: z.literal('implicit'), signal: z.enum(['picked', 'ignored', 'edited']) }),
]);
export type FeedbackSubmission = z.infer<typeof FeedbackSubmission>;

/** What a customer thinks of an AI's reply; the last word of theirs counts. */
export const Thumb = z.object({
  up: z.boolean(),
  comment: z.string().nullable(),
  at: z.string(),
});
export type Thumb = z.infer<typeof Thumb>;
export const ThumbSubmission = z.strictObject({
  up: z.boolean(),
  comment: Text(5_000).optional(),
});
export type ThumbSubmission = z.infer<typeof ThumbSubmission>;

export const Feedback = z.object({
  id: idOf('feedback'),
  output_id: idOf('output'),
  feedback: FeedbackSubmission,
  by: z.string(),
  at: z.string(),
});
export type Feedback = z.infer<typeof Feedback>;
