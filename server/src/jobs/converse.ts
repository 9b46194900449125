import { setMaxListeners } from 'node:events';
import { isRefusal } from '@wheelhouse/core';
import { attendOne, breachesDue, clocksDue, recordBreach } from '../actions/attend.ts';
import type { RulingsCache } from '../actions/definition.ts';
import { carryOut } from '../actions/effect.ts';
import { voidDrafts } from '../actions/held.ts';
import type { Minds } from '../actions/mind.ts';
import { offerOne, toOffer } from '../actions/offer.ts';
import { bringBack, snoozesDue } from '../actions/snooze.ts';
import type { TurnRow } from '../actions/turn.ts';
import { type Thinking, takeTurn, turnsOwed } from '../actions/turn.ts';
import type { Ports } from '../ports.ts';
import type { Job } from './run.ts';

const turns_at_once = 32;

/** A model writes for seconds; who owes other turns does not wait for it longer than this. */
const patience_ms = 100;

/** A conversation was erased meanwhile, and nothing is left to do in it. */
const isErased = (thrown: unknown): boolean => isRefusal(thrown) && thrown.code === 'erased';

/** Bots take the turns that they owe. One that fails is logged and tried again when its time is up;
 *  it holds up no other. */
export function turnTaker(
  ports: Ports,
  rulings: RulingsCache,
  minds: Minds,
  submit: Thinking['submit'],
): Job {
  const closing = new AbortController();
  setMaxListeners(turns_at_once, closing.signal);
  const thinking = { ports, rulings, minds, submit, closing: closing.signal };
  const running = new Set<Promise<void>>();
  const begin = (turn: TurnRow) => {
    const one = takeTurn(thinking, turn)
      .catch((error) => {
        if (isErased(error)) return;
        ports.log.error(
          { error: String(error), conversation_id: turn.id },
          'a bot could not take its turn; it is tried again',
        );
      })
      .finally(() => running.delete(one));
    running.add(one);
    return one;
  };
  return {
    name: 'turns',
    every_ms: 500,
    wakes: true,
    tells_itself: true,
    async run() {
      if (running.size >= turns_at_once) await Promise.race(running);
      const owed = await turnsOwed(ports, turns_at_once - running.size);
      const all = Promise.all(owed.map(begin));
      const slow = ports.language_model && owed.length ? [ports.clock.pause(patience_ms)] : [];
      await Promise.race([all, ...slow]);
      return owed.length;
    },
    async close() {
      closing.abort();
      await Promise.all(running);
    },
  };
}

/** What was decided is said, handed over or dropped. */
export const effectBearer = (ports: Ports, rulings: RulingsCache): Job => ({
  name: 'effects',
  every_ms: 250,
  wakes: true,
  async run() {
    const { passed, void_drafts_of } = await carryOut(ports, rulings);
    for (const { workspace_id, id } of void_drafts_of) {
      await voidDrafts({ ports, rulings }, workspace_id, id);
    }
    return passed;
  },
});

/** Customers who wait are told, silent members reminded and relieved, and broken promises recorded, and
 *  what was put aside comes back. A conversation that cannot be looked at is logged, and looked at again when its time is up. */
export const clockWatcher = (ports: Ports, rulings: RulingsCache): Job => ({
  name: 'clocks',
  every_ms: 1_000,
  async run() {
    const lookAt = (one: { id: string }, look: Promise<void>) =>
      look.catch((error) => {
        if (isErased(error)) return;
        ports.log.error(
          { error: String(error), conversation_id: one.id },
          'a clock could not be looked at; it is looked at again',
        );
      });
    const [due, broken] = [await clocksDue(ports), await breachesDue(ports)];
    const back = await snoozesDue(ports);
    for (const one of due) await lookAt(one, attendOne(ports, rulings, one));
    for (const one of broken) await lookAt(one, recordBreach(ports, one));
    for (const one of back) await lookAt(one, bringBack(ports, rulings, one));
    return due.length + broken.length + back.length;
  },
});

/** Who waits is offered to who came, or has room again. */
export const offerer = (ports: Ports, rulings: RulingsCache): Job => ({
  name: 'offers',
  every_ms: 500,
  async run() {
    let done = 0;
    for (const one of await toOffer(ports)) {
      const offered = await offerOne(ports, rulings, one).catch((error) => {
        const facts = { error: String(error), conversation_id: one.id };
        ports.log.error(facts, 'a conversation could not be offered; it is tried again');
        return false;
      });
      if (offered) done += 1;
    }
    return done;
  },
});
