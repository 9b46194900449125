-- Why: an alarm of one tier ends that tier alone. It is learned anew in an epoch of its own, beside the one
-- that the others go on in.
-- Lock: gate_epochs, while its index is made anew. Breaking: yes, an older server finds no index by which it
-- could begin an epoch.

-- The one tier that an epoch is of; null where it is of all.
alter table gate_epochs add column part text;
drop index gate_epochs_open;
create unique index gate_epochs_open on gate_epochs (workspace_id, gate, key, part) nulls not distinct
  where ended_at is null;

-- Before its epoch did.
alter table gate_tiers add column ended_at timestamptz;
