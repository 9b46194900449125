import {
  attend,
  type Bot,
  backAt,
  type ConversationRecord,
  day,
  elapsed,
  every_workspace,
  type Gone,
  handOff,
  type Instant,
  offerCallBack,
  type Principal,
  plus,
  type Scope,
  stillHeld,
  stillWaiting,
  systemOf,
  type Turn,
  usualWait,
  type WaitAct,
  type WaitClock,
  Waiting,
  widen,
} from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import { findBot } from '../store/bots.ts';
import { findClock, recentWaits, saveClock, takeBreaches, takeClocks } from '../store/clocks.ts';
import { countAhead } from '../store/conversations.ts';
import { appendEvents } from '../store/events.ts';
import { handOf, joined, lockConversation, saveTurn } from './conversation.ts';
import type { RulingsCache } from './definition.ts';
import type { OpenDocket } from './docket.ts';
import { askForPerson } from './hand-off.ts';
import { lockWithCase, passOn } from './offer.ts';
import { giveBackFor, goneFrom, relieve } from './relieve.ts';
import { offerWithin } from './routing.ts';
import { leaveUndecided, undecidedFrom } from './undecided.ts';

/** How long a server may look before another may. */
const looking_ms = 30_000;
const group = 50;

/** Conversations whose clock is to be looked at, taken so that no other server looks too. */
export const clocksDue = (ports: Ports) =>
  ports.database.transact(every_workspace, (tx) => takeClocks(tx, plus(tx.now, looking_ms), group));

/** How many wait before a conversation, about how long people wait there until one comes, and, outside
 *  their hours, when people are there again. */
export async function placeInQueue(
  tx: Tx,
  scope: Scope,
  row: ConversationRecord,
  bot: Bot | undefined,
) {
  const [ahead, waits] = await Promise.all([
    // Whoever is being asked for is asked for now, whoever else waits.
    row.routing?.offer ? 0 : countAhead(tx, scope, row),
    recentWaits(tx, scope, row.owner_id, plus(tx.now, -day)),
  ]);
  return {
    ahead,
    wait_ms: usualWait(waits.ended, waits.running),
    back_at: backAt(bot?.definition.hours, tx.now),
  };
}

/** Does what time has come for in one conversation: tells a customer that they still wait, or that a
 *  person looks at the bot's reply first, asks another when one does not come, asks for less, offers to
 *  call back; reminds a silent member, or asks for another person in their place, at once where they are
 *  not there; asks for one where nobody decides on a call (rules W10, W29, W80, W89, W101).
 *  Looked at under the conversation's lock, so that a word that came meanwhile counts. */
export async function attendOne(
  ports: Ports,
  rulings: RulingsCache,
  { workspace_id, id }: { workspace_id: string; id: string },
): Promise<void> {
  const by = systemOf(workspace_id);
  await ports.database.transact(by, async (tx) => {
    const { row, open, held } = await lockWithCase(tx, by, rulings, id);
    const [clock, bot] = await Promise.all([findClock(tx, by, id), findBot(tx, by, row.bot)]);
    const waiting = Waiting.parse(bot?.definition.waiting ?? {});
    const back_at = backAt(bot?.definition.hours, tx.now);
    const held_at = held?.docket.record.created_at ?? null;
    const gone = await goneFrom(tx, by, row, clock);
    const undecided_at = await undecidedFrom(tx, by, row, bot);
    const beside = { held_at, undecided_at, back_at, gone };
    const { act, next_at } = attend(row, clock, waiting, tx.now, beside);
    const ground = { ports, rulings, tx, by, row, open, bot, waiting, back_at, gone };
    const turn = act && (await doing[act](ground));
    if (turn) saveTurn(tx, by, by, turn);
    const did: WaitClock = { ...clock };
    if (act === 'tell' || act === 'tell_held') {
      Object.assign(did, { told: (clock.told ?? 0) + 1, told_at: tx.now });
    }
    if (act === 'remind') did.reminded_at = tx.now;
    // With another owner the clock has begun anew, and is looked at again at once.
    if (!act || !others_act.has(act)) saveClock(tx, by, id, did, next_at);
  });
  ports.database.wake();
}

/** Conversations in which a promise is broken that is not on record yet. */
export const breachesDue = (ports: Ports) =>
  ports.database.transact(every_workspace, (tx) =>
    takeBreaches(tx, plus(tx.now, looking_ms), group),
  );

/** Puts it on record that a promise is broken, once, and reckons anew what is due where its bot promises
 *  something else now (rule W30). Time alone is what happened: under the conversation's lock, saving it
 *  as it is finds both. */
export async function recordBreach(
  ports: Ports,
  { workspace_id, id }: { workspace_id: string; id: string },
): Promise<void> {
  const by = systemOf(workspace_id);
  await ports.database.transact(by, async (tx) => {
    const row = await lockConversation(tx, by, id);
    // Without a promise nothing is due; with one it is reckoned as it is saved.
    const next = { ...row, due_at: null, breach_at: null };
    const { due_at } = saveTurn(tx, by, by, { next, messages: [], events: [] });
    if (due_at === row.due_at) return;
    const data = { changed: ['due_at'] };
    appendEvents(tx, by, by, [{ type: 'conversation.changed', subject: id, data }]);
  });
  ports.database.wake();
}

/** What gives the wheel to another. */
const others_act: ReadonlySet<WaitAct> = new Set(['hand_off', 'undecided', 'relieve', 'give_back']);

interface Ground {
  ports: Ports;
  rulings: RulingsCache;
  tx: Tx;
  by: Principal;
  row: ConversationRecord;
  /** The case of its hand-off, locked. */
  open: OpenDocket | undefined;
  bot: Bot | undefined;
  waiting: Waiting;
  /** When people are there again, while they are not. */
  back_at: Instant | null;
  /** That the member who has the wheel is not there. */
  gone: Gone | null;
}

const doing: Record<WaitAct, (ground: Ground) => Promise<Turn | undefined> | Turn | undefined> = {
  tell: async ({ ports, tx, by, row, bot }) =>
    stillWaiting(row, handOf(ports, tx, by), await placeInQueue(tx, by, row, bot)),
  tell_held: ({ ports, tx, by, row, back_at }) => stillHeld(row, handOf(ports, tx, by), back_at),
  lapse: ({ tx, by, row, open, waiting }) => open && passOn(tx, by, open, row, waiting, 'lapsed'),
  widen: async ({ tx, by, row, open, waiting }) => {
    const wider = widen(row);
    const offered = open && (await offerWithin(tx, by, open, wider.next, waiting));
    return offered ? joined(wider, offered) : wider;
  },
  offer_call_back: ({ ports, tx, by, row }) => offerCallBack(row, handOf(ports, tx, by)),
  remind: ({ tx, row }) => {
    const waited_ms = elapsed(row.waiting_since ?? tx.now, tx.now);
    const data = { member_id: row.owner_id, waited_ms };
    const event = { type: 'conversation.reminded' as const, subject: row.id, data };
    return { next: row, messages: [], events: [event] };
  },
  hand_off: async ({ ports, rulings, tx, by, row, bot }) => {
    const wanted = await askForPerson(ports, rulings, tx, by, row, bot, 'silent');
    return handOff(row, handOf(ports, tx, by), wanted);
  },
  undecided: leaveUndecided,
  relieve,
  give_back: giveBackFor,
};
