import { asksApart, type Case, type Principal, refuse, systemOf, takeBack } from '@wheelhouse/core';
import type { Ports } from '../ports.ts';
import { layDownResolution, undoAnswers } from '../store/answers.ts';
import { lockOutputs } from '../store/outputs.ts';
import { settleOutcome } from './answer.ts';
import { caseView } from './case-view.ts';
import type { RulingsCache } from './definition.ts';
import { docketWrites, openDockets } from './docket.ts';

/** Takes a decision back before its effect has left: the asker's own answer, or, for a lead who gave
 *  none, all that it stands on (rules C12, C18).
 *  @throws Refusal not_found, too_late, and those of core's takeBack */
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
    const id = ports.makeId('resolution', tx.now);
    const { docket: next, taken } = takeBack(docket, by, id, tx.now);
    const gone = !output || output.settled || !output.undo_until || output.undo_until <= tx.now;
    if (gone || open.row.kind === 'spot_check') throw refuse('too_late', { case_id });
    const answer_ids = taken.map((answer) => answer.id);
    await layDownResolution(tx, by, case_id);
    await undoAnswers(tx, by, case_id, answer_ids);
    const writes = docketWrites(tx, by);
    writes.change(docket, next);
    writes.say(by, {
      type: 'case.undone',
      subject: case_id,
      data: {
        resolution_id: docket.resolution?.id,
        was: docket.resolution?.outcome,
        ...(asksApart(docket) ? { apart: true } : {}),
        answer_ids,
        queue: docket.record.queue,
        output_id: output.id,
      },
    });
    output.outcome = null;
    output.undo_until = null;
    open.docket = next;
    // What the others said may settle it without the answer that is gone: nobody says it anew.
    if (next.resolution) {
      settleOutcome(tx, open, next, next.resolution, writes, systemOf(by.workspace_id));
    } else {
      writes.outcome({
        id: output.id,
        outcome: null,
        outcome_status: null,
        outcome_at: null,
        undo_until: null,
        settled: false,
      });
    }
    writes.save();
    return caseView(open, by, tx.now);
  });
  ports.database.wake();
  return view;
}
