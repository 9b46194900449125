import { atLeast, type Lease, type Role, type Scope, withLeases } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import type { Actor } from '../store/events.ts';
import { type MemberRow, workOf } from '../store/members.ts';
import type { RulingsCache } from './definition.ts';
import { docketWrites, type OpenDocket, openDockets } from './docket.ts';

/** Why work leaves someone's hands, and whose it is then. */
export interface Handover {
  from: string;
  why: 'removed' | 'role changed' | 'away';
  /** Who takes what was assigned; without one it goes back to everyone. */
  to: MemberRow | null;
  /** What they may go on with, because their role still allows it. */
  keeps?: Role;
}

/** Takes a member's cases out of their hands, so that none waits for someone who is not there. What
 *  was assigned goes to the heir, where the heir may decide it, or back to everyone; what is held is
 *  given back, unless its holder is merely away, and may be finishing it.
 *  @returns how many cases changed hands */
export async function handOver(
  tx: Tx,
  scope: Scope,
  rulings: RulingsCache,
  actor: Actor,
  { from, why, to, keeps }: Handover,
): Promise<number> {
  const dockets = await openDockets(tx, scope, rulings, await workOf(tx, scope, from));
  const writes = docketWrites(tx, scope);
  let moved = 0;
  for (const open of dockets.values()) {
    const { docket } = open;
    const { record } = docket;
    const assigned = record.assigned_to === from && record.state === 'waiting';
    if (keeps && atLeast(keeps, 'reviewer') && atLeast(keeps, record.needs_role)) continue;
    if (why === 'away' && !assigned) continue;
    const heir = assigned && to && mayTake(open, to) ? to : null;
    const gone = ({ rater }: Lease) =>
      heir ? rater !== heir.id : rater === from && why !== 'away';
    const leases = docket.leases.filter((lease) => !gone(lease));
    const next = { ...record, assigned_to: assigned ? (heir?.id ?? null) : record.assigned_to };
    writes.change(docket, withLeases({ ...docket, record: next }, leases, tx.now));
    for (const { rater } of docket.leases.filter(gone)) {
      const data = { rater, why, queue: record.queue };
      writes.say(actor, { type: 'case.released', subject: record.id, data });
    }
    if (assigned) {
      const data = { to: next.assigned_to, for: from, why, queue: record.queue };
      writes.say(actor, { type: 'case.assigned', subject: record.id, data });
    }
    moved += 1;
  }
  writes.save();
  return moved;
}

const mayTake = ({ docket, row }: OpenDocket, to: MemberRow): boolean =>
  atLeast(to.role, docket.record.place_role ?? docket.record.needs_role) &&
  (to.id !== docket.record.requested_by || row.own_request_allowed) &&
  !docket.answers.some(({ rater }) => rater === to.id);
