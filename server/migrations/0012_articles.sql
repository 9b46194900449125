-- Why: what a bot knows beside its intents: articles, which it answers from and cites.
-- Lock: none on what is there. Breaking: no.

create table articles (
  workspace_id text not null,
  bot text not null,
  name text not null,
  title text not null,
  url text,
  text text not null,
  language text,
  source text not null,
  state text not null,
  version integer not null,
  hash text not null,
  conversation_id text,
  updated_at timestamptz not null,
  updated_by text not null,
  primary key (workspace_id, bot, name)
);

alter table articles enable row level security;
create policy workspace on articles using (workspace_id = current_setting('wheelhouse.workspace', true)
  or current_setting('wheelhouse.workspace', true) = '*');
grant select, insert, update on articles to wheelhouse_app;
