import { invalid } from '../refusal.ts';
import { bettingPValue } from './betting.ts';
import { checksNeeded, exactBounds, lowerTail, mostErrors } from './binomial.ts';
import type { ScoredOutput } from './scored.ts';
import { checkTarget, type RiskTarget } from './target.ts';

/** Thresholds to be tried, and in which order: made before a calibration label is seen. */
export interface ThresholdPlan {
  /** Strict to loose: falling scores, each once. */
  thresholds: readonly number[];
  /** Which of them is tried first. */
  start: number;
}

/** One threshold that was tried. */
export interface TriedThreshold {
  threshold: number;
  /** Of the calibration sample, with a score at or over it. */
  passed: number;
  /** Errors, or the sum of partial losses. */
  wrong: number;
  /** How likely so few errors are if the risk were alpha: P(Bin(passed, alpha) ≤ wrong), or by betting
   *  where losses are partial. */
  p_value: number;
}

export interface Certificate extends RiskTarget {
  /** Outputs scored at or over it may pass; null where nothing is certified and all is held. */
  threshold: number | null;
  /** Judged outputs that the certificate rests on. */
  n: number;
  /** Share of the calibration sample that would pass, 0..1. */
  coverage: number;
  passed: number;
  wrong: number;
  /** What the risk is under with probability 1 − delta, were this the only threshold; 1 if none. */
  risk_bound: number;
  /** How many errors more at this threshold would have been borne; null where losses are partial. */
  margin: number | null;
  /** Where nothing is certified: how many more outputs over the first threshold, all of them right,
   *  would be enough; else 0. */
  needed: number;
  tried: TriedThreshold[];
}

/**
 * Certifies the loosest threshold of a plan that keeps a promise: learn then test, thresholds in fixed
 * sequence, exact binomial p-values; of losses between 0 and 1 betting ones (`bettingPValue`). For any model and any score, in any finite sample:
 * P(selective risk at the threshold ≤ alpha) ≥ 1 − delta over the draw of the calibration sample.
 *
 * It needs: a calibration sample drawn independently from the traffic that the threshold will meet;
 * judgements that define the loss; a plan made without these judgements. Where judgements are wrong
 * among what passes with probability η, the true risk is at most alpha + η.
 *
 * Angelopoulos, Bates, Candès, Jordan and Lei 2021, "Learn then Test"; fixed sequence: Bauer 1991.
 * @param plan of `planThresholds`, or thresholds chosen otherwise beforehand
 * @param calibration losses 0 to 1; in any order if all are 0 or 1, else in that of arrival
 * @param partial whether losses may lie between 0 and 1, where that is known beforehand; else it is told
 *   by the sample
 * @throws Refusal invalid: alpha, delta, a loss or a score out of its range, thresholds not falling
 */
export function certify(
  plan: ThresholdPlan,
  calibration: readonly ScoredOutput[],
  { alpha, delta, partial = isPartial(calibration) }: RiskTarget & { partial?: boolean },
): Certificate {
  checkTarget({ alpha, delta });
  checkPlan(plan);
  checkOutputs(calibration, 'calibration');
  const { passed, wrong } = countAt(plan.thresholds, calibration);
  const pValueAt = (at: number) =>
    partial
      ? bettingPValue(lossesOver(plan.thresholds[at] as number, calibration), alpha, delta)
      : lowerTail(wrong[at] as number, passed[at] as number, alpha);
  const tried: TriedThreshold[] = [];
  let last = -1;
  for (let at = plan.start; at < plan.thresholds.length; at++) {
    const [n, errors] = [passed[at] as number, wrong[at] as number];
    const p_value = pValueAt(at);
    tried.push({ threshold: plan.thresholds[at] as number, passed: n, wrong: errors, p_value });
    if (!(p_value <= delta)) break;
    last = at;
  }
  const n = calibration.length;
  const best = last < 0 ? undefined : tried[last - plan.start];
  if (!best) {
    return {
      ...{ alpha, delta, threshold: null, n, coverage: 0, passed: 0, wrong: 0 },
      ...{ risk_bound: 1, margin: partial ? null : 0, tried },
      needed: partial
        ? cleanLossesNeeded(lossesOver(plan.thresholds[plan.start] as number, calibration), {
            ...{ alpha, delta, least: stillNeeded(tried, { alpha, delta }) },
          })
        : stillNeeded(tried, { alpha, delta }),
    };
  }
  return {
    ...{ alpha, delta, n, needed: 0, tried },
    threshold: best.threshold,
    coverage: best.passed / n,
    passed: best.passed,
    wrong: best.wrong,
    risk_bound: partial
      ? betBound(lossesOver(best.threshold, calibration), { alpha, delta })
      : exactBounds(best.wrong, best.passed, delta)[1],
    margin: partial ? null : mostErrors(best.passed, alpha, delta) - best.wrong,
  };
}

