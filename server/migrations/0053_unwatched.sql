-- Why: a promise whose spot checks nobody judges is not watched, which is said, asked about and in the end
-- holds what passes; and a version that nobody uses any more lapses.
-- Lock: gate_tiers for a moment, cases while the index is made. Breaking: no.

alter table gate_tiers
  -- Since when so many spot checks wait that they may hide an alarm, and how many waited at the last look.
  add column unwatched_at timestamptz,
  add column unwatched_checks integer not null default 0,
  -- They have waited for so long that nothing passes until they are judged.
  add column blind boolean not null default false,
  add column unwatched_case_id text;
create index gate_tiers_certified on gate_tiers (certificate_id)
  where ended_at is null and certificate_id is not null;
create index gate_tiers_tracked on gate_tiers (tracked) where ended_at is null and tracked is not null;
create index gate_tiers_unwatched on gate_tiers (unwatched_at) where unwatched_at is not null;
create index gate_tiers_unwatched_asked on gate_tiers (unwatched_case_id) where unwatched_case_id is not null;
create index cases_spot_checks on cases (workspace_id, gate, created_at)
  where kind = 'spot_check' and state = 'waiting';

-- When they were last used was not counted before 0050: nothing is taken for unused that may not be.
update gate_tiers set used_at = now() where used_at is null and ended_at is null;
