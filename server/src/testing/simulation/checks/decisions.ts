import { atLeast, canonical, type GateDefinition, type Json } from '@wheelhouse/core';
import type { Answered } from '../ledger.ts';
import type { World } from '../world.ts';
import {
  type AnswerRow,
  by,
  type CaseRow,
  type Evidence,
  ms,
  type ResolutionRow,
} from './evidence.ts';

/** Each case was decided once at most, by those who may, as its quorum asks, and nobody who was told
 *  that they decided it was told wrong. */
export function checkDecisions(world: World, evidence: Evidence): void {
  const { book, time } = world;
  const { cases, answers, resolutions, leases, versions } = evidence;
  const answers_of = by(answers, ({ case_id }) => case_id);
  const resolutions_of = by(resolutions, ({ case_id }) => case_id);
  const leases_of = by(leases, ({ case_id }) => case_id);
  for (const one of cases) {
    const given = answers_of.get(one.id) ?? [];
    const standing = (resolutions_of.get(one.id) ?? []).filter((each) => each.standing);
    const wanted = one.state === 'resolved' ? 1 : 0;
    if (standing.length !== wanted) {
      book.fault('C1', `${one.id} is ${one.state} with ${standing.length} standing resolutions`);
    }
    const counted = given.filter(({ status, undone }) => status === 'submitted' && !undone);
    if (new Set(counted.map(({ rater }) => rater)).size !== counted.length) {
      book.fault('C4', `someone answered ${one.id} twice`);
    }
    const places = one.state === 'waiting' ? Math.max(0, one.wanted - counted.length) : 0;
    const taken = one.state === 'waiting' ? (leases_of.get(one.id)?.length ?? 0) : 0;
    if (one.open_slots !== Math.max(0, places - taken)) {
      const words = `${one.open_slots} free places, ${counted.length} answers and ${taken} leases`;
      book.fault('L3', `${one.id} wants ${one.wanted} and has ${words}`);
    }
    if (one.state === 'waiting' && one.due_at && ms(one.due_at) <= time.now_ms()) {
      book.fault('X2', `${one.id} was due at ${one.due_at} and still waits`);
    }
    const [resolution] = standing;
    const definition = versions.get(`${one.gate} ${one.policy_version}`);
    if (resolution && definition) {
      const why = faultIn(one, resolution, counted, definition);
      if (why) book.fault(...why);
    }
  }
  checkAcknowledged(world, evidence);
}

/** Works out anew whether the answers that stand may come to this resolution. */
function faultIn(
  one: CaseRow,
  { kind, outcome, by: raters, at, id }: ResolutionRow,
  counted: AnswerRow[],
  { policy }: GateDefinition,
): [string, string] | undefined {
  if (kind === 'expired') {
    const due = one.due_at && ms(at) >= ms(one.due_at);
    if (outcome !== 'expired' || !due)
      return ['C9', `${id} says that ${one.id} expired before its time`];
    return undefined;
  }
  const votes = counted.filter(({ rater }) => raters.includes(rater));
  if (!raters.length || votes.length !== raters.length) {
    return ['C2', `${id} names ${raters.length} deciders of whom ${votes.length} answered`];
  }
  if (!one.own_request_allowed && raters.includes(one.requested_by)) {
    return ['C3', `${one.id} was decided by who asked for it`];
  }
  if (votes.some(({ role }) => !atLeast(role, policy.decided_by))) {
    return ['C6', `${one.id} was decided by a lower role than ${policy.decided_by}`];
  }
  const { approvals, of, veto, roles } = policy.quorum;
  if (kind === 'adjudicated') {
    const final = votes.length === 1 && votes.every(({ role }) => atLeast(role, 'lead'));
    return final ? undefined : ['C7', `${one.id} was adjudicated by ${votes.length} people`];
  }
  if (outcome === 'rejected') {
    const vetoed = veto !== null && votes.some(({ role }) => atLeast(role, veto));
    const enough = vetoed || votes.length > of - approvals;
    return enough ? undefined : ['C5', `${one.id} was rejected by ${votes.length} of ${of}`];
  }
  const said = new Set(votes.map(({ values }) => canonical(values as Json)));
  const carried = Object.entries(roles).every(
    ([role, least]) => votes.filter((vote) => atLeast(vote.role, role as never)).length >= least,
  );
  if (votes.length < approvals || said.size !== 1 || !carried) {
    return ['C2', `${one.id} is ${outcome} by ${votes.length} who said ${said.size} things`];
  }
  return undefined;
}

