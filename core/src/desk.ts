import * as z from 'zod';
import { CaseKind, CaseState, Resolution } from './case.ts';
import { Owner } from './conversation.ts';
import { delivery_states } from './effect.ts';
import { Event } from './event.ts';
import { Feedback } from './feedback.ts';
import { GateDefinition } from './gate.ts';
import { idOf, Name } from './id.ts';
import { wilson } from './interval.ts';
import { JsonObject, Text } from './json.ts';
import { OutcomeStatus, Output, VerdictKind } from './output.ts';
import { PromiseState } from './promise-view.ts';
import { Role } from './role.ts';
import { Moment } from './time.ts';

/** One row of a case list: enough to choose by, nothing that the blind may not see. */
export const CaseRow = z.object({
  id: idOf('case'),
  kind: CaseKind,
  state: CaseState,
  title: z.string(),
  queue: Name,
  gate: Name.nullable(),
  gate_title: z.string().nullable(),
  reason: z.string(),
  confidence: z.number().nullable(),
  risk: z.string().nullable(),
  priority: z.int(),
  due_at: z.string().nullable(),
  created_at: z.string(),
  resolved_at: z.string().nullable(),
  outcome: z.string().nullable(),
  assigned_to: z.string().nullable(),
  needs_role: Role,
  /** Since when nobody is left who could take it; told to a lead or above. */
  stranded_at: z.string().nullable(),
  /** Until when it is offered to nobody, because people's hours of today for its gate are spent; whoever
   *  opens it may decide it (rule G72). */
  rests_until: z.string().nullable(),
  holders: z.array(z.object({ rater: z.string(), expires_at: z.string() })),
});
export type CaseRow = z.infer<typeof CaseRow>;

