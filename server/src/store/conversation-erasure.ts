import { type ConversationRecord, erased_word, type Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { columns } from './conversations.ts';
import { statement } from './statement.ts';

const lock = statement(
  'conversation_erasure.lock',
  `select ${columns} from conversations c where workspace_id = $1 and id = $2 for update`,
);
/** Waits for everyone who changes a conversation, and for whoever writes elsewhere of what was said in
 *  it; none of them begins anew before this transaction ends, and then they find it erased. */
export const lockToErase = async (tx: Tx, scope: Scope, id: string) =>
  (await tx.query<ConversationRecord>(lock, [scope.workspace_id, id]))[0];

const erased_among = statement(
  'conversation_erasure.erased_among',
  `select id, erased_at from conversations where workspace_id = $1 and id = any($2::text[])
   order by id for key share`,
);
/** Which of these conversations are erased. None of the others is before this transaction ends, so that
 *  what it writes of them is there for the erasure to find (rule A12). */
export const erasedAmong = async (tx: Tx, scope: Scope, ids: string[]): Promise<Set<string>> => {
  type Row = { id: string; erased_at: string | null };
  const rows = await tx.query<Row>(erased_among, [scope.workspace_id, ids]);
  return new Set(rows.flatMap(({ id, erased_at }) => (erased_at ? [id] : [])));
};

const outputs_of = statement(
  'conversation_erasure.outputs_of',
  `select id, case_id from outputs where workspace_id = $1 and conversation_id = $2
   order by id limit $3`,
);
/** The outputs of a conversation that are not erased, with their cases. */
export const outputsOf = (tx: Tx, scope: Scope, id: string, limit: number) =>
  tx.query<{ id: string; case_id: string | null }>(outputs_of, [scope.workspace_id, id, limit]);

const files_of = statement(
  'conversation_erasure.files_of',
  `update files set content = null, name = $3, sha256 = '', erased_at = coalesce(erased_at, $4)
   where workspace_id = $1 and conversation_id = $2 returning id`,
);
const wipe_messages = statement(
  'conversation_erasure.wipe_messages',
  `update messages set citations = '[]', salt = '',
     author_name = case when author_kind = 'contact' then null else author_name end,
     body = case when body->>'kind' = 'line' then body
       else jsonb_build_object('kind', 'text', 'text', $3::text) end
   where workspace_id = $1 and conversation_id = $2`,
);
const wipe_ratings = statement(
  'conversation_erasure.wipe_ratings',
  'update ratings set comment = null where workspace_id = $1 and conversation_id = $2',
);
const remove_briefs = statement(
  'conversation_erasure.remove_briefs',
  'delete from briefs where workspace_id = $1 and conversation_id = $2',
);
const forget_looking = statement(
  'conversation_erasure.forget_looking',
  'delete from looking where workspace_id = $1 and conversation_id = $2',
);
const mark = statement(
  'conversation_erasure.mark',
  'update conversations set erased_at = $3 where workspace_id = $1 and id = $2',
);
/** Blanks what was said in a locked conversation, in words and files, and what was made of it. That
 *  each message was, whose and when, stays, and what happened to the wheel.
 *  @returns the ids of its files */
export async function wipeConversation(tx: Tx, scope: Scope, id: string): Promise<string[]> {
  const own = [scope.workspace_id, id];
  tx.write(wipe_messages, [...own, erased_word]);
  tx.write(wipe_ratings, own);
  tx.write(remove_briefs, own);
  tx.write(forget_looking, own);
  tx.write(mark, [...own, tx.now]);
  const files = await tx.query<{ id: string }>(files_of, [...own, erased_word, tx.now]);
  return files.map((file) => file.id);
}

const remove_candidates = statement(
  'conversation_erasure.remove_candidates',
  `delete from articles where workspace_id = $1 and conversation_id = $2 and state <> 'live'
   returning bot, name`,
);
const unlink_articles = statement(
  'conversation_erasure.unlink_articles',
  `update articles set conversation_id = null
   where workspace_id = $1 and conversation_id = $2 and state = 'live'`,
);
/** Removes the candidates that were taken from a conversation. What a person accepted is their knowledge
 *  by now, and no longer says where it came from.
 *  @returns those that are gone */
export async function removeCandidates(tx: Tx, scope: Scope, id: string) {
  tx.write(unlink_articles, [scope.workspace_id, id]);
  return tx.query<{ bot: string; name: string }>(remove_candidates, [scope.workspace_id, id]);
}

const lock_contact = statement(
  'conversation_erasure.lock_contact',
  'select id, erased_at from contacts where workspace_id = $1 and id = $2 for update',
);
/** Waits for whoever begins a conversation with a contact. */
export const lockContact = async (tx: Tx, scope: Scope, id: string) =>
  (
    await tx.query<{ id: string; erased_at: string | null }>(lock_contact, [scope.workspace_id, id])
  )[0];

const left_of = statement(
  'conversation_erasure.left_of',
  `select id from conversations where workspace_id = $1 and contact_id = $2 and erased_at is null
   order by created_at, id limit $3`,
);
/** Conversations of a contact that are not erased. */
export const conversationsLeft = async (tx: Tx, scope: Scope, contact_id: string, limit: number) =>
  (await tx.query<{ id: string }>(left_of, [scope.workspace_id, contact_id, limit])).map(
    ({ id }) => id,
  );

const wipe_contact = statement(
  'conversation_erasure.wipe_contact',
  `update contacts set external_id = null, name = null, email = null, language = null,
     attributes = '{}', vouched = '[]', erased_at = $3 where workspace_id = $1 and id = $2`,
);
const wipe_joined = statement(
  'conversation_erasure.wipe_joined',
  `update contacts set external_id = null, name = null, email = null, language = null,
     attributes = '{}', vouched = '[]', erased_at = $3
   where workspace_id = $1 and merged_into = $2 returning id`,
);
const end_tokens = statement(
  'conversation_erasure.end_tokens',
  'delete from visitors where workspace_id = $1 and contact_id = $2',
);
/** Blanks who a locked contact is, and whoever was joined with them, and ends the tokens of their
 *  browsers. When they were first seen and last stays.
 *  @returns the ids of all of them */
export async function wipeContact(tx: Tx, scope: Scope, id: string): Promise<string[]> {
  tx.write(wipe_contact, [scope.workspace_id, id, tx.now]);
  tx.write(end_tokens, [scope.workspace_id, id]);
  const joined = await tx.query<{ id: string }>(wipe_joined, [scope.workspace_id, id, tx.now]);
  return [id, ...joined.map((one) => one.id)];
}
