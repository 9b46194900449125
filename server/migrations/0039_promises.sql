-- Why: a guaranteed gate proves its promise from the labels of daily work. What its verdicts were made by
-- is kept with each output; labels become tallies, tallies become certificates, and what happened is kept
-- by the hour, so that neither costs more as the record grows.
-- Lock: outputs, for a moment: columns without a default rewrite nothing. Breaking: no.

alter table outputs add column prompt_version text, add column population text, add column promise jsonb;

-- One version of model, prompt, population and promise. A certificate belongs to one of them.
create table gate_epochs (
  workspace_id text not null,
  id text not null,
  gate text not null,
  -- A digest of all that it is a version of.
  key text not null,
  -- And of the promise alone: those of another end when the gate is changed.
  promise_key text not null,
  model text,
  model_version text,
  prompt_version text,
  population text,
  -- alpha, delta, tiers and label noise, as they were promised.
  terms jsonb not null,
  began_at timestamptz not null,
  ended_at timestamptz,
  why_ended text,
  primary key (workspace_id, id)
);
create unique index gate_epochs_open on gate_epochs (workspace_id, gate, key) where ended_at is null;
create index gate_epochs_by_gate on gate_epochs (workspace_id, gate, began_at desc, id desc);

create table gate_tiers (
  workspace_id text not null,
  epoch_id text not null,
  tier text not null,
  alpha double precision not null,
  delta double precision not null,
  -- Bins to walk from; null while labels are gathered that tell which.
  starts jsonb,
  -- Bins proven so far.
  proven jsonb not null default '[]',
  labelled integer not null default 0,
  wrong integer not null default 0,
  unjudged integer not null default 0,
  needed integer not null,
  threshold double precision,
  certificate_id text,
  -- A share of spot checks above the policy's own, after a warning or an alarm.
  raised_check double precision,
  checks integer not null default 0,
  checks_wrong integer not null default 0,
  detector jsonb,
  alarmed_at timestamptz,
  warned_at timestamptz,
  -- Since when there are labels that were not looked at; and whether any was taken back.
  stale_at timestamptz,
  retracted boolean not null default false,
  primary key (workspace_id, epoch_id, tier)
);
create index gate_tiers_stale on gate_tiers (stale_at) where stale_at is not null;

-- What was counted of each output, so that it can be taken back.
create table gate_labels (
  workspace_id text not null,
  output_id text not null,
  epoch_id text not null,
  tier text not null,
  phase text not null,
  bin integer not null,
  weight double precision not null,
  spot_check boolean not null,
  wrong boolean not null,
  unjudged boolean not null,
  primary key (workspace_id, output_id)
);

create table gate_tallies (
  workspace_id text not null,
  epoch_id text not null,
  tier text not null,
  phase text not null,
  bin integer not null,
  weight double precision not null,
  wrong integer not null,
  n integer not null,
  primary key (workspace_id, epoch_id, tier, phase, bin, weight)
);

create table gate_hours (
  workspace_id text not null,
  gate text not null,
  hour timestamptz not null,
  epoch_id text not null,
  tier text not null,
  bin integer not null,
  passed integer not null,
  held integer not null,
  checked integer not null,
  primary key (workspace_id, gate, hour, epoch_id, tier, bin)
);

create table certificates (
  workspace_id text not null,
  id text not null,
  gate text not null,
  epoch_id text not null,
  tier text not null,
  threshold double precision not null,
  alpha double precision not null,
  delta double precision not null,
  labelled integer not null,
  wrong integer not null,
  e_value double precision not null,
  issued_at timestamptz not null,
  ended_at timestamptz,
  why_ended text,
  primary key (workspace_id, id)
);
create index certificates_by_gate on certificates (workspace_id, gate, id desc);
create index certificates_live on certificates (workspace_id, epoch_id, tier) where ended_at is null;

do $$
declare
  name text;
begin
  foreach name in array array[
    'gate_epochs', 'gate_tiers', 'gate_labels', 'gate_tallies', 'gate_hours', 'certificates'
  ] loop
    execute format('alter table %I enable row level security', name);
    execute format(
      'create policy workspace on %I using (workspace_id = current_setting(''wheelhouse.workspace'', true)'
      ' or current_setting(''wheelhouse.workspace'', true) = ''*'')', name);
    execute format('grant select, insert, update on %I to wheelhouse_app', name);
  end loop;
end $$;
grant delete on gate_labels to wheelhouse_app;
