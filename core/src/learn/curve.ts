import { invalid } from '../refusal.ts';
import { exactBounds } from './binomial.ts';
import { checkScored, type ScoredOutput } from './scored.ts';
import { anytimeBounds } from './sequence.ts';

/** Judged outputs of one score: they pass together or not at all. */
export interface ScoreBlock {
  score: number;
  n: number;
  /** How many were wrong; of partial losses their sum. */
  wrong: number;
}

/** What passes at one threshold. */
export interface PassedAt {
  /** Scores at or over it pass. */
  threshold: number;
  passed: number;
  wrong: number;
  /** Share of all that passes, over 0 and up to 1. */
  coverage: number;
  /** Selective risk: share of what passes that is wrong, 0..1. */
  risk: number;
}
/** With the bounds of its risk, each wrong with the probability `miss`. */
export interface CurvePoint extends PassedAt {
  low: number;
  high: number;
}

/**
 * Outputs by score, from strict to loose: equal scores are one block, since no threshold parts them.
 * A million outputs whose scores are binned are as many blocks as bins, and can be kept as such.
 * @throws Refusal invalid: a score that is not finite, a loss that is not 0..1
 */
export function blocksOf(outputs: readonly ScoredOutput[]): ScoreBlock[] {
  checkScored(outputs, 'outputs');
  const sorted = [...outputs].sort((a, b) => b.score - a.score);
  const blocks: ScoreBlock[] = [];
  for (const { score, loss } of sorted) {
    const last = blocks.at(-1);
    if (last?.score === score) {
      last.n++;
      last.wrong += loss;
    } else blocks.push({ score, n: 1, wrong: loss });
  }
  return blocks;
}

/** Every point of the risk–coverage curve, strict to loose. */
function everyPoint(blocks: readonly ScoreBlock[]): PassedAt[] {
  checkBlocks(blocks);
  const all = blocks.reduce((sum, { n }) => sum + n, 0);
  let passed = 0;
  let wrong = 0;
  return blocks.map((block) => {
    passed += block.n;
    wrong += block.wrong;
    return {
      threshold: block.score,
      passed,
      wrong,
      coverage: passed / all,
      risk: Math.min(1, wrong / passed),
    };
  });
}

/**
 * The risk–coverage curve (El-Yaniv and Wiener 2010, JMLR 11): of each threshold how much passes and
 * how much of that is wrong, with exact bounds of each risk taken alone (Clopper and Pearson). Of many
 * thresholds the best-looking one breaks its bound far more often than `miss`: what to pass is decided
 * by a certificate, never read off this curve. Where losses are partial the bounds are those of a
 * confidence sequence, which holds of any loss from 0 to 1 and is wider.
 * @param blocks strict to loose, of `blocksOf`
 * @param points thresholds at most, at least 4; thinned so that a line through them looks the same
 * @returns strict to loose; none of no outputs
 * @throws Refusal invalid: blocks out of order or empty, fewer than 4 points
 */
export function riskCurve(
  blocks: readonly ScoreBlock[],
  { points = 400, miss = 0.025 }: { points?: number; miss?: number } = {},
): CurvePoint[] {
  const partial = blocks.some(({ wrong }) => !Number.isInteger(wrong));
  return thinned(everyPoint(blocks), points).map((point) => {
    const [low, high] = lossBounds(point, { miss, partial });
    return { ...point, low, high };
  });
}

/** Bounds of a risk, each wrong with the probability `miss`: exact of right and wrong, and of partial losses
 *  such as hold whatever those are. */
export function lossBounds(
  { wrong, passed }: Pick<PassedAt, 'wrong' | 'passed'>,
  { miss = 0.025, partial }: { miss?: number; partial: boolean },
): [low: number, high: number] {
  return partial
    ? anytimeBounds(Math.min(wrong, passed), passed, 2 * miss)
    : exactBounds(wrong, passed, miss);
}

/**
 * Of each of points / 4 columns of equal coverage the first, the last, the lowest and the highest
 * point: drawn at that width, the line is the same (M4: Jugel, Jerzak, Hackenbroich, Markl 2014, VLDB 7).
 */
