-- The schema as the migrations leave it, read back from the catalog, for people to read and for a test
-- to hold against the database. Nothing runs this file; a change is a new migration.

grant usage on schema public to wheelhouse_app;

CREATE OR REPLACE FUNCTION public.by_twos(said text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN regexp_replace(said, '([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fff\u3005-\u3007\u3040-\u30fa\u30fc-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]{1,2})'::text, ' \1 '::text, 'g'::text)
;
CREATE OR REPLACE FUNCTION public.in_pairs(said text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN (said !~ '[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fff\u3005-\u3007\u3040-\u30fa\u30fc-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]'::text) THEN said ELSE (by_twos(said) || by_twos(regexp_replace(regexp_replace(said, '[^\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fff\u3005-\u3007\u3040-\u30fa\u30fc-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+'::text, ' '::text, 'g'::text), '(^| ).'::text, ' '::text, 'g'::text))) END
;
CREATE OR REPLACE FUNCTION public.search_contacts(words text, most integer)
 RETURNS TABLE(id text)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
declare
  ws text := current_setting('wheelhouse.workspace', true);
  wanted tsquery := to_tsquery('simple', words) && quote_literal('ws ' || ws)::tsquery;
begin
  return query
    select k.id from contacts k
    where words_of_contact(k.workspace_id, k.name, k.email, k.external_id) @@ wanted
      and k.workspace_id = ws
    order by k.seen_at desc, k.id limit most;
end $function$
;
CREATE OR REPLACE FUNCTION public.search_messages(words text, member text, leads boolean, most integer)
 RETURNS TABLE(id text, conversation_id text, seq integer, author_kind text, author_name text, audience text, body jsonb, at timestamp with time zone)
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
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
end $function$
;
CREATE OR REPLACE FUNCTION public.words_of(said text)
 RETURNS tsvector
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN to_tsvector('simple'::regconfig, translate(in_pairs(regexp_replace(NORMALIZE(said, NFKC), '[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102b-\u103e\u1056-\u1059\u17b4-\u17d3\u17dd]'::text, ''::text, 'g'::text)), '!"#$%&''()*+,-./:;<=>?@[\]^_`{|}~'::text, repeat(' '::text, 32)))
;
CREATE OR REPLACE FUNCTION public.words_of_contact(workspace_id text, name text, email text, external_id text)
 RETURNS tsvector
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN (array_to_tsvector(ARRAY[('ws '::text || workspace_id)]) || words_of(((((COALESCE(name, ''::text) || ' '::text) || COALESCE(email, ''::text)) || ' '::text) || COALESCE(external_id, ''::text))))
;
CREATE OR REPLACE FUNCTION public.words_of_message(workspace_id text, body jsonb)
 RETURNS tsvector
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN (array_to_tsvector(ARRAY[('ws '::text || workspace_id)]) || words_of(((((((((COALESCE((body ->> 'text'::text), ''::text) || ' '::text) || COALESCE((body ->> 'title'::text), ''::text)) || ' '::text) || COALESCE((body ->> 'name'::text), ''::text)) || ' '::text) || COALESCE((body ->> 'alt'::text), ''::text)) || ' '::text) || COALESCE((body ->> 'label'::text), ''::text))))
;

create table answers (
  workspace_id text not null,
  id text not null,
  case_id text not null,
  rater text not null,
  rater_kind text not null,
  role text not null,
  epoch integer not null,
  status text not null,
  values jsonb not null,
  note text,
  shown_suggestion boolean not null,
  spent_ms bigint not null,
  undone boolean default false not null,
  at timestamp with time zone not null,
  constraint answers_pkey PRIMARY KEY (workspace_id, id)
);
alter table answers alter column values set statistics 0;
alter table answers alter column note set statistics 0;
CREATE INDEX answers_by_case ON public.answers USING btree (workspace_id, case_id, id);
CREATE INDEX answers_by_time ON public.answers USING btree (workspace_id, at);
CREATE UNIQUE INDEX answers_once ON public.answers USING btree (workspace_id, case_id, rater) WHERE ((status = 'submitted'::text) AND (NOT undone));
alter table answers enable row level security;
create policy workspace on answers as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant insert, select, update on answers to wheelhouse_app;

create table articles (
  workspace_id text not null,
  bot text not null,
  name text not null,
  title text not null,
  url text,
  text text not null,
  language text,
  source text not null,
  state text not null,
  version integer not null,
  hash text not null,
  conversation_id text,
  updated_at timestamp with time zone not null,
  updated_by text not null,
  origin text,
  origin_hash text,
  constraint articles_pkey PRIMARY KEY (workspace_id, bot, name)
);
alter table articles alter column title set statistics 0;
alter table articles alter column text set statistics 0;
alter table articles alter column hash set statistics 0;
CREATE UNIQUE INDEX articles_by_origin ON public.articles USING btree (workspace_id, bot, origin) WHERE (origin IS NOT NULL);
CREATE INDEX articles_of_conversation ON public.articles USING btree (workspace_id, conversation_id) WHERE (conversation_id IS NOT NULL);
alter table articles enable row level security;
create policy workspace on articles as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant delete, insert, select, update on articles to wheelhouse_app;

create table audit_checkpoints (
  workspace_id text not null,
  size bigint not null,
  root text not null,
  note text not null,
  at timestamp with time zone not null,
  constraint audit_checkpoints_pkey PRIMARY KEY (workspace_id, size)
);
alter table audit_checkpoints enable row level security;
create policy workspace on audit_checkpoints as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant insert, select on audit_checkpoints to wheelhouse_app;

create table audit_leaves (
  workspace_id text not null,
  leaf bigint not null,
  seq bigint not null,
  hash bytea not null,
  constraint audit_leaves_pkey PRIMARY KEY (workspace_id, leaf)
);
CREATE UNIQUE INDEX audit_leaves_by_event ON public.audit_leaves USING btree (workspace_id, seq);
alter table audit_leaves enable row level security;
create policy workspace on audit_leaves as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant insert, select on audit_leaves to wheelhouse_app;

create table audit_progress (
  workspace_id text not null,
  xid xid8 not null,
  seq bigint not null,
  size bigint not null,
  edge jsonb not null,
  constraint audit_progress_pkey PRIMARY KEY (workspace_id)
);
alter table audit_progress enable row level security;
create policy workspace on audit_progress as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant delete, insert, select, update on audit_progress to wheelhouse_app;

create table bots (
  workspace_id text not null,
  name text not null,
  title text not null,
  version integer not null,
  definition jsonb not null,
  updated_at timestamp with time zone not null,
  updated_by text not null,
  stopped_at timestamp with time zone,
  stopped_by text,
  promised jsonb,
  constraint bots_pkey PRIMARY KEY (workspace_id, name)
);
alter table bots enable row level security;
create policy workspace on bots as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant insert, select, update on bots to wheelhouse_app;

create table briefs (
  workspace_id text not null,
  output_id text not null,
  conversation_id text not null,
  brief jsonb not null,
  made_at timestamp with time zone not null,
  due_at timestamp with time zone,
  constraint briefs_pkey PRIMARY KEY (workspace_id, output_id)
);
alter table briefs alter column brief set statistics 0;
CREATE INDEX briefs_due ON public.briefs USING btree (due_at) WHERE (due_at IS NOT NULL);
CREATE INDEX briefs_of_conversation ON public.briefs USING btree (workspace_id, conversation_id, made_at);
alter table briefs enable row level security;
create policy workspace on briefs as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant delete, insert, select, update on briefs to wheelhouse_app;

create table callback_secrets (
  workspace_id text not null,
  secret text not null,
  previous_secret text,
  previous_until timestamp with time zone,
  created_at timestamp with time zone not null,
  constraint callback_secrets_pkey PRIMARY KEY (workspace_id)
);
alter table callback_secrets enable row level security;
create policy workspace on callback_secrets as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant delete, insert, select, update on callback_secrets to wheelhouse_app;

create table calls (
  workspace_id text not null,
  output_id text not null,
  conversation_id text not null,
  bot text not null,
  tool text not null,
  epoch integer not null,
  for_seq integer not null,
  state text not null,
  tries integer not null,
  result jsonb not null,
  fault text,
  next_at timestamp with time zone,
  created_at timestamp with time zone not null,
  kept boolean default false not null,
  constraint calls_pkey PRIMARY KEY (workspace_id, output_id)
);
alter table calls alter column result set statistics 0;
alter table calls alter column fault set statistics 0;
CREATE INDEX calls_due ON public.calls USING btree (next_at) WHERE (next_at IS NOT NULL);
alter table calls enable row level security;
create policy workspace on calls as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant insert, select, update on calls to wheelhouse_app;

create table canned_replies (
  workspace_id text not null,
  name text not null,
  title text not null,
  text text not null,
  updated_at timestamp with time zone not null,
  updated_by text not null,
  constraint canned_replies_pkey PRIMARY KEY (workspace_id, name)
);
alter table canned_replies enable row level security;
create policy workspace on canned_replies as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant delete, insert, select, update on canned_replies to wheelhouse_app;

create table cases (
  workspace_id text not null,
  id text not null,
  kind text not null,
  state text not null,
  title text not null,
  queue text not null,
  gate text,
  policy_version integer,
  output_id text,
  parts jsonb,
  form jsonb,
  quorum jsonb,
  metadata jsonb,
  reasons jsonb not null,
  confidence double precision,
  risk text,
  priority integer not null,
  requested_by text not null,
  own_request_allowed boolean not null,
  assigned_to text,
  needs_role text not null,
  wanted integer not null,
  open_slots integer not null,
  adjudicating boolean default false not null,
  epoch integer default 0 not null,
  lease_ms integer not null,
  created_at timestamp with time zone not null,
  due_at timestamp with time zone,
  rung integer default 0 not null,
  next_at timestamp with time zone,
  resolved_at timestamp with time zone,
  outcome text,
  salt text,
  erased_at timestamp with time zone,
  place_role text,
  narrowed boolean default false not null,
  stranded_at timestamp with time zone,
  constraint cases_pkey PRIMARY KEY (workspace_id, id),
  constraint cases_open_slots_check CHECK ((open_slots >= 0))
);
alter table cases alter column title set statistics 0;
alter table cases alter column parts set statistics 0;
alter table cases alter column form set statistics 0;
alter table cases alter column metadata set statistics 0;
alter table cases alter column reasons set statistics 0;
alter table cases alter column salt set statistics 0;
CREATE INDEX cases_assigned ON public.cases USING btree (workspace_id, assigned_to) WHERE ((assigned_to IS NOT NULL) AND (state = 'waiting'::text));
CREATE INDEX cases_by_age ON public.cases USING btree (workspace_id, created_at) WHERE (state = 'waiting'::text);
CREATE INDEX cases_by_output ON public.cases USING btree (workspace_id, output_id) WHERE (output_id IS NOT NULL);
CREATE INDEX cases_in_any_queue ON public.cases USING btree (workspace_id, priority DESC, COALESCE(due_at, 'infinity'::timestamp with time zone), created_at, id) WHERE (state = 'waiting'::text);
CREATE INDEX cases_in_queue ON public.cases USING btree (workspace_id, queue, priority DESC, COALESCE(due_at, 'infinity'::timestamp with time zone), created_at, id) WHERE (state = 'waiting'::text);
CREATE INDEX cases_narrowed ON public.cases USING btree (workspace_id, id) WHERE ((state = 'waiting'::text) AND narrowed);
CREATE INDEX cases_on_the_clock ON public.cases USING btree (next_at) WHERE ((state = 'waiting'::text) AND (next_at IS NOT NULL));
CREATE INDEX cases_resolved ON public.cases USING btree (workspace_id, resolved_at DESC) WHERE (state = 'resolved'::text);
CREATE INDEX cases_spot_checks ON public.cases USING btree (workspace_id, gate, created_at) WHERE ((kind = 'spot_check'::text) AND (state = 'waiting'::text));
CREATE INDEX cases_stranded ON public.cases USING btree (workspace_id, stranded_at) WHERE ((state = 'waiting'::text) AND (stranded_at IS NOT NULL));
alter table cases enable row level security;
create policy workspace on cases as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant insert, select, update on cases to wheelhouse_app;

create table certificates (
  workspace_id text not null,
  id text not null,
  gate text not null,
  epoch_id text not null,
  tier text not null,
  threshold double precision not null,
  alpha double precision not null,
  delta double precision not null,
  labelled integer not null,
  wrong integer not null,
  e_value double precision not null,
  issued_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  why_ended text,
  share double precision,
  e_needed double precision,
  constraint certificates_pkey PRIMARY KEY (workspace_id, id)
);
CREATE INDEX certificates_by_gate ON public.certificates USING btree (workspace_id, gate, id DESC);
CREATE INDEX certificates_live ON public.certificates USING btree (workspace_id, epoch_id, tier) WHERE (ended_at IS NULL);
alter table certificates enable row level security;
create policy workspace on certificates as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant insert, select, update on certificates to wheelhouse_app;

create table contacts (
  workspace_id text not null,
  id text not null,
  external_id text,
  name text,
  email text,
  language text,
  attributes jsonb not null,
  verified boolean not null,
  created_at timestamp with time zone not null,
  seen_at timestamp with time zone not null,
  merged_into text,
  erased_at timestamp with time zone,
  vouched jsonb default '[]'::jsonb not null,
  constraint contacts_pkey PRIMARY KEY (workspace_id, id)
);
alter table contacts alter column external_id set statistics 0;
alter table contacts alter column name set statistics 0;
alter table contacts alter column email set statistics 0;
alter table contacts alter column language set statistics 0;
alter table contacts alter column attributes set statistics 0;
CREATE UNIQUE INDEX contacts_by_external_id ON public.contacts USING btree (workspace_id, external_id) WHERE (external_id IS NOT NULL);
CREATE INDEX contacts_by_words ON public.contacts USING gin (words_of_contact(workspace_id, name, email, external_id));
CREATE INDEX contacts_merged ON public.contacts USING btree (workspace_id, merged_into) WHERE (merged_into IS NOT NULL);
alter table contacts enable row level security;
create policy workspace on contacts as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant insert, select, update on contacts to wheelhouse_app;

create table conversations (
  workspace_id text not null,
  id text not null,
  contact_id text not null,
  channel text not null,
  bot text not null,
  title text not null,
  state text not null,
  owner_kind text not null,
  owner_id text not null,
  epoch integer not null,
  seq integer not null,
  customer_seq integer,
  turn_seq integer,
  turn_due_at timestamp with time zone,
  hand_off_output_id text,
  hand_off_reason text,
  posture text,
  language text,
  priority integer not null,
  labels jsonb not null,
  waiting_since timestamp with time zone,
  first_reply_at timestamp with time zone,
  customer_read_seq integer not null,
  team_read_seq integer not null,
  resolved_at timestamp with time zone,
  created_at timestamp with time zone not null,
  active_at timestamp with time zone not null,
  streaming jsonb,
  owned_at timestamp with time zone,
  clock jsonb default '{}'::jsonb not null,
  clock_at timestamp with time zone,
  came_queue text,
  came_at timestamp with time zone,
  came_after_ms bigint,
  timing jsonb default '{}'::jsonb not null,
  due_at timestamp with time zone,
  breach_at timestamp with time zone,
  routing jsonb,
  offered_to text,
  last_member_id text,
  call_back jsonb,
  snoozed_until timestamp with time zone,
  merged_into text,
  erased_at timestamp with time zone,
  customer_delivered_seq integer default 0 not null,
  constraint conversations_pkey PRIMARY KEY (workspace_id, id)
);
alter table conversations alter column title set statistics 0;
alter table conversations alter column labels set statistics 0;
alter table conversations alter column streaming set statistics 0;
alter table conversations alter column routing set statistics 0;
alter table conversations alter column call_back set statistics 0;
CREATE INDEX conversations_breaches ON public.conversations USING btree (breach_at) WHERE (breach_at IS NOT NULL);
CREATE INDEX conversations_by_activity ON public.conversations USING btree (workspace_id, active_at DESC);
CREATE INDEX conversations_by_owner ON public.conversations USING btree (workspace_id, owner_kind, owner_id) WHERE (state = 'open'::text);
CREATE INDEX conversations_by_urgency ON public.conversations USING btree (workspace_id, priority DESC, COALESCE(due_at, 'infinity'::timestamp with time zone), COALESCE(waiting_since, active_at), id) WHERE (state = 'open'::text);
CREATE INDEX conversations_came ON public.conversations USING btree (workspace_id, came_queue, came_at) WHERE (came_at IS NOT NULL);
CREATE INDEX conversations_clocks ON public.conversations USING btree (clock_at) WHERE (clock_at IS NOT NULL);
CREATE INDEX conversations_due ON public.conversations USING btree (workspace_id, due_at) WHERE ((state = 'open'::text) AND (due_at IS NOT NULL));
CREATE INDEX conversations_merged ON public.conversations USING btree (workspace_id, merged_into, created_at) WHERE (merged_into IS NOT NULL);
CREATE INDEX conversations_of_contact ON public.conversations USING btree (workspace_id, contact_id, created_at);
CREATE INDEX conversations_offered ON public.conversations USING btree (workspace_id, offered_to) WHERE (offered_to IS NOT NULL);
CREATE INDEX conversations_owed ON public.conversations USING btree (turn_due_at) WHERE (turn_due_at IS NOT NULL);
CREATE INDEX conversations_snoozed ON public.conversations USING btree (snoozed_until) WHERE (snoozed_until IS NOT NULL);
CREATE INDEX conversations_unanswered ON public.conversations USING btree (workspace_id, waiting_since) WHERE ((state = 'open'::text) AND (waiting_since IS NOT NULL));
alter table conversations enable row level security;
create policy workspace on conversations as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant insert, select, update on conversations to wheelhouse_app;

create table crawl_pages (
  workspace_id text not null,
  crawl_id text not null,
  place integer not null,
  url text not null,
  result text,
  title text,
  article text,
  message text,
  at timestamp with time zone,
  constraint crawl_pages_pkey PRIMARY KEY (workspace_id, crawl_id, place)
);
alter table crawl_pages enable row level security;
create policy workspace on crawl_pages as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant insert, select, update on crawl_pages to wheelhouse_app;

create table crawls (
  workspace_id text not null,
  id text not null,
  bot text not null,
  state text not null,
  started_at timestamp with time zone not null,
  started_by text not null,
  ended_at timestamp with time zone,
  due_at timestamp with time zone,
  constraint crawls_pkey PRIMARY KEY (workspace_id, id)
);
CREATE INDEX crawls_due ON public.crawls USING btree (due_at) WHERE (due_at IS NOT NULL);
CREATE INDEX crawls_of_bot ON public.crawls USING btree (workspace_id, bot, started_at DESC, id DESC);
alter table crawls enable row level security;
create policy workspace on crawls as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant insert, select, update on crawls to wheelhouse_app;

create table deliveries (
  workspace_id text not null,
  id text not null,
  webhook_id text,
  endpoint text not null,
  url text not null,
  seq bigint not null,
  event_type text not null,
  subject text not null,
  state text not null,
  attempts jsonb default '[]'::jsonb not null,
  tries integer default 0 not null,
  next_at timestamp with time zone,
  locked_until timestamp with time zone,
  epoch integer default 0 not null,
  created_at timestamp with time zone not null,
  constraint deliveries_pkey PRIMARY KEY (workspace_id, id)
);
alter table deliveries alter column url set statistics 0;
alter table deliveries alter column attempts set statistics 0;
CREATE INDEX deliveries_by_subject ON public.deliveries USING btree (workspace_id, subject);
CREATE INDEX deliveries_by_webhook ON public.deliveries USING btree (workspace_id, webhook_id, id DESC);
CREATE INDEX deliveries_dead ON public.deliveries USING btree (workspace_id, id DESC) WHERE (state = 'dead'::text);
CREATE INDEX deliveries_ended ON public.deliveries USING btree (created_at) WHERE (state <> 'waiting'::text);
CREATE INDEX deliveries_in_turn ON public.deliveries USING btree (workspace_id, endpoint, next_at, id) WHERE (state = 'waiting'::text);
CREATE UNIQUE INDEX deliveries_once ON public.deliveries USING btree (workspace_id, seq, COALESCE(webhook_id, ''::text));
CREATE INDEX deliveries_under_way ON public.deliveries USING btree (workspace_id, endpoint, locked_until) WHERE (locked_until IS NOT NULL);
alter table deliveries enable row level security;
create policy workspace on deliveries as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant delete, insert, select, update on deliveries to wheelhouse_app;

create table drafts (
  workspace_id text not null,
  output_id text not null,
  conversation_id text not null,
  bot text not null,
  at timestamp with time zone not null,
  became text not null,
  distance integer,
  words integer,
  constraint drafts_pkey PRIMARY KEY (workspace_id, output_id)
);
CREATE INDEX drafts_by_time ON public.drafts USING btree (workspace_id, at);
alter table drafts enable row level security;
create policy workspace on drafts as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant insert, select, update on drafts to wheelhouse_app;

create table endpoints (
  workspace_id text not null,
  name text not null,
  failures integer default 0 not null,
  used_at timestamp with time zone not null,
  constraint endpoints_pkey PRIMARY KEY (workspace_id, name)
);
alter table endpoints enable row level security;
create policy workspace on endpoints as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant delete, insert, select, update on endpoints to wheelhouse_app;

create table episodes (
  workspace_id text not null,
  conversation_id text not null,
  number integer not null,
  bot text not null,
  began_at timestamp with time zone not null,
  spoke_at timestamp with time zone,
  replied_at timestamp with time zone,
  person_replied_at timestamp with time zone,
  asked_at timestamp with time zone,
  queue text,
  reason text,
  taken_at timestamp with time zone,
  ended_at timestamp with time zone,
  constraint episodes_pkey PRIMARY KEY (workspace_id, conversation_id, number)
);
CREATE INDEX episodes_by_time ON public.episodes USING btree (workspace_id, began_at);
alter table episodes enable row level security;
create policy workspace on episodes as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant insert, select, update on episodes to wheelhouse_app;

create table event_readers (
  workspace_id text not null,
  name text not null,
  xid xid8 not null,
  seq bigint not null,
  constraint event_readers_pkey PRIMARY KEY (workspace_id, name)
);
alter table event_readers enable row level security;
create policy workspace on event_readers as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant delete, insert, select, update on event_readers to wheelhouse_app;

create table events (
  workspace_id text not null,
  seq bigint generated always as identity not null,
  xid xid8 default pg_current_xact_id() not null,
  type text not null,
  subject text not null,
  actor text not null,
  actor_kind text not null,
  data jsonb not null,
  at timestamp with time zone not null,
  constraint events_pkey PRIMARY KEY (workspace_id, seq)
);
CREATE INDEX events_by_subject ON public.events USING btree (workspace_id, subject, seq);
CREATE INDEX events_in_order ON public.events USING btree (xid, seq);
CREATE INDEX events_of_breaches ON public.events USING btree (workspace_id, at) WHERE (type = 'conversation.breached'::text);
CREATE INDEX events_of_workspace ON public.events USING btree (workspace_id, xid, seq);
alter table events enable row level security;
create policy workspace on events as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant insert, select on events to wheelhouse_app;

create table feedback (
  workspace_id text not null,
  id text not null,
  output_id text not null,
  feedback jsonb not null,
  by text not null,
  at timestamp with time zone not null,
  constraint feedback_pkey PRIMARY KEY (workspace_id, id)
);
alter table feedback alter column feedback set statistics 0;
CREATE INDEX feedback_by_output ON public.feedback USING btree (workspace_id, output_id, id);
alter table feedback enable row level security;
create policy workspace on feedback as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant insert, select on feedback to wheelhouse_app;
grant update (feedback) on feedback to wheelhouse_app;

create table files (
  workspace_id text not null,
  id text not null,
  conversation_id text not null,
  message_id text not null,
  name text not null,
  media_type text not null,
  bytes integer not null,
  sha256 text not null,
  content bytea,
  made_by text not null,
  made_at timestamp with time zone not null,
  erased_at timestamp with time zone,
  constraint files_pkey PRIMARY KEY (workspace_id, id)
);
alter table files alter column name set statistics 0;
alter table files alter column sha256 set statistics 0;
alter table files alter column content set statistics 0;
CREATE INDEX files_of_conversation ON public.files USING btree (workspace_id, conversation_id);
alter table files enable row level security;
create policy workspace on files as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant insert, select, update on files to wheelhouse_app;

create table gate_batches (
  workspace_id text not null,
  epoch_id text not null,
  tier text not null,
  batch integer not null,
  xid xid8 not null,
  seq bigint not null,
  before integer not null,
  asked integer not null,
  constraint gate_batches_pkey PRIMARY KEY (workspace_id, epoch_id, tier, batch)
);
alter table gate_batches enable row level security;
create policy workspace on gate_batches as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant delete, insert, select, update on gate_batches to wheelhouse_app;

create table gate_check_hours (
  workspace_id text not null,
  epoch_id text not null,
  tier text not null,
  hour timestamp with time zone not null,
  n integer not null,
  wrong integer not null,
  tracked boolean default false not null,
  constraint gate_check_hours_pkey PRIMARY KEY (workspace_id, epoch_id, tier, hour, tracked)
);
alter table gate_check_hours enable row level security;
create policy workspace on gate_check_hours as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant insert, select, update on gate_check_hours to wheelhouse_app;

create table gate_days (
  workspace_id text not null,
  epoch_id text not null,
  day date not null,
  tier text not null,
  phase text not null,
  bin integer not null,
  weight double precision not null,
  passed boolean not null,
  probability double precision not null,
  n integer not null,
  labelled integer not null,
  wrong integer not null,
  constraint gate_days_pkey PRIMARY KEY (workspace_id, epoch_id, day, tier, phase, bin, weight, passed, probability)
);
alter table gate_days enable row level security;
create policy workspace on gate_days as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant insert, select, update on gate_days to wheelhouse_app;

create table gate_epochs (
  workspace_id text not null,
  id text not null,
  gate text not null,
  key text not null,
  promise_key text not null,
  model text,
  model_version text,
  prompt_version text,
  population text,
  terms jsonb not null,
  began_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  why_ended text,
  score_version text,
  part text,
  constraint gate_epochs_pkey PRIMARY KEY (workspace_id, id)
);
CREATE INDEX gate_epochs_by_gate ON public.gate_epochs USING btree (workspace_id, gate, began_at DESC);
CREATE UNIQUE INDEX gate_epochs_open ON public.gate_epochs USING btree (workspace_id, gate, key, part) NULLS NOT DISTINCT WHERE (ended_at IS NULL);
alter table gate_epochs enable row level security;
create policy workspace on gate_epochs as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant insert, select, update on gate_epochs to wheelhouse_app;

create table gate_groups (
  workspace_id text not null,
  epoch_id text not null,
  attribute text not null,
  value text not null,
  rest boolean not null,
  passed boolean not null,
  probability double precision not null,
  n integer not null,
  labelled integer not null,
  wrong integer not null,
  constraint gate_groups_pkey PRIMARY KEY (workspace_id, epoch_id, attribute, value, rest, passed, probability)
);
alter table gate_groups enable row level security;
create policy workspace on gate_groups as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant insert, select, update on gate_groups to wheelhouse_app;

create table gate_heads (
  workspace_id text not null,
  epoch_id text not null,
  model jsonb not null,
  figures jsonb not null,
  learned_at timestamp with time zone not null,
  constraint gate_heads_pkey PRIMARY KEY (workspace_id, epoch_id)
);
alter table gate_heads enable row level security;
create policy workspace on gate_heads as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant insert, select on gate_heads to wheelhouse_app;

create table gate_hours (
  workspace_id text not null,
  gate text not null,
  hour timestamp with time zone not null,
  epoch_id text not null,
  tier text not null,
  bin integer not null,
  passed integer not null,
  held integer not null,
  checked integer not null,
  constraint gate_hours_pkey PRIMARY KEY (workspace_id, gate, hour, epoch_id, tier, bin)
);
alter table gate_hours enable row level security;
create policy workspace on gate_hours as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant insert, select, update on gate_hours to wheelhouse_app;

create table gate_labels (
  workspace_id text not null,
  output_id text not null,
  epoch_id text not null,
  tier text not null,
  phase text not null,
  bin integer not null,
  weight double precision not null,
  spot_check boolean not null,
  wrong boolean not null,
  unjudged boolean not null,
  hour timestamp with time zone,
  constraint gate_labels_pkey PRIMARY KEY (workspace_id, output_id)
);
CREATE INDEX gate_labels_of_late ON public.gate_labels USING btree (workspace_id, epoch_id, tier, output_id);
CREATE INDEX gate_labels_to_learn ON public.gate_labels USING btree (workspace_id, epoch_id) WHERE (phase = 'head'::text);
alter table gate_labels enable row level security;
create policy workspace on gate_labels as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant delete, insert, select, update on gate_labels to wheelhouse_app;

create table gate_overrides (
  workspace_id text not null,
  id text not null,
  gate text not null,
  tier text,
  threshold double precision not null,
  until timestamp with time zone not null,
  reason text not null,
  signed_by text not null,
  signed_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  ended_by text,
  why_ended text,
  passed integer default 0 not null,
  checks integer default 0 not null,
  checks_wrong integer default 0 not null,
  alpha double precision,
  keys text[] default '{}'::text[] not null,
  constraint gate_overrides_pkey PRIMARY KEY (workspace_id, id)
);
CREATE INDEX gate_overrides_due ON public.gate_overrides USING btree (until) WHERE (ended_at IS NULL);
CREATE UNIQUE INDEX gate_overrides_open ON public.gate_overrides USING btree (workspace_id, gate) WHERE (ended_at IS NULL);
alter table gate_overrides enable row level security;
create policy workspace on gate_overrides as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant insert, select, update on gate_overrides to wheelhouse_app;

create table gate_rests (
  workspace_id text not null,
  gate text not null,
  until timestamp with time zone not null,
  constraint gate_rests_pkey PRIMARY KEY (workspace_id, gate)
);
alter table gate_rests enable row level security;
create policy workspace on gate_rests as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant insert, select, update on gate_rests to wheelhouse_app;

create table gate_tallies (
  workspace_id text not null,
  epoch_id text not null,
  tier text not null,
  phase text not null,
  bin integer not null,
  weight double precision not null,
  wrong integer not null,
  n integer not null,
  waiting integer default 0 not null,
  batch integer default 0 not null,
  constraint gate_tallies_pkey PRIMARY KEY (workspace_id, epoch_id, tier, phase, batch, bin, weight)
);
alter table gate_tallies enable row level security;
create policy workspace on gate_tallies as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant delete, insert, select, update on gate_tallies to wheelhouse_app;

create table gate_tiers (
  workspace_id text not null,
  epoch_id text not null,
  tier text not null,
  alpha double precision not null,
  delta double precision not null,
  starts jsonb,
  proven jsonb default '[]'::jsonb not null,
  labelled integer default 0 not null,
  wrong integer default 0 not null,
  unjudged integer default 0 not null,
  needed integer not null,
  threshold double precision,
  certificate_id text,
  raised_check double precision,
  checks integer default 0 not null,
  checks_wrong integer default 0 not null,
  detector jsonb,
  alarmed_at timestamp with time zone,
  warned_at timestamp with time zone,
  stale_at timestamp with time zone,
  retracted boolean default false not null,
  monitor jsonb,
  monitor_cut double precision,
  alarm_due boolean default false not null,
  alarm_case_id text,
  ended_at timestamp with time zone,
  tracker jsonb,
  tracked double precision,
  recent jsonb default '[]'::jsonb not null,
  arrived integer default 0 not null,
  ask_at timestamp with time zone,
  used_at timestamp with time zone,
  unwatched_at timestamp with time zone,
  unwatched_checks integer default 0 not null,
  blind boolean default false not null,
  unwatched_case_id text,
  reference jsonb,
  score_monitor jsonb,
  attempt integer default 1 not null,
  anew_at integer default 0 not null,
  proves_since timestamp with time zone,
  unlikely boolean default false not null,
  tracked_checks integer default 0 not null,
  tracked_wrong integer default 0 not null,
  calm jsonb,
  constraint gate_tiers_pkey PRIMARY KEY (workspace_id, epoch_id, tier)
);
CREATE INDEX gate_tiers_asked ON public.gate_tiers USING btree (alarm_case_id) WHERE (alarm_case_id IS NOT NULL);
CREATE INDEX gate_tiers_certified ON public.gate_tiers USING btree (certificate_id) WHERE ((ended_at IS NULL) AND (certificate_id IS NOT NULL));
CREATE INDEX gate_tiers_stale ON public.gate_tiers USING btree (stale_at) WHERE (stale_at IS NOT NULL);
CREATE INDEX gate_tiers_to_ask ON public.gate_tiers USING btree (ask_at) WHERE (ask_at IS NOT NULL);
CREATE INDEX gate_tiers_tracked ON public.gate_tiers USING btree (tracked) WHERE ((ended_at IS NULL) AND (tracked IS NOT NULL));
CREATE INDEX gate_tiers_unwatched ON public.gate_tiers USING btree (unwatched_at) WHERE (unwatched_at IS NOT NULL);
CREATE INDEX gate_tiers_unwatched_asked ON public.gate_tiers USING btree (unwatched_case_id) WHERE (unwatched_case_id IS NOT NULL);
alter table gate_tiers enable row level security;
create policy workspace on gate_tiers as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant insert, select, update on gate_tiers to wheelhouse_app;

create table gate_work (
  workspace_id text not null,
  gate text not null,
  hour timestamp with time zone not null,
  decisions integer not null,
  timed integer not null,
  spent_ms bigint not null,
  constraint gate_work_pkey PRIMARY KEY (workspace_id, gate, hour)
);
alter table gate_work enable row level security;
create policy workspace on gate_work as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant insert, select, update on gate_work to wheelhouse_app;

create table idempotency (
  workspace_id text not null,
  principal text not null,
  key text not null,
  request text not null,
  status integer not null,
  response jsonb,
  at timestamp with time zone not null,
  subjects text[],
  constraint idempotency_pkey PRIMARY KEY (workspace_id, principal, key)
);
alter table idempotency alter column request set statistics 0;
alter table idempotency alter column response set statistics 0;
CREATE INDEX idempotency_by_subject ON public.idempotency USING gin (subjects) WHERE (subjects IS NOT NULL);
CREATE INDEX idempotency_by_time ON public.idempotency USING btree (at);
alter table idempotency enable row level security;
create policy workspace on idempotency as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant delete, insert, select, update on idempotency to wheelhouse_app;

create table identity_secrets (
  workspace_id text not null,
  bot text not null,
  secret text not null,
  previous_secret text,
  previous_until timestamp with time zone,
  made_at timestamp with time zone not null,
  made_by text not null,
  constraint identity_secrets_pkey PRIMARY KEY (workspace_id, bot)
);
alter table identity_secrets enable row level security;
create policy workspace on identity_secrets as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant delete, insert, select, update on identity_secrets to wheelhouse_app;

create table leases (
  workspace_id text not null,
  case_id text not null,
  rater text not null,
  epoch integer not null,
  expires_at timestamp with time zone not null,
  role text default 'reviewer'::text not null,
  constraint leases_pkey PRIMARY KEY (workspace_id, case_id, rater)
);
CREATE INDEX leases_by_end ON public.leases USING btree (expires_at);
CREATE INDEX leases_by_rater ON public.leases USING btree (workspace_id, rater);
alter table leases enable row level security;
create policy workspace on leases as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant delete, insert, select, update on leases to wheelhouse_app;

create table looking (
  workspace_id text not null,
  conversation_id text not null,
  kind text not null,
  id text not null,
  at timestamp with time zone not null,
  typing_at timestamp with time zone,
  constraint looking_pkey PRIMARY KEY (workspace_id, conversation_id, kind, id)
);
CREATE INDEX looking_by_time ON public.looking USING btree (at);
alter table looking enable row level security;
alter table looking set unlogged;
create policy workspace on looking as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant delete, insert, select, update on looking to wheelhouse_app;

create table mentions (
  workspace_id text not null,
  member_id text not null,
  conversation_id text not null,
  at timestamp with time zone not null,
  constraint mentions_pkey PRIMARY KEY (workspace_id, member_id, conversation_id)
);
alter table mentions enable row level security;
create policy workspace on mentions as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant insert, select, update on mentions to wheelhouse_app;

create table messages (
  workspace_id text not null,
  conversation_id text not null,
  seq integer not null,
  id text not null,
  author_kind text not null,
  author_id text not null,
  author_name text,
  audience text not null,
  body jsonb not null,
  output_id text,
  approved_by text,
  citations jsonb not null,
  salt text not null,
  at timestamp with time zone not null,
  cut boolean default false not null,
  whisper_to text,
  constraint messages_pkey PRIMARY KEY (workspace_id, conversation_id, seq)
);
alter table messages alter column author_name set statistics 0;
alter table messages alter column body set statistics 0;
alter table messages alter column citations set statistics 0;
alter table messages alter column salt set statistics 0;
CREATE UNIQUE INDEX messages_by_id ON public.messages USING btree (workspace_id, id);
CREATE INDEX messages_by_words ON public.messages USING gin (words_of_message(workspace_id, body)) WHERE (author_kind <> 'system'::text);
alter table messages enable row level security;
create policy workspace on messages as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant insert, select, update on messages to wheelhouse_app;

create table notes (
  workspace_id text not null,
  id text not null,
  case_id text not null,
  text text not null,
  mentions jsonb not null,
  by text not null,
  at timestamp with time zone not null,
  constraint notes_pkey PRIMARY KEY (workspace_id, id)
);
alter table notes alter column text set statistics 0;
CREATE INDEX notes_by_case ON public.notes USING btree (workspace_id, case_id, id);
CREATE INDEX notes_mentions ON public.notes USING gin (mentions);
alter table notes enable row level security;
create policy workspace on notes as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant delete, insert, select, update on notes to wheelhouse_app;

create table outputs (
  workspace_id text not null,
  id text not null,
  gate text not null,
  policy_version integer not null,
  title text not null,
  input jsonb,
  content jsonb,
  confidence double precision,
  scores jsonb,
  model text,
  model_version text,
  groups jsonb,
  risk text,
  cost_usd double precision,
  action jsonb,
  action_hash text,
  verdict text not null,
  reasons jsonb not null,
  spot_check_probability double precision,
  spot_checked boolean not null,
  case_id text,
  conversation_id text,
  metadata jsonb,
  callback_url text,
  salt text not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  deadline_at timestamp with time zone,
  outcome jsonb,
  outcome_status text,
  outcome_at timestamp with time zone,
  undo_until timestamp with time zone,
  settled boolean default false not null,
  claimed_at timestamp with time zone,
  claimed_by text,
  erased_at timestamp with time zone,
  prompt_version text,
  population text,
  promise jsonb,
  score_version text,
  constraint outputs_pkey PRIMARY KEY (workspace_id, id)
);
alter table outputs alter column title set statistics 0;
alter table outputs alter column input set statistics 0;
alter table outputs alter column content set statistics 0;
alter table outputs alter column scores set statistics 0;
alter table outputs alter column groups set statistics 0;
alter table outputs alter column action set statistics 0;
alter table outputs alter column action_hash set statistics 0;
alter table outputs alter column reasons set statistics 0;
alter table outputs alter column conversation_id set statistics 0;
alter table outputs alter column metadata set statistics 0;
alter table outputs alter column callback_url set statistics 0;
alter table outputs alter column salt set statistics 0;
alter table outputs alter column outcome set statistics 0;
CREATE INDEX outputs_by_gate ON public.outputs USING btree (workspace_id, gate, created_at DESC);
CREATE INDEX outputs_by_time ON public.outputs USING btree (workspace_id, created_at DESC);
CREATE INDEX outputs_of_conversation ON public.outputs USING btree (workspace_id, conversation_id, id) WHERE (conversation_id IS NOT NULL);
CREATE INDEX outputs_to_settle ON public.outputs USING btree (undo_until) WHERE ((undo_until IS NOT NULL) AND (NOT settled));
alter table outputs enable row level security;
create policy workspace on outputs as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant insert, select, update on outputs to wheelhouse_app;

create table preferences (
  workspace_id text not null,
  output_id text not null,
  conversation_id text not null,
  contact_id text not null,
  bot text not null,
  epoch integer not null,
  for_seq integer not null,
  first text not null,
  second text not null,
  asked_at timestamp with time zone not null,
  chosen_side text,
  chosen_at timestamp with time zone,
  constraint preferences_pkey PRIMARY KEY (workspace_id, output_id)
);
CREATE INDEX preferences_by_time ON public.preferences USING btree (workspace_id, asked_at, output_id);
CREATE INDEX preferences_of_conversation ON public.preferences USING btree (workspace_id, conversation_id, asked_at, output_id);
alter table preferences enable row level security;
create policy workspace on preferences as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant insert, select, update on preferences to wheelhouse_app;

create table ratings (
  workspace_id text not null,
  conversation_id text not null,
  ended_at timestamp with time zone not null,
  contact_id text not null,
  bot text not null,
  scale text not null,
  score integer not null,
  comment text,
  answered_kind text,
  answered_by text,
  at timestamp with time zone not null,
  constraint ratings_pkey PRIMARY KEY (workspace_id, conversation_id, ended_at)
);
alter table ratings alter column comment set statistics 0;
CREATE INDEX ratings_by_time ON public.ratings USING btree (workspace_id, at, conversation_id);
alter table ratings enable row level security;
create policy workspace on ratings as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant insert, select, update on ratings to wheelhouse_app;

create table resolutions (
  workspace_id text not null,
  id text not null,
  case_id text not null,
  kind text not null,
  outcome text not null,
  values jsonb,
  diff jsonb not null,
  agreed boolean,
  by jsonb not null,
  reason text,
  standing boolean not null,
  at timestamp with time zone not null,
  constraint resolutions_pkey PRIMARY KEY (workspace_id, id)
);
alter table resolutions alter column values set statistics 0;
alter table resolutions alter column diff set statistics 0;
alter table resolutions alter column reason set statistics 0;
CREATE INDEX resolutions_by_case ON public.resolutions USING btree (workspace_id, case_id, id);
CREATE INDEX resolutions_by_time ON public.resolutions USING btree (workspace_id, at) WHERE standing;
CREATE UNIQUE INDEX resolutions_standing ON public.resolutions USING btree (workspace_id, case_id) WHERE standing;
alter table resolutions enable row level security;
create policy workspace on resolutions as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant insert, select, update on resolutions to wheelhouse_app;

create table sign_in_failures (
  id bigint generated always as identity not null,
  email_hash text not null,
  at timestamp with time zone not null,
  constraint sign_in_failures_pkey PRIMARY KEY (id)
);
CREATE INDEX sign_in_failures_by_email ON public.sign_in_failures USING btree (email_hash, at);
CREATE INDEX sign_in_failures_by_time ON public.sign_in_failures USING btree (at);
alter table sign_in_failures enable row level security;
create policy no_workspace on sign_in_failures as permissive for all using ((current_setting('wheelhouse.workspace'::text, true) = '*'::text));
grant delete, insert, select on sign_in_failures to wheelhouse_app;

create table stints (
  workspace_id text not null,
  conversation_id text not null,
  epoch integer not null,
  owner_kind text not null,
  owner_id text not null,
  queue text,
  bot text not null,
  reason text,
  began_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  ended text,
  constraint stints_pkey PRIMARY KEY (workspace_id, conversation_id, epoch)
);
CREATE INDEX stints_by_time ON public.stints USING btree (workspace_id, owner_kind, began_at);
alter table stints enable row level security;
create policy workspace on stints as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant insert, select, update on stints to wheelhouse_app;

create table suggested_replies (
  workspace_id text not null,
  message_id text not null,
  conversation_id text not null,
  bot text not null,
  at timestamp with time zone not null,
  written_by text,
  distance integer not null,
  words integer not null,
  constraint suggested_replies_pkey PRIMARY KEY (workspace_id, message_id)
);
CREATE INDEX suggested_replies_by_time ON public.suggested_replies USING btree (workspace_id, at);
alter table suggested_replies enable row level security;
create policy workspace on suggested_replies as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant insert, select, update on suggested_replies to wheelhouse_app;

create table tool_secrets (
  workspace_id text not null,
  bot text not null,
  tool text not null,
  origin text not null,
  secret text not null,
  previous_secret text,
  previous_until timestamp with time zone,
  constraint tool_secrets_pkey PRIMARY KEY (workspace_id, bot, tool)
);
alter table tool_secrets enable row level security;
create policy workspace on tool_secrets as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant insert, select, update on tool_secrets to wheelhouse_app;

create table visitors (
  hash text not null,
  workspace_id text not null,
  contact_id text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  constraint visitors_pkey PRIMARY KEY (hash)
);
CREATE INDEX visitors_of_contact ON public.visitors USING btree (workspace_id, contact_id);
alter table visitors enable row level security;
create policy workspace on visitors as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant delete, insert, select, update on visitors to wheelhouse_app;

create table webhooks (
  workspace_id text not null,
  id text not null,
  url text not null,
  description text,
  types jsonb not null,
  enabled boolean not null,
  disabled_reason text,
  secret text not null,
  previous_secret text,
  previous_until timestamp with time zone,
  created_at timestamp with time zone not null,
  created_by text not null,
  constraint webhooks_pkey PRIMARY KEY (workspace_id, id)
);
alter table webhooks enable row level security;
create policy workspace on webhooks as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant delete, insert, select, update on webhooks to wheelhouse_app;

create table workspaces (
  id text not null,
  name text not null,
  checkpoint_private_key text not null,
  checkpoint_public_key text not null,
  created_at timestamp with time zone not null,
  constraint workspaces_pkey PRIMARY KEY (id)
);
alter table workspaces enable row level security;
create policy workspace on workspaces as permissive for all using (((id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant insert, select, update on workspaces to wheelhouse_app;

create table enrolments (
  workspace_id text not null,
  id text not null,
  hash text not null,
  kind text not null,
  email text,
  role text not null,
  state text not null,
  expires_at timestamp with time zone not null,
  created_at timestamp with time zone not null,
  created_by text not null,
  member_id text,
  constraint enrolments_pkey PRIMARY KEY (workspace_id, id),
  constraint enrolments_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
CREATE UNIQUE INDEX enrolments_by_hash ON public.enrolments USING btree (hash);
alter table enrolments enable row level security;
create policy workspace on enrolments as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant delete, insert, select, update on enrolments to wheelhouse_app;

create table keys (
  workspace_id text not null,
  id text not null,
  name text not null,
  role text not null,
  scopes jsonb,
  hash text not null,
  prefix text not null,
  created_by text not null,
  created_at timestamp with time zone not null,
  last_used_at timestamp with time zone,
  expires_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint keys_pkey PRIMARY KEY (workspace_id, id),
  constraint keys_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
CREATE UNIQUE INDEX keys_by_hash ON public.keys USING btree (hash);
alter table keys enable row level security;
create policy workspace on keys as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant delete, insert, select, update on keys to wheelhouse_app;

create table members (
  workspace_id text not null,
  id text not null,
  user_id text not null,
  name text not null,
  email text not null,
  role text not null,
  state text not null,
  away_until timestamp with time zone,
  delegate_to text,
  created_at timestamp with time zone not null,
  presence text default 'online'::text not null,
  present_until timestamp with time zone,
  capacity integer default 5 not null,
  skills jsonb default '[]'::jsonb not null,
  languages jsonb default '[]'::jsonb not null,
  constraint members_pkey PRIMARY KEY (workspace_id, id),
  constraint members_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
CREATE UNIQUE INDEX members_by_user ON public.members USING btree (workspace_id, user_id) WHERE (state = 'active'::text);
CREATE INDEX members_of_user ON public.members USING btree (user_id);
CREATE INDEX members_present ON public.members USING btree (present_until) WHERE (present_until IS NOT NULL);
alter table members enable row level security;
create policy workspace on members as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant delete, insert, select, update on members to wheelhouse_app;

create table queues (
  workspace_id text not null,
  name text not null,
  title text not null,
  description text,
  created_at timestamp with time zone not null,
  constraint queues_pkey PRIMARY KEY (workspace_id, name),
  constraint queues_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
alter table queues enable row level security;
create policy workspace on queues as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant delete, insert, select, update on queues to wheelhouse_app;

create table users (
  id text not null,
  email text not null,
  password_hash text not null,
  password_changed_at timestamp with time zone not null,
  last_workspace_id text,
  created_at timestamp with time zone not null,
  constraint users_pkey PRIMARY KEY (id),
  constraint users_last_workspace_id_fkey FOREIGN KEY (last_workspace_id) REFERENCES workspaces(id)
);
CREATE UNIQUE INDEX users_by_email ON public.users USING btree (email);
alter table users enable row level security;
create policy no_workspace on users as permissive for all using ((current_setting('wheelhouse.workspace'::text, true) = '*'::text));
grant insert, select, update on users to wheelhouse_app;

create table gates (
  workspace_id text not null,
  name text not null,
  title text not null,
  description text,
  queue text not null,
  policy_version integer not null,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null,
  updated_by text not null,
  constraint gates_pkey PRIMARY KEY (workspace_id, name),
  constraint gates_workspace_id_queue_fkey FOREIGN KEY (workspace_id, queue) REFERENCES queues(workspace_id, name)
);
alter table gates enable row level security;
create policy workspace on gates as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant delete, insert, select, update on gates to wheelhouse_app;

create table sessions (
  workspace_id text not null,
  id text not null,
  hash text not null,
  user_id text not null,
  member_id text not null,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  ip text,
  user_agent text,
  constraint sessions_pkey PRIMARY KEY (workspace_id, id),
  constraint sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id),
  constraint sessions_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id)
);
CREATE INDEX sessions_by_end ON public.sessions USING btree (expires_at);
CREATE UNIQUE INDEX sessions_by_hash ON public.sessions USING btree (hash);
CREATE INDEX sessions_of_member ON public.sessions USING btree (workspace_id, member_id);
CREATE INDEX sessions_of_user ON public.sessions USING btree (user_id);
alter table sessions enable row level security;
create policy workspace on sessions as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant delete, insert, select, update on sessions to wheelhouse_app;

create table policy_versions (
  workspace_id text not null,
  gate text not null,
  version integer not null,
  definition json not null,
  created_at timestamp with time zone not null,
  created_by text not null,
  constraint policy_versions_pkey PRIMARY KEY (workspace_id, gate, version),
  constraint policy_versions_workspace_id_gate_fkey FOREIGN KEY (workspace_id, gate) REFERENCES gates(workspace_id, name)
);
alter table policy_versions enable row level security;
create policy workspace on policy_versions as permissive for all using (((workspace_id = current_setting('wheelhouse.workspace'::text, true)) OR (current_setting('wheelhouse.workspace'::text, true) = '*'::text)));
grant insert, select on policy_versions to wheelhouse_app;