/** Every answer that was acknowledged is there once, and came under a lease that stood. */
function checkAcknowledged({ book }: World, evidence: Evidence): void {
  const { answers, resolutions } = evidence;
  const rows_of = by(answers, ({ note }) => String(note));
  const resolution_of = new Map(resolutions.map((one) => [one.id, one]));
  const known = new Map(book.answered.map((one) => [one.marker, one]));
  for (const one of book.answered) {
    const rows = rows_of.get(one.marker) ?? [];
    if (rows.length > 1 && one.once) book.fault('O4', `${one.marker} counts ${rows.length} times`);
    if (one.answer_id && !rows.some(({ id }) => id === one.answer_id)) {
      book.fault('X1', `${one.marker} was acknowledged as ${one.answer_id} and is not there`);
    }
    if (!one.resolution_id) continue;
    const resolution = resolution_of.get(one.resolution_id);
    if (!resolution) {
      book.fault('X1', `${one.marker} decided ${one.case_id}, and ${one.resolution_id} is gone`);
    } else if (!resolution.standing) {
      const undone = book.undone.has(one.case_id) || book.perhaps_undone.has(one.case_id);
      if (!undone) book.fault('C1', `${one.resolution_id} stands no more, and nobody undid it`);
    }
  }
  for (const row of answers) {
    const asked = known.get(String(row.note));
    if (!asked) book.fault('X1', `nobody gave the answer ${row.id}`);
    else checkFence(book, asked, row, evidence);
  }
}

/** An answer under an epoch was written while that epoch's lease stood (rule L2): after its claim,
 *  before it was given up, before anyone of the same name claimed again, and before it ran out. */
function checkFence(
  book: World['book'],
  asked: Answered,
  row: AnswerRow,
  evidence: Evidence,
): void {
  if (row.case_id !== asked.case_id || row.rater !== asked.by.id) {
    book.fault('X1', `${asked.marker} is kept as an answer of ${row.rater} to ${row.case_id}`);
  }
  if (ms(row.at) < ms(asked.sent_at)) book.fault('X1', `${asked.marker} is older than its request`);
  if (asked.epoch === undefined) return;
  const wrong = (words: string) =>
    book.fault('L2', `${asked.marker} counts under epoch ${row.epoch}, ${words}`);
  if (row.epoch !== asked.epoch) wrong(`though it was sent under ${asked.epoch}`);
  let claimed_ms: number | undefined;
  for (const { type, subject, actor, data, at } of evidence.events) {
    if (subject !== row.case_id) continue;
    if (type === 'case.answered' && data.answer_id === row.id) break;
    if (type === 'case.claimed' && actor === row.rater) {
      claimed_ms = data.epoch === row.epoch ? ms(at) : undefined;
    }
    if (type === 'case.released' && data.rater === row.rater) claimed_ms = undefined;
    // Whoever answers has given the lease up by it; deciding or assigning anew ends them all.
    if (type === 'case.answered' && actor === row.rater) claimed_ms = undefined;
    if (type === 'case.resolved') claimed_ms = undefined;
  }
  if (claimed_ms === undefined) wrong('which had ended before');
  const lease_ms = evidence.cases.find(({ id }) => id === row.case_id)?.lease_ms ?? 0;
  const longer = book.heartbeats.has(`${row.case_id} ${row.rater} ${row.epoch}`);
  if (!longer && ms(row.at) >= (claimed_ms ?? 0) + lease_ms) wrong('which had run out');
}
