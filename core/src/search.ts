import * as z from 'zod';
import { conversation_states } from './conversation.ts';
import { idOf } from './id.ts';
import { Text } from './json.ts';
import { author_kinds } from './message.ts';

export const SearchQuery = z.strictObject({
  q: Text(200),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});
export type SearchQuery = z.infer<typeof SearchQuery>;

/** A stretch of text, and whether it is what was looked for. */
export const SnippetPart = z.object({ text: z.string(), hit: z.boolean() });
export type SnippetPart = z.infer<typeof SnippetPart>;

/** A message that says it, or, without one, a conversation with a customer who is called so. */
export const SearchHit = z.object({
  conversation: z.object({
    id: idOf('conversation'),
    contact_name: z.string().nullable(),
    state: z.enum(conversation_states),
  }),
  message: z
    .object({
      id: idOf('message'),
      seq: z.int(),
      author_kind: z.enum(author_kinds),
      author_name: z.string().nullable(),
      audience: z.enum(['all', 'team']),
      at: z.string(),
    })
    .nullable(),
  parts: z.array(SnippetPart),
});
export type SearchHit = z.infer<typeof SearchHit>;

/** Letters of scripts that leave no spaces between words, and their vowel signs and tones: the very ones
 *  that the index of what was said knows, so that both make the same of a text. */
const spaceless =
  '[\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u2e80-\\u2fff\\u3005-\\u3007\\u3040-\\u30fa\\u30fc-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}]';
const signs =
  /[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u1056-\u1059\u17b4-\u17d3\u17dd]/gu;
const spaced = `(?!${spaceless})[\\p{L}\\p{M}\\p{N}]`;
const runs = RegExp(`${spaceless}+|(?:${spaced})+`, 'gu');
const isSpaceless = (word: string): boolean => RegExp(spaceless, 'u').test(word);

/** The words of a search: letters and figures, in lower case, each at most once. A run of a script
 *  without spaces is one. */
export const searchWords = (q: string): string[] => [
  ...new Set(q.normalize('NFKC').replaceAll(signs, '').toLowerCase().match(runs) ?? []),
];

/** The same as an index is asked: of a run of a script without spaces its pairs of neighbouring letters,
 *  which stand wherever it stands. */
export const searchTerms = (words: readonly string[]): string[] => [
  ...new Set(words.flatMap((word) => (isSpaceless(word) ? pairsIn([...word]) : [word]))),
];

const pairsIn = (letters: string[]): string[] =>
  letters.length < 2 ? letters : letters.slice(1).map((one, at) => `${letters[at]}${one}`);

const before = 40;
const most = 160;

/** Where a word stands: as the beginning of one, or anywhere where no spaces tell. */
const placeOf = (word: string): string =>
  isSpaceless(word) ? [...word].join('\\p{M}*') : `(?<!${spaced})${word}(?:${spaced})*`;

/** As much of a text as shows where it says the words, each taken as the beginning of one. */
export function snippetOf(text: string, words: readonly string[]): SnippetPart[] {
  const starts = words.length ? new RegExp(words.map(placeOf).join('|'), 'giu') : null;
  const first = starts ? text.search(starts) : -1;
  const from = first > before ? startNear(text, first) : 0;
  const cut = text.slice(from, from + most);
  const parts: SnippetPart[] = [];
  const put = (piece: string, hit: boolean) => piece && parts.push({ text: piece, hit });
  let at = 0;
  for (const found of starts ? cut.matchAll(starts) : []) {
    put(cut.slice(at, found.index), false);
    put(found[0], true);
    at = found.index + found[0].length;
  }
  put(cut.slice(at), false);
  if (from > 0) parts.unshift({ text: '… ', hit: false });
  if (from + most < text.length) parts.push({ text: ' …', hit: false });
  return parts;
}

/** Where a snippet begins that is to show a place: at a word, where there are spaces. */
function startNear(text: string, first: number): number {
  const space = text.indexOf(' ', first - before);
  if (space >= 0 && space < first) return space + 1;
  // Never between the halves of one character.
  return /[\udc00-\udfff]/.test(text[first - before] ?? '') ? first - before + 1 : first - before;
}
