import type { Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

const keep = statement(
  'mentions.keep',
  `insert into mentions (workspace_id, member_id, conversation_id, at)
   select $1, named.id, $2, $4 from unnest($3::text[]) as named (id)
   on conflict (workspace_id, member_id, conversation_id) do update set at = excluded.at`,
);
/** Who is named by a note in a conversation. */
export const keepMentions = (
  tx: Tx,
  scope: Scope,
  conversation_id: string,
  member_ids: string[],
): void =>
  tx.write(keep, [scope.workspace_id, conversation_id, [...new Set(member_ids)].sort(), tx.now]);
