-- Why: a guaranteed gate may go by whether people will agree, which it learns from their decisions. What it
-- learned is kept for each epoch as it is, with what it is worth.
-- Lock: gate_labels against writes while its index is made. Breaking: no.

create table gate_heads (
  workspace_id text not null,
  epoch_id text not null,
  model jsonb not null,
  figures jsonb not null,
  learned_at timestamptz not null,
  primary key (workspace_id, epoch_id)
);
alter table gate_heads enable row level security;
create policy workspace on gate_heads using (workspace_id = current_setting('wheelhouse.workspace', true)
  or current_setting('wheelhouse.workspace', true) = '*');
grant select, insert on gate_heads to wheelhouse_app;

create index gate_labels_to_learn on gate_labels (workspace_id, epoch_id) where phase = 'head';
