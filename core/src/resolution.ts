import { argumentFaults } from './arguments.ts';
import type { AnswerSubmission, CaseKind, CaseRecord, Resolution } from './case.ts';
import { type Change, changes } from './diff.ts';
import { checkValues, type Form, type Values, verdictQuestion } from './form.ts';
import type { ActionSpec, Policy, Quorum } from './gate.ts';
import { canonical, type Json, type JsonObject } from './json.ts';
import { allows, isLive, type Lease } from './lease.ts';
import type { Action, Outcome } from './output.ts';
import { invalid, refuse } from './refusal.ts';
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
  form: Form;
  quorum: Quorum;
  policy: Policy | null;
  /** What was proposed; null for a question without an output. */
  proposed: { action: Action | null; content: Json | null } | null;
  spec: ActionSpec | null;
}

export interface Rater {
  id: string;
  kind: 'member' | 'key' | 'system';
  role: Role;
}

/** The answers that count towards the quorum. */
export const counted = (answers: readonly AnswerRecord[]) =>
  answers.filter(({ status, rater_kind }) => status === 'submitted' && rater_kind !== 'model');

/** Places still free on a case: what is wanted, less what is in and what is held (rule L3). */
export const openSlots = (
  record: CaseRecord,
  answers: AnswerRecord[],
  leases: Lease[],
  now: Instant,
) =>
  Math.max(
    0,
    record.wanted - counted(answers).length - leases.filter((lease) => isLive(lease, now)).length,
  );

/** Whether a rater may decide this case at all (rules C3, C4, C6).
 *  @throws Refusal already_resolved, own_request, not_eligible, already_answered */
export function checkRater(docket: Docket, by: Rater): void {
  const { record, resolution, policy, answers } = docket;
  if (record.state !== 'waiting') {
    const first = resolution && {
      outcome: resolution.outcome,
      by: resolution.by,
      at: resolution.at,
    };
    throw refuse('already_resolved', {
      case_id: record.id,
      state: record.state,
      resolution: first,
    });
  }
  if (record.requested_by === by.id && !policy?.own_request_allowed) {
    throw refuse('own_request', { case_id: record.id });
  }
  if (!atLeast(by.role, record.needs_role)) {
    throw refuse('not_eligible', { case_id: record.id, needs_role: record.needs_role });
  }
  if (counted(answers).some(({ rater }) => rater === by.id)) {
    throw refuse('already_answered', { case_id: record.id });
  }
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
  const epoch = leaseFor(docket, mine, body.epoch, now);
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
  const answers = [...docket.answers, answer];
  const leases = docket.leases.filter(({ rater }) => rater !== by.id);
  const next: Docket = {
    ...docket,
    answers,
    leases,
    record: { ...record, epoch: Math.max(record.epoch, epoch) },
  };
  if (body.status === 'cannot_judge' && !atLeast(record.needs_role, 'lead')) {
    next.record.needs_role = 'lead';
  }
  return { docket: settle(next, ids.resolution, now), answer };
}

function leaseFor(
  docket: Docket,
  mine: Lease | undefined,
  epoch: number | undefined,
  now: Instant,
) {
  const { record, answers, leases } = docket;
  if (epoch !== undefined) {
    if (allows(mine, epoch, now)) return epoch;
    throw refuse('lease_lost', { case_id: record.id, epoch, current_epoch: record.epoch });
  }
  if (mine && isLive(mine, now)) return mine.epoch;
  const others = leases.filter((lease) => lease !== mine);
  if (record.wanted - counted(answers).length - others.filter((l) => isLive(l, now)).length > 0) {
    return record.epoch + 1;
  }
  const held_by = others.find((lease) => isLive(lease, now));
  throw refuse('held_by_other', { case_id: record.id, until: held_by?.expires_at });
}

/** Values checked by the form and, for an edit, by the action's schema; an edit that changes
 *  nothing is an approval. */
