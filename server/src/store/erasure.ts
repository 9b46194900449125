import { erased_word, type Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

const wipe_output = statement(
  'erasure.wipe_output',
  `update outputs o set title = $3, input = null, content = null, scores = null, groups = null,
     action = null, action_hash = n.evidence, reasons = jsonb_build_array($3::text),
     conversation_id = null, metadata = null, callback_url = null, salt = '', erased_at = $5,
     outcome = jsonb_strip_nulls(jsonb_build_object('status', outcome->'status', 'by', outcome->'by',
       'at', outcome->'at', 'fallback', outcome->'fallback', 'earlier', outcome->'earlier'))
   from unnest($2::text[], $4::text[]) as n (id, evidence)
   where o.workspace_id = $1 and o.id = any($2::text[]) and o.id = n.id`,
);
const wipe_feedback = statement(
  'erasure.wipe_feedback',
  `update feedback set feedback = (feedback - 'comment') || case feedback->>'kind'
     when 'correction' then jsonb_build_object('content', null)
     when 'flag' then jsonb_build_object('reason', $3::text)
     else '{}' end
   where workspace_id = $1 and output_id = any($2::text[])`,
);
// A call that is under way writes nothing more down: it is looked for as it stood.
const wipe_call = statement(
  'erasure.wipe_call',
  `update calls set result = 'null', fault = null, next_at = null,
     state = case when state in ('waiting', 'begun', 'uncertain') then 'dropped' else state end
   where workspace_id = $1 and output_id = any($2::text[])`,
);
/** What stays of an output's action is no hash, against which guesses could be tried. */
export interface ErasedOutput {
  id: string;
  action_evidence: string | null;
}
/** Blanks outputs and what was said about them. Their verdicts, times and people stay. */
export function wipeOutputs(tx: Tx, scope: Scope, outputs: ErasedOutput[]): void {
  const ids = outputs.map(({ id }) => id);
  const evidence = outputs.map(({ action_evidence }) => action_evidence);
  tx.write(wipe_output, [scope.workspace_id, ids, erased_word, evidence, tx.now]);
  tx.write(wipe_feedback, [scope.workspace_id, ids, erased_word]);
  tx.write(wipe_call, [scope.workspace_id, ids]);
}

const wipe_case = statement(
  'erasure.wipe_case',
  `update cases set title = $3, reasons = jsonb_build_array($3::text), metadata = null, salt = null,
     parts = case when parts is null then null else '[]'::jsonb end,
     form = case when form is null then null else $4::jsonb end, erased_at = $5
   where workspace_id = $1 and id = any($2::text[])`,
);
const wipe_answers = statement(
  'erasure.wipe_answers',
  `update answers set "values" = '{}', note = null
   where workspace_id = $1 and case_id = any($2::text[])`,
);
const wipe_resolutions = statement(
  'erasure.wipe_resolutions',
  `update resolutions set "values" = null, diff = '[]', reason = null
   where workspace_id = $1 and case_id = any($2::text[])`,
);
const wipe_notes = statement(
  'erasure.wipe_notes',
  'update notes set text = $3 where workspace_id = $1 and case_id = any($2::text[])',
);
/** Blanks cases and everything said on them.
 *  @param form what a case that has its own form asks from now on */
export function wipeCases(tx: Tx, scope: Scope, ids: string[], form: unknown): void {
  tx.write(wipe_case, [scope.workspace_id, ids, erased_word, JSON.stringify(form), tx.now]);
  tx.write(wipe_answers, [scope.workspace_id, ids]);
  tx.write(wipe_resolutions, [scope.workspace_id, ids]);
  tx.write(wipe_notes, [scope.workspace_id, ids, erased_word]);
}

const wipe_kept_replies = statement(
  'erasure.wipe_kept_replies',
  `update idempotency set status = $3, response = null, request = ''
   where workspace_id = $1 and subjects && $2::text[]`,
);
const end_callbacks = statement(
  'erasure.end_callbacks',
  `update deliveries set state = 'dead', next_at = null, locked_until = null, epoch = epoch + 1
   where workspace_id = $1 and subject = any($2::text[]) and webhook_id is null
     and state = 'waiting'
   returning id, event_type, subject`,
);
// What is under way was put together before: its lease is taken away, so that what comes back is
// not written down, and it is sent again as things are now.
const wipe_deliveries = statement(
  'erasure.wipe_deliveries',
  `update deliveries set epoch = epoch + 1, locked_until = null,
     next_at = case when state = 'waiting' then $3::timestamptz else next_at end,
     url = case when webhook_id is null
       then coalesce(substring(url from '^https?://[^/?#]*'), '') else url end,
     attempts = (select coalesce(jsonb_agg(a || '{"response": null}'), '[]')
       from jsonb_array_elements(attempts) a)
   where workspace_id = $1 and subject = any($2::text[])`,
);
export interface EndedCallback {
  id: string;
  event_type: string;
  subject: string;
}
/** Blanks what was answered to callers and by endpoints about these subjects. Callbacks that still
 *  waited are ended, since where they were to go is erased too.
 *  @returns the callbacks that ended */
export async function wipeTraces(
  tx: Tx,
  scope: Scope,
  subjects: string[],
  status: number,
): Promise<EndedCallback[]> {
  tx.write(wipe_kept_replies, [scope.workspace_id, subjects, status]);
  const ended = await tx.query<EndedCallback>(end_callbacks, [scope.workspace_id, subjects]);
  tx.write(wipe_deliveries, [scope.workspace_id, subjects, tx.now]);
  return ended;
}
