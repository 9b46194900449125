import type { Form } from './form.ts';
import { verdictQuestion } from './form.ts';
import { type Deadline, formOf, type GateDefinition, type Policy, type Quorum } from './gate.ts';
import { least_spot_check } from './promise.ts';
import { reasoner } from './reach.ts';
import type { FieldFault } from './refusal.ts';
import { risks } from './risk.ts';
import { atLeast, type Role } from './role.ts';
import type { TierTerms } from './tier.ts';

/** What a definition says against itself: what it asks for and nobody could give, and what it
 *  provides for and could never come (rule G10). Each by its field, as a request carries it. */
export function contradictions(definition: GateDefinition): FieldFault[] {
  const { policy, queue } = definition;
  const form = formOf(definition);
  return [
    ...decidingFaults(policy),
    ...spotCheckFaults(policy),
    ...alarmFaults(policy),
    ...promiseFaults(policy),
    ...(policy.mode === 'guaranteed' ? tierFaults(policy) : []),
    ...ruleFaults(policy),
    ...quorumFaults(policy.quorum, form, 'policy.quorum'),
    ...deadlineFaults(policy.deadline, policy.decided_by, queue),
    ...(definition.form ? formFaults(form) : []),
    ...shadowFaults(definition),
    ...partFaults(definition),
  ];
}

const no_decider = 'a viewer decides no cases';

const decidingFaults = ({ decided_by }: Policy): FieldFault[] =>
  decided_by === 'viewer' ? [{ field: 'policy.decided_by', message: no_decider }] : [];

function spotCheckFaults(policy: Policy): FieldFault[] {
  if (policy.spot_check === 0 || letsPass(policy)) return [];
  const message = 'nothing passes at this gate, so there is nothing to look at besides';
  return [{ field: 'policy.spot_check', message }];
}

/** What tells agreement is learned anew after an alarm, of all that is held: until then there is no score
 *  by which anything could be tracked. */
function alarmFaults(policy: Policy): FieldFault[] {
  if (policy.mode !== 'guaranteed') return [];
  if (policy.after_alarm !== 'track' || policy.score !== 'agreement') return [];
  const message =
    'there is nothing to track by: a score that is learned is learned anew after an alarm';
  return [{ field: 'policy.after_alarm', message }];
}

/** What would promise nothing, or break what is promised. */
function promiseFaults(policy: Policy): FieldFault[] {
  if (policy.mode !== 'guaranteed') return [];
  const { alpha, tiers, label_noise, deadline, spot_check } = policy;
  const faults: FieldFault[] = [];
  if (spot_check < least_spot_check) {
    const message = `must be at least ${least_spot_check}, best 0.05: with less it would hardly be noticed that the promise is broken`;
    faults.push({ field: 'policy.spot_check', message });
  }
  if (Math.max(alpha, ...Object.values(tiers)) + label_noise >= 1) {
    const message = 'and what may be wrong come to 1 together, which promises nothing';
    faults.push({ field: 'policy.label_noise', message });
  }
  if (deadline.fallback === 'approve') {
    const message =
      'would let run what is not proven: at a guaranteed gate it waits, is rejected, or passes by a signed override';
    faults.push({ field: 'policy.deadline.fallback', message });
  }
  return faults;
}

/** Tiers by group and by anything else at once would each be too small to prove anything, and a limit that
 *  loosens as more is at stake is written the wrong way round (rules G62, G77). */
export function tierFaults(terms: TierTerms): FieldFault[] {
  const { alpha, tiers, cost_tiers = [], certify_by } = terms;
  const by_cost = cost_tiers.flatMap((one, at) => {
    const before = cost_tiers[at - 1];
    const [limit, of] = before ? [before.alpha, 'what costs less'] : [alpha, '"alpha"'];
    if (one.alpha <= limit) return [];
    const message = `is looser than the ${limit} of ${of}: give ${limit} or less, or leave this limit out`;
    return [{ field: `policy.cost_tiers.${at}.alpha`, message }];
  });
  const faults = [...riskFaults(terms), ...by_cost];
  const beside = [
    ...(Object.keys(tiers).length ? ['"tiers"'] : []),
    ...(cost_tiers.length ? ['"cost_tiers"'] : []),
  ].join(' and ');
  if (!certify_by || !beside) return faults;
  const message = `stands beside ${beside}: a promise is divided by group, or by risk and cost. Leave out "certify_by", or ${beside}`;
  return [...faults, { field: 'policy.certify_by', message }];
}

/** A risk without a limit of its own has `alpha`, and no risk is under a looser limit than a lesser one
 *  (rule G117). */
function riskFaults({ alpha, tiers }: Pick<TierTerms, 'alpha' | 'tiers'>): FieldFault[] {
  let [strictest, of] = [1, ''];
  return risks.flatMap((risk) => {
    const limit = tiers[risk] ?? alpha;
    if (limit <= strictest) {
      [strictest, of] = [limit, risk];
      return [];
    }
    if (tiers[risk] !== undefined) {
      const message = `is looser than the ${strictest} of risk ${of}, and more is at stake: give ${strictest} or less`;
      return [{ field: `policy.tiers.${risk}`, message }];
    }
    const message = `is stricter than the ${alpha} ("alpha") of risk ${risk}, where more is at stake: give risk ${risk} ${strictest} or less too, or leave this limit out`;
    return [{ field: `policy.tiers.${of}`, message }];
  });
}

