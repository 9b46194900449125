import {
  type Case,
  erased_word,
  evidenceOf,
  Form,
  type NewEvent,
  type Output,
  type Principal,
  refuse,
} from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import { removeBrief } from '../store/briefs.ts';
import { type EndedCallback, wipeCases, wipeOutputs, wipeTraces } from '../store/erasure.ts';
import { appendEvents } from '../store/events.ts';
import { erased_status } from '../store/idempotency.ts';
import { findOutput, lockOutputs, type OutputRow, toOutput } from '../store/outputs.ts';
import { caseView } from './case-view.ts';
import type { RulingsCache } from './definition.ts';
import { type DocketWrites, docketWrites, type OpenDocket, openDockets } from './docket.ts';

/** What a case with a form of its own asks once it is erased: a form has to ask something. */
export const erased_form = Form.parse({
  questions: [{ kind: 'text', name: 'erased', title: erased_word, required: false }],
});

/** Erases an output's content for good (rule A7): what was proposed, asked, answered, noted, said
 *  about it, answered to callers and by endpoints, and the salt of its digests. What stays says that
 *  it was, who decided it, how and when. Erasing again changes nothing.
 *
 *  It is gone from every table with the commit; from the engine's files when it next tidies up
 *  (vacuum), and from backups when they are thrown away.
 *  @throws Refusal not_found; not_decided while someone may still decide it or take that back */
export async function eraseOutput(
  ports: Ports,
  rulings: RulingsCache,
  by: Principal,
  id: string,
): Promise<Output> {
  const output = await ports.database.transact(by, async (tx) => {
    // The case first, then the output: the order every decision locks in.
    const case_id = (await findOutput(tx, by, id))?.case_id;
    const open = case_id ? (await openDockets(tx, by, rulings, [case_id])).get(case_id) : undefined;
    const [row] = await lockOutputs(tx, by, [id]);
    if (!row) throw refuse('not_found', { output_id: id });
    if (row.erased_at) return toOutput(row);
    if (!row.outcome || !row.settled) {
      const words = 'It is not decided for good yet. Decide or cancel it first, then erase it.';
      throw refuse('not_decided', { output_id: id }, words);
    }
    await wipe(tx, by, { output: row, open });
    return toOutput((await findOutput(tx, by, id)) as OutputRow);
  });
  ports.database.wake();
  return output;
}

/** Erases a case and, if there is one, the output behind it. A question that still waits is
 *  cancelled. @throws Refusal not_found, not_decided */
export async function eraseCase(
  ports: Ports,
  rulings: RulingsCache,
  by: Principal,
  case_id: string,
): Promise<Case> {
  const look = async (tx: Tx) => (await openDockets(tx, by, rulings, [case_id])).get(case_id);
  const output_id = await ports.database.transact(by, async (tx) => {
    const open = await look(tx);
    if (!open) throw refuse('not_found', { case_id });
    if (open.row.output_id) return open.row.output_id;
    if (!open.row.erased_at) await wipe(tx, by, { open });
    return null;
  });
  if (output_id) await eraseOutput(ports, rulings, by, output_id);
  else ports.database.wake();
  return ports.database.transact(by, async (tx) =>
    caseView((await look(tx)) as OpenDocket, by, tx.now),
  );
}

type Erased =
  | { output: OutputRow; open: OpenDocket | undefined }
  | { output?: undefined; open: OpenDocket };

async function wipe(tx: Tx, by: Principal, { output, open }: Erased): Promise<void> {
  if (open?.docket.record.state === 'waiting') {
    const writes = docketWrites(tx, by);
    cancelCase(writes, by, open);
    writes.save();
  }
  if (output) {
    wipeOutputs(tx, by, [toErased(output)]);
    removeBrief(tx, by, output.id);
  }
  if (open) wipeCases(tx, by, [open.row.id], erased_form);
  const subjects = [output?.id, open?.row.id].filter((id) => id !== undefined);
  const ended = await wipeTraces(tx, by, subjects, erased_status);
  appendEvents(tx, by, { id: by.id, kind: by.kind }, [
    output
      ? erasedEvent(output)
      : { type: 'case.erased', subject: open.row.id, data: { queue: open.row.queue } },
    ...ended.map(diedEvent),
  ]);
}

/** What is left of an output. */
export const toErased = ({ id, salt, action_hash }: OutputRow) => ({
  id,
  action_evidence: action_hash && evidenceOf(salt, action_hash),
});

export const erasedEvent = ({ id, gate, case_id }: OutputRow): NewEvent => ({
  type: 'output.erased',
  subject: id,
  data: { gate, ...(case_id ? { case_id } : {}) },
});

/** A callback that waited has nowhere to go any more. */
export const diedEvent = ({ id, event_type, subject }: EndedCallback): NewEvent => ({
  type: 'delivery.died',
  subject: id,
  data: { webhook_id: null, event_type, event_subject: subject, fault: 'erased' },
});

/** A look at what passed, or a question, that nobody needs to answer any more. */
export function cancelCase(writes: DocketWrites, by: Principal, { docket, row }: OpenDocket): void {
  const record = { ...docket.record, state: 'cancelled' as const, open_slots: 0, next_at: null };
  writes.change(docket, { ...docket, leases: [], record });
  const output_id = row.output_id ? { output_id: row.output_id } : {};
  writes.say(
    { id: by.id, kind: by.kind },
    { type: 'case.cancelled', subject: row.id, data: { queue: row.queue, ...output_id } },
  );
}