function thinned(all: PassedAt[], points: number): PassedAt[] {
  if (!(points >= 4)) throw invalid({ field: 'points', message: 'must be at least 4' });
  if (all.length <= points) return all;
  const columns = Math.floor(points / 4);
  const kept: PassedAt[] = [];
  for (let from = 0; from < all.length; ) {
    const column = columnOf(all[from] as PassedAt, columns);
    let [to, low, high] = [from, from, from];
    for (; to < all.length && columnOf(all[to] as PassedAt, columns) === column; to++) {
      const { risk } = all[to] as PassedAt;
      if (risk < (all[low] as PassedAt).risk) low = to;
      if (risk > (all[high] as PassedAt).risk) high = to;
    }
    const places = [...new Set([from, low, high, to - 1])].sort((a, b) => a - b);
    kept.push(...places.map((at) => all[at] as PassedAt));
    from = to;
  }
  return kept;
}
const columnOf = ({ coverage }: PassedAt, columns: number): number =>
  Math.min(columns - 1, Math.floor(coverage * columns));

/**
 * Area under the risk–coverage curve: the mean, over i = 1…n, of the risk among the i highest scores,
 * and what of it is the score's fault (Geifman, Uziel, El-Yaniv 2018, arXiv 1805.08206). Within equal
 * scores it is the mean over their orders, so that it does not hang on how a file is sorted.
 * @returns aurc; best, of a score that puts all wrong ones last; excess, the rest. All 0..1, NaN of no
 *   outputs. Where losses are partial, best is as if their sum were of whole ones.
 */
export function areaUnderRiskCurve(blocks: readonly ScoreBlock[]): {
  aurc: number;
  best: number;
  excess: number;
} {
  checkBlocks(blocks);
  let area = 0;
  let passed = 0;
  let wrong = 0;
  for (const block of blocks) {
    area += blockArea({ passed, wrong }, block);
    passed += block.n;
    wrong += block.wrong;
  }
  const aurc = area / passed;
  const best = blockArea({ passed: passed - wrong, wrong: 0 }, { n: wrong, wrong }) / passed;
  return { aurc, best, excess: aurc - best };
}

/** Σ over j = 1…n of (wrong before + j × share wrong) / (passed before + j), in closed form. */
function blockArea(
  before: { passed: number; wrong: number },
  { n, wrong }: { n: number; wrong: number },
): number {
  if (n === 0) return 0;
  const inverses = harmonic(before.passed + n) - harmonic(before.passed);
  return before.wrong * inverses + (wrong / n) * (n - before.passed * inverses);
}

/** 1 + 1/2 + … + 1/n, of parts of one too: ψ(n + 1) + γ, by its series after a few steps up. */
function harmonic(n: number): number {
  let at = n + 1;
  let steps = 0;
  for (; at < 12; at++) steps += 1 / at;
  const square = at * at;
  const series = Math.log(at) - 1 / (2 * at) - 1 / (12 * square) + 1 / (120 * square * square);
  return series - 1 / (252 * square ** 3) - steps + 0.5772156649015329;
}

/**
 * The loosest threshold at which the share of seen errors is at most `alpha`: how much a score could
 * pass if its risk were known, a figure to compare scores by. As a threshold to work with it breaks
 * its promise about every second time.
 * @returns null where no threshold has so few
 */
export function coverageAtRisk(blocks: readonly ScoreBlock[], alpha: number): PassedAt | null {
  return everyPoint(blocks).findLast(({ risk }) => risk <= alpha) ?? null;
}

/** @throws Refusal invalid: blocks not from strict to loose, without outputs or with more wrong */
export function checkBlocks(blocks: readonly ScoreBlock[]): void {
  blocks.forEach(({ score, n, wrong }, at) => {
    const before = blocks[at - 1];
    if (before && !(score < before.score)) {
      throw invalid({ field: `blocks.${at}.score`, message: 'must be under the one before' });
    }
    if (!(n > 0)) throw invalid({ field: `blocks.${at}.n`, message: 'must be over 0' });
    if (!(wrong >= 0 && wrong <= n)) {
      throw invalid({ field: `blocks.${at}.wrong`, message: 'must lie in 0..n' });
    }
  });
}
