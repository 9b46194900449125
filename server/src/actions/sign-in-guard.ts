import { digest, elapsed, hour, plus, refuse } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { clearFailures, lockTries, noteFailure, recentFailures } from '../store/users.ts';

const most_failures = 20;
export const failure_window_ms = hour;

/** Counts a try at an address's password as failed until it succeeds, so that tries made together
 *  are all counted. Known and unknown addresses are treated alike. Needs every workspace's scope.
 *  @throws Refusal too_many_requests with the time to wait, after twenty in an hour */
export async function countTry(tx: Tx, email: string): Promise<void> {
  const email_hash = digest(email);
  lockTries(tx, email_hash);
  const since = plus(tx.now, -failure_window_ms);
  const { count, first_at } = await recentFailures(tx, email_hash, since, most_failures);
  if (count >= most_failures && first_at) {
    const retry_after_ms = failure_window_ms - elapsed(first_at, tx.now);
    const minutes = Math.ceil(retry_after_ms / 60_000);
    throw refuse(
      'too_many_requests',
      { retry_after_ms },
      `Too many tries for this address. Try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
    );
  }
  noteFailure(tx, email_hash);
}

/** Forgets an address's failures: its password was given. */
export const triesSucceeded = (tx: Tx, email: string) => clearFailures(tx, digest(email));
