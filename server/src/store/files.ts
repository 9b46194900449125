import { erased_word, type Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

export interface FileRow {
  id: string;
  conversation_id: string;
  message_id: string;
  name: string;
  media_type: string;
  bytes: number;
  sha256: string;
  erased_at: string | null;
}

const insert = statement(
  'files.insert',
  `insert into files (workspace_id, id, conversation_id, message_id, name, media_type, bytes, sha256,
     content, made_by, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
);
export const insertFile = (
  tx: Tx,
  scope: Scope,
  row: Omit<FileRow, 'erased_at'>,
  content: Uint8Array,
  made_by: string,
) =>
  tx.write(insert, [
    scope.workspace_id,
    row.id,
    row.conversation_id,
    row.message_id,
    row.name,
    row.media_type,
    row.bytes,
    row.sha256,
    content,
    made_by,
    tx.now,
  ]);

const find = statement(
  'files.find',
  `select id, conversation_id, message_id, name, media_type, bytes, sha256, erased_at, content
   from files where workspace_id = $1 and id = $2`,
);
export const findFile = async (tx: Tx, scope: Scope, id: string) =>
  (await tx.query<FileRow & { content: Buffer | null }>(find, [scope.workspace_id, id]))[0];

const count = statement(
  'files.count',
  'select count(*)::int as count from files where workspace_id = $1 and conversation_id = $2',
);
export const countFiles = async (tx: Tx, scope: Scope, conversation_id: string): Promise<number> =>
  (await tx.query<{ count: number }>(count, [scope.workspace_id, conversation_id]))[0]?.count ?? 0;

const wipe = statement(
  'files.wipe',
  `update files set content = null, name = $3, sha256 = '', erased_at = $4
   where workspace_id = $1 and id = $2`,
);
const wipe_message = statement(
  'files.wipe_message',
  `update messages set body = body || jsonb_build_object('name', $3::text, 'sha256', '')
   where workspace_id = $1 and id = $2`,
);
/** Blanks a file, and its name where it was shared. */
export function wipeFile(tx: Tx, scope: Scope, { id, message_id }: FileRow): void {
  tx.write(wipe, [scope.workspace_id, id, erased_word, tx.now]);
  tx.write(wipe_message, [scope.workspace_id, message_id, erased_word]);
}
