import { type Citation, filled, type Scope, type Source } from '@wheelhouse/core';
import { factsOf, lackingOf } from './facts.ts';
import type { Minds } from './mind.ts';
import { readingOf } from './reading.ts';
import { toldIn } from './several.ts';
import { fromArticles, fromIntents, type Ground } from './think.ts';
import type { Thought } from './thought.ts';

/** Less sure than this, nothing found is worth a person's while: they judge it, so it is well under what
 *  a bot may say. */
export const least_useful = 0.2;

/** What could be answered, what that rests on, and what it seems to be about. */
export interface Suggested {
  /** The title of the intent that is meant; null when none is likely. */
  topic: string | null;
  suggestion: { text: string; citations: Citation[] } | null;
  /** The likeliest first. */
  passages: Source[];
  /** 0..1 that the first of them answers what was asked. */
  found: number;
}

/** What a bot knows of a question, for a person to use or leave: no gate is asked, as nothing is said. */
export async function suggest(
  minds: Minds,
  scope: Scope,
  ground: Pick<Ground, 'bot' | 'contact' | 'now'>,
  asked: string,
): Promise<Suggested> {
  const { bot, contact, now } = ground;
  const { read, search } = await readingOf({ minds }, { scope, bot, asked });
  const likely = read && read.confidence >= bot.definition.hand_off_below ? read : undefined;
  const intent = bot.definition.intents.find(({ name }) => name === likely?.label);
  const sureness = intent ? (likely?.confidence ?? 0) : 0;
  const found = Math.max(sureness, search.confidence);
  const first = sureness >= search.confidence;
  const [articles, intents] = [fromArticles(search), fromIntents(ground, read)];
  const passages = first ? [...intents, ...articles] : [...articles, ...intents];
  const [best] = articles;
  // What is said of a tool's result is no answer without one, and neither is an article beside it.
  const for_tool = first && intent?.tool !== undefined;
  const useful = search.confidence >= least_useful && !for_tool && best;
  const answers = intent && first && !for_tool && !lackingOf(ground, intent);
  return {
    topic: intent ? (intent.title ?? intent.name) : null,
    suggestion: answers
      ? { text: filled(intent.answer, factsOf(contact, bot, now)), citations: [] }
      : useful
        ? { text: best.text, citations: best.citation ? [best.citation] : [] }
        : null,
    passages,
    found,
  };
}

/** The same of what was said in several messages: what answers all of them, as a bot would (rule W67).
 *  @param asking the words of each, oldest first */
export async function suggestTogether(
  minds: Minds,
  scope: Scope,
  ground: Parameters<typeof suggest>[2],
  asking: readonly string[],
): Promise<Suggested> {
  const whole = await suggest(minds, scope, ground, asking.join('\n'));
  if (asking.length < 2) return whole;
  const alone = await Promise.all(asking.map((one) => suggest(minds, scope, ground, one)));
  const told = toldIn(
    thoughtOf(whole),
    alone.map((one, at) => ({ asked: asking[at] ?? '', told: thoughtOf(one) })),
  );
  if (!told) return whole;
  const { text, citations, passages, confidence: found, topic = null } = told;
  return { topic, suggestion: { text, citations }, passages, found };
}

const thoughtOf = ({ suggestion, found, topic, passages }: Suggested): Thought | undefined =>
  suggestion
    ? { ...suggestion, confidence: found, scores: {}, topic: topic ?? undefined, passages }
    : undefined;
