import { invalid } from '../refusal.ts';
import { mostErrors } from './binomial.ts';
import {
  type Certificate,
  certify,
  checkOutputs,
  firstPassedBy,
  isPartial,
  type ThresholdPlan,
} from './certificate.ts';
import { checkSeed, seededChance, shuffle } from './chance.ts';
import { type LikelyWalks, likelyWalks } from './likely-walks.ts';
import { type Cell, plausibleCurves } from './plausible-curves.ts';
import type { ScoredOutput } from './scored.ts';
import { checkTarget, type RiskTarget } from './target.ts';

const usual_points = 200;
const most_points = 10_000;

export interface PlanningOptions extends RiskTarget {
  /** Judged outputs that the certificate will be tried on. */
  n: number;
  /** Thresholds at most. Default 200. */
  points?: number;
  /** Default 1. */
  seed?: number;
}

/** Samples that are made up to try the plan on. */
const trials = 250;
/** How much less than the best may pass from a start, and how much less likely than the likeliest it may
 *  pass its test. */
const near_best = 0.95;
const near_likeliest = 0.02;
/** How much larger a sample is thought of at most where one of this size proves nothing. */
const most_times = 64;

/**
 * Chooses the thresholds that a certificate is tried on, and the first of them, from outputs set apart
 * for it (or judged on a model that had not seen them). The promise holds whatever is chosen; how much
 * passes depends on it. A first threshold that is too loose fails at once, one that is too strict has
 * too few outputs to show anything.
 *
 * Thresholds are quantiles of the scores. What errors to expect at each is as open as the outputs leave
 * it (`plausibleCurves`): of curves drawn from that, samples of `n` are made up and walked through
 * (`likelyWalks`). Where to begin is where the chance of passing the first test is largest, of the
 * starts from which about as much passes in the end as from any: in the middle of them, for on either
 * side the chance falls. Measured in bench/RESULTS.md under `promise`.
 * @param design none of them may be in the calibration sample
 * @throws Refusal invalid: no outputs, a value out of its range
 */
export function planThresholds(
  design: readonly ScoredOutput[],
  { alpha, delta, n, points = usual_points, seed = 1 }: PlanningOptions,
): ThresholdPlan {
  checkTarget({ alpha, delta });
  checkOutputs(design, 'design');
  if (!design.length) throw invalid({ field: 'design', message: 'must have outputs' });
  if (!(n >= 1)) throw invalid({ field: 'n', message: 'must be at least 1' });
  checkPoints(points);
  checkSeed(seed);
  const thresholds = quantiles(design, points);
  const chance = seededChance(seed);
  const { cells, prior } = cellsOf(design, thresholds);
  const curves = plausibleCurves(cells, prior, { draws: trials, chance });
  const most = borne(alpha, delta);
  let walks = likelyWalks(cells, curves, { n, most, chance });
  // A sample too small to prove anything is told what it lacks where a larger one would begin.
  for (let more = 2; more <= most_times && !walks.proven.some(Boolean); more *= 2) {
    walks = likelyWalks(cells, curves, { n: n * more, most, chance });
  }
  return { thresholds, start: startOf(walks) };
}

function startOf({ proven, coverage }: LikelyWalks): number {
  const enough = near_best * largest(coverage);
  const rich = [...coverage.keys()].filter((at) => (coverage[at] as number) >= enough);
  const sure = largest(rich.map((at) => proven[at] as number)) - near_likeliest;
  const likely = rich.filter((at) => (proven[at] as number) >= sure);
  return likely[(likely.length - 1) >> 1] as number;
}

const largest = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((top, each) => Math.max(top, each), 0);

export interface SplitOptions extends Omit<PlanningOptions, 'n'> {
  /** Whether losses may lie between 0 and 1; else told by the outputs. */
  partial?: boolean;
}

/** Of judged outputs, how many choose the thresholds where none were set apart for it. Measured beside
 *  10, 20 and 30%. */
const design_share = 0.15;

/**
 * Plans and certifies on one sample: a part drawn by `seed` chooses the thresholds, and the rest alone
 * is tested, so that the promise of `certify` holds as it stands. Some 1% to 5% less passes than with a
 * design sample of its own.
 * @param outputs at least two, in any order
 * @throws Refusal invalid: fewer, or a value out of its range
 */
