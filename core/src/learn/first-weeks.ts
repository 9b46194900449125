import { invalid } from '../refusal.ts';
import { checkOutputs } from './certificate.ts';
import { type Chance, checkSeed, seededChance } from './chance.ts';
import {
  type DividedTarget,
  loosest,
  type TieredOutput,
  targetsOf,
  tierPlaces,
} from './planned-tiers.ts';
import { PlayedTier } from './played-tier.ts';
import { binOf } from './score-grid.ts';
import { score_bins } from './starts.ts';
import { checkTarget } from './target.ts';

export interface FirstWeeksSetup extends DividedTarget {
  /** Share of what passes that people see anyway, over 0 and up to 1. */
  spot_check: number;
  /** How often people judge wrongly, either way, 0 to under .5. */
  label_noise: number;
  outputs_a_day: number;
  /** Days that are played, and how often, each time with other chance. */
  days: number;
  runs: number;
  seed: number;
}

/** A figure over the runs: a tenth of them lie under `low`, a tenth over `high`. */
export interface Spread {
  low: number;
  middle: number;
  high: number;
}

export interface PlannedDay {
  /** From 1. */
  day: number;
  /** Share of the runs in which the gate is open at its end, at least for one tier. */
  open: number;
  held: Spread;
  spot_checked: Spread;
  /** Held and spot-checked: what people look at. */
  looked_at: Spread;
  /** Share of all that passed until then that was wrong, or its mean loss, of the runs in which anything
   *  passed. */
  wrong: Spread | null;
}

/** When something was proven, over the runs. */
export interface Opening {
  /** Day on which the first certificate came, of the runs in which one did. */
  opened: Spread | null;
  /** Runs in which one came, and that ended at a threshold which breaks its promise on the file as a
   *  whole. */
  runs_opened: number;
  runs_broken: number;
}

/** Of all tiers together: opened is the first of them, and one that breaks its promise breaks it. */
export interface FirstWeeks extends Opening {
  days: PlannedDay[];
  /** Each by itself, in the order of the setup. */
  tiers: (Opening & { tier: string })[];
}

/**
 * The first weeks of a gate that opens by proof, played day by day with outputs drawn from those of the
 * past: everything is held and judged; once what was judged proves a threshold, what scores over it
 * passes with spot checks, and every day's labels are looked at again. What is proven is what
 * `certifyFromTallies` proves, of each tier by its own labels and with its part of delta.
 *
 * Assumes: traffic like that of the file, and as much every day; labels of the file are true; people
 * judge on the same day what they get, and are wrong independently.
 * A gate knows right and wrong alone: an output with a loss between them is said to be wrong with that
 * loss for a chance, so that as much is wrong in the mean and the promise is of the mean loss.
 * @param outputs losses 0 to 1, scores 0..1, at least one
 * @param onRun told after every run, for progress
 * @throws Refusal invalid: a value out of its range
 */
export function playFirstWeeks(
  outputs: readonly TieredOutput[],
  setup: FirstWeeksSetup,
  onRun?: (done: number) => void,
): FirstWeeks {
  checkSetup(outputs, setup);
  const traffic = trafficOf(outputs, setup);
  const targets = targetsOf(setup);
  const played: Run[] = [];
  for (let run = 0; run < setup.runs; run++) {
    played.push(playRun(traffic, setup, seededChance(setup.seed * 1_000_003 + run)));
    onRun?.(run + 1);
  }
  const ends = (run: Run) =>
    run.tiers.map(({ bin, opened_on }, at) => {
      const { alpha } = targets[at] as (typeof targets)[number];
      return { opened_on, broken: bin !== null && riskFrom(traffic, at, bin) > alpha };
    });
  const by_run = played.map(ends);
  return {
    days: Array.from({ length: setup.days }, (_none, at) => dayOf(played, at)),
    tiers: targets.map(({ tier }, at) => ({
      tier,
      ...openingOf(by_run.map((tiers) => tiers[at] as End)),
    })),
    ...openingOf(by_run.map(firstOf)),
  };
}

interface End {
  opened_on: number | null;
  broken: boolean;
}

function firstOf(tiers: readonly End[]): End {
  const days = tiers.flatMap(({ opened_on }) => (opened_on === null ? [] : [opened_on]));
  return {
    opened_on: days.length ? Math.min(...days) : null,
    broken: tiers.some(({ broken }) => broken),
  };
}

