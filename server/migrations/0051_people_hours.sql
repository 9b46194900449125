-- Why: a guaranteed gate may have a budget of people's hours a day. How long people work is counted by the
-- hour as they decide; once a day's hours are spent, what is held rests until the next.
-- Lock: none but its own tables. Breaking: no; an older server offers what rests.

create table gate_work (
  workspace_id text not null,
  gate text not null,
  hour timestamptz not null,
  decisions integer not null,
  -- Those that say how long they took, and how long, each cut at ten minutes.
  timed integer not null,
  spent_ms bigint not null,
  primary key (workspace_id, gate, hour)
);

create table gate_rests (
  workspace_id text not null,
  gate text not null,
  until timestamptz not null,
  primary key (workspace_id, gate)
);

do $$
declare
  name text;
begin
  foreach name in array array['gate_work', 'gate_rests'] loop
    execute format('alter table %I enable row level security', name);
    execute format(
      'create policy workspace on %I using (workspace_id = current_setting(''wheelhouse.workspace'', true)'
      ' or current_setting(''wheelhouse.workspace'', true) = ''*'')', name);
    execute format('grant select, insert, update on %I to wheelhouse_app', name);
  end loop;
end $$;
