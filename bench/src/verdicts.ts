import { judge, OutputSubmission, Policy, type Standing } from '@wheelhouse/core';
import {
  blocksOf,
  certify,
  certifyFromTallies,
  certifySplit,
  planThresholds,
  riskCurve,
  type ScoredOutput,
  seededChance,
  talliesOf,
} from '@wheelhouse/core/learn';
import { figuresOf } from './figures.ts';

const goals = { verdict_us: 2, certify_100k_ms: 200 };
const outputs = 100_000;
const target = { alpha: 0.02, delta: 0.05 };
/** A clock tick is longer than a verdict, so that many are timed at once. */
const batch = 10_000;

/**
 * What the pure core costs, without a server: a verdict, and a certificate of 100,000 judged outputs.
 * @param options.quick a fifth of the samples
 */
export async function run(options: { quick: boolean }): Promise<Record<string, unknown>> {
  const samples = options.quick ? 10 : 50;
  return {
    node: process.version,
    goals,
    verdict_us: Object.fromEntries(
      Object.entries(policies).map(([name, policy]) => [name, verdictTimes(policy, samples)]),
    ),
    certify_ms: certificateTimes(samples / 2),
  };
}

const policies = {
  guaranteed: Policy.parse({ mode: 'guaranteed', alpha: 0.02, delta: 0.05, spot_check: 0.05 }),
  threshold: Policy.parse({ mode: 'threshold', threshold: 0.8, spot_check: 0.05 }),
};

const standing: Standing = {
  ...{ epoch_id: 'epoch_1', tier: 'all', threshold: 0.8, certificate_id: 'cert_1', tracked: null },
  ...{
    spot_check: 0.05,
    labelled: 500,
    wrong: 0,
    unlikely: false,
    needed: 0,
    designing: false,
    alarmed: false,
    unwatched: false,
  },
};

/** Microseconds of one verdict, as means of batches; the first batches warm the engine up. */
function verdictTimes(policy: Policy, samples: number) {
  const chance = seededChance(1);
  const random = () => chance() / 2 ** 32;
  const submissions = Array.from({ length: batch }, () =>
    OutputSubmission.parse({ content: 'An answer.', confidence: random() }),
  );
  const chances = Float64Array.from({ length: batch }, random);
  const times: number[] = [];
  // What others on the machine do stretches the one and not the other.
  const processor_times: number[] = [];
  let passed = 0;
  for (let sample = -5; sample < samples; sample++) {
    const from = performance.now();
    const processor = process.cpuUsage();
    for (let at = 0; at < batch; at++) {
      const output = submissions[at] as OutputSubmission;
      if (judge(policy, output, chances[at] as number, standing).verdict === 'pass') passed++;
    }
    if (sample < 0) continue;
    times.push(((performance.now() - from) / batch) * 1000);
    const { user, system } = process.cpuUsage(processor);
    processor_times.push((user + system) / batch);
  }
  const share_passed = passed / batch / (samples + 5);
  return { ...figuresOf(times), processor: figuresOf(processor_times), share_passed };
}

/** Errors that grow rarer with the score, as those of a calibrated classifier do. */
function judged(n: number, seed: number): ScoredOutput[] {
  const chance = seededChance(seed);
  const random = () => chance() / 2 ** 32;
  return Array.from({ length: n }, () => {
    const score = 1 - random() ** 3;
    return { score, loss: random() > score ? 1 : 0 };
  });
}

/** Milliseconds of a certificate of 100,000 judged outputs, by way, sorting and checking included. */
function certificateTimes(samples: number) {
  const sample = judged(outputs, 2);
  const plan = planThresholds(judged(5_000, 3), { ...target, n: outputs });
  const weighed = sample.map((output) => ({ ...output, weight: output.score > 0.9 ? 1 : 0.05 }));
  // Every other error half as grave: then the p-values are by betting.
  const partly = sample.map((one, at) => ({ ...one, loss: at % 2 ? one.loss / 2 : one.loss }));
  const bins = 200;
  const ways: Record<string, () => unknown> = {
    planned: () => certify(plan, sample, target),
    planned_partial: () => certify(plan, partly, target),
    split: () => certifySplit(sample, target),
    daily_labels: () =>
      certifyFromTallies({ tallies: talliesOf(weighed, bins), bins, starts: [190], ...target }),
    curve: () => riskCurve(blocksOf(sample)),
  };
  return Object.fromEntries(
    Object.entries(ways).map(([name, act]) => {
      act();
      const times: number[] = [];
      const processor_times: number[] = [];
      for (let at = 0; at < samples; at++) {
        const from = performance.now();
        const processor = process.cpuUsage();
        act();
        times.push(performance.now() - from);
        const { user, system } = process.cpuUsage(processor);
        processor_times.push((user + system) / 1000);
      }
      return [name, { ...figuresOf(times), processor: figuresOf(processor_times) }];
    }),
  );
}
