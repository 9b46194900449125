-- Why: what members make of suggested replies, as is kept of drafts; reports count it.
-- Lock: none but on a table that is new. Breaking: no.

-- Counts alone: the words stand with the message.
create table suggested_replies (
  workspace_id text not null,
  message_id text not null,
  conversation_id text not null,
  bot text not null,
  at timestamptz not null,
  -- The language model that had put it; null where it stood so in what the bot knows.
  written_by text,
  -- Words that were put in, taken out or put in another's place, and how many the suggestion had.
  distance integer not null,
  words integer not null,
  primary key (workspace_id, message_id)
);
create index suggested_replies_by_time on suggested_replies (workspace_id, at);

alter table suggested_replies enable row level security;
create policy workspace on suggested_replies using (
  workspace_id = current_setting('wheelhouse.workspace', true)
  or current_setting('wheelhouse.workspace', true) = '*'
);
grant select, insert, update on suggested_replies to wheelhouse_app;
