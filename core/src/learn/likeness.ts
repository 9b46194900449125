import { withoutSeams } from './spaceless.ts';
import { runsOf, termsOf } from './terms.ts';

/** Of a longer text the first words count, so that comparing two takes well under a millisecond. */
const most_terms = 80;
/** From this share of common runs on, two words count as the same. */
const same_word = 0.6;

const alike = (one: string, other: string): boolean => {
  if (one === other) return true;
  const [mine, theirs] = [new Set(runsOf(one)), new Set(runsOf(other))];
  const common = [...mine].filter((run) => theirs.has(run)).length;
  return (2 * common) / (mine.size + theirs.size) >= same_word;
};

const distinct = (text: string): string[] => [...new Set(termsOf(text))].slice(0, most_terms);

const stands = (term: string, within: readonly string[]): boolean =>
  within.some((other) => alike(term, other));

/** How many of the terms stand within, and how many there are. */
function counted(terms: readonly string[], within: readonly string[]) {
  const telling = withoutSeams(terms, (term) => stands(term, within));
  return { common: telling.filter((term) => stands(term, within)).length, all: telling.length };
}

/** The share (0..1) of a question's words that stand in a text, endings and small slips aside. A
 *  question that says nothing (only words that stand in every question) has 0. */
export function coverageOf(question: string, text: string): number {
  const { common, all } = counted(distinct(question), distinct(text));
  return all ? common / all : 0;
}

/** How alike two texts are (0..1): Dice's coefficient of their words, as above. Symmetric. */
export function likenessOf(one: string, other: string): number {
  const [mine, theirs] = [distinct(one), distinct(other)];
  const [here, there] = [counted(mine, theirs), counted(theirs, mine)];
  const all = here.all + there.all;
  return all ? (here.common + there.common) / all : 0;
}
