import {
  type Action,
  actionHash,
  argumentFaults,
  asksForMarks,
  evidenceOf,
  firstPlace,
  type GateDefinition,
  type Instant,
  invalid,
  type Json,
  type Judgement,
  judge,
  type NewEvent,
  nextStep,
  type Outcome,
  type OutputSubmission,
  type PromiseTerms,
  partsOfOutput,
  plus,
  promisedScore,
  type Scope,
  type Standing,
  type SubmissionResult,
  sealed,
  titleOf,
  unmarkable,
} from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import { eventJson } from '../store/events.ts';
import type { NewCase, NewOutput } from '../store/outputs.ts';
import { decidedEvent } from './answer.ts';
import type { Ruling } from './definition.ts';
import type { Submission } from './output.ts';
import { newSalt } from './salt.ts';

/** A submission as it would be written: judged, with the case it opens and what is said of it. */
export interface Drafted {
  output: NewOutput;
  opened: NewCase | undefined;
  events: ReturnType<typeof eventJson>[];
  result: SubmissionResult;
  /** It was submitted before; nothing of it is written. */
  repeated?: boolean;
}

interface Ground {
  item: Submission;
  ruling: Ruling;
  queue: string;
  judged: Judgement;
  id: string;
  case_id: string | undefined;
  deadline_at: Instant | undefined;
  now: Instant;
}

/** Judges one output by the ruling in force (rules G1 to G5).
 *  @throws Refusal invalid, when its action is not what the gate guards */
export function draft(
  ports: Ports,
  scope: Scope,
  tx: Tx,
  item: Submission,
  { ruling, queue }: Pick<Ground, 'ruling' | 'queue'>,
  standing: Standing | 'crowded' | undefined,
): Drafted {
  const { body, by, gate } = item;
  const { definition, version } = ruling;
  checkAction(ruling, body.action);
  const policy = definition.policy;
  const judged = judgementOf(definition, item, ports.chance.fraction(), standing);
  const needs_case = judged.verdict === 'hold' || judged.spot_checked;
  // Also what chance might have had looked at: asked for again until it is not, it would pass unseen.
  if (needs_case || judged.spot_check_probability !== null) checkMarkable(ruling, body);
  const wait_ms = waitOf(item, judged, policy.deadline.expire_after_ms);
  const ground: Ground = {
    item,
    ruling,
    queue,
    judged,
    id: body.id ?? ports.makeId('output', tx.now),
    case_id: needs_case ? ports.makeId('case', tx.now) : undefined,
    deadline_at: wait_ms === undefined ? undefined : plus(tx.now, wait_ms),
    now: tx.now,
  };
  const { id, case_id } = ground;
  const bound = {
    workspace_id: scope.workspace_id,
    output_id: id,
    gate,
    policy_version: version,
  };
  const salt = newSalt(ports.chance);
  const said = immediateOutcome(judged, body, tx.now);
  const output = outputOf(ground, {
    salt,
    action_hash: body.action && actionHash({ ...bound, action: body.action }),
    outcome: said && sealed(said, bound),
  });
  const opened = case_id === undefined ? undefined : caseOf(ground, case_id, output.title);
  const events = eventsOf(ground, output, opened).map((event) => eventJson(by, event));
  const result = {
    id,
    verdict: judged.verdict,
    reasons: judged.reasons,
    policy_version: version,
    ...(case_id ? { case_id } : {}),
  };
  return { output, opened, events, result };
}

function outputOf(
  { item: { body, by, gate }, ruling, judged, id, case_id, deadline_at }: Ground,
  made: Pick<NewOutput, 'salt' | 'action_hash' | 'outcome'>,
): NewOutput {
  // Field by field: spread together, so wide an object costs more than the rest of the draft.
  return {
    id,
    gate,
    policy_version: ruling.version,
    title: titleOf(ruling.title, body),
    input: body.input,
    content: body.content,
    confidence: body.confidence,
    scores: body.scores,
    model: body.model,
    model_version: body.model_version,
    prompt_version: body.prompt_version,
    score_version: body.score_version,
    population: body.population,
    groups: body.groups,
    risk: body.risk,
    cost_usd: body.cost_usd,
    action: body.action,
    action_hash: made.action_hash,
    verdict: judged.verdict,
    reasons: judged.reasons,
    spot_check_probability: judged.spot_check_probability,
    spot_checked: judged.spot_checked,
    promise: judged.promise,
    case_id,
    conversation_id: body.conversation_id,
    metadata: body.metadata,
    callback_url: body.callback_url,
    salt: made.salt,
    created_by: by.id,
    deadline_at,
    outcome: made.outcome,
    outcome_status: made.outcome?.status,
    outcome_at: made.outcome?.at,
    settled: made.outcome !== undefined,
  };
}

function caseOf(ground: Ground, id: string, title: string): NewCase {
  const { item, ruling, queue, judged, deadline_at, now } = ground;
  const { body, by, gate } = item;
  const policy = ruling.definition.policy;
  const shadow = policy.mode === 'shadow';
  const due_at = deadline_at ?? null;
  return {
    id,
    kind: judged.spot_checked ? 'spot_check' : shadow ? 'shadow' : 'review',
    // In shadow nobody sees what the AI says, not in the title either.
    title: shadow ? titleOf(ruling.title, { input: body.input }) : title,
    queue,
    gate,
    policy_version: ruling.version,
    output_id: ground.id,
    reasons: judged.reasons,
    confidence: body.confidence,
    risk: body.risk,
    priority: policy.priority + (body.risk === 'high' ? 10 : 0),
    requested_by: by.id,
    own_request_allowed: policy.own_request_allowed,
    needs_role: policy.decided_by,
    place_role: firstPlace(ruling.form, policy.quorum, policy.decided_by),
    wanted: policy.quorum.of,
    lease_ms: policy.lease_ms,
    due_at,
    next_at: nextStep({ created_at: now, due_at, rung: 0 }, policy.deadline),
  };
}

