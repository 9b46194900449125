import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { certify, planThresholds } from '@wheelhouse/core/learn';
import { alarms } from './drift-alarms.ts';
import {
  type Gate,
  type Opening,
  RecertifyingGate,
  staticGate,
  trackingGate,
} from './drift-gates.ts';
import {
  drawOutput,
  type Mix,
  oracleCoverage,
  type Random,
  randomOf,
  readTraffic,
  type Traffic,
} from './drifting.ts';
import { figuresOf, meanOf, round } from './figures.ts';

const length = 30_000;
const changed_at = 10_000;
const calibration = 3_000;
const delta = 0.05;
const before: Mix = { strange: 0.03, hard: 0.2 };
const after: Mix = { ...before, strange: 0.25 };

/** How traffic changes, by the output's number. */
const worlds: Record<string, (at: number) => Mix> = {
  sudden: (at) => (at < changed_at ? before : after),
  slow: (at) => {
    const gone = Math.min(1, Math.max(0, (at - 5_000) / 15_000));
    return { ...before, strange: before.strange + (after.strange - before.strange) * gone };
  },
  labels: (at) => (at < changed_at ? before : { ...before, hard: 0.9 }),
};

const gates: Record<string, (opening: Opening) => Gate> = {
  static: staticGate,
  tracking_slowly: (opening) => trackingGate(opening, 0.02),
  tracking: (opening) => trackingGate(opening, 0.04),
  recertifying: (opening) => new RecertifyingGate(opening),
};

/**
 * Gates in a world that changes. Traffic is drawn from CLINC150's test part, as the built-in classifier
 * answers it, so that the true risk of every threshold is known; each run begins with a threshold
 * certified on 3,000 outputs of its own.
 * @param options.data folder that holds clinc150
 * @param options.quick 20 runs of each, instead of 200
 */
export async function run(options: {
  quick: boolean;
  data: string | undefined;
}): Promise<Record<string, unknown>> {
  const { quick, data } = options;
  if (data === undefined || !existsSync(join(data, 'clinc150/data_full.json'))) {
    return { skipped: 'needs --data FOLDER with clinc150' };
  }
  const runs = quick ? 20 : 200;
  const { met, planned } = readTraffic(data);
  const of = [0.05, 0.02].map((alpha) => {
    const openings = Array.from({ length: runs }, (_none, at) =>
      open(met, planned, alpha, randomOf(1 + at)),
    );
    const adapting = Object.fromEntries(
      Object.entries(worlds).map(([world, mixAt]) => [world, adapt(met, mixAt, openings)]),
    );
    return { alpha, adapting, ...alarms(met, before, after, openings) };
  });
  return { runs, length, changed_at, before, after, of };
}

/** A certificate, planned on validation texts, from a sample of the traffic before the change. */
function open(met: Traffic, planned: Traffic, alpha: number, random: Random): Opening {
  const draw = (traffic: Traffic) =>
    Array.from({ length: calibration }, () => drawOutput(traffic, before, random));
  const plan = planThresholds(draw(planned), { alpha, delta, n: calibration });
  const sample = draw(met);
  const { threshold } = certify(plan, sample, { alpha, delta });
  return {
    ...{ alpha, delta, checks: 0.05, threshold: threshold ?? Number.POSITIVE_INFINITY },
    scores: sample.map(({ score }) => score),
  };
}

/** Every gate through the same outputs of one world, once for each opening. */
function adapt(met: Traffic, mixAt: (at: number) => Mix, openings: readonly Opening[]) {
  const late = length - length / 3;
  const alpha = openings[0]?.alpha ?? Number.NaN;
  const looks = Array.from({ length: 20 }, (_none, at) => late + (at * (length - late)) / 20);
  const oracle = meanOf(looks.map((at) => oracleCoverage(met, mixAt(at), alpha)));
  const by_gate = Object.entries(gates).map(([gate, make]) => {
    const plays = openings.map((opening, at) => play(met, mixAt, make(opening), 1001 + at, late));
    const coverage = meanOf(plays.map((each) => each.coverage));
    return {
      gate,
      late_risk: figuresOf(plays.map(({ risk }) => risk)),
      late_risk_mean: meanOf(plays.map(({ risk }) => risk)),
      late_coverage: coverage,
      of_oracle: round(coverage / oracle),
      risk_since_change: meanOf(plays.map(({ risk_since }) => risk_since)),
      labels_an_output: meanOf(plays.map(({ labels }) => labels)),
      alarms: meanOf(plays.map((each) => each.alarms)),
    };
  });
  return { oracle_coverage: oracle, by_gate };
}

function play(met: Traffic, mixAt: (at: number) => Mix, gate: Gate, seed: number, late: number) {
  const random = randomOf(seed);
  const sums = { passed: 0, wrong: 0, since: 0, wrong_since: 0, labels: 0 };
  for (let at = 0; at < length; at++) {
    const output = drawOutput(met, mixAt(at), random);
    const { passed, labelled } = gate.see(output, random);
    if (labelled) sums.labels++;
    if (passed && at >= changed_at) {
      sums.since++;
      sums.wrong_since += output.loss;
    }
    if (passed && at >= late) {
      sums.passed++;
      sums.wrong += output.loss;
    }
  }
  return {
    risk: sums.wrong / Math.max(1, sums.passed),
    coverage: sums.passed / (length - late),
    risk_since: sums.wrong_since / Math.max(1, sums.since),
    labels: sums.labels / length,
    alarms: gate instanceof RecertifyingGate ? gate.alarms : 0,
  };
}
