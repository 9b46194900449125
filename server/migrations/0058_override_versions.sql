-- Why: an override holds for the versions that were in use when it was signed: whoever signs knows of no
-- other. Those in force keep the versions that are in use now.
-- Lock: its own table for a moment. Breaking: no.

alter table gate_overrides add column keys text[] not null default '{}';

update gate_overrides v set keys = array(
  select distinct e.key from gate_epochs e
  where e.workspace_id = v.workspace_id and e.gate = v.gate and e.ended_at is null)
where v.ended_at is null;
