-- Why: of a share of a bot's answers its customer is asked which of two is better; what they choose is
-- what one trains on, and at which place each stood says how far the place had a part in it.
-- Lock: none but on a table that is new. Breaking: no.

create table preferences (
  workspace_id text not null,
  -- The answer that the bot would have given; it is one of the two.
  output_id text not null,
  conversation_id text not null,
  contact_id text not null,
  bot text not null,
  -- Under which it was asked, and for which message: a question of an older one is over.
  epoch integer not null,
  for_seq integer not null,
  -- The two outputs, by the place at which each stood.
  first text not null,
  second text not null,
  asked_at timestamptz not null,
  -- 'first' or 'second'; null while nothing is chosen, which may be for good.
  chosen_side text,
  chosen_at timestamptz,
  primary key (workspace_id, output_id)
);
create index preferences_of_conversation on preferences (workspace_id, conversation_id, asked_at, output_id);
create index preferences_by_time on preferences (workspace_id, asked_at, output_id);

alter table preferences enable row level security;
create policy workspace on preferences using (
  workspace_id = current_setting('wheelhouse.workspace', true)
  or current_setting('wheelhouse.workspace', true) = '*'
);
grant select, insert, update on preferences to wheelhouse_app;
