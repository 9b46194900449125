import { botWords, settledBy } from '@wheelhouse/core';
import { coverageOf } from '@wheelhouse/core/learn';
import type { Ground } from './think.ts';
import { ownWords, type Thought } from './thought.ts';

/** Nearly every word of the question must be of what was settled, and half of that be asked again. */
const least_covered = 0.75;
const least_asked_again = 0.5;

/** What a person settled in this conversation is not asked about again: it is said once more, in their
 *  words (rule W45). The newest summary counts first. */
export function settledFor({ asked, summaries, turn, contact }: Ground): Thought | undefined {
  const answers = summaries.flatMap(settledBy).reverse();
  for (const { asked: before, answered } of answers) {
    const confidence = coverageOf(asked, `${before} ${answered}`);
    if (confidence < least_covered || coverageOf(before, asked) < least_asked_again) continue;
    const { settled } = botWords(turn.language ?? contact?.language);
    const passages = [{ title: before, text: answered, citation: null }];
    return { ...ownWords(`${settled} ${answered}`), confidence, passages };
  }
  return undefined;
}
