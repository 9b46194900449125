import * as z from 'zod';
import { apart } from './apart.ts';
import { Condition } from './condition.ts';
import { answer_form, Form, verdictForm } from './form.ts';
import { Name } from './id.ts';
import { type Json, JsonObject, Label, Text } from './json.ts';
import { type OutputSubmission, VerdictKind } from './output.ts';
import { judgePromised, type OutputPromise, promise_terms, type Standing } from './promise.ts';
import { Role } from './role.ts';
import { longest_wait_ms, minute } from './time.ts';
import { evaluate } from './truth.ts';

/** How many people must agree, who, and who can stop it alone. */
export const Quorum = z
  .strictObject({
    /** Equal approvals that settle it (m). */
    approvals: z.int().min(1).max(20).default(1),
    /** People asked (n). */
    of: z.int().min(1).max(20).default(1),
    /** Least number of approvals from people of at least a role ("lead": 1). */
    roles: z.partialRecord(Role, z.int().min(1).max(20)).default({}),
    /** People of at least this role reject alone. */
    veto: Role.nullable().default(null),
    /** `on_disagreement`: one person decides alone where they say what the AI said; where they do not,
     *  a second is asked, and two of the three who say the same settle it (rule G70). */
    second_opinion: z.enum(['never', 'on_disagreement']).default('never'),
  })
  .refine(({ approvals, of }) => approvals <= of, {
    path: ['approvals'],
    message: 'cannot be more than "of"',
  });
export type Quorum = z.infer<typeof Quorum>;

const wait = z.int().min(1).max(longest_wait_ms);
export const Rung = z.discriminatedUnion('do', [
  z.strictObject({ after_ms: wait, do: z.literal('remind') }),
  /** Lets everyone in: the assignment falls away, and the case may move to a wider queue. */
  z.strictObject({ after_ms: wait, do: z.literal('widen'), queue: Name.optional() }),
  z.strictObject({
    after_ms: wait,
    do: z.literal('escalate'),
    queue: Name.optional(),
    role: Role.default('lead'),
  }),
]);
export type Rung = z.infer<typeof Rung>;

export const Deadline = z
  .strictObject({
    ladder: z.array(Rung).max(10).default([]),
    expire_after_ms: wait.nullable().default(null),
    /** What an expiry means. It never approves unless `approve_in_words` says why it may. */
    fallback: z.enum(['none', 'reject', 'approve']).default('none'),
    approve_in_words: Text(500).optional(),
  })
  .refine(
    ({ fallback, approve_in_words }) => fallback !== 'approve' || !!approve_in_words?.trim(),
    {
      path: ['approve_in_words'],
      message: 'say in words why an unseen request may run when time is up',
    },
  )
  .superRefine(({ ladder }, context) => {
    ladder.forEach(({ after_ms }, at) => {
      if (after_ms > (ladder[at - 1]?.after_ms ?? 0)) return;
      const message = 'must come after the step before';
      context.addIssue({ code: 'custom', path: ['ladder', at, 'after_ms'], message });
    });
  });
export type Deadline = z.infer<typeof Deadline>;
/** What a case without a policy waits by: its own due time alone. */
const no_deadline: Deadline = { ladder: [], expire_after_ms: null, fallback: 'none' };

const common = {
  /** Share of passed outputs that people see anyway, drawn by chance and stored with each. */
  spot_check: z.number().min(0).max(1).default(0),
  quorum: Quorum.prefault({}),
  deadline: Deadline.prefault({}),
  priority: z.int().min(-100).max(100).default(0),
  lease_ms: z
    .int()
    .min(1_000)
    .max(24 * 60 * minute)
    .default(5 * minute),
  /** How long a decision can be taken back before its effect leaves. */
  undo_ms: z
    .int()
    .min(0)
    .max(60 * minute)
    .default(0),
  /** The least role that may decide. */
  decided_by: Role.default('reviewer'),
  own_request_allowed: z.boolean().default(false),
};

export const Rule = z.strictObject({
  when: Condition,
  then: VerdictKind,
  /** Said to the reviewer; without it the rule says itself what it found. */
  reason: Text(300).optional(),
});
export type Rule = z.infer<typeof Rule>;

export const Policy = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('always'), ...common }),
  z.strictObject({ mode: z.literal('never'), ...common }),
  z.strictObject({ mode: z.literal('threshold'), threshold: z.number().min(0).max(1), ...common }),
  z.strictObject({
    mode: z.literal('rules'),
    rules: z.array(Rule).min(1).max(200),
    otherwise: VerdictKind.default('hold'),
    ...common,
  }),
  z.strictObject({ mode: z.literal('shadow'), ...common }),
  /** At most `alpha` of what passes is wrong, with probability 1 − `delta` (rules G40 to G49). */
  z.strictObject({ mode: z.literal('guaranteed'), ...common, ...promise_terms }),
]);
export type Policy = z.infer<typeof Policy>;
export type PolicyMode = Policy['mode'];

/** What a case waits by. At a gate that keeps a promise nothing runs because time is up, also where a policy
 *  says so that was saved before that was refused: there it ends neither yes nor no (rule G87). */
export function deadlineOf(policy: Pick<Policy, 'mode' | 'deadline'> | null): Deadline {
  if (!policy) return no_deadline;
  const { mode, deadline } = policy;
  const unproven = mode === 'guaranteed' && deadline.fallback === 'approve';
  return unproven ? { ...deadline, fallback: 'none' } : deadline;
}

