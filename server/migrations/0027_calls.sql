-- Why: a bot calls tools. Each call is begun once, under the epoch it was asked for in, and what came of
-- it is kept until the customer was told, over restarts; and each tool has a secret that signs its calls.
-- Lock: the rows of bots, which are few, for a moment. Breaking: no.

create table calls (
  workspace_id text not null,
  output_id text not null,
  conversation_id text not null,
  bot text not null,
  tool text not null,
  epoch integer not null,
  for_seq integer not null,
  -- waiting, begun; then done, failed, uncertain, refused or dropped.
  state text not null,
  tries integer not null,
  result jsonb not null,
  fault text,
  -- When it is next to be looked at: to be begun, given up, or told; null when nothing is left to do.
  next_at timestamptz,
  created_at timestamptz not null,
  primary key (workspace_id, output_id)
);
create index calls_due on calls (next_at) where next_at is not null;

create table tool_secrets (
  workspace_id text not null,
  bot text not null,
  tool text not null,
  -- Another address gets another secret.
  origin text not null,
  secret text not null,
  previous_secret text,
  previous_until timestamptz,
  primary key (workspace_id, bot, tool)
);

do $$
declare
  name text;
begin
  foreach name in array array['calls', 'tool_secrets'] loop
    execute format('alter table %I enable row level security', name);
    execute format(
      'create policy workspace on %I using (workspace_id = current_setting(''wheelhouse.workspace'', true)'
      ' or current_setting(''wheelhouse.workspace'', true) = ''*'')', name);
    execute format('grant select, insert, update on %I to wheelhouse_app', name);
  end loop;
end $$;

update bots set definition = definition || '{"tools": []}' where not definition ? 'tools';
