import type { MergedPart, Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

const goes_on = statement(
  'merges.goes_on',
  'select merged_into from conversations where workspace_id = $1 and id = $2',
);
/** The conversation in which one goes on, the last of a chain of them: it itself where it stands by
 *  itself. Without a lock, so whoever writes looks again under one. */
export async function whereItGoesOn(tx: Tx, scope: Scope, id: string): Promise<string> {
  const seen = new Set<string>();
  for (let at = id; !seen.has(at); ) {
    seen.add(at);
    type Row = { merged_into: string | null };
    const [row] = await tx.query<Row>(goes_on, [scope.workspace_id, at]);
    if (!row?.merged_into) return at;
    at = row.merged_into;
  }
  throw new Error('conversations were merged in a ring');
}

const parts = statement(
  'merges.parts',
  `select id, title, seq, created_at from conversations
   where workspace_id = $1 and merged_into = $2 order by created_at, id limit 50`,
);
/** Those that were merged into a conversation, oldest first. */
export const mergedInto = (tx: Tx, scope: Scope, id: string) =>
  tx.query<MergedPart>(parts, [scope.workspace_id, id]);

const lock_contacts = statement(
  'merges.lock_contacts',
  `select id, external_id, merged_into from contacts
   where workspace_id = $1 and id = any($2::text[]) order by id for update`,
);
export const lockContacts = (tx: Tx, scope: Scope, ids: string[]) =>
  tx.query<{ id: string; external_id: string | null; merged_into: string | null }>(lock_contacts, [
    scope.workspace_id,
    ids,
  ]);

const survivor = statement(
  'merges.survivor',
  'select coalesce(merged_into, id) as id from contacts where workspace_id = $1 and id = $2',
);
/** Who a contact is now. */
export const survivorOf = async (tx: Tx, scope: Scope, id: string): Promise<string> =>
  (await tx.query<{ id: string }>(survivor, [scope.workspace_id, id]))[0]?.id ?? id;

const held_survivor = statement(
  'merges.held_survivor',
  `select coalesce(merged_into, id) as id from contacts where workspace_id = $1 and id = $2 for share`,
);
/** The same, held so that they are not joined with another before this transaction is over. */
export const heldSurvivorOf = async (tx: Tx, scope: Scope, id: string): Promise<string> =>
  (await tx.query<{ id: string }>(held_survivor, [scope.workspace_id, id]))[0]?.id ?? id;

const leave = statement(
  'merges.leave',
  `update contacts set merged_into = $3
   where workspace_id = $1 and (id = $2 or merged_into = $2)`,
);
const take_over = statement(
  'merges.take_over',
  `update contacts k set name = coalesce(k.name, l.name), email = coalesce(k.email, l.email),
     language = coalesce(k.language, l.language), attributes = l.attributes || k.attributes,
     seen_at = greatest(k.seen_at, l.seen_at)
   from contacts l
   where k.workspace_id = $1 and k.id = $3 and l.workspace_id = $1 and l.id = $2`,
);
const move_conversations = statement(
  'merges.move_conversations',
  'update conversations set contact_id = $3 where workspace_id = $1 and contact_id = $2',
);
const move_visitors = statement(
  'merges.move_visitors',
  'update visitors set contact_id = $3 where workspace_id = $1 and contact_id = $2',
);
/** Two contacts, both held, are one person: what the one had is the other's. */
export function joinContacts(tx: Tx, scope: Scope, from: string, into: string): void {
  const values = [scope.workspace_id, from, into];
  tx.write(leave, values);
  tx.write(take_over, values);
  tx.write(move_conversations, values);
  tx.write(move_visitors, values);
}
