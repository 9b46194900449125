import type { Message, NumberedMessage, Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

const columns = `id, conversation_id, seq, author_kind, author_id, author_name, audience, body,
  output_id, approved_by, citations, cut, whisper_to, at`;

const insert = statement(
  'messages.insert',
  `insert into messages (workspace_id, id, conversation_id, seq, author_kind, author_id, author_name,
     audience, body, output_id, approved_by, citations, cut, whisper_to, salt, at)
   select $1, id, conversation_id, seq, author_kind, author_id, author_name, audience, body,
     output_id, approved_by, coalesce(citations, '[]'), coalesce(cut, false), whisper_to, salt, at
   from jsonb_to_recordset($2) as m (id text, conversation_id text, seq int, author_kind text,
     author_id text, author_name text, audience text, body jsonb, output_id text, approved_by text,
     citations jsonb, cut boolean, whisper_to text, salt text, at timestamptz)`,
);
/** Of conversations that are locked: their numbers come from the rows. */
export const insertMessages = (tx: Tx, scope: Scope, messages: NumberedMessage[]) =>
  tx.write(insert, [scope.workspace_id, JSON.stringify(messages)]);

const by_id = statement(
  'messages.by_id',
  `select ${columns} from messages where workspace_id = $1 and id = $2`,
);
export const findMessage = async (tx: Tx, scope: Scope, id: string) =>
  (await tx.query<Message>(by_id, [scope.workspace_id, id]))[0];

const after = statement(
  'messages.after',
  `select ${columns} from messages where workspace_id = $1 and conversation_id = $2 and seq > $3
   order by seq limit $4`,
);
/** What follows a number, oldest first. */
export const messagesAfter = (tx: Tx, scope: Scope, id: string, seq: number, limit: number) =>
  tx.query<Message>(after, [scope.workspace_id, id, seq, limit]);

const before = statement(
  'messages.before',
  `select ${columns} from messages where workspace_id = $1 and conversation_id = $2 and seq < $3
   order by seq desc limit $4`,
);
/** What goes before a number, oldest first. */
export const messagesBefore = async (
  tx: Tx,
  scope: Scope,
  id: string,
  seq: number,
  limit: number,
): Promise<Message[]> =>
  (await tx.query<Message>(before, [scope.workspace_id, id, seq, limit])).reverse();

const public_after = statement(
  'messages.public_after',
  `select ${columns} from messages where workspace_id = $1 and conversation_id = $2 and seq > $3
     and audience = 'all' order by seq limit $4`,
);
/** The same without notes: what a customer may see (rule W8). */
export const publicMessagesAfter = (tx: Tx, scope: Scope, id: string, seq: number, limit: number) =>
  tx.query<Message>(public_after, [scope.workspace_id, id, seq, limit]);

const public_before = statement(
  'messages.public_before',
  `select ${columns} from messages where workspace_id = $1 and conversation_id = $2 and seq < $3
     and audience = 'all' order by seq desc limit $4`,
);
export const publicMessagesBefore = async (
  tx: Tx,
  scope: Scope,
  id: string,
  seq: number,
  limit: number,
): Promise<Message[]> =>
  (await tx.query<Message>(public_before, [scope.workspace_id, id, seq, limit])).reverse();

const says_output = statement(
  'messages.says_output',
  `select id from messages where workspace_id = $1 and conversation_id = $2 and seq > $3
     and output_id = $4 limit 1`,
);
/** Whether an output was said in answer to a message, in a conversation that is locked. */
export const isSaid = async (
  tx: Tx,
  scope: Scope,
  {
    conversation_id,
    for_seq,
    output_id,
  }: { conversation_id: string; for_seq: number; output_id: string },
): Promise<boolean> =>
  (await tx.query(says_output, [scope.workspace_id, conversation_id, for_seq, output_id])).length >
  0;

const last_answer = statement(
  'messages.last_answer',
  `select ${columns} from messages where workspace_id = $1 and conversation_id = $2
     and author_kind in ('bot', 'member') and audience = 'all' order by seq desc limit 1`,
);
/** What was last said to the customer. */
export const lastAnswer = async (tx: Tx, scope: Scope, id: string) =>
  (await tx.query<Message>(last_answer, [scope.workspace_id, id]))[0];
