-- Why: what passes under a certificate is watched: its spot checks for errors, and the scores that come for
-- a change that needs no label to be seen. What watches is a few numbers a tier.
-- Lock: gate_tiers and gate_epochs, for a moment. Breaking: no.

alter table gate_tiers
  -- A score that came under or over it is told; fixed when the tier was first certified.
  add column monitor jsonb,
  add column monitor_cut double precision,
  -- An alarm that nobody has acted on yet.
  add column alarm_due boolean not null default false,
  -- The case that asks people to act on it.
  add column alarm_case_id text;

-- An id stands only in keys that lead to one row, so that no plan for an empty table goes by another.
drop index gate_epochs_by_gate;
create index gate_epochs_by_gate on gate_epochs (workspace_id, gate, began_at desc);
