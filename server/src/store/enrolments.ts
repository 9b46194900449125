import type { Role, Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

export interface EnrolmentRow {
  workspace_id: string;
  id: string;
  kind: 'admin' | 'invitation' | 'reset';
  /** Lower-case; null for an admin link, which is for whoever holds it. */
  email: string | null;
  role: Role;
  state: 'open' | 'accepted' | 'revoked';
  /** Who joined by it, or whose password it resets. */
  member_id: string | null;
  expires_at: string;
  created_at: string;
  created_by: string;
}

const columns = `e.workspace_id, e.id, e.kind, e.email, e.role, e.state, e.member_id, e.expires_at,
  e.created_at, e.created_by`;

const insert = statement(
  'enrolments.insert',
  `insert into enrolments (workspace_id, id, hash, kind, email, role, state, member_id, expires_at,
     created_at, created_by) values ($1, $2, $3, $4, $5, $6, 'open', $7, $8, $9, $10)`,
);
export const insertEnrolment = (
  tx: Tx,
  scope: Scope,
  row: Pick<
    EnrolmentRow,
    'id' | 'kind' | 'email' | 'role' | 'member_id' | 'expires_at' | 'created_by'
  >,
  hash: string,
) =>
  tx.write(insert, [
    scope.workspace_id,
    row.id,
    hash,
    row.kind,
    row.email,
    row.role,
    row.member_id,
    row.expires_at,
    tx.now,
    row.created_by,
  ]);

const open_columns = `${columns}, w.name as workspace_name from enrolments e
   join workspaces w on w.id = e.workspace_id
   where e.hash = $1 and e.state = 'open' and e.expires_at > $2`;
export type OpenEnrolment = EnrolmentRow & { workspace_name: string };

const open = statement('enrolments.open', `select ${open_columns}`);
/** The link of a token's hash while it can be followed, over all workspaces. */
export const openEnrolment = async (tx: Tx, hash: string) =>
  (await tx.query<OpenEnrolment>(open, [hash, tx.now]))[0];

const lock = statement('enrolments.lock', `select ${open_columns} for update of e`);
/** The same, locked: of two who follow a link together, the second finds it spent. */
export const lockEnrolment = async (tx: Tx, hash: string) =>
  (await tx.query<OpenEnrolment>(lock, [hash, tx.now]))[0];

const accept = statement(
  'enrolments.accept',
  `update enrolments set state = 'accepted', member_id = $3 where workspace_id = $1 and id = $2`,
);
/** Spends a link that is locked. */
export const acceptEnrolment = (tx: Tx, scope: Scope, id: string, member_id: string) =>
  tx.write(accept, [scope.workspace_id, id, member_id]);

const list = statement(
  'enrolments.list',
  `select ${columns} from enrolments e where e.workspace_id = $1 and e.kind = 'invitation'
   order by e.id desc limit 500`,
);
export const listInvitations = (tx: Tx, scope: Scope) =>
  tx.query<EnrolmentRow & { email: string }>(list, [scope.workspace_id]);

const revoke = statement(
  'enrolments.revoke',
  `update enrolments set state = 'revoked' where workspace_id = $1 and id = $2
   and kind = 'invitation' and state = 'open' and expires_at > $3 returning id`,
);
export const revokeInvitation = async (tx: Tx, scope: Scope, id: string) =>
  (await tx.query(revoke, [scope.workspace_id, id, tx.now])).length === 1;

const revoke_for = statement(
  'enrolments.revoke_for',
  `update enrolments set state = 'revoked' where workspace_id = $1 and state = 'open'
   and kind = 'invitation' and email = $2 returning id`,
);
const lock_address = statement(
  'enrolments.lock_address',
  `select pg_advisory_xact_lock(hashtextextended($1 || ' ' || $2, 0))`,
);
/** Voids the open invitations of an address, so that it never has two, however many are made at the
 *  same moment. */
export const revokeInvitationsFor = (tx: Tx, scope: Scope, email: string) => {
  tx.write(lock_address, [scope.workspace_id, email]);
  return tx.query<{ id: string }>(revoke_for, [scope.workspace_id, email]);
};

const revoke_by = statement(
  'enrolments.revoke_by',
  `update enrolments set state = 'revoked' where workspace_id = $1 and state = 'open'
   and created_by = $2 returning id, kind`,
);
/** Voids the open invitations and reset links that someone made. */
export const revokeLinksBy = (tx: Tx, scope: Scope, created_by: string) =>
  tx.query<Pick<EnrolmentRow, 'id' | 'kind'>>(revoke_by, [scope.workspace_id, created_by]);

const void_resets = statement(
  'enrolments.void_resets',
  `update enrolments set state = 'revoked' where ($1 = '*' or workspace_id = $1)
   and state = 'open' and kind = 'reset' and email = $2`,
);
/** Voids the open reset links of a person, in one workspace or in all. */
export const voidResetLinks = (tx: Tx, scope: Scope, email: string) =>
  tx.write(void_resets, [scope.workspace_id, email]);

const void_admin = statement(
  'enrolments.void_admin',
  `update enrolments set state = 'revoked' where workspace_id = $1 and state = 'open'
   and kind = 'admin'`,
);
/** Voids the open admin links of a workspace. */
export const voidAdminLinks = (tx: Tx, scope: Scope) => tx.write(void_admin, [scope.workspace_id]);
