-- Why: a conversation is put aside until a time.
-- Lock: conversations, for a moment, while a column is added that has no default, and while an index is
-- built that begins empty. Breaking: no.

alter table conversations add column snoozed_until timestamptz;
create index conversations_snoozed on conversations (snoozed_until) where snoozed_until is not null;