function settledValues(docket: Docket, values: Values): Values {
  checkValues(docket.form, values);
  const verdict = verdictQuestion(docket.form);
  if (!verdict || values[verdict.name] !== 'edit') return values;
  const edit = verdict.edit as 'arguments' | 'content';
  const edited = values[edit] as Json;
  if (edit === 'arguments') {
    if (edited === null || typeof edited !== 'object' || Array.isArray(edited)) {
      throw invalid({ field: 'values.arguments', message: 'must be an object' });
    }
    const schema = docket.spec?.arguments_schema;
    const faults = schema ? argumentFaults(schema, edited, 'values.arguments') : [];
    if (faults.length) throw invalid(...faults);
  }
  if (canonical(edited) !== canonical(before(docket, edit) ?? null)) return values;
  const { [edit]: _same, ...rest } = values;
  return { ...rest, [verdict.name]: 'approve' };
}

const before = (docket: Docket, edit: 'arguments' | 'content'): Json | undefined =>
  edit === 'arguments'
    ? docket.proposed?.action?.arguments
    : (docket.proposed?.content ?? undefined);

/** Recomputes free places, and resolves, widens to an adjudicator, or waits. */
function settle(docket: Docket, resolution_id: string, now: Instant): Docket {
  const votes = counted(docket.answers);
  const last = votes.at(-1);
  const { record, quorum } = docket;
  const settled = last && reached(docket, votes, last);
  if (settled) {
    const resolution = resolutionOf(docket, settled, resolution_id, now);
    return {
      ...docket,
      resolution,
      leases: [],
      record: { ...record, state: 'resolved', open_slots: 0, next_at: null },
    };
  }
  const next = { ...record };
  if (votes.length >= record.wanted) {
    // All were asked and they do not agree, or too few of the right role were among them.
    const agreed = agreeing(docket.form, votes, quorum.approvals);
    const missing = agreed && missingRole(quorum, agreed);
    next.wanted = votes.length + 1;
    next.adjudicating = !missing;
    next.needs_role = missing || (atLeast(record.needs_role, 'lead') ? record.needs_role : 'lead');
  }
  next.open_slots = openSlots(next, docket.answers, docket.leases, now);
  return { ...docket, record: next };
}

interface Settled {
  kind: Resolution['kind'];
  deciding: AnswerRecord;
  by: AnswerRecord[];
}

function reached(docket: Docket, votes: AnswerRecord[], last: AnswerRecord): Settled | undefined {
  const { quorum, form, record } = docket;
  if (record.adjudicating) return { kind: 'adjudicated', deciding: last, by: [last] };
  const verdict = verdictQuestion(form);
  if (verdict) {
    const rejects = votes.filter(({ values }) => values[verdict.name] === 'reject');
    const veto = quorum.veto;
    const vetoed = veto && rejects.find(({ role }) => atLeast(role, veto));
    if (vetoed)
      return { kind: quorum.of > 1 ? 'quorum' : 'single', deciding: vetoed, by: [vetoed] };
    const first = rejects[0];
    if (first && rejects.length > quorum.of - quorum.approvals) {
      return { kind: quorum.of > 1 ? 'quorum' : 'single', deciding: first, by: rejects };
    }
  }
  const agreed = agreeing(form, votes, quorum.approvals);
  const deciding = agreed?.[0];
  if (!agreed || !deciding || missingRole(quorum, agreed)) return undefined;
  return { kind: quorum.of > 1 ? 'quorum' : 'single', deciding, by: agreed };
}

/** The first group of at least `wanted` answers that say the very same thing. Rejections form no
 *  group: a verdict's quorum counts approvals of the same bytes. */
function agreeing(form: Form, votes: AnswerRecord[], wanted: number): AnswerRecord[] | undefined {
  const verdict = verdictQuestion(form);
  const groups = new Map<string, AnswerRecord[]>();
  for (const vote of votes) {
    if (verdict && vote.values[verdict.name] === 'reject') continue;
    const { reason: _reason, ...said } = vote.values;
    const key = canonical(said);
    const group = groups.get(key) ?? [];
    groups.set(key, [...group, vote]);
  }
  return [...groups.values()].find((group) => group.length >= wanted);
}

const missingRole = (quorum: Quorum, group: AnswerRecord[]): Role | undefined =>
  (Object.entries(quorum.roles) as [Role, number][]).find(
    ([role, least]) => group.filter((vote) => atLeast(vote.role, role)).length < least,
  )?.[0];

