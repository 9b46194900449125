import {
  asksApart,
  atLeast,
  boundBytes,
  type Case,
  counted,
  type Docket,
  frameOf,
  type Instant,
  isBlind,
  isLive,
  mayUndo,
  type Principal,
  partsShown,
  type Role,
  severalAsked,
  shownDigest,
  suggestedValues,
} from '@wheelhouse/core';
import type { OutputRow } from '../store/outputs.ts';
import type { OpenDocket } from './docket.ts';

/** A case as one principal may see it. What the blind may not see is not in it at all: other
 *  raters' answers before it is decided (rule C10), and in shadow the AI's own answer. */
export function caseView(open: OpenDocket, by: Principal, now: Instant): Case {
  const { row, docket, output } = open;
  const { record, form, policy } = docket;
  const undoable = canBeUndone(output);
  const blind = isBlind(record, undoable);
  const parts = partsShown(docket, blind);
  const action = blind ? null : actionFrame(open);
  const suggested = blind || !output ? {} : suggestedValues(form, output.content);
  const reasons = row.reasons;
  return {
    id: record.id,
    kind: record.kind,
    state: record.state,
    title: row.title,
    queue: record.queue,
    gate: record.gate,
    gate_title: open.gate_title,
    output_id: record.output_id,
    reasons,
    priority: record.priority,
    due_at: record.due_at,
    created_at: record.created_at,
    assigned_to: record.assigned_to,
    requested_by: record.requested_by,
    needs_role: asksFor(docket, by, now),
    quorum: docket.quorum,
    answers_in: counted(docket.answers).length,
    adjudicating: record.adjudicating,
    stranded_at: strandedSince(docket, by),
    passed_on: passedOn(docket, by, undoable),
    holders: docket.leases
      .filter((lease) => isLive(lease, now))
      .map(({ rater, expires_at }) => ({ rater, expires_at })),
    model: blind ? null : (output?.model ?? null),
    model_version: blind ? null : (output?.model_version ?? null),
    confidence: blind ? null : (output?.confidence ?? null),
    risk: output?.risk ?? null,
    parts,
    action,
    suggestion: Object.keys(suggested).length
      ? {
          values: suggested,
          confidence: output?.confidence ?? null,
          scores: output?.scores ?? null,
        }
      : null,
    form,
    shown: shownDigest({ parts, form, reasons, action }),
    undo_until:
      policy && output && undoable && docket.resolution && mayUndo(docket.resolution.by, by)
        ? output.undo_until
        : null,
    resolution: undoable && asksApart(docket) ? null : docket.resolution,
  };
}

/** Whether it is decided and may yet be decided anew, so that who was asked apart still is. */
export const canBeUndone = (output: Pick<OutputRow, 'outcome' | 'settled'> | undefined): boolean =>
  !!output?.outcome && !output.settled;

/** That others passed it on would tell those who are asked apart (rule C17), and a lead can mend it. */
const strandedSince = ({ record }: Docket, by: Principal): string | null =>
  record.state === 'waiting' && atLeast(by.role, 'lead') ? record.stranded_at : null;

/** Who passed it on and why: for whoever may decide it next. Raters who are asked apart learn nothing
 *  of one another before it is decided (rule C10). */
function passedOn(docket: Docket, by: Principal, undoable: boolean): Case['passed_on'] {
  const { record, answers } = docket;
  const open = record.state === 'waiting' || undoable;
  const apart = open && severalAsked(docket);
  if (!atLeast(by.role, apart ? 'lead' : 'reviewer')) return [];
  return answers.flatMap(({ id: answer_id, rater, status, note, at }) =>
    status === 'submitted' ? [] : [{ answer_id, by: rater, status, note, at }],
  );
}

/** The action an output asks for, drawn from the very bytes that its hash binds (rule O1). */
function actionFrame({ row, docket, output }: OpenDocket): Case['action'] {
  if (!output?.action) return null;
  const { action, id, gate, policy_version } = output;
  const { workspace_id } = row;
  const bytes = boundBytes({ workspace_id, output_id: id, gate, policy_version, action });
  return frameOf(action, bytes, output.action_hash ?? '', docket.spec);
}

/** The role that whoever looks would need: the next place's, but for who has one already. */
function asksFor({ record, leases }: Docket, by: Principal, now: Instant): Role {
  const holds = leases.some((lease) => lease.rater === by.id && isLive(lease, now));
  return (holds ? null : record.place_role) ?? record.needs_role;
}
