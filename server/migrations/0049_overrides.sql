-- Why: an admin may let more pass at a guaranteed gate than is certified, for a limited time. Who, until when
-- and why stands in the record; what passed by it is told apart and counted here as it comes.
-- Lock: none but its own table. Breaking: no.

create table gate_overrides (
  workspace_id text not null,
  id text not null,
  gate text not null,
  -- The tier that it is of; null for all.
  tier text,
  threshold double precision not null,
  until timestamptz not null,
  reason text not null,
  signed_by text not null,
  signed_at timestamptz not null,
  ended_at timestamptz,
  ended_by text,
  why_ended text,
  passed integer not null default 0,
  checks integer not null default 0,
  checks_wrong integer not null default 0,
  primary key (workspace_id, id)
);
create unique index gate_overrides_open on gate_overrides (workspace_id, gate) where ended_at is null;
create index gate_overrides_due on gate_overrides (until) where ended_at is null;

alter table gate_overrides enable row level security;
create policy workspace on gate_overrides using (workspace_id = current_setting('wheelhouse.workspace', true)
  or current_setting('wheelhouse.workspace', true) = '*');
grant select, insert, update on gate_overrides to wheelhouse_app;
