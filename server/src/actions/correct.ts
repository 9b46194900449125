import {
  besideEarlier,
  type CorrectionResult,
  type CorrectionSubmission,
  correct,
  evidenceOf,
  type NewEvent,
  type Outcome,
  outcomeOf,
  type Principal,
  type Resolution,
  refuse,
  sealed,
} from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import { layDownResolution } from '../store/answers.ts';
import { lockOutputs, type OutputRow } from '../store/outputs.ts';
import { caseView } from './case-view.ts';
import type { RulingsCache } from './definition.ts';
import { type DocketWrites, docketWrites, type OpenDocket, openDockets } from './docket.ts';

/** Corrects a decision whose effect has left (rule C16). What was claimed under the first decision
 *  is not run again; what was not can be claimed only as corrected.
 *  @throws Refusal not_found, erased, undo_open, and those of core's correct */
export async function correctCase(
  ports: Ports,
  rulings: RulingsCache,
  by: Principal,
  case_id: string,
  body: CorrectionSubmission,
): Promise<CorrectionResult> {
  const result = await ports.database.transact(by, async (tx) => {
    const open = (await openDockets(tx, by, rulings, [case_id])).get(case_id);
    if (!open) throw refuse('not_found', { case_id });
    if (open.row.erased_at) throw refuse('erased', { case_id, erased_at: open.row.erased_at });
    // A claim may be taking the right to act at this very moment: whoever has the row's lock first
    // wins, and the other sees what it left.
    const [output] = open.output ? await lockOutputs(tx, by, [open.output.id]) : [];
    open.output = output;
    const { docket } = open;
    const id = ports.makeId('resolution', tx.now);
    const resolution = correct(docket, by, body, id, tx.now);
    if (output && !output.settled) {
      const words = 'Its effect has not left yet: undo it instead, and decide it anew.';
      throw refuse('undo_open', { case_id, undo_until: output.undo_until }, words);
    }
    await layDownResolution(tx, by, case_id);
    const writes = docketWrites(tx, by);
    const after = { ...docket, resolution };
    writes.change(docket, after);
    writes.resolve(case_id, resolution);
    const actor = { id: by.id, kind: by.kind };
    writes.say(actor, corrected(open, docket.resolution as Resolution, resolution));
    if (output) changeOutcome(tx, open, output, after, resolution, writes, actor);
    writes.save();
    open.docket = after;
    return {
      case: caseView(open, by, tx.now),
      resolution,
      claimed_at: output?.claimed_at ?? null,
    };
  });
  ports.database.wake();
  return result;
}

/** The audit line: what stands now in place of what, and salted digests of what was said. */
function corrected({ row, output }: OpenDocket, before: Resolution, now: Resolution): NewEvent {
  const salt = output?.salt ?? row.salt ?? '';
  return {
    type: 'case.corrected',
    subject: row.id,
    data: {
      resolution_id: now.id,
      corrects: before.id,
      was: before.outcome,
      outcome: now.outcome,
      agreed: now.agreed,
      by: now.by,
      evidence: evidenceOf(salt, { values: now.values, reason: now.reason }),
      queue: row.queue,
      ...(row.gate ? { gate: row.gate } : {}),
      ...(row.output_id ? { output_id: row.output_id } : {}),
    },
  };
}

/** Hands the corrected outcome on, with what stood before beside it. A spot check and a question
 *  change nothing of any output. */
function changeOutcome(
  tx: Tx,
  { row }: OpenDocket,
  output: OutputRow,
  docket: OpenDocket['docket'],
  resolution: Resolution,
  writes: DocketWrites,
  actor: Pick<Principal, 'id' | 'kind'>,
): void {
  const came = outcomeOf(row.kind, resolution, docket);
  if (!came || !output.outcome) return;
  const { id, gate, policy_version, salt, claimed_at, callback_url } = output;
  const bound = { workspace_id: row.workspace_id, output_id: id, gate, policy_version };
  const was = output.outcome;
  const outcome: Outcome = besideEarlier(sealed(came, bound), was, claimed_at);
  const [outcome_status, outcome_at] = [outcome.status, tx.now];
  writes.outcome({ id, outcome, outcome_status, outcome_at, undo_until: null, settled: true });
  output.outcome = outcome;
  const { action_hash } = outcome;
  writes.say(actor, {
    type: 'output.corrected',
    subject: id,
    data: {
      status: outcome.status,
      was: was.status,
      claimed: claimed_at !== null,
      gate,
      ...(action_hash ? { action_evidence: evidenceOf(salt, action_hash) } : {}),
      ...(callback_url ? { callback: true } : {}),
    },
  });
}
