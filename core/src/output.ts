import * as z from 'zod';
import { WebAddress } from './address.ts';
import { digest } from './hash.ts';
import { idOf, Name } from './id.ts';
import { canonical, Json, JsonObject, StoredJson, StoredObject, Text } from './json.ts';
import { plainText } from './plain-text.ts';
import { OutputPromise } from './promise.ts';
import { risks } from './risk.ts';
import { longest_wait_ms } from './time.ts';

/** A tool call that the caller will carry out as approved, and only so. */
export const Action = z.strictObject({
  name: Text(200).min(1),
  arguments: JsonObject.default({}),
  /** What it acts on, when the arguments do not say ("production", an account, a file). */
  target: Text(1_000).optional(),
  tool_version: Text(200).optional(),
  /** Content hashes of files the action reads, by path, so a later rewrite is refused. */
  files: z.record(Text(1_000), Text(200)).optional(),
});
export type Action = z.infer<typeof Action>;

export const OutputSubmission = z
  .strictObject({
    /** Made by the caller when it wants a retry to meet its own row. */
    id: idOf('output').optional(),
    input: Json.optional(),
    content: Json.optional(),
    /** How sure the model is that it is right, 0..1. */
    confidence: z.number().min(0).max(1).optional(),
    /** Label → probability 0..1. */
    scores: z.record(Text(200), z.number().min(0).max(1)).optional(),
    model: Text(200).optional(),
    model_version: Text(200).optional(),
    /** The prompt it was made with, where that changes apart from the model. */
    prompt_version: Text(200).optional(),
    /** How its confidence was made (the raw probability, a recalibration, a judge), where that changes
     *  apart from both. */
    score_version: Text(200).optional(),
    /** What kind of traffic it belongs to, where a promise is to be made of each apart. */
    population: Text(200).optional(),
    /** Who is concerned, by attribute ("language" → "de"), so that error can be told apart by group. */
    groups: z.record(Text(100), Text(200)).optional(),
    risk: z.enum(risks).optional(),
    cost_usd: z.number().min(0).optional(),
    action: Action.optional(),
    /** Milliseconds until it expires if nobody decided. */
    deadline_ms: z.int().min(1).max(longest_wait_ms).optional(),
    callback_url: WebAddress.optional(),
    conversation_id: Text(100).optional(),
    metadata: JsonObject.optional(),
  })
  .refine(({ content, action }) => content !== undefined || action !== undefined, {
    path: ['content'],
    message: 'an output has content, an action, or both',
  });
export type OutputSubmission = z.infer<typeof OutputSubmission>;

export const verdict_kinds = ['pass', 'hold', 'block'] as const;
export const VerdictKind = z.enum(verdict_kinds);
export type VerdictKind = z.infer<typeof VerdictKind>;

export const outcome_statuses = [
  'passed',
  'approved',
  'edited',
  'rejected',
  'answered',
  'expired',
  'cancelled',
  'blocked',
] as const;
export const OutcomeStatus = z.enum(outcome_statuses);
export type OutcomeStatus = z.infer<typeof OutcomeStatus>;

/** An outcome that stood before a correction took its place. */
export const EarlierOutcome = z.object({
  status: OutcomeStatus,
  by: z.string(),
  at: z.string(),
  /** When its action was claimed: what ran is what it let run. Null when nothing ran under it. */
  claimed_at: z.string().nullable(),
});
export type EarlierOutcome = z.infer<typeof EarlierOutcome>;

/** What became of an output; null on the output while undecided. */
export const Outcome = z.object({
  status: OutcomeStatus,
  /** The action that may run: as asked, or as a person edited it. */
  action: Action.optional(),
  /** The content that may be used: as proposed, or as a person edited it. */
  content: StoredJson.optional(),
  /** A person's answers to the gate's form. */
  values: StoredObject.optional(),
  /** For `expired`: whether the policy says in words that it may run all the same. */
  fallback: z.enum(['none', 'reject', 'approve']).optional(),
  /** Over the action that may run and everything it is bound to; recomputed before it is handed out. */
  action_hash: z.string().optional(),
  reason: z.string().optional(),
  /** For `blocked`: whether a rule says so, rather than that nothing lets it through. */
  by_rule: z.boolean().optional(),
  by: z.string(),
  at: z.string(),
  /** After a correction: what stood before it, oldest first. */
  earlier: z.array(EarlierOutcome).optional(),
});
export type Outcome = z.infer<typeof Outcome>;

export const SubmissionResult = z.object({
  id: idOf('output'),
  verdict: VerdictKind,
  reasons: z.array(z.string()),
  policy_version: z.int(),
  case_id: idOf('case').optional(),
});
export type SubmissionResult = z.infer<typeof SubmissionResult>;

