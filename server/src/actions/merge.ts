import {
  atLeast,
  type Conversation,
  type ConversationRecord,
  type Hand,
  merge,
  type Principal,
  refuse,
} from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import { findConversation, lockConversations } from '../store/conversations.ts';
import { joinContacts, lockContacts } from '../store/merges.ts';
import { handOf, saveTurn } from './conversation.ts';
import { viewOf } from './conversation-view.ts';
import type { RulingsCache } from './definition.ts';
import { answerHandOff } from './wheel.ts';

/** Merges a conversation into another of the same customer (rule W35): the one ends, its customer goes
 *  on in the other. Of two customers, a lead says so that they are one person, and they are from then
 *  on. Done again it changes nothing.
 *  @returns the one that goes on
 *  Refusals: not_found, invalid (into), merged, wheel_taken, forbidden, and those of an answer. */
export async function mergeConversations(
  ports: Ports,
  rulings: RulingsCache,
  by: Principal,
  id: string,
  into_id: string,
): Promise<Conversation> {
  const view = await ports.database.transact(by, async (tx) => {
    // The case first, then the conversations, in the order in which everyone locks.
    const before = await findConversation(tx, by, id);
    if (by.kind === 'member' && before?.state === 'open')
      await answerHandOff(ports, rulings, tx, by, id, 'take');
    const { from, into } = await both(tx, by, id, into_id);
    if (by.kind !== 'member') {
      throw refuse('forbidden', {}, 'A person merges conversations, and no program does.');
    }
    if (from.merged_into === into.id) return viewOf(tx, by, into);
    return viewOf(tx, by, await mergedWithin(tx, by, handOf(ports, tx, by), from, into));
  });
  ports.database.wake();
  return view;
}

async function both(tx: Tx, by: Principal, id: string, into_id: string) {
  const rows = await lockConversations(tx, by, [id, into_id]);
  const found = (wanted: string, field: string) => {
    const row = rows.find((one) => one.id === wanted);
    if (!row) throw refuse('not_found', { [field]: wanted });
    if (row.erased_at) throw refuse('erased', { [field]: wanted });
    return row;
  };
  return { from: found(id, 'conversation_id'), into: found(into_id, 'into') };
}

async function mergedWithin(
  tx: Tx,
  by: Principal,
  hand: Hand,
  from: ConversationRecord,
  into: ConversationRecord,
): Promise<ConversationRecord> {
  const turns = merge(from, into, hand, atLeast(by.role, 'lead'));
  const contacts = await onePerson(tx, by, from.contact_id, into.contact_id);
  const told = turns.from.events.map((event) =>
    event.type === 'conversation.merged' && contacts
      ? { ...event, data: { ...event.data, contacts } }
      : event,
  );
  saveTurn(tx, by, by, { ...turns.from, events: told });
  const saved = saveTurn(tx, by, by, turns.into);
  return { ...saved, contact_id: contacts?.into ?? saved.contact_id };
}

/** Two contacts are one person from now on: the one whom the host knows, or who goes on.
 *  @returns null where they were already
 *  @throws Refusal invalid where the host knows two persons */
async function onePerson(
  tx: Tx,
  by: Principal,
  from: string,
  into: string,
): Promise<{ from: string; into: string } | null> {
  if (from === into) return null;
  const known = await lockContacts(tx, by, [from, into]);
  const named = known.filter(({ external_id }) => external_id !== null);
  if (named.length > 1) {
    const errors = [
      { field: 'into', message: 'is of another customer, whom the host knows as such' },
    ];
    throw refuse('invalid', { errors }, `into: ${errors[0]?.message}`);
  }
  const stays = named[0]?.id ?? into;
  const goes = stays === into ? from : into;
  joinContacts(tx, by, goes, stays);
  return { from: goes, into: stays };
}
