import {
  type Json,
  type JsonObject,
  type Outcome,
  type Output,
  type OutputPromise,
  type Scope,
  titleOf,
} from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import type { eventJson } from './events.ts';
import { statement } from './statement.ts';

export interface OutputRow extends Omit<Output, 'outcome' | 'undo_until'> {
  callback_url: string | null;
  salt: string;
  outcome: Outcome | null;
  outcome_at: string | null;
  undo_until: string | null;
  settled: boolean;
  claimed_by: string | null;
}

export interface NewOutput {
  id: string;
  gate: string;
  policy_version: number;
  title: string;
  input: Json | undefined;
  content: Json | undefined;
  confidence: number | undefined;
  scores: Record<string, number> | undefined;
  model: string | undefined;
  model_version: string | undefined;
  prompt_version: string | undefined;
  score_version: string | undefined;
  population: string | undefined;
  groups: Record<string, string> | undefined;
  risk: string | undefined;
  cost_usd: number | undefined;
  action: unknown;
  action_hash: string | undefined;
  verdict: string;
  reasons: string[];
  spot_check_probability: number | null;
  spot_checked: boolean;
  promise: OutputPromise | undefined;
  case_id: string | undefined;
  conversation_id: string | undefined;
  metadata: JsonObject | undefined;
  callback_url: string | undefined;
  salt: string;
  created_by: string;
  deadline_at: string | undefined;
  outcome: Outcome | undefined;
  outcome_status: string | undefined;
  outcome_at: string | undefined;
  settled: boolean;
}

export interface NewCase {
  id: string;
  kind: string;
  title: string;
  queue: string;
  gate: string | undefined;
  policy_version: number | undefined;
  output_id: string | undefined;
  parts?: unknown;
  form?: unknown;
  quorum?: unknown;
  metadata?: JsonObject | undefined;
  reasons: string[];
  confidence: number | undefined;
  risk: string | undefined;
  priority: number;
  requested_by: string;
  own_request_allowed: boolean;
  assigned_to?: string | undefined;
  needs_role: string;
  /** Whom the first place is kept for, where a quorum asks for a role as often as for people. */
  place_role?: string | undefined;
  wanted: number;
  lease_ms: number;
  due_at: string | null;
  next_at: string | null;
  /** Of a case without an output: what salts its digests. */
  salt?: string | undefined;
}

const case_columns = `id, kind, title, queue, gate, policy_version, output_id, parts, form, quorum,
  metadata, reasons, confidence, risk, priority, requested_by, own_request_allowed, assigned_to,
  needs_role, place_role, wanted, lease_ms, due_at, next_at, salt`;
const case_record = `(id text, kind text, title text, queue text, gate text, policy_version int,
  output_id text, parts jsonb, form jsonb, quorum jsonb, metadata jsonb, reasons jsonb,
  confidence float8, risk text, priority int, requested_by text, own_request_allowed boolean,
  assigned_to text, needs_role text, place_role text, wanted int, lease_ms int, due_at timestamptz,
  next_at timestamptz, salt text)`;
const event_record = '(type text, subject text, actor text, actor_kind text, data jsonb)';
const insert_cases = `insert into cases (workspace_id, state, created_at, open_slots, narrowed, ${case_columns})
  select $1, 'waiting', $2, wanted,
    not own_request_allowed and starts_with(requested_by, 'mem_'), ${case_columns} from jsonb_to_recordset($4) as c ${case_record}`;
const insert_events = `insert into events (workspace_id, type, subject, actor, actor_kind, data, at)
  select $1, type, subject, actor, actor_kind, data, $2 from jsonb_to_recordset($5) as e ${event_record}`;
const output_columns = `id, gate, policy_version, title, input, content, confidence, scores, model,
  model_version, prompt_version, score_version, population, groups, risk, cost_usd, action, action_hash, verdict,
  reasons, spot_check_probability, spot_checked, promise, case_id, conversation_id, metadata, callback_url, salt,
  created_by, deadline_at, outcome, outcome_status, outcome_at, settled`;

// One statement for outputs, cases and events: three round trips cost more than the rows do.
const insert = statement(
  'outputs.insert',
  `with kept as (
     insert into outputs (workspace_id, created_at, ${output_columns})
     select $1, $2, ${output_columns} from jsonb_to_recordset($3) as o (id text, gate text,
       policy_version int, title text, input jsonb, content jsonb, confidence float8, scores jsonb,
       model text, model_version text, prompt_version text, score_version text, population text, groups jsonb, risk text, cost_usd float8, action jsonb,
       action_hash text, verdict text, reasons jsonb, spot_check_probability float8,
       spot_checked boolean, promise jsonb, case_id text, conversation_id text, metadata jsonb, callback_url text,
       salt text, created_by text, deadline_at timestamptz, outcome jsonb, outcome_status text,
       outcome_at timestamptz, settled boolean)),
   opened as (${insert_cases})
   ${insert_events}`,
);

/** Writes outputs, the cases they open and the events of both. */
export const insertOutputs = (
  tx: Tx,
  scope: Scope,
  outputs: NewOutput[],
  cases: NewCase[],
  events: ReturnType<typeof eventJson>[],
) =>
  tx.write(insert, [
    scope.workspace_id,
    tx.now,
    JSON.stringify(outputs),
    JSON.stringify(cases),
    JSON.stringify(events),
  ]);

const cases_of = statement(
  'outputs.cases_of',
  'select id, case_id from outputs where workspace_id = $1 and id = any($2::text[])',
);
/** The cases that outputs wait for, without all that they hold. */
export const casesOfOutputs = async (tx: Tx, scope: Scope, ids: string[]) => {
  if (!ids.length) return new Map<string, string | null>();
  type Row = { id: string; case_id: string | null };
  const rows = await tx.query<Row>(cases_of, [scope.workspace_id, ids]);
  return new Map(rows.map(({ id, case_id }) => [id, case_id]));
};

