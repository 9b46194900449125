import {
  alarmLimit,
  binOf,
  certifyFromTallies,
  type Detector,
  design_share,
  detectorEvidence,
  detectorOf,
  detectorStep,
  holdStep,
  type Monitor,
  monitorEvidence,
  raisedCheck,
  type ScoredOutput,
  score_bins,
  startsOf,
  type Tally,
  trackerFrom,
  warn_at,
  withRecent,
} from '@wheelhouse/core/learn';
import {
  type Gate,
  monitorsOf,
  type Opening,
  type Seen,
  scoreStep,
  Tracking,
} from './drift-gates.ts';
import type { Random } from './drifting.ts';

/** Outputs between two looks at the certificate. */
const look = 100;

export interface Ways {
  /** What ends a certificate: a monitor too, or only wrong checks, while a monitor has more checked. */
  ends: 'any' | 'checks';
  /** What becomes of outputs until the next certificate. */
  meanwhile: 'hold' | 'track';
}

/**
 * A gate that proves itself anew after an alarm, by the rules of the product: of the labels since then a
 * fifth tells where to begin (`startsOf`), the others certify (`certifyFromTallies`) as soon as they can
 * and lower thresholds as they go on, and more of what passes is checked (`raisedCheck`).
 */
export class RecertifyingGate implements Gate {
  readonly #opening: Opening;
  readonly #ways: Ways;
  /** None while nothing is certified. */
  #threshold: number | null;
  #checks: number;
  /** Since the certificate there is or the last alarm. */
  #scores: number[];
  #monitors: { by_hold: Monitor; by_score: Monitor } | null;
  #detector: Detector;
  #tracking: Tracking | null = null;
  #design: Tally[] = [];
  #tallies = new Map<string, Tally>();
  #starts: number[] | null = null;
  #proven: number[] = [];
  #since_look = 0;
  #since_alarm = 0;
  alarms = 0;
  /** Outputs from each alarm to the next certificate. */
  readonly uncertified: number[] = [];

  constructor(opening: Opening, ways: Ways) {
    this.#opening = opening;
    this.#ways = ways;
    this.#threshold = opening.threshold;
    this.#checks = opening.checks;
    this.#scores = [...opening.scores];
    this.#monitors = monitorsOf(opening.scores, opening.threshold);
    this.#detector = detectorOf('shiryaev_roberts', opening.alpha);
  }

  get certified(): boolean {
    return this.#threshold !== null;
  }

  see({ score, loss }: ScoredOutput, random: Random): Seen {
    const bin = binOf(score, score_bins);
    const tracked = this.#threshold === null && this.#tracking?.passes(score) === true;
    const passed = this.#threshold === null ? tracked : score >= this.#threshold;
    const labelled = !passed || random() < this.#checks;
    this.#scores.push(score);
    this.#since_alarm++;
    if (labelled && this.alarms > 0) this.#count(bin, loss, passed, random);
    if (labelled && passed) {
      this.#tracking?.learn(loss);
      this.#detector = detectorStep(this.#detector, loss);
    }
    if (this.#threshold !== null) this.#watch(score, passed, random);
    if (++this.#since_look >= look) this.#certify();
    return { passed, labelled };
  }

  #count(bin: number, loss: number, passed: boolean, random: Random): void {
    // While all is held each label stands for itself; later what is held stands for the fewest.
    const all_held = this.#threshold === null && this.#tracking === null;
    const weight = all_held || passed ? 1 : this.#checks;
    if (this.#starts === null && random() < design_share) {
      this.#design.push({ bin, weight, wrong: loss, n: 1 });
      return;
    }
    const key = `${bin} ${weight}`;
    const { wrong, n } = this.#tallies.get(key) ?? { wrong: 0, n: 0 };
    this.#tallies.set(key, { bin, weight, wrong: wrong + loss, n: n + 1 });
  }

  #watch(score: number, passed: boolean, random: Random): void {
    const { alpha, checks } = this.#opening;
    let warned = false;
    if (this.#monitors) {
      const { by_hold, by_score } = this.#monitors;
      this.#monitors = {
        by_hold: holdStep(by_hold, !passed, random()),
        by_score: scoreStep(by_score, score, random()),
      };
      warned = Object.values(this.#monitors).some((one) => monitorEvidence(one) >= warn_at);
    }
    const harmed = detectorEvidence(this.#detector) >= alarmLimit(checks, this.#checks);
    if (!harmed && !warned) return;
    this.#checks = raisedCheck(checks, alpha);
    this.#monitors = null;
    if (harmed || this.#ways.ends === 'any') this.#end();
  }

  #end(): void {
    const { alpha } = this.#opening;
    if (this.#ways.meanwhile === 'track') {
      const recent = withRecent([], this.#scores);
      const tracker = trackerFrom(this.#threshold ?? 0, recent, alpha);
      this.#tracking = new Tracking(tracker, this.#scores);
    }
    this.alarms++;
    this.#since_alarm = 0;
    this.#threshold = null;
    this.#scores = [];
    this.#design = [];
    this.#tallies.clear();
    this.#starts = null;
    this.#proven = [];
  }

  #certify(): void {
    this.#since_look = 0;
    if (this.alarms === 0) return;
    const { alpha, delta } = this.#opening;
    this.#starts ??= startsOf(this.#design, { alpha, delta });
    if (!this.#starts) return;
    const tallies = [...this.#tallies.values()];
    const found = certifyFromTallies({
      ...{ tallies, bins: score_bins, alpha, delta, starts: this.#starts, proven: this.#proven },
    });
    this.#proven = found.proven;
    if (found.threshold === null || found.threshold === this.#threshold) return;
    const was_open = this.#threshold !== null;
    if (!was_open) {
      this.uncertified.push(this.#since_alarm);
      this.#tracking = null;
      this.#detector = detectorOf('shiryaev_roberts', alpha);
    }
    this.#threshold = found.threshold;
    const fresh = monitorsOf(this.#scores, found.threshold);
    this.#monitors =
      was_open && this.#monitors ? { ...this.#monitors, by_hold: fresh.by_hold } : fresh;
  }
}
