import {
  type Action,
  actionHash,
  argumentFaults,
  canonical,
  evidenceOf,
  invalid,
  type Json,
  judge,
  type NewEvent,
  nextStep,
  type Outcome,
  type OutputSubmission,
  type Principal,
  plus,
  refuse,
  type Scope,
  type SubmissionResult,
  titleOf,
} from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import { eventJson } from '../store/events.ts';
import { findRemembered, type Remembered, rememberAll } from '../store/idempotency.ts';
import { insertOutputs, type NewCase, type NewOutput, takenOutputs } from '../store/outputs.ts';
import { type BatchRun, refused, type Settled, settled } from './batch.ts';
import { noGate, type Ruling, type RulingsCache } from './definition.ts';
import { replayed } from './replay.ts';
import { newSalt } from './salt.ts';

export interface Submission {
  by: Principal;
  gate: string;
  body: OutputSubmission;
  /** The Idempotency-Key and the digest of the request it stands for. */
  once?: { key: string; request: string } | undefined;
}

interface Drafted {
  output: NewOutput;
  opened: NewCase | undefined;
  events: ReturnType<typeof eventJson>[];
  result: SubmissionResult;
}

/** Judges outputs and writes them, the cases they open and what happened, in one commit
 *  (rules G1 to G5, O4).
 *  Refusals: not_found (gate), invalid (action), id_taken, key_reused. */
export function submitOutputs(
  ports: Ports,
  rulings: RulingsCache,
): BatchRun<Submission, SubmissionResult> {
  return (scope, items) =>
    ports.database
      .transact(scope, async (tx) => {
        const current = await rulings.current(
          tx,
          scope,
          items.map(({ gate }) => gate),
        );
        const drafts = items.map((item): Settled<Drafted> => {
          const found = current.get(item.gate);
          if (!found) return refused(noGate(item.gate));
          try {
            return settled(draft(ports, scope, tx, item, found.ruling, found.row.queue));
          } catch (refusal) {
            return refused(refusal);
          }
        });
        await settleIds(tx, scope, items, drafts);
        await settleKeys(tx, scope, items, drafts);
        write(tx, scope, drafts);
        return drafts.map((one) => (one.ok ? settled(one.value.result) : one));
      })
      .finally(() => ports.database.wake());
}

function write(tx: Tx, scope: Scope, drafts: Settled<Drafted>[]): void {
  const fresh = drafts.flatMap((one) => (one.ok && one.value.events.length ? [one.value] : []));
  if (!fresh.length) return;
  insertOutputs(
    tx,
    scope,
    fresh.map(({ output }) => output),
    fresh.flatMap(({ opened }) => (opened ? [opened] : [])),
    fresh.flatMap(({ events }) => events),
  );
}

/** A caller's own id that is there already: the same proposal is answered again, another refused. */
async function settleIds(tx: Tx, scope: Scope, items: Submission[], drafts: Settled<Drafted>[]) {
  const ids = items.flatMap(({ body }) => (body.id ? [body.id] : []));
  if (!ids.length) return;
  const taken = new Map((await takenOutputs(tx, scope, ids)).map((row) => [row.id, row]));
  const seen = new Map<string, string>();
  items.forEach(({ body, by, gate }, at) => {
    const one = drafts[at];
    if (!body.id || !one?.ok) return;
    const said = canonical({
      gate,
      input: body.input ?? null,
      content: body.content ?? null,
      action: (body.action ?? null) as Json,
      by: by.id,
    });
    const row = taken.get(body.id);
    const first = row
      ? canonical({
          gate: row.gate,
          input: row.input,
          content: row.content,
          action: row.action as Json,
          by: row.created_by,
        })
      : seen.get(body.id);
    if (first === undefined) {
      seen.set(body.id, said);
      return;
    }
    if (first !== said) {
      drafts[at] = refused(
        refuse('id_taken', {
          id: body.id,
          errors: [{ field: 'id', message: 'stands for another output' }],
        }),
      );
      return;
    }
    const result = row
      ? {
          id: row.id,
          verdict: row.verdict,
          reasons: row.reasons,
          policy_version: row.policy_version,
          ...(row.case_id ? { case_id: row.case_id } : {}),
        }
      : one.value.result;
    drafts[at] = settled({ ...one.value, result, events: [] });
  });
}

/** A key seen before brings its first answer back, and nothing is written again. */
async function settleKeys(tx: Tx, scope: Scope, items: Submission[], drafts: Settled<Drafted>[]) {
  const rows: Remembered[] = [];
  const owner = new Map<string, number>();
  items.forEach(({ by, once }, at) => {
    const one = drafts[at];
    if (!once || !one?.ok || owner.has(`${by.id} ${once.key}`)) return;
    owner.set(`${by.id} ${once.key}`, at);
    rows.push({
      principal: by.id,
      key: once.key,
      request: once.request,
      status: 201,
      response: one.value.result,
    });
  });
  if (!rows.length) return;
  const kept = await rememberAll(tx, scope, rows);
  const fresh = new Set(kept.map(({ principal, key }) => `${principal} ${key}`));
  const old = fresh.size < rows.length ? await findRemembered(tx, scope, rows) : [];
  const before = new Map(old.map((row) => [`${row.principal} ${row.key}`, row]));
  items.forEach(({ by, once }, at) => {
    const one = drafts[at];
    if (!once || !one?.ok) return;
    const name = `${by.id} ${once.key}`;
    if (fresh.has(name) && owner.get(name) === at) return;
    const first = before.get(name) ?? rows.find((row) => `${row.principal} ${row.key}` === name);
    if (!first) return;
    const replay = replayed<SubmissionResult>(first, once);
    drafts[at] = replay.ok ? settled({ ...one.value, result: replay.value, events: [] }) : replay;
  });
}

