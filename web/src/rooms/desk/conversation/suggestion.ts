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

const most = 8;

/** What a reply that begins so looks for. While it does it is not yet for the customer. */
export const looksFor = (text: string): 'canned' | 'knowledge' | null =>
  /^\/\S*$/u.test(text) ? 'canned' : text.startsWith('?') ? 'knowledge' : null;

/** Replies kept for reuse, once a text begins with `/`: by name, title and words. */
export function cannedFor(
  text: string,
  replies: readonly CannedReply[],
  contact: Contact,
  me: { name: string },
): Suggestion[] {
  const found = /^\/(\S*)$/u.exec(text);
  if (!found) return [];
  const wanted = (found[1] ?? '').toLowerCase();
  const facts = factsOf(contact, me);
  return replies
    .filter(({ name, title }) => `${name} ${title}`.toLowerCase().includes(wanted))
    .slice(0, most)
    .map(({ name, title, text: words }) => {
      const put = filled(words, facts);
      return {
        ...{
          key: name,
          title: title === name ? `/${name}` : `/${name} · ${title}`,
          text: plainText(put),
        },
        apply: () => ({ text: put, caret: put.length }),
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

/** What the bot's articles say, once a text begins with `?`; each is put in with its source. */
export const passagesFor = (passages: Knowledge['passages']): Suggestion[] =>
  passages.slice(0, most).map(({ title, text: words, citation }, at) => {
    const put = withSources(words, citation ? [citation] : []);
    return {
      ...{ key: `${at} ${title}`, title, text: plainText(words) },
      apply: () => ({ text: put, caret: put.length }),
    };
  });
