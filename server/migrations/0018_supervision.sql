-- Why: leads see who waits longest for an answer, and whisper to whoever has the wheel.
-- Lock: messages, for a moment, while a column is added that has no default; conversations, while an
-- index is built over the open ones that wait. Breaking: no.

-- The member whom a note is for alone; the customer sees neither it nor any other note.
alter table messages add column whisper_to text;

create index conversations_unanswered on conversations (workspace_id, waiting_since)
  where state = 'open' and waiting_since is not null;
