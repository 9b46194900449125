import {
  atLeast,
  conversationOf,
  type Delivery,
  type Event,
  type Feedback,
  type FeedbackSubmission,
  type Output,
  type OutputFilter,
  type OutputLife,
  type Page,
  type Principal,
  refuse,
  type Scope,
} from '@wheelhouse/core';
import type * as z from 'zod';
import type { Ports, Tx } from '../ports.ts';
import { resolutionHistory } from '../store/answers.ts';
import { outputsAskedApart } from '../store/cases.ts';
import { deliveriesOf } from '../store/deliveries.ts';
import { type Actor, appendEvents, eventsOf, toEvent } from '../store/events.ts';
import { feedbackOf, insertFeedback } from '../store/feedback.ts';
import { namesOf } from '../store/members.ts';
import { listOutputs } from '../store/output-list.ts';
import {
  changeOutcome,
  findOutput,
  lockOutputs,
  type OutputRow,
  toOutput,
  unseen,
} from '../store/outputs.ts';
import { decidedEvent } from './answer.ts';
import { canBeUndone } from './case-view.ts';
import type { RulingsCache } from './definition.ts';
import { docketWrites, openDockets, toResolution } from './docket.ts';
import { cancelCase } from './erase.ts';

/** Outputs as one principal may see them: until a shadow case is decided for good, only who submitted
 *  sees what the AI said, or those who are to decide without it could look it up (rule C10). */
async function seenBy(tx: Tx, by: Principal, rows: OutputRow[]): Promise<Output[]> {
  const open = rows.filter((row) => !row.settled && row.case_id && row.created_by !== by.id);
  const apart = open.length
    ? await outputsAskedApart(
        tx,
        by,
        open.map(({ id }) => id),
      )
    : undefined;
  return rows.map((row) => (apart?.get(row.id) ? unseen(row) : toOutput(row)));
}

/** @throws Refusal not_found */
export const readOutput = (ports: Ports, by: Principal, id: string): Promise<Output> =>
  ports.database.transact(by, async (tx) => {
    const row = await findOutput(tx, by, id);
    if (!row) throw refuse('not_found', { output_id: id });
    return (await seenBy(tx, by, [row]))[0] as Output;
  });

export const readOutputs = (
  ports: Ports,
  by: Principal,
  filter: z.infer<typeof OutputFilter>,
): Promise<Page<Output>> =>
  ports.database.transact(by, async (tx) => {
    const page = await listOutputs(tx, by, by.id, filter);
    return { rows: await seenBy(tx, by, page.rows), next: page.next };
  });

/** One output's whole life. Answers' contents come only with the resolution, so nothing here tells
 *  a second rater what the first said. */
export const readLife = (ports: Ports, by: Principal, id: string): Promise<OutputLife> =>
  ports.database.transact(by, async (tx) => {
    const row = await findOutput(tx, by, id);
    if (!row) throw refuse('not_found', { output_id: id });
    const subjects = row.case_id ? [id, row.case_id] : [id];
    // What was undone was said too, but whoever decides anew must not be told by whom and what.
    const undoable = canBeUndone(row);
    const apart = undoable && (await outputsAskedApart(tx, by, [id])).has(id);
    const decided = row.case_id !== null && row.outcome !== null && !apart;
    const [events, resolutions, feedback, deliveries] = await Promise.all([
      eventsOf(tx, by, subjects),
      decided ? resolutionHistory(tx, by, [row.case_id as string]) : [],
      feedbackOf(tx, by, id),
      deliveriesOf(tx, by, id),
    ]);
    const cursors = new Map(events.map((row) => [Number(row.seq), toEvent(row).cursor]));
    const names = await namesOf(
      tx,
      by,
      events.map(({ actor }) => actor),
    );
    return {
      output: (await seenBy(tx, by, [row]))[0] as Output,
      events: events.map((event) => ({
        ...(decided ? toEvent(event) : untold(toEvent(event))),
        actor_name: names.get(event.actor) ?? nameless[event.actor_kind] ?? event.actor,
      })),
      resolutions: resolutions.map(toResolution),
      feedback,
      deliveries: deliveries.flatMap(({ seq, ...row }) => {
        const cursor = cursors.get(Number(seq));
        return cursor ? [told(row, cursor)] : [];
      }),
    };
  });

const nameless: Partial<Record<Event['actor_kind'], string>> = {
  system: 'Wheelhouse',
  contact: 'The customer',
};

