-- Why: a customer is at home in several browsers, each with a token of its own, which ends; and a host
-- page vouches for who they are by a token that it signs with its bot's identity secret.
-- Lock: contacts, while the tokens move out of it. Breaking: yes, a token is looked for in its own table.

create table visitors (
  -- SHA-256 of the token that a browser holds.
  hash text not null primary key,
  workspace_id text not null,
  contact_id text not null,
  created_at timestamptz not null,
  -- When the host's word ends; null for who nobody vouches for.
  expires_at timestamptz
);
insert into visitors (hash, workspace_id, contact_id, created_at, expires_at)
  select visitor_hash, workspace_id, id, created_at, null from contacts
  where visitor_hash is not null;
drop index contacts_by_visitor;
alter table contacts drop column visitor_hash;

create table identity_secrets (
  workspace_id text not null,
  bot text not null,
  secret text not null,
  -- The one before it counts until then, so that hosts can change theirs without a gap.
  previous_secret text,
  previous_until timestamptz,
  made_at timestamptz not null,
  made_by text not null,
  primary key (workspace_id, bot)
);

do $$
declare
  name text;
begin
  foreach name in array array['visitors', 'identity_secrets'] loop
    execute format('alter table %I enable row level security', name);
    execute format(
      'create policy workspace on %I using (workspace_id = current_setting(''wheelhouse.workspace'', true)'
      ' or current_setting(''wheelhouse.workspace'', true) = ''*'')', name);
    execute format('grant select, insert, update, delete on %I to wheelhouse_app', name);
  end loop;
end $$;
