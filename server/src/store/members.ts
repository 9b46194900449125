import type { Instant, Member, Person, Presence, Role, Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

const columns = `id, name, email, role, state, away_until, delegate_to, presence, present_until,
  capacity, skills, languages, created_at`;
export interface MemberRow extends Omit<Member, 'presence' | 'open_conversations'> {
  /** As they said themselves; it counts while they show signs of life. */
  presence: Presence;
  present_until: Instant | null;
}

const by_id = statement(
  'members.by_id',
  `select ${columns} from members where workspace_id = $1 and id = $2`,
);
export const findMember = async (tx: Tx, scope: Scope, id: string) =>
  (await tx.query<MemberRow>(by_id, [scope.workspace_id, id]))[0];

const by_email = statement(
  'members.by_email',
  `select ${columns} from members
   where workspace_id = $1 and email = $2 and state = 'active' order by id limit 1`,
);
/** The active member with an address, which is in lower case. */
export const activeMemberWith = async (tx: Tx, scope: Scope, email: string) =>
  (await tx.query<MemberRow>(by_email, [scope.workspace_id, email]))[0];

const lock = statement(
  'members.lock',
  `select ${columns} from members where workspace_id = $1 and id = $2 for update`,
);
export const lockMember = async (tx: Tx, scope: Scope, id: string) =>
  (await tx.query<MemberRow>(lock, [scope.workspace_id, id]))[0];

const share = statement(
  'members.share',
  `select id from members where workspace_id = $1 and id = $2 and state = 'active' for key share`,
);
/** Whether somebody is an active member; nobody removes them before this transaction ends. */
export const isStillHere = async (tx: Tx, scope: Scope, id: string): Promise<boolean> =>
  (await tx.query<{ id: string }>(share, [scope.workspace_id, id])).length === 1;

const lock_admins = statement(
  'members.lock_admins',
  `select id from members where workspace_id = $1 and role = 'admin' and state = 'active'
   order by id for update`,
);
/** Locks the admins, so that two of them cannot remove each other at once. @returns their ids */
export const lockAdmins = async (tx: Tx, scope: Scope) =>
  (await tx.query<{ id: string }>(lock_admins, [scope.workspace_id])).map(({ id }) => id);

const lock_of_user = statement(
  'members.lock_of_user',
  `select ${columns} from members where workspace_id = $1 and user_id = $2
   order by state, id limit 1 for update`,
);
/** The member a person is, or once was, in a workspace. */
export const lockMemberOfUser = async (tx: Tx, scope: Scope, user_id: string) =>
  (await tx.query<MemberRow>(lock_of_user, [scope.workspace_id, user_id]))[0];

const has_admin = statement(
  'members.has_admin',
  `select id from members where workspace_id = $1 and role = 'admin' and state = 'active'
   order by id limit 1`,
);
export const hasAdmin = async (tx: Tx, scope: Scope) =>
  (await tx.query(has_admin, [scope.workspace_id])).length === 1;

/** A person's place in one workspace. */
export interface Membership {
  workspace_id: string;
  workspace_name: string;
  user_id: string;
  member_id: string;
  name: string;
  role: Role;
}

const of_user = statement(
  'members.of_user',
  `select m.workspace_id, w.name as workspace_name, m.user_id, m.id as member_id, m.name, m.role
   from members m join workspaces w on w.id = m.workspace_id
   where m.user_id = $1 and m.state = 'active' order by m.created_at, m.id limit 100`,
);
/** Where a person is an active member, oldest first, over all workspaces. */
export const membershipsOf = (tx: Tx, user_id: string) => tx.query<Membership>(of_user, [user_id]);

const insert = statement(
  'members.insert',
  `insert into members (workspace_id, id, user_id, name, email, role, state, created_at)
   values ($1, $2, $3, $4, $5, $6, 'active', $7) returning ${columns}`,
);
export const insertMember = async (
  tx: Tx,
  scope: Scope,
  {
    id,
    user_id,
    name,
    email,
    role,
  }: Pick<Member, 'id' | 'name' | 'email' | 'role'> & { user_id: string },
) => {
  const values = [scope.workspace_id, id, user_id, name, email, role, tx.now];
  return (await tx.query<MemberRow>(insert, values))[0] as MemberRow;
};

const save = statement(
  'members.save',
  `update members set name = $3, role = $4, state = $5, away_until = $6, delegate_to = $7,
     presence = $8, present_until = $9, capacity = $10, skills = $11, languages = $12
   where workspace_id = $1 and id = $2 returning ${columns}`,
);
/** Writes what can change on a member. */
export const saveMember = async (tx: Tx, scope: Scope, row: MemberRow) => {
  const { id, name, role, state, away_until, delegate_to, presence, present_until, capacity } = row;
  const values = [
    scope.workspace_id,
    id,
    name,
    role,
    state,
    away_until,
    delegate_to,
    presence,
    present_until,
    capacity,
    JSON.stringify(row.skills),
    JSON.stringify(row.languages),
  ];
  return (await tx.query<MemberRow>(save, values))[0] as MemberRow;
};

const show_life = statement(
  'members.show_life',
  `update members set present_until = $3
   where workspace_id = $1 and id = $2 and state = 'active'
     and (present_until is null or present_until < $4)`,
);
/** Somebody is at the desk, and counts as there until then; written anew when the time before it ends
 *  sooner than `unless_after`. */
export const showLife = (
  tx: Tx,
  scope: Scope,
  id: string,
  { until, unless_after }: { until: Instant; unless_after: Instant },
): void => tx.write(show_life, [scope.workspace_id, id, until, unless_after]);

const workspaces_present = statement(
  'members.workspaces_present',
  `select distinct workspace_id from members where present_until > $1 order by workspace_id
   limit 1000`,
);
/** Workspaces in which somebody is there. Jobs only. */
export const workspacesPresent = async (tx: Tx) =>
  (await tx.query<{ workspace_id: string }>(workspaces_present, [tx.now])).map(
    ({ workspace_id }) => workspace_id,
  );

const here = `state = 'active' and presence = 'online' and present_until > $2
  and (away_until is null or away_until <= $2)`;
const lock_there = statement(
  'members.lock_there',
  `select id from members where workspace_id = $1 and ${here} and role = any($3::text[])
   order by id limit 500 for update skip locked`,
);
const work_load = `(select count(*)::int from conversations c where c.workspace_id = $1
     and c.owner_kind = 'member' and c.owner_id = m.id and c.state = 'open')
   + (select count(*)::int from conversations c where c.workspace_id = $1 and c.offered_to = m.id)`;
const load = statement(
  'members.load',
  `select m.id, m.skills, m.languages, m.capacity, ${work_load} as open_conversations
   from members m where m.workspace_id = $1 and m.id = any($2::text[]) order by m.id`,
);
/** Who is there of some roles, with what they have to do, locked: two who look for somebody at once
 *  never give the last room twice. Whom another looks at, or who is just changing, is left out, so
 *  that nobody waits for them; what they have is counted after the lock, and so counts what was
 *  committed before it. */
export async function lockThere(tx: Tx, scope: Scope, roles: readonly Role[]): Promise<Person[]> {
  const values = [scope.workspace_id, tx.now, roles];
  const found = await tx.query<{ id: string }>(lock_there, values);
  if (!found.length) return [];
  return tx.query<Person>(load, [scope.workspace_id, found.map(({ id }) => id)]);
}

const there = statement(
  'members.there',
  `select m.id, m.skills, m.languages, m.capacity, ${work_load} as open_conversations
   from members m where m.workspace_id = $1 and ${here} and role = any($3::text[])
   order by m.id limit 500`,
);
/** Who is there of some roles, with what they have to do. */
export const membersThere = (tx: Tx, scope: Scope, roles: readonly Role[]) =>
  tx.query<Person>(there, [scope.workspace_id, tx.now, roles]);

const open_of = statement(
  'members.open_conversations',
  `select m.id, ${work_load} as count from members m
   where m.workspace_id = $1 and m.id = any($2::text[]) order by m.id`,
);
/** How many conversations members have, those offered to them among them. */
export const openConversationsOf = async (tx: Tx, scope: Scope, ids: string[]) =>
  new Map(
    (await tx.query<{ id: string; count: number }>(open_of, [scope.workspace_id, ids])).map(
      ({ id, count }) => [id, count],
    ),
  );

const drop_delegate = statement(
  'members.drop_delegate',
  'update members set delegate_to = null where workspace_id = $1 and delegate_to = $2',
);
/** Nobody delegates to this member any more. */
export const dropDelegate = (tx: Tx, scope: Scope, id: string) =>
  tx.write(drop_delegate, [scope.workspace_id, id]);

const work_of = statement(
  'members.work_of',
  `select id from cases where workspace_id = $1 and assigned_to = $2 and state = 'waiting'
   union select case_id from leases where workspace_id = $1 and rater = $2 order by id`,
);
/** The cases that a member holds or that are assigned to them. */
export const workOf = async (tx: Tx, scope: Scope, id: string) =>
  (await tx.query<{ id: string }>(work_of, [scope.workspace_id, id])).map((row) => row.id);

const list = statement(
  'members.list',
  `select ${columns} from members where workspace_id = $1 order by state, name, id limit 1000`,
);
export const listMembers = (tx: Tx, scope: Scope) =>
  tx.query<MemberRow>(list, [scope.workspace_id]);

const presences = statement(
  'members.presences',
  `select id, presence, present_until, away_until from members
   where workspace_id = $1 and id = any($2::text[])`,
);
export type PresenceRow = Pick<MemberRow, 'id' | 'presence' | 'present_until' | 'away_until'>;
/** What is known of where members are, by id. */
export async function presencesOf(tx: Tx, scope: Scope, ids: string[]) {
  if (!ids.length) return new Map<string, PresenceRow>();
  const rows = await tx.query<PresenceRow>(presences, [scope.workspace_id, ids]);
  return new Map(rows.map((row) => [row.id, row]));
}

const names = statement(
  'members.names',
  `select id, name from members where workspace_id = $1 and id = any($2::text[])
   union all select id, name from keys where workspace_id = $1 and id = any($2::text[]) order by id`,
);
/** The names of members and keys, by id. */
export async function namesOf(tx: Tx, scope: Scope, ids: string[]): Promise<Map<string, string>> {
  if (!ids.length) return new Map();
  const rows = await tx.query<{ id: string; name: string }>(names, [
    scope.workspace_id,
    [...new Set(ids)],
  ]);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
