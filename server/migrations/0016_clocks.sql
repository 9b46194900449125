-- Why: what a waiting customer is owed as time goes by: to be told, and not to be forgotten by a member.
-- Lock: conversations, for a moment, while columns are added that have constant defaults or none, and
-- while two indexes are built that begin empty. Breaking: no.

alter table conversations
  -- Since when its owner has the wheel.
  add column owned_at timestamptz,
  -- What its clock did since then; with another owner it begins anew.
  add column clock jsonb not null default '{}',
  -- When its clock is next to be looked at; put off while a server does.
  add column clock_at timestamptz,
  -- The last wait for a person that ended with one: where, when, and how long it was.
  add column came_queue text,
  add column came_at timestamptz,
  add column came_after_ms bigint;
create index conversations_clocks on conversations (clock_at) where clock_at is not null;
create index conversations_came on conversations (workspace_id, came_queue, came_at)
  where came_at is not null;
