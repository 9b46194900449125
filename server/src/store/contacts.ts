import type { Contact, ContactSubmission, Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

const columns = `id, external_id, name, email, language, attributes, verified, created_at, seen_at,
  erased_at`;

const keep = statement(
  'contacts.keep',
  `insert into contacts (workspace_id, id, external_id, name, email, language, attributes, verified,
     created_at, seen_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)
   on conflict (workspace_id, external_id) where external_id is not null do update set
     name = coalesce(excluded.name, contacts.name), email = coalesce(excluded.email, contacts.email),
     language = coalesce(excluded.language, contacts.language),
     attributes = contacts.attributes || excluded.attributes,
     verified = contacts.verified or excluded.verified, seen_at = $9
   returning ${columns}`,
);
/** A contact as given; one whom the host knows by the same id is the same contact. */
export const keepContact = async (
  tx: Tx,
  scope: Scope,
  made: ContactSubmission & { id: string; verified: boolean },
): Promise<Contact> =>
  (
    await tx.query<Contact>(keep, [
      scope.workspace_id,
      made.id,
      made.external_id ?? null,
      made.name ?? null,
      made.email ?? null,
      made.language ?? null,
      JSON.stringify(made.attributes ?? {}),
      made.verified,
      tx.now,
    ])
  )[0] as Contact;

const tell = statement(
  'contacts.tell',
  `update contacts set name = coalesce($3, name), email = coalesce($4, email),
     attributes = case when verified then $5::jsonb || attributes else attributes || $5::jsonb end
   where workspace_id = $1 and id = $2 and erased_at is null`,
);
/** What a contact told of themselves; what a host said of them stays, and of whom was erased nothing is
 *  kept. */
export const tellContact = (
  tx: Tx,
  scope: Scope,
  id: string,
  told: Pick<ContactSubmission, 'name' | 'email' | 'attributes'>,
) =>
  tx.write(tell, [
    scope.workspace_id,
    id,
    told.name ?? null,
    told.email ?? null,
    JSON.stringify(told.attributes ?? {}),
  ]);

const by_ids = statement(
  'contacts.by_ids',
  `select ${columns} from contacts where workspace_id = $1 and id = any($2::text[]) order by id`,
);
export const contactsById = async (tx: Tx, scope: Scope, ids: string[]) =>
  new Map((await tx.query<Contact>(by_ids, [scope.workspace_id, ids])).map((row) => [row.id, row]));

const share = statement(
  'contacts.share',
  `select ${columns} from contacts where workspace_id = $1 and id = $2 for key share`,
);
/** Held until this transaction ends, so that nothing more is kept of whom somebody erases (rule A13). */
export const shareContact = async (tx: Tx, scope: Scope, id: string) =>
  (await tx.query<Contact>(share, [scope.workspace_id, id]))[0];
