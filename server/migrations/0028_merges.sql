-- Why: two conversations of one customer are merged, and two contacts who are one person are joined.
-- Lock: conversations, contacts and visitors, for a moment, while columns are added that have no default
-- and indexes are built that begin empty or are small. Breaking: no.

alter table conversations add column merged_into text;
create index conversations_merged on conversations (workspace_id, merged_into, created_at)
  where merged_into is not null;

alter table contacts add column merged_into text;
create index contacts_merged on contacts (workspace_id, merged_into) where merged_into is not null;
create index visitors_of_contact on visitors (workspace_id, contact_id);
