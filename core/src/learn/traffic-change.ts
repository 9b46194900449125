import { thresholdOf } from './score-grid.ts';
import { score_bins } from './starts.ts';

/** So many of the last outputs are set beside those of the proof: a change is told after as many. */
export const most_latest = 100;

/** A share of outputs in the time that a proof rests on, and of the last ones. */
export interface ShareChange {
  before: number;
  now: number;
}
export interface TrafficChange {
  /** How many the last ones are. */
  latest: number;
  /** Those under the threshold that was proven first. */
  held: ShareChange;
  /** Those under the score at which both times differ most. */
  scores: ShareChange & { under: number };
}

/**
 * What changed, in shares that can be told: how many come under a threshold, and under which score the
 * most, or fewest, come beside what came before. It says what a warning is about, and is no test.
 * @param reference outputs of the proof by bin of score
 * @param recent bins of the last outputs, oldest first, at least one
 * @param cut the threshold that was proven first
 */
export function trafficChange(
  reference: readonly number[],
  recent: readonly number[],
  cut: number,
): TrafficChange {
  const latest = recent.slice(-most_latest);
  const counts = new Array<number>(score_bins).fill(0);
  for (const bin of latest) (counts[bin] as number)++;
  const all = reference.reduce((sum, count) => sum + count, 0);
  const found = { held: { before: 0, now: 0 }, scores: { under: 0, before: 0, now: 0 } };
  let [before, now] = [0, 0];
  for (let bin = 1; bin < score_bins; bin++) {
    before += (reference[bin - 1] ?? 0) / all;
    now += (counts[bin - 1] as number) / latest.length;
    const under = thresholdOf(bin, score_bins);
    if (under <= cut) found.held = { before, now };
    const { scores } = found;
    if (Math.abs(now - before) > Math.abs(scores.now - scores.before) + 1e-9) {
      found.scores = { under, before, now };
    }
  }
  return { latest: latest.length, ...found };
}
