import * as z from 'zod';
import { idOf, Name } from './id.ts';
import { Text } from './json.ts';
import { author_kinds } from './message.ts';
import { Moment } from './time.ts';

/** How a customer is asked whether they were helped: by one of two thumbs, by one of five stars, or
 *  not at all. A thumb up is 5 and a thumb down is 1, so that both scales go into one average. */
export const rating_scales = ['none', 'thumbs', 'stars'] as const;
export const RatingScale = z.enum(rating_scales);
export type RatingScale = z.infer<typeof RatingScale>;

export const RatingSubmission = z.strictObject({
  score: z.int().min(1).max(5),
  comment: Text(5_000).optional(),
});
export type RatingSubmission = z.infer<typeof RatingSubmission>;

/** What a customer says of a conversation that has ended; one for each end, the last word counts. */
export const Rating = z.object({
  conversation_id: idOf('conversation'),
  /** The end that it is of: a conversation that is opened again may end again. */
  ended_at: z.string(),
  contact_id: idOf('contact'),
  bot: Name,
  scale: RatingScale,
  /** 1 to 5. */
  score: z.int(),
  comment: z.string().nullable(),
  /** Who spoke last to the customer before it ended: the bot or a member; null when nobody had. */
  answered_kind: z.enum(author_kinds).nullable(),
  answered_by: z.string().nullable(),
  at: z.string(),
});
export type Rating = z.infer<typeof Rating>;

export const RatingFilter = z.strictObject({
  bot: Name.optional(),
  since: Moment.optional(),
  until: Moment.optional(),
  cursor: Text(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type RatingFilter = z.infer<typeof RatingFilter>;
