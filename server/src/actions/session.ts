import {
  day,
  digest,
  every_workspace,
  type Instant,
  invalid,
  type Me,
  minute,
  type PasswordChange,
  type Principal,
  plus,
  refuse,
  type Session,
  type SignIn,
  toMs,
} from '@wheelhouse/core';
import type * as z from 'zod';
import type { Ports, Tx } from '../ports.ts';
import { voidResetLinks } from '../store/enrolments.ts';
import { appendEvents } from '../store/events.ts';
import { findMember, type Membership, membershipsOf } from '../store/members.ts';
import {
  deleteSession,
  deleteSessionsOfUser,
  findSession,
  insertSession,
  type SessionRow,
  sessionByHash,
  sessionsOfUser,
  touchSession,
} from '../store/sessions.ts';
import {
  lockUser,
  setLastWorkspace,
  setPassword,
  type UserRow,
  userByEmail,
  userOfSession,
} from '../store/users.ts';
import { findWorkspace } from '../store/workspaces.ts';
import { checkPassword, hashPassword, passwordFits } from './password.ts';
import { countTry, triesSucceeded } from './sign-in-guard.ts';

/** A session ends this long after it was last used, and this long after it was made. */
export const idle_ms = 14 * day;
export const absolute_ms = 60 * day;
/** How old "last seen" may be; between, a request only reads. */
const seen_every_ms = minute;

/** Where a request came from, for the person's own list of sessions. */
export interface Visit {
  ip: string;
  user_agent: string | null;
}
/** A session just made: who, and the token that is in the cookie and nowhere else. */
export interface SignedIn {
  by: Principal;
  token: string;
}

/** Addresses are compared in lower case, as every mail service in use does. */
export const plainEmail = (email: string) => email.toLowerCase();

/** 256 bits of chance, for cookies and links. */
export const newToken = (ports: Ports) => Buffer.from(ports.chance.bytes(32)).toString('base64url');
export const isToken = (text: string) => /^[\w-]{43}$/.test(text);

const endOf = (made_at: Instant, seen_at: Instant): Instant => {
  const [idle, absolute] = [plus(seen_at, idle_ms), plus(made_at, absolute_ms)];
  return idle < absolute ? idle : absolute;
};

/** Makes a session for a member. Needs every workspace's scope. */
export async function startSession(
  ports: Ports,
  tx: Tx,
  member: Membership,
  visit: Visit,
  made_at: Instant = tx.now,
): Promise<SignedIn> {
  const token = newToken(ports);
  const { workspace_id, user_id, member_id, name, role } = member;
  const row: SessionRow = {
    workspace_id,
    id: ports.makeId('session', tx.now),
    user_id,
    member_id,
    created_at: made_at,
    last_seen_at: tx.now,
    expires_at: endOf(made_at, tx.now),
    ...visit,
  };
  insertSession(tx, row, digest(token));
  setLastWorkspace(tx, user_id, workspace_id);
  const session_id = row.id;
  const by = { workspace_id, kind: 'member' as const, id: member_id, name, role, scopes: null };
  return { by: { ...by, session_id }, token };
}

const noFit = () =>
  refuse('unauthenticated', {}, 'This e-mail address and password do not fit together.');

/** Signs a person in where they worked last. An unknown address costs the same work and is answered
 *  with the same words as a wrong password.
 *  @throws Refusal unauthenticated, too_many_requests */
export async function signIn(
  ports: Ports,
  { email: given, password }: z.infer<typeof SignIn>,
  visit: Visit,
): Promise<SignedIn> {
  const email = plainEmail(given);
  const known = await ports.database.transact(every_workspace, async (tx) => {
    await countTry(tx, email);
    return userByEmail(tx, email);
  });
  // Between two transactions: a connection is not kept waiting for a fifth of a second.
  if (!(await passwordFits(password, known?.password_hash))) throw noFit();
  return ports.database.transact(every_workspace, async (tx) => {
    const user = await lockUser(tx, email);
    if (!user || user.password_hash !== known?.password_hash) throw noFit();
    const memberships = await membershipsOf(tx, user.id);
    const last = memberships.find(({ workspace_id }) => workspace_id === user.last_workspace_id);
    const member = last ?? memberships[0];
    if (!member) throw noFit();
    triesSucceeded(tx, email);
    return startSession(ports, tx, member, visit);
  });
}

/** Who a cookie's token stands for. Asked at every request and not kept in memory, so that a session
 *  that was ended is refused by the next one. */
export async function identifySession(
  ports: Ports,
  token: string,
  visit: Visit,
): Promise<Principal | null> {
  if (!isToken(token)) return null;
  return ports.database.transact(every_workspace, async (tx) => {
    const row = await sessionByHash(tx, digest(token));
    if (!row) return null;
    if (toMs(tx.now) - toMs(row.last_seen_at) >= seen_every_ms) {
      const expires_at = endOf(row.created_at, tx.now);
      touchSession(tx, { ...row, ...visit, expires_at });
    }
    const { workspace_id, member_id, name, role, id: session_id } = row;
    return { workspace_id, kind: 'member', id: member_id, name, role, scopes: null, session_id };
  });
}

