import type { Clock, Log } from '../../ports.ts';

/** So many failures after each other, each of all its tries, are no chance. */
const most_failures = 3;
/** However long it asked for or failed, after this it is tried again: what stands in one answer's header
 *  is not to turn it off until somebody starts the server anew. */
const longest_rest_ms = 600_000;

interface Terms {
  clock: Clock;
  log: Log;
  /** The first rest; each that follows it, without an answer between them, is twice as long. */
  rest_ms: number;
  model: string;
}

/** What is known of a model that does not answer, so that not every customer waits for it anew
 *  (rule W127): one stall, or some failures after each other, give it a rest, in which it is not asked.
 *  After that one asks it again, and until that one knows, nobody else does. */
export function breaker({ clock, log, rest_ms, model }: Terms) {
  let rests_until_ms = 0;
  /** Rests after each other. */
  let rests = 0;
  let failures = 0;
  let tries_again = false;

  const rest = (why: string) => {
    const ms = Math.min(rest_ms * 2 ** rests, longest_rest_ms);
    rests += 1;
    failures = 0;
    rests_until_ms = Math.max(rests_until_ms, clock.ticks_ms() + ms);
    log.error(
      { model, why, rest_ms: ms },
      'the language model does not answer and is not waited for',
    );
  };

  return {
    resting: () => rests > 0,
    /** @returns what to say along with how it ended
     *  @throws Error while it rests */
    begin(): number {
      if (clock.ticks_ms() < rests_until_ms) throw new Error('the model is left alone for a while');
      if (rests === 0) return rests;
      if (tries_again) throw new Error('the model is being tried again');
      tries_again = true;
      return rests;
    },
    /** It asked not to be asked for so long. */
    asked(ms: number): void {
      rests_until_ms = clock.ticks_ms() + Math.min(ms, longest_rest_ms);
    },
    /** Whether or not what it said was of use. */
    answered(): void {
      if (rests) log.info({ model }, 'the language model answers again');
      [rests, failures, tries_again] = [0, 0, false];
    },
    /** Of many who waited for it together the first that ends gives it its rest.
     *  @param stalled it said nothing, which took as long as a customer waits */
    failed(begun: number, why: string, stalled: boolean): void {
      if (begun !== rests) return;
      failures += 1;
      if (stalled || tries_again || failures >= most_failures) rest(why);
      tries_again = false;
    },
    /** Whoever asked gave it up, which says nothing of it. */
    givenUp(begun: number): void {
      if (begun === rests) tries_again = false;
    },
  };
}
