-- Why: an article that was made of a file or of an address is met again by where it came from, so that
-- what is sent or fetched again changes it rather than doubling it; and addresses are fetched one after
-- the other, over restarts.
-- Lock: articles, for a moment, while columns are added that have no default, and while an index is
-- built over those that have an origin, of which there are none. Breaking: no.

alter table articles
  -- The file, with the line's own key in it, or the address.
  add column origin text,
  -- SHA-256 of title and text as they came, so that what a person changed since is left alone.
  add column origin_hash text;
create unique index articles_by_origin on articles (workspace_id, bot, origin)
  where origin is not null;

create table crawls (
  workspace_id text not null,
  id text not null,
  bot text not null,
  state text not null,
  started_at timestamptz not null,
  started_by text not null,
  ended_at timestamptz,
  -- When its next address is due; put off while a server fetches one.
  due_at timestamptz,
  primary key (workspace_id, id)
);
create index crawls_due on crawls (due_at) where due_at is not null;
create index crawls_of_bot on crawls (workspace_id, bot, started_at desc, id desc);

create table crawl_pages (
  workspace_id text not null,
  crawl_id text not null,
  place integer not null,
  url text not null,
  result text,
  title text,
  article text,
  message text,
  at timestamptz,
  primary key (workspace_id, crawl_id, place)
);

do $$
declare
  name text;
begin
  foreach name in array array['crawls', 'crawl_pages'] loop
    execute format('alter table %I enable row level security', name);
    execute format(
      'create policy workspace on %I using (workspace_id = current_setting(''wheelhouse.workspace'', true)'
      ' or current_setting(''wheelhouse.workspace'', true) = ''*'')', name);
    execute format('grant select, insert, update on %I to wheelhouse_app', name);
  end loop;
end $$;
