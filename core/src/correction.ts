import { type Rater, settledValues } from './answer.ts';
import type { CorrectionSubmission, Resolution } from './case.ts';
import type { AnswerRecord, Docket } from './docket.ts';
import { type Values, verdictQuestion } from './form.ts';
import { canonical } from './json.ts';
import type { EarlierOutcome, Outcome } from './output.ts';
import { agreed } from './quorum.ts';
import { invalid, refuse } from './refusal.ts';
import { meaning } from './resolution.ts';
import { atLeast } from './role.ts';
import type { Instant } from './time.ts';

/** The resolution that takes the place of the one that stands (rule C16). The first stays as it was
 *  said; nothing of it is edited.
 *  @throws Refusal not_decided, stale, own_request, not_eligible; invalid naming each field */
export function correct(
  docket: Docket,
  by: Rater,
  body: CorrectionSubmission,
  id: string,
  at: Instant,
): Resolution {
  const { record, resolution } = docket;
  const case_id = record.id;
  if (record.state !== 'resolved' || !resolution) throw refuse('not_decided', { case_id });
  if (body.resolution_id !== undefined && body.resolution_id !== resolution.id) {
    const words = 'Another decision stands by now. Look again before correcting it.';
    throw refuse('stale', { case_id, resolution }, words);
  }
  if (record.requested_by === by.id && !record.own_request_allowed) {
    throw refuse('own_request', { case_id });
  }
  if (!atLeast(by.role, record.needs_role)) {
    throw refuse('not_eligible', { case_id, needs_role: record.needs_role });
  }
  const values = settledValues(docket, reasoned(docket, body));
  const said = meaning(docket, values);
  checkReach(docket, by, values, said.outcome);
  if (said.outcome === resolution.outcome && told(values) === told(resolution.values ?? {})) {
    throw invalid({ field: 'values', message: 'say the same as the decision that stands' });
  }
  return { id, kind: 'corrected', ...said, by: [by.id], reason: body.reason, at };
}

/** A form that asks why it is rejected is told by the correction's own reason. */
function reasoned({ form }: Docket, { values, reason }: CorrectionSubmission): Values {
  const verdict = verdictQuestion(form);
  const rejects = verdict && values[verdict.name] === 'reject';
  return rejects && values.reason === undefined ? { ...values, reason } : values;
}

const told = ({ reason: _reason, ...values }: Values): string => canonical(values);

/** One person may always say no after the fact. What a policy asks several people for, or a role of
 *  its own, one alone cannot let out by a correction: that would be the way around it. */
function checkReach(
  { record, form, quorum }: Docket,
  by: Rater,
  values: Values,
  outcome: Resolution['outcome'],
): void {
  if (outcome !== 'approved' && outcome !== 'edited') return;
  const alone = { rater: by.id, role: by.role, values } as AnswerRecord;
  if (agreed(form, { ...quorum, of: quorum.approvals }, [alone])) return;
  const words =
    'This gate asks for more people, or another role, to let this out. ' +
    'One alone can only correct it to a rejection.';
  throw refuse('not_eligible', { case_id: record.id, quorum }, words);
}

/** The corrected outcome with what stood before it, oldest first.
 *  @param claimed_at when the action was claimed, if it was */
export function besideEarlier(
  corrected: Outcome,
  before: Outcome,
  claimed_at: Instant | null,
): Outcome {
  const earlier = before.earlier ?? [];
  const claimed = claimed_at !== null && earlier.every((one) => one.claimed_at === null);
  const last: EarlierOutcome = {
    status: before.status,
    by: before.by,
    at: before.at,
    claimed_at: claimed ? claimed_at : null,
  };
  return { ...corrected, earlier: [...earlier, last] };
}
