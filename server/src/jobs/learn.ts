import { learnAhead, type Minds } from '../actions/mind.ts';
import type { Ports } from '../ports.ts';
import type { Job } from './run.ts';

/** Bots learn when the server starts, so that nobody who asks first waits for it. What is changed later
 *  is learned when it is tried or asked. */
export function aheadLearner(ports: Ports, minds: Minds): Job {
  let closed = false;
  return {
    name: 'learn_ahead',
    every_ms: 3_600_000,
    async run() {
      // Not waited for: a server that stops meanwhile stops at once.
      void learnAhead(ports, minds, () => closed).catch(
        (error) =>
          closed ||
          ports.log.warn(
            { error: String(error) },
            'a bot could not learn ahead; it does when asked',
          ),
      );
      return 0;
    },
    async close() {
      closed = true;
    },
  };
}
