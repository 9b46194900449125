import * as z from 'zod';
import { gatheredIn } from './gathered.ts';
import { Text } from './json.ts';
import type { Instant } from './time.ts';

/** A telephone number as people write them. */
export const Phone = Text(40).regex(
  /^\+?[\d\s()./-]{5,40}$/,
  'must be a number such as +353 85 123 4567',
);

/** Where a customer is to be reached, when nobody came: one of the two at least. */
export const CallBackSubmission = z
  .strictObject({
    email: z.email().max(320).optional(),
    phone: Phone.optional(),
    /** When it suits them, in their own words. */
    time: Text(200).optional(),
  })
  .refine(({ email, phone }) => email !== undefined || phone !== undefined, {
    path: ['email'],
    message: 'is needed, or a telephone number',
  });
export type CallBackSubmission = z.infer<typeof CallBackSubmission>;

/** That a customer may be called back: offered, asked for, done (rule W29). */
export const CallBack = z.object({
  offered_at: z.string(),
  asked_at: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  time: z.string().nullable(),
  done_at: z.string().nullable(),
  done_by: z.string().nullable(),
});
export type CallBack = z.infer<typeof CallBack>;

const nothing_left = {
  asked_at: null,
  email: null,
  phone: null,
  time: null,
  done_at: null,
  done_by: null,
};

/** The same, with the offer to leave where one is to be called back. One that stands is not made anew. */
export const callable = <Of extends { call_back: CallBack | null }>(of: Of, now: Instant): Of =>
  of.call_back && !of.call_back.done_at
    ? of
    : { ...of, call_back: { offered_at: now, ...nothing_left } };

/** What a customer left of how to reach them. */
export const calledBackAt = (
  before: CallBack | null,
  { email, phone, time }: CallBackSubmission,
  now: Instant,
): CallBack => ({
  ...nothing_left,
  offered_at: before?.offered_at ?? now,
  asked_at: now,
  email: email ?? null,
  phone: phone ?? null,
  time: time ?? null,
});

/** Where somebody can be reached, as they write it among other words. */
export function reachableIn(words: string): CallBackSubmission | undefined {
  const found = gatheredIn(words);
  const ways = (['email', 'phone'] as const).flatMap((way) => {
    const value = found.find(({ kind }) => kind === way)?.value;
    return value && CallBackSubmission.safeParse({ [way]: value }).success ? [[way, value]] : [];
  });
  return ways.length ? Object.fromEntries(ways) : undefined;
}

/** Whether the customer asked to be called back and was not yet. */
export const owesCall = (of: CallBack | null): boolean =>
  of !== null && of.asked_at !== null && of.done_at === null;

/** Whoever ends a conversation has called back, where that was asked for; an offer that nobody took ends
 *  with it. */
export const calledBack = (of: CallBack | null, by: string, now: Instant): CallBack | null =>
  of?.asked_at ? { ...of, done_at: of.done_at ?? now, done_by: of.done_by ?? by } : null;
