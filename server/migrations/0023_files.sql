-- Why: customers and members share files in a conversation.
-- Lock: none but on a table that is new. Breaking: no.

create table files (
  workspace_id text not null,
  id text not null,
  conversation_id text not null,
  message_id text not null,
  name text not null,
  media_type text not null,
  bytes integer not null,
  sha256 text not null,
  -- Null once it is erased.
  content bytea,
  made_by text not null,
  made_at timestamptz not null,
  erased_at timestamptz,
  primary key (workspace_id, id)
);
-- Pictures and sounds are packed already: the engine's own packing would only cost time.
alter table files alter column content set storage external;
create index files_of_conversation on files (workspace_id, conversation_id);

alter table files enable row level security;
create policy workspace on files using (
  workspace_id = current_setting('wheelhouse.workspace', true)
  or current_setting('wheelhouse.workspace', true) = '*'
);
grant select, insert, update on files to wheelhouse_app;
