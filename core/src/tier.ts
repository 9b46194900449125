import * as z from 'zod';
import { Label } from './json.ts';
import { least_promised } from './learn/target.ts';
import type { PromiseTerms } from './promise.ts';
import { type Risk, risks } from './risk.ts';

/** A limit or a chance that could be proven. */
export const PromisedShare = z
  .number()
  .min(least_promised, `must be at least ${least_promised}: less would never be proven`)
  .lt(1, 'must be under 1');

const longest_attribute = 100;
const longest_value = 200;

/** Groups of outputs that are each proven by themselves: a promise of all together is none of each. */
export const CertifyBy = z
  .strictObject({
    /** A name in an output's `groups`. */
    attribute: Label(longest_attribute),
    /** Each has labels and a certificate of its own; all that say another, or none, share one. */
    values: z.array(Label(longest_value)).min(1).max(20),
  })
  .refine(({ values }) => new Set(values).size === values.length, {
    path: ['values'],
    message: 'names one twice',
  });
export type CertifyBy = z.infer<typeof CertifyBy>;

/** Each takes labels of its own to prove, and has a part of delta. */
export const most_cost_tiers = 10;
const most_usd = 1e12;

/** A limit for outputs of which `cost_usd` says that to be wrong costs so much or more. */
export const CostTier = z.strictObject({
  from_usd: z.number().min(0).max(most_usd),
  alpha: PromisedShare,
});
export type CostTier = z.infer<typeof CostTier>;

/** The least amount first, so that one and the same promise is written in one way. */
export const CostTiers = z
  .array(CostTier)
  .max(most_cost_tiers, `are at most ${most_cost_tiers}: each has labels of its own to wait for`)
  .superRefine((all, context) => {
    all.forEach(({ from_usd }, at) => {
      const before = all[at - 1];
      if (!before || from_usd > before.from_usd) return;
      const message = `must be over the ${before.from_usd} before it: name each amount once, the least first`;
      context.addIssue({ code: 'custom', path: [at, 'from_usd'], message });
    });
  });
export type CostTiers = z.infer<typeof CostTiers>;

/** What of a promise divides it. */
export type TierTerms = Pick<
  PromiseTerms,
  'alpha' | 'delta' | 'tiers' | 'cost_tiers' | 'certify_by'
>;

/** The tiers of a promise, each with its limit and its part of delta. */
export function tiersOf(terms: TierTerms) {
  const { alpha, delta, certify_by } = terms;
  const by_group = certify_by?.values.map((value) => ({
    tier: groupTier(certify_by, value),
    alpha,
  }));
  const own = by_group ?? ownLimits(terms);
  const all = [...own, { tier: restOf(terms), alpha }];
  return all.map((one) => ({ ...one, delta: delta / all.length }));
}

/** Limits beside `alpha`, by risk and by cost. */
function ownLimits({ tiers, cost_tiers = [] }: TierTerms): { tier: string; alpha: number }[] {
  const by_risk = risks.flatMap((risk) => {
    const limit = tiers[risk];
    return limit === undefined ? [] : [{ tier: risk as string, alpha: limit }];
  });
  return [...by_risk, ...cost_tiers.map((one) => ({ tier: costTier(one), alpha: one.alpha }))];
}

/** Whether a tier keeps its limit, whatever `alpha` is. */
export const hasOwnLimit = (terms: TierTerms, tier: string): boolean =>
  !terms.certify_by && ownLimits(terms).some((one) => one.tier === tier);

/** What the tier of all is called that none of its own is of. */
function restOf({ tiers, cost_tiers = [], certify_by }: TierTerms): string {
  if (certify_by || cost_tiers.length) return 'other';
  const named = risks.filter((risk) => tiers[risk] !== undefined).length;
  return named === risks.length ? 'unstated' : named ? 'other' : 'all';
}

/** That of a group: `attribute: value`. */
export const longest_tier = longest_attribute + 2 + longest_value;

/** What the tier of a group is called. No risk, no cost and no rest is called so. */
const groupTier = ({ attribute }: CertifyBy, value: string) => `${attribute}: ${value}`;
export const costTier = ({ from_usd }: Pick<CostTier, 'from_usd'>) => `cost from $${from_usd}`;

/** From which cost on the tier is that is called so; undefined where it is none of cost. */
export const costOfTier = (tier: string): number | undefined => {
  const amount = /^cost from \$([\d.e+-]+)$/.exec(tier)?.[1];
  return amount === undefined ? undefined : Number(amount);
};

/** Which tier an output belongs to, by what is known of it before it is judged (rules G62, G77): that of
 *  its group, or that of the strictest limit which its risk or its cost names. Where both name the same
 *  limit it is of its risk's.
 *
 *  Tiers are not crossed: what is costly and of high risk is under the stricter limit, and not in the
 *  other's tier, whose promise holds of all that its limit names all the more. */
export function tierOf(
  terms: TierTerms,
  {
    risk,
    cost_usd,
    groups,
  }: {
    risk?: Risk | undefined;
    cost_usd?: number | undefined;
    groups?: Record<string, string> | undefined;
  },
): string {
  const { tiers, cost_tiers, certify_by } = terms;
  if (certify_by) {
    const { attribute, values } = certify_by;
    const value = groups && Object.hasOwn(groups, attribute) ? groups[attribute] : undefined;
    const named = value !== undefined && values.includes(value);
    return named ? groupTier(certify_by, value) : restOf(terms);
  }
  const by_risk = risk === undefined ? undefined : tiers[risk];
  // The last that fits is the strictest: no limit is looser than one of a lower cost.
  const by_cost =
    cost_usd === undefined
      ? undefined
      : cost_tiers?.findLast(({ from_usd }) => cost_usd >= from_usd);
  if (by_cost && (by_risk === undefined || by_cost.alpha < by_risk)) return costTier(by_cost);
  return by_risk === undefined ? restOf(terms) : (risk as string);
}
