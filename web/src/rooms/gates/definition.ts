import {
  type Change,
  canonical,
  changes,
  contradictions,
  type FieldFault,
  GateDefinition,
  type Json,
  type Policy,
  type PolicyMode,
  type Rule,
  schemaFault,
} from '@wheelhouse/core';
import { diffArrays } from 'diff';
import { ruleWords } from '../../kit/policyWords.ts';

const plain = (value: unknown) => JSON.parse(JSON.stringify(value)) as Json;

/** A definition with every default filled in, so that two ways of saying the same are the same. */
export const whole = (definition: unknown): GateDefinition | undefined => {
  const read = GateDefinition.safeParse(definition);
  return read.success ? read.data : undefined;
};

export const isSame = (a: GateDefinition, b: GateDefinition): boolean =>
  canonical(plain(a)) === canonical(plain(b));

/** What differs between two definitions, place by place. A default that is spelled out is no
 *  change; rules are told in words and compared in order, so that one put in between does not make
 *  all below it look new (rule K15). */
export function definitionChanges(from: GateDefinition, to: GateDefinition): Change[] {
  const [a, b] = [whole(from) ?? from, whole(to) ?? to];
  return [...changes(plain(withoutRules(a)), plain(withoutRules(b))), ...ruleChanges(a, b)];
}

const rulesOf = ({ policy }: GateDefinition): readonly Rule[] =>
  policy.mode === 'rules' ? policy.rules : [];

function withoutRules(definition: GateDefinition) {
  const { policy } = definition;
  if (policy.mode !== 'rules') return definition;
  const { rules: _, ...rest } = policy;
  return { ...definition, policy: rest };
}

function ruleChanges(a: GateDefinition, b: GateDefinition): Change[] {
  const [from, to] = [rulesOf(a).map(ruleWords), rulesOf(b).map(ruleWords)];
  const found: Change[] = [];
  let [at_from, at_to] = [0, 0];
  for (const { value, added, removed } of diffArrays(from, to)) {
    value.forEach((words, place) => {
      if (removed) found.push({ path: `rule ${at_from + place + 1}`, from: words });
      if (added) found.push({ path: `rule ${at_to + place + 1}`, to: words });
    });
    if (!added) at_from += value.length;
    if (!removed) at_to += value.length;
  }
  return joined(found);
}

/** A rule that went and one that came in the same place are one rule changed. */
function joined(found: Change[]): Change[] {
  const kept: Change[] = [];
  for (const change of found) {
    const twin = kept.find(
      ({ path, from, to }) => path === change.path && from !== undefined && to === undefined,
    );
    if (twin && change.to !== undefined) twin.to = change.to;
    else kept.push({ ...change });
  }
  return kept;
}

/** What each mode starts with when it is first chosen. */
const starts: Record<PolicyMode, object> = {
  always: {},
  never: {},
  shadow: {},
  threshold: { threshold: 0.8 },
  rules: {
    rules: [{ when: { field: 'confidence', op: '<', value: 0.5 }, then: 'hold' }],
    otherwise: 'pass',
  },
  guaranteed: {
    alpha: 0.05,
    delta: 0.05,
    tiers: {},
    cost_tiers: [],
    label_noise: 0,
    score: 'confidence',
    after_alarm: 'hold',
  },
};
const own_fields = [
  ...['mode', 'threshold', 'rules', 'otherwise'],
  ...['alpha', 'delta', 'tiers', 'cost_tiers', 'certify_by', 'label_noise', 'score', 'after_alarm'],
  'people_hours',
];

/** The policy under another mode: what all modes have stays, and what a mode had when it was left
 *  comes back with it.
 *  @param left the policies that were left, by mode */
export function withMode(
  policy: Policy,
  mode: PolicyMode,
  left: Partial<Record<PolicyMode, Policy>>,
): Policy {
  const before = left[mode];
  const kept = Object.fromEntries(
    Object.entries(policy).filter(([name]) => !own_fields.includes(name)),
  );
  const own = before
    ? Object.fromEntries(Object.entries(before).filter(([name]) => own_fields.includes(name)))
    : starts[mode];
  const next = { ...own, ...kept, mode } as Policy;
  // Where nothing passes no spot check is drawn; its share comes back with a mode that had one.
  if (!passes(mode)) return { ...next, spot_check: 0 };
  const spot_check = passes(policy.mode) ? next.spot_check : (before?.spot_check ?? 0);
  // A promise is kept by looking at some of what passes.
  return { ...next, spot_check: spot_check || (mode === 'guaranteed' ? 0.05 : 0) };
}

const passes = (mode: PolicyMode) => mode !== 'always' && mode !== 'shadow';

/** Everything wrong with a draft, each with its dotted path; the same checks that the server makes,
 *  so that most of what it would refuse is said while typing. */
export function draftFaults(draft: GateDefinition): FieldFault[] {
  const faults: FieldFault[] = [];
  const read = GateDefinition.safeParse(draft);
  for (const issue of read.error?.issues ?? []) {
    const path = issue.path.map(String);
    if (path[0] === 'policy' && path[1] === 'rules' && path[3] === 'when') continue;
    faults.push({ field: path.join('.'), message: issue.message });
  }
  if (draft.policy.mode === 'rules') {
    draft.policy.rules.forEach((rule, at) => {
      faults.push(...conditionFaults(rule.when, `policy.rules.${at}.when`));
    });
  }
  const fault = draft.action && schemaFault(draft.action.arguments_schema);
  if (fault) faults.push({ field: 'action.arguments_schema', message: fault });
  if (read.success) faults.push(...contradictions(read.data));
  return faults;
}

/** A union of shapes only says that none fits; this says which part of a condition is wrong. */
function conditionFaults(condition: Rule['when'], path: string): FieldFault[] {
  if ('all' in condition || 'any' in condition) {
    const name = 'all' in condition ? 'all' : 'any';
    const items = 'all' in condition ? condition.all : condition.any;
    if (!items.length) return [{ field: path, message: 'an empty group says nothing' }];
    return items.flatMap((item, at) => conditionFaults(item, `${path}.${name}.${at}`));
  }
  if ('not' in condition) return conditionFaults(condition.not, `${path}.not`);
  if ('where' in condition) {
    const name = 'some' in condition ? 'some' : 'every';
    const list = 'some' in condition ? condition.some : condition.every;
    const inner = conditionFaults(condition.where, `${path}.where`);
    return list ? inner : [{ field: `${path}.${name}`, message: 'choose the list' }, ...inner];
  }
  const { field, op, value } = condition;
  const faults: FieldFault[] = [];
  if (!/^[^.\s][^.]*(\.[^.]+)*$/.test(field) || field.length > 200) {
    faults.push({ field: `${path}.field`, message: 'choose a field' });
  }
  if (op === 'exists' || op === 'missing') return faults;
  const empty = value === undefined || (Array.isArray(value) && !value.length);
  if (empty) faults.push({ field: `${path}.value`, message: 'needs a value' });
  return faults;
}

/** The parts of the editor, and which paths are edited where. */
export const parts = ['policy', 'people', 'form', 'action'] as const;
export type EditorPart = (typeof parts)[number];

const people_fields = [
  'quorum',
  'deadline',
  'lease_ms',
  'undo_ms',
  'priority',
  'decided_by',
  'own_request_allowed',
];

/** Where a fault can be mended. */
export function partOf(field: string): EditorPart {
  const [first, second = ''] = field.split('.');
  if (first === 'form' || first === 'action') return first;
  if (first === 'queue') return 'people';
  return first === 'policy' && people_fields.includes(second) ? 'people' : 'policy';
}
