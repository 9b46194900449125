import { argumentFaults } from './arguments.ts';
import type { AnswerSubmission, CaseState } from './case.ts';
import {
  type AnswerRecord,
  counted,
  type Docket,
  isThrough,
  nextPlace,
  openSlots,
  withLeases,
} from './docket.ts';
import { type Values, verdictQuestion } from './form.ts';
import { canonical, type Json } from './json.ts';
import { allows, isLive, type Lease } from './lease.ts';
import { asksForMarks } from './mark.ts';
import { invalid, refuse } from './refusal.ts';
import { proposedFor, settle } from './resolution.ts';
import { atLeast, type Role } from './role.ts';
import { asksApart, partsShown } from './shown.ts';
import type { Instant } from './time.ts';
import { checkValues, inOneOrder } from './values.ts';

export interface Rater {
  id: string;
  kind: 'member' | 'key' | 'system';
  role: Role;
}

/** Whether a rater may decide this case at all (rules C1, C3, C4, C6).
 *  @throws Refusal already_resolved, own_request, not_eligible, already_answered */
export function checkRater(docket: Docket, by: Rater): void {
  const { record, resolution, answers } = docket;
  const case_id = record.id;
  if (record.state !== 'waiting') {
    // Who is asked apart may be asked anew, so even the refusal says only that it is decided.
    const first = resolution && {
      ...(asksApart(docket) ? {} : { outcome: resolution.outcome, by: resolution.by }),
      at: resolution.at,
    };
    const facts = { case_id, state: record.state, resolution: first };
    throw refuse('already_resolved', facts, closedWords(record.state));
  }
  if (record.requested_by === by.id && !record.own_request_allowed) {
    throw refuse('own_request', { case_id });
  }
  if (!atLeast(by.role, record.needs_role)) {
    throw refuse('not_eligible', { case_id, needs_role: record.needs_role });
  }
  if (counted(answers).some(({ rater }) => rater === by.id)) {
    throw refuse('already_answered', { case_id });
  }
}

/** Why a case is closed, where it was never decided; undefined for the standard sentence. */
export const closedWords = (state: CaseState): string | undefined =>
  state === 'cancelled' ? 'This case was withdrawn, so there is nothing to decide.' : undefined;

/** Why this rater cannot have this very case now, in the words an answer to it would get.
 *  @throws Refusal as checkRater; held_by_other */
export function checkClaim(docket: Docket, by: Rater, now: Instant): void {
  checkRater(docket, by);
  const case_id = docket.record.id;
  if (isThrough(docket, by.id)) {
    throw refuse('already_answered', { case_id }, 'You passed this case on, so others decide it.');
  }
  epochFor(docket, undefined, by, undefined, now);
}

/** Takes an answer under its lease and says what it comes to (rules C1 to C9, L1 to L3).
 *  @throws Refusal as checkRater; lease_lost, held_by_other; invalid naming each field */
export function takeAnswer(
  docket: Docket,
  by: Rater,
  body: AnswerSubmission,
  ids: { answer: string; resolution: string },
  now: Instant,
): { docket: Docket; answer: AnswerRecord } {
  checkRater(docket, by);
  const { record } = docket;
  const mine = docket.leases.find(({ rater }) => rater === by.id);
  const epoch = epochFor(docket, mine, by, body.epoch, now);
  const values = body.status === 'submitted' ? settledValues(docket, body.values) : {};
  const answer: AnswerRecord = {
    id: ids.answer,
    case_id: record.id,
    rater: by.id,
    rater_kind: by.kind,
    role: by.role,
    epoch,
    status: body.status,
    values,
    note: body.note ?? null,
    shown_suggestion: body.shown_suggestion,
    spent_ms: body.spent_ms,
    at: now,
  };
  const needs_role =
    body.status === 'cannot_judge' && !atLeast(record.needs_role, 'lead')
      ? ('lead' as const)
      : record.needs_role;
  const next: Docket = {
    ...docket,
    answers: [...docket.answers, answer],
    leases: docket.leases.filter((lease) => lease !== mine),
    record: { ...record, needs_role, epoch: Math.max(record.epoch, epoch) },
  };
  // A skip says nothing, so it settles nothing, whatever was said before it.
  const after =
    body.status === 'submitted'
      ? settle(next, ids.resolution, now)
      : withLeases(next, next.leases, now);
  return { docket: freed(after, by), answer };
}

/** Whoever a case was given to has done with it by answering, so what it still waits for is for
 *  everyone again (rule C21): nobody else could have it, and they can have it no more. */
const freed = (docket: Docket, by: Rater): Docket =>
  docket.record.state === 'waiting' && docket.record.assigned_to === by.id
    ? { ...docket, record: { ...docket.record, assigned_to: null } }
    : docket;

/** The epoch an answer is kept under: its lease's, or a new one on a place that is free. */
function epochFor(
  docket: Docket,
  mine: Lease | undefined,
  by: Rater,
  epoch: number | undefined,
  now: Instant,
): number {
  const { record, answers } = docket;
  const case_id = record.id;
  if (epoch !== undefined) {
    if (allows(mine, epoch, now)) return epoch;
    throw refuse('lease_lost', { case_id, epoch, current_epoch: record.epoch });
  }
  if (mine && isLive(mine, now)) return mine.epoch;
  if (record.assigned_to !== null && record.assigned_to !== by.id) {
    const { assigned_to } = record;
    throw refuse('held_by_other', { case_id, assigned_to }, 'This case is assigned to another.');
  }
  const others = docket.leases.filter((lease) => lease !== mine);
  const live = others.filter((lease) => isLive(lease, now));
  const free = openSlots(record, answers, live, now);
  const needs_role = nextPlace(docket, live, free);
  if (free > 0 && atLeast(by.role, needs_role)) return record.epoch + 1;
  if (free > 0) {
    const words = `What is left to say on this is kept for a ${needs_role}.`;
    throw refuse('not_eligible', { case_id, needs_role }, words);
  }
  const [held] = live;
  throw refuse('held_by_other', { case_id, until: held?.expires_at });
}

/** Values checked by the form and, for an edit, by the action's schema; an edit that changes
 *  nothing is an approval (rule C8). */
export function settledValues(docket: Docket, given: Values): Values {
  const { form } = docket;
  checkValues(form, given, asksForMarks(form) ? partsShown(docket) : []);
  const values = inOneOrder(form, given);
  const verdict = verdictQuestion(form);
  if (!verdict || values[verdict.name] !== 'edit') return values;
  const edit = verdict.edit as 'arguments' | 'content';
  const edited = values[edit] as Json;
  if (edit === 'arguments') {
    if (!docket.proposed?.action) {
      throw invalid({ field: 'values.arguments', message: 'there is no action here to edit' });
    }
    if (edited === null || typeof edited !== 'object' || Array.isArray(edited)) {
      throw invalid({ field: 'values.arguments', message: 'must be an object' });
    }
    const schema = docket.spec?.arguments_schema;
    const faults = schema ? argumentFaults(schema, edited, 'values.arguments') : [];
    if (faults.length) throw invalid(...faults);
  } else if (docket.proposed?.content === null || docket.proposed === null) {
    throw invalid({ field: 'values.content', message: 'there is no content here to edit' });
  }
  if (canonical(edited) !== canonical(proposedFor(docket, edit) ?? null)) return values;
  const { [edit]: _same, ...rest } = values;
  return { ...rest, [verdict.name]: 'approve' };
}
