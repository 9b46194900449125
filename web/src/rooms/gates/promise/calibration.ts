import type { PromiseEpoch } from '@wheelhouse/core';
import {
  binOf,
  calibrationError,
  type Forecast,
  type ReliabilityBin,
  reliabilityBins,
  score_bins,
  thresholdOf,
} from '@wheelhouse/core/learn';

/** With fewer decisions an interval tells next to nothing. */
export const least_decisions = 100;
const points = 10;

export interface Calibration {
  n: number;
  /** Mean distance of what was said from what was seen, and between what it lies with 95%. */
  ece: number;
  low: number;
  high: number;
  /** How much surer it is than it should be, in the mean; under 0 where it is less sure. */
  too_sure: number;
  bins: ReliabilityBin[];
}

/** What the evidence of an epoch, which is counted from the strictest threshold down, says of its score:
 *  each decision at the middle of its step. Of what passed only spot checks are decided on, so this is of
 *  decisions; at a score they are as they were drawn, by chance. */
export function calibrationOf({ tiers }: Pick<PromiseEpoch, 'tiers'>): Calibration {
  const forecasts = tiers.flatMap(({ evidence }) =>
    evidence.flatMap(({ threshold, labelled, wrong }, at): Forecast[] => {
      const before = evidence[at - 1] ?? { labelled: 0, wrong: 0 };
      const [n, errors] = [labelled - before.labelled, wrong - before.wrong];
      const confidence = middleOf(threshold);
      return Array.from({ length: n }, (_none, i) => ({ confidence, correct: i >= errors }));
    }),
  );
  const n = forecasts.length;
  const surplus = forecasts.map(({ confidence, correct }) => confidence - Number(correct));
  return {
    n,
    ...calibrationError(forecasts, { bins: points }),
    too_sure: surplus.reduce((sum, one) => sum + one, 0) / n,
    bins: reliabilityBins(forecasts, points),
  };
}

function middleOf(threshold: number): number {
  const bin = binOf(threshold, score_bins);
  const end = bin + 1 < score_bins ? thresholdOf(bin + 1, score_bins) : 1;
  return (threshold + end) / 2;
}

const percent = (share: number) => `${Number((share * 100).toPrecision(2))}%`;

/** Whether a score means what it says, in a sentence or two. */
export function calibrationWords(
  { n, ece, low, high, too_sure }: Omit<Calibration, 'bins'>,
  score: string,
): string {
  const decisions = `${n.toLocaleString('en-US')} ${n === 1 ? 'decision' : 'decisions'}`;
  if (n < least_decisions) {
    return `Not enough decisions yet to tell: ${decisions} of about ${least_decisions}.`;
  }
  const apart = `In the mean the ${score} was ${percent(ece)} apart from how often people agreed, and between ${percent(low)} and ${percent(high)} with 95% confidence (${decisions}).`;
  if (low === 0) return `${apart} These decisions do not show it to be off.`;
  return `${apart} It is ${too_sure > 0 ? 'surer than it should be' : 'less sure than it could be'}. The promise does not rest on that: it is of what people decided at or over a threshold.`;
}