export function certifySplit(
  outputs: readonly ScoredOutput[],
  { alpha, delta, points = usual_points, seed = 1, partial = isPartial(outputs) }: SplitOptions,
): Certificate {
  checkSeed(seed);
  if (outputs.length < 2) throw invalid({ field: 'outputs', message: 'must be at least two' });
  // Before they are mixed: a place is that of the caller.
  checkOutputs(outputs, 'outputs');
  const order = shuffle(Int32Array.from(outputs.keys()), seededChance(seed));
  const mixed = Array.from(order, (at) => outputs[at] as ScoredOutput);
  const design = mixed.splice(0, Math.max(1, Math.round(outputs.length * design_share)));
  const plan = planThresholds(design, { alpha, delta, points, seed, n: mixed.length });
  return certify(plan, mixed, { alpha, delta, partial });
}

/**
 * Certifies each group (a tier of risk, a language) by itself, with delta divided among them, so that
 * the chance of breaking any of the promises is at most delta.
 * @param groups the judged outputs of each, by name; one with fewer than two certifies nothing
 * @param target alpha of all, or of each by name
 * @throws Refusal invalid: a value out of its range, a group without an alpha
 */
export function certifyEach(
  groups: ReadonlyMap<string, readonly ScoredOutput[]>,
  {
    alpha,
    ...rest
  }: Omit<SplitOptions, 'alpha'> & {
    alpha: number | ReadonlyMap<string, number>;
  },
): Map<string, Certificate> {
  const delta = rest.delta / groups.size;
  return new Map(
    [...groups].map(([name, outputs]) => {
      const own = typeof alpha === 'number' ? alpha : alpha.get(name);
      if (own === undefined) throw invalid({ field: `alpha.${name}`, message: 'must be given' });
      return [name, certifyAny(outputs, { ...rest, delta, alpha: own })];
    }),
  );
}

/** `certifySplit` of as many outputs as there are: fewer than two certify nothing. */
export const certifyAny: typeof certifySplit = (outputs, options) =>
  outputs.length < 2
    ? certify({ thresholds: [0], start: 0 }, [], options)
    : certifySplit(outputs, options);

function checkPoints(points: number): void {
  if (Number.isInteger(points) && points >= 1 && points <= most_points) return;
  throw invalid({ field: 'points', message: `must be a whole number from 1 to ${most_points}` });
}

/** Scores that this many equal shares of the outputs lie at or over, falling, each once. */
function quantiles(outputs: readonly ScoredOutput[], points: number): number[] {
  const falling = Float64Array.from(outputs, ({ score }) => -score).sort();
  const at = (share: number) => -(falling[Math.ceil(share * falling.length) - 1] as number);
  return [...new Set(Array.from({ length: points }, (_none, i) => at((i + 1) / points)))];
}

/** What lies between the thresholds, and what errors are expected there before any is seen: where scores
 *  are shares, that the score is the chance of being right. */
function cellsOf(design: readonly ScoredOutput[], thresholds: readonly number[]) {
  const shares = design.every(({ score }) => score >= 0 && score <= 1);
  const feature = shares ? logOdds : (score: number) => score;
  const cells: Cell[] = thresholds.map(() => ({ x: 0, n: 0, wrong: 0 }));
  for (const { score, loss } of design) {
    const cell = cells[firstPassedBy(score, thresholds)] as Cell;
    cell.x += feature(score);
    cell.n++;
    cell.wrong += loss;
  }
  for (const cell of cells) cell.x /= cell.n;
  const at = { slope: shares ? 1 : 0, offset: 0 };
  return { cells, prior: { at, pull: { slope: 1, offset: 0.1 } } };
}

const logOdds = (share: number): number => {
  const inside = Math.min(1 - 1e-4, Math.max(1e-4, share));
  return Math.log(inside / (1 - inside));
};

/** The most errors in n under a target, each n worked out once. */
function borne(alpha: number, delta: number): (n: number) => number {
  const known = new Map<number, number>();
  return (n) => {
    let most = known.get(n);
    if (most === undefined) {
      most = mostErrors(n, alpha, delta);
      known.set(n, most);
    }
    return most;
  };
}
