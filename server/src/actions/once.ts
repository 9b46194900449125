import { type Principal, refuse } from '@wheelhouse/core';
import type { Ports } from '../ports.ts';
import { findRemembered, freeReserved, keepReserved, reserve } from '../store/idempotency.ts';
import { replayOf } from './replay.ts';

const abandoned_ms = 60_000;

/** Runs a write once for a key (rule O4): the place is reserved before, the answer kept after. A
 *  reservation whose server died is free again after a minute.
 *  @throws Refusal key_reused, erased */
export async function onlyOnce(
  ports: Ports,
  by: Principal,
  once: { key: string; request: string; address: string },
  run: () => Promise<{ status: number; response: unknown }>,
) {
  const first = await ports.database.transact(by, async (tx) => {
    if (await reserve(tx, by, by.id, once.key, once.request, abandoned_ms)) return undefined;
    return (await findRemembered(tx, by, [{ principal: by.id, key: once.key }]))[0];
  });
  if (first) {
    const response = replayOf(first, once);
    if (first.status === null)
      throw refuse(
        'key_reused',
        { key: once.key, under_way: true },
        'The first request with this key is still under way.',
      );
    return { status: first.status, response };
  }
  try {
    const done = await run();
    const { key, address } = once;
    await ports.database.transact(by, async (tx) =>
      keepReserved(tx, by, { principal: by.id, key, address }, done.status, done.response),
    );
    return done;
  } catch (thrown) {
    await ports.database.transact(by, (tx) => freeReserved(tx, by, by.id, once.key));
    throw thrown;
  }
}
