-- Why: labels of a bad time, and starts that were fixed in one, held up a proof for ever. A proof is begun anew
-- where what was judged of late would prove it, with a part of delta of its own. What passed by a certificate
-- and what passed while errors were tracked are told apart.
-- Lock: gate_labels while the index is made, gate_tiers and gate_check_hours for a moment. Breaking: no.

alter table gate_tiers
  -- Which attempt at the proof it is; each has a part of delta fixed beforehand.
  add column attempt integer not null default 1,
  -- So many decisions there are when it is next asked whether to begin anew.
  add column anew_at integer not null default 0,
  -- The alarm after which it is proven anew.
  add column proves_since timestamptz,
  -- As it goes it will not be proven.
  add column unlikely boolean not null default false,
  -- Spot checks of what passed while errors were tracked.
  add column tracked_checks integer not null default 0,
  add column tracked_wrong integer not null default 0;
update gate_tiers t set proves_since = e.began_at from gate_epochs e
  where e.workspace_id = t.workspace_id and e.id = t.epoch_id and e.part is not null;

alter table gate_check_hours add column tracked boolean not null default false;
alter table gate_check_hours drop constraint gate_check_hours_pkey;
alter table gate_check_hours add primary key (workspace_id, epoch_id, tier, hour, tracked);

create index gate_labels_of_late on gate_labels (workspace_id, epoch_id, tier, output_id);
