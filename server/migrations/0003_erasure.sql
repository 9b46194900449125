-- Why: content can be erased while the record still verifies, so it has to be found and blanked.
-- Lock: outputs, cases, idempotency, feedback and deliveries, for the moment a column takes; the
-- indexes are built on tables that are new as well. Breaking: no.

alter table outputs add column erased_at timestamptz;

-- What salts the digests of a case without an output; erased with what they stand for.
alter table cases add column salt text;
alter table cases add column erased_at timestamptz;

-- The outputs and cases that a kept answer speaks of, so that erasing them finds it.
alter table idempotency add column subjects text[];
create index idempotency_by_subject on idempotency using gin (subjects) where subjects is not null;

create index deliveries_by_subject on deliveries (workspace_id, subject);

-- Erasing blanks what was said; who said it, and when, stays.
grant update (feedback) on feedback to wheelhouse_app;

-- The planner's statistics keep samples of a column's values, which would outlive an erasure. No
-- plan needs any of these.
do $$
declare
  place text;
begin
  foreach place in array array[
    'outputs.title', 'outputs.input', 'outputs.content', 'outputs.scores', 'outputs.groups',
    'outputs.action', 'outputs.action_hash', 'outputs.reasons', 'outputs.conversation_id',
    'outputs.metadata', 'outputs.callback_url', 'outputs.salt', 'outputs.outcome', 'cases.title',
    'cases.parts', 'cases.form', 'cases.metadata', 'cases.reasons', 'cases.salt', 'answers.values',
    'answers.note', 'resolutions.values', 'resolutions.diff', 'resolutions.reason', 'notes.text',
    'feedback.feedback', 'idempotency.request', 'idempotency.response', 'deliveries.url',
    'deliveries.attempts'
  ] loop
    execute format('alter table %I alter column %I set statistics 0',
      split_part(place, '.', 1), split_part(place, '.', 2));
  end loop;
end $$;
