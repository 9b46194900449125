import {
  type AnswerSubmission,
  asksApart,
  assert,
  conversationOf,
  type Docket,
  evidenceOf,
  type Json,
  type NewEvent,
  type Outcome,
  outcomeOf,
  type Principal,
  plus,
  type Resolution,
  refuse,
  sealed,
  takeAnswer,
} from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import type { OutputRow } from '../store/outputs.ts';
import { type BatchRun, refused, type Settled, settled } from './batch.ts';
import { caseView } from './case-view.ts';
import type { RulingsCache } from './definition.ts';
import { type DocketWrites, docketWrites, type OpenDocket, openDockets } from './docket.ts';
import { type Asked, keysOf } from './replay.ts';

export interface AnswerRequest {
  by: Principal;
  case_id: string;
  body: AnswerSubmission;
  once?: Asked | undefined;
}
export interface AnswerResult {
  case: ReturnType<typeof caseView>;
  resolution: Resolution | null;
  answer_id: string;
}

/** Takes answers, resolves what they settle and hands the outcome on, in one commit
 *  (rules C1 to C12, L1 to L3, O4, O5).
 *  Refusals: not_found, stale, key_reused, and those of core's takeAnswer. */
export function answerCases(
  ports: Ports,
  rulings: RulingsCache,
): BatchRun<AnswerRequest, AnswerResult> {
  return (scope, items, patience_ms) =>
    ports.database
      .transact(
        scope,
        async (tx) => {
          const dockets = await openDockets(
            tx,
            scope,
            rulings,
            items.map(({ case_id }) => case_id),
          );
          const keys = await keysOf(tx, items);
          const writes = docketWrites(tx, scope);
          const results = items.map((item): Settled<AnswerResult> => {
            const replay = keys.replay<AnswerResult>(item);
            if (replay) return replay;
            try {
              const open = dockets.get(item.case_id);
              if (!open) throw refuse('not_found', { case_id: item.case_id });
              const result = answerOne(ports, tx, open, item, writes);
              keys.keep(item, 200, result);
              return settled(result);
            } catch (refusal) {
              return refused(refusal);
            }
          });
          writes.save();
          await keys.save();
          return results;
        },
        { patience_ms, reads_first: true },
      )
      .finally(() => ports.database.wake());
}

function answerOne(
  ports: Ports,
  tx: Tx,
  open: OpenDocket,
  item: AnswerRequest,
  writes: DocketWrites,
): AnswerResult {
  const { by, body } = item;
  const before = open.docket;
  if (body.shown !== undefined && before.record.state === 'waiting') {
    const shown = caseView(open, by, tx.now).shown;
    if (shown !== body.shown) throw refuse('stale', { case_id: item.case_id, shown });
  }
  const ids = {
    answer: ports.makeId('answer', tx.now),
    resolution: ports.makeId('resolution', tx.now),
  };
  const { docket: after, answer } = takeAnswer(before, by, body, ids, tx.now);
  const actor = { id: by.id, kind: by.kind };
  writes.change(before, after);
  writes.answer(answer);
  writes.say(actor, answered(before, answer, open));
  open.docket = after;
  const resolution = before.resolution ? null : after.resolution;
  if (resolution) settleOutcome(tx, open, after, resolution, writes, actor);
  const view = caseView(open, by, tx.now);
  // Who was asked apart hears what it came to when it can no longer be taken back (rule C10).
  return { case: view, resolution: resolution && view.resolution, answer_id: answer.id };
}

/** The audit line of an answer: what was looked at and what was said, as salted digests. */
function answered(
  docket: Docket,
  answer: {
    id: string;
    status: string;
    values: Json;
    note: string | null;
    role: string;
    shown_suggestion: boolean;
    spent_ms: number;
  },
  { output, row }: OpenDocket,
): NewEvent {
  const salt = output?.salt ?? row.salt;
  assert(salt, 'every case that can be answered has a salt');
  return {
    type: 'case.answered',
    subject: docket.record.id,
    data: {
      answer_id: answer.id,
      status: answer.status,
      role: answer.role,
      evidence: evidenceOf(salt, { values: answer.values, note: answer.note }),
      ...(output?.action_hash ? { action_evidence: evidenceOf(salt, output.action_hash) } : {}),
      ...(docket.record.gate
        ? { gate: docket.record.gate, policy_version: docket.record.policy_version }
        : {}),
      shown_suggestion: answer.shown_suggestion,
      spent_ms: answer.spent_ms,
    },
  };
}

/** Writes a resolution and hands its outcome to the output: at once, or when the time to undo it
 *  is over. */
export function settleOutcome(
  tx: Tx,
  { row, output }: Pick<OpenDocket, 'row' | 'output'>,
  docket: Docket,
  resolution: Resolution,
  writes: DocketWrites,
  actor: { id: string; kind: Principal['kind'] },
): void {
  writes.resolve(row.id, resolution);
  writes.say(actor, {
    type: 'case.resolved',
    subject: row.id,
    data: {
      resolution_id: resolution.id,
      kind: resolution.kind,
      outcome: resolution.outcome,
      agreed: resolution.agreed,
      by: resolution.by,
      ...(asksApart(docket) ? { apart: true } : {}),
      queue: row.queue,
      ...(row.gate ? { gate: row.gate } : {}),
      ...(row.output_id ? { output_id: row.output_id } : {}),
    },
  });
  const came = outcomeOf(row.kind, resolution, docket);
  if (!came || !output || output.outcome) return;
  const { workspace_id } = row;
  const { id, gate, policy_version } = output;
  const outcome = sealed(came, { workspace_id, output_id: id, gate, policy_version });
  const undo_ms = resolution.kind === 'expired' ? 0 : (docket.policy?.undo_ms ?? 0);
  const settled_now = undo_ms === 0;
  const undo_until = settled_now ? null : plus(tx.now, undo_ms);
  const [outcome_status, outcome_at] = [outcome.status, tx.now];
  writes.outcome({ id, outcome, outcome_status, outcome_at, undo_until, settled: settled_now });
  output.outcome = outcome;
  output.settled = settled_now;
  output.undo_until = undo_until;
  if (settled_now) writes.say(actor, decidedEvent(output, outcome));
}

/** An outcome leaves: from here on it can be used, and no longer undone. */
export const decidedEvent = (
  output: Pick<OutputRow, 'id' | 'gate' | 'salt' | 'callback_url' | 'conversation_id'>,
  { status, action_hash }: Outcome,
): NewEvent => ({
  type: 'output.decided',
  subject: output.id,
  data: {
    status,
    gate: output.gate,
    ...(action_hash ? { action_evidence: evidenceOf(output.salt, action_hash) } : {}),
    ...(output.callback_url ? { callback: true } : {}),
    ...conversationOf(output),
  },
});