function resolutionOf(
  docket: Docket,
  { kind, deciding, by }: Settled,
  id: string,
  at: Instant,
): Resolution {
  const values = deciding.values;
  const verdict = verdictQuestion(docket.form);
  const said = verdict ? values[verdict.name] : undefined;
  const outcome =
    ({ approve: 'approved', edit: 'edited', reject: 'rejected' } as const)[said as 'edit'] ??
    'answered';
  const edit = verdict?.edit;
  const diff: Change[] =
    outcome === 'edited' && edit ? changes(before(docket, edit), values[edit]) : [];
  const reason = typeof values.reason === 'string' ? values.reason : deciding.note;
  return {
    id,
    kind,
    outcome,
    values,
    diff,
    agreed: agreement(docket, values, outcome),
    by: by.map(({ rater }) => rater),
    reason,
    at,
  };
}

/** Whether the AI had said what the people said: an approval is agreement; other forms agree when
 *  every answered question equals the field of that name in the output's content. */
function agreement(docket: Docket, values: Values, outcome: string): boolean | null {
  if (verdictQuestion(docket.form)) return outcome === 'approved';
  const content = docket.proposed?.content;
  if (content === null || content === undefined) return null;
  const suggested = suggestedValues(docket.form, content);
  const names = docket.form.questions.map(({ name }) => name).filter((name) => name in suggested);
  if (!names.length) return null;
  return names.every(
    (name) => canonical(plain(suggested[name] ?? null)) === canonical(plain(values[name] ?? null)),
  );
}

const plain = (value: Json): Json =>
  typeof value === 'string' ? value.trim().toLowerCase() : value;

/** The output's content as values of the form: fields by name, or bare content for one question. */
export function suggestedValues(form: Form, content: Json | null | undefined): JsonObject {
  if (content === null || content === undefined) return {};
  const asked = form.questions.filter(({ kind }) => kind !== 'verdict');
  if (typeof content !== 'object' || Array.isArray(content)) {
    const only = asked[0];
    return asked.length === 1 && only ? { [only.name]: content } : {};
  }
  const values: JsonObject = {};
  for (const { name } of asked) {
    const value = Object.hasOwn(content, name) ? content[name] : undefined;
    if (value !== undefined) values[name] = value;
  }
  return values;
}

/** Time is up: its own outcome, which approves only where the policy says so in words (rule C9). */
export function expire(docket: Docket, resolution_id: string, now: Instant): Docket {
  const { record } = docket;
  return {
    ...docket,
    leases: [],
    record: { ...record, state: 'resolved', open_slots: 0, next_at: null },
    resolution: {
      id: resolution_id,
      kind: 'expired',
      outcome: 'expired',
      values: null,
      diff: [],
      agreed: null,
      by: [],
      reason: docket.policy?.deadline.approve_in_words ?? null,
      at: now,
    },
  };
}

/** What a resolution means for the output behind the case; null where it has no effect on it. */
export function outcomeOf(kind: CaseKind, resolution: Resolution, docket: Docket): Outcome | null {
  if (kind === 'spot_check' || kind === 'question') return null;
  const { outcome: status, values } = resolution;
  const action = docket.proposed?.action ?? undefined;
  const content = docket.proposed?.content ?? undefined;
  const by = resolution.by.join(', ') || 'system';
  const said = {
    by,
    at: resolution.at,
    ...(resolution.reason ? { reason: resolution.reason } : {}),
  };
  if (status === 'expired') {
    const fallback = docket.policy?.deadline.fallback ?? 'none';
    return { status, fallback, ...(fallback === 'approve' ? { action, content } : {}), ...said };
  }
  if (status === 'rejected') return { status, ...said };
  if (status === 'answered') return { status, values: values ?? {}, ...said };
  if (status === 'approved') return { status, action, content, ...said };
  const edited = values?.arguments as JsonObject | undefined;
  return {
    status,
    ...(action ? { action: edited ? { ...action, arguments: edited } : action } : {}),
    content: values?.content ?? content,
    ...said,
  };
}