/** Whether a loss lies between right and wrong. */
export const isPartial = (outputs: readonly ScoredOutput[]): boolean =>
  outputs.some(({ loss }) => loss > 0 && loss < 1);

function lossesOver(threshold: number, outputs: readonly ScoredOutput[]): Float64Array {
  const losses = new Float64Array(outputs.length);
  let n = 0;
  for (const { score, loss } of outputs) if (score >= threshold) losses[n++] = loss;
  return losses.subarray(0, n);
}

/** The least mean loss that these losses show it to be under, alpha or less. */
function betBound(losses: ArrayLike<number>, { alpha, delta }: RiskTarget): number {
  let [low, high] = [0, alpha];
  for (let step = 0; step < 30; step++) {
    const middle = (low + high) / 2;
    if (bettingPValue(losses, middle, delta) <= delta) high = middle;
    else low = middle;
  }
  return high;
}

/** Beyond so many it is told as so many: nobody waits for them, and to count on takes longer and longer. */
const most_needed = 1 << 17;

/** How many more losses of nought after these would show alpha, by the bets that show it.
 *  @param least as many as it takes at the least */
function cleanLossesNeeded(
  losses: ArrayLike<number>,
  { alpha, delta, least }: RiskTarget & { least: number },
): number {
  const shows = (more: number) => {
    const all = new Float64Array(losses.length + more);
    all.set(losses);
    return bettingPValue(all, alpha, delta) <= delta;
  };
  let [low, high] = [0, Math.max(1, least)];
  while (!shows(high)) {
    if (high >= most_needed) return high;
    [low, high] = [high, Math.min(most_needed, 2 * high)];
  }
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (shows(middle)) high = middle;
    else low = middle;
  }
  return high;
}

function stillNeeded([first]: readonly TriedThreshold[], { alpha, delta }: RiskTarget): number {
  const { wrong, passed } = first as TriedThreshold;
  return checksNeeded(alpha, delta, Math.ceil(wrong)) - passed;
}

/**
 * How many outputs pass at each threshold, and how many of them are wrong.
 * @param thresholds falling
 * @returns counts, and sums of losses, in order of the thresholds
 */
export function countAt(
  thresholds: readonly number[],
  outputs: readonly ScoredOutput[],
): { passed: Float64Array; wrong: Float64Array } {
  const passed = new Float64Array(thresholds.length);
  const wrong = new Float64Array(thresholds.length);
  for (const { score, loss } of outputs) {
    const at = firstPassedBy(score, thresholds);
    if (at === thresholds.length) continue;
    passed[at] = (passed[at] as number) + 1;
    wrong[at] = (wrong[at] as number) + loss;
  }
  for (let at = 1; at < thresholds.length; at++) {
    passed[at] = (passed[at] as number) + (passed[at - 1] as number);
    wrong[at] = (wrong[at] as number) + (wrong[at - 1] as number);
  }
  return { passed, wrong };
}

/** The strictest of falling thresholds that a score passes; their number where it passes none. */
export function firstPassedBy(score: number, thresholds: readonly number[]): number {
  let low = 0;
  let high = thresholds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((thresholds[middle] as number) <= score) high = middle;
    else low = middle + 1;
  }
  return low;
}

function checkPlan({ thresholds, start }: ThresholdPlan): void {
  const falling = thresholds.every((each, at) => at === 0 || each < (thresholds[at - 1] as number));
  if (!falling) throw invalid({ field: 'plan.thresholds', message: 'must fall, each once' });
  if (!(Number.isInteger(start) && start >= 0 && start < thresholds.length)) {
    throw invalid({ field: 'plan.start', message: 'must be the place of a threshold' });
  }
}

/** @throws Refusal invalid, naming the first output that is none */
export function checkOutputs(outputs: readonly ScoredOutput[], field: string): void {
  outputs.forEach(({ score, loss }, at) => {
    if (!Number.isFinite(score)) {
      throw invalid({ field: `${field}.${at}.score`, message: 'must be a finite number' });
    }
    if (!(loss >= 0 && loss <= 1)) {
      throw invalid({
        field: `${field}.${at}.loss`,
        message: 'must lie in 0 (right) to 1 (wrong)',
      });
    }
  });
}
