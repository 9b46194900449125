import { judge, Policy, type Standing } from '@wheelhouse/core';
import {
  alarmLimit,
  binOf,
  detectorEvidence,
  detectorOf,
  detectorStep,
  isCalm,
  type RiskTarget,
  raisedCheck,
  score_bins,
} from '@wheelhouse/core/learn';
import { type Random, randomOf } from './drifting.ts';
import { meanOf, round } from './figures.ts';
import { type Asked, LiveProof } from './live-proof.ts';
import { type CheckedOutput, type Pool, pools } from './pools.ts';

const delta = 0.05;
const alphas = [0.01, 0.02, 0.05];
/** Decisions of people after which it is looked at how things stand. */
const sizes = [500, 1000, 3000];
/** Decisions between two looks of the gate. */
const look = 50;

/** What differs between gates. */
interface Way {
  /** So many always wait, and what is decided next is any of them; of none each is as it comes. */
  waiting: number;
  /** Share of what passes that people see, and whether it begins with as many as after an alarm. */
  spot_check: number;
  raised?: boolean;
  /** Share of the plays. */
  part: number;
}
const ways: Record<string, Way> = {
  at_once: { waiting: 0, spot_check: 0.05, part: 1 },
  late: { waiting: 50, spot_check: 0.05, part: 0.1 },
  a_fifth_checked: { waiting: 0, spot_check: 0.2, part: 0.1 },
  half_checked: { waiting: 0, spot_check: 0.5, part: 0.1 },
  raised_at_first: { waiting: 0, spot_check: 0.05, raised: true, part: 0.1 },
};

/**
 * Whether a running gate keeps its promise, and how much it lets pass: it begins knowing nothing, holds
 * everything, opens by what people decided, goes on by what it holds and by spot checks, and is looked at
 * after every few decisions. Verdicts, certificates, attempts and alarms are the product's own; outputs
 * are drawn with replacement from a pool of real ones, so that the true risk of every threshold is known.
 * A play breaks its promise where at any look up to a size the threshold in force lets more than alpha
 * pass wrongly.
 * @param options.data folder of the sets; what is absent is named and left out
 * @param options.quick 50 plays instead of 500, and a tenth of that where so many do
 */
export async function run(options: {
  quick: boolean;
  data: string | undefined;
}): Promise<Record<string, unknown>> {
  const plays = options.quick ? 50 : 500;
  const skipped: string[] = [];
  const settings: Record<string, unknown>[] = [];
  for (const pool of pools(options.data)) {
    if ('missing' in pool) skipped.push(pool.name);
    else for (const alpha of alphas) settings.push(...trial(pool, { alpha, delta }, plays));
  }
  if (!settings.length) return { skipped: 'needs --data FOLDER with the sets', pools: skipped };
  return { node: process.version, plays, delta, ways, look, skipped, settings };
}

function trial(pool: Pool, target: RiskTarget, plays: number) {
  const truth = truthOf(pool.outputs);
  const by_way = Object.entries(ways).map(([name, way]) => {
    const played = Array.from({ length: plays * way.part }, (_none, at) => {
      return play(pool.outputs, target, way, truth, randomOf(30_001 + at));
    });
    return [name, played] as const;
  });
  return sizes.map((n, size) => ({
    ...{ pool: pool.name, alpha: target.alpha, n },
    ways: Object.fromEntries(
      by_way.map(([way, played]) => [
        way,
        figuresAt(played.map((stands) => stands[size] as Stand)),
      ]),
    ),
  }));
}

/** How a play stands after so many decisions. */
interface Stand {
  coverage: number;
  /** Ever until then. */
  broken: boolean;
  outputs: number;
  alarms: number;
}

function figuresAt(stands: readonly Stand[]) {
  const coverages = stands.map(({ coverage }) => coverage);
  const mean = meanOf(coverages);
  const off = coverages.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  const share = (some: (one: Stand) => boolean) =>
    round(stands.filter(some).length / stands.length);
  return {
    coverage: mean,
    spread: round(Math.sqrt(off / stands.length)),
    broken: share(({ broken }) => broken),
    none: share(({ coverage }) => coverage === 0),
    alarmed: share(({ alarms }) => alarms > 0),
    outputs: meanOf(stands.map(({ outputs }) => outputs)),
  };
}

type Truth = (threshold: number | null) => { coverage: number; risk: number };

