-- Why: people sign in. A user is a person with a password; a member is that person in one workspace.
-- Lock: enrolments and cases, for the moment it takes to add a column and a partial index on tables
-- that are new as well. Breaking: no.

-- A person over all workspaces, so there is no workspace_id: no workspace may see or count them.
create table users (
  id text not null primary key,
  -- Lower-case.
  email text not null,
  -- `scrypt$N$r$p$salt$key`, base64url.
  password_hash text not null,
  password_changed_at timestamptz not null,
  -- Where this person worked last, so that the next sign-in leads there.
  last_workspace_id text references workspaces (id),
  created_at timestamptz not null
);
create unique index users_by_email on users (email);

create table sessions (
  workspace_id text not null references workspaces (id),
  id text not null,
  -- SHA-256 of the cookie's token, so that a copy of the database signs nobody in.
  hash text not null,
  user_id text not null references users (id),
  member_id text not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  -- The earlier of two ends: a while after it was last seen, and a while after it was made.
  expires_at timestamptz not null,
  ip text,
  user_agent text,
  primary key (workspace_id, id)
);
create unique index sessions_by_hash on sessions (hash);
create index sessions_of_user on sessions (user_id);
create index sessions_of_member on sessions (workspace_id, member_id);
create index sessions_by_end on sessions (expires_at);

-- Tries to sign in that have not succeeded, of known and unknown addresses alike.
create table sign_in_failures (
  id bigint generated always as identity primary key,
  email_hash text not null,
  at timestamptz not null
);
create index sign_in_failures_by_email on sign_in_failures (email_hash, at);
create index sign_in_failures_by_time on sign_in_failures (at);

-- Which member came of an enrolment.
alter table enrolments add column member_id text;

create index cases_assigned on cases (workspace_id, assigned_to)
  where assigned_to is not null and state = 'waiting';

alter table sessions enable row level security;
create policy workspace on sessions using (
  workspace_id = current_setting('wheelhouse.workspace', true)
  or current_setting('wheelhouse.workspace', true) = '*');
grant select, insert, update, delete on sessions to wheelhouse_app;

-- These belong to no workspace, so a transaction of one workspace sees none of their rows.
do $$
declare
  name text;
begin
  foreach name in array array['users', 'sign_in_failures'] loop
    execute format('alter table %I enable row level security', name);
    execute format(
      'create policy no_workspace on %I using (current_setting(''wheelhouse.workspace'', true) = ''*'')',
      name);
  end loop;
end $$;
grant select, insert, update on users to wheelhouse_app;
grant select, insert, delete on sign_in_failures to wheelhouse_app;
