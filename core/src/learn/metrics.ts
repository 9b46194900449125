import { invalid } from '../refusal.ts';

/**
 * Matthews correlation of two classes, −1..1; 0 where it is undefined (Matthews 1975).
 * @param counts of texts: true and false positives, true and false negatives
 */
export function matthewsCorrelation(counts: {
  true_positive: number;
  false_positive: number;
  true_negative: number;
  false_negative: number;
}): number {
  const { true_positive, false_positive, true_negative, false_negative } = counts;
  const spread = Math.sqrt(
    (true_positive + false_positive) *
      (true_positive + false_negative) *
      (true_negative + false_positive) *
      (true_negative + false_negative),
  );
  if (spread === 0) return 0;
  return (true_positive * true_negative - false_positive * false_negative) / spread;
}

/**
 * Area under the ROC curve, 0..1: the chance that a positive scores above a negative, ties half
 * (Mann and Whitney; Hanley and McNeil 1982). NaN when either side is empty.
 */
export function areaUnderRoc(positives: readonly number[], negatives: readonly number[]): number {
  const all = [
    ...positives.map((score) => ({ score, positive: true })),
    ...negatives.map((score) => ({ score, positive: false })),
  ].sort((a, b) => a.score - b.score);
  let ranks = 0;
  for (let from = 0; from < all.length; ) {
    let to = from;
    while (to < all.length && all[to]?.score === all[from]?.score) to++;
    // Ranks from + 1 to `to` are tied, so each counts as their middle.
    for (let i = from; i < to; i++) if (all[i]?.positive) ranks += (from + 1 + to) / 2;
    from = to;
  }
  const n = positives.length;
  return (ranks - (n * (n + 1)) / 2) / (n * negatives.length);
}

/**
 * Expected calibration error, 0..1: mean gap between confidence and accuracy over equal-width bins,
 * weighted by their texts (Naeini, Cooper, Hauskrecht 2015). NaN without predictions.
 * @param predictions confidence 0..1 of each, and whether it was right
 * @throws Refusal invalid: a prediction that has none of both, naming it
 */
export function expectedCalibrationError(
  predictions: readonly { confidence: number; correct: boolean }[],
  bins = 15,
): number {
  const gap = new Float64Array(bins);
  for (const [at, { confidence, correct }] of predictions.entries()) {
    const fault = (field: string, message: string) =>
      invalid({ field: `predictions.${at}.${field}`, message });
    if (!(confidence >= 0 && confidence <= 1)) throw fault('confidence', 'must lie in 0..1');
    if (typeof correct !== 'boolean') throw fault('correct', 'must be true or false');
    const bin = Math.min(bins - 1, Math.floor(confidence * bins));
    gap[bin] = (gap[bin] as number) + confidence - (correct ? 1 : 0);
  }
  return gap.reduce((sum, value) => sum + Math.abs(value), 0) / predictions.length;
}
