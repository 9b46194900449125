import * as z from 'zod';
import { idOf, Name } from './id.ts';
import { Text } from './json.ts';
import { LanguageTag, Skills } from './routing.ts';

export const TakeSubmission = z.strictObject({
  /** Takes it from another member; a lead's right. */
  force: z.boolean().default(false),
  /** Why, for the team and above all for whoever had it. */
  note: Text(10_000).optional(),
});
export type TakeSubmission = z.infer<typeof TakeSubmission>;
export const HandOffSubmission = z
  .strictObject({
    /** For the team: why another person is asked for. */
    note: Text(10_000).optional(),
    /** The colleague it is sent to; others get it when they do not come. */
    member_id: idOf('member').optional(),
    /** The queue that it is to wait in, instead of the one its gate names. */
    queue: Name.optional(),
    /** What whoever takes it has to know, beside what its bot and topic need. */
    skills: Skills.optional(),
    language: LanguageTag.optional(),
  })
  .refine(({ member_id, queue }) => !member_id || !queue, {
    path: ['queue'],
    message: 'is for anybody there; send it to a colleague or to a queue',
  });
export type HandOffSubmission = z.infer<typeof HandOffSubmission>;
export const HandBackSubmission = z.strictObject({
  /** What happened while a person had the wheel, for the bot and for whoever comes next. Left out, it
   *  is put together from what was said; an empty one leaves none. */
  summary: Text(10_000).optional(),
});

export const ResolveSubmission = z.strictObject({
  /** The number of the last message that was read; when the customer has written since, it goes on. */
  seen_seq: z.int().min(0).optional(),
});
export type ResolveSubmission = z.infer<typeof ResolveSubmission>;
