import { besideRebuff, botWords, isSmallTalk, smallTalkOf, wordsOf } from '@wheelhouse/core';
import { lackingOf } from './facts.ts';
import type { Reading } from './reading.ts';
import type { Ground } from './think.ts';
import { type Leaving, ownWords, type Thought } from './thought.ts';

const topics_offered = 3;
const longest_label = 80;
/** A topic is offered that has no word of the question when it is this likely, and likelier by half than
 *  each would be by chance. */
const least_telling = 0.2;
const least_lift = 1.5;

/** Unsure for the first time, the bot asks what is meant; twice in a row, a person comes (rule W19). So
 *  one does at once where it knows what is meant, and not the fact that the answer is about. Small talk
 *  is nothing to choose (rule W85).
 *  @param answer what was said to the same question and turned down: it is not offered again */
export function askBack(
  ground: Ground,
  { read, search }: Reading,
  answer?: string,
): Thought | Leaving {
  const { turn, bot, contact, earlier } = ground;
  const { clarifies, intents, hand_off_below } = bot.definition;
  const meant = (read?.confidence ?? 0) >= hand_off_below ? read?.label : undefined;
  const lacking = lackingOf(
    ground,
    intents.find(({ name }) => name === meant),
  );
  if (lacking) return { reason: 'low_confidence', why: `${lacking} is not known` };
  const last = earlier.findLast(({ author_kind }) => author_kind !== 'contact');
  if (last?.author_kind === 'bot' && last.body.kind === 'buttons') return { reason: 'failed' };
  const was_article = search.found.some(({ passage: { text } }) => text === answer);
  const chance = Math.max(least_telling, least_lift / intents.length);
  const titles = (read?.scores ?? [])
    .filter(({ label }) => answer === undefined || was_article || label !== read?.label)
    .flatMap(({ label, probability }) => {
      const intent = intents.find(({ name }) => name === label);
      const first = intent?.examples[0];
      if (!intent || !first || isSmallTalk(intent.examples)) return [];
      const known = answer !== undefined || read?.known.includes(label) || probability >= chance;
      return [{ label: intent.title ?? first, value: first, known }];
    });
  const likely = search.confidence > 0 ? search.found : [];
  const [found] = likely.filter(({ passage: { text } }) => text !== answer);
  const title = found?.passage.title;
  if (!clarifies || (!titles.length && !title)) {
    return { reason: answer === undefined ? 'low_confidence' : 'failed' };
  }
  // Where no example has a word of it, the likeliest may be so by chance.
  const known = titles.filter((one) => one.known).slice(0, topics_offered);
  const articles = title ? [{ label: title, value: title }] : [];
  const topics = [...articles, ...known.map(({ label, value }) => ({ label, value }))].filter(
    ({ label }, at, all) => all.findIndex((one) => one.label === label) === at,
  );
  const words = botWords(turn.language ?? contact?.language);
  const buttons = [...topics.slice(0, topics_offered), { label: words.person }].map(
    ({ label, ...rest }) => ({ label: label.slice(0, longest_label), ...rest }),
  );
  const text = topics.length ? words.clarify : words.reword;
  return { ...ownWords(text), unsure: true, body: { kind: 'buttons', text, buttons } };
}

/** An answer of the bot's that the customer turns down in words. */
interface TurnedDown {
  /** What they ask beside that, to be answered; undefined when that is all they say. */
  rest: Ground | undefined;
  /** The question that was answered so, and the answer. */
  question: string;
  answer: string;
  /** Whether the bot failed before: it asked what was meant, or another answer was turned down. */
  again: boolean;
}

/** Whether the customer turns down what the bot said last. It is a failure of the bot's like being
 *  unsure: twice, and a person comes (rule W85). Whom a person helped since begins anew. */
export function rebuffIn(ground: Ground): TurnedDown | undefined {
  const { asking, earlier } = ground;
  const last = earlier.at(-1);
  if (last?.author_kind !== 'bot') return undefined;
  const left = asking.map((one) => ({ one, rest: besideRebuff(one) }));
  if (left.every(({ rest }) => rest === undefined)) return undefined;
  const kept = left.flatMap(({ one, rest = one }) => rest || []);
  const helped = earlier.findLastIndex(({ author_kind }) => author_kind === 'member');
  const since = earlier.slice(helped + 1);
  const questions = since.flatMap(({ author_kind, body }) => {
    const words = wordsOf(body);
    const asks = author_kind === 'contact' && !smallTalkOf(words);
    return asks && besideRebuff(words) === undefined ? words : [];
  });
  return {
    rest: kept.length ? { ...ground, asking: kept, asked: kept.join('\n') } : undefined,
    question: questions.at(-1) ?? '',
    answer: wordsOf(last.body),
    again: since.some(
      ({ author_kind, body }) =>
        (author_kind === 'bot' && body.kind === 'buttons') ||
        (author_kind === 'contact' && besideRebuff(wordsOf(body)) !== undefined),
    ),
  };
}
