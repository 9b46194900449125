import * as z from 'zod';
import { Form } from './form.ts';
import { type ActionSpec, type Deadline, Quorum, type Rung } from './gate.ts';
import { digest } from './hash.ts';
import { idOf, Name } from './id.ts';
import { canonical, type Json, JsonObject, StoredObject, Text } from './json.ts';
import type { Action } from './output.ts';
import { namedOnce, Part } from './part.ts';
import { Role } from './role.ts';
import { elapsed, type Instant, longest_wait_ms, plus } from './time.ts';

/** What a case is for. A spot check has no effect: its output passed already. A shadow case hides
 *  the AI's answer. A question is opened by a person or program, with no output behind it. */
export const case_kinds = ['review', 'spot_check', 'shadow', 'question'] as const;
export const CaseKind = z.enum(case_kinds);
export type CaseKind = z.infer<typeof CaseKind>;
export const case_states = ['waiting', 'resolved', 'cancelled'] as const;
export const CaseState = z.enum(case_states);
export type CaseState = z.infer<typeof CaseState>;

/** The frame of what would happen, drawn from the very bytes that are bound. */
export const ActionFrame = z.object({
  /** RFC 8785 text of everything bound; shown untruncated. */
  bytes: z.string(),
  hash: z.string(),
  name: z.string(),
  arguments: StoredObject,
  target: z.string().optional(),
  arguments_schema: StoredObject.nullable(),
});
export type ActionFrame = z.infer<typeof ActionFrame>;

export const CaseSubmission = z.strictObject({
  id: idOf('case').optional(),
  queue: Name.default('default'),
  title: Text(300).optional(),
  parts: z.array(Part).min(1).max(50).superRefine(namedOnce),
  form: Form,
  quorum: Quorum.prefault({}),
  priority: z.int().min(-100).max(100).default(0),
  deadline_ms: z.int().min(1).max(longest_wait_ms).optional(),
  assigned_to: idOf('member').optional(),
  metadata: JsonObject.optional(),
});
export type CaseSubmission = z.infer<typeof CaseSubmission>;

export const Resolution = z.object({
  id: idOf('resolution'),
  kind: z.enum(['single', 'quorum', 'adjudicated', 'expired', 'corrected']),
  outcome: z.enum(['approved', 'edited', 'rejected', 'answered', 'expired']),
  values: StoredObject.nullable(),
  diff: z.array(
    z.object({ path: z.string(), from: z.unknown().optional(), to: z.unknown().optional() }),
  ),
  /** Whether the AI would have said the same; null when that cannot be compared. */
  agreed: z.boolean().nullable(),
  by: z.array(z.string()),
  reason: z.string().nullable(),
  at: z.string(),
});
export type Resolution = z.infer<typeof Resolution>;

export const Case = z.object({
  id: idOf('case'),
  kind: CaseKind,
  state: CaseState,
  title: z.string(),
  queue: Name,
  gate: Name.nullable(),
  gate_title: z.string().nullable(),
  output_id: idOf('output').nullable(),
  reasons: z.array(z.string()),
  priority: z.int(),
  due_at: z.string().nullable(),
  created_at: z.string(),
  assigned_to: z.string().nullable(),
  requested_by: z.string(),
  needs_role: Role,
  quorum: Quorum,
  /** Answers counted so far; who gave them and what they say stays hidden until it is decided. */
  answers_in: z.int(),
  adjudicating: z.boolean(),
  /** Since when nobody is left who could take it; told to a lead or above, who can mend that. */
  stranded_at: z.string().nullable(),
  /** Who skipped it or could not judge it, and why, oldest first. While several are asked apart, only
   *  a lead or above is told. */
  passed_on: z.array(
    z.object({
      answer_id: z.string(),
      by: z.string(),
      status: z.enum(['skipped', 'cannot_judge']),
      note: z.string().nullable(),
      at: z.string(),
    }),
  ),
  holders: z.array(z.object({ rater: z.string(), expires_at: z.string() })),
  model: z.string().nullable(),
  model_version: z.string().nullable(),
  confidence: z.number().nullable(),
  risk: z.string().nullable(),
  parts: z.array(Part),
  action: ActionFrame.nullable(),
  /** What the AI proposed, as values of this form; null when blind or when there is none. */
  suggestion: z
    .object({
      values: StoredObject,
      confidence: z.number().nullable(),
      scores: z.record(z.string(), z.number()).nullable(),
    })
    .nullable(),
  form: Form,
  /** Digest of everything shown; sent back with the answer, so that a change makes it stale. */
  shown: z.string(),
  undo_until: z.string().nullable(),
  resolution: Resolution.nullable(),
});
export type Case = z.infer<typeof Case>;

export const LeaseView = z.object({ epoch: z.int(), expires_at: z.string() });
export const ClaimedCase = Case.extend({ lease: LeaseView });
export type ClaimedCase = z.infer<typeof ClaimedCase>;

