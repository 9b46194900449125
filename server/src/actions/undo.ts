import {
  type Case,
  counted,
  nextStep,
  no_deadline,
  type Principal,
  refuse,
  withLeases,
} from '@wheelhouse/core';
import type { Ports } from '../ports.ts';
import { layDownResolution, undoAnswers } from '../store/answers.ts';
import { changeOutcome, lockOutputs } from '../store/outputs.ts';
import { caseView, mayUndo } from './case-view.ts';
import type { RulingsCache } from './definition.ts';
import { docketWrites, openDockets } from './docket.ts';

/** Takes a decision back before its effect has left (rule C12).
 *  @throws Refusal not_found, not_decided, forbidden, too_late */
export async function undo(
  ports: Ports,
  rulings: RulingsCache,
  by: Principal,
  case_id: string,
): Promise<Case> {
  const view = await ports.database.transact(by, async (tx) => {
    const open = (await openDockets(tx, by, rulings, [case_id])).get(case_id);
    if (!open) throw refuse('not_found', { case_id });
    const { docket } = open;
    // The clock may be letting the effect leave at this very moment: its row tells, once locked.
    const [output] = open.output ? await lockOutputs(tx, by, [open.output.id]) : [];
    open.output = output;
    const resolution = docket.resolution;
    if (!resolution) throw refuse('not_decided', { case_id });
    if (!mayUndo(resolution.by, by))
      throw refuse('forbidden', { case_id }, 'Only who decided it, or a lead, can undo it.');
    const gone = !output || output.settled || !output.undo_until || output.undo_until <= tx.now;
    if (gone || open.row.kind === 'spot_check') throw refuse('too_late', { case_id });
    await layDownResolution(tx, by, case_id);
    await undoAnswers(tx, by, case_id, resolution.by);
    await changeOutcome(tx, by, {
      id: output.id,
      outcome: null,
      outcome_status: null,
      outcome_at: null,
      undo_until: null,
      settled: false,
    });
    const answers = docket.answers.filter(
      ({ rater, status }) => status !== 'submitted' || !resolution.by.includes(rater),
    );
    const record = { ...docket.record, state: 'waiting' as const };
    record.wanted = Math.max(docket.quorum.of, counted(answers).length + 1);
    record.next_at = nextStep(record, docket.policy?.deadline ?? no_deadline);
    const next = withLeases({ ...docket, answers, record, resolution: null }, [], tx.now);
    const writes = docketWrites(tx, by);
    writes.change(docket, next);
    writes.say(by, {
      type: 'case.undone',
      subject: case_id,
      data: {
        resolution_id: resolution.id,
        was: resolution.outcome,
        queue: record.queue,
        output_id: output.id,
      },
    });
    writes.save();
    open.docket = next;
    output.outcome = null;
    output.undo_until = null;
    return caseView(open, by, tx.now);
  });
  ports.database.wake();
  return view;
}
