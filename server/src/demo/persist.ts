import type { Clock } from '../ports.ts';

/** A database that was just made may be busy for a while with all that a first start asks of it. */
const pauses_ms = [5_000, 20_000, 60_000];

/** Seeds until it is done, and gives up after some minutes: a seeding that was cut off goes on where it
 *  stopped, so that beginning again is never too much.
 *  @param signal ends it: nobody waits for a demo to be able to stop
 *  @throws whatever the last attempt threw */
export async function persist(
  seed: () => Promise<void>,
  say: (line: string) => void,
  { clock, signal }: { clock: Pick<Clock, 'pause'>; signal: AbortSignal },
): Promise<void> {
  for (const wait_ms of pauses_ms) {
    try {
      return await seed();
    } catch (error) {
      if (signal.aborted) return;
      const { message } = error as Error;
      say(`The demo shop is not filled yet: ${message} It goes on in ${wait_ms / 1_000} s.`);
      await clock.pause(wait_ms, signal);
      if (signal.aborted) return;
    }
  }
  return seed();
}
