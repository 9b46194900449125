import { onlyNames } from '@wheelhouse/core';
import { intentConfidence, type Prediction, type Retrieval } from '@wheelhouse/core/learn';
import type { Known, Minds } from './mind.ts';
import type { Ground } from './think.ts';

const scores_kept = 6;
const citations_kept = 3;

/** The intent that a message is read as, and which others it may be. */
export interface Read extends Pick<Prediction, 'label' | 'confidence' | 'scores'> {
  /** Of the scores, those intents whose examples know a word of the message. */
  known: string[];
}

/** What customers' words may mean, and what the bot's articles have on them. */
export interface Reading {
  read: Read | undefined;
  search: Retrieval<Known>;
}

/** What a bot's mind finds in a customer's words: the intent that it reads, as surely as the intent's
 *  examples know them (rule W84), and what its articles say. */
export async function readingOf(
  { minds }: { minds: Minds },
  { scope, bot, asked, stamp }: Pick<Ground, 'scope' | 'bot' | 'asked' | 'stamp'>,
): Promise<Reading> {
  const { classifier, words, knowledge } = await minds.of(scope, bot, stamp && { stamp });
  const found = knowledge.search(asked, citations_kept);
  const search = asksOf(asked, found) ? found : { ...found, confidence: 0 };
  const meant = classifier?.predict(asked, { top: scores_kept });
  if (!meant) return { read: undefined, search };
  const examples = bot.definition.intents.find(({ name }) => name === meant.label)?.examples;
  // A number or an address alone asks for nothing, unless an example is one.
  const asks = !onlyNames(asked) || examples?.some(onlyNames);
  const shareOf = (label: string) => words.get(label)?.share(asked) ?? 0;
  const confidence = intentConfidence(meant.confidence, asks ? shareOf(meant.label) : 0);
  const known = meant.scores.map(({ label }) => label).filter((label) => shareOf(label) > 0);
  return { read: { ...meant, confidence, known }, search };
}

/** A number, an address or a date alone asks for nothing, unless an article is called so. */
const asksOf = (asked: string, { found: [best] }: Retrieval<Known>): boolean =>
  !onlyNames(asked) ||
  [best?.passage.title ?? '', ...(best?.passage.heading ?? [])].some((title) =>
    title.toLowerCase().includes(asked.trim().toLowerCase()),
  );
