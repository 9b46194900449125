import {
  type BatchDecision,
  type BatchResult,
  type Case,
  type CaseFilter,
  type CaseRow,
  type CaseSubmission,
  expire,
  invalid,
  isRefusal,
  ladderStep,
  type NewEvent,
  type Note,
  type NoteSubmission,
  nextStep,
  openSlots,
  type Page,
  type Principal,
  plus,
  Quorum,
  refuse,
  systemOf,
  toMs,
} from '@wheelhouse/core';
import type * as z from 'zod';
import type { Ports } from '../ports.ts';
import { layDownResolution, undoAnswers } from '../store/answers.ts';
import { listCases } from '../store/case-list.ts';
import { eventJson } from '../store/events.ts';
import { findMember, namesOf } from '../store/members.ts';
import { insertNote, listNotes } from '../store/notes.ts';
import { changeOutcome, insertOutputs, lockOutputs } from '../store/outputs.ts';
import { ensureQueue } from '../store/queues.ts';
import { type AnswerRequest, type AnswerResult, settleOutcome } from './answer.ts';
import { caseView, mayUndo } from './case-view.ts';
import type { RulingsCache } from './definition.ts';
import { docketWrites, openDockets } from './docket.ts';

const actorOf = (by: Principal) => ({ id: by.id, kind: by.kind });

/** Opens a case that has no output behind it: a question, or something to label. */
export async function openCase(
  ports: Ports,
  rulings: RulingsCache,
  by: Principal,
  body: z.infer<typeof CaseSubmission>,
): Promise<Case> {
  const view = await ports.database.transact(by, async (tx) => {
    const id = body.id ?? ports.makeId('case', tx.now);
    const taken = await openDockets(tx, by, rulings, [id]);
    if (taken.size) throw refuse('id_taken', { id });
    if (body.assigned_to && !(await findMember(tx, by, body.assigned_to))) {
      throw invalid({ field: 'assigned_to', message: 'no such member' });
    }
    await ensureQueue(tx, by, body.queue);
    const due_at = body.deadline_ms === undefined ? null : plus(tx.now, body.deadline_ms);
    const first = body.parts[0];
    const title =
      body.title ?? (first?.kind === 'text' ? first.text.slice(0, 150).toWellFormed() : 'Question');
    const events: NewEvent[] = [
      { type: 'case.opened', subject: id, data: { queue: body.queue, kind: 'question' } },
    ];
    insertOutputs(
      tx,
      by,
      [],
      [
        {
          id,
          kind: 'question',
          title,
          queue: body.queue,
          gate: undefined,
          policy_version: undefined,
          output_id: undefined,
          parts: body.parts,
          form: body.form,
          quorum: body.quorum,
          metadata: body.metadata,
          reasons: ['asked for'],
          confidence: undefined,
          risk: undefined,
          priority: body.priority,
          requested_by: by.id,
          own_request_allowed: true,
          assigned_to: body.assigned_to,
          needs_role: 'reviewer',
          wanted: Quorum.parse(body.quorum).of,
          lease_ms: 300_000,
          due_at,
          next_at: due_at,
        },
      ],
      events.map((event) => eventJson(actorOf(by), event)),
    );
    const open = (await openDockets(tx, by, rulings, [id])).get(id);
    if (!open) throw new Error('a case was not written');
    return caseView(open, by, tx.now);
  });
  ports.database.wake();
  return view;
}

/** One case as this principal may see it. @throws Refusal not_found */
export const readCase = (
  ports: Ports,
  rulings: RulingsCache,
  by: Principal,
  id: string,
): Promise<Case> =>
  ports.database.transact(by, async (tx) => {
    const open = (await openDockets(tx, by, rulings, [id])).get(id);
    if (!open) throw refuse('not_found', { case_id: id });
    return caseView(open, by, tx.now);
  });

