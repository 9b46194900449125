import type { Rater } from './answer.ts';
import { nextStep } from './case.ts';
import { type AnswerRecord, counted, type Docket, withLeases } from './docket.ts';
import { deadlineOf } from './gate.ts';
import { refuse } from './refusal.ts';
import { settle } from './resolution.ts';
import { atLeast, highest, type Role } from './role.ts';
import type { Instant } from './time.ts';

/** Who may take a decision back: whoever made it, alone or with others, and a lead. */
export const mayUndo = (deciders: readonly string[], by: Pick<Rater, 'id' | 'role'>): boolean =>
  deciders.includes(by.id) || atLeast(by.role, 'lead');

/** The case as it is without what `by` takes back (rules C12, C18). Who decided it, with others or
 *  alone, takes back their own answer and no other; a lead who did not takes back the decision, with
 *  every answer it stands on. Where what is left settles it all the same, it is decided again, by
 *  those who said it.
 *  @throws Refusal not_decided, forbidden */
export function takeBack(
  docket: Docket,
  by: Rater,
  resolution_id: string,
  now: Instant,
): { docket: Docket; taken: AnswerRecord[] } {
  const { resolution } = docket;
  const case_id = docket.record.id;
  const mine = counted(docket.answers).some(({ rater }) => rater === by.id);
  if (!resolution) {
    const words = mine ? 'Nobody has decided this yet. Your answer stands.' : undefined;
    throw refuse('not_decided', { case_id }, words);
  }
  if (!mayUndo(resolution.by, by)) {
    throw refuse('forbidden', { case_id }, 'Only who decided it, or a lead, can undo it.');
  }
  const whose = resolution.by.includes(by.id) ? [by.id] : resolution.by;
  const taken = counted(docket.answers).filter(({ rater }) => whose.includes(rater));
  const kept = docket.answers.filter((answer) => !taken.includes(answer));
  return { docket: without(docket, kept, resolution_id, now), taken };
}

/** What the answers that are kept come to, as if no other had been given: worked out anew from the
 *  first, so that whatever another alone brought about (one more rater, a higher role) is gone too. */
function without(docket: Docket, kept: AnswerRecord[], id: string, now: Instant): Docket {
  const votes = counted(kept);
  const record = {
    ...docket.record,
    state: 'waiting' as const,
    wanted: docket.quorum.of,
    adjudicating: false,
    needs_role: roleAsked(docket, kept),
  };
  const passes = kept.filter((answer) => !votes.includes(answer));
  const bare = { ...docket, record, resolution: null, leases: [], answers: passes };
  let open: Docket = withLeases(bare, [], now);
  for (const vote of votes) {
    if (!open.resolution) open = settle({ ...open, answers: [...open.answers, vote] }, id, now);
  }
  const next_at = open.resolution ? null : nextStep(record, deadlineOf(docket.policy));
  return { ...open, answers: kept, record: { ...open.record, next_at } };
}

/** The role asked for by the policy, by the rungs climbed so far, and by whoever could not judge. */
function roleAsked({ policy, record }: Docket, answers: AnswerRecord[]): Role {
  const climbed = deadlineOf(policy).ladder.slice(0, record.rung);
  const raised = climbed.flatMap((rung) => (rung.do === 'escalate' ? [rung.role] : []));
  const unsure = answers.some(({ status }) => status === 'cannot_judge');
  return [...raised, ...(unsure ? ['lead' as const] : [])].reduce(
    highest,
    policy?.decided_by ?? 'reviewer',
  );
}
