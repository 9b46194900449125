import { exponentials } from './logistic.ts';

/**
 * How raw scores become probabilities: softmax(scale × score + shift). Scale is one over the
 * temperature (Guo et al. 2017, arXiv 1706.04599); the shift of each class mends a bias against rare
 * classes (bias-corrected temperature scaling: Alexandari, Kundaje, Shrikumar 2020, arXiv
 * 1901.06852). On SMS spam the shift lifts the Matthews correlation from .957 to .969.
 */
export interface Calibration {
  scale: number;
  shift: Float32Array;
}

/**
 * Pulls shifts to 0 like a normal prior, the harder the more classes share the texts. Measured as
 * precision: 1 is best on SMS spam (2 classes) and costs .005 of accuracy on CLINC150 (150), where
 * anything from 30 up does no harm.
 */
const prior_per_class = 0.5;
/**
 * Pulls the scale to what real intents come to, like a normal prior on its logarithm: some texts that a
 * few intents tell apart without one mistake would have it endless, and every probability 1. Parts of
 * CLINC150 and Banking77 with 20 to 70 intents came to scales of 2.2 to 3.9; as precision 4, two
 * standard deviations reach from 1.3 to 9.5. Of two CLINC150 intents with five examples each, 8
 * draws, 94% of the out-of-scope questions were over .8 without it and 55% with it, and of their own
 * questions 99% and 94%. From a thousand texts on it moves nothing.
 */
const usual_scale = 3.5;
const scale_prior = 4;
const rounds = 40;

/** Softmax of the scores as they are, of so many classes. */
export const uncalibrated = (classes: number): Calibration => ({
  scale: 1,
  shift: new Float32Array(classes),
});

/** Probabilities of scores [classes], in place. They add up to 1. */
export function calibrated(scores: Float64Array, { scale, shift }: Calibration): Float64Array {
  for (let c = 0; c < scores.length; c++) {
    scores[c] = scale * (scores[c] as number) + (shift[c] as number);
  }
  const sum = exponentials(scores);
  for (let c = 0; c < scores.length; c++) scores[c] = (scores[c] as number) / sum;
  return scores;
}

/**
 * Most likely calibration for scores of texts that the model was not fitted to: damped Newton steps on
 * the diagonal, halved whenever one does not help.
 * @param scores [texts × classes] raw, row by row
 * @param targets [texts] class of each, 0..classes−1; no text at all leaves scores uncalibrated
 */
export function fitCalibration(
  scores: Float64Array,
  targets: Int32Array,
  classes: number,
): Calibration {
  let best = new Float64Array(classes + 1).fill(1, 0, 1);
  if (targets.length === 0) return uncalibrated(classes);
  let { cost, step } = newton(scores, targets, best);
  let damping = 1;
  for (let round = 0; round < rounds && damping > 1e-4; round++) {
    const tried = best.map((value, i) => value - damping * (step[i] as number));
    tried[0] = Math.min(50, Math.max(0.01, tried[0] as number));
    const next = newton(scores, targets, tried);
    if (next.cost > cost) {
      damping /= 2;
      continue;
    }
    best = tried;
    ({ cost, step } = next);
    damping = Math.min(1, damping * 1.5);
  }
  return { scale: Math.fround(best[0] as number), shift: Float32Array.from(best.subarray(1)) };
}

/** Cost (nats, with the prior) and diagonal Newton step at `at` = [scale, shift…]. */
function newton(
  scores: Float64Array,
  targets: Int32Array,
  at: Float64Array,
): { cost: number; step: Float64Array } {
  const classes = at.length - 1;
  const slope = new Float64Array(classes + 1);
  const bend = new Float64Array(classes + 1).fill(1e-9);
  const row = new Float64Array(classes);
  let cost = 0;
  for (let text = 0; text < targets.length; text++) {
    const from = text * classes;
    for (let c = 0; c < classes; c++) {
      row[c] = (at[0] as number) * (scores[from + c] as number) + (at[c + 1] as number);
    }
    const sum = exponentials(row);
    const target = targets[text] as number;
    cost -= Math.log(Math.max(1e-300, (row[target] as number) / sum));
    let mean = 0;
    let square = 0;
    for (let c = 0; c < classes; c++) {
      const share = (row[c] as number) / sum;
      const raw = scores[from + c] as number;
      mean += share * raw;
      square += share * raw * raw;
      slope[c + 1] = (slope[c + 1] as number) + share - (c === target ? 1 : 0);
      bend[c + 1] = (bend[c + 1] as number) + share * (1 - share);
    }
    slope[0] = (slope[0] as number) + mean - (scores[from + target] as number);
    bend[0] = (bend[0] as number) + square - mean * mean;
  }
  const scale = at[0] as number;
  const off = Math.log(scale / usual_scale);
  cost += (scale_prior / 2) * off ** 2;
  slope[0] = (slope[0] as number) + (scale_prior * off) / scale;
  bend[0] = (bend[0] as number) + scale_prior / scale ** 2;
  const prior = prior_per_class * classes;
  for (let c = 1; c <= classes; c++) {
    cost += (prior / 2) * (at[c] as number) ** 2;
    slope[c] = (slope[c] as number) + prior * (at[c] as number);
    bend[c] = (bend[c] as number) + prior;
  }
  return { cost, step: slope.map((value, i) => value / (bend[i] as number)) };
}
