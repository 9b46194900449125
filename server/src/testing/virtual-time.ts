import { fromMs, type Instant } from '@wheelhouse/core';
import type { Database, Ports } from '../ports.ts';

/** Time that flows as it does, and jumps ahead when told: days of retries in seconds. Both clocks
 *  jump together, the program's and the transactions'. Pauses stay real, so jobs look again soon. */
export function virtualTime() {
  let ahead_ms = 0;
  const now = (): Instant => fromMs(Date.now() + ahead_ms);
  const timed = (database: Database): Database => ({
    ...database,
    transact: (scope, work) => database.transact(scope, (tx) => work({ ...tx, now: now() })),
  });
  return {
    now,
    advance(ms: number) {
      ahead_ms += ms;
    },
    /** For `startServer({ ports })`. */
    ports: (ports: Ports): Ports => ({
      ...ports,
      clock: { ...ports.clock, now },
      database: timed(ports.database),
    }),
  };
}
