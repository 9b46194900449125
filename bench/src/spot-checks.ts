import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  binOf,
  certifyFromTallies,
  detectorEvidence,
  detectorOf,
  detectorStep,
  inclusionProbability,
  kindsOfWeight,
  type ScoredOutput,
  score_bins,
  spotCheckDesign,
  startsOf,
  type Tally,
  uncertaintyOf,
} from '@wheelhouse/core/learn';
import {
  drawOutput,
  type Mix,
  type Random,
  randomOf,
  readTraffic,
  type Traffic,
} from './drifting.ts';
import { figuresOf, meanOf, round } from './figures.ts';
import { type CheckedOutput, poolOf } from './pools.ts';

const share = 0.05;
const limit = 2_000;
const watched = 20_000;
const longest = 100_000;
const before: Mix = { strange: 0.03, hard: 0.2 };
const after: Mix = { strange: 0.25, hard: 0.2 };

/** A way to draw spot checks, and what each tells the detector. */
interface Way {
  probability: (score: number) => number;
  least: number;
  /** Only what a draw of the least share would have had as well is told. */
  floor_only?: boolean;
}

/** Ways with the same number of checks of what passes like `scores`. */
function waysFor(scores: readonly number[]): Record<string, Way> {
  const uncertainties = scores.map((score) => uncertaintyOf(1 - score));
  const weighed = (floor: number): Way => {
    const design = spotCheckDesign(uncertainties, { share, floor });
    const probability = (score: number) => inclusionProbability(uncertaintyOf(1 - score), design);
    return { probability, least: floor };
  };
  return {
    flat: { probability: () => share, least: share },
    weighed_half: weighed(share / 2),
    weighed_half_floor: { ...weighed(share / 2), floor_only: true },
    weighed_fifth: weighed(share / 5),
    weighed_fifth_floor: { ...weighed(share / 5), floor_only: true },
  };
}

/**
 * What spot checks that weigh what is uncertain do to what a promise rests on, beside flat ones of the same
 * number: how soon a change is found, how often an alarm is false, and how much more is proven.
 * @param options.quick 40 runs of each instead of 400
 */
export async function run(options: {
  quick: boolean;
  data: string | undefined;
}): Promise<Record<string, unknown>> {
  const { quick, data } = options;
  if (data === undefined || !existsSync(join(data, 'clinc150/data_full.json'))) {
    return { skipped: 'needs --data FOLDER with the sets' };
  }
  const runs = quick ? 40 : 400;
  const traffic = readTraffic(data);
  const detectors = [0.05, 0.02].map((alpha) => detected(traffic, alpha, runs));
  const certificates = ['clinc150_oos', 'banking77', 'model_cifar10', 'adult_income'].flatMap(
    (name) => {
      const pool = poolOf(data, name);
      return pool ? [0.05, 0.02].map((alpha) => certified(name, pool, alpha, runs / 4)) : [];
    },
  );
  return { node: process.version, runs, share, limit, detectors, certificates };
}

/** The lowest score over which at most `alpha` of the outputs were wrong. */
function cutOf(outputs: readonly ScoredOutput[], alpha: number): number {
  let [wrong, cut] = [0, 1];
  [...outputs]
    .sort((a, b) => b.score - a.score)
    .forEach(({ score, loss }, at) => {
      wrong += loss;
      if (wrong <= alpha * (at + 1)) cut = score;
    });
  return cut;
}

function detected(
  { met, planned }: Record<'met' | 'planned', Traffic>,
  alpha: number,
  runs: number,
) {
  const random = randomOf(5);
  const sample = Array.from({ length: 20_000 }, () => drawOutput(met, before, random));
  // As careful as a certificate: what it lets pass is somewhat under alpha.
  const cut = cutOf(sample, 0.9 * alpha);
  const past = Array.from({ length: 5_000 }, () => drawOutput(planned, before, random));
  const ways = waysFor(past.map(({ score }) => score).filter((score) => score >= cut));
  const found = Object.entries(ways).map(([name, way]) => {
    const delays: number[] = [];
    let [falsely, checks] = [0, 0];
    for (let at = 0; at < runs; at++) {
      const quiet = watch(met, before, cut, alpha, way, watched, randomOf(7_001 + at));
      if (quiet.at < watched) falsely++;
      checks += quiet.checks / quiet.at / runs;
      delays.push(watch(met, after, cut, alpha, way, longest, randomOf(9_001 + at)).at);
    }
    return {
      ...{ way: name, delay: figuresOf(delays), falsely: round(falsely / runs) },
      checks: round(checks),
    };
  });
  return { alpha, cut: round(cut), found };
}