function eventsOf(
  { item: { body, gate }, ruling, judged, queue, case_id }: Ground,
  output: NewOutput,
  opened: NewCase | undefined,
): NewEvent[] {
  const { id, salt, action_hash, outcome } = output;
  const evidence = evidenceOf(salt, {
    input: body.input ?? null,
    content: body.content ?? null,
    action: (body.action ?? null) as Json,
  });
  const { spot_check_probability, spot_checked } = judged;
  const submitted: NewEvent = {
    type: 'output.submitted',
    subject: id,
    data: {
      gate,
      policy_version: ruling.version,
      verdict: judged.verdict,
      evidence,
      ...(action_hash ? { action_evidence: evidenceOf(salt, action_hash) } : {}),
      ...(spot_check_probability === null ? {} : { spot_check_probability, spot_checked }),
      // What the verdict was made by is on record before anybody knows how it ends (rule G41).
      ...(judged.promise ? { promise: { ...judged.promise } } : {}),
      ...(case_id ? { case_id } : {}),
    },
  };
  const events = [submitted];
  if (opened) {
    const data = { queue, gate, kind: opened.kind, output_id: id };
    events.push({ type: 'case.opened', subject: opened.id, data });
  }
  if (outcome) {
    const { callback_url = null, conversation_id = null } = body;
    events.push(decidedEvent({ id, gate, salt, callback_url, conversation_id }, outcome));
  }
  return events;
}

/** How long it may wait to be decided on; as long as it takes, where nobody says. */
function waitOf(
  { body, decided_within_ms }: Submission,
  { verdict }: Judgement,
  expire_after_ms: number | null,
): number | undefined {
  const given = body.deadline_ms ?? expire_after_ms ?? undefined;
  if (verdict !== 'hold' || decided_within_ms === undefined) return given;
  return Math.min(decided_within_ms, given ?? decided_within_ms);
}

/** What people are to mark must be there to be marked, or nobody could answer the case. */
function checkMarkable({ form, definition }: Ruling, body: OutputSubmission): void {
  if (!asksForMarks(form)) return;
  const parts = partsOfOutput(form, body, definition.policy.mode === 'shadow');
  const faults = unmarkable(form, parts).map(({ part, message }) => ({
    field: part === 'content' ? 'content' : 'input',
    message: `${message} of this, and the gate’s form asks people to mark it`,
  }));
  if (faults.length) throw invalid(...faults);
}

function checkAction({ definition: { action: spec } }: Ruling, action: Action | undefined): void {
  if (!spec || !action) return;
  if (action.name !== spec.name) {
    throw invalid({ field: 'action.name', message: `this gate guards "${spec.name}"` });
  }
  const faults = argumentFaults(spec.arguments_schema, action.arguments, 'action.arguments');
  if (faults.length) throw invalid(...faults);
}

/** What a gate says of a submission. @param chance uniform in [0, 1), for the spot check */
export const judgementOf = (
  { policy }: Pick<GateDefinition, 'policy'>,
  { body, judged_as = [], hold_reason }: Pick<Submission, 'body' | 'judged_as' | 'hold_reason'>,
  chance: number,
  standing?: Standing | 'crowded',
): Judgement => {
  const taken = [body, ...judged_as];
  // A promise is made of one score, the least it has.
  const asked = policy.mode === 'guaranteed' ? [leastSure(policy, taken, standing)] : taken;
  return held(strictest(asked.map((one) => judge(policy, one, chance, standing))), hold_reason);
};

function leastSure(terms: PromiseTerms, all: OutputSubmission[], standing?: Standing | 'crowded') {
  const known = standing === 'crowded' ? undefined : standing;
  const [first] = all as [OutputSubmission];
  if (all.length === 1) return first;
  const sure = all.map((one) => promisedScore(terms, one, known) ?? -1);
  return all[sure.indexOf(Math.min(...sure))] ?? first;
}

const strictness = { pass: 0, hold: 1, block: 2 };
const strictest = (all: Judgement[]): Judgement =>
  all.reduce((most, one) => (strictness[one.verdict] > strictness[most.verdict] ? one : most));

/** What is held all the same, for a reason of the submitter's own. It would never pass, whatever its score
 *  and whatever is proven, so it says nothing of what does (rule G108). */
function held(judged: Judgement, reason: string | undefined): Judgement {
  if (reason === undefined || (judged.verdict !== 'pass' && !judged.promise)) return judged;
  return { verdict: 'hold', reasons: [reason], spot_checked: false, spot_check_probability: null };
}

/** What a verdict means at once: a pass may be used, a block may not, a hold is undecided. */
function immediateOutcome(
  { verdict, reasons, by_rule }: Judgement,
  body: OutputSubmission,
  at: Instant,
): Outcome | undefined {
  if (verdict === 'hold') return undefined;
  if (verdict === 'block') {
    const reason = reasons.join('; ');
    return { status: 'blocked', reason, ...(by_rule ? { by_rule } : {}), by: 'gate', at };
  }
  return { status: 'passed', action: body.action, content: body.content, by: 'gate', at };
}
