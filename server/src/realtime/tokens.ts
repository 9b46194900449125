import { type Customer, toMs } from '@wheelhouse/core';
import { stillHeld } from '../actions/visitor.ts';
import type { Ports } from '../ports.ts';

/** A token that was signed out elsewhere is noticed within five seconds. */
const recheck_ms = 4_000;
/** How many are looked up at once. */
const most_tokens = 1_000;

/** Whether the end of a browser's token has come: nothing is told under it any more (rule W57). */
export const hasEnded = (ports: Ports, { token_expires_at: at }: Customer): boolean =>
  at != null && toMs(at) <= toMs(ports.clock.now());

/** Looks now and then whether browsers still hold what they were let in by, which can end without an
 *  event: many in one query, so that ten thousand open chats cost ten. */
export function watchTokens<One extends { by: Customer }>(
  ports: Ports,
  all: () => One[],
  end: (one: One) => void,
  signal: AbortSignal,
): void {
  const look = async () => {
    const ones = all();
    for (let from = 0; from < ones.length; from += most_tokens) {
      const some = ones.slice(from, from + most_tokens);
      const held = await stillHeld(
        ports,
        some.map(({ by }) => by.token_hash ?? ''),
      );
      for (const one of some) if (!held.has(one.by.token_hash ?? '')) end(one);
    }
  };
  void (async () => {
    while (!signal.aborted) {
      await ports.clock.pause(recheck_ms, signal);
      // A database that is away is asked again the next time.
      if (!signal.aborted) await look().catch(() => {});
    }
  })();
}
