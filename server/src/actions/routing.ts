import {
  atLeast,
  type Bot,
  type Contact,
  type ConversationRecord,
  choose,
  type GoneWhy,
  type HandOffSubmission,
  invalid,
  isLive,
  LanguageTag,
  type OfferReason,
  offerTo,
  type Person,
  type Principal,
  plus,
  type Role,
  type Routing,
  refuse,
  roles,
  type Scope,
  systemOf,
  type Turn,
  type Waiting,
  withdrawOffer,
  withLeases,
} from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { lastMemberOf } from '../store/conversations.ts';
import { lastTopic } from '../store/effects.ts';
import { findMember, lockThere, type MemberRow } from '../store/members.ts';
import { findOutput } from '../store/outputs.ts';
import { queueExists } from '../store/queues.ts';
import type { RulingsCache } from './definition.ts';
import { docketWrites, type OpenDocket, openDockets } from './docket.ts';
import { standIn } from './member.ts';

/** Who asks for a person on somebody's behalf, and what they say of whom it needs. */
export interface Sent {
  by: Principal;
  body: HandOffSubmission;
}

/** That whoever has the wheel is not there, and who stands in for them (rule W89). */
export interface Relieves {
  why: GoneWhy;
  stand_in: string | null;
}

/** The case of a hand-off that waits, locked. Whoever locks its conversation too does so after this.
 *  @returns undefined when there is none, or it waits no more */
export async function openHandOff(
  tx: Tx,
  scope: Scope,
  rulings: RulingsCache,
  output_id: string | null,
): Promise<OpenDocket | undefined> {
  const case_id = output_id && (await findOutput(tx, scope, output_id))?.case_id;
  const open = case_id
    ? (await openDockets(tx, scope, rulings, [case_id])).get(case_id)
    : undefined;
  return open?.docket.record.state === 'waiting' ? open : undefined;
}

/** Whom a hand-off needs: what its bot, the topic and whoever asks say, and the customer's language. */
export async function routingOf(
  tx: Tx,
  scope: Scope,
  row: ConversationRecord,
  bot: Bot,
  contact: Contact | undefined,
  { sent, relieves }: { sent?: Sent | undefined; relieves?: Relieves | undefined } = {},
): Promise<Routing> {
  const [topic, last_member_id] = await Promise.all([
    lastTopic(tx, scope, row.id),
    lastMemberOf(tx, scope, row.contact_id),
  ]);
  const { skills, intents } = bot.definition;
  const of_topic = intents.find(({ name }) => name === topic)?.skills ?? [];
  const language = sent?.body.language ?? row.language ?? contact?.language;
  return {
    skills: [...new Set([...skills, ...of_topic, ...(sent?.body.skills ?? [])])],
    language: LanguageTag.safeParse(language).data ?? null,
    // Whoever stands in for who is not there has their customers before others.
    last_member_id: relieves?.stand_in ?? last_member_id,
    sent_by: sent?.by.kind === 'member' ? sent.by.id : null,
    note: sent?.body.note?.trim() || null,
    offer: null,
    // It leaves whoever has it, and does not come back to them at once; who is back is as good as any.
    passed: row.owner_kind === 'member' && !relieves ? [row.owner_id] : [],
    widened: 0,
  };
}

/** Gives the case of a hand-off to somebody, or back to everyone. */
export function giveTo(
  tx: Tx,
  scope: Scope,
  open: OpenDocket,
  change: { to: string | null; queue?: string | undefined },
  why: string,
): void {
  const { docket } = open;
  const queue = change.queue ?? docket.record.queue;
  const record = { ...docket.record, assigned_to: change.to, queue };
  // Whoever holds it and is not whose it is now loses the lease: their next write is refused.
  const kept = change.to ? docket.leases.filter(({ rater }) => rater === change.to) : docket.leases;
  const next = withLeases({ ...docket, record }, kept, tx.now);
  const writes = docketWrites(tx, scope);
  writes.change(docket, next);
  for (const { rater } of docket.leases.filter((lease) => !kept.includes(lease))) {
    const data = { rater, why: 'given to another', queue };
    const actor = systemOf(scope.workspace_id);
    writes.say(actor, { type: 'case.released', subject: record.id, data });
  }
  const data = { to: change.to, queue, why };
  writes.say(systemOf(scope.workspace_id), { type: 'case.assigned', subject: record.id, data });
  writes.save();
  open.docket = next;
}

/** Everyone whose role is at least as high. */
export const rolesFrom = (role: Role): Role[] => roles.filter((one) => atLeast(one, role));

