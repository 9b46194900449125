import {
  certify,
  certifySplit,
  planThresholds,
  type RiskTarget,
  type ScoredOutput,
  seededChance,
  type ThresholdPlan,
} from '@wheelhouse/core/learn';
import { bonferroniCut, type Cut, naiveCut, riskControlCut, selectiveCut } from './cuts.ts';
import { round } from './figures.ts';
import { type Pool, pools } from './pools.ts';

const delta = 0.05;
const alphas = [0.01, 0.02, 0.05];
const sizes = [500, 1000, 3000];

/** Mean coverage to reach, by pool, n and alpha: DESIGN §8, from the same rule elsewhere. */
const goals: Record<string, number> = {
  'clinc150 1000 0.05': 0.914,
  'clinc150 1000 0.02': 0.72,
  'clinc150 3000 0.02': 0.819,
  'clinc150 3000 0.01': 0.611,
  'clinc150_oos 3000 0.05': 0.701,
  'banking77 1000 0.05': 0.871,
  'banking77 1000 0.02': 0.583,
  'banking77 3000 0.02': 0.733,
  'sms_spam 1000 0.01': 0.965,
};

interface Way {
  name: string;
  cut: Cut;
  /** Draws at most; one that plans anew for each takes long. */
  draws?: number;
}

/**
 * Whether certified thresholds keep their promise, and how much they let pass, beside what is done
 * elsewhere. Calibration samples are drawn with replacement from a pool of real outputs, so that the
 * true risk of every threshold is known: its share of errors in the whole pool.
 * @param options.data folder of the sets; what is absent is named and left out
 * @param options.quick 50 draws instead of 500
 */
export async function run(options: {
  quick: boolean;
  data: string | undefined;
}): Promise<Record<string, unknown>> {
  const draws = options.quick ? 50 : 500;
  const skipped: string[] = [];
  const settings: Record<string, unknown>[] = [];
  for (const pool of pools(options.data)) {
    if ('missing' in pool) skipped.push(pool.name);
    else
      for (const n of sizes)
        for (const alpha of alphas) settings.push(trial(pool, n, alpha, draws));
  }
  if (!settings.length) return { skipped: 'needs --data FOLDER with the sets', pools: skipped };
  return { node: process.version, draws, delta, skipped, settings };
}

function trial(pool: Pool, n: number, alpha: number, draws: number) {
  const target = { alpha, delta };
  const plan = planThresholds(pool.design, { ...target, n });
  const truth = truthOf(pool.outputs);
  const ways: Way[] = [
    { name: 'naive', cut: naiveCut },
    { name: 'risk_control', cut: riskControlCut },
    { name: 'bonferroni', cut: bonferroniCut },
    { name: 'selective', cut: selectiveCut },
    { name: 'certified', cut: certifiedBy(plan) },
    { name: 'certified_split', cut: split, draws: 200 },
  ];
  const tallies = ways.map(() => ({ draws: 0, covered: 0, broken: 0, none: 0 }));
  const chance = seededChance(20_260 + n + alpha * 1000);
  for (let draw = 0; draw < draws; draw++) {
    const sample = Array.from({ length: n }, () => {
      return pool.outputs[chance() % pool.outputs.length] as ScoredOutput;
    });
    ways.forEach(({ cut, draws: most = draws }, at) => {
      const tally = tallies[at];
      if (!tally || draw >= most) return;
      tally.draws++;
      const threshold = cut(sample, { ...target, thresholds: plan.thresholds });
      const { coverage, risk } = truth(threshold);
      tally.covered += coverage;
      if (risk > alpha) tally.broken++;
      if (threshold === null) tally.none++;
    });
  }
  const goal = goals[`${pool.name} ${n} ${alpha}`];
  return {
    ...{ pool: pool.name, outputs: pool.outputs.length, design: pool.design.length, n, alpha },
    best_possible: round(bestPossible(pool.outputs, alpha)),
    ...(goal === undefined ? {} : { goal }),
    ways: Object.fromEntries(
      ways.map(({ name }, at) => {
        const { draws: tried, covered, broken, none } = tallies[at] as (typeof tallies)[number];
        const figures = {
          coverage: round(covered / tried),
          broken: round(broken / tried),
          none: round(none / tried),
          draws: tried,
        };
        return [name, figures];
      }),
    ),
  };
}

const certifiedBy =
  (plan: ThresholdPlan): Cut =>
  (sample, target) =>
    certify(plan, sample, target).threshold;
const split: Cut = (sample, { alpha, delta: miss }: RiskTarget) =>
  certifySplit(sample, { alpha, delta: miss }).threshold;

/** Share of a pool that passes a threshold, and the share of errors among it. */
function truthOf(outputs: readonly ScoredOutput[]) {
  const sorted = [...outputs].sort((a, b) => b.score - a.score);
  const scores = sorted.map(({ score }) => score);
  const wrong = [0];
  for (const { loss } of sorted) wrong.push((wrong.at(-1) as number) + loss);
  return (threshold: number | null) => {
    if (threshold === null) return { coverage: 0, risk: 0 };
    let [low, high] = [0, scores.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((scores[middle] as number) >= threshold) low = middle + 1;
      else high = middle;
    }
    if (low === 0) return { coverage: 0, risk: 0 };
    return { coverage: low / scores.length, risk: (wrong[low] as number) / low };
  };
}

/** The most that could pass, were every judgement known. */
function bestPossible(outputs: readonly ScoredOutput[], alpha: number): number {
  const threshold = naiveCut(outputs, { alpha, delta, thresholds: [] });
  return truthOf(outputs)(threshold).coverage;
}
