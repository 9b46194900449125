import {
  type CannedReply,
  type Contact,
  factsOf,
  filled,
  type Knowledge,
  plainText,
} from '@wheelhouse/core';
import { mentionAt } from '../mention.ts';
import { withSources } from './useKnowledge.ts';

/** What may be put in at the caret. */
export interface Suggestion {
  key: string;
  title: string;
  text: string;
  /** The text with it, and where the caret then stands. */
  apply(): { text: string; caret: number };
}

/** What stands before the caret and looks for something: its words, and the stretch that what is picked
 *  takes the place of. */
export interface Look {
  kind: 'canned' | 'knowledge';
  words: string;
  start: number;
  end: number;
}

const most = 8;

/** A name after `/`, as the last word. Paths and "3 / 4" are none. */
const canned_look = /(?:^|\s)\/([\p{L}\p{N}_-]*)$/u;
/** Words after `?` on its line. Within a line they stand right behind it: where one writes a space
 *  before the mark ("Ça va ?"), a question stays one. */
const knowledge_looks = [/(?:^|\n)\?([^\n]*)$/u, /\s\?([\p{L}\p{N}][^\n?]*)$/u];

/** What a reply looks for where the caret stands. While it does it is not yet for the customer.
 *  @returns null where nothing is looked for */
export function lookAt(text: string, caret: number): Look | null {
  const head = text.slice(0, caret);
  const of = (kind: Look['kind'], pattern: RegExp): Look | null => {
    const words = pattern.exec(head)?.[1];
    if (words === undefined) return null;
    return { kind, words, start: caret - words.length - 1, end: caret };
  };
  const [first, within] = knowledge_looks.map((pattern) => of('knowledge', pattern));
  return first ?? of('canned', canned_look) ?? within ?? null;
}

/** What the whole of a reply looks for, wherever the caret is. */
export function wholeLook(text: string): Look | null {
  const look = lookAt(text, text.length);
  return look?.start === 0 ? look : null;
}

/** A text with words in place of what looked for them. */
function putIn(text: string, { start, end }: Look, words: string) {
  const head = text.slice(0, start) + words;
  return { text: head + text.slice(end), caret: head.length };
}

const nowhere = 3;
/** Where what was typed stands: names that begin with it go before words that do, and those before what
 *  has it anywhere, so that Enter puts in what was meant. */
function placeOf(wanted: string, name: string, title: string): number {
  if (name.startsWith(wanted)) return 0;
  const words = `${name} ${title}`.toLowerCase();
  if (words.split(/[\s_-]+/u).some((word) => word.startsWith(wanted))) return 1;
  return words.includes(wanted) ? 2 : nowhere;
}

/** Replies kept for reuse, by name and title. */
export function cannedFor(
  text: string,
  look: Look,
  replies: readonly CannedReply[],
  contact: Contact,
  me: { name: string },
): Suggestion[] {
  const wanted = look.words.toLowerCase();
  const facts = factsOf(contact, me);
  const place = ({ name, title }: CannedReply) => placeOf(wanted, name.toLowerCase(), title);
  return replies
    .filter((one) => place(one) < nowhere)
    .toSorted((one, other) => place(one) - place(other))
    .slice(0, most)
    .map(({ name, title, text: words }) => {
      const put = filled(words, facts);
      return {
        ...{
          key: name,
          title: title === name ? `/${name}` : `/${name} · ${title}`,
          text: plainText(put),
        },
        apply: () => putIn(text, look, put),
      };
    });
}

/** Members whose name begins with what stands after the `@` at the caret. */
export function mentionsFor(
  text: string,
  caret: number,
  people: readonly { id: string; name: string }[],
): Suggestion[] {
  const at = mentionAt(text, caret);
  if (!at) return [];
  return people
    .filter(({ name }) => name.toLowerCase().startsWith(at.name.toLowerCase()))
    .slice(0, most)
    .map(({ id, name }) => ({
      ...{ key: id, title: name, text: '' },
      apply: () => {
        const head = `${text.slice(0, at.start)}@${name} `;
        return { text: head + text.slice(caret).replace(/^ /, ''), caret: head.length };
      },
    }));
}

/** What the bot's articles say; each is put in with its source, and what was written after it stays
 *  below that. */
export const passagesFor = (
  text: string,
  look: Look,
  passages: Knowledge['passages'],
): Suggestion[] =>
  passages.slice(0, most).map(({ title, text: words, citation }, at) => {
    const put = withSources(words, citation ? [citation] : []);
    return {
      ...{ key: `${at} ${title}`, title, text: plainText(words) },
      apply: () => {
        const below = text.slice(look.end).trimStart();
        const head = text.slice(0, look.start) + put;
        return { text: below ? `${head}\n\n${below}` : head, caret: head.length };
      },
    };
  });
