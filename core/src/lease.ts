import type { Role } from './role.ts';
import { type Instant, plus } from './time.ts';

/** Who holds a case, until when, under which epoch. Lease, not lock: a reviewer's laptop may sleep,
 *  and a lock would outlive the person. */
export interface Lease {
  case_id: string;
  rater: string;
  /** The holder's when it was claimed. */
  role: Role;
  epoch: number;
  expires_at: Instant;
}

export const isLive = (lease: Lease, now: Instant): boolean => lease.expires_at > now;

/** Rules L1 and L2: a write counts only under a live lease with the epoch it was given. */
export const allows = (lease: Lease | undefined, epoch: number, now: Instant): boolean =>
  lease !== undefined && lease.epoch === epoch && isLive(lease, now);

/** The same lease, held longer from now on. */
export const renewed = (lease: Lease, lease_ms: number, now: Instant): Lease => ({
  ...lease,
  expires_at: plus(now, lease_ms),
});
