-- Why: how a guaranteed gate treats each group, and what another alpha would have done to the outputs of a
-- time, are told from counts that are kept as outputs and labels come, so that neither costs more as the
-- record grows. What came before is counted here, once.
-- Lock: none but its own tables. Breaking: a server before this counts nothing here; stop it first.

-- Outputs by what they say of themselves. The whole of an epoch stands under the empty attribute; `rest`
-- is what is told apart no more, because too many values or attributes came.
create table gate_groups (
  workspace_id text not null,
  epoch_id text not null,
  attribute text not null,
  value text not null,
  rest boolean not null,
  passed boolean not null,
  -- The chance of being judged, as it was logged with the verdict.
  probability double precision not null,
  n integer not null,
  labelled integer not null,
  wrong integer not null,
  primary key (workspace_id, epoch_id, attribute, value, rest, passed, probability)
);

-- Outputs by the day (UTC) that they came.
create table gate_days (
  workspace_id text not null,
  epoch_id text not null,
  day date not null,
  tier text not null,
  phase text not null,
  bin integer not null,
  weight double precision not null,
  passed boolean not null,
  probability double precision not null,
  n integer not null,
  labelled integer not null,
  wrong integer not null,
  primary key (workspace_id, epoch_id, day, tier, phase, bin, weight, passed, probability)
);

create temporary table counted on commit drop as
select o.workspace_id, o.promise, o.groups, o.verdict = 'pass' as passed,
  (o.created_at at time zone 'UTC')::date as day, e.xid, e.seq,
  (l.output_id is not null)::int as labelled, coalesce(l.wrong, false)::int as wrong
from events e
join event_readers r on r.workspace_id = '*' and r.name = 'labels' and (e.xid, e.seq) <= (r.xid, r.seq)
join outputs o on o.workspace_id = e.workspace_id and o.id = e.subject and o.promise is not null
left join gate_labels l on l.workspace_id = o.workspace_id and l.output_id = o.id
where e.type = 'output.submitted';

insert into gate_days
select workspace_id, promise->>'epoch_id', day, promise->>'tier', promise->>'phase',
  floor((promise->>'score')::float8 * 200 + 1e-9)::int - ((promise->>'score')::float8 >= 1)::int,
  (promise->>'weight')::float8, passed, (promise->>'inclusion_probability')::float8,
  count(*), sum(labelled), sum(wrong)
from counted group by 1, 2, 3, 4, 5, 6, 7, 8, 9;

-- The first 8 attributes of an epoch and the first 30 values of each are told apart.
with named as (
  select c.*, g.key as attribute, g.value from counted c cross join jsonb_each_text(c.groups) g),
attributes as (
  select workspace_id, promise->>'epoch_id' as epoch_id, attribute,
    row_number() over (partition by workspace_id, promise->>'epoch_id'
      order by min(array[xid::text::numeric, seq]), attribute) as place
  from named where attribute <> '' group by 1, 2, 3),
"values" as (
  select workspace_id, promise->>'epoch_id' as epoch_id, attribute, value,
    row_number() over (partition by workspace_id, promise->>'epoch_id', attribute
      order by min(array[xid::text::numeric, seq])) as place
  from named group by 1, 2, 3, 4),
placed as (
  select n.*, coalesce(a.place <= 8, false) as apart, coalesce(v.place <= 30, false) as value_apart
  from named n
  left join attributes a on a.workspace_id = n.workspace_id and a.epoch_id = n.promise->>'epoch_id'
    and a.attribute = n.attribute
  left join "values" v on v.workspace_id = n.workspace_id and v.epoch_id = n.promise->>'epoch_id'
    and v.attribute = n.attribute and v.value = n.value),
each as (
  select workspace_id, promise, passed, labelled, wrong, '' as attribute, '' as value, false as rest
  from counted
  union all
  select workspace_id, promise, passed, labelled, wrong, case when apart then attribute else '' end,
    case when apart and value_apart then value else '' end, not (apart and value_apart)
  from placed)
insert into gate_groups
select workspace_id, promise->>'epoch_id', attribute, value, rest, passed,
  (promise->>'inclusion_probability')::float8, count(*), sum(labelled), sum(wrong)
from each group by 1, 2, 3, 4, 5, 6, 7;

do $$
declare
  name text;
begin
  foreach name in array array['gate_groups', 'gate_days'] loop
    execute format('alter table %I enable row level security', name);
    execute format(
      'create policy workspace on %I using (workspace_id = current_setting(''wheelhouse.workspace'', true)'
      ' or current_setting(''wheelhouse.workspace'', true) = ''*'')', name);
    execute format('grant select, insert, update on %I to wheelhouse_app', name);
  end loop;
end $$;
