-- Why: a conversation, and everything kept of a contact, can be erased while the record still verifies.
-- Lock: conversations, contacts, idempotency, messages and the other tables named below, for the moment
-- that a column or a setting takes; articles, while an index is built over those that came from a
-- conversation. Kept answers that name a conversation are found once, by
-- reading those of thirty days. Breaking: no.

alter table conversations add column erased_at timestamptz;
alter table contacts add column erased_at timestamptz;

create index articles_of_conversation on articles (workspace_id, conversation_id)
  where conversation_id is not null;

-- A candidate that was taken from what was said goes with it.
grant delete on articles to wheelhouse_app;

-- Answers that were kept before know only the outputs and cases that they speak of.
update idempotency set subjects = array(
  select distinct found[1] from regexp_matches(response::text,
    '\m((?:out|case|conv|con|file)_[0-9a-hjkmnp-tv-z]{26})\M', 'g') found)
where response::text ~ '\m(?:conv|con|file)_[0-9a-hjkmnp-tv-z]{26}\M';

-- The planner's statistics keep samples of a column's values, which would outlive an erasure. No plan
-- needs any of these.
do $$
declare
  place text;
begin
  foreach place in array array[
    'messages.body', 'messages.author_name', 'messages.citations', 'messages.salt',
    'conversations.title', 'conversations.labels', 'conversations.call_back',
    'conversations.routing', 'conversations.streaming', 'contacts.external_id', 'contacts.name',
    'contacts.email', 'contacts.language', 'contacts.attributes', 'briefs.brief', 'files.name',
    'files.sha256', 'files.content', 'ratings.comment', 'articles.title', 'articles.text',
    'articles.hash', 'calls.result', 'calls.fault'
  ] loop
    execute format('alter table %I alter column %I set statistics 0',
      split_part(place, '.', 1), split_part(place, '.', 2));
  end loop;
end $$;
-- The same of what is found by its words.
alter index messages_by_words alter column 1 set statistics 0;
alter index contacts_by_words alter column 1 set statistics 0;
