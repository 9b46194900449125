-- Why: a reply of a bot is seen while it is being written; what was seen of one that broke off stands.
-- Lock: conversations and messages, for a moment; nothing is rewritten. Breaking: no.

alter table conversations add column streaming jsonb;
alter table messages add column cut boolean not null default false;
