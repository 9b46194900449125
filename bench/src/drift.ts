import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { alarms } from './drift-alarms.ts';
import { type Gate, type Opening, staticGate, trackingGate } from './drift-gates.ts';
import { after, before, openingsOf } from './drift-openings.ts';
import { RecertifyingGate } from './drift-recertify.ts';
import {
  drawOutput,
  type Mix,
  oracleCoverage,
  randomOf,
  readTraffic,
  type Traffic,
} from './drifting.ts';
import { figuresOf, meanOf, round } from './figures.ts';

const length = 30_000;
const changed_at = 10_000;

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
  hold: (opening) => new RecertifyingGate(opening, { ends: 'any', meanwhile: 'hold' }),
  hold_by_checks: (opening) => new RecertifyingGate(opening, { ends: 'checks', meanwhile: 'hold' }),
  track: (opening) => new RecertifyingGate(opening, { ends: 'any', meanwhile: 'track' }),
  track_by_checks: (opening) =>
    new RecertifyingGate(opening, { ends: 'checks', meanwhile: 'track' }),
};

/**
 * Gates in a world that changes. Traffic is drawn from CLINC150's test part, as the built-in classifier
 * answers it, so that the true risk of every threshold is known; each run begins with a threshold
 * certified on 3,000 outputs of its own.
 * @param options.data folder that holds clinc150
 * @param options.quick 4 runs of each gate and 20 of each detector, instead of 40 and 200
 */
export async function run(options: {
  quick: boolean;
  data: string | undefined;
}): Promise<Record<string, unknown>> {
  const { quick, data } = options;
  if (data === undefined || !existsSync(join(data, 'clinc150/data_full.json'))) {
    return { skipped: 'needs --data FOLDER with clinc150' };
  }
  // A detector alone is watched in all of them, a whole gate in a fifth.
  const runs = quick ? 20 : 200;
  const { met, planned } = readTraffic(data);
  const of = [0.05, 0.02].map((alpha) => {
    const openings = openingsOf(met, planned, alpha, runs);
    const adapting = Object.fromEntries(
      Object.entries(worlds).map(([world, mixAt]) => {
        return [world, adapt(met, mixAt, openings.slice(0, runs / 5))];
      }),
    );
    return { alpha, adapting, ...alarms(met, before, after, openings) };
  });
  return { runs, length, changed_at, before, after, of };
}

/** Every gate through the same outputs of one world, once for each opening. */
function adapt(met: Traffic, mixAt: (at: number) => Mix, openings: readonly Opening[]) {
  const late = length - length / 3;
  const alpha = openings[0]?.alpha ?? Number.NaN;
  const looks = Array.from({ length: 20 }, (_none, at) => late + (at * (length - late)) / 20);
  const oracle = meanOf(looks.map((at) => oracleCoverage(met, mixAt(at), alpha)));
  const by_gate = Object.entries(gates).map(([gate, make]) => {
    const plays = openings.map((opening, at) => play(met, mixAt, make(opening), 1001 + at, late));
    const mean = (of: (each: Play) => number) => meanOf(plays.map(of));
    const coverage = mean((each) => each.coverage);
    return {
      gate,
      late_risk: figuresOf(plays.map(({ risk }) => risk)),
      late_risk_mean: mean(({ risk }) => risk),
      late_coverage: coverage,
      of_oracle: round(coverage / oracle),
      late_uncertified: mean((each) => each.late_uncertified),
      risk_since_change: mean(({ risk_since }) => risk_since),
      labels_an_output: mean(({ labels }) => labels),
      alarms: mean((each) => each.alarms),
      to_certify: figuresOf(plays.flatMap((each) => each.uncertified)),
      while_uncertified: {
        coverage: mean((each) => each.meanwhile.coverage),
        risk: mean((each) => each.meanwhile.risk),
      },
    };
  });
  return { oracle_coverage: oracle, by_gate };
}

type Play = ReturnType<typeof play>;

function play(met: Traffic, mixAt: (at: number) => Mix, gate: Gate, seed: number, late: number) {
  const random = randomOf(seed);
  const [all, since, lately, open] = [new Sum(), new Sum(), new Sum(), new Sum()];
  const late_open = new Sum();
  let labels = 0;
  for (let at = 0; at < length; at++) {
    const output = drawOutput(met, mixAt(at), random);
    const uncertified = gate instanceof RecertifyingGate && !gate.certified;
    const { passed, labelled } = gate.see(output, random);
    if (labelled) labels++;
    all.add(passed, output.loss);
    if (at >= changed_at) since.add(passed, output.loss);
    if (at >= late) lately.add(passed, output.loss);
    if (uncertified) open.add(passed, output.loss);
    if (uncertified && at >= late) late_open.add(passed, output.loss);
  }
  return {
    ...{ risk: lately.risk, coverage: lately.coverage, risk_since: since.risk },
    late_uncertified: late_open.n / lately.n,
    labels: labels / all.n,
    alarms: gate instanceof RecertifyingGate ? gate.alarms : 0,
    uncertified: gate instanceof RecertifyingGate ? gate.uncertified : [],
    meanwhile: { coverage: open.coverage, risk: open.risk },
  };
}

class Sum {
  n = 0;
  #passed = 0;
  #wrong = 0;
  add(passed: boolean, loss: number): void {
    this.n++;
    if (!passed) return;
    this.#passed++;
    this.#wrong += loss;
  }
  get coverage(): number {
    return this.#passed / Math.max(1, this.n);
  }
  get risk(): number {
    return this.#wrong / Math.max(1, this.#passed);
  }
}
