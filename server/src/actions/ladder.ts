import {
  type CaseRecord,
  deadlineOf,
  expire,
  highest,
  ladderStep,
  nextStep,
  type Rung,
  systemOf,
  toMs,
  withLeases,
} from '@wheelhouse/core';
import type { Ports } from '../ports.ts';
import { ensureQueue } from '../store/queues.ts';
import { settleOutcome } from './answer.ts';
import type { RulingsCache } from './definition.ts';
import { docketWrites, openDockets } from './docket.ts';

const types = {
  remind: 'case.reminded',
  widen: 'case.widened',
  escalate: 'case.escalated',
} as const;

/** One rung of the ladder, or the end of it, for one case whose time has come (rule C9).
 *  @returns whether there was anything to do */
export async function stepLadder(
  ports: Ports,
  rulings: RulingsCache,
  workspace_id: string,
  case_id: string,
): Promise<boolean> {
  const system = systemOf(workspace_id);
  return ports.database.transact(system, async (tx) => {
    const open = (await openDockets(tx, system, rulings, [case_id])).get(case_id);
    if (!open) return false;
    const { docket, row } = open;
    const deadline = deadlineOf(docket.policy);
    const step = ladderStep(docket.record, deadline, tx.now);
    if (!step) return false;
    const writes = docketWrites(tx, system);
    if (step === 'expire') {
      const next = expire(docket, ports.makeId('resolution', tx.now), tx.now);
      writes.change(docket, next);
      if (next.resolution) settleOutcome(tx, open, next, next.resolution, writes, system);
      writes.save();
      return true;
    }
    const record = climbed(docket.record, step);
    record.next_at = nextStep(record, deadline);
    // A version that was saved before queues were looked for may name one that is not there.
    if (record.queue !== docket.record.queue) await ensureQueue(tx, system, record.queue);
    writes.change(docket, withLeases({ ...docket, record }, docket.leases, tx.now));
    writes.say(system, {
      type: types[step.do],
      subject: case_id,
      data: {
        queue: record.queue,
        was_queue: row.queue,
        needs_role: record.needs_role,
        waited_ms: toMs(tx.now) - toMs(record.created_at),
      },
    });
    writes.save();
    return true;
  });
}

/** A wider or higher circle; the role asked for never falls (rule C6). */
function climbed(before: CaseRecord, step: Rung): CaseRecord {
  const record = { ...before, rung: before.rung + 1 };
  if (step.do === 'remind') return record;
  record.assigned_to = null;
  if (step.queue) record.queue = step.queue;
  if (step.do === 'escalate') record.needs_role = highest(before.needs_role, step.role);
  return record;
}
