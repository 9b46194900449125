-- Why: what was said, and to whom, is found by its words.
-- Lock: messages and contacts, against writes, while an index is built over each: on a million messages
-- about a minute. Breaking: no.

-- Each row's words with its workspace as one of them, so that one index finds a workspace's own alone.
create function words_of_message(workspace_id text, body jsonb) returns tsvector
language sql immutable parallel safe
return array_to_tsvector(array['ws ' || workspace_id]) || to_tsvector('simple'::regconfig,
  coalesce(body->>'text', '') || ' ' || coalesce(body->>'title', '') || ' ' ||
  coalesce(body->>'name', '') || ' ' || coalesce(body->>'alt', '') || ' ' ||
  coalesce(body->>'label', ''));

create function words_of_contact(workspace_id text, name text, email text, external_id text)
returns tsvector
language sql immutable parallel safe
return array_to_tsvector(array['ws ' || workspace_id]) || to_tsvector('simple'::regconfig,
  coalesce(name, '') || ' ' || coalesce(email, '') || ' ' || coalesce(external_id, ''));

create index messages_by_words on messages using gin (words_of_message(workspace_id, body))
  where author_kind <> 'system';
create index contacts_by_words on contacts
  using gin (words_of_contact(workspace_id, name, email, external_id));

-- Row-level security lets no index look for words before each row was judged, which would read a whole
-- workspace. These look past it, and say themselves whose rows they give: the workspace's that the
-- transaction is for, and of whispers those alone that concern the reader.
create function search_messages(words text, member text, leads boolean, most integer)
returns table (id text, conversation_id text, seq integer, author_kind text, author_name text,
  audience text, body jsonb, at timestamptz)
language plpgsql stable security definer set search_path = pg_catalog, public
as $$
declare
  ws text := current_setting('wheelhouse.workspace', true);
  wanted tsquery := to_tsquery('simple', words) && quote_literal('ws ' || ws)::tsquery;
begin
  return query
    with newest as materialized (
      select m.* from messages m
      where words_of_message(m.workspace_id, m.body) @@ wanted and m.author_kind <> 'system'
        and m.workspace_id = ws
        and (m.whisper_to is null or leads or m.whisper_to = member or m.author_id = member)
      order by m.at desc limit 200)
    select n.id, n.conversation_id, n.seq, n.author_kind, n.author_name, n.audience, n.body, n.at
    from newest n
    order by ts_rank(words_of_message(n.workspace_id, n.body), wanted) desc, n.at desc, n.id
    limit most;
end $$;

create function search_contacts(words text, most integer)
returns table (id text)
language plpgsql stable security definer set search_path = pg_catalog, public
as $$
declare
  ws text := current_setting('wheelhouse.workspace', true);
  wanted tsquery := to_tsquery('simple', words) && quote_literal('ws ' || ws)::tsquery;
begin
  return query
    select k.id from contacts k
    where words_of_contact(k.workspace_id, k.name, k.email, k.external_id) @@ wanted
      and k.workspace_id = ws
    order by k.seen_at desc, k.id limit most;
end $$;
