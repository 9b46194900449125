import type { Role, Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

export interface EnrolmentRow {
  workspace_id: string;
  id: string;
  kind: 'admin' | 'invitation';
  /** Lower-case; null for an admin link, which is for whoever holds it. */
  email: string | null;
  role: Role;
  state: 'open' | 'accepted' | 'revoked';
  expires_at: string;
  created_at: string;
  created_by: string;
}

const columns = `e.workspace_id, e.id, e.kind, e.email, e.role, e.state, e.expires_at, e.created_at,
  e.created_by`;

const insert = statement(
  'enrolments.insert',
  `insert into enrolments (workspace_id, id, hash, kind, email, role, state, expires_at, created_at,
     created_by) values ($1, $2, $3, $4, $5, $6, 'open', $7, $8, $9)`,
);
export const insertEnrolment = (
  tx: Tx,
  scope: Scope,
  row: Pick<EnrolmentRow, 'id' | 'kind' | 'email' | 'role' | 'expires_at' | 'created_by'>,
  hash: string,
) =>
  tx.write(insert, [
    scope.workspace_id,
    row.id,
    hash,
    row.kind,
    row.email,
    row.role,
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
/** Voids the open invitations of an address, so that it never has two. */
export const revokeInvitationsFor = (tx: Tx, scope: Scope, email: string) =>
  tx.query<{ id: string }>(revoke_for, [scope.workspace_id, email]);

const revoke_by = statement(
  'enrolments.revoke_by',
  `update enrolments set state = 'revoked' where workspace_id = $1 and state = 'open'
   and kind = 'invitation' and created_by = $2 returning id`,
);
/** Voids the open invitations that someone made. */
export const revokeInvitationsBy = (tx: Tx, scope: Scope, created_by: string) =>
  tx.query<{ id: string }>(revoke_by, [scope.workspace_id, created_by]);

const void_admin = statement(
  'enrolments.void_admin',
  `update enrolments set state = 'revoked' where workspace_id = $1 and state = 'open'
   and kind = 'admin'`,
);
/** Voids the open admin links of a workspace. */
export const voidAdminLinks = (tx: Tx, scope: Scope) => tx.write(void_admin, [scope.workspace_id]);
