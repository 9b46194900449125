import {
  type Absence,
  atLeast,
  invalid,
  type Member,
  type MemberChange,
  type Principal,
  type Role,
  refuse,
  type Scope,
} from '@wheelhouse/core';
import type * as z from 'zod';
import type { Ports, Tx } from '../ports.ts';
import { lookAtClocksOf } from '../store/clocks.ts';
import { revokeLinksBy, voidResetLinks } from '../store/enrolments.ts';
import { appendEvents } from '../store/events.ts';
import {
  dropDelegate,
  findMember,
  listMembers,
  lockAdmins,
  lockMember,
  type MemberRow,
  saveMember,
} from '../store/members.ts';
import { deleteSessionsOfMember } from '../store/sessions.ts';
import type { RulingsCache } from './definition.ts';
import { handOver } from './handover.ts';
import { checkGrant, checkReach } from './permission.ts';
import { memberView, memberViews } from './presence.ts';

/** Whoever takes what is given to a member: they themselves, or, while they are away, whoever stands
 *  in for them, and for that one while they are away too (rules P6, P13).
 *  @returns null where that leads to nobody: someone away who names no one, or to someone who is gone
 *    or decides no cases, or in a ring
 *  @throws Refusal not_found when there is no such active member */
export async function standIn(tx: Tx, scope: Scope, id: string): Promise<MemberRow | null> {
  const seen = new Set<string>();
  for (let next: string | null = id; next && !seen.has(next); ) {
    seen.add(next);
    const member = await findMember(tx, scope, next);
    const active = member?.state === 'active';
    if (!active && next === id) {
      const errors = [{ field: 'assigned_to', message: 'no such active member' }];
      throw refuse('not_found', { member_id: id, errors });
    }
    if (!active || (next !== id && !atLeast(member.role, 'reviewer'))) return null;
    if (!isAway(member, tx)) return member;
    next = member.delegate_to;
  }
  return null;
}

const isAway = ({ away_until }: MemberRow, { now }: Tx): boolean =>
  away_until !== null && away_until > now;

/** Whether someone's stand-ins, each of them away, lead to `me`. */
async function leadsTo(tx: Tx, scope: Scope, from: MemberRow, me: string): Promise<boolean> {
  const seen = new Set<string>();
  for (let one: MemberRow | undefined = from; one && isAway(one, tx) && !seen.has(one.id); ) {
    if (one.delegate_to === me) return true;
    seen.add(one.id);
    one = one.delegate_to ? await findMember(tx, scope, one.delegate_to) : undefined;
  }
  return false;
}

export const readMembers = (ports: Ports, by: Principal): Promise<Member[]> =>
  ports.database.transact(by, async (tx) => memberViews(tx, by, await listMembers(tx, by)));

/** An active member, locked, with the admins locked before: every action takes them in this order.
 *  @throws Refusal not_found, forbidden, last_admin when `stays_admin` is false of the last one */
async function memberToChange(tx: Tx, by: Principal, id: string, stays_admin: boolean) {
  const admins = await lockAdmins(tx, by);
  const member = await lockMember(tx, by, id);
  if (member?.state !== 'active') throw refuse('not_found', { member_id: id });
  checkReach(by, member.role);
  if (!stays_admin && admins.length === 1 && admins[0] === id) {
    throw refuse('last_admin', { member_id: id });
  }
  return member;
}

/** What a member may no longer do ends now: their sessions, and with them their open streams, the
 *  links they made, those made for them as what they were, and the work that the new role does not allow.
 *  Conversations that they have the wheel of are looked at at once, one by one (rule W89). */
async function endRights(
  tx: Tx,
  by: Principal,
  rulings: RulingsCache,
  member: MemberRow,
  why: 'removed' | 'role changed',
  keeps?: Role,
): Promise<void> {
  deleteSessionsOfMember(tx, by, member.id);
  voidResetLinks(tx, by, member.email);
  if (keeps !== 'admin') {
    const revoked = await revokeLinksBy(tx, by, member.id);
    const events = revoked.map(({ id, kind }) => ({ subject: id, data: { why, kind } }));
    appendEvents(
      tx,
      by,
      by,
      events.map((event) => ({ type: 'member.uninvited' as const, ...event })),
    );
  }
  await handOver(tx, by, rulings, by, { from: member.id, why, to: null, ...(keeps && { keeps }) });
  lookAtClocksOf(tx, by, member.id);
}

/** Changes a member's name or role. A new role counts from the next sign-in: the sessions of the old
 *  one are over, so no page goes on with rights that are gone.
 *  @throws Refusal not_found, forbidden, last_admin, invalid */
