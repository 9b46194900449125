-- Why: an alarm that persists is a case for people. When one is to be asked about is known as it is raised.
-- Lock: gate_tiers, while its indexes are made. Breaking: no.

alter table gate_tiers
  -- When people are to be asked what to do about an alarm, if it is not proven again by then.
  add column ask_at timestamptz;
create index gate_tiers_to_ask on gate_tiers (ask_at) where ask_at is not null;
create index gate_tiers_asked on gate_tiers (alarm_case_id) where alarm_case_id is not null;