export const readCases = (
  ports: Ports,
  by: Principal,
  filter: z.infer<typeof CaseFilter>,
): Promise<Page<CaseRow>> => ports.database.transact(by, (tx) => listCases(tx, by, by.id, filter));

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
    const raters = resolution.by;
    await layDownResolution(tx, by, case_id);
    await undoAnswers(tx, by, case_id, raters);
    await changeOutcome(tx, by, {
      id: output.id,
      outcome: null,
      outcome_status: null,
      outcome_at: null,
      undo_until: null,
      settled: false,
    });
    const answers = docket.answers.filter(({ rater }) => !raters.includes(rater));
    const record = { ...docket.record, state: 'waiting' as const };
    record.wanted = Math.max(docket.quorum.of, answers.length + 1);
    record.open_slots = openSlots(record, answers, [], tx.now);
    record.next_at = nextStep(
      record,
      docket.policy?.deadline ?? { ladder: [], expire_after_ms: null, fallback: 'none' },
    );
    const next = { ...docket, answers, record, resolution: null };
    const writes = docketWrites(tx, by);
    writes.change(docket, next);
    writes.say(actorOf(by), {
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

/** One rung of the ladder, or the end of it, for one case whose time has come (rule C9). */
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
    const deadline = docket.policy?.deadline ?? {
      ladder: [],
      expire_after_ms: null,
      fallback: 'none' as const,
    };
    const step = ladderStep(docket.record, deadline, tx.now);
    if (!step) return false;
    const writes = docketWrites(tx, system);
    if (step === 'expire') {
      const next = expire(docket, ports.makeId('resolution', tx.now), tx.now);
      writes.change(docket, next);
      if (next.resolution) settleOutcome(tx, open, next, next.resolution, writes, actorOf(system));
      writes.save();
      return true;
    }
    const record = { ...docket.record, rung: docket.record.rung + 1 };
    if (step.do !== 'remind') {
      record.assigned_to = null;
      if (step.queue) record.queue = step.queue;
    }
    if (step.do === 'escalate') record.needs_role = step.role;
    record.next_at = nextStep(record, deadline);
    if (record.queue !== docket.record.queue) await ensureQueue(tx, system, record.queue);
    writes.change(docket, { ...docket, record });
    const types = {
      remind: 'case.reminded',
      widen: 'case.widened',
      escalate: 'case.escalated',
    } as const;
    writes.say(actorOf(system), {
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

/** Decides many cases alike, each with its own lease, record and result (one fails, others stand). */
export async function decideMany(
  answer: (item: AnswerRequest) => Promise<AnswerResult>,
  by: Principal,
  body: z.infer<typeof BatchDecision>,
): Promise<BatchResult> {
  const results = await Promise.all(
    body.case_ids.map(async (case_id) => {
      try {
        const { note, values } = body;
        const done = await answer({
          by,
          case_id,
          body: {
            status: 'submitted',
            values,
            ...(note ? { note } : {}),
            shown_suggestion: false,
            spent_ms: 0,
          },
        });
        return {
          case_id,
          ok: true,
          code: null,
          detail: null,
          outcome: done.resolution?.outcome ?? null,
        };
      } catch (thrown) {
        if (!isRefusal(thrown)) throw thrown;
        return { case_id, ok: false, code: thrown.code, detail: thrown.message, outcome: null };
      }
    }),
  );
  return { results };
}

/** Adds a note; whoever is mentioned sees it on Home. @throws Refusal not_found, invalid */
export async function addNote(
  ports: Ports,
  by: Principal,
  rulings: RulingsCache,
  case_id: string,
  body: z.infer<typeof NoteSubmission>,
): Promise<Note> {
  const note = await ports.database.transact(by, async (tx) => {
    const open = (await openDockets(tx, by, rulings, [case_id])).get(case_id);
    if (!open) throw refuse('not_found', { case_id });
    const names = await namesOf(tx, by, body.mentions);
    const unknown = body.mentions.find((id) => !names.has(id));
    if (unknown) throw invalid({ field: 'mentions', message: `${unknown} is no member here` });
    const made = {
      id: ports.makeId('note', tx.now),
      text: body.text,
      mentions: body.mentions,
      by: by.id,
      at: tx.now,
    };
    await insertNote(tx, by, case_id, made);
    const writes = docketWrites(tx, by);
    writes.say(actorOf(by), {
      type: 'case.noted',
      subject: case_id,
      data: { note_id: made.id, mentions: body.mentions },
    });
    writes.save();
    return { ...made, by_name: by.name };
  });
  ports.database.wake();
  return note;
}

export const readNotes = (
  ports: Ports,
  rulings: RulingsCache,
  by: Principal,
  case_id: string,
): Promise<Note[]> =>
  ports.database.transact(by, async (tx) => {
    if (!(await openDockets(tx, by, rulings, [case_id])).size)
      throw refuse('not_found', { case_id });
    const rows = await listNotes(tx, by, case_id);
    const names = await namesOf(
      tx,
      by,
      rows.map((row) => row.by),
    );
    return rows.map((row) => ({ ...row, by_name: names.get(row.by) ?? row.by }));
  });
