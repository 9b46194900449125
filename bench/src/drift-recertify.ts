import {
  alarmLimit,
  binOf,
  type Detector,
  design_share,
  detectorEvidence,
  detectorOf,
  detectorStep,
  holdStep,
  isCalm,
  type Monitor,
  monitorEvidence,
  raisedCheck,
  type ScoredOutput,
  score_bins,
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
import { LiveProof } from './live-proof.ts';

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
 * fifth tells where to begin, the others certify as soon as they can and lower thresholds as they go on,
 * what the past holds up is begun anew (all by `LiveProof`), and more of what passes is checked
 * (`raisedCheck`) until it is calm (`isCalm`).
 */
export class RecertifyingGate implements Gate {
  readonly #opening: Opening;
  readonly #ways: Ways;
  /** None while nothing is certified. */
  #threshold: number | null;
  #checks: number;
  /** Since the certificate there is or the last alarm. */
  #scores: number[];
  /** From the first threshold on that was certified since, until they warn. */
  #monitors: { cut: number; by_hold: Monitor; by_score: Monitor } | null;
  #detector: Detector;
  #tracking: Tracking | null = null;
  #proof: LiveProof;
  /** Spot checks since the threshold last moved, while more is looked at than usual. */
  #calm = { n: 0, wrong: 0 };
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
    this.#monitors = this.#watched(opening.threshold);
    this.#detector = detectorOf('shiryaev_roberts', opening.alpha);
    this.#proof = new LiveProof(opening);
  }

  get certified(): boolean {
    return this.#threshold !== null;
  }

  see({ score, loss }: ScoredOutput, random: Random): Seen {
    const tracked = this.#threshold === null && this.#tracking?.passes(score) === true;
    const passed = this.#threshold === null ? tracked : score >= this.#threshold;
    const labelled = !passed || random() < this.#checks;
    this.#scores.push(score);
    this.#since_alarm++;
    if (labelled && this.alarms > 0) this.#count(score, loss, passed, random);
    if (labelled && passed) {
      this.#tracking?.learn(loss);
      this.#detector = detectorStep(this.#detector, loss);
    }
    if (this.#threshold !== null) {
      if (labelled && passed) this.#ease(loss);
      this.#watch(score, random);
    }
    if (++this.#since_look >= look) this.#certify();
    return { passed, labelled };
  }

  #count(score: number, loss: number, passed: boolean, random: Random): void {
    // While all is held each label stands for itself; later what is held stands for the fewest.
    const all_held = this.#threshold === null && this.#tracking === null;
    const weight = all_held || passed ? 1 : this.#checks;
    const phase = this.#proof.starts === null && random() < design_share ? 'design' : 'test';
    const asked = this.#proof.ask({ phase, weight }, binOf(score, score_bins), loss);
    this.#proof.judge(asked);
  }

  #watched(cut: number) {
    return { cut, ...monitorsOf(this.#scores, cut) };
  }

  #ease(loss: number): void {
    const { alpha, checks } = this.#opening;
    if (this.#checks === checks) return;
    this.#calm = { n: this.#calm.n + 1, wrong: this.#calm.wrong + loss };
    if (isCalm(this.#calm, alpha, detectorEvidence(this.#detector))) this.#checks = checks;
  }

  #watch(score: number, random: Random): void {
    const { alpha, checks } = this.#opening;
    let warned = false;
    if (this.#monitors) {
      const { cut } = this.#monitors;
      const by_hold = holdStep(this.#monitors.by_hold, score < cut, random());
      const by_score = scoreStep(this.#monitors.by_score, score, random());
      this.#monitors = { cut, by_hold, by_score };
      warned = [by_hold, by_score].some((one) => monitorEvidence(one) >= warn_at);
    }
    const harmed = detectorEvidence(this.#detector) >= alarmLimit(checks, this.#checks);
    if (!harmed && !warned) return;
    this.#checks = raisedCheck(checks, alpha);
    this.#calm = { n: 0, wrong: 0 };
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
    this.#proof = new LiveProof(this.#opening);
  }

  #certify(): void {
    this.#since_look = 0;
    if (this.alarms === 0) return;
    this.#proof = this.#proof.look();
    const { threshold } = this.#proof;
    if (threshold === null) return;
    if (this.#threshold === null) {
      this.uncertified.push(this.#since_alarm);
      this.#tracking = null;
      this.#detector = detectorOf('shiryaev_roberts', this.#opening.alpha);
      this.#monitors = this.#watched(threshold);
    }
    if (this.#threshold !== threshold) this.#calm = { n: 0, wrong: 0 };
    this.#threshold = threshold;
  }
}
