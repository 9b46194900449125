import {
  attend,
  type Bot,
  backAt,
  type ConversationRecord,
  day,
  elapsed,
  every_workspace,
  handOff,
  plus,
  type Scope,
  stillWaiting,
  systemOf,
  type Turn,
  usualWait,
  type WaitClock,
  Waiting,
} from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import { findBot } from '../store/bots.ts';
import { findClock, recentWaits, saveClock, takeBreaches, takeClocks } from '../store/clocks.ts';
import { countAhead } from '../store/conversations.ts';
import { handOf, lockConversation, saveTurn } from './conversation.ts';
import type { RulingsCache } from './definition.ts';
import { askForPerson } from './hand-off.ts';

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
    countAhead(tx, scope, row),
    recentWaits(tx, scope, row.owner_id, plus(tx.now, -day)),
  ]);
  return { ahead, wait_ms: usualWait(waits), back_at: backAt(bot?.definition.hours, tx.now) };
}

/** Does what time has come for in one conversation: tells a customer that they still wait, reminds a
 *  silent member, or asks for another person in their place (rule W10). Looked at under the
 *  conversation's lock, so that a word that came meanwhile counts. */
export async function attendOne(
  ports: Ports,
  rulings: RulingsCache,
  { workspace_id, id }: { workspace_id: string; id: string },
): Promise<void> {
  const by = systemOf(workspace_id);
  await ports.database.transact(by, async (tx) => {
    const row = await lockConversation(tx, by, id);
    const [clock, bot] = await Promise.all([findClock(tx, by, id), findBot(tx, by, row.bot)]);
    const waiting = Waiting.parse(bot?.definition.waiting ?? {});
    // While nobody is to be there, nobody is late (rule W12).
    const back_at = backAt(bot?.definition.hours, tx.now);
    const { act, next_at } = back_at
      ? { act: null, next_at: back_at }
      : attend(row, clock, waiting, tx.now);
    const did: WaitClock = { ...clock };
    const hand = handOf(ports, tx, by);
    let turn: Turn | undefined;
    if (act === 'tell') {
      turn = stillWaiting(row, hand, await placeInQueue(tx, by, row, bot));
      did.told = (clock.told ?? 0) + 1;
    } else if (act === 'remind') {
      const waited_ms = elapsed(row.waiting_since ?? tx.now, tx.now);
      const data = { member_id: row.owner_id, waited_ms };
      const event = { type: 'conversation.reminded' as const, subject: id, data };
      turn = { next: row, messages: [], events: [event] };
      did.reminded_at = tx.now;
    } else if (act === 'hand_off') {
      const wanted = await askForPerson(ports, rulings, tx, by, row, bot, 'silent');
      turn = handOff(row, hand, wanted);
    }
    if (turn) saveTurn(tx, by, by, turn);
    // With another owner the clock has begun anew, and is looked at again at once.
    if (act !== 'hand_off') saveClock(tx, by, id, did, next_at);
  });
}

/** Conversations in which a promise is broken that is not on record yet. */
export const breachesDue = (ports: Ports) =>
  ports.database.transact(every_workspace, (tx) =>
    takeBreaches(tx, plus(tx.now, looking_ms), group),
  );

/** Puts it on record that a promise is broken, once (rule W30). Time alone is what happened: under the
 *  conversation's lock, saving it as it is finds what is late. */
export async function recordBreach(
  ports: Ports,
  { workspace_id, id }: { workspace_id: string; id: string },
): Promise<void> {
  const by = systemOf(workspace_id);
  await ports.database.transact(by, async (tx) => {
    const next = await lockConversation(tx, by, id);
    saveTurn(tx, by, by, { next, messages: [], events: [] });
  });
  ports.database.wake();
}
