import { invalid } from '../refusal.ts';
import { blocksOf } from './curve.ts';
import { fitLine } from './logistic-line.ts';
import type { ScoredOutput } from './scored.ts';

/** How a score becomes the probability of being right; plain data, to be stored as it is. */
export type Recalibration = PlattScaling | IsotonicScaling;

/** right = 1 / (1 + exp(−(slope × score + offset))) */
export interface PlattScaling {
  kind: 'platt';
  slope: number;
  offset: number;
}

/** Rising corners, between which it is drawn straight and beyond which it stays. */
export interface IsotonicScaling {
  kind: 'isotonic';
  scores: number[];
  right: number[];
}

/** A slope that few outputs are drawn to: per standard deviation of the score, with the weight of so many
 *  units of curvature. */
export interface DrawnTo {
  slope: number;
  by: number;
}

/**
 * Platt scaling: a logistic curve through judged scores. Targets are drawn in a little, as if one more
 * had been right and one more wrong, so that scores which part all right from all wrong make nothing
 * certain (Platt 1999, "Probabilistic outputs for support vector machines"). Three
 * parameters' worth of trust: good from some dozens of outputs, where isotonic needs a thousand.
 * @param outputs not those that the score was trained on; of none, the score decides nothing
 * @param drawn without it the slope is what was seen alone, which of few errors may be a falling one
 * @throws Refusal invalid: a score that is not finite, a loss that is not 0..1
 */
export function fitPlatt(
  outputs: readonly ScoredOutput[],
  drawn: DrawnTo = { slope: 0, by: 0 },
): PlattScaling {
  const blocks = blocksOf(outputs);
  const wrong = blocks.reduce((sum, block) => sum + block.wrong, 0);
  const right = outputs.length - wrong;
  const [high, low] = [(right + 1) / (right + 2), 1 / (wrong + 2)];
  // Centred and scaled, so that the steps do not hang on the unit of the score.
  const { centre, spread } = momentsOf(blocks);
  const points = blocks.map((block) => ({
    x: (block.score - centre) / spread,
    n: block.n,
    hits: (block.n - block.wrong) * high + block.wrong * low,
  }));
  const begin = { slope: 0, offset: Math.log((right + 1) / (wrong + 1)) };
  // And a trace of curvature, so that equal scores leave the slope alone.
  const at = fitLine(points, begin, {
    at: { slope: drawn.slope, offset: 0 },
    pull: { slope: drawn.by + 1e-12, offset: 1e-12 },
  });
  const slope = at.slope / spread;
  return { kind: 'platt', slope, offset: at.offset - slope * centre };
}

function momentsOf(blocks: readonly { score: number; n: number }[]) {
  const all = blocks.reduce((sum, { n }) => sum + n, 0);
  if (all === 0) return { centre: 0, spread: 1 };
  const centre = blocks.reduce((sum, { score, n }) => sum + n * score, 0) / all;
  const square = blocks.reduce((sum, { score, n }) => sum + n * (score - centre) ** 2, 0) / all;
  const spread = Math.sqrt(square);
  // Of equal scores the mean may be a last digit apart from them, and that is no spread.
  return { centre, spread: spread > 1e-12 * Math.abs(centre) ? spread : 1 };
}

/**
 * Isotonic regression: the probabilities nearest to what was seen (least squares) that never fall as
 * the score rises, by pooling neighbours that do (PAV: Ayer et al. 1955; for scores, Zadrozny and Elkan
 * 2002). Fits any rising curve, and overfits under about a thousand outputs.
 * @param outputs not those that the score was trained on; at least one
 * @throws Refusal invalid: no outputs, a score that is not finite, a loss that is not 0..1
 */
export function fitIsotonic(outputs: readonly ScoredOutput[]): IsotonicScaling {
  if (outputs.length === 0) throw invalid({ field: 'outputs', message: 'must have some' });
  const pools: { from: number; to: number; n: number; right: number }[] = [];
  for (const { score, n, wrong } of blocksOf(outputs).reverse()) {
    let pool = { from: score, to: score, n, right: n - wrong };
    let last = pools.at(-1);
    while (last && last.right * pool.n >= pool.right * last.n) {
      pool = { from: last.from, to: score, n: last.n + pool.n, right: last.right + pool.right };
      pools.pop();
      last = pools.at(-1);
    }
    pools.push(pool);
  }
  const corners = pools.flatMap(({ from, to, n, right }) =>
    (from === to ? [from] : [from, to]).map((score) => ({ score, right: right / n })),
  );
  return {
    kind: 'isotonic',
    scores: corners.map(({ score }) => score),
    right: corners.map(({ right }) => right),
  };
}

/** The probability, 0..1, that an output of this score is right. */
export function rightnessOf(scaling: Recalibration, score: number): number {
  if (scaling.kind === 'platt') {
    return 1 / (1 + Math.exp(-(scaling.slope * score + scaling.offset)));
  }
  const { scores, right } = scaling;
  let low = 0;
  let high = scores.length - 1;
  if (score <= (scores[low] as number)) return right[low] as number;
  if (score >= (scores[high] as number)) return right[high] as number;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((scores[middle] as number) <= score) low = middle;
    else high = middle;
  }
  const [from, to] = [scores[low] as number, scores[high] as number];
  const [start, end] = [right[low] as number, right[high] as number];
  return start + ((score - from) / (to - from)) * (end - start);
}
