import {
  atLeast,
  type MessageBody,
  type Principal,
  plainText,
  type SearchHit,
  type SearchQuery,
  searchTerms,
  searchWords,
  snippetOf,
  wordsOf,
} from '@wheelhouse/core';
import type { Ports } from '../ports.ts';
import { conversationsFound, searchContacts, searchMessages } from '../store/search.ts';

const most_contacts = 5;

/** Finds conversations by what was said in them and by whom they are with (rule W33). A search without
 *  a word finds nothing. */
export const searchConversations = (
  ports: Ports,
  by: Principal,
  { q, limit }: SearchQuery,
): Promise<{ rows: SearchHit[] }> =>
  ports.database.transact(by, async (tx) => {
    const words = searchWords(q);
    if (!words.length) return { rows: [] };
    const terms = searchTerms(words);
    const reader = { id: by.id, leads: atLeast(by.role, 'lead') };
    const people = await searchContacts(tx, by, terms, Math.min(limit, most_contacts));
    const said = await searchMessages(tx, terms, reader, limit - people.length);
    const ids = [...new Set(said.map(({ conversation_id }) => conversation_id))];
    const where = await conversationsFound(tx, by, ids);
    const of_people = people.map(({ id, state, contact_name, name, email, external_id }) => ({
      conversation: { id, state, contact_name },
      message: null,
      parts: snippetOf([name, email, external_id].filter(Boolean).join(' · '), words),
    }));
    const of_messages = said.flatMap(({ conversation_id, body, ...message }) => {
      const conversation = where.get(conversation_id);
      const text = plainText(wordsOf(body as unknown as MessageBody));
      return conversation ? [{ conversation, message, parts: snippetOf(text, words) }] : [];
    });
    return { rows: [...of_people, ...of_messages] };
  });