const taken = statement(
  'outputs.taken',
  `select id, gate, created_by, input, content, action, verdict, reasons, policy_version, case_id
   from outputs where workspace_id = $1 and id = any($2::text[]) order by id`,
);
export type TakenRow = Pick<
  OutputRow,
  | 'id'
  | 'gate'
  | 'created_by'
  | 'input'
  | 'content'
  | 'action'
  | 'verdict'
  | 'reasons'
  | 'policy_version'
  | 'case_id'
>;
export const takenOutputs = (tx: Tx, scope: Scope, ids: string[]) =>
  tx.query<TakenRow>(taken, [scope.workspace_id, ids]);

export const output_view = `id, gate, policy_version, title, input, content, confidence, scores,
  model, model_version, prompt_version, score_version, population, groups, risk, cost_usd, action, action_hash,
  verdict, reasons, spot_check_probability, spot_checked, promise, case_id, conversation_id, metadata, callback_url, salt,
  created_by, created_at, deadline_at, outcome, outcome_at, undo_until, settled, claimed_at,
  claimed_by, erased_at`;

const by_id = statement(
  'outputs.by_id',
  `select ${output_view} from outputs where workspace_id = $1 and id = $2`,
);
export const findOutput = async (tx: Tx, scope: Scope, id: string) =>
  (await tx.query<OutputRow>(by_id, [scope.workspace_id, id]))[0];

const lock = statement(
  'outputs.lock',
  `select ${output_view} from outputs where workspace_id = $1 and id = any($2::text[])
   order by id for update`,
);
export const lockOutputs = (tx: Tx, scope: Scope, ids: string[]) =>
  tx.query<OutputRow>(lock, [scope.workspace_id, ids]);

const by_ids = statement(
  'outputs.by_ids',
  `select ${output_view} from outputs where workspace_id = $1 and id = any($2::text[]) order by id`,
);
export const outputsById = (tx: Tx, scope: Scope, ids: string[]) =>
  tx.query<OutputRow>(by_ids, [scope.workspace_id, ids]);

const mark_claimed = statement(
  'outputs.mark_claimed',
  `with kept as (
     update outputs set claimed_at = $2, claimed_by = c.claimed_by
     from jsonb_to_recordset($3) as c (id text, claimed_by text)
     where outputs.workspace_id = $1 and outputs.id = any($5::text[]) and outputs.id = c.id)
   insert into events (workspace_id, type, subject, actor, actor_kind, data, at)
   select $1, type, subject, actor, actor_kind, data, $2
   from jsonb_to_recordset($4) as e ${event_record}`,
);
export const markClaimed = (
  tx: Tx,
  scope: Scope,
  claims: { id: string; claimed_by: string }[],
  events: ReturnType<typeof eventJson>[],
) =>
  tx.write(mark_claimed, [
    scope.workspace_id,
    tx.now,
    JSON.stringify(claims),
    JSON.stringify(events),
    claims.map(({ id }) => id),
  ]);

/** What changes on outputs when their cases are decided, undone, or settle. */
export interface OutcomeChange {
  id: string;
  outcome: Outcome | null;
  outcome_status: string | null;
  outcome_at: string | null;
  undo_until: string | null;
  settled: boolean;
}

const to_settle = statement(
  'outputs.to_settle',
  `select workspace_id, id from outputs where undo_until <= $1 and not settled
   order by undo_until, id limit $2 for update skip locked`,
);
export const outputsToSettle = (tx: Tx, limit: number) =>
  tx.query<{ workspace_id: string; id: string }>(to_settle, [tx.now, limit]);

const settle = statement(
  'outputs.settle',
  `update outputs set settled = true, undo_until = null
   where workspace_id = $1 and id = $2 and not settled and outcome is not null
   returning ${output_view}`,
);
export const settleOutput = async (tx: Tx, scope: Scope, id: string) =>
  (await tx.query<OutputRow>(settle, [scope.workspace_id, id]))[0];

const change_outcome = statement(
  'outputs.change_outcome',
  `update outputs set outcome = $3, outcome_status = $4, outcome_at = $5, undo_until = $6,
     settled = $7 where workspace_id = $1 and id = $2`,
);
export const changeOutcome = (tx: Tx, scope: Scope, change: OutcomeChange) =>
  tx.query(change_outcome, [
    scope.workspace_id,
    change.id,
    change.outcome === null ? null : JSON.stringify(change.outcome),
    change.outcome_status,
    change.outcome_at,
    change.undo_until,
    change.settled,
  ]);

/** What a caller sees of a row: an outcome that can still be undone has not left yet. */
export const toOutput = (row: OutputRow): Output => {
  const { callback_url: _u, salt: _s, settled, outcome_at: _a, claimed_by: _c, ...rest } = row;
  return {
    ...rest,
    outcome: settled ? row.outcome : null,
    undo_until: settled ? null : row.undo_until,
  };
};

/** An output for those who may not see what the AI said, being to decide without it (rule C10). */
export const unseen = (row: OutputRow): Output => ({
  ...toOutput(row),
  // The one it has may be made of what the AI said; its case has this one.
  title: titleOf(row.gate, row.input === null ? {} : { input: row.input }),
  ...unsaid,
});

const unsaid = {
  content: null,
  action: null,
  action_hash: null,
  confidence: null,
  scores: null,
  model: null,
  model_version: null,
  prompt_version: null,
  score_version: null,
  promise: null,
  metadata: null,
} as const;
