import type { SuggestedReply } from './message.ts';
import { wordDistance, wordsIn } from './word-distance.ts';

/** What a member made of a suggested reply, in numbers: its words are compared and not kept
 *  (rule W73). */
export interface SuggestedUse {
  /** The language model that had put it so; null where it stands so in what the bot knows. */
  written_by: string | null;
  /** Words put in, taken out or put in another's place. */
  distance: number;
  /** How many words the suggestion had. */
  words: number;
}

export function useOf({ text, written_by }: SuggestedReply, sent: string): SuggestedUse {
  const words = wordsIn(text);
  return { written_by, distance: wordDistance(words, wordsIn(sent)), words: words.length };
}
