-- Why: people who decide what is right sooner than what is wrong must not prove a promise by that. What waits
-- for its label is counted beside the labels, so that a certificate can take it for wrong until then. What
-- waits now is counted here, once.
-- Lock: gate_tallies, while what waits is counted. Breaking: no.

alter table gate_tallies add column waiting integer not null default 0;

create temporary table score_steps on commit drop as
select array_agg(score::float8 order by score) as least from (
  select n * 0.01 as score from generate_series(0, 59) n
  union all select 0.6 + n * 0.005 from generate_series(0, 59) n
  union all select 0.9 + n * 0.002 from generate_series(0, 44) n
  union all select 0.99 + n * 0.0002 from generate_series(0, 44) n
  union all select 0.999 + n * 0.000025 from generate_series(0, 39) n) s;

insert into gate_tallies (workspace_id, epoch_id, tier, phase, bin, weight, wrong, n, waiting)
select o.workspace_id, o.promise->>'epoch_id', o.promise->>'tier', o.promise->>'phase',
  width_bucket((o.promise->>'score')::float8, score_steps.least) - 1, (o.promise->>'weight')::float8, 0, 0, count(*)
from score_steps, events e
join event_readers r on r.workspace_id = '*' and r.name = 'labels' and (e.xid, e.seq) <= (r.xid, r.seq)
join outputs o on o.workspace_id = e.workspace_id and o.id = e.subject and o.promise is not null
  and (o.verdict = 'hold' or o.spot_checked)
left join gate_labels l on l.workspace_id = o.workspace_id and l.output_id = o.id
where e.type = 'output.submitted' and l.output_id is null group by 1, 2, 3, 4, 5, 6
on conflict (workspace_id, epoch_id, tier, phase, bin, weight) do update set waiting = excluded.waiting;
