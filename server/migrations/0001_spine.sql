-- Why: the first whole loop: people, gates, outputs, cases, answers, resolutions, events, effects.
-- Lock: none that matters, every table is new. Breaking: no.
--
-- workspace_id leads every primary key, so the schema can be sharded by workspace. Row-level
-- security is the second lock; the first is that every store function takes a scope.

create table workspaces (
  id text primary key,
  name text not null,
  -- Ed25519 key pair (PKCS 8 and SPKI, base64) that signs this workspace's audit checkpoints.
  checkpoint_private_key text not null,
  checkpoint_public_key text not null,
  created_at timestamptz not null
);

create table queues (
  workspace_id text not null references workspaces (id),
  name text not null,
  title text not null,
  description text,
  created_at timestamptz not null,
  primary key (workspace_id, name)
);

create table gates (
  workspace_id text not null,
  name text not null,
  title text not null,
  description text,
  queue text not null,
  policy_version integer not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  updated_by text not null,
  primary key (workspace_id, name),
  foreign key (workspace_id, queue) references queues (workspace_id, name)
);

-- Never updated: outputs and approvals are bound to the version that judged them.
create table policy_versions (
  workspace_id text not null,
  gate text not null,
  version integer not null,
  definition jsonb not null,
  created_at timestamptz not null,
  created_by text not null,
  primary key (workspace_id, gate, version),
  foreign key (workspace_id, gate) references gates (workspace_id, name)
);

-- No foreign key on the hot tables below: rows are never deleted and names come from the gate row
-- read in the same transaction, while each key checked costs every submission a look-up.
create table outputs (
  workspace_id text not null,
  id text not null,
  gate text not null,
  policy_version integer not null,
  title text not null,
  input jsonb,
  content jsonb,
  confidence double precision,
  scores jsonb,
  model text,
  model_version text,
  groups jsonb,
  risk text,
  cost_usd double precision,
  action jsonb,
  action_hash text,
  verdict text not null,
  reasons jsonb not null,
  spot_check_probability double precision,
  spot_checked boolean not null,
  case_id text,
  conversation_id text,
  metadata jsonb,
  callback_url text,
  -- Random, kept with the content and erased with it, so that a digest in the log says nothing.
  salt text not null,
  created_by text not null,
  created_at timestamptz not null,
  deadline_at timestamptz,
  outcome jsonb,
  outcome_status text,
  outcome_at timestamptz,
  -- Set while a decision can still be undone; its effect leaves when this is past.
  undo_until timestamptz,
  settled boolean not null default false,
  claimed_at timestamptz,
  claimed_by text,
  primary key (workspace_id, id)
);
create index outputs_by_gate on outputs (workspace_id, gate, id desc);
create index outputs_by_time on outputs (workspace_id, created_at);
create index outputs_to_settle on outputs (undo_until) where undo_until is not null and not settled;

create table cases (
  workspace_id text not null,
  id text not null,
  kind text not null,
  state text not null,
  title text not null,
  queue text not null,
  gate text,
  policy_version integer,
  output_id text,
  -- Only for cases without an output: what is shown and asked, and by what quorum.
  parts jsonb,
  form jsonb,
  quorum jsonb,
  metadata jsonb,
  reasons jsonb not null,
  confidence double precision,
  risk text,
  priority integer not null,
  requested_by text not null,
  own_request_allowed boolean not null,
  assigned_to text,
  needs_role text not null,
  wanted integer not null,
  open_slots integer not null check (open_slots >= 0),
  adjudicating boolean not null default false,
  epoch integer not null default 0,
  lease_ms integer not null,
  created_at timestamptz not null,
  due_at timestamptz,
  rung integer not null default 0,
  next_at timestamptz,
  resolved_at timestamptz,
  outcome text,
  primary key (workspace_id, id)
);
-- The claim and the list read the head of one of these two. Free places are not part of them: a
-- claim then changes no indexed column and stays a heap-only update; held cases at the head are few.
create index cases_in_queue
  on cases (workspace_id, queue, priority desc, coalesce(due_at, 'infinity'::timestamptz), id)
  where state = 'waiting';
create index cases_in_any_queue
  on cases (workspace_id, priority desc, coalesce(due_at, 'infinity'::timestamptz), id)
  where state = 'waiting';
create index cases_by_age on cases (workspace_id, id) where state = 'waiting';
create index cases_resolved on cases (workspace_id, resolved_at desc, id desc) where state = 'resolved';
create index cases_by_output on cases (workspace_id, output_id) where output_id is not null;
create index cases_on_the_clock on cases (next_at) where state = 'waiting' and next_at is not null;