/** Whether a session still stands, for the member and role it was opened with. */
export const sessionStands = (ports: Ports, by: Principal): Promise<boolean> =>
  ports.database.transact(by, async (tx) => {
    const row = by.session_id ? await findSession(tx, by, by.session_id) : undefined;
    return row !== undefined && row.member_id === by.id && row.role === by.role;
  });

/** The session of whoever asks. @throws Refusal forbidden to programs, which have none */
const sessionOf = (by: Principal): string => {
  if (by.session_id) return by.session_id;
  throw refuse('forbidden', {}, 'This is for people who sign in; a key has no session.');
};

async function userBehind(tx: Tx, by: Principal): Promise<UserRow> {
  const user = await userOfSession(tx, by.workspace_id, sessionOf(by));
  if (!user) throw refuse('unauthenticated');
  return user;
}

/** Who is asking, where, and where else they may work. */
export async function readMe(ports: Ports, by: Principal): Promise<Me> {
  const { kind, id, name, role, workspace_id } = by;
  if (kind === 'system') throw refuse('forbidden');
  return ports.database.transact(every_workspace, async (tx) => {
    const workspace = await findWorkspace(tx, workspace_id);
    if (!workspace) throw refuse('unauthenticated');
    const me = { kind, id, name, role, workspace };
    if (kind === 'key') return { ...me, email: null, workspaces: [{ ...workspace, role }] };
    const member = await findMember(tx, by, id);
    const memberships = await membershipsOf(tx, (await userBehind(tx, by)).id);
    const workspaces = memberships.map((one) => ({
      id: one.workspace_id,
      name: one.workspace_name,
      role: one.role,
    }));
    return { ...me, email: member?.email ?? null, workspaces };
  });
}

/** Moves to another workspace of the same person: a new session with a new token, which ends when
 *  the old one would have. @throws Refusal not_found */
export const changeWorkspace = (
  ports: Ports,
  by: Principal,
  workspace_id: string,
  visit: Visit,
): Promise<SignedIn> =>
  ports.database.transact(every_workspace, async (tx) => {
    const user = await userBehind(tx, by);
    const memberships = await membershipsOf(tx, user.id);
    const member = memberships.find((one) => one.workspace_id === workspace_id);
    const session = await findSession(tx, by, sessionOf(by));
    if (!member || !session) throw refuse('not_found', { workspace_id });
    await deleteSession(tx, user.id, session.id);
    return startSession(ports, tx, member, visit, session.created_at);
  });

/** A person's live sessions, in every workspace, the last used first. */
export const readSessions = (ports: Ports, by: Principal): Promise<Session[]> =>
  ports.database.transact(every_workspace, async (tx) => {
    const user = await userBehind(tx, by);
    const rows = await sessionsOfUser(tx, user.id);
    return rows.map(({ id, created_at, last_seen_at, expires_at, ip, user_agent }) => {
      const current = id === by.session_id;
      return { id, current, created_at, last_seen_at, expires_at, ip, user_agent };
    });
  });

/** Ends one of one's own sessions, the present one by default. @throws Refusal not_found */
export const endSession = (ports: Ports, by: Principal, id = sessionOf(by)): Promise<void> =>
  ports.database.transact(every_workspace, async (tx) => {
    const user = await userBehind(tx, by);
    if (!(await deleteSession(tx, user.id, id))) throw refuse('not_found', { session_id: id });
  });

/** Changes one's password and ends every other session.
 *  @throws Refusal invalid, naming the field; too_many_requests */
export async function changePassword(
  ports: Ports,
  by: Principal,
  { current_password, new_password }: z.infer<typeof PasswordChange>,
): Promise<void> {
  const user = await ports.database.transact(every_workspace, async (tx) => {
    const found = await userBehind(tx, by);
    checkPassword(new_password, found.email, 'new_password');
    await countTry(tx, found.email);
    return found;
  });
  if (!(await passwordFits(current_password, user.password_hash))) {
    throw invalid({ field: 'current_password', message: 'is not your password' });
  }
  const password_hash = await hashPassword(ports.chance, new_password);
  await ports.database.transact(every_workspace, async (tx) => {
    if (!(await setPassword(tx, user.id, user.password_hash, password_hash))) {
      throw refuse('stale', {}, 'The password was changed elsewhere since.');
    }
    triesSucceeded(tx, user.email);
    deleteSessionsOfUser(tx, user.id, by.session_id);
    voidResetLinks(tx, every_workspace, user.email);
    const data = { password: 'changed' };
    appendEvents(tx, by, by, [{ type: 'member.changed', subject: by.id, data }]);
  });
  ports.database.wake();
}
