import * as z from 'zod';
import { idOf } from './id.ts';

/** Whoever has not said for this long that they look, looks no more. */
export const looking_ms = 25_000;
/** Whoever has not pressed a key for this long types no more. */
export const typing_ms = 6_000;

export const LookingSubmission = z.strictObject({
  /** Whether something is being written to the customer. */
  typing: z.boolean().default(false),
});

/** Who has a conversation open, and who writes in it, at this moment. */
export const Looking = z.object({
  looking: z.array(z.object({ member_id: idOf('member'), name: z.string(), typing: z.boolean() })),
  customer_typing: z.boolean(),
});
export type Looking = z.infer<typeof Looking>;

/** What the bot has under way for the customer, at this moment (rule W110). */
export const Answering = z.object({
  /** Whether the bot is at an answer, of which nothing may be seen yet. */
  answering: z.boolean(),
  /** What the customer sees of the reply that the bot is writing. */
  streaming: z.object({ id: idOf('message'), text: z.string() }).nullable(),
});
export type Answering = z.infer<typeof Answering>;

/** What is told beside the events when somebody looks, types or reads, or the bot writes. */
export const LookingChange = Looking.extend({
  ...Answering.shape,
  conversation_id: idOf('conversation'),
  customer_read_seq: z.int(),
  /** Up to where it has come to the customer's browser; never less than what they have read. */
  customer_delivered_seq: z.int(),
  team_read_seq: z.int(),
});
export type LookingChange = z.infer<typeof LookingChange>;

export const ReadSubmission = z.strictObject({
  /** The number of the last message that was seen. */
  seq: z.int().min(0),
});
