import {
  day,
  digest,
  type Enrolment,
  type EnrolmentView,
  every_workspace,
  type Invitation,
  type InvitationSubmission,
  invalid,
  type Principal,
  plus,
  refuse,
  systemOf,
} from '@wheelhouse/core';
import type * as z from 'zod';
import type { Ports, Tx } from '../ports.ts';
import {
  acceptEnrolment,
  type EnrolmentRow,
  insertEnrolment,
  listInvitations,
  lockEnrolment,
  type OpenEnrolment,
  openEnrolment,
  revokeInvitation,
  revokeInvitationsFor,
  voidAdminLinks,
} from '../store/enrolments.ts';
import { appendEvents } from '../store/events.ts';
import {
  activeMemberWith,
  hasAdmin,
  insertMember,
  lockMemberOfUser,
  type MemberRow,
  membershipsOf,
  saveMember,
} from '../store/members.ts';
import { deleteSessionsOfUser } from '../store/sessions.ts';
import { insertUser, lockUser, setPassword, type UserRow, userByEmail } from '../store/users.ts';
import { plainName } from './member.ts';
import { checkPassword, hashPassword, passwordFits } from './password.ts';
import { checkGrant } from './permission.ts';
import {
  isToken,
  newToken,
  plainEmail,
  type SignedIn,
  startSession,
  type Visit,
} from './session.ts';
import { countTry, triesSucceeded } from './sign-in-guard.ts';

const admin_link_ms = 7 * day;
const invitation_ms = 14 * day;

/** A one-time link for the first admin, while a workspace has none. A new one voids the last, so a
 *  link in an old log opens nothing.
 *  @returns the token, which is kept only as a hash, or null when there is an admin */
export const adminLink = (ports: Ports, workspace_id: string): Promise<string | null> => {
  const system = systemOf(workspace_id);
  return ports.database.transact(system, async (tx) => {
    if (await hasAdmin(tx, system)) return null;
    voidAdminLinks(tx, system);
    const token = newToken(ports);
    const id = ports.makeId('invitation', tx.now);
    const row = {
      id,
      kind: 'admin' as const,
      email: null,
      role: 'admin' as const,
      member_id: null,
    };
    const expires_at = plus(tx.now, admin_link_ms);
    insertEnrolment(tx, system, { ...row, expires_at, created_by: 'system' }, digest(token));
    return token;
  });
};

const view = (row: EnrolmentRow & { email: string }, now: string): Invitation => ({
  id: row.id,
  email: row.email,
  role: row.role,
  state: row.state === 'open' && row.expires_at <= now ? 'expired' : row.state,
  expires_at: row.expires_at,
  created_at: row.created_at,
  created_by: row.created_by,
});

export const readInvitations = (ports: Ports, by: Principal): Promise<Invitation[]> =>
  ports.database.transact(by, async (tx) =>
    (await listInvitations(tx, by)).map((row) => view(row, tx.now)),
  );

/** Invites an address. Its link is in this answer and nowhere else; an earlier one is void.
 *  @param linkOf the address at which a token is followed
 *  @throws Refusal forbidden for a role above one's own; already_member */
export async function invite(
  ports: Ports,
  by: Principal,
  { email: given, role }: z.infer<typeof InvitationSubmission>,
  linkOf: (token: string) => string,
): Promise<Invitation> {
  checkGrant(by, role);
  const email = plainEmail(given);
  const made = await ports.database.transact(by, async (tx) => {
    const member = await activeMemberWith(tx, by, email);
    if (member) throw alreadyMember(member);
    const replaced = await revokeInvitationsFor(tx, by, email);
    const token = newToken(ports);
    const row = {
      workspace_id: by.workspace_id,
      id: ports.makeId('invitation', tx.now),
      kind: 'invitation' as const,
      email,
      role,
      state: 'open' as const,
      member_id: null,
      created_at: tx.now,
      expires_at: plus(tx.now, invitation_ms),
      created_by: by.id,
    };
    insertEnrolment(tx, by, row, digest(token));
    // The address stays out of the log, which outlives a person's wish to be forgotten.
    const data = { role, replaces: replaced.map(({ id }) => id) };
    appendEvents(tx, by, by, [{ type: 'member.invited', subject: row.id, data }]);
    return { ...view(row, tx.now), link: linkOf(token) };
  });
  ports.database.wake();
  return made;
}

/** What an admin does instead of inviting someone who is here. */
function alreadyMember({ id, role }: MemberRow) {
  const instead = 'Change their role instead, or send them a link for a new password.';
  const errors = [{ field: 'email', message: `is a ${role} here already. ${instead}` }];
  const words = `email: whoever has this address is a ${role} here already. ${instead}`;
  return refuse('already_member', { member_id: id, errors }, words);
}

/** @throws Refusal not_found, also for one that is spent */
export async function uninvite(ports: Ports, by: Principal, id: string): Promise<void> {
  await ports.database.transact(by, async (tx) => {
    if (!(await revokeInvitation(tx, by, id))) throw refuse('not_found', { invitation_id: id });
    const event = { type: 'member.uninvited' as const, subject: id, data: { why: 'revoked' } };
    appendEvents(tx, by, by, [event]);
  });
  ports.database.wake();
}

/** A link that can be followed. Used, expired, revoked and unknown ones are answered alike, and so is
 *  one for something else.
 *  @throws Refusal link_spent */
export async function linkBehind(
  tx: Tx,
  token: string,
  find = openEnrolment,
  kinds: OpenEnrolment['kind'][] = ['admin', 'invitation'],
): Promise<OpenEnrolment> {
  const link = isToken(token) ? await find(tx, digest(token)) : undefined;
  if (!link || !kinds.includes(link.kind)) throw refuse('link_spent');
  return link;
}