/** Whether anything can pass under a policy. */
export function letsPass(policy: Policy): boolean {
  if (policy.mode === 'always' || policy.mode === 'shadow') return false;
  if (policy.mode !== 'rules') return true;
  return policy.otherwise === 'pass' || policy.rules.some((rule) => rule.then === 'pass');
}

function ruleFaults(policy: Policy): FieldFault[] {
  if (policy.mode !== 'rules') return [];
  const { implies, impossible } = reasoner();
  return policy.rules.flatMap(({ when }, at) => {
    const field = `policy.rules.${at}.when`;
    if (impossible(when)) return [{ field, message: 'can never be true' }];
    const before = policy.rules.slice(0, at).findIndex((rule) => implies(when, rule.when));
    if (before < 0) return [];
    const message = `is never reached: whatever fits it fits rule ${before + 1} before it`;
    return [{ field, message }];
  });
}

/** @param at where the quorum stands, as `policy.quorum` */
export function quorumFaults(quorum: Quorum, form: Form, at: string): FieldFault[] {
  const { approvals, roles, veto, second_opinion } = quorum;
  const faults = (Object.entries(roles) as [Role, number][]).flatMap(([role, least]) => {
    const field = `${at}.roles.${role}`;
    if (role === 'viewer') return [{ field, message: no_decider }];
    const message = `is more than the ${approvals} that must agree`;
    return least > approvals ? [{ field, message }] : [];
  });
  if (second_opinion === 'on_disagreement' && (quorum.of > 1 || Object.keys(roles).length)) {
    const message = 'asks one person first, whoever may decide: leave "of" at 1 and "roles" empty';
    faults.push({ field: `${at}.second_opinion`, message });
  }
  if (veto === 'viewer') faults.push({ field: `${at}.veto`, message: no_decider });
  else if (veto && !verdictQuestion(form)) {
    const message = 'the form asks no verdict, so nothing can be rejected';
    faults.push({ field: `${at}.veto`, message });
  }
  return faults;
}

function deadlineFaults(deadline: Deadline, decided_by: Role, queue: string): FieldFault[] {
  const { ladder, expire_after_ms, fallback } = deadline;
  const faults: FieldFault[] = [];
  if (fallback !== 'none' && expire_after_ms === null) {
    const message = 'needs a time at which it expires (expire_after_ms), or it never comes';
    faults.push({ field: 'policy.deadline.fallback', message });
  }
  let [asked, where] = [decided_by, queue];
  ladder.forEach((rung, at) => {
    const here = `policy.deadline.ladder.${at}`;
    if (expire_after_ms !== null && rung.after_ms >= expire_after_ms) {
      const message = 'is not before time is up (expire_after_ms), so this step never comes';
      faults.push({ field: `${here}.after_ms`, message });
    }
    const moves = rung.do !== 'remind' && rung.queue !== undefined && rung.queue !== where;
    if (rung.do !== 'remind' && rung.queue !== undefined) where = rung.queue;
    if (rung.do !== 'escalate') return;
    if (!atLeast(rung.role, asked)) {
      const message = `is below ${asked}, which is asked for by then`;
      faults.push({ field: `${here}.role`, message });
    } else if (rung.role === asked && !moves) {
      const message = `is asked for by then already; choose a higher role, or another queue`;
      faults.push({ field: `${here}.role`, message });
    } else asked = rung.role;
  });
  return faults;
}

/** What no answer to a form could say. */
export const formFaults = ({ questions }: Form): FieldFault[] =>
  questions.flatMap((question, at) => {
    if (question.kind !== 'rating' || question.step === null) return [];
    const { min, max, step } = question;
    const message = `is more than from ${min} to ${max}, so only ${min} could be said`;
    return step > max - min ? [{ field: `form.questions.${at}.step`, message }] : [];
  });

function shadowFaults({ policy, form }: GateDefinition): FieldFault[] {
  if (policy.mode !== 'shadow' || !form) return [];
  const message = 'in shadow nobody sees what to approve: ask for the answer itself';
  const verdicts = form.questions.flatMap(({ kind }, at) => (kind === 'verdict' ? [at] : []));
  if (verdicts.length === form.questions.length) return [{ field: 'form.questions', message }];
  return verdicts.map((at) => ({ field: `form.questions.${at}`, message }));
}

const texts = ['input', 'content'];
const all_parts = [...texts, 'facts', 'messages', 'input_rest'];

/** The parts that a case of an output can have have names of their own. */
function partFaults({ policy, form }: GateDefinition): FieldFault[] {
  return (form?.questions ?? []).flatMap((question, at) => {
    if (question.kind !== 'span' && question.kind !== 'region') return [];
    const field = `form.questions.${at}.part`;
    const names = question.kind === 'span' ? texts : all_parts;
    if (!names.includes(question.part)) {
      return [{ field, message: `an output’s case shows ${names.join(', ')}` }];
    }
    const hidden = policy.mode === 'shadow' && question.part === 'content';
    return hidden ? [{ field, message: 'in shadow nobody sees the content' }] : [];
  });
}
