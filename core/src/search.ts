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

/** The words of a search: letters and figures, in lower case, each at most once. */
export const searchWords = (q: string): string[] => [
  ...new Set(q.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []),
];

const before = 40;
const most = 160;

/** As much of a text as shows where it says the words, each taken as the beginning of one. */
export function snippetOf(text: string, words: readonly string[]): SnippetPart[] {
  const starts = words.length
    ? new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])(?:${words.join('|')})[\\p{L}\\p{M}\\p{N}]*`, 'giu')
    : null;
  const first = starts ? text.search(starts) : -1;
  const from = first > before ? text.indexOf(' ', first - before) + 1 : 0;
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
