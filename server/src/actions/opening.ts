import {
  type Conversation,
  type ConversationRecord,
  type ConversationSubmission,
  type Customer,
  isRefusal,
  type Principal,
  refuse,
  type Scope,
} from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import { findBot } from '../store/bots.ts';
import { contactsById, keepContact, shareContact } from '../store/contacts.ts';
import { findConversation, insertConversation } from '../store/conversations.ts';
import { appendEvents } from '../store/events.ts';
import { heldSurvivorOf } from '../store/merges.ts';
import { viewOf } from './conversation-view.ts';

/** Begins a conversation, or meets the one with the same id (rule W2).
 *  @throws Refusal not_found (bot), id_taken, erased (the contact) */
export async function openConversation(
  ports: Ports,
  by: Principal | Customer,
  body: ConversationSubmission,
  contact_id?: string,
): Promise<Conversation> {
  const made = await begun(ports, by, body, contact_id).catch((refusal) => {
    // Another began it under the same id meanwhile, and is found now.
    if (isRefusal(refusal) && refusal.code === 'id_taken')
      return begun(ports, by, body, contact_id);
    throw refusal;
  });
  ports.database.wake();
  return made;
}

const begun = (
  ports: Ports,
  by: Principal | Customer,
  body: ConversationSubmission,
  contact_id?: string,
): Promise<Conversation> =>
  ports.database.transact(by, async (tx) => {
    if (!(await findBot(tx, by, body.bot))) throw refuse('not_found', { bot: body.bot });
    const id = body.id ?? ports.makeId('conversation', tx.now);
    const person_id = contact_id && (await heldSurvivorOf(tx, by, contact_id));
    const known = await findConversation(tx, by, id);
    if (known) return viewOf(tx, by, await sameBegun(tx, by, known, body, person_id));
    const own = person_id ? await shareContact(tx, by, person_id) : undefined;
    if (own?.erased_at) throw refuse('erased', { contact_id });
    const person =
      own ??
      (await keepContact(tx, by, {
        ...body.contact,
        id: ports.makeId('contact', tx.now),
        verified: body.contact.external_id !== undefined,
        vouched: [],
      }));
    const inserted = await insertConversation(tx, by, {
      id,
      contact_id: person.id,
      channel: body.channel,
      bot: body.bot,
      title: body.title ?? person.name ?? '',
      language: person.language,
    });
    if (!inserted) throw refuse('id_taken', { id });
    appendEvents(tx, by, by, [
      { type: 'conversation.opened', subject: id, data: { channel: body.channel, bot: body.bot } },
    ]);
    return viewOf(tx, by, (await findConversation(tx, by, id)) as ConversationRecord);
  });

/** A conversation that is known by the id under which one is begun again. Its title and what is known of
 *  its customer may have changed since; whose it is, whose bot has it and by which channel may not.
 *  @throws Refusal id_taken */
async function sameBegun(
  tx: Tx,
  scope: Scope,
  known: ConversationRecord,
  { id, bot, channel, contact }: ConversationSubmission,
  contact_id?: string,
): Promise<ConversationRecord> {
  const whose = (await contactsById(tx, scope, [known.contact_id])).get(known.contact_id);
  const same =
    known.bot === bot &&
    known.channel === channel &&
    (contact_id
      ? known.contact_id === contact_id
      : (whose?.external_id ?? null) === (contact.external_id ?? null));
  if (!same) throw refuse('id_taken', { id });
  return known;
}
