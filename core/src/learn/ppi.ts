import { invalid } from '../refusal.ts';

/** What a labelled output was, and what was predicted of it. */
export interface PredictedAndSeen {
  predicted: number;
  seen: number;
}

export interface MeanEstimate {
  estimate: number;
  standard_error: number;
  low: number;
  high: number;
  /** How far predictions are trusted: 0 not at all, which is the mean of what was seen; 1 in full. */
  lambda: number;
}

/**
 * Prediction-powered interval of a mean, such as the error rate of all traffic: the mean of many
 * predictions, put right by what a few labels show them to be off, and trusted as far as the labels bear
 * them out (PPI++: Angelopoulos, Duchi, Zrnic 2023, arXiv 2311.01453; power tuning, section 6). Useless
 * predictions make it no wider than labels alone, in large samples.
 *
 * Asymptotic: covers what it says from some hundred labels on, and less where few of them are errors.
 * FOR DASHBOARDS, NEVER FOR CERTIFICATES. Needs labelled and unlabelled outputs of the same traffic,
 * chosen by chance alone, and predictions made without these labels; labels drawn with unequal
 * probabilities belong in `estimateFromChecks`.
 * @param labelled at least 2
 * @param unlabelled predictions, at least 2
 * @param z standard normal quantile; 1.96 for 95%
 * @throws Refusal invalid: no list, too few, a number that is not finite
 */
export function predictionPoweredMean(
  labelled: readonly PredictedAndSeen[],
  unlabelled: readonly number[],
  z = 1.959963984540054,
): MeanEstimate {
  for (const [field, list] of Object.entries({ labelled, unlabelled })) {
    if (!Array.isArray(list)) throw invalid({ field, message: 'must be a list' });
  }
  if (labelled.length < 2) throw invalid({ field: 'labelled', message: 'must be at least 2' });
  if (unlabelled.length < 2) throw invalid({ field: 'unlabelled', message: 'must be at least 2' });
  labelled.forEach((one: PredictedAndSeen | null, at) => {
    if (Number.isFinite(one?.predicted) && Number.isFinite(one?.seen)) return;
    throw invalid({
      field: `labelled.${at}`,
      message: 'must have finite numbers as predicted and seen',
    });
  });
  unlabelled.forEach((predicted, at) => {
    if (Number.isFinite(predicted)) return;
    throw invalid({ field: `unlabelled.${at}`, message: 'must be a finite number' });
  });
  const n = labelled.length;
  const seen = labelled.map((each) => each.seen);
  const predicted = labelled.map((each) => each.predicted);
  const spread = varianceOf([...predicted, ...unlabelled]);
  const best = covarianceOf(seen, predicted) / (1 + n / unlabelled.length) / spread;
  const lambda = spread > 0 ? Math.min(1, Math.max(0, best)) : 0;
  const off = seen.map((value, at) => value - lambda * (predicted[at] as number));
  const estimate = lambda * meanOf(unlabelled) + meanOf(off);
  const standard_error = Math.sqrt(
    (lambda ** 2 * varianceOf(unlabelled)) / unlabelled.length + varianceOf(off) / n,
  );
  return {
    ...{ estimate, standard_error, lambda },
    low: estimate - z * standard_error,
    high: estimate + z * standard_error,
  };
}

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function covarianceOf(first: readonly number[], second: readonly number[]): number {
  const [one, other] = [meanOf(first), meanOf(second)];
  const sum = first.reduce(
    (all, value, at) => all + (value - one) * ((second[at] as number) - other),
    0,
  );
  return sum / (first.length - 1);
}
const varianceOf = (values: readonly number[]): number => covarianceOf(values, values);
