import {
  type Detector,
  detectorEvidence,
  detectorOf,
  detectorStep,
  lowerTail,
} from '@wheelhouse/core/learn';
import type { Opening } from './drift-gates.ts';
import { type Mix, type Random, randomOf, type Traffic, truthAt } from './drifting.ts';
import { figuresOf, meanOf, round } from './figures.ts';

/** Outputs without a change, in which an alarm is false. */
const watched = 20_000;
/** A change that is not found in so many outputs counts as found then. */
const longest = 200_000;
/** Checks in each of the usual tests, one after another. */
const block = 100;

/** How late a change from one mix to another is told, and how often there is none. */
export function alarms(met: Traffic, before: Mix, after: Mix, openings: readonly Opening[]) {
  const truths = openings.map(({ threshold }) => ({
    before: truthAt(met, before, threshold),
    after: truthAt(met, after, threshold),
  }));
  return {
    risk_before: meanOf(truths.map((each) => each.before.risk)),
    risk_after: meanOf(truths.map((each) => each.after.risk)),
    held_before: meanOf(truths.map((each) => 1 - each.before.coverage)),
    held_after: meanOf(truths.map((each) => 1 - each.after.coverage)),
    by_checks: [0.01, 0.02, 0.05, 0.1].map((checks) => ({
      checks,
      ...byChecks(truths, checks, openings[0]?.alpha ?? Number.NaN),
    })),
  };
}

interface Truth {
  before: { coverage: number; risk: number };
  after: { coverage: number; risk: number };
}
/** Whether it sounds after one more check. */
type Alarm = (loss: number) => boolean;

const detector = (kind: Detector['kind'], alpha: number, limit: number) => (): Alarm => {
  let now = detectorOf(kind, alpha);
  return (loss) => {
    now = detectorStep(now, loss);
    return detectorEvidence(now) >= limit;
  };
};

/** What is usually done: every hundred checks are tested by themselves, at 5%. */
const blocks = (alpha: number) => (): Alarm => {
  let [n, wrong] = [0, 0];
  return (loss) => {
    n++;
    wrong += loss;
    if (n < block) return false;
    const sounds = 1 - lowerTail(wrong - 1, n, alpha) <= 0.05;
    [n, wrong] = [0, 0];
    return sounds;
  };
};

function byChecks(truths: readonly Truth[], checks: number, alpha: number) {
  const kinds = {
    martingale: detector('martingale', alpha, 20),
    shiryaev_roberts: detector('shiryaev_roberts', alpha, 2_000),
    shiryaev_roberts_10000: detector('shiryaev_roberts', alpha, 10_000),
    blocks: blocks(alpha),
  };
  return Object.fromEntries(
    Object.entries(kinds).map(([name, make]) => {
      const found = truths.map((truth, run) => watch(make, truth, checks, randomOf(7001 + run)));
      return [
        name,
        {
          delay: figuresOf(found.map(({ delay }) => delay)).median,
          false_alarms: round(found.filter(({ falsely }) => falsely).length / truths.length),
        },
      ];
    }),
  );
}

/** Outputs until the change is told, and whether an alarm sounded in `watched` outputs before it. */
function watch(make: () => Alarm, { before, after }: Truth, checks: number, random: Random) {
  let alarm = make();
  // Of the outputs only those that are checked matter, so only they are drawn.
  const play = (outputs: number, { coverage, risk }: Truth['before']): number => {
    const count = Math.round(outputs * coverage * checks);
    for (let at = 1; at <= count; at++) {
      if (alarm(random() < risk ? 1 : 0)) return at / (coverage * checks);
    }
    return outputs;
  };
  const falsely = play(watched, before) < watched;
  if (falsely) alarm = make();
  return { falsely, delay: play(longest, after) };
}