create table leases (
  workspace_id text not null,
  case_id text not null,
  rater text not null,
  epoch integer not null,
  expires_at timestamptz not null,
  primary key (workspace_id, case_id, rater)
);
create index leases_by_end on leases (expires_at);
create index leases_by_rater on leases (workspace_id, rater);

create table answers (
  workspace_id text not null,
  id text not null,
  case_id text not null,
  rater text not null,
  rater_kind text not null,
  role text not null,
  epoch integer not null,
  status text not null,
  "values" jsonb not null,
  note text,
  shown_suggestion boolean not null,
  spent_ms bigint not null,
  undone boolean not null default false,
  at timestamptz not null,
  primary key (workspace_id, id)
);
create index answers_by_case on answers (workspace_id, case_id, id);
create index answers_by_time on answers (workspace_id, at);
-- Rule C4, by constraint rather than by query.
create unique index answers_once on answers (workspace_id, case_id, rater)
  where status = 'submitted' and not undone;

create table resolutions (
  workspace_id text not null,
  id text not null,
  case_id text not null,
  kind text not null,
  outcome text not null,
  "values" jsonb,
  diff jsonb not null,
  agreed boolean,
  by jsonb not null,
  reason text,
  standing boolean not null,
  at timestamptz not null,
  primary key (workspace_id, id)
);
-- Rule C1, by constraint rather than by query.
create unique index resolutions_standing on resolutions (workspace_id, case_id) where standing;
create index resolutions_by_case on resolutions (workspace_id, case_id, id);
create index resolutions_by_time on resolutions (workspace_id, at) where standing;

create table notes (
  workspace_id text not null,
  id text not null,
  case_id text not null,
  text text not null,
  mentions jsonb not null,
  by text not null,
  at timestamptz not null,
  primary key (workspace_id, id)
);
create index notes_by_case on notes (workspace_id, case_id, id);
create index notes_mentions on notes using gin (mentions);

create table feedback (
  workspace_id text not null,
  id text not null,
  output_id text not null,
  feedback jsonb not null,
  by text not null,
  at timestamptz not null,
  primary key (workspace_id, id)
);
create index feedback_by_output on feedback (workspace_id, output_id, id);

-- Events in commit order: readers take only transactions below the snapshot's xmin, so a row that
-- commits late is never skipped and no counter makes writers queue.
create table events (
  workspace_id text not null,
  seq bigint generated always as identity,
  xid xid8 not null default pg_current_xact_id(),
  type text not null,
  subject text not null,
  actor text not null,
  actor_kind text not null,
  data jsonb not null,
  at timestamptz not null,
  primary key (workspace_id, seq)
);
create index events_in_order on events (xid, seq);
create index events_of_workspace on events (workspace_id, xid, seq);
create index events_by_subject on events (workspace_id, subject, seq);

-- The sealed log: leaf hashes in commit order, and signed tree heads (RFC 6962 hashing).
create table audit_leaves (
  workspace_id text not null,
  leaf bigint not null,
  seq bigint not null,
  hash bytea not null,
  primary key (workspace_id, leaf)
);
create unique index audit_leaves_by_event on audit_leaves (workspace_id, seq);
create table audit_checkpoints (
  workspace_id text not null,
  size bigint not null,
  root text not null,
  note text not null,
  at timestamptz not null,
  primary key (workspace_id, size)
);
create table audit_progress (
  workspace_id text not null primary key,
  xid xid8 not null,
  seq bigint not null,
  size bigint not null,
  -- Roots of the complete subtrees on the right edge, largest first: enough to append to.
  edge jsonb not null
);

create table webhooks (
  workspace_id text not null,
  id text not null,
  url text not null,
  description text,
  types jsonb not null,
  enabled boolean not null,
  disabled_reason text,
  secret text not null,
  previous_secret text,
  previous_until timestamptz,
  created_at timestamptz not null,
  created_by text not null,
  primary key (workspace_id, id)
);
-- What signs the callbacks of single outputs, which belong to no webhook.
create table callback_secrets (
  workspace_id text not null primary key,
  secret text not null,
  previous_secret text,
  previous_until timestamptz,
  created_at timestamptz not null
);
-- Whom deliveries call: a webhook by its id, callbacks by the origin of their address. Turns are
-- taken over these, so that one that hangs delays nobody else.
create table endpoints (
  workspace_id text not null,
  name text not null,
  -- Attempts that failed since the last that did not.
  failures integer not null default 0,
  used_at timestamptz not null,
  primary key (workspace_id, name)
);
-- What is sent is put together at the send, from the event and the output as they are: nothing of
-- their content is kept here, so erasing it there erases it.
create table deliveries (
  workspace_id text not null,
  id text not null,
  -- Null for the callback of an output.
  webhook_id text,
  endpoint text not null,
  url text not null,
  -- The event, by its place in the log.
  seq bigint not null,
  event_type text not null,
  subject text not null,
  state text not null,
  attempts jsonb not null default '[]',
  -- Failures in the present series; asking for it again begins a new one.
  tries integer not null default 0,
  -- While an attempt is under way: when it counts as lost.
  next_at timestamptz,
  locked_until timestamptz,
  epoch integer not null default 0,
  created_at timestamptz not null,
  primary key (workspace_id, id)
);
-- Rule D1, by constraint rather than by query.
create unique index deliveries_once on deliveries (workspace_id, seq, coalesce(webhook_id, ''));
create index deliveries_in_turn on deliveries (workspace_id, endpoint, next_at, id)
  where state = 'waiting';