export const answer_statuses = ['submitted', 'skipped', 'cannot_judge'] as const;
export const AnswerSubmission = z
  .strictObject({
    /** The lease's epoch. Without it the answer takes a free place itself, in the same transaction. */
    epoch: z.int().min(1).optional(),
    status: z.enum(answer_statuses).default('submitted'),
    values: JsonObject.default({}),
    /** What is said beside the answer; whoever skips or cannot judge says why here. */
    note: Text(10_000).optional(),
    shown_suggestion: z.boolean().default(false),
    spent_ms: z.int().min(0).max(longest_wait_ms).default(0),
    /** The `shown` digest of what was looked at; another one now is refused as stale. */
    shown: Text(100).optional(),
  })
  .refine(({ status, note }) => status === 'submitted' || !!note?.trim(), {
    path: ['note'],
    message: 'say why you skip it or cannot judge it',
  });
export type AnswerSubmission = z.infer<typeof AnswerSubmission>;

/** A decision that takes the place of one whose effect has left (rule C16). */
export const CorrectionSubmission = z.strictObject({
  /** The right answer, by the case's form. */
  values: JsonObject,
  /** Why the first decision was wrong; kept in the record and told to whoever asked. */
  reason: Text(10_000).refine((text) => text.trim() !== '', 'say why it is corrected'),
  /** The resolution it corrects; when another stands by now, the correction is refused as stale. */
  resolution_id: idOf('resolution').optional(),
});
export type CorrectionSubmission = z.infer<typeof CorrectionSubmission>;

export const CorrectionResult = z.object({
  case: Case,
  resolution: Resolution,
  /** When the action was claimed under an earlier decision: it is not run again. Null when nobody
   *  claimed it, so that only what the correction lets run can be. */
  claimed_at: z.string().nullable(),
});
export type CorrectionResult = z.infer<typeof CorrectionResult>;

/** The record of a case as the store keeps it. */
export interface CaseRecord {
  id: string;
  workspace_id: string;
  kind: CaseKind;
  state: CaseState;
  queue: string;
  gate: string | null;
  policy_version: number | null;
  output_id: string | null;
  requested_by: string;
  /** As the policy said when it was opened; whoever asks a question may answer it. */
  own_request_allowed: boolean;
  assigned_to: string | null;
  needs_role: Role;
  /** Answers asked for; adjudication asks for one more. */
  wanted: number;
  /** wanted − valid answers − live leases, never below 0: the claim statement reads only this. */
  open_slots: number;
  /** The least role that the next free place may go to; null where needs_role says it all. */
  place_role: Role | null;
  adjudicating: boolean;
  epoch: number;
  priority: number;
  created_at: Instant;
  due_at: Instant | null;
  /** The next rung of the ladder, and when the clock next has something to do. */
  rung: number;
  next_at: Instant | null;
  /** Since when nobody is left who could take it (rule C22). */
  stranded_at: Instant | null;
}

/** When the ladder next acts on a case: its next rung or its expiry, whichever comes first. */
export function nextStep(
  record: Pick<CaseRecord, 'created_at' | 'due_at' | 'rung'>,
  deadline: Deadline,
): Instant | null {
  const rung = deadline.ladder[record.rung];
  const rung_at = rung && plus(record.created_at, rung.after_ms);
  if (rung_at && (!record.due_at || rung_at < record.due_at)) return rung_at;
  return record.due_at;
}

/** What the end of a case's time means. A time that its caller set shorter than the policy's lets
 *  nothing run (rule C20): it would be a way around everyone who is to look at it. */
export function fallbackAt(
  { fallback, expire_after_ms }: Deadline,
  { created_at, due_at }: Pick<CaseRecord, 'created_at' | 'due_at'>,
): Deadline['fallback'] {
  if (fallback !== 'approve') return fallback;
  const waited_ms = due_at === null ? 0 : elapsed(created_at, due_at);
  return expire_after_ms !== null && waited_ms >= expire_after_ms ? 'approve' : 'none';
}

/** What the ladder asks for at `now`: the rung to climb, `expire`, or nothing yet. */
export function ladderStep(
  record: Pick<CaseRecord, 'created_at' | 'due_at' | 'rung' | 'state'>,
  deadline: Deadline,
  now: Instant,
): Rung | 'expire' | null {
  if (record.state !== 'waiting') return null;
  if (record.due_at && record.due_at <= now) return 'expire';
  const rung = deadline.ladder[record.rung];
  return rung && elapsed(record.created_at, now) >= rung.after_ms ? rung : null;
}

/** The digest of what a person sees before deciding. */
export const shownDigest = (shown: {
  parts: Part[];
  form: Form;
  reasons: string[];
  action: ActionFrame | null;
}) => digest(canonical(shown as unknown as Json));

export const frameOf = (
  action: Action,
  bytes: string,
  hash: string,
  spec: ActionSpec | null,
): ActionFrame => ({
  bytes,
  hash,
  name: action.name,
  arguments: action.arguments,
  ...(action.target === undefined ? {} : { target: action.target }),
  arguments_schema: spec?.name === action.name ? spec.arguments_schema : null,
});
