import * as z from 'zod';
import { Side } from './feedback.ts';
import { idOf } from './id.ts';
import { Citation } from './message.ts';

const AskedAnswer = z.object({
  output_id: idOf('output'),
  /** Null once it was erased. */
  text: z.string().nullable(),
  citations: z.array(Citation),
  /** Whether it is the one that the bot would have said. */
  is_own: z.boolean(),
});

/** A question which of two answers is better, as the team reads it: both by the place at which each
 *  stood, and what became of it (rule W65). */
export const AskedPreference = z.object({
  /** The customer's message that both answer. */
  for_seq: z.int(),
  first: AskedAnswer,
  second: AskedAnswer,
  asked_at: z.string(),
  chosen_side: Side.nullable(),
  /** Whether the customer may still choose. */
  stands: z.boolean(),
});
export type AskedPreference = z.infer<typeof AskedPreference>;
