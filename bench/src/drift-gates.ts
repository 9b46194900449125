import {
  binOf,
  holdMonitor,
  type Monitor,
  monitorStep,
  type ScoredOutput,
  score_bins,
  scoreMonitor,
  type Tracker,
  trackedThreshold,
  trackerStep,
  withRecent,
} from '@wheelhouse/core/learn';
import type { Random } from './drifting.ts';

/** What a gate starts from: a threshold that was certified, and the scores of its sample. */
export interface Opening {
  alpha: number;
  delta: number;
  threshold: number;
  scores: readonly number[];
  /** Share of what passes that is checked. */
  checks: number;
}

export interface Seen {
  passed: boolean;
  /** Whether a person looked at it. */
  labelled: boolean;
}
export interface Gate {
  see(output: ScoredOutput, random: Random): Seen;
}

/** The certificate goes on as if nothing had happened. */
export const staticGate = ({ threshold, checks }: Opening): Gate => ({
  see({ score }, random) {
    const passed = score >= threshold;
    return { passed, labelled: !passed || random() < checks };
  },
});

/** Scores that come between two times that a share to hold is put into effect. */
const batch = 20;

/**
 * G5 on the share to hold instead of the score: a threshold over every score passes nothing, is never
 * checked again and so never comes down, which on scores happened in most runs at alpha 2%.
 */
export class Tracking {
  #tracker: Tracker;
  #recent: number[];
  #new_scores: number[] = [];
  #cut: number;

  /** @param recent scores, at least one */
  constructor(tracker: Tracker, recent: readonly number[]) {
    this.#tracker = tracker;
    this.#recent = withRecent([], recent);
    this.#cut = trackedThreshold(tracker.threshold, this.#recent) ?? 0;
  }

  passes(score: number): boolean {
    const passed = score >= this.#cut;
    this.#new_scores.push(score);
    if (this.#new_scores.length >= batch) {
      this.#recent = withRecent(this.#recent, this.#new_scores);
      this.#new_scores = [];
      this.#cut = trackedThreshold(this.#tracker.threshold, this.#recent) ?? 0;
    }
    return passed;
  }

  /** @param loss of what passed and was checked */
  learn(loss: number): void {
    this.#tracker = trackerStep(this.#tracker, loss);
  }
}

export function trackingGate({ alpha, threshold, scores, checks }: Opening, gamma: number): Gate {
  const limits = { low: 0, high: 0.95 };
  const held = scores.filter((score) => score < threshold).length / scores.length;
  const begin = { alpha, gamma, ...limits, threshold: Math.min(limits.high, held) };
  const tracking = new Tracking(begin, scores);
  return {
    see({ score, loss }, random) {
      const passed = tracking.passes(score);
      const checked = passed && random() < checks;
      if (checked) tracking.learn(loss);
      return { passed, labelled: !passed || checked };
    },
  };
}

/** Monitors that go by scores of the traffic as it was. */
export function monitorsOf(scores: readonly number[], threshold: number) {
  const counts = new Array<number>(score_bins).fill(0);
  for (const score of scores) (counts[binOf(score, score_bins)] as number)++;
  const passed = scores.filter((score) => score >= threshold).length;
  return {
    by_hold: holdMonitor({ held: scores.length - passed, passed }),
    by_score: scoreMonitor(counts),
  };
}
export const scoreStep = (monitor: Monitor, score: number, random: number): Monitor =>
  monitorStep(monitor, binOf(score, score_bins), random);
