-- Why: who looks at a conversation and who types in it, for some seconds; replies kept for reuse.
-- Lock: none on tables that are in use. Breaking: no.

-- Who looks and types is over in seconds: a table that is empty after a crash has lost nothing, and
-- its heartbeats cost no write to the log.
create unlogged table looking (
  workspace_id text not null,
  conversation_id text not null,
  kind text not null,
  id text not null,
  at timestamptz not null,
  typing_at timestamptz,
  primary key (workspace_id, conversation_id, kind, id)
);
create index looking_by_time on looking (at);

create table canned_replies (
  workspace_id text not null,
  name text not null,
  title text not null,
  text text not null,
  updated_at timestamptz not null,
  updated_by text not null,
  primary key (workspace_id, name)
);

do $$
declare
  name text;
begin
  foreach name in array array['looking', 'canned_replies'] loop
    execute format('alter table %I enable row level security', name);
    execute format(
      'create policy workspace on %I using (workspace_id = current_setting(''wheelhouse.workspace'', true)'
      ' or current_setting(''wheelhouse.workspace'', true) = ''*'')', name);
    execute format('grant select, insert, update, delete on %I to wheelhouse_app', name);
  end loop;
end $$;
