import type { AuthorKind, Scope, SearchHit } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

/** Words as the engine takes them: all of them, each as the beginning of one. They are letters and
 *  figures alone. */
export const wanted = (words: readonly string[]) => words.map((word) => `'${word}':*`).join(' & ');

const messages = statement(
  'search.messages',
  `select id, conversation_id, seq, author_kind, author_name, audience, body, at
   from search_messages($1, $2, $3, $4)`,
);
export interface FoundMessage {
  id: string;
  conversation_id: string;
  seq: number;
  author_kind: AuthorKind;
  author_name: string | null;
  audience: 'all' | 'team';
  body: Record<string, unknown>;
  at: string;
}
/** Messages that say all the words, of the newest two hundred the nearest first. Whispers are found by
 *  those alone whom they concern, and by leads. */
export const searchMessages = (
  tx: Tx,
  words: readonly string[],
  reader: { id: string; leads: boolean },
  most: number,
) => tx.query<FoundMessage>(messages, [wanted(words), reader.id, reader.leads, most]);

const of_contacts = statement(
  'search.of_contacts',
  `select c.id, c.state, coalesce(k.name, k.email) as contact_name, k.name, k.email, k.external_id
   from search_contacts($2, $3) found
   cross join lateral (select id, contact_id, state from conversations
     where workspace_id = $1 and contact_id = found.id order by created_at desc limit 1) c
   join contacts k on k.workspace_id = $1 and k.id = c.contact_id`,
);
interface FoundConversation {
  id: string;
  state: SearchHit['conversation']['state'];
  contact_name: string | null;
  name: string | null;
  email: string | null;
  external_id: string | null;
}
/** The newest conversation of each customer who is called so. */
export const searchContacts = (tx: Tx, scope: Scope, words: readonly string[], most: number) =>
  tx.query<FoundConversation>(of_contacts, [scope.workspace_id, wanted(words), most]);

const conversations = statement(
  'search.conversations',
  `select c.id, c.state, coalesce(k.name, k.email) as contact_name
   from conversations c join contacts k on k.workspace_id = c.workspace_id and k.id = c.contact_id
   where c.workspace_id = $1 and c.id = any($2::text[])`,
);
/** What a hit says of the conversation it is in. */
export const conversationsFound = async (tx: Tx, scope: Scope, ids: string[]) => {
  const rows = await tx.query<SearchHit['conversation']>(conversations, [scope.workspace_id, ids]);
  return new Map(rows.map((row) => [row.id, row]));
};