/** Whom a hand-off may go to now: who is there, has room, and is not shut out of its case; null while
 *  somebody holds that, for they are at it (rule W11). Those it considers are locked. */
export async function findPerson(tx: Tx, scope: Scope, open: OpenDocket, routing: Routing) {
  const { record, leases, answers } = open.docket;
  if (leases.some((lease) => isLive(lease, tx.now))) return null;
  const there = await lockThere(tx, scope, rolesFrom(record.place_role ?? record.needs_role));
  const free = ({ id }: Person) =>
    id !== record.requested_by && !answers.some(({ rater }) => rater === id);
  return choose(routing, there.filter(free));
}

/** A waiting conversation is offered to whom it suits, if anyone. Where its case was given to somebody
 *  by hand, or taken from them, the conversation follows. Both are locked, the case first.
 *  @returns undefined when nothing changes */
export async function offerWithin(
  tx: Tx,
  scope: Scope,
  open: OpenDocket,
  row: ConversationRecord,
  waiting: Waiting,
): Promise<Turn | undefined> {
  const { routing } = row;
  if (!routing) return undefined;
  const { assigned_to } = open.docket.record;
  if (assigned_to !== (routing.offer?.to ?? null)) {
    if (assigned_to === null) return withdrawOffer(row, 'gone');
    const until = plus(tx.now, waiting.silent_after_ms);
    return offerTo(row, { to: assigned_to, until }, 'sent');
  }
  const chosen = routing.offer ? null : await findPerson(tx, scope, open, routing);
  if (!chosen) return undefined;
  giveTo(tx, scope, open, { to: chosen.id }, chosen.why);
  return offerTo(row, { to: chosen.id, until: plus(tx.now, waiting.offer_ms) }, chosen.why);
}

/** Nobody's in particular any more. */
export function takeBack(
  tx: Tx,
  scope: Scope,
  open: OpenDocket,
  row: ConversationRecord,
  why: 'lapsed' | 'gone',
): Turn {
  if (open.docket.record.assigned_to === row.routing?.offer?.to) {
    giveTo(tx, scope, open, { to: null }, why);
  }
  return withdrawOffer(row, why);
}

/** Where a hand-off goes at first: to the colleague or the queue that its sender names, else to whom it
 *  suits. @throws Refusal invalid, naming the field */
export async function firstOffer(
  tx: Tx,
  scope: Scope,
  open: OpenDocket,
  routing: Routing,
  waiting: Waiting,
  sent?: Sent,
): Promise<{ routing: Routing; queue: string; why?: OfferReason | 'sent' }> {
  const { member_id, queue } = sent?.body ?? {};
  if (queue !== undefined && queue !== open.docket.record.queue) {
    if (!(await queueExists(tx, scope, queue))) {
      throw invalid({ field: 'queue', message: 'is no queue here' });
    }
    giveTo(tx, scope, open, { to: null, queue }, 'sent');
  }
  const named =
    member_id === undefined ? null : await receiver(tx, scope, open, member_id, sent?.by.id);
  const chosen = named
    ? { id: named.id, why: 'sent' as const }
    : await findPerson(tx, scope, open, routing);
  const goes_to = open.docket.record.queue;
  if (!chosen) {
    if (open.docket.record.assigned_to) giveTo(tx, scope, open, { to: null }, 'sent');
    return { routing, queue: goes_to };
  }
  giveTo(tx, scope, open, { to: chosen.id }, chosen.why);
  // Whoever is named has as long as whoever has the wheel: they may be at something else.
  const until = plus(tx.now, named ? waiting.silent_after_ms : waiting.offer_ms);
  return {
    routing: { ...routing, offer: { to: chosen.id, until } },
    queue: goes_to,
    why: chosen.why,
  };
}

/** Whoever takes what is sent to a member: they, or who stands in for them (rules W28, P6). */
async function receiver(
  tx: Tx,
  scope: Scope,
  open: OpenDocket,
  member_id: string,
  sender_id: string | undefined,
): Promise<MemberRow> {
  const fault = (message: string) => invalid({ field: 'member_id', message });
  if ((await findMember(tx, scope, member_id))?.state !== 'active') {
    throw fault('is no active member');
  }
  const to = await standIn(tx, scope, member_id);
  if (!to) throw fault('is away, and nobody stands in for them who takes conversations');
  if (to.id === sender_id) {
    throw fault('is away, and you stand in for them: take it, or name another');
  }
  const { id: case_id, needs_role, place_role } = open.docket.record;
  const needs = place_role ?? needs_role;
  if (!atLeast(to.role, needs)) throw refuse('not_eligible', { case_id, needs_role: needs });
  return to;
}
