import { type Principal, refuse } from '@wheelhouse/core';
import type { Ports } from '../ports.ts';
import { findBot, stopBots as setStopped } from '../store/bots.ts';
import { appendEvents } from '../store/events.ts';

/** Stops a bot, or every one there is. Once this is acknowledged no server lets one say a word or begin
 *  an act (rule W9): those under way end before it, and what was decided later asks for a person in
 *  its place. @returns the bots that were going until now @throws Refusal not_found */
export const stopBots = (ports: Ports, by: Principal, bot?: string): Promise<string[]> =>
  change(ports, by, bot, 'bot.stopped');

/** Lets stopped bots go on. What they left to people stays with people.
 *  @returns the bots that were stopped until now @throws Refusal not_found */
export const resumeBots = (ports: Ports, by: Principal, bot?: string): Promise<string[]> =>
  change(ports, by, bot, 'bot.resumed');

async function change(
  ports: Ports,
  by: Principal,
  bot: string | undefined,
  type: 'bot.stopped' | 'bot.resumed',
): Promise<string[]> {
  const names = await ports.database.transact(by, async (tx) => {
    if (bot && !(await findBot(tx, by, bot))) throw refuse('not_found', { bot });
    const at = type === 'bot.stopped' ? tx.now : null;
    const changed = await setStopped(tx, by, { name: bot ?? null, at, by: at && by.id });
    const events = changed.map((subject) => ({ type, subject, data: {} }));
    appendEvents(tx, by, by, events);
    return changed.sort();
  });
  ports.database.wake();
  return names;
}
