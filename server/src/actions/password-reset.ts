import {
  day,
  digest,
  every_workspace,
  type PasswordReset,
  type Principal,
  plus,
  type ResetLink,
  refuse,
} from '@wheelhouse/core';
import type * as z from 'zod';
import type { Ports, Tx } from '../ports.ts';
import {
  acceptEnrolment,
  insertEnrolment,
  lockEnrolment,
  type OpenEnrolment,
  openEnrolment,
  voidResetLinks,
} from '../store/enrolments.ts';
import { appendEvents } from '../store/events.ts';
import {
  findMember,
  lockMember,
  type MemberRow,
  type Membership,
  membershipsOf,
} from '../store/members.ts';
import { deleteSessionsOfUser } from '../store/sessions.ts';
import { lockUser, setPassword, type UserRow, userByEmail } from '../store/users.ts';
import { linkBehind } from './enrolment.ts';
import { checkPassword, hashPassword } from './password.ts';
import { checkGrant } from './permission.ts';
import { newToken, type SignedIn, startSession, type Visit } from './session.ts';
import { triesSucceeded } from './sign-in-guard.ts';

const reset_link_ms = day;

/** Makes a link by which a member chooses a new password. It is in this answer and nowhere else, and
 *  an earlier one is void. Nothing of the member changes until it is followed.
 *  @throws Refusal not_found, forbidden */
export async function resetPassword(
  ports: Ports,
  by: Principal,
  member_id: string,
  linkOf: (token: string) => string,
): Promise<ResetLink> {
  if (member_id === by.id) {
    throw refuse('forbidden', {}, 'Change your own password under My account.');
  }
  const made = await ports.database.transact(by, async (tx) => {
    const member = await lockMember(tx, by, member_id);
    if (member?.state !== 'active') throw refuse('not_found', { member_id });
    checkGrant(by, member.role);
    const { email, role } = member;
    voidResetLinks(tx, by, email);
    const token = newToken(ports);
    const id = ports.makeId('invitation', tx.now);
    const expires_at = plus(tx.now, reset_link_ms);
    const row = { id, kind: 'reset' as const, email, role, member_id, expires_at };
    insertEnrolment(tx, by, { ...row, created_by: by.id }, digest(token));
    const data = { enrolment_id: id, expires_at };
    appendEvents(tx, by, by, [{ type: 'member.password_reset', subject: member_id, data }]);
    return { id, member_id, expires_at, link: linkOf(token) };
  });
  ports.database.wake();
  return made;
}

/** Whose password a link resets. @throws Refusal link_spent; forbidden to whoever works elsewhere too,
 *  whose account the admins of one workspace must not be able to open */
async function behind(
  tx: Tx,
  link: OpenEnrolment,
  user: UserRow | undefined,
): Promise<{ member: MemberRow; user: UserRow; place: Membership }> {
  const member = await findMember(tx, link, link.member_id ?? '');
  const places = user ? await membershipsOf(tx, user.id) : [];
  const place = places.find(({ member_id }) => member_id === member?.id);
  if (!user || !member || !place) throw refuse('link_spent');
  if (places.length === 1) return { member, user, place };
  const words =
    'Whoever works in several workspaces keeps their password: a link of one cannot change it.';
  throw refuse('forbidden', {}, words);
}

/** Follows a reset link: sets the password, ends every session, and signs in.
 *  @throws Refusal link_spent, forbidden, invalid naming the field */
export async function followReset(
  ports: Ports,
  { token, password }: z.infer<typeof PasswordReset>,
  visit: Visit,
): Promise<SignedIn> {
  const before = await ports.database.transact(every_workspace, async (tx) => {
    const link = await linkBehind(tx, token, openEnrolment, ['reset']);
    const found = await behind(tx, link, await userByEmail(tx, link.email ?? ''));
    checkPassword(password, found.user.email, 'password');
    return found.user;
  });
  const password_hash = await hashPassword(ports.chance, password);
  const signed_in = await ports.database.transact(every_workspace, async (tx) => {
    const link = await linkBehind(tx, token, lockEnrolment, ['reset']);
    const { user, member, place } = await behind(tx, link, await lockUser(tx, before.email));
    await setPassword(tx, user.id, user.password_hash, password_hash);
    deleteSessionsOfUser(tx, user.id);
    acceptEnrolment(tx, link, link.id, member.id);
    triesSucceeded(tx, user.email);
    const data = { password: 'reset', enrolment_id: link.id };
    appendEvents(tx, link, { id: member.id, kind: 'member' }, [
      { type: 'member.changed', subject: member.id, data },
    ]);
    return startSession(ports, tx, place, visit);
  });
  ports.database.wake();
  return signed_in;
}
