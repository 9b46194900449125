import type { Prediction } from './classify.ts';
import { KnownWords } from './known-words.ts';

/** Reads the intent of a bot that has but one. Nothing can be told apart there, so it is read by how
 *  alike a question is to one of its examples: Dice's coefficient of their words, endings and small slips
 *  aside. Word for word it is 1, without a word in common 0. */
export class SoleIntent {
  readonly #label: string;
  readonly #examples: readonly { text: string; words: KnownWords }[];

  constructor(label: string, examples: readonly string[]) {
    this.#label = label;
    this.#examples = examples.map((text) => ({ text, words: new KnownWords([text]) }));
  }

  /** Takes some 20 microseconds an example. */
  predict(question: string): Pick<Prediction, 'label' | 'confidence' | 'scores'> {
    const asked = new KnownWords([question]);
    const confidence = this.#examples.reduce((most, { text, words }) => {
      const [there, here] = [words.share(question), asked.share(text)];
      return Math.max(most, there + here > 0 ? (2 * there * here) / (there + here) : 0);
    }, 0);
    const label = this.#label;
    return { label, confidence, scores: [{ label, probability: confidence }] };
  }
}
