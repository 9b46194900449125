import type { LabelledText } from '@wheelhouse/core/learn';
import type { Replayed, Replayer, Said } from '@wheelhouse/server/testing/replay';

/** Something a customer wrote, and what a right answer would be about. */
export interface Turn {
  bot: Replayer;
  asked: string;
  earlier: Said[];
  /** Name of an intent, or title of an article; null where the bot knows no answer. */
  meant: string | null;
}

/** Intents learned from examples; what each answers names it alone, so that one can tell them apart. */
export function intentsOf(examples: readonly LabelledText[]) {
  const by_label = new Map<string, string[]>();
  for (const { text, label } of examples) {
    by_label.set(label, [...(by_label.get(label) ?? []), text]);
  }
  return [...by_label].map(([label, texts]) => ({
    name: intentName(label),
    title: label,
    examples: [...new Set(texts)],
    answer: label,
  }));
}

/** A label as a name may be. */
export const intentName = (label: string): string =>
  label.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');

/** What sets call the small talk that a bot answers by itself. */
const small_talk = ['greeting', 'thank_you', 'goodbye', 'are_you_a_bot'];

/** Whether what the bot says is what was meant. Words of its own answer what asks for nothing. */
export function isRight({ meant }: Turn, { said }: Replayed): boolean {
  if (!said) return false;
  const { topic, citations } = said;
  const is_own = topic === undefined && !citations.length;
  if (is_own || meant === null) return is_own && (!meant || small_talk.includes(meant));
  const [cited] = citations;
  return cited ? cited.title.split(' › ')[0] === meant : topic === intentName(meant);
}

/** Whether what was meant is among the topics that the bot offers to pick from. */
export const isOffered = ({ meant }: Turn, { said }: Replayed): boolean =>
  said?.body?.kind === 'buttons' && said.body.buttons.some(({ label }) => label === meant);
