-- Why: what waits for its label counts as wrong, so that a queue that is never empty delayed a proof for ever.
-- A beginning of the record that is judged whole proves what it proves, whatever waits after it: labels are
-- counted by batches in the order in which their outputs came. Batch 0 is all that is counted together.
-- Lock: gate_tallies, while its key is made anew. Breaking: no.

alter table gate_tallies add column batch integer not null default 0;
alter table gate_tallies drop constraint gate_tallies_pkey;
alter table gate_tallies add primary key (workspace_id, epoch_id, tier, phase, batch, bin, weight);
grant delete on gate_tallies to wheelhouse_app;

create table gate_batches (
  workspace_id text not null,
  epoch_id text not null,
  tier text not null,
  batch integer not null,
  -- The place in the log of the first output of it; how many people were asked about before it, and in it.
  xid xid8 not null,
  seq bigint not null,
  before integer not null,
  asked integer not null,
  primary key (workspace_id, epoch_id, tier, batch)
);
alter table gate_batches enable row level security;
create policy workspace on gate_batches using (workspace_id = current_setting('wheelhouse.workspace', true)
  or current_setting('wheelhouse.workspace', true) = '*');
grant select, insert, update, delete on gate_batches to wheelhouse_app;
