import * as z from 'zod';
import { Text } from './json.ts';
import { Citation, longest_message } from './message.ts';

export const KnowledgeFilter = z.strictObject({
  /** What to look for; left out, all that the customer asked since the last answer. */
  q: Text(500).optional(),
  /** Whether a language model may write the suggestion, where there is one. That takes seconds. */
  model: z.stringbool().default(false),
});

/** What a bot knows of a question, for whoever answers it themselves. */
export const Knowledge = z.object({
  /** What was looked for. */
  asked: z.string(),
  /** The language model that may write and translate; null when there is none. */
  model: z.string().nullable(),
  /** What could be answered; null where nothing fits. */
  suggestion: z
    .object({ text: z.string(), citations: z.array(Citation), written_by: z.string().nullable() })
    .nullable(),
  /** What fits, the likeliest first. `citation` is null for an answer that is the bot's own. */
  passages: z.array(
    z.object({ title: z.string(), text: z.string(), citation: Citation.nullable() }),
  ),
});
export type Knowledge = z.infer<typeof Knowledge>;

/** A text that is to be put into another language. */
export const TranslationSubmission = z.strictObject({
  text: Text(longest_message).min(1),
  /** The tag of the language that it is wanted in. */
  to: Text(35).min(2),
});
/** Both null where no language model is set up. */
export const Translation = z.object({
  text: z.string().nullable(),
  written_by: z.string().nullable(),
});
export type Translation = z.infer<typeof Translation>;
