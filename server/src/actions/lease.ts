import {
  type Assignment,
  atLeast,
  type CaseRecord,
  type ClaimedCase,
  type ClaimSubmission,
  checkClaim,
  closedWords,
  counted,
  type Instant,
  invalid,
  isLive,
  isThrough,
  type Lease,
  type NewEvent,
  type Principal,
  refuse,
  roles,
  withLeases,
} from '@wheelhouse/core';
import type * as z from 'zod';
import type { Ports, Tx } from '../ports.ts';
import { claimCases, leasesOf, lockCases, renewLease } from '../store/cases.ts';
import { queueExists } from '../store/queues.ts';
import { caseView } from './case-view.ts';
import type { RulingsCache } from './definition.ts';
import { type DocketWrites, docketWrites, type OpenDocket, openDockets } from './docket.ts';
import { standIn } from './member.ts';

/** A claim looks on behind what it had to give back, so often at most. */
const most_rounds = 5;

/** Claims the next cases of a queue, or one case by its id (rules L1 to L3, C3, C6). One that its
 *  claimer already holds is held longer, under the epoch it has (rule L4).
 *  @returns none when there is nothing for this claimant in the queue
 *  @throws Refusal not_found for a queue or a case that is not there; for one case by its id also
 *    those of core's checkClaim */
export async function claim(
  ports: Ports,
  rulings: RulingsCache,
  by: Principal,
  queue: string,
  { limit, case_id }: z.infer<typeof ClaimSubmission>,
): Promise<ClaimedCase[]> {
  const claimed = await ports.database.transact(by, async (tx) => {
    const who = { id: by.id, kind: by.kind, roles: roles.filter((role) => atLeast(by.role, role)) };
    const cases: ClaimedCase[] = [];
    for (let round = 1; round <= most_rounds; round++) {
      const left = limit - cases.length;
      const leases = await claimCases(tx, by, who, case_id ? { case_id } : { queue, limit: left });
      if (!leases.length && case_id) leases.push(...(await heldLonger(tx, by, case_id)));
      const kept = await keep(tx, rulings, by, leases);
      cases.push(...kept);
      // What had to be given back was the head of the line; what stands behind it may be free.
      if (case_id || kept.length === leases.length) break;
    }
    if (!cases.length && case_id) await sayWhyNot(tx, rulings, by, case_id);
    if (!cases.length && !case_id && queue !== '*' && !(await queueExists(tx, by, queue))) {
      throw refuse('not_found', { queue });
    }
    return cases.sort(inTurn);
  });
  if (claimed.length) ports.database.wake();
  return claimed;
}

/** A case that was asked for by its id and is not to be had is refused by the reason. */
async function sayWhyNot(tx: Tx, rulings: RulingsCache, by: Principal, case_id: string) {
  const open = (await openDockets(tx, by, rulings, [case_id])).get(case_id);
  if (!open) throw refuse('not_found', { case_id });
  checkClaim(open.docket, by, tx.now);
}

/** Those of the cases just claimed that their claimer may keep. */
async function keep(
  tx: Tx,
  rulings: RulingsCache,
  by: Principal,
  leases: Lease[],
): Promise<ClaimedCase[]> {
  const ids = leases.map((lease) => lease.case_id);
  const dockets = await openDockets(tx, by, rulings, ids);
  const writes = docketWrites(tx, by);
  const cases = leases.flatMap(({ case_id, epoch, expires_at }) => {
    const open = dockets.get(case_id);
    if (!open || givenBack(open, by, tx.now, writes)) return [];
    keepPlaces(open, tx.now, writes);
    return [{ ...caseView(open, by, tx.now), lease: { epoch, expires_at } }];
  });
  writes.save();
  return cases;
}

/** Whom the places that are left are kept for, now that one more is taken (rule L5). */
function keepPlaces(open: OpenDocket, now: Instant, writes: DocketWrites): void {
  const { docket } = open;
  const next = withLeases(docket, docket.leases, now);
  if (next.record.place_role === docket.record.place_role) return;
  writes.change(docket, next);
  open.docket = next;
}

/** The lease that this claimer has on a case already, held longer. */
async function heldLonger(tx: Tx, by: Principal, case_id: string): Promise<Lease[]> {
  const mine = (await leasesOf(tx, by, [case_id])).find(({ rater }) => rater === by.id);
  const lease = mine && (await renewLease(tx, by, case_id, by.id, mine.epoch));
  return lease ? [lease] : [];
}

/** Gives back what should not have been claimed: what this very claimer answered while the claim was
 *  on its way, when it saw no answer yet; and a place that is kept for a role (rule L5), which is
 *  worked out anew only here after another's lease has lapsed. */
function givenBack(
  { docket }: OpenDocket,
  by: Principal,
  now: Instant,
  writes: DocketWrites,
): boolean {
  const others = docket.leases.filter(({ rater }) => rater !== by.id);
  const answered = isThrough(docket, by.id);
  const without = withLeases(docket, others, now);
  const { place_role } = without.record;
  const kept = place_role !== null && !atLeast(by.role, place_role);
  if (!answered && !kept) return false;
  writes.change(docket, without);
  const why = answered ? 'answered already' : 'kept for another role';
  writes.say(by, released(docket.record, by.id, why));
  return true;
}

