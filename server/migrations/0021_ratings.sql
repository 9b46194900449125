-- Why: at the end of a conversation its customer says whether they were helped.
-- Lock: none but on a table that is new. Breaking: no.

create table ratings (
  workspace_id text not null,
  conversation_id text not null,
  -- The end that it is of; a conversation that is opened again may end again.
  ended_at timestamptz not null,
  contact_id text not null,
  bot text not null,
  scale text not null,
  -- 1 to 5; of the scale of thumbs, 5 is up and 1 is down.
  score integer not null,
  comment text,
  -- Who spoke last to the customer before the end: 'bot' or 'member', and which.
  answered_kind text,
  answered_by text,
  at timestamptz not null,
  primary key (workspace_id, conversation_id, ended_at)
);
create index ratings_by_time on ratings (workspace_id, at, conversation_id);

alter table ratings enable row level security;
create policy workspace on ratings using (
  workspace_id = current_setting('wheelhouse.workspace', true)
  or current_setting('wheelhouse.workspace', true) = '*'
);
grant select, insert, update on ratings to wheelhouse_app;
