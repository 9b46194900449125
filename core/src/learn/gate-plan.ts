import { exactBounds } from './binomial.ts';
import type { Certificate } from './certificate.ts';
import { blocksOf, type CurvePoint, riskCurve } from './curve.ts';
import { type FirstWeeks, type FirstWeeksSetup, playFirstWeeks } from './first-weeks.ts';
import type { ScoredOutput } from './scored.ts';
import type { RiskTarget } from './target.ts';
import { certifySplit } from './threshold-plan.ts';

/** Everything that is asked of whoever plans a gate. */
export interface PlanSetup extends FirstWeeksSetup {
  /** How many a person looks at in an hour. */
  checks_an_hour: number;
}

export const plan_defaults: PlanSetup = {
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
  /** Exact 95% intervals of the share that passes, and of the share of it that is wrong. */
  coverage: [low: number, high: number];
  risk: [low: number, high: number];
  /** More of it is wrong than promised of all, and not by chance alone. */
  over: boolean;
}

export interface GatePlan {
  setup: PlanSetup;
  n: number;
  wrong: number;
  curve: CurvePoint[];
  certificate: Certificate;
  people: PeopleNeeded;
  groups: GroupFigures[];
  weeks: FirstWeeks;
}

export const curve_points = 200;

/** The hours of people on a day, from the share that passes. */
export function peopleNeeded(coverage: number, setup: PlanSetup): PeopleNeeded {
  const { outputs_a_day, spot_check, checks_an_hour } = setup;
  const held = outputs_a_day * (1 - coverage);
  const spot_checked = outputs_a_day * coverage * spot_check;
  const hours = (held + spot_checked) / checks_an_hour;
  return { held, spot_checked, hours, hours_without: outputs_a_day / checks_an_hour };
}

/** Values of alpha that a plan is tried at: 0.5% to 20%, finer where they are small. */
export const alpha_steps: readonly number[] = [
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
  { delta, seed }: Pick<PlanSetup, 'delta' | 'seed'>,
  onStep?: (done: number) => void,
  alphas: readonly number[] = alpha_steps,
): Certificate[] {
  return alphas.map((alpha, at) => {
    const certificate = certifySplit(outputs, { alpha, delta, seed });
    onStep?.(at + 1);
    return certificate;
  });
}

const most_groups = 50;

/**
 * How a threshold treats each group. A promise about all outputs is none about each group.
 * @returns largest first, at most fifty
 */
export function groupFigures(
  outputs: readonly (ScoredOutput & { group: string | null })[],
  threshold: number | null,
  { alpha }: Pick<RiskTarget, 'alpha'>,
): GroupFigures[] {
  const by_group = new Map<string | null, { n: number; passed: number; wrong: number }>();
  for (const { group, score, loss } of outputs) {
    const found = by_group.get(group) ?? { n: 0, passed: 0, wrong: 0 };
    by_group.set(group, found);
    found.n++;
    if (threshold === null || score < threshold) continue;
    found.passed++;
    found.wrong += loss;
  }
  if (by_group.size === 1 && by_group.has(null)) return [];
  const figures = [...by_group].map(([group, { n, passed, wrong }]): GroupFigures => {
    const risk = exactBounds(wrong, passed);
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
 * would ask of people, and how its first weeks would go. Everything follows from the outputs and the
 * setup, its seed included.
 * @param outputs at least two, losses 0 or 1, scores 0..1
 * @param onProgress share that is done, 0..1
 * @throws Refusal invalid: fewer, or a value out of its range
 */
export function planGate(
  outputs: readonly (ScoredOutput & { group: string | null })[],
  setup: PlanSetup,
  onProgress?: (share: number) => void,
): GatePlan {
  const { alpha, delta, seed, runs } = setup;
  const certificate = certifySplit(outputs, { alpha, delta, seed });
  onProgress?.(0.1);
  return {
    setup,
    n: outputs.length,
    wrong: outputs.reduce((sum, { loss }) => sum + loss, 0),
    curve: riskCurve(blocksOf(outputs), { points: curve_points }),
    certificate,
    people: peopleNeeded(certificate.coverage, setup),
    groups: groupFigures(outputs, certificate.threshold, setup),
    weeks: playFirstWeeks(outputs, setup, (done) => onProgress?.(0.1 + 0.9 * (done / runs))),
  };
}
