-- Why: what customers are promised: a first reply, a next reply and a resolution within so long.
-- Lock: bots and conversations, for a moment, while columns are added that have constant defaults or
-- none, and while two indexes are built, of which one begins empty. Breaking: no.

-- What every act on a conversation needs of its bot, beside the definition, which may be large.
alter table bots add column promised jsonb;
alter table conversations
  -- How it stands against that.
  add column timing jsonb not null default '{}',
  -- The earliest of what is due, and when a promise is next broken that is not on record.
  add column due_at timestamptz,
  add column breach_at timestamptz;
create index conversations_breaches on conversations (breach_at) where breach_at is not null;
-- What is most urgent first, as cases are.
create index conversations_by_urgency on conversations (workspace_id, priority desc,
  (coalesce(due_at, 'infinity')), (coalesce(waiting_since, active_at)), id) where state = 'open';
