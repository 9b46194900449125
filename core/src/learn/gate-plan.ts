import { invalid } from '../refusal.ts';
import { exactBounds } from './binomial.ts';
import { type Certificate, checkOutputs, isPartial } from './certificate.ts';
import { blocksOf, type CurvePoint, lossBounds, riskCurve } from './curve.ts';
import { type FirstWeeks, type FirstWeeksSetup, playFirstWeeks } from './first-weeks.ts';
import { byTier, loosest, type TieredOutput, type TierLimit, targetsOf } from './planned-tiers.ts';
import type { ScoredOutput } from './scored.ts';
import { certifyAny, certifyEach } from './threshold-plan.ts';

/** Everything that is asked of whoever plans a gate. */
export interface PlanSetup extends FirstWeeksSetup {
  /** How many a person looks at in an hour. */
  checks_an_hour: number;
}

export const plan_defaults: Omit<PlanSetup, 'tiers'> = {
  alpha: 0.02,
  delta: 0.05,
  spot_check: 0.05,
  label_noise: 0,
  outputs_a_day: 500,
  checks_an_hour: 60,
  days: 28,
  runs: 40,
  seed: 1,
};

/** What people do on a day once the gate is open at a threshold. */
export interface PeopleNeeded {
  held: number;
  spot_checked: number;
  hours: number;
  /** The same day without a gate, everything looked at. */
  hours_without: number;
}

export interface GroupFigures {
  /** Null stands for outputs without a group. */
  group: string | null;
  n: number;
  passed: number;
  wrong: number;
  /** 95% intervals of the share that passes and of the share of it that is wrong: exact, or of partial
   *  losses a confidence sequence. */
  coverage: [low: number, high: number];
  risk: [low: number, high: number];
  /** More of it is wrong than promised of all, and not by chance alone. */
  over: boolean;
}

/** What is planned of one tier, as of a gate by itself. */
export interface TierPlan extends TierLimit {
  n: number;
  wrong: number;
  curve: CurvePoint[];
  /** With this tier's part of delta. */
  certificate: Certificate;
  /** For its share of a day's outputs. */
  people: PeopleNeeded;
}

export interface GatePlan {
  setup: PlanSetup;
  /** Whether losses lie between right and wrong: then the promise is of their mean. */
  partial: boolean;
  n: number;
  /** Of partial losses their sum, here and below. */
  wrong: number;
  /** In the order of the setup; one of everything where it has no tiers. */
  tiers: TierPlan[];
  /** Share of all outputs that would pass. */
  coverage: number;
  /** For all tiers together. */
  people: PeopleNeeded;
  groups: GroupFigures[];
  weeks: FirstWeeks;
}

/** An output with what tells it apart. */
export interface PlannedOutput extends TieredOutput {
  /** Null stands for an output without a group. */
  group: string | null;
}

export const curve_points = 200;

/** The hours of people on a day, from the share that passes. */
export function peopleNeeded(
  coverage: number,
  setup: Pick<PlanSetup, 'outputs_a_day' | 'spot_check' | 'checks_an_hour'>,
): PeopleNeeded {
  const { outputs_a_day, spot_check, checks_an_hour } = setup;
  const held = outputs_a_day * (1 - coverage);
  const spot_checked = outputs_a_day * coverage * spot_check;
  const hours = (held + spot_checked) / checks_an_hour;
  return { held, spot_checked, hours, hours_without: outputs_a_day / checks_an_hour };
}

/** Values of alpha that a plan is tried at: 0.1% to 20%, finer where they are small. */
export const alpha_steps: readonly number[] = [
  ...[0.001, 0.0025],
  ...Array.from({ length: 19 }, (_none, i) => (5 + 2.5 * i) / 1000),
  ...Array.from({ length: 15 }, (_none, i) => (60 + 10 * i) / 1000),
];

/**
 * The certificate at each of several alphas. They show what a promise costs; a promise that is chosen
 * by looking at them is proven by labels that come afterwards, not by these.
 * @param onStep told after each, for progress
 */
export function certificatesBy(
  outputs: readonly ScoredOutput[],
  { delta, seed, partial }: Pick<PlanSetup, 'delta' | 'seed'> & { partial?: boolean },
  onStep?: (done: number) => void,
  alphas: readonly number[] = alpha_steps,
): Certificate[] {
  return alphas.map((alpha, at) => {
    const certificate = certifyAny(outputs, {
      alpha,
      delta,
      seed,
      ...(partial !== undefined && { partial }),
    });
    onStep?.(at + 1);
    return certificate;
  });
}

