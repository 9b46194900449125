import {
  binOf,
  certifyFromTallies,
  type Detector,
  detectorEvidence,
  detectorOf,
  detectorStep,
  holdMonitor,
  holdStep,
  type Monitor,
  monitorEvidence,
  monitorStep,
  planThresholds,
  type ScoredOutput,
  scoreMonitor,
  type Tally,
  type Tracker,
  thresholdOf,
  trackerStep,
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

const bins = 500;
/** Scores by which a share to hold becomes a threshold. */
const recent_scores = 1_000;

/**
 * G5 on the share to hold instead of the score: a threshold over every score passes nothing, is never
 * checked again and so never comes down, which on scores happened in most runs at alpha 2%.
 */
export function trackingGate({ alpha, threshold, scores, checks }: Opening, gamma: number): Gate {
  const under = scores.filter((score) => score < threshold).length / scores.length;
  let tracker: Tracker = {
    ...{ alpha, gamma, low: 0, high: 0.95 },
    threshold: Math.min(0.95, under),
  };
  const recent = Array.from(scores.slice(-recent_scores), (score) => binOf(score, bins));
  const counts = new Array<number>(bins).fill(0);
  for (const bin of recent) (counts[bin] as number)++;
  let at = 0;
  return {
    see({ score, loss }, random) {
      const bin = binOf(score, bins);
      let lower = 0;
      for (let i = 0; i < bin; i++) lower += counts[i] as number;
      const rank = (lower + random() * ((counts[bin] as number) + 1)) / (recent.length + 1);
      (counts[recent[at] as number] as number)--;
      (counts[bin] as number)++;
      recent[at] = bin;
      at = (at + 1) % recent.length;
      const passed = rank >= tracker.threshold;
      const checked = passed && random() < checks;
      if (checked) tracker = trackerStep(tracker, loss);
      return { passed, labelled: !passed || checked };
    },
  };
}

const monitor_bins = 40;
const monitorBin = (bin: number): number => Math.floor((bin * monitor_bins) / bins);
/** Of the labels taken while all is held, those that choose the start. */
const design_labels = 500;
/** And those that certify, times alpha: 1,500 for 5%. */
const errors_allowed = 75;
/** One false alarm of each in 300 watches of 20,000 outputs, at most. */
export const monitor_limit = 6e6;
const detector_limit = 10_000;
/** Outputs between two looks at the certificate. */
const look = 250;

/**
 * Any alarm holds everything; the labels of what is held, all of them, choose a start and then certify;
 * from there on daily labels go on to certify lower thresholds.
 */
export class RecertifyingGate implements Gate {
  readonly #opening: Opening;
  #threshold: number;
  #holds = false;
  /** By bin, of the world as it is since the last alarm. */
  #scores: number[];
  #by_hold: Monitor;
  #by_score: Monitor;
  #detector: Detector;
  #tallies = new Map<number, Tally>();
  #labels = 0;
  #design: ScoredOutput[] = [];
  #start: number | undefined;
  #proven: number[] = [];
  #since_look = 0;
  alarms = 0;

  constructor(opening: Opening) {
    this.#opening = opening;
    this.#threshold = opening.threshold;
    this.#scores = histogram(opening.scores);
    const { by_hold, by_score } = monitorsOf(opening);
    this.#by_hold = by_hold;
    this.#by_score = by_score;
    this.#detector = detectorOf('shiryaev_roberts', opening.alpha);
  }

  see(output: ScoredOutput, random: Random): Seen {
    const passed = !this.#holds && output.score >= this.#threshold;
    const labelled = !passed || random() < this.#opening.checks;
    const bin = binOf(output.score, bins);
    (this.#scores[bin] as number)++;
    if (labelled) this.#learn(output, bin, passed);
    if (!this.#holds) this.#watch(bin, passed, random);
    if (++this.#since_look >= look) this.#certify();
    return { passed, labelled };
  }

  #learn({ score, loss }: ScoredOutput, bin: number, passed: boolean): void {
    this.#labels++;
    // While all is held each label stands for itself; later what is held stands for the fewest.
    const weight = this.#holds || passed ? 1 : this.#opening.checks;
    const key = 2 * bin + (weight === 1 ? 1 : 0);
    const { wrong, n } = this.#tallies.get(key) ?? { wrong: 0, n: 0 };
    this.#tallies.set(key, { bin, weight, wrong: wrong + loss, n: n + 1 });
    if (passed) this.#detector = detectorStep(this.#detector, loss);
    if (this.#start !== undefined || !this.#holds) return;
    this.#design.push({ score, loss });
    if (this.#design.length < design_labels) return;
    const { alpha, delta } = this.#opening;
    const options = { alpha, delta, n: errors_allowed / alpha };
    const { thresholds, start } = planThresholds(this.#design, options);
    this.#start = binOf(thresholds[start] as number, bins);
    this.#tallies.clear();
  }

  #watch(bin: number, passed: boolean, random: Random): void {
    this.#by_hold = holdStep(this.#by_hold, !passed, random());
    this.#by_score = monitorStep(this.#by_score, monitorBin(bin), random());
    const unlike = [this.#by_hold, this.#by_score].some(
      (monitor) => monitorEvidence(monitor) >= monitor_limit,
    );
    if (!unlike && detectorEvidence(this.#detector) < detector_limit) return;
    this.alarms++;
    this.#holds = true;
    this.#scores = histogram([]);
    this.#tallies.clear();
    this.#labels = 0;
    this.#design = [];
    this.#start = undefined;
    this.#proven = [];
  }

  #certify(): void {
    this.#since_look = 0;
    if (this.#start === undefined) return;
    if (this.#holds && this.#labels < design_labels + errors_allowed / this.#opening.alpha) return;
    const { alpha, delta } = this.#opening;
    const found = certifyFromTallies({
      tallies: [...this.#tallies.values()],
      ...{ bins, alpha, delta, starts: [this.#start], proven: this.#proven },
    });
    this.#proven = found.proven;
    if (found.threshold === null || (!this.#holds && found.threshold >= this.#threshold)) return;
    this.#threshold = found.threshold;
    this.#by_hold = holdMonitorOf(this.#scores, this.#threshold);
    if (!this.#holds) return;
    this.#holds = false;
    this.#by_score = scoreMonitor(coarse(this.#scores));
    this.#detector = detectorOf('shiryaev_roberts', alpha);
  }
}

/** Of scores by bin, how many a bin's own threshold would have held. */
function holdMonitorOf(counts: readonly number[], threshold: number): Monitor {
  const counted = { held: 0, passed: 0 };
  counts.forEach((count, bin) => {
    counted[thresholdOf(bin, bins) < threshold ? 'held' : 'passed'] += count;
  });
  return holdMonitor(counted);
}

/** Monitors that go by the sample which an opening was certified on. */
export const monitorsOf = ({ scores, threshold }: Opening) => ({
  by_hold: holdMonitor({
    held: scores.filter((score) => score < threshold).length,
    passed: scores.filter((score) => score >= threshold).length,
  }),
  by_score: scoreMonitor(coarse(histogram(scores))),
});
export const scoreStep = (monitor: Monitor, score: number, random: number): Monitor =>
  monitorStep(monitor, monitorBin(binOf(score, bins)), random);

function histogram(scores: readonly number[]): number[] {
  const counts = new Array<number>(bins).fill(0);
  for (const score of scores) (counts[binOf(score, bins)] as number)++;
  return counts;
}

/** The same in as many bins as a monitor needs. */
function coarse(counts: readonly number[]): number[] {
  const sums = new Array<number>(monitor_bins).fill(0);
  counts.forEach((count, bin) => {
    const at = monitorBin(bin);
    sums[at] = (sums[at] as number) + count;
  });
  return sums;
}