create index deliveries_under_way on deliveries (workspace_id, endpoint, locked_until)
  where locked_until is not null;
create index deliveries_by_webhook on deliveries (workspace_id, webhook_id, id desc);
create index deliveries_dead on deliveries (workspace_id, id desc) where state = 'dead';
create index deliveries_ended on deliveries (created_at) where state <> 'waiting';

-- How far each reader of the event log has come (the webhook fan-out, and what comes later).
create table event_readers (
  workspace_id text not null,
  name text not null,
  xid xid8 not null,
  seq bigint not null,
  primary key (workspace_id, name)
);

create table idempotency (
  workspace_id text not null,
  principal text not null,
  key text not null,
  request text not null,
  status integer,
  response jsonb,
  at timestamptz not null,
  primary key (workspace_id, principal, key)
);
create index idempotency_by_time on idempotency (at);

create table members (
  workspace_id text not null references workspaces (id),
  id text not null,
  user_id text not null,
  name text not null,
  email text not null,
  role text not null,
  state text not null,
  away_until timestamptz,
  delegate_to text,
  created_at timestamptz not null,
  primary key (workspace_id, id)
);
create unique index members_by_user on members (workspace_id, user_id) where state = 'active';
create index members_of_user on members (user_id);

create table enrolments (
  workspace_id text not null references workspaces (id),
  id text not null,
  -- SHA-256 of the token in the link; the link itself is shown once.
  hash text not null,
  kind text not null,
  email text,
  role text not null,
  state text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  created_by text not null,
  primary key (workspace_id, id)
);
create unique index enrolments_by_hash on enrolments (hash);

create table keys (
  workspace_id text not null references workspaces (id),
  id text not null,
  name text not null,
  role text not null,
  scopes jsonb,
  hash text not null,
  prefix text not null,
  created_by text not null,
  created_at timestamptz not null,
  last_used_at timestamptz,
  expires_at timestamptz,
  revoked_at timestamptz,
  primary key (workspace_id, id)
);
create unique index keys_by_hash on keys (hash);

-- The program runs under a role that owns nothing, so row-level security binds it.
do $$ begin
  if not exists (select from pg_roles where rolname = 'wheelhouse_app') then
    create role wheelhouse_app nologin;
  end if;
exception when duplicate_object or unique_violation then null;
end $$;
do $$ begin
  execute format('grant wheelhouse_app to %I', current_user);
exception when insufficient_privilege then
  -- An admin may have granted it already, to a user who could not.
  if not pg_has_role(current_user, 'wheelhouse_app', 'member') then raise; end if;
end $$;
do $$ begin
  execute format('grant usage on schema public to wheelhouse_app');
end $$;

do $$
declare
  name text;
begin
  foreach name in array array[
    'queues', 'gates', 'policy_versions', 'outputs', 'cases', 'leases', 'answers', 'resolutions',
    'notes', 'feedback', 'events', 'audit_leaves', 'audit_checkpoints', 'audit_progress', 'webhooks',
    'callback_secrets', 'endpoints', 'deliveries', 'event_readers', 'idempotency', 'members', 'enrolments', 'keys'
  ] loop
    execute format('alter table %I enable row level security', name);
    execute format(
      'create policy workspace on %I using (workspace_id = current_setting(''wheelhouse.workspace'', true)'
      ' or current_setting(''wheelhouse.workspace'', true) = ''*'')', name);
    execute format('grant select, insert, update, delete on %I to wheelhouse_app', name);
  end loop;
end $$;
alter table workspaces enable row level security;
create policy workspace on workspaces using (
  id = current_setting('wheelhouse.workspace', true)
  or current_setting('wheelhouse.workspace', true) = '*');
grant select, insert, update on workspaces to wheelhouse_app;

-- What was said stays said: the program can add to these, never change or remove.
revoke update, delete on events, audit_leaves, audit_checkpoints, policy_versions, feedback from wheelhouse_app;
revoke delete on outputs, cases, answers, resolutions from wheelhouse_app;