/** Outputs until the detector sounds. */
function watch(
  met: Traffic,
  mix: Mix,
  cut: number,
  alpha: number,
  { probability, least, floor_only = false }: Way,
  outputs: number,
  random: Random,
) {
  let now = detectorOf('shiryaev_roberts', alpha);
  let checks = 0;
  for (let at = 1; at <= outputs; at++) {
    const { score, loss } = drawOutput(met, mix, random);
    if (score < cut) continue;
    const p = probability(score);
    const drawn = random();
    if (drawn >= p) continue;
    checks++;
    if (floor_only && drawn >= least) continue;
    now = detectorStep(now, loss, floor_only ? 1 : least / p);
    if (detectorEvidence(now) >= limit) return { at, checks };
  }
  return { at: outputs, checks };
}

const learned = 1_500;
const daily = 1_000;
const days = 15;

/** A gate that opens by what it learned, and goes on to prove by held outputs and by spot checks. */
function certified(name: string, pool: { outputs: CheckedOutput[] }, alpha: number, runs: number) {
  const truth = truthOf(pool.outputs);
  const ways = Object.keys(waysFor([0.5]));
  return {
    ...{ pool: name, alpha },
    found: ways
      .filter((way) => !way.endsWith('_floor'))
      .map((way) => {
        const plays = Array.from({ length: runs }, (_none, at) =>
          proven(pool.outputs, alpha, way, randomOf(301 + at)),
        );
        const ends = plays.map(({ end }) => truth(end));
        return {
          way,
          coverage_at_first: meanOf(plays.map(({ first }) => truth(first).coverage)),
          coverage: meanOf(ends.map(({ coverage }) => coverage)),
          broken: round(ends.filter(({ risk }) => risk > alpha).length / runs),
        };
      }),
  };
}

function truthOf(outputs: readonly CheckedOutput[]) {
  return (threshold: number | null) => {
    const passed = outputs.filter(({ score }) => threshold !== null && score >= threshold);
    const wrong = passed.reduce((sum, { loss }) => sum + loss, 0);
    return { coverage: passed.length / outputs.length, risk: wrong / Math.max(1, passed.length) };
  };
}

function proven(outputs: readonly CheckedOutput[], alpha: number, name: string, random: Random) {
  const draw = () => outputs[Math.floor(random() * outputs.length)] as CheckedOutput;
  const target = { alpha, delta: 0.05 };
  const design = new Tallies();
  const test = new Tallies();
  const scores: number[] = [];
  for (let at = 0; at < learned; at++) {
    const output = draw();
    scores.push(output.score);
    (random() < 0.2 ? design : test).add(output, 1);
  }
  const starts = startsOf(design.rows, target);
  if (!starts) return { first: null, end: null };
  let look = certifyFromTallies({ ...target, tallies: test.rows, bins: score_bins, starts });
  const first = look.threshold;
  for (let day = 0; day < days; day++) {
    const threshold = look.threshold ?? Number.POSITIVE_INFINITY;
    const passing = scores.filter((score) => score >= threshold);
    const way = waysFor(passing.length ? passing : [0.5])[name] as Way;
    const least = look.threshold === null ? 1 : way.least;
    for (let at = 0; at < daily; at++) {
      const output = draw();
      const p = output.score >= threshold ? way.probability(output.score) : 1;
      if (random() < p) test.add(output, least / p);
    }
    const { proven: before_this } = look;
    const tallies = test.rows;
    look = certifyFromTallies({
      ...target,
      tallies,
      bins: score_bins,
      starts,
      proven: before_this,
    });
  }
  return { first, end: look.threshold };
}

class Tallies {
  #rows = new Map<string, Tally>();
  add({ score, loss }: ScoredOutput, weight: number): void {
    const kinds = kindsOfWeight(weight);
    const kind = loss ? kinds.wrong : kinds.clean;
    const bin = binOf(score, score_bins);
    const key = `${bin} ${kind}`;
    const row = this.#rows.get(key) ?? { bin, weight: kind, wrong: 0, n: 0 };
    this.#rows.set(key, { ...row, wrong: row.wrong + loss, n: row.n + 1 });
  }
  get rows(): Tally[] {
    return [...this.#rows.values()];
  }
}
