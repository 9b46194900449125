import {
  costTier,
  hasOwnLimit,
  type Policy,
  risks,
  type ScoredFile,
  type TierTerms,
  tierOf,
  tiersOf,
  type WantedColumns,
} from '@wheelhouse/core';
import {
  alpha_steps,
  type Certificate,
  type CurvePoint,
  type GatePlan,
  type PlanSetup,
  plan_defaults,
} from '@wheelhouse/core/learn';

/** What is read of a file, without the outputs themselves, which stay in the worker. */
export interface ReadFile extends Omit<ScoredFile, 'outputs'> {
  name: string;
  digest: string;
  n: number;
}

/** What a file shows before anybody says what a day is like. */
export interface Study {
  file: ReadFile;
  /** Of each tier; null where there are too few outputs to plan with. */
  shown: StudiedTier[] | null;
}
export interface StudiedTier {
  tier: string;
  /** Of all outputs, the share that is of it. */
  share: number;
  curve: CurvePoint[];
  /** At each of `alpha_steps`. */
  certificates: Certificate[];
}

/** What the page asks of the worker. */
export type Ask =
  | {
      kind: 'study';
      file: File;
      columns: WantedColumns;
      only: string | null;
      terms: TierTerms | null;
      setup: Pick<PlanSetup, 'delta' | 'seed' | 'tiers'>;
    }
  | { kind: 'plan'; ask: number; setup: PlanSetup };

/** What the worker tells. */
export type Told =
  | { kind: 'progress'; what: string; share: number }
  | { kind: 'studied'; study: Study }
  | { kind: 'planned'; ask: number; plan: GatePlan }
  | { kind: 'failed'; message: string };

/** The place among `alpha_steps` that is nearest. */
export const stepNear = (alpha: number): number =>
  alpha_steps.reduce(
    (best, each, at) =>
      Math.abs(each - alpha) < Math.abs((alpha_steps[best] as number) - alpha) ? at : best,
    0,
  );

/** What somebody plans with: it outlives the tab, and not the page. */
export interface Planning {
  file: File | null;
  columns: WantedColumns;
  /** One model version of the file; null takes all of them together. */
  only: string | null;
  setup: Omit<PlanSetup, 'tiers'>;
  /** Limits of their own beside alpha; null where one holds for all. */
  limits: Limits | null;
}
export type Limits = Pick<TierTerms, 'tiers' | 'cost_tiers' | 'certify_by'>;
type Divided = Pick<Planning, 'setup' | 'limits'>;

/** What divides the promise that is planned. */
export const termsOf = ({ setup: { alpha, delta }, limits }: Divided): TierTerms | null =>
  limits && { alpha, delta, ...limits };

/** The settings as they are planned with. */
export function setupOf(planning: Divided): PlanSetup {
  const terms = termsOf(planning);
  const tiers = terms && tiersOf(terms).map(({ tier, alpha }) => ({ tier, alpha }));
  return tiers ? { ...planning.setup, tiers } : planning.setup;
}

/** Which outputs are under which limit, whatever the limits are: while it stays the same a file need not
 *  be read again. */
export function divisionOf(terms: TierTerms | null): string {
  if (!terms) return '';
  const costs = [undefined, ...(terms.cost_tiers ?? []).map(({ from_usd }) => from_usd)];
  const each = [undefined, ...risks].flatMap((risk) =>
    costs.map((cost_usd) => tierOf(terms, { risk, cost_usd })),
  );
  return JSON.stringify([terms.certify_by, costs, each]);
}

/** The same with another limit for a tier. Groups have alpha in common. */
export function withLimit<Plan extends Divided>(planning: Plan, tier: string, alpha: number): Plan {
  const { setup, limits } = planning;
  const terms = termsOf(planning);
  if (!limits || !terms || !hasOwnLimit(terms, tier)) {
    return { ...planning, setup: { ...setup, alpha } };
  }
  if (risks.some((risk) => risk === tier)) {
    return { ...planning, limits: { ...limits, tiers: { ...limits.tiers, [tier]: alpha } } };
  }
  const cost_tiers = (limits.cost_tiers ?? []).map((one) =>
    costTier(one) === tier ? { ...one, alpha } : one,
  );
  return { ...planning, limits: { ...limits, cost_tiers } };
}

/** A plan begins with what its gate promises, at the steps that are tried: the next stricter one where it
 *  is none of them. */
export function planningOf(policy: Policy): Planning {
  const none = { file: null, columns: {}, only: null, limits: null };
  if (policy.mode !== 'guaranteed') return { ...none, setup: plan_defaults };
  const { alpha, delta, spot_check, label_noise, tiers, cost_tiers, certify_by } = policy;
  const promised = { alpha: stepUnder(alpha), delta, spot_check, label_noise };
  const limits: Limits = {
    tiers: Object.fromEntries(
      Object.entries(tiers).map(([risk, limit]) => [risk, stepUnder(limit)]),
    ),
    cost_tiers: (cost_tiers ?? []).map((one) => ({ ...one, alpha: stepUnder(one.alpha) })),
    ...(certify_by && { certify_by }),
  };
  const divided = tiersOf({ alpha, delta, ...limits }).length > 1;
  return {
    ...{ ...none, setup: { ...plan_defaults, ...promised } },
    limits: divided ? limits : null,
  };
}

const stepUnder = (alpha: number): number =>
  alpha_steps.findLast((each) => each <= alpha) ?? alpha_steps[0] ?? alpha;
