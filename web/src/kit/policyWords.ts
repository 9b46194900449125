import type {
  CertifyBy,
  Comparison,
  Condition,
  GateDefinition,
  Operator,
  Policy,
  PromiseTerms,
  Rule,
} from '@wheelhouse/core';
import { branchOf } from './conditionTree.ts';

const share = (part: number) => `${Number((part * 100).toPrecision(3))}%`;
const number = (value: number) => value.toLocaleString('en-US', { maximumFractionDigits: 6 });

/** What a gate does now, in one sentence or two. */
export function gateSentence({ policy, queue }: Pick<GateDefinition, 'policy' | 'queue'>): string {
  return [modeSentence(policy, queue), checkSentence(policy)].filter(Boolean).join(' ');
}

const verbs = { pass: 'passes', hold: 'waits for a person', block: 'is blocked' } as const;

function modeSentence(policy: Policy, queue: string): string {
  switch (policy.mode) {
    case 'always':
      return `Everything waits for a person in “${queue}”.`;
    case 'never':
      return 'Everything passes.';
    case 'threshold':
      return `What the AI is at least ${share(policy.threshold)} sure of passes; the rest waits for a person in “${queue}”.`;
    case 'rules':
      return rulesSentence(policy.rules, policy.otherwise, queue);
    case 'shadow':
      return `A person in “${queue}” decides everything without seeing the AI’s answer, so that agreement can be measured.`;
    case 'guaranteed':
      return `${promiseWords(policy)}. ${untilProven(policy, queue)}`;
  }
}

const untilProven = ({ after_alarm }: Pick<PromiseTerms, 'after_alarm'>, queue: string): string =>
  after_alarm === 'track'
    ? `Until that is proven everything waits for a person in “${queue}”; after an alarm what is surest goes on passing, tracked and not certified, until it is proven again.`
    : `Until that is proven, and whenever it is not, everything waits for a person in “${queue}”.`;

/** A promise as a person says it, without an end. */
export function promiseWords({
  alpha,
  delta,
  tiers,
  cost_tiers = [],
  certify_by,
  label_noise,
}: Pick<PromiseTerms, 'alpha' | 'delta' | 'tiers' | 'cost_tiers' | 'label_noise'> & {
  certify_by?: CertifyBy | null | undefined;
}): string {
  const by_risk = Object.entries(tiers).map(([risk, limit]) => `${share(limit)} at ${risk} risk`);
  const by_cost = cost_tiers.map(
    (one) => `${share(one.alpha)} from a cost of $${number(one.from_usd)}`,
  );
  const others = [...by_risk, ...by_cost].map((words) => `, ${words}`).join('');
  const noise = label_noise > 0 ? `, and ${share(label_noise)} more that people judge wrongly` : '';
  const each = certify_by
    ? `, for each ${certify_by.attribute} by itself (${[...certify_by.values, 'all others'].join(', ')})`
    : '';
  return `At most ${share(alpha)} of what passes is wrong${others}${each}, with ${share(1 - delta)} confidence${noise}`;
}

/** Up to here the rules themselves are said; more of them would be no sentence. */
const most_said = 3;

function rulesSentence(rules: readonly Rule[], otherwise: Rule['then'], queue: string): string {
  if (rules.length > most_said) {
    const waits = otherwise === 'hold' ? ` in “${queue}”` : '';
    return `The first of ${rules.length} rules that fits decides; what none fits ${verbs[otherwise]}${waits}.`;
  }
  // Rules in a row that do the same are one clause.
  const clauses: { then: Rule['then']; whens: string[] }[] = [];
  for (const { when, then } of rules) {
    const last = clauses.at(-1);
    const words = rules.length > 1 ? nested(when) : conditionWords(when);
    if (last?.then === then) last.whens.push(words);
    else clauses.push({ then, whens: [words] });
  }
  const said = clauses.map(
    ({ then, whens }, at) => `${at ? 'else if' : 'If'} ${either(whens)}, it ${verbs[then]}`,
  );
  return `${said.join('; ')}; everything else ${verbs[otherwise]}.`;
}

const either = (words: readonly string[]) =>
  words.length < 3
    ? words.join(' or ')
    : `${words.slice(0, -1).join(', ')} or ${words.at(-1) as string}`;

const checkSentence = ({ spot_check, mode }: Policy): string =>
  spot_check > 0 && mode !== 'always' && mode !== 'shadow'
    ? `People look at ${share(spot_check)} of what passes anyway.`
    : '';

/** A condition as a person says it. */
export function conditionWords(condition: Condition): string {
  const branch = branchOf(condition);
  switch (branch.kind) {
    case 'compare':
      return comparisonWords(branch.comparison);
    case 'list':
      return `${branch.of === 'some' ? 'any' : 'every one'} of ${fieldWords(branch.path)} has ${nested(branch.where)}`;
    case 'group': {
      const { join, items } = branch;
      if (join === 'all') return items.map(nested).join(' and ');
      if (join === 'any') return items.map(nested).join(' or ');
      if (items.length === 1 && items[0]) return `not (${conditionWords(items[0])})`;
      return join === 'none'
        ? `none of (${items.map(nested).join('; ')})`
        : `not all of (${items.map(nested).join('; ')})`;
    }
  }
}

const nested = (condition: Condition): string => {
  const branch = branchOf(condition);
  const words = conditionWords(condition);
  return branch.kind === 'group' && branch.items.length > 1 ? `(${words})` : words;
};

function comparisonWords({ field, op, value }: Comparison): string {
  const head = `${fieldWords(field)} ${operator_words[op]}`;
  if (op === 'exists' || op === 'missing') return head;
  if (value === undefined) return `${head} …`;
  return `${head} ${Array.isArray(value) ? value.map(scalarWords).join(', ') : scalarWords(value)}`;
}

const scalarWords = (value: string | number | boolean | null): string =>
  typeof value === 'number' ? number(value) : typeof value === 'string' ? `“${value}”` : `${value}`;

/** A rule as a person says it. */
export const ruleWords = ({ when, then, reason }: Rule): string =>
  `if ${conditionWords(when)}: ${then}${reason ? ` (${reason})` : ''}`;

export const mode_words: Record<Policy['mode'], string> = {
  always: 'Everything waits',
  never: 'Everything passes',
  threshold: 'By confidence',
  rules: 'By rules',
  shadow: 'Shadow',
  guaranteed: 'Guaranteed',
};

export const operator_words: Record<Operator, string> = {
  '=': 'is',
  '!=': 'is not',
  '>': 'is over',
  '>=': 'is at least',
  '<': 'is under',
  '<=': 'is at most',
  in: 'is one of',
  not_in: 'is none of',
  contains: 'contains',
  starts_with: 'starts with',
  ends_with: 'ends with',
  exists: 'is given',
  missing: 'is not given',
};

/** What a person calls a field: its last step, in words. */
export const fieldWords = (path: string): string =>
  path.slice(path.lastIndexOf('.') + 1).replaceAll('_', ' ') || '…';