function draft(
  ports: Ports,
  scope: Scope,
  tx: Tx,
  item: Submission,
  ruling: Ruling,
  queue: string,
): Drafted {
  const { body, by, gate } = item;
  const { definition, version } = ruling;
  checkAction(ruling, body.action);
  const policy = definition.policy;
  const judged = judge(policy, body, ports.chance.fraction());
  const id = body.id ?? ports.makeId('output', tx.now);
  const title = titleOf(ruling.title, body);
  const needs_case = judged.verdict === 'hold' || judged.spot_checked;
  const case_id = needs_case ? ports.makeId('case', tx.now) : undefined;
  const wait_ms = body.deadline_ms ?? policy.deadline.expire_after_ms ?? undefined;
  const deadline_at = wait_ms === undefined ? undefined : plus(tx.now, wait_ms);
  const action_hash =
    body.action &&
    actionHash({
      workspace_id: scope.workspace_id,
      output_id: id,
      gate,
      policy_version: version,
      action: body.action,
    });
  const salt = newSalt(ports.chance);
  const evidence = evidenceOf(salt, {
    input: body.input ?? null,
    content: body.content ?? null,
    action: (body.action ?? null) as Json,
  });
  const outcome = immediateOutcome(judged.verdict, body, judged.reasons, tx.now);
  const opened: NewCase | undefined =
    case_id === undefined
      ? undefined
      : {
          id: case_id,
          kind: judged.spot_checked ? 'spot_check' : policy.mode === 'shadow' ? 'shadow' : 'review',
          title: policy.mode === 'shadow' ? titleOf(ruling.title, { input: body.input }) : title,
          queue,
          gate,
          policy_version: version,
          output_id: id,
          reasons: judged.reasons,
          confidence: body.confidence,
          risk: body.risk,
          priority: policy.priority + (body.risk === 'high' ? 10 : 0),
          requested_by: by.id,
          own_request_allowed: policy.own_request_allowed,
          needs_role: policy.decided_by,
          wanted: policy.quorum.of,
          lease_ms: policy.lease_ms,
          due_at: deadline_at ?? null,
          next_at: nextStep(
            { created_at: tx.now, due_at: deadline_at ?? null, rung: 0 },
            policy.deadline,
          ),
        };
  const output: NewOutput = {
    id,
    gate,
    policy_version: version,
    title,
    action_hash,
    ...judged,
    case_id,
    salt,
    input: body.input,
    content: body.content,
    confidence: body.confidence,
    scores: body.scores,
    model: body.model,
    model_version: body.model_version,
    groups: body.groups,
    risk: body.risk,
    cost_usd: body.cost_usd,
    action: body.action,
    conversation_id: body.conversation_id,
    metadata: body.metadata,
    callback_url: body.callback_url,
    created_by: by.id,
    deadline_at,
    outcome,
    outcome_status: outcome?.status,
    outcome_at: outcome?.at,
    settled: outcome !== undefined,
  };
  const actor = { id: by.id, kind: by.kind };
  const events: NewEvent[] = [
    {
      type: 'output.submitted',
      subject: id,
      data: {
        gate,
        policy_version: version,
        verdict: judged.verdict,
        evidence,
        ...(action_hash ? { action_evidence: evidenceOf(salt, action_hash) } : {}),
        ...(judged.spot_check_probability === null
          ? {}
          : {
              spot_check_probability: judged.spot_check_probability,
              spot_checked: judged.spot_checked,
            }),
        ...(case_id ? { case_id } : {}),
      },
    },
  ];
  if (opened)
    events.push({
      type: 'case.opened',
      subject: opened.id,
      data: { queue, gate, kind: opened.kind, output_id: id },
    });
  if (outcome)
    events.push({
      type: 'output.decided',
      subject: id,
      data: { status: outcome.status, gate, ...(body.callback_url ? { callback: true } : {}) },
    });
  const result = {
    id,
    verdict: judged.verdict,
    reasons: judged.reasons,
    policy_version: version,
    ...(case_id ? { case_id } : {}),
  };
  return { output, opened, events: events.map((event) => eventJson(actor, event)), result };
}

function checkAction({ definition: { action: spec } }: Ruling, action: Action | undefined): void {
  if (!spec || !action) return;
  if (action.name !== spec.name) {
    throw invalid({ field: 'action.name', message: `this gate guards "${spec.name}"` });
  }
  const faults = argumentFaults(spec.arguments_schema, action.arguments, 'action.arguments');
  if (faults.length) throw invalid(...faults);
}

/** What a verdict means at once: a pass may be used, a block may not, a hold is undecided. */
function immediateOutcome(
  verdict: string,
  body: OutputSubmission,
  reasons: string[],
  at: string,
): Outcome | undefined {
  if (verdict === 'hold') return undefined;
  if (verdict === 'block') return { status: 'blocked', reason: reasons.join('; '), by: 'gate', at };
  return { status: 'passed', action: body.action, content: body.content, by: 'gate', at };
}