function told({ id, url, webhook_id, state, attempts, next_at }: Delivery, cursor: string) {
  const last = attempts.at(-1);
  return {
    id,
    cursor,
    // What is left of an address that was erased need not be one.
    host: URL.canParse(url) ? new URL(url).host : '',
    callback: webhook_id === null,
    state,
    attempts: attempts.length,
    status: last?.status ?? null,
    fault: last?.fault ?? null,
    at: last?.at ?? null,
    next_at,
  };
}

/** An event without what a decision was that has been taken back: whoever decides anew would hear in
 *  it what the first rater said (rule C10). */
const untold = (event: Event): Event =>
  event.type === 'case.resolved' || event.type === 'case.undone'
    ? { ...event, data: { ...event.data, outcome: null, was: null, by: null, agreed: null } }
    : event;

/** Withdraws an output that nobody has decided; its case closes, and whoever holds it is told.
 *  @throws Refusal not_found, forbidden, already_resolved */
export async function cancelOutput(
  ports: Ports,
  rulings: RulingsCache,
  by: Principal,
  id: string,
  reason: string | undefined,
): Promise<Output> {
  const output = await ports.database.transact(by, async (tx) => {
    // The case first, then the output: the order every decision locks in.
    const case_id = (await findOutput(tx, by, id))?.case_id;
    const open = case_id ? (await openDockets(tx, by, rulings, [case_id])).get(case_id) : undefined;
    const [row] = await lockOutputs(tx, by, [id]);
    if (!row) throw refuse('not_found', { output_id: id });
    if (row.created_by !== by.id && !atLeast(by.role, 'lead')) {
      // Withdrawing ends it as surely as rejecting does, and past everyone who is to decide it.
      const words = 'Only who submitted it, or a lead, can withdraw it. Others decide its case.';
      throw refuse('forbidden', { output_id: id }, words);
    }
    // What was decided and may be decided anew is not told (rule C10).
    if (row.outcome) {
      const told = row.settled ? row.outcome : null;
      throw refuse('already_resolved', { output_id: id, outcome: told });
    }
    const outcome = {
      status: 'cancelled' as const,
      by: by.id,
      at: tx.now,
      ...(reason ? { reason } : {}),
    };
    const change = {
      id,
      outcome,
      outcome_status: 'cancelled',
      outcome_at: tx.now,
      undo_until: null,
      settled: true,
    };
    await changeOutcome(tx, by, change);
    const writes = docketWrites(tx, by);
    const actor = { id: by.id, kind: by.kind };
    writes.say(
      actor,
      { type: 'output.cancelled', subject: id, data: { gate: row.gate } },
      decidedEvent(row, outcome),
    );
    if (open?.docket.record.state === 'waiting') cancelCase(writes, by, open);
    writes.save();
    return toOutput({ ...row, ...change });
  });
  ports.database.wake();
  return output;
}

/** @throws Refusal not_found, erased */
export async function giveFeedback(
  ports: Ports,
  by: Principal,
  id: string,
  body: z.infer<typeof FeedbackSubmission>,
): Promise<Feedback> {
  const made = await ports.database.transact(by, async (tx) => {
    // Locked, so that nothing new is said about it while it is being erased.
    const [row] = await lockOutputs(tx, by, [id]);
    if (!row) throw refuse('not_found', { output_id: id });
    if (row.erased_at) throw refuse('erased', { output_id: id });
    if (body.kind === 'preference' && !(await findOutput(tx, by, body.over))) {
      throw refuse('not_found', {
        output_id: body.over,
        errors: [{ field: 'over', message: 'no such output' }],
      });
    }
    return keepFeedback(ports, tx, by, row, body);
  });
  ports.database.wake();
  return made;
}

/** Writes what somebody says of an output that is locked. */
export async function keepFeedback(
  ports: Ports,
  tx: Tx,
  by: Scope & Actor,
  output: Pick<OutputRow, 'id' | 'conversation_id'>,
  body: FeedbackSubmission,
): Promise<Feedback> {
  const feedback = {
    id: ports.makeId('feedback', tx.now),
    output_id: output.id,
    feedback: body,
    by: by.id,
    at: tx.now,
  };
  await insertFeedback(tx, by, feedback);
  appendEvents(tx, by, { id: by.id, kind: by.kind }, [
    {
      type: 'output.feedback_given',
      subject: output.id,
      data: { feedback_id: feedback.id, kind: body.kind, ...conversationOf(output) },
    },
  ]);
  return feedback;
}
