import {
  binOf,
  inclusionProbability,
  middleOf,
  type QualityCell,
  qualityOf,
  score_bins,
  spotCheckDesign,
  uncertaintyOf,
} from '@wheelhouse/core/learn';
import { type Random, randomOf } from './drifting.ts';
import { meanOf, round } from './figures.ts';
import { type CheckedOutput, type Pool, poolOf } from './pools.ts';

const names = ['clinc150_oos', 'banking77', 'model_cifar10', 'adult_income'];
const share = 0.05;
const limit = 0.05;
/** Outputs of a period, drawn from the pool. */
const lengths = [4_000, 20_000];

/**
 * What it takes to tell how often the AI is right: spot checks alone, with scores as predictions, and with
 * spot checks that weigh what is uncertain. Outputs are drawn with replacement from a pool whose labels
 * are all known, so that the truth of each period is.
 * @param options.quick 100 periods of each instead of 1,000
 */
export async function run(options: {
  quick: boolean;
  data: string | undefined;
}): Promise<Record<string, unknown>> {
  const { quick, data } = options;
  if (data === undefined) return { skipped: 'needs --data FOLDER with the sets' };
  const periods = quick ? 100 : 1_000;
  const skipped: string[] = [];
  const sets: Record<string, unknown>[] = [];
  for (const name of names) {
    const pool = poolOf(data, name);
    if (pool) for (const n of lengths) sets.push(...estimated(pool, n, periods));
    else skipped.push(name);
  }
  return { node: process.version, periods, share, limit, skipped, sets };
}

/** The lowest threshold at which at most `limit` of the outputs that were set apart were wrong. */
function cutOf(design: readonly CheckedOutput[]): number {
  let [wrong, cut] = [0, 1];
  const sorted = [...design].sort((a, b) => b.score - a.score);
  sorted.forEach(({ score, loss }, at) => {
    wrong += loss;
    if (wrong <= limit * (at + 1)) cut = score;
  });
  return cut;
}

function estimated(pool: Pool, n: number, periods: number) {
  return [cutOf(pool.design), 0].map((cut) => {
    const passing = pool.design.filter(({ score }) => score >= cut);
    const uncertainties = passing.map(({ score }) => uncertaintyOf(1 - score));
    const design = spotCheckDesign(uncertainties, { share, floor: share / 2 });
    const flat = played(pool, cut, n, periods, () => share);
    const weighed = played(pool, cut, n, periods, (score) =>
      inclusionProbability(uncertaintyOf(1 - score), design),
    );
    return { pool: pool.name, n, gate: cut > 0, passes: flat.passes, flat, weighed };
  });
}

function played(
  pool: Pool,
  cut: number,
  n: number,
  periods: number,
  probabilityOf: (score: number) => number,
) {
  const found = Array.from({ length: periods }, (_none, at) =>
    period(pool, cut, n, probabilityOf, randomOf(1 + at)),
  );
  const of = (which: 'passed' | 'all') => {
    const told = found.map((one) => one[which]);
    const covers = (kind: 'low_high' | 'plain') =>
      round(
        told.filter(({ truth, quality }) => {
          const { low, high } = kind === 'plain' ? quality.plain : quality;
          return low <= truth && truth <= high;
        }).length / periods,
      );
    const width = (kind: 'told' | 'plain') =>
      meanOf(
        told.map(({ quality }) => {
          const { low, high } = kind === 'plain' ? quality.plain : quality;
          return high - low;
        }),
      );
    return {
      truth: meanOf(told.map(({ truth }) => truth)),
      plain: { width: width('plain'), covers: covers('plain') },
      told: { width: width('told'), covers: covers('low_high') },
      worth: round((width('plain') / width('told')) ** 2),
      off: round(meanOf(told.map(({ truth, quality }) => quality.share - truth))),
    };
  };
  return {
    passes: meanOf(found.map(({ passes }) => passes)),
    checks: meanOf(found.map(({ checks }) => checks)),
    passed: of('passed'),
    ...(cut > 0 ? { all: of('all') } : {}),
  };
}

function period(
  pool: Pool,
  cut: number,
  n: number,
  probabilityOf: (score: number) => number,
  random: Random,
) {
  const held = new Map<number, QualityCell>();
  const passed = new Map<number, QualityCell>();
  let [wrong_held, wrong_passed, checks] = [0, 0, 0];
  for (let at = 0; at < n; at++) {
    const output = pool.outputs[Math.floor(random() * pool.outputs.length)] as CheckedOutput;
    const { score, loss } = output;
    const passes = score >= cut;
    const bin = binOf(score, score_bins);
    const p = passes ? probabilityOf(middle(bin)) : 1;
    const cells = passes ? passed : held;
    const cell = cells.get(bin) ?? {
      ...{ predicted: 1 - middle(bin), inclusion_probability: p },
      ...{ n: 0, labelled: 0, wrong: 0 },
    };
    cells.set(bin, cell);
    cell.n++;
    if (passes) wrong_passed += loss;
    else wrong_held += loss;
    if (random() >= p) continue;
    if (passes) checks++;
    cell.labelled++;
    cell.wrong += loss;
  }
  const passes = [...passed.values()].reduce((sum, cell) => sum + cell.n, 0);
  const told = (parts: QualityCell[][]) => {
    const quality = qualityOf(parts);
    if (!quality) throw new Error('nothing was labelled');
    return quality;
  };
  return {
    ...{ passes: passes / n, checks },
    passed: { truth: wrong_passed / passes, quality: told([[...passed.values()]]) },
    all: {
      truth: (wrong_passed + wrong_held) / n,
      quality: told([[...held.values()], [...passed.values()]]),
    },
  };
}

const middle = (bin: number): number => middleOf(bin, score_bins);
