import type { AnswerSubmission, CaseRecord, Resolution } from './case.ts';
import type { Form, Values } from './form.ts';
import type { ActionSpec, Policy, Quorum } from './gate.ts';
import type { Json } from './json.ts';
import { isLive, type Lease } from './lease.ts';
import type { Action } from './output.ts';
import type { Part } from './part.ts';
import { placeRole } from './quorum.ts';
import { atLeast, type Role } from './role.ts';
import type { Instant } from './time.ts';

/** One rater's reply, as kept. A model's suggestion is an answer too, but never counts. */
export interface AnswerRecord {
  id: string;
  case_id: string;
  rater: string;
  rater_kind: 'member' | 'key' | 'model' | 'system';
  role: Role;
  epoch: number;
  status: AnswerSubmission['status'];
  values: Values;
  note: string | null;
  shown_suggestion: boolean;
  spent_ms: number;
  at: Instant;
}

/** What an answer is judged against: the case with everything that hangs on it. */
export interface Docket {
  record: CaseRecord;
  leases: Lease[];
  answers: AnswerRecord[];
  resolution: Resolution | null;
  /** What a question without an output shows; null where it is made of the output. */
  parts: Part[] | null;
  form: Form;
  quorum: Quorum;
  policy: Policy | null;
  /** What was proposed; null for a question without an output. */
  proposed: { action: Action | null; input: Json | null; content: Json | null } | null;
  spec: ActionSpec | null;
}

/** The answers that count towards the quorum. */
export const counted = (answers: readonly AnswerRecord[]) =>
  answers.filter(({ status, rater_kind }) => status === 'submitted' && rater_kind !== 'model');

/** Whether a rater has done with a case: they answered it, or passed it on and were not given it
 *  since (rules C15, C21). */
export const isThrough = ({ record, answers }: Docket, rater: string): boolean =>
  answers.some(
    (one) => one.rater === rater && (one.status === 'submitted' || record.assigned_to !== rater),
  );

/** Whether anyone is shut out of a case, so that one day nobody may be left (rule C22). A key that
 *  asked for it is nobody who would decide it. */
export const isNarrowed = ({ record, answers }: Docket): boolean =>
  answers.length > 0 || (!record.own_request_allowed && record.requested_by.startsWith('mem_'));

/** Places still free on a case: what is wanted, less what is in and what is held (rule L3). */
export const openSlots = (
  record: Pick<CaseRecord, 'wanted'>,
  answers: readonly AnswerRecord[],
  leases: readonly Lease[],
  now: Instant,
) =>
  Math.max(
    0,
    record.wanted - counted(answers).length - leases.filter((lease) => isLive(lease, now)).length,
  );

/** The docket with `leases` as they now are: what has lapsed goes with whatever is given back, so
 *  that a free place is never counted once as free and once more when its old lease is cleared away
 *  (rule L3). So does what a lower role than is now asked for holds (rule L6). */
export function withLeases(docket: Docket, leases: readonly Lease[], now: Instant): Docket {
  const { record, answers } = docket;
  const live = leases.filter(
    (lease) => isLive(lease, now) && atLeast(lease.role, record.needs_role),
  );
  if (record.state !== 'waiting') {
    return { ...docket, leases: live, record: { ...record, open_slots: 0, place_role: null } };
  }
  const open_slots = openSlots(record, answers, live, now);
  const role = nextPlace(docket, live, open_slots);
  const place_role = role === record.needs_role ? null : role;
  return { ...docket, leases: live, record: { ...record, open_slots, place_role } };
}

/** The least role that the next free place may go to (rule L5). An adjudicator decides alone.
 *  @param live the leases that hold a place */
export function nextPlace(docket: Docket, live: readonly Lease[], free: number): Role {
  const { record, answers } = docket;
  if (record.adjudicating) return record.needs_role;
  const holding = live.map(({ role }) => role);
  return placeRole(docket, counted(answers), holding, free, record.needs_role);
}