export const case_views = [
  'waiting',
  'mine',
  'held_by_me',
  'spot_checks',
  'mentions',
  'stranded',
  'resolved',
] as const;
export const CaseFilter = z.strictObject({
  queue: Name.optional(),
  gate: Name.optional(),
  state: CaseState.optional(),
  /** A desk's list. `waiting` and `spot_checks` leave out what the caller passed on (skipped, or
   *  could not judge); `state=waiting` lists those as well. */
  view: z.enum(case_views).optional(),
  /** Words that all stand in the title, the reason, the gate or the queue; or an id. */
  q: Text(200).optional(),
  cursor: Text(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type CaseFilter = z.infer<typeof CaseFilter>;

export const OutputFilter = z.strictObject({
  gate: Name.optional(),
  verdict: VerdictKind.optional(),
  outcome: z.union([OutcomeStatus, z.literal('undecided')]).optional(),
  confidence_min: z.coerce.number().optional(),
  confidence_max: z.coerce.number().optional(),
  since: Moment.optional(),
  until: Moment.optional(),
  q: Text(200).optional(),
  cursor: Text(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type OutputFilter = z.infer<typeof OutputFilter>;

/** A page of a list; `next` is the cursor of the page after, null on the last. */
export const Page = <Row extends z.ZodType>(row: Row) =>
  z.object({ rows: z.array(row), next: z.string().nullable() });
export interface Page<Row> {
  rows: Row[];
  next: string | null;
}

/** How far whoever listens was told of an event: by host alone, since an address can be a secret. */
export const LifeDelivery = z.object({
  id: idOf('delivery'),
  /** The event it tells of. */
  cursor: z.string(),
  host: z.string(),
  /** To the output's own address, rather than to a webhook. */
  callback: z.boolean(),
  state: z.enum(delivery_states),
  attempts: z.int(),
  /** What the last attempt came to. */
  status: z.int().nullable(),
  fault: z.string().nullable(),
  at: z.string().nullable(),
  next_at: z.string().nullable(),
});
export type LifeDelivery = z.infer<typeof LifeDelivery>;

/** One output's whole life, oldest first. */
export const OutputLife = z.object({
  output: Output,
  events: z.array(Event.extend({ actor_name: z.string() })),
  resolutions: z.array(Resolution),
  feedback: z.array(Feedback),
  /** Of what happened to the output itself, at most a hundred, newest first. */
  deliveries: z.array(LifeDelivery),
});
export type OutputLife = z.infer<typeof OutputLife>;

export const NoteSubmission = z.strictObject({
  text: Text(10_000).refine((text) => /\S/u.test(text), 'is blank'),
  mentions: z.array(idOf('member')).max(20).default([]),
});
export const Note = z.object({
  id: idOf('note'),
  text: z.string(),
  mentions: z.array(z.string()),
  by: z.string(),
  by_name: z.string(),
  at: z.string(),
});
export type Note = z.infer<typeof Note>;

export const Assignment = z.strictObject({ assigned_to: idOf('member').nullable() });
export const ClaimSubmission = z.strictObject({
  limit: z.int().min(1).max(50).default(1),
  /** Claims this very case, if it is free, rather than the next one. */
  case_id: idOf('case').optional(),
});
export const BatchDecision = z.strictObject({
  case_ids: z.array(idOf('case')).min(1).max(200),
  values: JsonObject,
  note: Text(10_000).optional(),
});
/** One record each: what came of every case named in a batch. */
export const BatchResult = z.object({
  results: z.array(
    z.object({
      case_id: idOf('case'),
      ok: z.boolean(),
      code: z.string().nullable(),
      detail: z.string().nullable(),
      outcome: z.string().nullable(),
    }),
  ),
});
export type BatchResult = z.infer<typeof BatchResult>;

/** Would a changed policy have held more? Replayed over past outputs, before it is saved. */
export const PreviewSubmission = z.strictObject({
  definition: GateDefinition,
  limit: z.int().min(1).max(20_000).default(2_000),
});
const Tally = z.object({ pass: z.int(), hold: z.int(), block: z.int() });
export const Preview = z.object({
  n: z.int(),
  since: z.string().nullable(),
  until: z.string().nullable(),
  before: Tally,
  after: Tally,
  /** How many a day would be held, from the rate of the outputs replayed; null when under an hour. */
  held_per_day_before: z.number().nullable(),
  held_per_day_after: z.number().nullable(),
  /** It is another promise than the one that is made: everything waits until that is proven too. */
  proven_anew: z.boolean(),
  /** Outputs whose verdict would differ, newest first, at most 50. */
  changed: z.array(
    z.object({
      output_id: idOf('output'),
      title: z.string(),
      confidence: z.number().nullable(),
      was: VerdictKind,
      would_be: VerdictKind,
      reasons: z.array(z.string()),
    }),
  ),
});
export type Preview = z.infer<typeof Preview>;

export const Share = z.object({
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  n: z.int(),
});
export type Share = z.infer<typeof Share>;

/** A share with its 95% Wilson interval; of none it says nothing. */
export function shareOf(hits: number, n: number): Share {
  if (!n) return { value: null, low: null, high: null, n };
  const [low, high] = wilson(hits, n);
  return { value: hits / n, low, high, n };
}

/** What the loop is doing now: the last 24 hours unless it says otherwise. */
export const HomeSummary = z.object({
  since: z.string(),
  outputs: z.int(),
  passed: z.int(),
  held: z.int(),
  blocked: z.int(),
  decided: z.int(),
  /** Decided, by outcome. */
  outcomes: z.record(z.string(), z.int()),
  waiting: z.int(),
  oldest_waiting_at: z.string().nullable(),
  held_now: z.int(),
  spent_ms: z.int(),
  median_spent_ms: z.number().nullable(),
  /** Share of people's decisions that agree with the AI, with its 95% Wilson interval. */
  agreement: Share,
  /** The same over spot checks alone: an unbiased look at what passes. */
  spot_check_agreement: Share,
  dead_deliveries: z.int(),
  by_gate: z.array(
    z.object({
      gate: Name,
      title: z.string(),
      mode: z.string(),
      /** Of a guaranteed gate, that of its part that is worst off; null of others. */
      promise: PromiseState.nullable(),
      /** In how many parts it stands so or otherwise: of its open versions, and of tiers where it has some. */
      promise_parts: z
        .object({
          counts: z.partialRecord(PromiseState, z.int()),
          /** Whether each part is of a whole version. */
          whole_versions: z.boolean(),
        })
        .nullable(),
      outputs: z.int(),
      passed: z.int(),
      held: z.int(),
      blocked: z.int(),
      waiting: z.int(),
      agreement: Share,
    }),
  ),
  by_hour: z.array(
    z.object({
      at: z.string(),
      passed: z.int(),
      held: z.int(),
      blocked: z.int(),
      decided: z.int(),
    }),
  ),
  attention: z.array(
    z.object({
      kind: z.enum(['alarmed', 'case', 'delivery', 'mention', 'overdue', 'stranded', 'unwatched']),
      id: z.string(),
      title: z.string(),
      detail: z.string(),
      at: z.string(),
    }),
  ),
});
export type HomeSummary = z.infer<typeof HomeSummary>;

/** An error as a caller gets it (RFC 9457). */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  request_id: z.string(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  /** Of `wheel_taken`: who has the wheel; a member by name. */
  owner: Owner.extend({ name: z.string().optional() }).optional(),
});
export type Problem = z.infer<typeof Problem>;