function openingOf(runs: readonly End[]): Opening {
  const opened = runs.flatMap(({ opened_on }) => (opened_on === null ? [] : [opened_on]));
  return {
    opened: opened.length ? spreadOf(opened) : null,
    runs_opened: opened.length,
    runs_broken: runs.filter(({ broken }) => broken).length,
  };
}

interface Traffic {
  bin: Uint16Array;
  loss: Float64Array;
  tier: Uint16Array;
}

const trafficOf = (outputs: readonly TieredOutput[], setup: FirstWeeksSetup): Traffic => ({
  bin: Uint16Array.from(outputs, ({ score }) => binOf(score, score_bins)),
  loss: Float64Array.from(outputs, ({ loss }) => loss),
  tier: tierPlaces(outputs, setup),
});

function riskFrom({ bin, loss, tier }: Traffic, of: number, from: number): number {
  let [passed, missed] = [0, 0];
  bin.forEach((each, at) => {
    if (each < from || tier[at] !== of) return;
    passed++;
    missed += loss[at] as number;
  });
  return passed ? missed / passed : 0;
}

interface Run {
  days: { held: number; spot_checked: number; open: boolean; wrong: number | null }[];
  tiers: PlayedTier[];
}

const sure = 2 ** 32;

function playRun(traffic: Traffic, setup: FirstWeeksSetup, chance: Chance): Run {
  const { spot_check, label_noise, outputs_a_day } = setup;
  const happens = (share: number) => chance() < share * sure;
  const tiers = targetsOf(setup).map((target) => new PlayedTier(target, spot_check));
  const days: Run['days'] = [];
  let [passed, missed] = [0, 0];
  for (let day = 1; day <= setup.days; day++) {
    let [held, spot_checked] = [0, 0];
    for (let i = 0; i < outputs_a_day; i++) {
      const at = chance() % traffic.bin.length;
      const [score, loss] = [traffic.bin[at] as number, traffic.loss[at] as number];
      const tier = tiers[traffic.tier[at] as number] as PlayedTier;
      const passes = tier.passes(score);
      if (passes) {
        passed++;
        missed += loss;
        if (!happens(spot_check)) continue;
        spot_checked++;
      } else held++;
      const wrong = loss > 0 && loss < 1 ? Number(happens(loss)) : loss;
      tier.judge(score, happens(label_noise) ? 1 - wrong : wrong, happens);
    }
    for (const tier of tiers) tier.look(day);
    const share = passed ? missed / passed : null;
    days.push({ held, spot_checked, open: tiers.some(({ bin }) => bin !== null), wrong: share });
  }
  return { days, tiers };
}

function dayOf(played: readonly Run[], at: number): PlannedDay {
  const rows = played.map(({ days }) => days[at] as Run['days'][number]);
  const wrong = rows.flatMap((row) => (row.wrong === null ? [] : [row.wrong]));
  return {
    day: at + 1,
    open: rows.filter(({ open }) => open).length / rows.length,
    held: spreadOf(rows.map(({ held }) => held)),
    spot_checked: spreadOf(rows.map(({ spot_checked }) => spot_checked)),
    looked_at: spreadOf(rows.map(({ held, spot_checked }) => held + spot_checked)),
    wrong: wrong.length ? spreadOf(wrong) : null,
  };
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] as number;
  return { low: at(0.1), middle: at(0.5), high: at(0.9) };
}

function checkSetup(outputs: readonly TieredOutput[], setup: FirstWeeksSetup): void {
  checkTarget(setup);
  for (const each of targetsOf(setup)) checkTarget(each);
  checkSeed(setup.seed);
  checkOutputs(outputs, 'outputs');
  const whole = (value: number, most: number) =>
    Number.isInteger(value) && value >= 1 && value <= most;
  const wrong = (field: string, message: string) => invalid({ field, message });
  if (!outputs.length) throw wrong('outputs', 'must have at least one');
  const { spot_check, label_noise } = setup;
  if (!(spot_check > 0 && spot_check <= 1)) throw wrong('spot_check', 'must be over 0, up to 1');
  if (!(label_noise >= 0 && label_noise < 0.5)) {
    throw wrong('label_noise', 'must be at least 0 and under 0.5');
  }
  if (loosest(setup) + label_noise >= 1) {
    throw wrong('label_noise', 'and alpha must be under 1 together');
  }
  const { outputs_a_day, days, runs } = setup;
  if (!whole(outputs_a_day, 100_000)) throw wrong('outputs_a_day', 'must be from 1 to 100000');
  if (!whole(days, 365)) throw wrong('days', 'must be from 1 to 365');
  if (!whole(runs, 1_000)) throw wrong('runs', 'must be from 1 to 1000');
}