export const ActionSpec = z.strictObject({
  name: Text(200).min(1),
  /** JSON Schema 2020-12 of the arguments; the edit form is made from it. */
  arguments_schema: JsonObject,
  description: Text(2_000).optional(),
});
export type ActionSpec = z.infer<typeof ActionSpec>;

export const GateDefinition = z.strictObject({
  title: Label(200).optional(),
  description: Text(2_000).optional(),
  queue: Name.default('default'),
  policy: Policy,
  form: Form.optional(),
  action: ActionSpec.optional(),
});
export type GateDefinition = z.infer<typeof GateDefinition>;

export const Gate = z.object({
  name: Name,
  title: z.string(),
  description: z.string().nullable(),
  queue: Name,
  policy: Policy,
  form: Form,
  action: ActionSpec.nullable(),
  policy_version: z.int(),
  created_at: z.string(),
  updated_at: z.string(),
  updated_by: z.string(),
});
export type Gate = z.infer<typeof Gate>;

/** A definition as it once stood, or stands. */
export const GateVersion = z.object({
  version: z.int(),
  definition: GateDefinition,
  created_by: z.string(),
  created_by_name: z.string(),
  created_at: z.string(),
});
export type GateVersion = z.infer<typeof GateVersion>;

/** The form a gate asks: its own, or a verdict over what it guards. In shadow nobody sees what to
 *  approve, so there it is the answer itself. */
export const formOf = ({
  form,
  action,
  policy,
}: Pick<GateDefinition, 'form' | 'action' | 'policy'>): Form =>
  form ?? (policy.mode === 'shadow' ? answer_form : verdictForm(action ? 'arguments' : 'content'));

export interface Judgement {
  verdict: VerdictKind;
  reasons: string[];
  /** Whether one rule says so, rather than what holds where none does. */
  by_rule?: boolean;
  spot_checked: boolean;
  spot_check_probability: number | null;
  /** Of a guaranteed gate: what is known of it before its outcome is. */
  promise?: OutputPromise;
}

/** Judges one output under a policy (rules G1 to G5, G40).
 *  @param chance uniform in [0, 1), drawn by the caller; below `spot_check` a pass is looked at anyway
 *  @param standing of a guaranteed gate, read under its lock; without it nothing passes there */
export function judge(
  policy: Policy,
  output: OutputSubmission,
  chance: number,
  standing?: Standing | 'crowded',
): Judgement {
  if (policy.mode === 'guaranteed') return judgePromised(policy, output, chance, standing);
  const first = verdictOf(policy, output);
  const share = policy.spot_check;
  if (first.verdict !== 'pass' || share === 0) {
    return { ...first, spot_checked: false, spot_check_probability: null };
  }
  const spot_checked = chance < share;
  const reasons = spot_checked
    ? [...first.reasons, `spot check: ${percent(share)} of what passes is looked at`]
    : first.reasons;
  return { verdict: 'pass', reasons, spot_checked, spot_check_probability: share };
}

function verdictOf(
  policy: Exclude<Policy, { mode: 'guaranteed' }>,
  output: OutputSubmission,
): Pick<Judgement, 'verdict' | 'reasons' | 'by_rule'> {
  switch (policy.mode) {
    case 'always':
      return { verdict: 'hold', reasons: ['a person decides everything here'] };
    case 'never':
      return { verdict: 'pass', reasons: ['this gate holds nothing'] };
    case 'shadow':
      return { verdict: 'hold', reasons: ['a person decides without seeing the AI’s answer'] };
    case 'threshold':
      return byThreshold(policy.threshold, output.confidence);
    case 'rules':
      return byRules(policy.rules, policy.otherwise, output);
  }
}

function byThreshold(threshold: number, confidence: number | undefined) {
  if (confidence === undefined) {
    return { verdict: 'hold' as const, reasons: ['no confidence was given'] };
  }
  const [shown, cut] = apart(confidence, threshold);
  if (confidence < threshold) {
    return { verdict: 'hold' as const, reasons: [`confidence ${shown} is under ${cut}`] };
  }
  return { verdict: 'pass' as const, reasons: [`confidence ${shown} is at or over ${cut}`] };
}

function byRules(rules: readonly Rule[], otherwise: VerdictKind, output: OutputSubmission) {
  const document = output as unknown as Json;
  const unsure: string[] = [];
  for (const rule of rules) {
    const { truth, because } = evaluate(rule.when, document);
    if (truth === true) {
      // A rule that could not be judged came first, so nothing may slip past it on a later one.
      if (unsure.length && rule.then === 'pass') break;
      return {
        verdict: rule.then,
        by_rule: true,
        reasons: [...unsure, ...(rule.reason ? [rule.reason] : because)],
      };
    }
    if (truth === 'unknown' && rule.then !== 'pass') {
      unsure.push(`cannot be judged: ${because.join(', ')}`);
    }
  }
  if (unsure.length && otherwise !== 'block') return { verdict: 'hold' as const, reasons: unsure };
  const reason = otherwise === 'pass' ? 'no rule asks for a person' : 'no rule lets it through';
  return { verdict: otherwise, reasons: [...unsure, reason] };
}

const percent = (share: number) => `${Number((share * 100).toPrecision(3))}%`;
