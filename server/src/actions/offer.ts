import {
  type ConversationRecord,
  choose,
  every_workspace,
  type Person,
  type Scope,
  systemOf,
  type Turn,
  Waiting,
} from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import { findBot } from '../store/bots.ts';
import { findConversation, waitingConversations } from '../store/conversations.ts';
import { heldReply } from '../store/effects.ts';
import { membersThere, workspacesPresent } from '../store/members.ts';
import { joined, lockConversation, saveTurn } from './conversation.ts';
import type { RulingsCache } from './definition.ts';
import type { OpenDocket } from './docket.ts';
import { offerWithin, openHandOff, rolesFrom, takeBack } from './routing.ts';

/** A conversation with the case of the hand-off that it waits for, or, while the bot has the wheel, with
 *  that of a reply that is held; both locked, the case first: the order in which everyone locks.
 *  @throws Refusal not_found */
export async function lockWithCase(
  tx: Tx,
  scope: Scope,
  rulings: RulingsCache,
  id: string,
): Promise<{ row: ConversationRecord; open?: OpenDocket; held?: OpenDocket }> {
  const before = await findConversation(tx, scope, id);
  const held_id = before?.owner_kind === 'bot' ? await heldReply(tx, scope, before) : null;
  const output_id = held_id ?? before?.hand_off_output_id ?? null;
  const found = await openHandOff(tx, scope, rulings, output_id);
  const row = await lockConversation(tx, scope, id);
  if (!found || row.epoch !== before?.epoch) return { row };
  return held_id ? { row, held: found } : { row, open: found };
}

/** Whoever it was offered to lets others come first, and it is offered to the next, if there is one
 *  (rule W29). */
export async function passOn(
  tx: Tx,
  scope: Scope,
  open: OpenDocket,
  row: ConversationRecord,
  waiting: Waiting,
  why: 'lapsed' | 'gone',
): Promise<Turn> {
  const back = takeBack(tx, scope, open, row, why);
  const next = await offerWithin(tx, scope, open, back.next, waiting);
  return next ? joined(back, next) : back;
}

interface Place {
  workspace_id: string;
  id: string;
}

/** Waiting conversations that there is somebody for, and those offered to who is there no more. What is
 *  found is looked at again under its locks. */
export const toOffer = (ports: Ports): Promise<Place[]> =>
  ports.database.transact(every_workspace, async (tx) => {
    const found: Place[] = [];
    for (const workspace_id of await workspacesPresent(tx)) {
      const scope = { workspace_id };
      const people = await membersThere(tx, scope, rolesFrom('reviewer'));
      const waiting = people.length ? await waitingConversations(tx, scope) : [];
      found.push(...placesIn(waiting, people).map((id) => ({ workspace_id, id })));
    }
    return found;
  });

type Waits = Awaited<ReturnType<typeof waitingConversations>>;

/** Each that suits somebody takes a place of theirs, so that no more are looked at than can be given. */
function placesIn(waiting: Waits, people: Person[]): string[] {
  const there = new Map(people.map((person) => [person.id, { ...person }]));
  return waiting.flatMap(({ id, routing }) => {
    if (routing.offer) return isGone(routing, there) ? [id] : [];
    const chosen = choose(routing, [...there.values()]);
    const person = chosen && there.get(chosen.id);
    if (!person) return [];
    person.open_conversations += 1;
    return [id];
  });
}

/** What routing offered to somebody who is there no more. What a colleague sent to them they keep for
 *  its time. */
const isGone = (
  { offer, sent_by }: Waits[number]['routing'],
  there: { has(id: string): boolean },
): boolean => offer !== null && sent_by === null && !there.has(offer.to);

/** Offers one waiting conversation to whom it suits, or takes it back from who is there no more
 *  (rule W11). @returns whether anything changed */
export async function offerOne(
  ports: Ports,
  rulings: RulingsCache,
  { workspace_id, id }: Place,
): Promise<boolean> {
  const by = systemOf(workspace_id);
  return ports.database.transact(by, async (tx) => {
    const { row, open } = await lockWithCase(tx, by, rulings, id);
    if (!open || !row.routing) return false;
    const bot = await findBot(tx, by, row.bot);
    const waiting = Waiting.parse(bot?.definition.waiting ?? {});
    const people = await membersThere(tx, by, rolesFrom('reviewer'));
    const there = new Set(people.map((person) => person.id));
    const turn = isGone(row.routing, there)
      ? await passOn(tx, by, open, row, waiting, 'gone')
      : await offerWithin(tx, by, open, row, waiting);
    if (turn) saveTurn(tx, by, by, turn);
    return turn !== undefined;
  });
}
