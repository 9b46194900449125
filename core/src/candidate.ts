import { questionIn } from './brief.ts';
import { answersIn, endedEpisodes } from './episode.ts';
import { coverageOf, likenessOf } from './learn/likeness.ts';
import { termsOf } from './learn/terms.ts';
import { masked } from './masked.ts';
import type { Message } from './message.ts';
import { joinSentences, sentencesOf } from './sentence.ts';
import { smallTalkOf } from './small-talk.ts';

/** A question that a person answered, as it was said. */
export interface Answered {
  asked: string;
  answered: string;
  /** The message or output that the answer is in, which the candidate is named for. */
  source_id: string;
  /** Who wrote it. */
  by: string;
}

/** What an article could say of it, without what belongs to one person. */
export interface Candidate {
  title: string;
  text: string;
}

const longest_title = 300;
/** Fewer words that say something are no question and no answer. */
const least_asked = 2;
const least_answered = 4;
/** From here on two texts say the same. */
export const same_text = 0.8;
const same_question = 0.7;
const same_answer = 0.5;

/** What persons answered in the episodes that are over. */
export const answeredBy = (messages: readonly Message[]): Answered[] =>
  endedEpisodes(messages).flatMap((episode) =>
    answersIn(episode).map(({ asked, answered, message_id, by }) => ({
      ...{ asked, answered, source_id: message_id, by },
    })),
  );

/** The article that an answer could be. @returns null where question or answer says too little, or the
 *  answer only asks back
 *  @param names of the people who spoke */
export function candidateOf(
  { asked, answered }: Pick<Answered, 'asked' | 'answered'>,
  names: readonly (string | null)[],
): Candidate | null {
  const title = masked(questionIn(asked), names).replaceAll(/\s+/g, ' ').trim();
  const text = withoutGreetings(masked(answered, names));
  const says = (words: string) => termsOf(words.replaceAll(/\[[^\]]*\]/g, ' ')).length;
  if (says(title) < least_asked || says(text) < least_answered || /[?？]\s*$/u.test(text))
    return null;
  return { title: title.slice(0, longest_title), text };
}

/** Sentences that greet or thank are for the one customer. */
const withoutGreetings = (text: string): string =>
  text
    .split('\n')
    .map((line) =>
      joinSentences(
        sentencesOf(line).filter((one) => !smallTalkOf(one.replaceAll(/,?\s*\[name\]/g, ''))),
      ),
    )
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();

/** Whether something known says the same: the same words, or much the same answer to the same
 *  question. */
export const saysTheSame = (one: Candidate, known: Candidate): boolean =>
  likenessOf(one.text, known.text) >= same_text ||
  (likenessOf(one.title, known.title) >= same_question &&
    likenessOf(one.text, known.text) >= same_answer) ||
  // A long article may hold the whole answer among other things.
  coverageOf(one.text, known.text) >= 0.95;