const most_groups = 50;

/**
 * How thresholds treat each group. A promise about all outputs is none about each group.
 * @param thresholds of each tier; null holds all of it
 * @param alpha the loosest limit of the promise, which groups are held against
 * @returns largest first, at most fifty
 */
export function groupFigures(
  outputs: readonly PlannedOutput[],
  thresholds: ReadonlyMap<string, number | null>,
  { alpha, partial }: { alpha: number; partial: boolean },
): GroupFigures[] {
  const [of_all = null] = thresholds.size === 1 ? thresholds.values() : [];
  const by_group = new Map<string | null, { n: number; passed: number; wrong: number }>();
  for (const { group, score, loss, tier = '' } of outputs) {
    const found = by_group.get(group) ?? { n: 0, passed: 0, wrong: 0 };
    by_group.set(group, found);
    found.n++;
    const threshold = thresholds.size === 1 ? of_all : (thresholds.get(tier) ?? null);
    if (threshold === null || score < threshold) continue;
    found.passed++;
    found.wrong += loss;
  }
  if (by_group.size === 1 && by_group.has(null)) return [];
  const figures = [...by_group].map(([group, { n, passed, wrong }]): GroupFigures => {
    const risk = lossBounds({ wrong, passed }, { partial });
    return {
      group,
      n,
      passed,
      wrong,
      coverage: exactBounds(passed, n),
      risk,
      over: risk[0] > alpha,
    };
  });
  return figures.sort((a, b) => b.n - a.n).slice(0, most_groups);
}

/**
 * Plans a gate from outputs of the past whose end is known: what its promise would let pass, what it
 * would ask of people, and how its first weeks would go. Each tier is certified by itself, with delta
 * divided among them. Everything follows from the outputs and the setup, its seed included.
 * @param outputs at least two, losses 0 to 1, scores 0..1
 * @param onProgress share that is done, 0..1
 * @throws Refusal invalid: fewer, a tier that is none of the setup's, or a value out of its range
 */
export function planGate(
  outputs: readonly PlannedOutput[],
  setup: PlanSetup,
  onProgress?: (share: number) => void,
): GatePlan {
  const { delta, seed, runs } = setup;
  if (outputs.length < 2) throw invalid({ field: 'outputs', message: 'must be at least two' });
  checkOutputs(outputs, 'outputs');
  const parts = byTier(outputs, setup);
  const alpha = new Map(targetsOf(setup).map((one) => [one.tier, one.alpha]));
  const partial = isPartial(outputs);
  const certificates = certifyEach(parts, { alpha, delta, seed, partial });
  onProgress?.(0.1);
  const tiers = Array.from(parts, ([tier, part]) =>
    tierPlan(tier, part, certificates.get(tier) as Certificate, {
      ...setup,
      outputs_a_day: (setup.outputs_a_day * part.length) / outputs.length,
    }),
  );
  const coverage = tiers.reduce(
    (sum, { n, certificate }) => sum + (certificate.coverage * n) / outputs.length,
    0,
  );
  const thresholds = new Map(tiers.map((one) => [one.tier, one.certificate.threshold]));
  return {
    setup,
    partial,
    n: outputs.length,
    wrong: wrongIn(outputs),
    tiers,
    coverage,
    people: peopleNeeded(coverage, setup),
    groups: groupFigures(outputs, thresholds, { alpha: loosest(setup), partial }),
    weeks: playFirstWeeks(outputs, setup, (done) => onProgress?.(0.1 + 0.9 * (done / runs))),
  };
}

const wrongIn = (outputs: readonly ScoredOutput[]): number =>
  outputs.reduce((sum, { loss }) => sum + loss, 0);

const tierPlan = (
  tier: string,
  outputs: readonly PlannedOutput[],
  certificate: Certificate,
  day: PlanSetup,
): TierPlan => ({
  ...{ tier, alpha: certificate.alpha, certificate },
  ...{ n: outputs.length, wrong: wrongIn(outputs) },
  curve: riskCurve(blocksOf(outputs), { points: curve_points }),
  people: peopleNeeded(certificate.coverage, day),
});
