import type { AnswerRecord } from './docket.ts';
import { type Form, verdictQuestion } from './form.ts';
import type { Quorum } from './gate.ts';
import { canonical } from './json.ts';
import { atLeast, type Role, roles } from './role.ts';

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

/** What answers come to where a second person is asked about a disagreement alone (rule G70): the first
 *  settles it who says what the AI said, or has nothing to compare with; then two who say the same, or
 *  the second who says what the AI said. Three who differ settle nothing.
 *  @param agrees whether an answer says what the AI said; null when there is nothing to compare */
export function agreedWithSecond(
  form: Form,
  quorum: Quorum,
  votes: AnswerRecord[],
  agrees: (vote: AnswerRecord) => boolean | null,
): Settled | undefined {
  const [first, second] = votes;
  const rejects = rejections(form, votes);
  const { veto } = quorum;
  const vetoed = veto && rejects.find(({ role }) => atLeast(role, veto));
  if (!first) return undefined;
  const kind = second ? 'quorum' : 'single';
  if (vetoed) return { kind, deciding: vetoed, by: [vetoed] };
  if (!second) return agrees(first) === false ? undefined : { kind, deciding: first, by: [first] };
  const alike = [rejects, ...groups(form, votes)].find(({ length }) => length > 1);
  if (alike?.[0]) return { kind, deciding: alike[0], by: alike };
  const agreeing = votes.find((vote) => agrees(vote));
  return agreeing && { kind, deciding: agreeing, by: [agreeing] };
}

/** How many people are asked as things stand: a second one once the first has said otherwise. */
export const peopleAsked = (quorum: Quorum, answers_in: number): number =>
  quorum.second_opinion === 'on_disagreement' && answers_in > 0 ? 2 : quorum.of;

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

/** The least role that the next free place may go to, so that whoever the quorum asks for by role
 *  still finds one (rule L5). A rejection fills no such place: the quorum asks for approvals.
 *  @param votes counted answers @param holding roles of those who hold a place now
 *  @param free places that are left @param from the least role that the case asks for anyway */
export function placeRole(
  { form, quorum }: { form: Form; quorum: Quorum },
  votes: AnswerRecord[],
  holding: Role[],
  free: number,
  from: Role,
): Role {
  const asked = Object.entries(quorum.roles) as [Role, number][];
  if (!asked.length) return from;
  const rejects = new Set(rejections(form, votes));
  const there = [...holding, ...votes.filter((vote) => !rejects.has(vote)).map(({ role }) => role)];
  // One person counts for every role up to their own, so the most that is missing of any is enough.
  const missing = (more: Role[]) =>
    Math.max(
      ...asked.map(
        ([role, least]) => least - [...there, ...more].filter((one) => atLeast(one, role)).length,
      ),
    );
  const needed = Math.max(0, missing([]));
  if (free > needed) return from;
  const fitting = roles.slice(roles.indexOf(from)).find((role) => missing([role]) < needed);
  return fitting ?? from;
}

/** Whom the first place of a new case is kept for; undefined for all that it asks for anyway. */
export function firstPlace(form: Form, quorum: Quorum, from: Role): Role | undefined {
  const role = placeRole({ form, quorum }, [], [], quorum.of, from);
  return role === from ? undefined : role;
}