const released = ({ id, queue }: CaseRecord, rater: string, why: string): NewEvent => ({
  type: 'case.released',
  subject: id,
  data: { rater, why, queue },
});

/** The claim's own order: priority, then due time, then age. */
const inTurn = (a: ClaimedCase, b: ClaimedCase): number => {
  const [a_due, b_due] = [a.due_at ?? '~', b.due_at ?? '~'];
  if (a.priority !== b.priority) return b.priority - a.priority;
  if (a_due !== b_due) return a_due < b_due ? -1 : 1;
  if (a.created_at !== b.created_at) return a.created_at < b.created_at ? -1 : 1;
  return a.id < b.id ? -1 : 1;
};

/** Holds a case longer. @throws Refusal lease_lost, not_found */
export async function heartbeat(ports: Ports, by: Principal, case_id: string, epoch: number) {
  const lease = await ports.database.transact(by, async (tx) => {
    const renewed = await renewLease(tx, by, case_id, by.id, epoch);
    if (renewed || (await lockCases(tx, by, [case_id])).length) return renewed;
    throw refuse('not_found', { case_id });
  });
  if (!lease) throw refuse('lease_lost', { case_id, epoch });
  return { epoch: lease.epoch, expires_at: lease.expires_at };
}

/** Gives a case back, so that the next claimer gets it at once. Giving back twice is no fault. */
export async function release(
  ports: Ports,
  rulings: RulingsCache,
  by: Principal,
  case_id: string,
  epoch?: number,
) {
  await ports.database.transact(by, async (tx) => {
    const open = (await openDockets(tx, by, rulings, [case_id])).get(case_id);
    if (!open) throw refuse('not_found', { case_id });
    const mine = open.docket.leases.find(({ rater }) => rater === by.id);
    if (!mine || (epoch !== undefined && mine.epoch !== epoch)) return;
    const writes = docketWrites(tx, by);
    const leases = open.docket.leases.filter((lease) => lease !== mine);
    writes.change(open.docket, withLeases(open.docket, leases, tx.now));
    writes.say(by, released(open.docket.record, by.id, 'given back'));
    writes.save();
  });
  ports.database.wake();
}

/** Gives a case to a member, or back to everyone. Someone absent hands on to their delegate.
 *  @throws Refusal not_found, already_resolved, own_request, not_eligible */
export async function assign(
  ports: Ports,
  rulings: RulingsCache,
  by: Principal,
  case_id: string,
  { assigned_to }: z.infer<typeof Assignment>,
) {
  const view = await ports.database.transact(by, async (tx) => {
    const open = (await openDockets(tx, by, rulings, [case_id])).get(case_id);
    if (!open) throw refuse('not_found', { case_id });
    const { docket } = open;
    if (docket.record.state !== 'waiting') {
      throw refuse('already_resolved', { case_id }, closedWords(docket.record.state));
    }
    const to = assigned_to ? await standIn(tx, by, assigned_to) : null;
    if (assigned_to && !to) {
      const message = 'is away, and nobody stands in for them who decides cases';
      throw invalid({ field: 'assigned_to', message });
    }
    if (to && to.id === docket.record.requested_by && !open.row.own_request_allowed) {
      throw refuse('own_request', { case_id });
    }
    if (to && counted(docket.answers).some(({ rater }) => rater === to.id)) {
      throw refuse('already_answered', { case_id }, 'They have answered this case already.');
    }
    if (to && !atLeast(to.role, docket.record.needs_role)) {
      throw refuse('not_eligible', { case_id, needs_role: docket.record.needs_role });
    }
    const writes = docketWrites(tx, by);
    // Whoever holds it now and is not the new assignee loses the lease: their next write is refused.
    const leases = to ? docket.leases.filter(({ rater }) => rater === to.id) : docket.leases;
    const record = { ...docket.record, assigned_to: to?.id ?? null };
    const next = withLeases({ ...docket, record }, leases, tx.now);
    const { place_role } = next.record;
    if (to && !leases.length && place_role && !atLeast(to.role, place_role)) {
      throw refuse('not_eligible', { case_id, needs_role: place_role });
    }
    writes.change(docket, next);
    const dropped = docket.leases.filter(
      (lease) => isLive(lease, tx.now) && !leases.includes(lease),
    );
    writes.say(
      by,
      ...dropped.map(({ rater }) => released(docket.record, rater, 'given to another')),
    );
    writes.say(by, {
      type: 'case.assigned',
      subject: case_id,
      data: {
        to: record.assigned_to,
        ...(assigned_to && to && to.id !== assigned_to ? { for: assigned_to } : {}),
        queue: record.queue,
      },
    });
    writes.save();
    open.docket = next;
    return caseView(open, by, tx.now);
  });
  ports.database.wake();
  return view;
}
