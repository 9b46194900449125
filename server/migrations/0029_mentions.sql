-- Why: whoever a note in a conversation names finds the conversation among those that name them.
-- Lock: none but on a table that is new. Breaking: no.

create table mentions (
  workspace_id text not null,
  member_id text not null,
  conversation_id text not null,
  -- When they were named there last.
  at timestamptz not null,
  primary key (workspace_id, member_id, conversation_id)
);

alter table mentions enable row level security;
create policy workspace on mentions using (
  workspace_id = current_setting('wheelhouse.workspace', true)
  or current_setting('wheelhouse.workspace', true) = '*'
);
grant select, insert, update on mentions to wheelhouse_app;
