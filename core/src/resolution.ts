import { type CaseKind, fallbackAt, type Resolution } from './case.ts';
import { type Change, changes } from './diff.ts';
import { counted, type Docket, withLeases } from './docket.ts';
import { type Form, type Values, verdictQuestion } from './form.ts';
import { deadlineOf } from './gate.ts';
import type { Json, JsonObject } from './json.ts';
import type { Outcome } from './output.ts';
import { agreed, agreedWithSecond, peopleAsked, roleWanted, type Settled } from './quorum.ts';
import { highest } from './role.ts';
import { agreement } from './suggestion.ts';
import type { Instant } from './time.ts';

/** What was proposed, as far as an edit may change it. */
export const proposedFor = (docket: Docket, edit: 'arguments' | 'content'): Json | undefined =>
  edit === 'arguments'
    ? docket.proposed?.action?.arguments
    : (docket.proposed?.content ?? undefined);

/** What the newest answer comes to: the case is resolved, asks one more, or waits (rules C2, C5 to
 *  C7). The newest answer is the last of those that count. */
export function settle(docket: Docket, resolution_id: string, now: Instant): Docket {
  const votes = counted(docket.answers);
  const { record, quorum, form } = docket;
  const newest = votes.at(-1);
  const settled =
    newest && record.adjudicating
      ? { kind: 'adjudicated' as const, deciding: newest, by: [newest] }
      : quorum.second_opinion === 'on_disagreement'
        ? agreedWithSecond(form, quorum, votes, ({ values }) => meaning(docket, values).agreed)
        : agreed(form, quorum, votes);
  if (settled) return ended(docket, resolutionOf(docket, settled, resolution_id, now));
  const wanted = Math.max(record.wanted, peopleAsked(quorum, votes.length));
  if (votes.length < wanted) {
    return withLeases({ ...docket, record: { ...record, wanted } }, docket.leases, now);
  }
  // All were asked and they do not agree, or too few of the right role were among them.
  const missing = roleWanted(form, quorum, votes);
  const next = {
    ...record,
    wanted: votes.length + 1,
    adjudicating: !missing,
    needs_role: highest(record.needs_role, missing ?? 'lead'),
  };
  return withLeases({ ...docket, record: next }, docket.leases, now);
}

const ended = (docket: Docket, resolution: Resolution): Docket => ({
  ...docket,
  resolution,
  leases: [],
  record: { ...docket.record, state: 'resolved', open_slots: 0, place_role: null, next_at: null },
});

function resolutionOf(
  docket: Docket,
  { kind, deciding, by }: Settled,
  id: string,
  at: Instant,
): Resolution {
  const values = deciding.values;
  const given = Object.hasOwn(values, 'reason') ? values.reason : undefined;
  return {
    id,
    kind,
    ...meaning(docket, values),
    by: by.map(({ rater }) => rater),
    reason: typeof given === 'string' ? given : deciding.note,
    at,
  };
}

/** What values come to by the case's form: its outcome, what an edit changes of what was proposed,
 *  and whether the AI had said the same. */
export function meaning(
  docket: Docket,
  values: Values,
): Pick<Resolution, 'outcome' | 'values' | 'diff' | 'agreed'> {
  const verdict = verdictQuestion(docket.form);
  const said = verdict ? values[verdict.name] : undefined;
  const lets_out = said === 'approve' || said === 'edit';
  const texts = lets_out ? corrections(docket, values) : [];
  const edit = said === 'edit' ? verdict?.edit : undefined;
  const diff: Change[] = [
    ...(edit ? changes(proposedFor(docket, edit), values[edit]) : []),
    ...texts.map(({ path, from, to }) => ({ path: path.join('.'), from, to })),
  ];
  const outcome = lets_out
    ? said === 'edit' || texts.length
      ? 'edited'
      : 'approved'
    : said === 'reject'
      ? 'rejected'
      : 'answered';
  return { outcome, values, diff, agreed: agreement(docket, values, outcome) };
}

interface Correction {
  /** From the output on: its first step is `content`. */
  path: string[];
  from: string;
  to: string;
}

/** The texts of the content that stand corrected beside a verdict, each where its question says
 *  (`original`). Content that is edited as a whole is what the edit says. */
function corrections({ form, proposed }: Docket, values: Values): Correction[] {
  const verdict = verdictQuestion(form);
  if (verdict?.edit === 'content' && values.content !== undefined) return [];
  return form.questions.flatMap((question) => {
    if (question.kind !== 'text' || !question.original) return [];
    const path = question.original.split('.');
    const from = path[0] === 'content' ? textAt(proposed?.content, path.slice(1)) : undefined;
    const to = Object.hasOwn(values, question.name) ? values[question.name] : undefined;
    return from === undefined || typeof to !== 'string' || to === from ? [] : [{ path, from, to }];
  });
}

function textAt(value: Json | undefined, steps: string[]): string | undefined {
  let place: unknown = value;
  for (const step of steps) {
    if (place === null || typeof place !== 'object' || !Object.hasOwn(place, step))
      return undefined;
    place = (place as JsonObject)[step];
  }
  return typeof place === 'string' ? place : undefined;
}

/** The same value with the text at `steps` replaced; what stands beside it is untouched. */
function withText(value: Json, [step, ...rest]: string[], text: string): Json {
  if (step === undefined) return text;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as JsonObject) }) as JsonObject;
  copy[step] = withText(copy[step] as Json, rest, text);
  return copy;
}

/** What people answered beside the verdict, with it; undefined where the verdict is all that is
 *  asked. An edit and a reason have places of their own in the outcome. */
function besideVerdict(form: Form, values: Values): Values | undefined {
  if (form.questions.every(({ kind }) => kind === 'verdict')) return undefined;
  const asked = form.questions.filter(({ name }) => Object.hasOwn(values, name));
  return Object.fromEntries(asked.map(({ name }) => [name, values[name] as Json]));
}

/** Time is up: its own outcome, which approves only where the policy says so in words (rule C9). */
export function expire(docket: Docket, resolution_id: string, now: Instant): Docket {
  const deadline = deadlineOf(docket.policy);
  const approves = fallbackAt(deadline, docket.record) === 'approve';
  return ended(docket, {
    id: resolution_id,
    kind: 'expired',
    outcome: 'expired',
    values: null,
    diff: [],
    agreed: null,
    by: [],
    reason: (approves && deadline.approve_in_words) || null,
    at: now,
  });
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
    const fallback = fallbackAt(deadlineOf(docket.policy), docket.record);
    return { status, fallback, ...(fallback === 'approve' ? { action, content } : {}), ...said };
  }
  if (status === 'answered') return { status, values: values ?? {}, ...said };
  const beside = besideVerdict(docket.form, values ?? {});
  const answers = beside ? { values: beside } : {};
  if (status === 'rejected') return { status, ...answers, ...said };
  if (status === 'approved') return { status, action, content, ...answers, ...said };
  const edited = values?.arguments as JsonObject | undefined;
  const edits = verdictQuestion(docket.form)?.edit;
  const corrected = corrections(docket, values ?? {}).reduce<Json | undefined>(
    (whole, { path, to }) => withText(whole as Json, path.slice(1), to),
    content,
  );
  return {
    status,
    ...(action
      ? { action: edits === 'arguments' && edited ? { ...action, arguments: edited } : action }
      : {}),
    content: edits === 'content' ? (values?.content ?? corrected) : corrected,
    ...answers,
    ...said,
  };
}
