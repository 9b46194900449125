import type { Role, Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

export interface SessionRow {
  workspace_id: string;
  id: string;
  user_id: string;
  member_id: string;
  created_at: string;
  last_seen_at: string;
  expires_at: string;
  ip: string | null;
  user_agent: string | null;
}
/** A session with the member it stands for, as they are now. */
export interface StandingSession extends SessionRow {
  name: string;
  role: Role;
}

const columns = `s.workspace_id, s.id, s.user_id, s.member_id, s.created_at, s.last_seen_at,
  s.expires_at, s.ip, s.user_agent`;
const standing = `from sessions s join members m
  on m.workspace_id = s.workspace_id and m.id = s.member_id and m.state = 'active'`;

const by_hash = statement(
  'sessions.by_hash',
  `select ${columns}, m.name, m.role ${standing} where s.hash = $1 and s.expires_at > $2`,
);
/** The live session of a token's hash, over all workspaces: this is how a workspace is found. */
export const sessionByHash = async (tx: Tx, hash: string) =>
  (await tx.query<StandingSession>(by_hash, [hash, tx.now]))[0];

const by_id = statement(
  'sessions.by_id',
  `select ${columns}, m.name, m.role ${standing}
   where s.workspace_id = $1 and s.id = $2 and s.expires_at > $3`,
);
export const findSession = async (tx: Tx, scope: Scope, id: string) =>
  (await tx.query<StandingSession>(by_id, [scope.workspace_id, id, tx.now]))[0];

const insert = statement(
  'sessions.insert',
  `insert into sessions (workspace_id, id, hash, user_id, member_id, created_at, last_seen_at,
     expires_at, ip, user_agent) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
);
export const insertSession = (tx: Tx, row: SessionRow, hash: string) =>
  tx.write(insert, [
    row.workspace_id,
    row.id,
    hash,
    row.user_id,
    row.member_id,
    row.created_at,
    row.last_seen_at,
    row.expires_at,
    row.ip,
    row.user_agent,
  ]);

const touch = statement(
  'sessions.touch',
  `update sessions set last_seen_at = $3, expires_at = $4, ip = $5, user_agent = $6
   where workspace_id = $1 and id = $2`,
);
export const touchSession = (
  tx: Tx,
  row: Pick<SessionRow, 'workspace_id' | 'id' | 'expires_at' | 'ip' | 'user_agent'>,
) => tx.write(touch, [row.workspace_id, row.id, tx.now, row.expires_at, row.ip, row.user_agent]);

const of_user = statement(
  'sessions.of_user',
  `select ${columns} ${standing} where s.user_id = $1 and s.expires_at > $2
   order by s.last_seen_at desc, s.id limit 200`,
);
/** Every live session of a person, in whichever workspace. */
export const sessionsOfUser = (tx: Tx, user_id: string) =>
  tx.query<SessionRow>(of_user, [user_id, tx.now]);

const remove = statement(
  'sessions.delete',
  'delete from sessions where user_id = $1 and id = $2 returning id',
);
/** @returns whether the person had such a session */
export const deleteSession = async (tx: Tx, user_id: string, id: string) =>
  (await tx.query(remove, [user_id, id])).length === 1;

const remove_all = statement(
  'sessions.delete_of_user',
  'delete from sessions where user_id = $1 and id is distinct from $2',
);
/** Ends a person's sessions everywhere, but for one. */
export const deleteSessionsOfUser = (tx: Tx, user_id: string, but: string | null = null) =>
  tx.write(remove_all, [user_id, but]);

const remove_of_member = statement(
  'sessions.delete_of_member',
  'delete from sessions where workspace_id = $1 and member_id = $2',
);
export const deleteSessionsOfMember = (tx: Tx, scope: Scope, member_id: string) =>
  tx.write(remove_of_member, [scope.workspace_id, member_id]);

const forget = statement(
  'sessions.forget',
  `delete from sessions where (workspace_id, id) in
     (select workspace_id, id from sessions where expires_at < $1 order by expires_at limit 5000)
   returning id`,
);
/** Jobs only. */
export const forgetSessions = (tx: Tx) => tx.query(forget, [tx.now]);
