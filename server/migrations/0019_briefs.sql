-- Why: whoever takes over gets a brief of what the customer wants, named and was told.
-- Lock: none on what is there. Breaking: no.

create table briefs (
  workspace_id text not null,
  -- The hand-off that it was made for.
  output_id text not null,
  conversation_id text not null,
  brief jsonb not null,
  made_at timestamptz not null,
  -- When it is next to be completed; put off while a server does, null once it is whole.
  due_at timestamptz,
  primary key (workspace_id, output_id)
);
create index briefs_of_conversation on briefs (workspace_id, conversation_id, made_at);
create index briefs_due on briefs (due_at) where due_at is not null;

alter table briefs enable row level security;
create policy workspace on briefs using (workspace_id = current_setting('wheelhouse.workspace', true)
  or current_setting('wheelhouse.workspace', true) = '*');
grant select, insert, update, delete on briefs to wheelhouse_app;
