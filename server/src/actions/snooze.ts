import {
  type Conversation,
  every_workspace,
  handOff,
  type Principal,
  snooze,
  standing,
  systemOf,
  type Turn,
  unsnooze,
} from '@wheelhouse/core';
import type { Ports } from '../ports.ts';
import { findBot } from '../store/bots.ts';
import { dueSnoozes } from '../store/clocks.ts';
import { findMember } from '../store/members.ts';
import { handOf, lockConversation, saveTurn } from './conversation.ts';
import { viewOf } from './conversation-view.ts';
import type { RulingsCache } from './definition.ts';
import { askForPerson } from './hand-off.ts';

const group = 50;

/** Puts a conversation aside until a moment (rule W32).
 *  Refusals: not_found, wheel_not_held, wheel_taken, invalid (until). */
export const snoozeConversation = (ports: Ports, by: Principal, id: string, until: string) =>
  changed(ports, by, id, (row, now) => snooze(row, { id: by.id, now }, until));

/** Takes it back: it stands in the lists again. @throws Refusal not_found */
export const unsnoozeConversation = (ports: Ports, by: Principal, id: string) =>
  changed(ports, by, id, (row) => unsnooze(row, 'undone'));

async function changed(
  ports: Ports,
  by: Principal,
  id: string,
  run: (row: Turn['next'], now: string) => Turn,
): Promise<Conversation> {
  const view = await ports.database.transact(by, async (tx) => {
    const turn = run(standing(await lockConversation(tx, by, id)), tx.now);
    return viewOf(tx, by, saveTurn(tx, by, by, turn));
  });
  ports.database.wake();
  return view;
}

/** Conversations whose time to come back has come. */
export const snoozesDue = (ports: Ports) =>
  ports.database.transact(every_workspace, (tx) => dueSnoozes(tx, group));

/** Brings one back to the member who put it aside; to the queue, when they are gone or away. Under the
 *  conversation's lock, so that of two servers one does it. */
export async function bringBack(
  ports: Ports,
  rulings: RulingsCache,
  { workspace_id, id }: { workspace_id: string; id: string },
): Promise<void> {
  const by = systemOf(workspace_id);
  await ports.database.transact(by, async (tx) => {
    const row = await lockConversation(tx, by, id);
    if (!row.snoozed_until || row.snoozed_until > tx.now) return;
    const back = unsnooze(row, 'time');
    const member = await findMember(tx, by, row.owner_id);
    const here = member?.state === 'active' && (member.away_until ?? '') <= tx.now;
    if (here) {
      saveTurn(tx, by, by, back);
      return;
    }
    const bot = await findBot(tx, by, row.bot);
    const wanted = await askForPerson(ports, rulings, tx, by, back.next, bot, 'transferred');
    const turn = handOff(back.next, handOf(ports, tx, by), wanted);
    saveTurn(tx, by, by, { ...turn, events: [...back.events, ...turn.events] });
  });
  ports.database.wake();
}
