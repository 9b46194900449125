import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { holdStep, monitorEvidence, type ScoredOutput, warn_at } from '@wheelhouse/core/learn';
import { monitorsOf, type Opening, scoreStep } from './drift-gates.ts';
import { after, before, openingsOf } from './drift-openings.ts';
import { drawOutput, type Random, randomOf, readTraffic, type Traffic } from './drifting.ts';
import { figuresOf, round } from './figures.ts';

/** Outputs without a change, in which a warning is false. */
const watched = 20_000;
const changed_at = watched / 2;
/** A change that is not told in so many outputs counts as told then. */
const longest = 5_000;

type Draw = (met: Traffic, random: Random, opening: Opening) => ScoredOutput;
const usual = (met: Traffic, random: Random) => drawOutput(met, before, random);

/** What comes after the change. */
const changes: Record<string, Draw> = {
  strange: (met, random) => drawOutput(met, after, random),
  // As many wait as did: what passes is the less sure of two that would.
  less_sure: (met, random, { threshold }) => {
    const one = usual(met, random);
    if (one.score < threshold) return one;
    for (;;) {
      const other = usual(met, random);
      if (other.score >= threshold) return other.score < one.score ? other : one;
    }
  },
};
const kinds = ['held', 'scores', 'either'] as const;
type Told = Record<(typeof kinds)[number], number>;

/**
 * How soon a gate warns without labels that its traffic changed, and how often falsely: by the share that
 * waits, by the scores, and by either, as the product does.
 * @param options.data folder that holds clinc150
 * @param options.quick 20 runs of each, instead of 200
 */
export async function run(options: { quick: boolean; data: string | undefined }) {
  const { quick, data } = options;
  if (data === undefined || !existsSync(join(data, 'clinc150/data_full.json'))) {
    return { skipped: 'needs --data FOLDER with clinc150' };
  }
  const runs = quick ? 20 : 200;
  const { met, planned } = readTraffic(data);
  const of = [0.05, 0.02].map((alpha) => {
    const openings = openingsOf(met, planned, alpha, runs);
    const quiet = openings.map((opening, at) => {
      const { told } = play(met, usual, opening, { from: watched, to: watched }, 5001 + at);
      return told;
    });
    const false_warnings = Object.fromEntries(
      kinds.map((kind) => [kind, quiet.filter((told) => told[kind] < watched).length]),
    );
    const told = Object.entries(changes).map(([name, draw]) => ({
      change: name,
      ...changed(met, draw, openings),
    }));
    return { alpha, false_warnings, told };
  });
  return { runs, watched, longest, limit: warn_at, of };
}

function changed(met: Traffic, draw: Draw, openings: readonly Opening[]) {
  const span = { from: changed_at, to: changed_at + longest };
  const plays = openings.map((opening, at) => play(met, draw, opening, span, 9001 + at));
  const share = (part: (of: (typeof plays)[0]['was']) => number, whole: typeof part) => {
    const sum = (when: 'was' | 'is', of: typeof part) =>
      plays.reduce((total, one) => total + of(one[when]), 0);
    return [round(sum('was', part) / sum('was', whole)), round(sum('is', part) / sum('is', whole))];
  };
  const by = kinds.map((kind) => {
    const delays = plays.map(({ told }) => told[kind] - changed_at);
    const count = (some: (delay: number) => boolean) => delays.filter(some).length;
    return [
      kind,
      {
        delay: figuresOf(delays),
        before_it: count((delay) => delay < 0),
        within_300: round(count((delay) => delay <= 300) / plays.length),
        never: count((delay) => delay === longest),
      },
    ];
  });
  return {
    held: share(
      ({ n, passed }) => n - passed,
      ({ n }) => n,
    ),
    risk: share(
      ({ wrong }) => wrong,
      ({ passed }) => passed,
    ),
    by: Object.fromEntries(by),
  };
}

/** The output at which each first tells of a change; the last one where it does not. */
function play(
  met: Traffic,
  draw: Draw,
  opening: Opening,
  { from, to }: { from: number; to: number },
  seed: number,
) {
  const random = randomOf(seed);
  let { by_hold, by_score } = monitorsOf(opening.scores, opening.threshold);
  const told: Told = { held: to, scores: to, either: to };
  const empty = { n: 0, passed: 0, wrong: 0 };
  const [was, is] = [{ ...empty }, { ...empty }];
  for (let at = 0; at < to; at++) {
    const { score, loss } = (at < from ? usual : draw)(met, random, opening);
    const side = at < from ? was : is;
    side.n++;
    const passes = score >= opening.threshold;
    if (passes) side.passed++;
    if (passes) side.wrong += loss;
    by_hold = holdStep(by_hold, !passes, random());
    by_score = scoreStep(by_score, score, random());
    if (monitorEvidence(by_hold) >= warn_at) told.held = Math.min(told.held, at + 1);
    if (monitorEvidence(by_score) >= warn_at) told.scores = Math.min(told.scores, at + 1);
  }
  told.either = Math.min(told.held, told.scores);
  return { told, was, is };
}