/** What a link offers. @throws Refusal link_spent */
export const readEnrolment = (ports: Ports, token: string): Promise<EnrolmentView> =>
  ports.database.transact(every_workspace, async (tx) => {
    const any: OpenEnrolment['kind'][] = ['admin', 'invitation', 'reset'];
    const { kind, email, role, workspace_name } = await linkBehind(tx, token, openEnrolment, any);
    return { kind, email, role, workspace: { name: workspace_name } };
  });

/** Whether the owner of an address is at work, here or in another workspace: then a link that lets in,
 *  which those who made it have seen, must not be able to set their password.
 *  @throws Refusal already_member to an invitation of the workspace they are at work in */
async function isAtWork(tx: Tx, user: UserRow | undefined, link: OpenEnrolment): Promise<boolean> {
  const memberships = user ? await membershipsOf(tx, user.id) : [];
  const here = memberships.some(({ workspace_id }) => workspace_id === link.workspace_id);
  if (here && link.kind === 'invitation') {
    throw refuse('already_member', {}, 'You are a member here already. Sign in instead.');
  }
  return memberships.length > 0;
}

/** Follows an admin link or an invitation: makes the account, joins the workspace, signs in. For an
 *  address that has an account the password is replaced, unless its owner is at work somewhere: then
 *  the present password is asked for.
 *  @throws Refusal link_spent, already_member, invalid naming the field, too_many_requests */
export async function enrol(
  ports: Ports,
  { token, name: given, email: address, password }: z.infer<typeof Enrolment>,
  visit: Visit,
): Promise<SignedIn> {
  const email = plainEmail(address);
  const name = plainName(given);
  const { user, keeps_password } = await ports.database.transact(every_workspace, async (tx) => {
    const link = await linkBehind(tx, token);
    if (link.email !== null && link.email !== email) {
      throw invalid({ field: 'email', message: 'is not the address this invitation is for' });
    }
    const found = await userByEmail(tx, email);
    const keeps = await isAtWork(tx, found, link);
    if (keeps) await countTry(tx, email);
    else checkPassword(password, email, 'password');
    return { user: found, keeps_password: keeps };
  });
  if (keeps_password && !(await passwordFits(password, user?.password_hash))) {
    const message = 'is not that of the account this address has already';
    throw invalid({ field: 'password', message });
  }
  const password_hash =
    keeps_password && user ? user.password_hash : await hashPassword(ports.chance, password);
  const signed_in = await ports.database.transact(every_workspace, async (tx) => {
    const link = await linkBehind(tx, token, lockEnrolment);
    const now_user = await lockUser(tx, email);
    const keeps_now = await isAtWork(tx, now_user, link);
    if (now_user?.password_hash !== user?.password_hash || keeps_now !== keeps_password) {
      throw refuse('stale', {}, 'This account was changed in the meantime. Follow the link again.');
    }
    const user_id = await keepUser(ports, tx, now_user, { email, password_hash }, link);
    const member = await join(ports, tx, link, user_id, { email, name });
    acceptEnrolment(tx, link, link.id, member.id);
    if (link.kind === 'admin') voidAdminLinks(tx, link);
    triesSucceeded(tx, email);
    const { workspace_id, workspace_name } = link;
    const place = { workspace_id, workspace_name, user_id, member_id: member.id };
    return startSession(ports, tx, { ...place, name: member.name, role: member.role }, visit);
  });
  ports.database.wake();
  return signed_in;
}

/** The account of an address, with the password it now has. A replaced password ends its sessions. */
async function keepUser(
  ports: Ports,
  tx: Tx,
  user: UserRow | undefined,
  { email, password_hash }: { email: string; password_hash: string },
  { workspace_id }: OpenEnrolment,
): Promise<string> {
  if (user) {
    if (user.password_hash === password_hash) return user.id;
    await setPassword(tx, user.id, user.password_hash, password_hash);
    deleteSessionsOfUser(tx, user.id);
    return user.id;
  }
  const id = ports.makeId('user', tx.now);
  const made = await insertUser(tx, { id, email, password_hash, last_workspace_id: workspace_id });
  if (!made) throw refuse('stale', {}, 'This account was made a moment ago. Sign in.');
  return id;
}

/** Makes the person a member. Whoever was one before is the same member again, so that no case is
 *  judged twice by one person; one still at work, who can only come by an admin link, keeps the name. */
async function join(
  ports: Ports,
  tx: Tx,
  link: OpenEnrolment,
  user_id: string,
  { email, name }: { email: string; name: string },
): Promise<MemberRow> {
  const before = await lockMemberOfUser(tx, link, user_id);
  const { role, id: enrolment_id, kind } = link;
  const actor = (id: string) => ({ id, kind: 'member' as const });
  const how = { by: kind === 'admin' ? 'admin link' : 'invitation', enrolment_id };
  if (before?.state === 'active') {
    const data = { role, was: before.role, ...how };
    appendEvents(tx, link, actor(before.id), [
      { type: 'member.changed' as const, subject: before.id, data },
    ]);
    return saveMember(tx, link, { ...before, role });
  }
  const member = before
    ? await saveMember(tx, link, { ...before, name, role, state: 'active' })
    : await insertMember(tx, link, {
        id: ports.makeId('member', tx.now),
        user_id,
        name,
        email,
        role,
      });
  const data = { role, ...how, ...(before ? { again: true } : {}) };
  const event = { type: 'member.joined' as const, subject: member.id, data };
  appendEvents(tx, link, actor(member.id), [event]);
  return member;
}
