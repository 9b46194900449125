import { invalid } from '../refusal.ts';
import { lowerTail, mostErrors } from './binomial.ts';
import {
  type Certificate,
  certify,
  checkOutputs,
  countAt,
  type ThresholdPlan,
} from './certificate.ts';
import { type Chance, checkSeed, seededChance, shuffle } from './chance.ts';
import { fitLine } from './logistic-line.ts';
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

/** How many outputs the smooth curve of errors weighs as much as, against those counted. */
const smooth_weight = 300;
/** Tests of the plan on made-up samples, and how much less than the best they may give. */
const trials = 400;
const near_best = 0.98;

/**
 * Chooses the thresholds that a certificate is tried on, and the first of them, from outputs set apart
 * for it (or judged on a model that had not seen them). The promise holds whatever is chosen; how much
 * passes depends on it. A first threshold that is too loose fails at once, one that is too strict has
 * too few outputs to show anything.
 *
 * Thresholds are quantiles of the scores. Errors at each are counted, and drawn towards a smooth curve,
 * the logistic regression of errors on the log odds of the score, which a small sample needs. From that
 * curve samples of `n` are made up and walked through: among the starts whose mean coverage is within
 * 2% of the best, that with the largest chance of passing the first test is taken. Measured in
 * bench/RESULTS.md under `promise`.
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
  const expected = expectedErrors(design, thresholds);
  const most = borne(alpha, delta);
  const coverages = meanCoverages(expected, { n, most, chance: seededChance(seed) });
  const best = Math.max(...coverages);
  let start = 0;
  let likeliest = -1;
  coverages.forEach((coverage, at) => {
    if (coverage < best * near_best) return;
    const passed = Math.round((n * (expected.passed[at] as number)) / design.length);
    const chance = lowerTail(most(passed), passed, expected.risk[at] as number);
    if (chance <= likeliest) return;
    likeliest = chance;
    start = at;
  });
  return { thresholds, start };
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
  { alpha, delta, points = usual_points, seed = 1 }: Omit<PlanningOptions, 'n'>,
): Certificate {
  checkSeed(seed);
  if (outputs.length < 2) throw invalid({ field: 'outputs', message: 'must be at least two' });
  const order = shuffle(Int32Array.from(outputs.keys()), seededChance(seed));
  const mixed = Array.from(order, (at) => outputs[at] as ScoredOutput);
  const design = mixed.splice(0, Math.max(1, Math.round(outputs.length * design_share)));
  const plan = planThresholds(design, { alpha, delta, points, seed, n: mixed.length });
  return certify(plan, mixed, { alpha, delta });
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
  }: Omit<PlanningOptions, 'n' | 'alpha'> & {
    alpha: number | ReadonlyMap<string, number>;
  },
): Map<string, Certificate> {
  const delta = rest.delta / groups.size;
  return new Map(
    [...groups].map(([name, outputs]) => {
      const own = typeof alpha === 'number' ? alpha : alpha.get(name);
      if (own === undefined) throw invalid({ field: `alpha.${name}`, message: 'must be given' });
      const options = { ...rest, delta, alpha: own };
      const plan = { thresholds: [0], start: 0 };
      const found =
        outputs.length < 2 ? certify(plan, [], options) : certifySplit(outputs, options);
      return [name, found];
    }),
  );
}

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

interface Expected {
  /** Outputs at or over each threshold. */
  passed: Float64Array;
  /** Their expected share of errors, 0..1. */
  risk: Float64Array;
  /** Expected share of errors between each threshold and the next stricter. */
  between: Float64Array;
}

function expectedErrors(design: readonly ScoredOutput[], thresholds: readonly number[]): Expected {
  const { passed, wrong } = countAt(thresholds, design);
  const errorAt = logisticErrors(design);
  const smooth = countAt(
    thresholds,
    design.map(({ score }) => ({ score, loss: errorAt(score) })),
  ).wrong;
  const risk = passed.map((n, at) => {
    const drawn = (smooth_weight * (smooth[at] as number)) / n;
    return ((wrong[at] as number) + drawn) / (n + smooth_weight);
  });
  const between = risk.map((share, at) => {
    const [n, n_before] = [passed[at] as number, passed[at - 1] ?? 0];
    const more = share * n - (risk[at - 1] ?? 0) * n_before;
    return Math.min(1, Math.max(0, more / (n - n_before)));
  });
  return { passed, risk, between };
}

/** Probability of an error by score: logistic regression on the log odds of the score, drawn a little
 *  towards the score itself being the probability of being right; scores outside 0..1 as they are. */
function logisticErrors(design: readonly ScoredOutput[]): (score: number) => number {
  const shares = design.every(({ score }) => score >= 0 && score <= 1);
  const feature = shares ? logOdds : (score: number) => score;
  const at = { slope: shares ? 1 : 0, offset: 0 };
  const points = design.map(({ score, loss }) => ({ x: feature(score), n: 1, hits: 1 - loss }));
  const { slope, offset } = fitLine(points, at, { at, pull: { slope: 1, offset: 0.1 } });
  return (score) => 1 / (1 + Math.exp(slope * feature(score) + offset));
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

/** Mean share of made-up samples that would pass, by the threshold that is tried first. */
function meanCoverages(
  { passed, between }: Expected,
  { n, most, chance }: { n: number; most: (n: number) => number; chance: Chance },
): number[] {
  const size = passed.length;
  const all = passed[size - 1] as number;
  const seen = Array.from(passed, (count) => Math.round((n * count) / all));
  const borne_at = seen.map(most);
  const sums = new Array<number>(size).fill(0);
  const wrong = new Float64Array(size);
  for (let trial = 0; trial < trials; trial++) {
    let sum = 0;
    for (let at = 0; at < size; at++) {
      const more = (seen[at] as number) - (seen[at - 1] ?? 0);
      sum += errorsAmong(more, between[at] as number, chance);
      wrong[at] = sum;
    }
    // From each start the walk goes as far as every threshold on the way is passed.
    let reached = 0;
    for (let at = size - 1; at >= 0; at--) {
      if ((wrong[at] as number) > (borne_at[at] as number)) reached = 0;
      else if (reached === 0) reached = seen[at] as number;
      sums[at] = (sums[at] as number) + reached;
    }
  }
  return sums.map((sum) => sum / trials / n);
}

/** Errors among n at a rate: a Poisson draw by inversion where few are expected (Knuth TAOCP 2), else a
 *  normal one (Box and Muller 1958). Near enough to choose a start by. */
function errorsAmong(n: number, rate: number, chance: Chance): number {
  const uniform = () => (chance() + 0.5) / 2 ** 32;
  const mean = n * rate;
  if (mean > 20) {
    const apart = Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
    return Math.min(n, Math.max(0, Math.round(mean + Math.sqrt(mean * (1 - rate)) * apart)));
  }
  const limit = Math.exp(-mean);
  let product = uniform();
  let errors = 0;
  while (product > limit) {
    product *= uniform();
    errors++;
  }
  return Math.min(n, errors);
}
