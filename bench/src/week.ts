import { type GatePromise, judge, OutputSubmission, Policy } from '@wheelhouse/core';
import type { ScoredOutput } from '@wheelhouse/core/learn';
import { randomOf } from './drifting.ts';
import { round } from './figures.ts';
import { type Pool, poolOf } from './pools.ts';
import { lookedAt, StaffedGate } from './reviewers.ts';
import { type Subject, startSubject } from './subject.ts';

/** The models whose outputs come, one after the other. */
const models = ['model_20news', 'model_cifar10'];
/** Share of outputs that whoever decides on them judges wrongly. */
const reviewer_error = 0.03;
const seconds_a_decision = 30;
/** So many come before those who decide have decided on them: of a week, what comes in 50 minutes. */
const batch = 250;
/** What is promised, and whether a second person, and a third, is asked where the first disagrees with
 *  the model: then they judge wrongly as seldom as is stated. */
const promises = [
  { alpha: 0.05, second_opinion: 'never', label_noise: reviewer_error },
  { alpha: 0.05, second_opinion: 'on_disagreement', label_noise: 0.003 },
  { alpha: 0.02, second_opinion: 'on_disagreement', label_noise: 0.003 },
];
/** Less than whoever decides errs: their labels prove it never, which one week shows. */
const beyond = { alpha: 0.02, second_opinion: 'never', label_noise: reviewer_error };
const fixed = Policy.parse({ mode: 'threshold', threshold: 0.8 });

interface Met extends ScoredOutput {
  model_version: string;
  /** Whether it is right, as each of three people would say. */
  says: boolean[];
}

/**
 * A week of 50,000 outputs through a server: real scores of two models, the second in the place of the
 * first in the middle of the week; a gate with a promise that begins knowing nothing; and people who
 * decide what it holds and what it has looked at, some of it wrongly. Beside it what people have to do
 * if they look at everything, and at what a fixed threshold holds.
 * @param options.data folder that holds both models' files
 * @param options.quick 6,000 outputs of one seed
 */
export async function run(options: {
  quick: boolean;
  data: string | undefined;
}): Promise<Record<string, unknown>> {
  const { quick, data } = options;
  const pools = models.flatMap((name) => (data && poolOf(data, name)) || []);
  if (pools.length < models.length) return { skipped: `needs --data FOLDER with ${models}` };
  const outputs = quick ? 6_000 : 50_000;
  const seeds = quick ? [1] : [1, 2, 3];
  const weeks = seeds.map((seed) => ({ seed, met: weekOf(pools, outputs, seed) }));
  const subject = await startSubject();
  try {
    const plays = await Promise.all(
      weeks.flatMap(({ seed, met }) =>
        [...promises, ...(seed === 1 ? [beyond] : [])].map((promise) =>
          Play.begin(subject, seed, met, promise),
        ),
      ),
    );
    for (let from = 0; from < outputs; from += batch) {
      await Promise.all(plays.map((one) => one.next(from)));
      await lookedAt(
        subject,
        plays.map(({ gate }) => gate),
      );
      await Promise.all(plays.map((one) => one.learn(from + batch)));
      if (from % 5_000 === 0) process.stderr.write(`${from + batch} of ${outputs}\n`);
    }
    return {
      ...{ outputs, batch, reviewer_error, seconds_a_decision },
      always: weeks.map(({ seed, met }) => ({ seed, ...told(met, () => false) })),
      fixed_threshold: weeks.map(({ seed, met }) => ({ seed, ...told(met, passesFixed) })),
      guaranteed: plays.map((one) => one.told()),
    };
  } finally {
    await subject.stop();
  }
}

/** Draws with replacement, so that the true risk of a threshold is the same all along. */
function weekOf(pools: readonly Pool[], length: number, seed: number): Met[] {
  const random = randomOf(seed);
  const known = pools.map(({ design, outputs }) => [...design, ...outputs]);
  return Array.from({ length }, (_none, at) => {
    const model = Math.floor((at / length) * pools.length);
    const from = known[model] as ScoredOutput[];
    const { score, loss } = from[Math.floor(random() * from.length)] as ScoredOutput;
    const says = [0, 1, 2].map(() => (loss === 0) !== random() < reviewer_error);
    return { score, loss, says, model_version: models[model] as string };
  });
}

