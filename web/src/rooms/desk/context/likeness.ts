import { type Case, type CaseRow, canonical, type Json } from '@wheelhouse/core';

/** What of a case is compared with others. */
export type Compared = Pick<Case, 'title' | 'reasons' | 'parts' | 'action' | 'suggestion'>;

/** The decided cases most like this one, most like first; alike ones as they came, which is newest
 *  first (rule K24).
 *  @param rows decided cases of the same gate */
export function likest(
  shown: Pick<Case, 'id' | 'title' | 'reasons' | 'risk'>,
  rows: readonly CaseRow[],
  most: number,
): CaseRow[] {
  const words = wordsOf(shown.title);
  const reason = pattern(shown.reasons[0] ?? '');
  const weight = weightIn(rows.map(({ title }) => wordsOf(title)));
  return rows
    .filter(({ id }) => id !== shown.id)
    .map((row) => ({
      row,
      score:
        overlap(words, wordsOf(row.title), weight) +
        (reason !== '' && pattern(row.reason) === reason ? 0.3 : 0) +
        (shown.risk !== null && row.risk === shown.risk ? 0.1 : 0),
    }))
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ row }) => row);
}

const wordsOf = (title: string): Set<string> =>
  new Set(title.toLowerCase().match(/[\p{L}\p{N}@.]{3,}/gu) ?? []);

/** How much a word tells: ln(1 + n / titles that have it), so that a name weighs more than "the". */
function weightIn(titles: readonly ReadonlySet<string>[]): (word: string) => number {
  const found = new Map<string, number>();
  for (const title of titles) for (const word of title) found.set(word, (found.get(word) ?? 0) + 1);
  return (word) => Math.log(1 + titles.length / (found.get(word) ?? 1));
}

/** Shared words among all words of both, by weight, 0..1 (weighted Jaccard). */
function overlap(
  a: ReadonlySet<string>,
  b: ReadonlySet<string>,
  weight: (word: string) => number,
): number {
  const sum = (words: Iterable<string>) =>
    [...words].reduce((total, word) => total + weight(word), 0);
  const all = sum(new Set([...a, ...b]));
  return all ? sum([...a].filter((word) => b.has(word))) / all : 0;
}

/** A reason without its figures: "amount 780 is over 100" and "amount 298 is over 100" say the same. */
const pattern = (reason: string): string => reason.replaceAll(/\d[\d.,]*/g, '#');

const person = /^(customer|contact|account|e-?mail|name|order)$/i;

/** What two cases have in common that a person would name; null when it is only the gate. */
export function sharedWords(shown: Compared, other: Compared): string | null {
  const theirs = new Map(namedIn(other));
  for (const [label, value] of namedIn(shown)) {
    if (theirs.get(label) === value) return `same ${label}`;
  }
  if (shown.suggestion && other.suggestion) {
    const same =
      canonical(shown.suggestion.values as Json) === canonical(other.suggestion.values as Json);
    if (same && Object.keys(shown.suggestion.values).length) return 'same suggestion';
  }
  const [a, b] = [shown.reasons[0], other.reasons[0]];
  return a && b && pattern(a) === pattern(b) && telling(a) ? 'same reason' : null;
}

/** Whether a reason tells cases of one gate apart: a rule that found something does, the gate's one
 *  threshold does not. */
const telling = (reason: string): boolean => /\d/.test(reason) && !/^confidence\b/.test(reason);

/** Who or what it is about, by label: from the facts shown and from the action's arguments. */
function namedIn({ parts, action }: Compared): [string, string][] {
  const facts = parts.flatMap((part) => (part.kind === 'facts' ? part.facts : []));
  const all: [string, unknown][] = [
    ...facts.map(({ label, value }): [string, unknown] => [label, value]),
    ...Object.entries(action?.arguments ?? {}),
  ];
  return all.flatMap(([label, value]) =>
    person.test(label) && typeof value === 'string' && value.trim() !== ''
      ? [[label.toLowerCase(), value.trim().toLowerCase()] as [string, string]]
      : [],
  );
}
