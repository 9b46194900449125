-- Why: reports of conversations: how long people were waited for and had the wheel, what was answered
-- without them, what became of drafts, which promises were broken; and what is overdue now.
-- Lock: conversations and events, while an index is built over the rows of each that it is for, of
-- which there are few. Breaking: no.

create index conversations_due on conversations (workspace_id, due_at)
  where state = 'open' and due_at is not null;
create index events_of_breaches on events (workspace_id, at) where type = 'conversation.breached';

-- A queue's or a member's time at the wheel, under one epoch: a wait for a person, or a person's work.
create table stints (
  workspace_id text not null,
  conversation_id text not null,
  epoch integer not null,
  owner_kind text not null,
  owner_id text not null,
  -- Where a person was waited for: the queue itself, or the one that a member took it from.
  queue text,
  bot text not null,
  reason text,
  began_at timestamptz not null,
  ended_at timestamptz,
  -- Who had it next (bot, queue, member), nobody_came or resolved; null while it lasts.
  ended text,
  primary key (workspace_id, conversation_id, epoch)
);
create index stints_by_time on stints (workspace_id, owner_kind, began_at);

-- From the first word of a conversation, or the first after it was resolved, until it is resolved.
create table episodes (
  workspace_id text not null,
  conversation_id text not null,
  number integer not null,
  bot text not null,
  began_at timestamptz not null,
  -- The customer's first word; the first answer to it; the first by a member after one was asked for.
  spoke_at timestamptz,
  replied_at timestamptz,
  person_replied_at timestamptz,
  -- When a person was first asked for, where and why; when a member first had the wheel.
  asked_at timestamptz,
  queue text,
  reason text,
  taken_at timestamptz,
  ended_at timestamptz,
  primary key (workspace_id, conversation_id, number)
);
create index episodes_by_time on episodes (workspace_id, began_at);

-- What people made of a bot's drafts. Counts alone: the words stand with the output.
create table drafts (
  workspace_id text not null,
  output_id text not null,
  conversation_id text not null,
  bot text not null,
  at timestamptz not null,
  -- as_it_stands, edited, replaced (rejected, so that a person answers), or not_sent (too late).
  became text not null,
  -- Words that were put in, taken out or put in another's place, and how many the draft had.
  distance integer,
  words integer,
  primary key (workspace_id, output_id)
);
create index drafts_by_time on drafts (workspace_id, at);

do $$
declare
  name text;
begin
  foreach name in array array['stints', 'episodes', 'drafts'] loop
    execute format('alter table %I enable row level security', name);
    execute format(
      'create policy workspace on %I using (workspace_id = current_setting(''wheelhouse.workspace'', true)'
      ' or current_setting(''wheelhouse.workspace'', true) = ''*'')', name);
    execute format('grant select, insert, update on %I to wheelhouse_app', name);
  end loop;
end $$;

-- Of conversations from before: their stints as the record has them, and one episode each.
insert into stints (workspace_id, conversation_id, epoch, owner_kind, owner_id, queue, bot, reason,
  began_at, ended_at, ended)
select workspace_id, subject, epoch, kind, owner_id,
  case kind when 'queue' then owner_id else was_id end, bot, reason, at, next_at, ended
from (
  select e.workspace_id, e.subject, (e.data->>'epoch')::int as epoch, e.data->'to'->>'kind' as kind,
    e.data->'to'->>'id' as owner_id, c.bot, e.data->>'reason' as reason, e.at,
    case when e.data->'from'->>'kind' = 'queue' then e.data->'from'->>'id' end as was_id,
    lead(e.at) over following as next_at,
    lead(case e.type when 'conversation.resolved' then 'resolved'
      when 'conversation.nobody_came' then 'nobody_came' else e.data->'to'->>'kind' end)
      over following as ended
  from events e
  join conversations c on c.workspace_id = e.workspace_id and c.id = e.subject
  where e.type like 'conversation.%' and e.data ? 'to' and e.data ? 'from' and e.data ? 'epoch'
  window following as (partition by e.workspace_id, e.subject order by (e.data->>'epoch')::int)) told
where kind <> 'bot';

insert into episodes (workspace_id, conversation_id, number, bot, began_at, spoke_at, replied_at,
  asked_at, queue, reason, taken_at, ended_at)
select c.workspace_id, c.id, 1, c.bot, c.created_at, c.created_at, c.first_reply_at, asked.began_at,
  asked.owner_id, asked.reason, taken.began_at, c.resolved_at
from conversations c
left join lateral (select began_at, owner_id, reason from stints s
  where s.workspace_id = c.workspace_id and s.conversation_id = c.id and s.owner_kind = 'queue'
  order by epoch limit 1) asked on true
left join lateral (select began_at from stints s
  where s.workspace_id = c.workspace_id and s.conversation_id = c.id and s.owner_kind = 'member'
  order by epoch limit 1) taken on true
where c.seq > 0;