export const Output = z.object({
  id: idOf('output'),
  gate: Name,
  /** One line that tells it from its neighbours, made of what was sent as it was sent. */
  title: z.string(),
  input: StoredJson.nullable(),
  content: StoredJson.nullable(),
  confidence: z.number().nullable(),
  scores: z.record(z.string(), z.number()).nullable(),
  model: z.string().nullable(),
  model_version: z.string().nullable(),
  prompt_version: z.string().nullable(),
  score_version: z.string().nullable(),
  population: z.string().nullable(),
  groups: z.record(z.string(), z.string()).nullable(),
  risk: z.enum(risks).nullable(),
  cost_usd: z.number().nullable(),
  action: Action.nullable(),
  action_hash: z.string().nullable(),
  verdict: VerdictKind,
  reasons: z.array(z.string()),
  policy_version: z.int(),
  /** The share of passed outputs that people saw anyway when this was judged; null if none. */
  spot_check_probability: z.number().nullable(),
  spot_checked: z.boolean(),
  /** Of a guaranteed gate: what was known of it before its outcome; null where its label says nothing
   *  of the promise. */
  promise: OutputPromise.nullable(),
  case_id: idOf('case').nullable(),
  conversation_id: z.string().nullable(),
  metadata: StoredObject.nullable(),
  created_by: z.string(),
  created_at: z.string(),
  deadline_at: z.string().nullable(),
  outcome: Outcome.nullable(),
  /** Until when a decision can still be undone; null once it has left, or while there is none. */
  undo_until: z.string().nullable(),
  claimed_at: z.string().nullable(),
  /** When its content was erased; what is left says that it was, and how it was decided. */
  erased_at: z.string().nullable(),
});
export type Output = z.infer<typeof Output>;

/** Whether an outcome lets its action run. */
export const letsRun = ({ status, fallback }: Outcome): boolean =>
  status === 'passed' ||
  status === 'approved' ||
  status === 'edited' ||
  (status === 'expired' && fallback === 'approve');

/** What an approval is bound to. Change any of it and the hash is another. */
export interface Bound {
  workspace_id: string;
  output_id: string;
  gate: string;
  policy_version: number;
  action: Action;
}

/** The bytes a person approves and an executor recomputes: RFC 8785 over everything bound. */
export const boundBytes = (bound: Bound): string => canonical(bound as unknown as JsonObject);

/** Invariant 12: bytes approved are bytes executed. */
export const actionHash = (bound: Bound): string => digest(boundBytes(bound));

/** The outcome with the hash of what it lets run, bound to its output (rule O1). */
export const sealed = (outcome: Outcome, bound: Omit<Bound, 'action'>): Outcome =>
  outcome.action
    ? { ...outcome, action_hash: actionHash({ ...bound, action: outcome.action }) }
    : outcome;

export const ClaimedAction = z.object({
  output_id: idOf('output'),
  action: Action,
  hash: z.string(),
  /** The bound fields beside the action, so that a caller can recompute the hash itself. */
  bound: z.object({ workspace_id: z.string(), gate: z.string(), policy_version: z.int() }),
  outcome: Outcome,
});
export type ClaimedAction = z.infer<typeof ClaimedAction>;

const title_limit = 160;

/** One line that tells an output from its neighbours in a list: the action and its arguments, else
 *  the last thing a customer said, else the content, either without its Markdown. */
export function titleOf(
  gate: string,
  output: { input?: Json; content?: Json; action?: Action },
): string {
  const words = output.action
    ? [output.action.name, brief(output.action.arguments)].filter(Boolean).join(': ')
    : (saidIn(output.input) ?? saidIn(output.content) ?? gate);
  // No more is read of a long text than a line can show, however it is spaced.
  const read = cut(words.trimStart(), 4 * title_limit);
  const line = (output.action ? read.replaceAll(/\s+/g, ' ').trim() : plainText(read)) || gate;
  return line.length > title_limit ? `${cut(line, title_limit - 1)}…` : line;
}

/** Never half a surrogate pair, which no text store takes. */
const cut = (line: string, most: number) =>
  line
    .slice(0, most)
    .toWellFormed()
    .replace(/\uFFFD$/, '');

/** What tells one call from another: names, figures and texts, of an object the first of them. Yes
 *  and no say nothing without their question, and a long text would leave no room for the rest. */
const brief = (values: JsonObject) =>
  Object.values(values)
    .flatMap((value) => told(value) ?? [])
    .slice(0, 6)
    .join(' · ');

const longest_value = 40;

function told(value: Json | undefined): string | undefined {
  if (typeof value === 'number') return value.toLocaleString('en');
  if (typeof value === 'string') {
    return value.length > longest_value ? `${cut(value, longest_value)}…` : value || undefined;
  }
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  return Object.values(value)
    .map((inner) => (typeof inner === 'object' ? undefined : told(inner)))
    .find((inner) => inner !== undefined);
}

function saidIn(value: Json | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return JSON.stringify(value).slice(0, 400);
  if (typeof value.text === 'string') return value.text;
  if (Array.isArray(value.messages)) {
    const last = value.messages.findLast(
      (message) =>
        message !== null &&
        typeof message === 'object' &&
        !Array.isArray(message) &&
        (message.author_kind === 'contact' || message.from === 'customer'),
    ) as JsonObject | undefined;
    // Who is called by name is not called the customer; the last word is mostly theirs.
    const said = (last ?? value.messages.at(-1)) as JsonObject | null | undefined;
    if (typeof said?.text === 'string') return said.text;
  }
  return JSON.stringify(value).slice(0, 400);
}
