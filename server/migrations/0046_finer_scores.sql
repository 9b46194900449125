-- Why: half of what a sure model says scores over .995, where a step of score was .005: no threshold lay
-- among them. Steps are .01 wide up to .6, .005 up to .9, .002 up to .99, .0002 up to .999 and .000025 from
-- there; what was counted by the old ones is counted again, and where to begin is told anew by the labels
-- that were set apart for that.
-- Lock: the tables of promises, while their labels and outputs are counted. Breaking: no.

create temporary table steps on commit drop as
select array_agg(score::float8 order by score) as least from (
  select n * 0.01 as score from generate_series(0, 59) n
  union all select 0.6 + n * 0.005 from generate_series(0, 59) n
  union all select 0.9 + n * 0.002 from generate_series(0, 44) n
  union all select 0.99 + n * 0.0002 from generate_series(0, 44) n
  union all select 0.999 + n * 0.000025 from generate_series(0, 39) n) s;

update gate_labels l set bin = width_bucket((o.promise->>'score')::float8, steps.least) - 1
from outputs o, steps where o.workspace_id = l.workspace_id and o.id = l.output_id;

delete from gate_tallies;
insert into gate_tallies (workspace_id, epoch_id, tier, phase, bin, weight, wrong, n)
select workspace_id, epoch_id, tier, phase, bin, weight, count(*) filter (where wrong), count(*)
from gate_labels group by 1, 2, 3, 4, 5, 6;

delete from gate_days;
insert into gate_days
select o.workspace_id, o.promise->>'epoch_id', (o.created_at at time zone 'UTC')::date,
  o.promise->>'tier', o.promise->>'phase',
  width_bucket((o.promise->>'score')::float8, steps.least) - 1,
  (o.promise->>'weight')::float8, o.verdict = 'pass', (o.promise->>'inclusion_probability')::float8,
  count(*), count(l.output_id), count(*) filter (where l.wrong)
from steps, events e
join event_readers r on r.workspace_id = '*' and r.name = 'labels' and (e.xid, e.seq) <= (r.xid, r.seq)
join outputs o on o.workspace_id = e.workspace_id and o.id = e.subject and o.promise is not null
left join gate_labels l on l.workspace_id = o.workspace_id and l.output_id = o.id
where e.type = 'output.submitted' group by 1, 2, 3, 4, 5, 6, 7, 8, 9;

update gate_tiers set starts = null, proven = '[]', stale_at = coalesce(stale_at, now())
where starts is not null;
