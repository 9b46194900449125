-- Why: what spot checks found is shown over time, against the limit that they are held to. It is counted by
-- the hour in which each was judged first, so that its cost does not grow with the record, and what is taken
-- back is taken from that hour.
-- Lock: gate_labels, while the spot checks of the past are counted. Breaking: no; what a server without this
-- counts meanwhile is missing in the hours alone.

-- The hour that a spot check is counted in; null for what was held, and for what no hour has.
alter table gate_labels add column hour timestamptz;

create table gate_check_hours (
  workspace_id text not null,
  epoch_id text not null,
  tier text not null,
  hour timestamptz not null,
  n integer not null,
  wrong integer not null,
  primary key (workspace_id, epoch_id, tier, hour)
);
alter table gate_check_hours enable row level security;
create policy workspace on gate_check_hours
  using (workspace_id = current_setting('wheelhouse.workspace', true)
    or current_setting('wheelhouse.workspace', true) = '*');
grant select, insert, update on gate_check_hours to wheelhouse_app;

update gate_labels l set hour = date_trunc('hour', coalesce(r.at, c.created_at))
from outputs o
join cases c on c.workspace_id = o.workspace_id and c.id = o.case_id
left join resolutions r on r.workspace_id = c.workspace_id and r.case_id = c.id and r.standing
where l.spot_check and o.workspace_id = l.workspace_id and o.id = l.output_id;

insert into gate_check_hours (workspace_id, epoch_id, tier, hour, n, wrong)
select workspace_id, epoch_id, tier, hour, count(*), count(*) filter (where wrong)
from gate_labels where hour is not null group by 1, 2, 3, 4;
