import { setTimeout as pause } from 'node:timers/promises';

/** A database that was just made may be busy for a while with all that a first start asks of it. */
const pauses_ms = [5_000, 20_000, 60_000];

/** Seeds until it is done, and gives up after some minutes: a seeding that was cut off goes on where it
 *  stopped, so that beginning again is never too much.
 *  @throws whatever the last attempt threw */
export async function persist(
  seed: () => Promise<void>,
  say: (line: string) => void,
  pauses: readonly number[] = pauses_ms,
): Promise<void> {
  for (const wait_ms of pauses) {
    try {
      return await seed();
    } catch (error) {
      const { message } = error as Error;
      say(`The demo shop is not filled yet: ${message} It goes on in ${wait_ms / 1_000} s.`);
      // Nobody waits for a demo to be able to stop.
      await pause(wait_ms, undefined, { ref: false });
    }
  }
  return seed();
}