function truthOf(outputs: readonly CheckedOutput[]): Truth {
  const [passed, wrong] = [new Float64Array(score_bins + 1), new Float64Array(score_bins + 1)];
  for (const { score, loss } of outputs) {
    const bin = binOf(score, score_bins);
    passed[bin] = (passed[bin] as number) + 1;
    wrong[bin] = (wrong[bin] as number) + loss;
  }
  for (let bin = score_bins - 1; bin >= 0; bin--) {
    passed[bin] = (passed[bin] as number) + (passed[bin + 1] as number);
    wrong[bin] = (wrong[bin] as number) + (wrong[bin + 1] as number);
  }
  return (threshold) => {
    if (threshold === null) return { coverage: 0, risk: 0 };
    const bin = binOf(threshold, score_bins);
    const n = passed[bin] as number;
    return { coverage: n / outputs.length, risk: n ? (wrong[bin] as number) / n : 0 };
  };
}

function play(
  outputs: readonly CheckedOutput[],
  target: RiskTarget,
  { waiting, spot_check, raised = false }: Way,
  truth: Truth,
  random: Random,
): Stand[] {
  const gate = new LiveGate(target, spot_check, raised);
  const queue: Question[] = [];
  const stands: Stand[] = [];
  let [seen, decided, broken] = [0, 0, false];
  while (stands.length < sizes.length) {
    const output = outputs[Math.floor(random() * outputs.length)] as CheckedOutput;
    seen++;
    const asked = gate.see(output, random());
    if (!asked) continue;
    queue.push(asked);
    if (queue.length <= waiting) continue;
    const next = waiting ? Math.floor(random() * queue.length) : 0;
    gate.decide(queue.splice(next, 1)[0] as Question);
    if (++decided % look) continue;
    gate.look();
    const { coverage, risk } = truth(gate.threshold);
    broken ||= risk > target.alpha;
    if (decided !== sizes[stands.length]) continue;
    stands.push({ coverage, broken, outputs: seen, alarms: gate.alarms });
  }
  return stands;
}

interface Question {
  asked: Asked;
  spot_checked: boolean;
}

/** A gate of one tier, as the server runs it, but that nobody takes a decision back. */
class LiveGate {
  alarms = 0;
  #target: RiskTarget;
  #policy: Policy;
  #proof: LiveProof;
  #standing: Standing;
  /** As it is set, and as it is. */
  readonly #usual: number;
  #spot_check: number;
  /** Spot checks since the threshold last moved, while more is looked at than usual. */
  #calm = { n: 0, wrong: 0 };
  #detector;
  #alarm_due = false;

  constructor(target: RiskTarget, spot_check: number, raised: boolean) {
    this.#target = target;
    this.#usual = spot_check;
    this.#spot_check = raised ? raisedCheck(spot_check, target.alpha) : spot_check;
    this.#policy = Policy.parse({ mode: 'guaranteed', ...target, spot_check });
    this.#proof = new LiveProof(target);
    this.#standing = this.#stand();
    this.#detector = detectorOf('shiryaev_roberts', target.alpha);
  }

  get threshold(): number | null {
    return this.#proof.threshold;
  }

  /** @returns what people are asked, where they are */
  see({ sent, score, loss }: CheckedOutput, chance: number): Question | null {
    const { verdict, spot_checked, promise } = judge(this.#policy, sent, chance, this.#standing);
    if (!promise) throw new Error('it was judged by no promise');
    if (verdict === 'pass' && !spot_checked) return null;
    const asked = this.#proof.ask(promise, binOf(score, score_bins), loss);
    return { asked, spot_checked };
  }

  decide({ asked, spot_checked }: Question): void {
    asked.proof.judge(asked);
    if (!spot_checked || asked.proof !== this.#proof) return;
    this.#detector = detectorStep(this.#detector, asked.loss);
    const limit = alarmLimit(this.#usual, this.#spot_check);
    const evidence = detectorEvidence(this.#detector);
    this.#alarm_due ||= evidence >= limit;
    this.#calm = { n: this.#calm.n + 1, wrong: this.#calm.wrong + asked.loss };
    if (!this.#alarm_due && isCalm(this.#calm, this.#target.alpha, evidence)) {
      this.#spot_check = this.#usual;
      this.#standing = this.#stand();
    }
  }

  look(): void {
    const was = this.threshold;
    if (this.#alarm_due) {
      this.alarms++;
      this.#alarm_due = false;
      this.#detector = detectorOf('shiryaev_roberts', this.#target.alpha);
      this.#spot_check = raisedCheck(this.#usual, this.#target.alpha);
      this.#proof = new LiveProof(this.#target);
    } else this.#proof = this.#proof.look();
    if (this.threshold !== was) this.#calm = { n: 0, wrong: 0 };
    this.#standing = this.#stand();
  }

  #stand(): Standing {
    const { threshold, starts } = this.#proof;
    return {
      ...{ epoch_id: '', tier: 'all', threshold, tracked: null, spot_check: this.#spot_check },
      certificate_id: threshold === null ? null : '',
      ...{ labelled: 0, wrong: 0, needed: 1, unlikely: false },
      ...{ designing: starts === null, alarmed: false, unwatched: false },
    };
  }
}
