import { language_words } from './language-words.ts';

/**
 * Which language a customer writes in, told by script and by the words that every sentence in a chat is
 * made of. A classifier over runs of letters tells more languages apart, but of a chat's short lines it
 * is sure and wrong; known words say nothing about "refund please", and that is the right answer: what
 * is too short stays undecided. Words that several languages share count less.
 */

/** By the share of letters in it; Han is Chinese unless kana stand among it. */
const scripts: readonly (readonly [string, RegExp])[] = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['zh', /\p{Script=Han}/gu],
  ['ko', /\p{Script=Hangul}/gu],
  ['ar', /\p{Script=Arabic}/gu],
  ['he', /\p{Script=Hebrew}/gu],
  ['el', /\p{Script=Greek}/gu],
  ['hi', /\p{Script=Devanagari}/gu],
  ['th', /\p{Script=Thai}/gu],
];
const most_read = 2_000;
const least_words = 1.5;
/** How far the first must stand above the second. */
const lead = 1.5;
const least_letters = 2;
const least_share = 0.5;

const bare = (word: string) => word.normalize('NFD').replaceAll(/\p{M}/gu, '').normalize('NFC');

/** Which languages a word is of, as it is written, and without its accents, as many write it. */
const languages_of = new Map<string, Set<string>>();
const languages_of_bare = new Map<string, Set<string>>();
for (const [language, words] of Object.entries(language_words)) {
  for (const word of words.split(/\s+/)) {
    for (const [known, form] of [
      [languages_of, word],
      [languages_of_bare, bare(word)],
    ] as const) {
      known.set(form, (known.get(form) ?? new Set()).add(language));
    }
  }
}
const languagesOf = (word: string): ReadonlySet<string> =>
  languages_of.get(word) ?? languages_of_bare.get(bare(word)) ?? new Set();

/** A word that is written together with the next ("l'adresse") is a word of its own. */
const wordsIn = (text: string): string[] =>
  (text.replaceAll('’', "'").match(/[\p{L}\p{M}']+/gu) ?? []).flatMap((word) =>
    languagesOf(word).size ? [word] : (word.match(/[^']+'?/gu) ?? []),
  );

/** The language of what somebody writes, as a tag ("de"); null where it is too short to tell, is mixed,
 *  or is one that is not known here (rule W47). Known by script alone are Japanese, Chinese, Korean,
 *  Arabic, Hebrew, Greek, Hindi and Thai; by words English, German, French, Spanish, Italian,
 *  Portuguese, Dutch, Polish, Turkish, Russian and Ukrainian. */
export function languageOf(text: string): string | null {
  const read = text.slice(0, most_read).normalize('NFC').toLowerCase();
  const letters = read.match(/\p{L}/gu)?.length ?? 0;
  for (const [language, letter] of scripts) {
    const count = read.match(letter)?.length ?? 0;
    const kana = language === 'ja' && count > 0;
    if (count >= least_letters && (kana || count / letters >= least_share)) return language;
  }
  const counts = new Map<string, number>();
  for (const word of new Set(wordsIn(read))) {
    const known = languagesOf(word);
    // Shared words say which languages it may be, and weigh less.
    for (const language of known) {
      counts.set(language, (counts.get(language) ?? 0) + 1 / known.size);
    }
  }
  const [first, second] = [...counts].sort(([, a], [, b]) => b - a);
  if (!first || first[1] < least_words) return null;
  return !second || first[1] >= lead * second[1] ? first[0] : null;
}

/** The language of a conversation after somebody wrote: what it is written in, where that can be told;
 *  else what it was. A tag of the same language with its country stays. */
export function languageAfter(before: string | null, text: string): string | null {
  const heard = languageOf(text);
  return heard === null || before?.toLowerCase().split('-')[0] === heard ? before : heard;
}
