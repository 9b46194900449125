import type { AnswerRecord } from './docket.ts';
import { type Form, verdictQuestion } from './form.ts';
import type { Quorum } from './gate.ts';
import { canonical } from './json.ts';
import { atLeast, type Role } from './role.ts';

/** What settles a case: the answer that speaks for all, and everyone who said it. */
export interface Settled {
  kind: 'single' | 'quorum' | 'adjudicated';
  deciding: AnswerRecord;
  by: AnswerRecord[];
}

/** What the counted answers come to under a quorum, or undefined while they come to nothing
 *  (rules C2, C5). Rejections need no company: they settle it once too few are left to approve.
 *  @param votes counted answers, oldest first */
export function agreed(form: Form, quorum: Quorum, votes: AnswerRecord[]): Settled | undefined {
  const kind = quorum.of > 1 ? 'quorum' : 'single';
  const rejects = rejections(form, votes);
  const { veto, of, approvals } = quorum;
  const vetoed = veto && rejects.find(({ role }) => atLeast(role, veto));
  if (vetoed) return { kind, deciding: vetoed, by: [vetoed] };
  const [first] = rejects;
  if (first && rejects.length > of - approvals) return { kind, deciding: first, by: rejects };
  const group = groups(form, votes).find(
    (one) => one.length >= approvals && !missingRole(quorum, one),
  );
  return group?.[0] && { kind, deciding: group[0], by: group };
}

/** The role still missing where enough people agree but not enough of them may carry it alone. */
export function roleWanted(form: Form, quorum: Quorum, votes: AnswerRecord[]): Role | undefined {
  const group = groups(form, votes).find((one) => one.length >= quorum.approvals);
  return group && missingRole(quorum, group);
}

const rejections = (form: Form, votes: AnswerRecord[]) => {
  const verdict = verdictQuestion(form);
  return verdict ? votes.filter(({ values }) => values[verdict.name] === 'reject') : [];
};

/** Answers that say the very same thing, whatever reason they give; the earliest group first.
 *  Rejections form none: a verdict's quorum counts approvals of the same bytes. */
function groups(form: Form, votes: AnswerRecord[]): AnswerRecord[][] {
  const rejects = new Set(rejections(form, votes));
  const said = new Map<string, AnswerRecord[]>();
  for (const vote of votes) {
    if (rejects.has(vote)) continue;
    const key = canonical(claimOf(form, vote));
    const group = said.get(key);
    if (group) group.push(vote);
    else said.set(key, [vote]);
  }
  return [...said.values()];
}

/** What an answer says; the reason beside a verdict is not part of it. */
function claimOf(form: Form, { values }: AnswerRecord) {
  if (!verdictQuestion(form)) return values;
  const { reason: _reason, ...rest } = values;
  return rest;
}

const missingRole = (quorum: Quorum, group: AnswerRecord[]): Role | undefined =>
  (Object.entries(quorum.roles) as [Role, number][]).find(
    ([role, least]) => group.filter((vote) => atLeast(vote.role, role)).length < least,
  )?.[0];
