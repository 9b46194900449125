import {
  type Contact,
  type Conversation,
  type ConversationRecord,
  dueFor,
  type Looking,
  type Member,
  neededOf,
  type Scope,
} from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { botTitles } from '../store/bots.ts';
import { contactsById } from '../store/contacts.ts';
import { heldDrafts } from '../store/effects.ts';
import { namesOf, presencesOf } from '../store/members.ts';
import { casesOfOutputs } from '../store/outputs.ts';
import { lookingInEach } from './looking.ts';
import { presenceOf } from './presence.ts';

type Names = Map<string, string>;

/** A conversation as members and keys see it. */
export const viewOf = async (
  tx: Tx,
  scope: Scope,
  row: ConversationRecord,
): Promise<Conversation> => (await viewsOf(tx, scope, [row]))[0] as Conversation;

/** Conversations as members and keys see them, with as many questions for a page as for one. */
export async function viewsOf(
  tx: Tx,
  scope: Scope,
  rows: ConversationRecord[],
): Promise<Conversation[]> {
  const named = rows.flatMap(({ owner_kind, owner_id, routing }) => [
    owner_kind === 'member' ? owner_id : null,
    routing?.offer?.to ?? null,
    routing?.sent_by ?? null,
  ]);
  const present = <Of>(all: (Of | null)[]) => all.filter((one) => one !== null);
  // A call over which it was handed off waits on (rule W101).
  const open = rows.filter(({ state }) => state === 'open');
  const [contacts, names, offered, titles, cases, drafts, looking] = await Promise.all([
    contactsById(tx, scope, [...new Set(rows.map(({ contact_id }) => contact_id))]),
    namesOf(tx, scope, present(named)),
    presencesOf(tx, scope, present(rows.map(({ routing }) => routing?.offer?.to ?? null))),
    botTitles(
      tx,
      scope,
      rows.map(({ bot }) => bot),
    ),
    casesOfOutputs(tx, scope, present(rows.map(({ hand_off_output_id }) => hand_off_output_id))),
    heldDrafts(
      tx,
      scope,
      open.map(({ id }) => id),
    ),
    lookingInEach(
      tx,
      scope,
      rows.map(({ id }) => id),
    ),
  ]);
  const beside = { contacts, names, titles, cases, drafts, looking };
  const presence = (id: string) => {
    const known = offered.get(id);
    return known ? presenceOf(known, tx) : 'offline';
  };
  return rows.map((row) => oneView(row, { ...beside, presence }));
}

interface Beside {
  contacts: Map<string, Contact>;
  names: Names;
  titles: Names;
  cases: Map<string, string | null>;
  drafts: Map<string, NonNullable<Conversation['draft']>>;
  looking: (id: string) => Looking;
  presence: (member_id: string) => Member['presence'];
}

function oneView(row: ConversationRecord, beside: Beside): Conversation {
  const { contacts, names, titles, cases, drafts, looking, presence } = beside;
  const hand_off_id = row.hand_off_output_id;
  const { workspace_id: _w, contact_id, owner_kind, owner_id, turn_seq } = row;
  const { customer_seq: _c, hand_off_output_id: _h, hand_off_reason, ...rest } = row;
  const called = { bot: titles.get(row.bot), queue: owner_id, member: names.get(owner_id) }[
    owner_kind
  ];
  return {
    id: rest.id,
    contact: contacts.get(contact_id) as Contact,
    channel: rest.channel,
    bot: rest.bot,
    title: rest.title,
    state: rest.state,
    owner: { kind: owner_kind, id: owner_id, name: called ?? owner_id },
    epoch: rest.epoch,
    seq: rest.seq,
    answering: turn_seq !== null,
    streaming: rest.streaming && { id: rest.streaming.message_id, text: rest.streaming.text },
    hand_off:
      hand_off_id && hand_off_reason
        ? {
            output_id: hand_off_id,
            case_id: cases.get(hand_off_id) ?? null,
            reason: hand_off_reason,
            ...offerOf(row, names, presence),
          }
        : null,
    draft: drafts.get(row.id) ?? null,
    call_back: row.call_back?.asked_at ? row.call_back : null,
    reason: hand_off_reason,
    posture: rest.posture,
    language: rest.language,
    priority: rest.priority,
    labels: rest.labels,
    waiting_since: rest.waiting_since,
    first_reply_at: rest.first_reply_at,
    due_at: rest.due_at,
    due_for: dueFor(rest.timing, rest.due_at),
    breached: rest.timing.breached ?? [],
    snoozed_until: rest.snoozed_until,
    merged_into: rest.merged_into,
    customer_read_seq: rest.customer_read_seq,
    customer_delivered_seq: rest.customer_delivered_seq,
    team_read_seq: rest.team_read_seq,
    resolved_at: rest.resolved_at,
    created_at: rest.created_at,
    active_at: rest.active_at,
    erased_at: rest.erased_at,
    ...looking(row.id),
  };
}

/** Whom a hand-off needs, whose it is to take, and who sent it. */
function offerOf({ routing }: ConversationRecord, names: Names, presence: Beside['presence']) {
  const nobody = { skills: [], language: null, offered_to: null, sent_by: null, note: null };
  if (!routing) return nobody;
  const { offer, sent_by, note } = routing;
  const { skills, language } = neededOf(routing);
  const called = (id: string) => ({ id, name: names.get(id) ?? id });
  return {
    skills: [...skills],
    language,
    offered_to: offer && {
      ...called(offer.to),
      until: offer.until,
      presence: presence(offer.to),
    },
    sent_by: sent_by === null ? null : called(sent_by),
    note,
  };
}