export async function changeMember(
  ports: Ports,
  rulings: RulingsCache,
  by: Principal,
  id: string,
  { role, name: given }: z.infer<typeof MemberChange>,
): Promise<Member> {
  const name = given === undefined ? undefined : plainName(given);
  if (role) checkReach(by, role);
  const changed = await ports.database.transact(by, async (tx) => {
    const member = await memberToChange(tx, by, id, (role ?? 'admin') === 'admin');
    if (role && !atLeast(member.role, role)) checkGrant(by, role);
    const data = {
      ...(role && role !== member.role ? { role, was: member.role } : {}),
      ...(name !== undefined && name !== member.name ? { name: 'changed' } : {}),
    };
    if (!Object.keys(data).length) return memberView(tx, by, member);
    const next = { ...member, role: role ?? member.role, name: name ?? member.name };
    const saved = await saveMember(tx, by, next);
    appendEvents(tx, by, by, [{ type: 'member.changed', subject: id, data }]);
    if (data.role) await endRights(tx, by, rulings, member, 'role changed', data.role);
    if (data.role && !atLeast(data.role, 'reviewer')) dropDelegate(tx, by, id);
    return memberView(tx, by, saved);
  });
  ports.database.wake();
  return changed;
}

/** Removes a member. Their answers stay; their sessions, streams, leases, assignments and wheels end.
 *  @throws Refusal not_found, forbidden, last_admin */
export async function removeMember(
  ports: Ports,
  rulings: RulingsCache,
  by: Principal,
  id: string,
): Promise<void> {
  await ports.database.transact(by, async (tx) => {
    const member = await memberToChange(tx, by, id, false);
    const gone = { ...member, state: 'removed' as const, away_until: null, delegate_to: null };
    await saveMember(tx, by, gone);
    dropDelegate(tx, by, id);
    const data = { role: member.role };
    appendEvents(tx, by, by, [{ type: 'member.removed', subject: id, data }]);
    await endRights(tx, by, rulings, member, 'removed');
  });
  ports.database.wake();
}

/** Says until when one is away, and who takes what is assigned meanwhile; `away_until: null` is back.
 *  What is assigned now goes to the delegate at once, or, where nobody stands in, back to everyone.
 *  @throws Refusal invalid, naming the field; forbidden to keys */
export async function setAbsence(
  ports: Ports,
  rulings: RulingsCache,
  by: Principal,
  { away_until, delegate_to }: z.infer<typeof Absence>,
): Promise<Member> {
  if (by.kind !== 'member') throw refuse('forbidden', {}, 'Only people go away; a key does not.');
  const saved = await ports.database.transact(by, async (tx) => {
    // As every change of members: two who name each other at once are looked at one after the other.
    await lockAdmins(tx, by);
    const me = await lockMember(tx, by, by.id);
    if (!me) throw refuse('unauthenticated');
    if (away_until && new Date(away_until).toISOString() <= tx.now) {
      throw invalid({ field: 'away_until', message: 'is past' });
    }
    const delegate = away_until && delegate_to ? await findMember(tx, by, delegate_to) : undefined;
    if (away_until && delegate_to && (delegate?.state !== 'active' || delegate_to === by.id)) {
      throw invalid({ field: 'delegate_to', message: 'is not another active member' });
    }
    if (delegate && !atLeast(delegate.role, 'reviewer')) {
      const message = `is a ${delegate.role}, who decides no cases`;
      throw invalid({ field: 'delegate_to', message });
    }
    if (delegate && (await leadsTo(tx, by, delegate, by.id))) {
      const message = 'is away too, and what is given to them then comes to you';
      throw invalid({ field: 'delegate_to', message });
    }
    const next = await saveMember(tx, by, { ...me, away_until, delegate_to: delegate?.id ?? null });
    const to = delegate ? await standIn(tx, by, delegate.id) : null;
    const plan = { from: by.id, why: 'away' as const, to };
    const moved = away_until ? await handOver(tx, by, rulings, by, plan) : 0;
    if (away_until) lookAtClocksOf(tx, by, by.id);
    const data = { away_until: next.away_until, delegate_to: next.delegate_to, moved };
    appendEvents(tx, by, by, [{ type: 'member.away', subject: by.id, data }]);
    return memberView(tx, by, next);
  });
  ports.database.wake();
  return saved;
}

/** A name as it is kept: composed, without spaces around it. @throws Refusal invalid when empty */
export function plainName(given: string): string {
  const name = given.normalize('NFC').trim();
  if (name) return name;
  throw invalid({ field: 'name', message: 'is empty' });
}
