-- Why: presence, capacity, skills and languages of members; to whom a waiting conversation is offered;
-- and customers who are to be called back.
-- Lock: members and conversations, for a moment, while columns are added that have constant defaults
-- or none, and while two indexes are built that begin empty. Breaking: no.

alter table members
  add column presence text not null default 'online',
  -- Until when a desk that showed signs of life counts as there.
  add column present_until timestamptz,
  add column capacity integer not null default 5,
  add column skills jsonb not null default '[]',
  add column languages jsonb not null default '[]';
create index members_present on members (present_until) where present_until is not null;

alter table conversations
  -- Whom its hand-off needs, and what became of looking for one.
  add column routing jsonb,
  -- Whose it is to take now; beside the rest, so that what someone has to do is counted by an index.
  add column offered_to text,
  -- The member who had the wheel last.
  add column last_member_id text,
  add column call_back jsonb;
create index conversations_offered on conversations (workspace_id, offered_to)
  where offered_to is not null;
