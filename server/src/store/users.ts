import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

/** A person over all workspaces. Only transactions of every workspace see these rows. */
export interface UserRow {
  id: string;
  email: string;
  password_hash: string;
  last_workspace_id: string | null;
}

const columns = 'id, email, password_hash, last_workspace_id';

const by_email = statement('users.by_email', `select ${columns} from users where email = $1`);
export const userByEmail = async (tx: Tx, email: string) =>
  (await tx.query<UserRow>(by_email, [email]))[0];

const lock = statement('users.lock', `select ${columns} from users where email = $1 for update`);
export const lockUser = async (tx: Tx, email: string) =>
  (await tx.query<UserRow>(lock, [email]))[0];

const of_session = statement(
  'users.of_session',
  `select u.id, u.email, u.password_hash, u.last_workspace_id from users u
   join sessions s on s.user_id = u.id where s.workspace_id = $1 and s.id = $2`,
);
export const userOfSession = async (tx: Tx, workspace_id: string, session_id: string) =>
  (await tx.query<UserRow>(of_session, [workspace_id, session_id]))[0];

const insert = statement(
  'users.insert',
  `insert into users (id, email, password_hash, password_changed_at, last_workspace_id, created_at)
   values ($1, $2, $3, $5, $4, $5) on conflict do nothing returning id`,
);
/** @returns whether the address was free */
export const insertUser = async (tx: Tx, user: UserRow) =>
  (
    await tx.query(insert, [
      user.id,
      user.email,
      user.password_hash,
      user.last_workspace_id,
      tx.now,
    ])
  ).length === 1;

const set_password = statement(
  'users.set_password',
  `update users set password_hash = $3, password_changed_at = $4
   where id = $1 and password_hash = $2 returning id`,
);
/** @returns false when the password was changed since it was read */
export const setPassword = async (tx: Tx, id: string, before: string, after: string) =>
  (await tx.query(set_password, [id, before, after, tx.now])).length === 1;

const set_workspace = statement(
  'users.set_workspace',
  'update users set last_workspace_id = $2 where id = $1',
);
export const setLastWorkspace = (tx: Tx, id: string, workspace_id: string) =>
  tx.write(set_workspace, [id, workspace_id]);

const lock_tries = statement(
  'sign_in_failures.lock',
  'select pg_advisory_xact_lock(hashtextextended($1, 0))',
);
/** Tries at one address are counted one after the other. */
export const lockTries = (tx: Tx, email_hash: string) => tx.write(lock_tries, [email_hash]);

const recent = statement(
  'sign_in_failures.recent',
  `select count(*)::int as count, min(at) as first_at from (
     select at from sign_in_failures where email_hash = $1 and at > $2 order by at desc limit $3) newest`,
);
/** The newest failures since a time, at most `limit`, and when the first of those was. */
export const recentFailures = async (tx: Tx, email_hash: string, since: string, limit: number) =>
  (
    await tx.query<{ count: number; first_at: string | null }>(recent, [email_hash, since, limit])
  )[0] ?? { count: 0, first_at: null };

const note = statement(
  'sign_in_failures.note',
  'insert into sign_in_failures (email_hash, at) values ($1, $2)',
);
export const noteFailure = (tx: Tx, email_hash: string) => tx.write(note, [email_hash, tx.now]);

const clear = statement(
  'sign_in_failures.clear',
  'delete from sign_in_failures where email_hash = $1',
);
export const clearFailures = (tx: Tx, email_hash: string) => tx.write(clear, [email_hash]);

const forget = statement(
  'sign_in_failures.forget',
  `delete from sign_in_failures where id in
     (select id from sign_in_failures where at < $1 order by at limit 5000) returning id`,
);
/** Jobs only. */
export const forgetFailures = (tx: Tx, before: string) => tx.query(forget, [before]);
