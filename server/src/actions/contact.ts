import {
  type Contact,
  type ContactChange,
  type ContactFilter,
  type ContactView,
  changedContact,
  idOf,
  invalid,
  type Page,
  type Principal,
  refuse,
  type Scope,
  searchWords,
} from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import {
  contactsByExternalId,
  contactsCalled,
  findContact,
  historyOf,
  holdContact,
  listContacts,
  saveContact,
} from '../store/contacts.ts';
import { appendEvents } from '../store/events.ts';

const viewed = async (tx: Tx, scope: Scope, contact: Contact): Promise<ContactView> => ({
  ...contact,
  ...(await historyOf(tx, scope, contact.id)),
});

/** Who a contact is and how they come to us. Whoever was joined with another is that one.
 *  @throws Refusal not_found */
export const readContact = (ports: Ports, by: Principal, id: string): Promise<ContactView> =>
  ports.database.transact(by, async (tx) => {
    const contact = await findContact(tx, by, id);
    if (!contact) throw refuse('not_found', { contact_id: id });
    return viewed(tx, by, contact);
  });

/** Who is known here, who came last first: by their id in the host's own system, by words, or all of
 *  them, page by page. @throws Refusal invalid (cursor) */
export const readContacts = (
  ports: Ports,
  by: Principal,
  { external_id, q, cursor, limit }: ContactFilter,
): Promise<Page<Contact>> =>
  ports.database.transact(by, async (tx) => {
    if (external_id !== undefined) {
      return { rows: await contactsByExternalId(tx, by, external_id), next: null };
    }
    if (q?.trim()) {
      const words = searchWords(q);
      return { rows: words.length ? await contactsCalled(tx, by, words, limit) : [], next: null };
    }
    if (cursor !== undefined && !idOf('contact').safeParse(cursor).success) {
      throw invalid({ field: 'cursor', message: 'is not one that this list gave' });
    }
    const rows = await listContacts(tx, by, cursor, limit + 1);
    const page = rows.slice(0, limit);
    return { rows: page, next: rows.length > limit ? (page.at(-1)?.id ?? null) : null };
  });

/** Writes down what a customer says of themselves (rule W87). Of two who do at once each field is as the
 *  later one wrote it, and each attribute by itself. The record says which fields, and not a word more,
 *  so that an erasure leaves nothing.
 *  @throws Refusal not_found, erased; forbidden, naming what the host vouches for; invalid (attributes) */
export async function changeContact(
  ports: Ports,
  by: Principal,
  id: string,
  body: ContactChange,
): Promise<ContactView> {
  const view = await ports.database.transact(by, async (tx) => {
    const contact = await holdContact(tx, by, id);
    if (!contact) throw refuse('not_found', { contact_id: id });
    if (contact.erased_at) throw refuse('erased', { contact_id: id });
    const { next, changed } = changedContact(contact, body);
    if (changed.length) {
      saveContact(tx, by, next);
      appendEvents(tx, by, by, [
        { type: 'contact.changed', subject: contact.id, data: { changed } },
      ]);
    }
    return viewed(tx, by, next);
  });
  ports.database.wake();
  return view;
}
