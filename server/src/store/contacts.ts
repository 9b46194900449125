import type { Contact, ContactSubmission, Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { survivorOf } from './merges.ts';
import { wanted } from './search.ts';
import { statement } from './statement.ts';

const columns = `id, external_id, name, email, language, attributes, verified, vouched, created_at,
  seen_at, erased_at`;

const keep = statement(
  'contacts.keep',
  `insert into contacts (workspace_id, id, external_id, name, email, language, attributes, verified,
     vouched, created_at, seen_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $10, $9, $9)
   on conflict (workspace_id, external_id) where external_id is not null do update set
     name = coalesce(excluded.name, contacts.name), email = coalesce(excluded.email, contacts.email),
     language = coalesce(excluded.language, contacts.language),
     attributes = contacts.attributes || excluded.attributes,
     verified = contacts.verified or excluded.verified, seen_at = $9,
     vouched = (select coalesce(jsonb_agg(distinct field order by field), '[]')
       from jsonb_array_elements(contacts.vouched || excluded.vouched) field)
   returning ${columns}`,
);
/** A contact as given; one whom the host knows by the same id is the same contact.
 *  @param made `vouched` names what the host's signed token says of them */
export const keepContact = async (
  tx: Tx,
  scope: Scope,
  made: ContactSubmission & Pick<Contact, 'id' | 'verified' | 'vouched'>,
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
      JSON.stringify(made.vouched),
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

/** Whoever was joined with another is that one. */
export async function findContact(tx: Tx, scope: Scope, id: string): Promise<Contact | undefined> {
  const now = await survivorOf(tx, scope, id);
  return (await contactsById(tx, scope, [now])).get(now);
}

const share = statement(
  'contacts.share',
  `select ${columns} from contacts where workspace_id = $1 and id = $2 for key share`,
);
/** Held until this transaction ends, so that nothing more is kept of whom somebody erases (rule A13). */
export const shareContact = async (tx: Tx, scope: Scope, id: string) =>
  (await tx.query<Contact>(share, [scope.workspace_id, id]))[0];

const hold = statement(
  'contacts.hold',
  `select ${columns}, merged_into from contacts where workspace_id = $1 and id = $2 for no key update`,
);
/** Whoever changes who a contact is holds them: in this moment they are changed by nobody else, joined
 *  with nobody and erased by nobody. Whoever was joined with another is that one. */
export async function holdContact(tx: Tx, scope: Scope, id: string): Promise<Contact | undefined> {
  type Row = Contact & { merged_into: string | null };
  const [row] = await tx.query<Row>(hold, [scope.workspace_id, await survivorOf(tx, scope, id)]);
  if (!row) return undefined;
  const { merged_into, ...contact } = row;
  return merged_into ? holdContact(tx, scope, merged_into) : contact;
}

const save = statement(
  'contacts.save',
  `update contacts set name = $3, email = $4, language = $5, attributes = $6
   where workspace_id = $1 and id = $2`,
);
/** Of a contact that is held. */
export const saveContact = (
  tx: Tx,
  scope: Scope,
  { id, name, email, language, attributes }: Contact,
) => tx.write(save, [scope.workspace_id, id, name, email, language, JSON.stringify(attributes)]);

const list = statement(
  'contacts.list',
  `select ${columns} from contacts
   where workspace_id = $1 and id < $2 and merged_into is null and erased_at is null
   order by id desc limit $3`,
);
/** After every id. */
const last_id = `con_${'z'.repeat(26)}`;
/** Those who are known, who came last first; from behind a place on. */
export const listContacts = (tx: Tx, scope: Scope, before: string | undefined, limit: number) =>
  tx.query<Contact>(list, [scope.workspace_id, before ?? last_id, limit]);

const by_external_id = statement(
  'contacts.by_external_id',
  `select ${columns} from contacts where workspace_id = $1 and external_id = $2`,
);
export const contactsByExternalId = (tx: Tx, scope: Scope, external_id: string) =>
  tx.query<Contact>(by_external_id, [scope.workspace_id, external_id]);

const called = statement(
  'contacts.called',
  `select ${columns} from contacts
   where workspace_id = $1 and merged_into is null
     and id = any(array(select id from search_contacts($2, $3)))
   order by id desc`,
);
/** Of those who were seen last, those who are called so. */
export const contactsCalled = (tx: Tx, scope: Scope, words: readonly string[], most: number) =>
  tx.query<Contact>(called, [scope.workspace_id, wanted(words), most]);

const history = statement(
  'contacts.history',
  `select count(*)::int as conversations,
     coalesce(jsonb_agg(distinct channel order by channel), '[]') as channels
   from (select channel from conversations where workspace_id = $1 and contact_id = $2
     order by created_at desc limit 1000) c`,
);
/** By how many conversations, of their newest thousand, and by which channels they came. */
export const historyOf = async (tx: Tx, scope: Scope, id: string) =>
  (
    await tx.query<{ conversations: number; channels: string[] }>(history, [scope.workspace_id, id])
  )[0] as { conversations: number; channels: string[] };
