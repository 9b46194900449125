import type { CaseKind, Resolution } from './case.ts';
import { type Change, changes } from './diff.ts';
import { counted, type Docket, withLeases } from './docket.ts';
import { type Values, verdictQuestion } from './form.ts';
import type { Json, JsonObject } from './json.ts';
import type { Outcome } from './output.ts';
import { agreed, roleWanted, type Settled } from './quorum.ts';
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
      : agreed(form, quorum, votes);
  if (settled) return ended(docket, resolutionOf(docket, settled, resolution_id, now));
  if (votes.length < record.wanted) return withLeases(docket, docket.leases, now);
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
  const outcome =
    said === 'approve'
      ? 'approved'
      : said === 'edit'
        ? 'edited'
        : said === 'reject'
          ? 'rejected'
          : 'answered';
  const edit = verdict?.edit;
  const diff: Change[] =
    outcome === 'edited' && edit ? changes(proposedFor(docket, edit), values[edit]) : [];
  return { outcome, values, diff, agreed: agreement(docket, values, outcome) };
}

/** Time is up: its own outcome, which approves only where the policy says so in words (rule C9). */
export function expire(docket: Docket, resolution_id: string, now: Instant): Docket {
  const deadline = docket.policy?.deadline;
  return ended(docket, {
    id: resolution_id,
    kind: 'expired',
    outcome: 'expired',
    values: null,
    diff: [],
    agreed: null,
    by: [],
    reason: (deadline?.fallback === 'approve' && deadline.approve_in_words) || null,
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
