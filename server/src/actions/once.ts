import { isRefusal, type Principal, refuse } from '@wheelhouse/core';
import type { Ports } from '../ports.ts';
import {
  findRemembered,
  freeReserved,
  keepReserved,
  type Remembered,
  reserve,
} from '../store/idempotency.ts';
import { replayOf } from './replay.ts';

const abandoned_ms = 60_000;
/** How long a second request waits for the answer of the first, and how soon it looks first; then
 *  ever more seldom, or a key whose server died would cost sixty looks each time it is asked. */
const patience_ms = 3_000;
const first_look_ms = 25;

/** Runs a write once for a key (rule O4): the place is reserved before, the answer kept after. One
 *  that comes while the first is under way waits for its answer. A reservation whose server died is
 *  free again after a minute.
 *  @throws Refusal key_reused, erased */
export async function onlyOnce(
  ports: Ports,
  by: Principal,
  once: { key: string; request: string; address: string },
  run: () => Promise<{ status: number; response: unknown }>,
) {
  const first = await firstWith(ports, by, once);
  if (first) return { status: first.status, response: replayOf(first, once) };
  const done = await run().catch(async (thrown: unknown) => {
    // What may have been done must not be done again: its place stays taken for a while.
    if (isRefusal(thrown) && thrown.facts.unknown) throw thrown;
    await insistently(ports, once.key, () =>
      ports.database.transact(by, (tx) => freeReserved(tx, by, by.id, once.key)),
    );
    throw thrown;
  });
  // It is done, and whoever asked is told so, also where that cannot be written down at once.
  const { key, address } = once;
  await insistently(ports, key, () =>
    ports.database.transact(by, async (tx) =>
      keepReserved(tx, by, { principal: by.id, key, address }, done.status, done.response),
    ),
  );
  return done;
}

/** Does it now, or else a few times more while nobody waits for it. */
async function insistently(ports: Ports, key: string, work: () => Promise<unknown>): Promise<void> {
  const again = async () => {
    for (const wait_ms of [250, 1_000, 4_000]) {
      await ports.clock.pause(wait_ms);
      if (
        await work().then(
          () => true,
          () => false,
        )
      )
        return;
    }
    ports.log.warn({ key }, 'what became of a request could not be kept under its key');
  };
  await work().catch(() => void again());
}

/** The answer that the first request with this key got; none when this one is the first. */
async function firstWith(
  ports: Ports,
  by: Principal,
  once: { key: string; request: string },
): Promise<Remembered | undefined> {
  for (let waited_ms = 0, rest_ms = first_look_ms; ; rest_ms *= 2) {
    const first = await ports.database.transact(by, async (tx) => {
      if (await reserve(tx, by, by.id, once.key, once.request, abandoned_ms)) return undefined;
      const [found] = await findRemembered(tx, by, [{ principal: by.id, key: once.key }]);
      // Freed between the two looks: the next one takes it.
      return found ?? { ...once, principal: by.id, status: null, response: null };
    });
    if (!first || first.status !== null) return first;
    replayOf(first, once);
    if (waited_ms >= patience_ms) {
      const words = 'The first request with this key is still under way.';
      throw refuse('key_reused', { key: once.key, under_way: true }, words);
    }
    await ports.clock.pause(rest_ms);
    waited_ms += rest_ms;
  }
}
