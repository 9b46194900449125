-- Why: customers talk with a bot and with people: contacts, conversations, messages, bots.
-- Lock: outputs, while an index is built over those of a conversation, of which there were none that
-- the server made. Breaking: no.

create table contacts (
  workspace_id text not null,
  id text not null,
  -- The customer's id in the host's own system.
  external_id text,
  name text,
  email text,
  language text,
  attributes jsonb not null,
  verified boolean not null,
  -- SHA-256 of the token that a browser holds; a visitor who signs in at the host has a new one.
  visitor_hash text,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  primary key (workspace_id, id)
);
create unique index contacts_by_external_id on contacts (workspace_id, external_id)
  where external_id is not null;
create unique index contacts_by_visitor on contacts (visitor_hash) where visitor_hash is not null;

create table conversations (
  workspace_id text not null,
  id text not null,
  contact_id text not null,
  channel text not null,
  bot text not null,
  title text not null,
  state text not null,
  owner_kind text not null,
  owner_id text not null,
  epoch integer not null,
  seq integer not null,
  -- The customer's last message, and the one the bot owes an answer to.
  customer_seq integer,
  turn_seq integer,
  -- When the bot is next to look at what it owes; put off while a server works on it.
  turn_due_at timestamptz,
  hand_off_output_id text,
  hand_off_reason text,
  posture text,
  language text,
  priority integer not null,
  labels jsonb not null,
  waiting_since timestamptz,
  first_reply_at timestamptz,
  customer_read_seq integer not null,
  team_read_seq integer not null,
  resolved_at timestamptz,
  created_at timestamptz not null,
  active_at timestamptz not null,
  primary key (workspace_id, id)
) with (fillfactor = 70);
create index conversations_of_contact on conversations (workspace_id, contact_id, created_at);
create index conversations_by_owner on conversations (workspace_id, owner_kind, owner_id)
  where state = 'open';
create index conversations_by_activity on conversations (workspace_id, active_at desc);
create index conversations_owed on conversations (turn_due_at) where turn_due_at is not null;

-- Numbers are gapless: whoever adds a message holds the conversation's row.
create table messages (
  workspace_id text not null,
  conversation_id text not null,
  seq integer not null,
  id text not null,
  author_kind text not null,
  author_id text not null,
  author_name text,
  audience text not null,
  body jsonb not null,
  output_id text,
  approved_by text,
  citations jsonb not null,
  salt text not null,
  at timestamptz not null,
  primary key (workspace_id, conversation_id, seq)
);
create unique index messages_by_id on messages (workspace_id, id);

create index outputs_of_conversation on outputs (workspace_id, conversation_id, id)
  where conversation_id is not null;

create table bots (
  workspace_id text not null,
  name text not null,
  title text not null,
  version integer not null,
  definition jsonb not null,
  updated_at timestamptz not null,
  updated_by text not null,
  primary key (workspace_id, name)
);

do $$
declare
  name text;
begin
  foreach name in array array['contacts', 'conversations', 'messages', 'bots'] loop
    execute format('alter table %I enable row level security', name);
    execute format(
      'create policy workspace on %I using (workspace_id = current_setting(''wheelhouse.workspace'', true)'
      ' or current_setting(''wheelhouse.workspace'', true) = ''*'')', name);
    execute format('grant select, insert, update on %I to wheelhouse_app', name);
  end loop;
end $$;
