-- Why: a call that nobody decides on leaves its customer to a person, and can be decided on all the same;
-- so it is kept of a call whether its conversation was handed off over it.
-- Lock: calls, for a moment: a column whose default is constant rewrites nothing; then the rows of the
-- conversations in which a call waits, so that their clocks are looked at. Breaking: no.

alter table calls add column kept boolean not null default false;
update conversations c set clock_at = now()
  from outputs o
  where o.workspace_id = c.workspace_id and o.conversation_id = c.id and o.verdict = 'hold'
    and o.outcome is null and starts_with(o.created_by, 'bot:') and o.metadata->>'purpose' = 'call'
    and c.owner_kind = 'bot' and c.state = 'open';
