import { invalid } from '../refusal.ts';
import { exactBounds } from './binomial.ts';
import { type Chance, seededChance } from './chance.ts';

/** How sure something was, 0..1, and whether it was right. */
export interface Forecast {
  confidence: number;
  correct: boolean;
}

/** Forecasts of like confidence: a point of a reliability diagram. */
export interface ReliabilityBin {
  /** Lowest and highest confidence in it. */
  from: number;
  to: number;
  n: number;
  /** Mean confidence. */
  confidence: number;
  correct: number;
  /** Share that was right, with its exact 95% bounds. */
  accuracy: number;
  accuracy_low: number;
  accuracy_high: number;
}

/**
 * The reliability diagram in bins of as many forecasts each as can be: bins of equal width leave most
 * of them empty where a model is nearly always sure. Equal confidences share a bin.
 * @param bins at most, at least 1
 * @returns from unsure to sure; none of no forecasts
 * @throws Refusal invalid: a confidence that does not lie in 0..1, bins under 1
 */
export function reliabilityBins(forecasts: readonly Forecast[], bins = 15): ReliabilityBin[] {
  if (!(bins >= 1)) throw invalid({ field: 'bins', message: 'must be at least 1' });
  forecasts.forEach(({ confidence }, at) => {
    if (confidence >= 0 && confidence <= 1) return;
    throw invalid({ field: `forecasts.${at}.confidence`, message: 'must lie in 0..1' });
  });
  const sorted = [...forecasts].sort((a, b) => a.confidence - b.confidence);
  const made: ReliabilityBin[] = [];
  for (let from = 0; from < sorted.length; ) {
    const share = (sorted.length - from) / Math.max(1, bins - made.length);
    let to = Math.min(sorted.length, from + Math.max(1, Math.round(share)));
    while (to < sorted.length && sorted[to]?.confidence === sorted[to - 1]?.confidence) to++;
    made.push(binOf(sorted.slice(from, to)));
    from = to;
  }
  return made;
}

function binOf(members: readonly Forecast[]): ReliabilityBin {
  const n = members.length;
  const correct = members.filter((each) => each.correct).length;
  const [accuracy_low, accuracy_high] = exactBounds(correct, n);
  return {
    ...{ from: members[0]?.confidence ?? 0, to: members[n - 1]?.confidence ?? 0, n, correct },
    confidence: members.reduce((sum, each) => sum + each.confidence, 0) / n,
    ...{ accuracy: correct / n, accuracy_low, accuracy_high },
  };
}

/**
 * Expected calibration error over such bins, with an interval: Σ share of bin × |accuracy − confidence|
 * (Naeini, Cooper, Hauskrecht 2015). What was seen overstates it, the more so the smaller the bins: of a
 * perfectly calibrated model too the accuracies lie about their confidences.
 *
 * The interval is for the error of the true accuracies of these bins, given these confidences. The
 * seen error is apart from it by at most the mean distance of seen from true accuracies, and the
 * (1 − miss) quantile of that distance is found by drawing each bin's accuracy anew (parametric
 * bootstrap, each bin drawn half a success and half a failure towards the middle). So it covers at
 * least about 1 − miss, calibrated models too, where resampling the forecasts does not: it adds the
 * overstatement a second time.
 * @param resamples drawings; 1,000 cost about 10 ms
 * @returns ece, low, high, each 0..1; NaN, 0 and 1 of no forecasts
 * @throws Refusal invalid, as `reliabilityBins`
 */
export function calibrationError(
  forecasts: readonly Forecast[],
  {
    bins = 15,
    miss = 0.05,
    resamples = 1_000,
    seed = 1,
  }: { bins?: number; miss?: number; resamples?: number; seed?: number } = {},
): { ece: number; low: number; high: number } {
  const made = reliabilityBins(forecasts, bins);
  const all = forecasts.length;
  if (all === 0) return { ece: Number.NaN, low: 0, high: 1 };
  const ece = made.reduce(
    (sum, bin) => sum + (bin.n / all) * Math.abs(bin.accuracy - bin.confidence),
    0,
  );
  const chance = seededChance(seed);
  const distances = Float64Array.from({ length: resamples }, () =>
    made.reduce((sum, { n, correct }) => {
      const share = (correct + 0.5) / (n + 1);
      return sum + Math.abs(successes(n, share, chance) - n * share) / all;
    }, 0),
  ).sort();
  const radius = distances[Math.min(resamples - 1, Math.ceil((1 - miss) * resamples))] as number;
  return { ece, low: Math.max(0, ece - radius), high: Math.min(1, ece + radius) };
}

/** Successes among n with chance `share`: counted one by one up to 200, and beyond as a normal draw
 *  (Box and Muller 1958) where that is near enough. */
function successes(n: number, share: number, chance: Chance): number {
  const spread = n * share * (1 - share);
  if (n > 200 && spread > 10) {
    const radius = Math.sqrt(-2 * Math.log((chance() + 0.5) / 2 ** 32));
    const normal = radius * Math.cos((2 * Math.PI * chance()) / 2 ** 32);
    return Math.min(n, Math.max(0, Math.round(n * share + Math.sqrt(spread) * normal)));
  }
  const limit = share * 2 ** 32;
  let count = 0;
  for (let at = 0; at < n; at++) if (chance() < limit) count++;
  return count;
}