const submissionOf = ({ score, model_version }: Met) =>
  OutputSubmission.parse({ content: 'An answer.', confidence: score, model_version });

const passesFixed = (one: Met) => judge(fixed, submissionOf(one), 1).verdict === 'pass';

type Promised = (typeof promises)[number];

/** One week at one gate. */
class Play {
  readonly gate: StaffedGate;
  #seed: number;
  #promise: Promised;
  #met: readonly Met[];
  #passed = new Set<Met>();
  #checked = 0;
  /** By model, after how many of its outputs it was first certified. */
  #certified: Record<string, number> = {};
  #stand: GatePromise | undefined;

  private constructor(gate: StaffedGate, seed: number, met: readonly Met[], promise: Promised) {
    this.gate = gate;
    this.#seed = seed;
    this.#met = met;
    this.#promise = promise;
  }

  static async begin(subject: Subject, seed: number, met: readonly Met[], promise: Promised) {
    const { second_opinion, ...terms } = promise;
    const policy = { mode: 'guaranteed', ...terms, delta: 0.05, quorum: { second_opinion } };
    const name = `week-${seed}-${terms.alpha * 100}-${second_opinion.replace('_', '-')}`;
    return new Play(await StaffedGate.open(subject, name, policy, 3), seed, met, promise);
  }

  /** What comes next is submitted, and then decided on. */
  async next(from: number): Promise<void> {
    const some = this.#met.slice(from, from + batch);
    const results = await this.gate.submit(some.map(submissionOf));
    const cases = results.flatMap(({ verdict, case_id }, at) => {
      const one = some[at] as Met;
      if (verdict === 'pass') this.#passed.add(one);
      if (verdict === 'pass' && case_id) this.#checked++;
      return case_id ? [{ case_id, says: one.says }] : [];
    });
    await this.gate.decide(cases);
  }

  async learn(seen: number): Promise<void> {
    this.#stand = await this.gate.promise();
    for (const { model_version, tiers } of this.#stand.epochs) {
      if (!model_version || !tiers.some(({ certificate }) => certificate)) continue;
      const first = this.#met.findIndex((one) => one.model_version === model_version);
      this.#certified[model_version] ??= seen - first;
    }
  }

  told() {
    const epochs = this.#stand?.epochs ?? [];
    const events = (type: string) =>
      (this.#stand?.events ?? []).filter((one) => one.type === type).length;
    return {
      ...{ seed: this.#seed, ...this.#promise, certified_after: this.#certified },
      thresholds: epochs.map(({ model_version, tiers }) => [model_version, tiers[0]?.threshold]),
      ...{ warnings: events('gate.warned'), alarms: events('gate.alarmed') },
      checked: this.#checked,
      ...told(this.#met, (one) => this.#passed.has(one), this.gate.answers, this.#certified),
    };
  }
}

/** What passed, how much of it was wrong in truth, and what people had to do.
 *  @param answers how often somebody decided, where it is not once of each that is held
 *  @param since after how many outputs of each model what passes is counted as coverage too */
function told(
  met: readonly Met[],
  passes: (one: Met) => boolean,
  answers?: number,
  since: Record<string, number> = {},
) {
  const passed = met.filter(passes);
  const decisions = answers ?? met.length - passed.length;
  return {
    by_model: models.map((model) => {
      const own = ({ model_version }: Met) => model_version === model;
      const [all, through] = [met.filter(own), passed.filter(own)];
      const after = all.slice(since[model] ?? all.length);
      return {
        ...{ model, outputs: all.length, passed: through.length },
        ...{ wrong: wrongOf(through), risk: riskOf(through) },
        coverage: round(through.length / all.length),
        ...(after.length
          ? { coverage_since: round(after.filter(passes).length / after.length) }
          : {}),
      };
    }),
    ...{ passed: passed.length, risk: riskOf(passed), coverage: round(passed.length / met.length) },
    ...{ decisions, people_hours: round((decisions * seconds_a_decision) / 3_600) },
    of_always: round(decisions / met.length),
  };
}

const wrongOf = (some: readonly Met[]) => some.reduce((sum, { loss }) => sum + loss, 0);
const riskOf = (some: readonly Met[]) => (some.length ? round(wrongOf(some) / some.length) : null);
