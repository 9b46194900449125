import { expect, test } from 'vitest';
import { lowerTail } from './binomial.ts';
import { seededChance } from './chance.ts';
import { holdMonitor, holdStep, monitorEvidence, monitorStep, scoreMonitor } from './monitor.ts';
import { certifyFromTallies, type Tally } from './operational.ts';
import { binOf } from './score-grid.ts';
import { design_share, score_bins, startsOf } from './starts.ts';

const draws = 600;
const target = { alpha: 0.3, delta: 0.2 };
/** At most a tenth of watches of 100 outputs. */
const [limit, watched] = [1_000, 100];
const couldBe = (hits: number) => 1 - lowerTail(hits - 1, draws, watched / limit) > 1e-4;

type Random = () => number;
const drawn = (random: Random) => {
  const score = 1 - random() ** 2;
  return { bin: binOf(score, score_bins), wrong: random() > score ? 1 : 0 };
};

/** All that came until its labels proved a threshold, by bin of score, and that threshold's bin. */
function proven(random: Random): { reference: number[]; cut: number } {
  const reference = new Array<number>(score_bins).fill(0);
  const [design, tallies]: [Tally[], Tally[]] = [[], []];
  let starts: number[] | null = null;
  for (let came = 1; ; came++) {
    const { bin, wrong } = drawn(random);
    (reference[bin] as number)++;
    const phase = starts === null && random() < design_share ? design : tallies;
    phase.push({ bin, weight: 1, wrong, n: 1 });
    if (came % 5) continue;
    starts ??= startsOf(design, target);
    if (!starts) continue;
    const found = certifyFromTallies({ tallies, bins: score_bins, ...target, starts });
    if (found.bin !== null) return { reference, cut: found.bin };
  }
}

/** Which of both told falsely, in seeded watches that begin with a proof.
 *  @param seenOf what of that time a monitor is given */
function falsely(seenOf: (reference: number[], cut: number) => number[]) {
  const told = { held: 0, scores: 0 };
  for (let seed = 1; seed <= draws; seed++) {
    const chance = seededChance(seed);
    const random = () => chance() / 2 ** 32;
    const { reference, cut } = proven(random);
    const seen = seenOf(reference, cut);
    const count = (from: number, to?: number) =>
      seen.slice(from, to).reduce((sum, one) => sum + one, 0);
    let held = holdMonitor({ held: count(0, cut), passed: count(cut) });
    let scores = scoreMonitor(seen);
    const first = { held: 0, scores: 0 };
    for (let at = 0; at < watched; at++) {
      const { bin } = drawn(random);
      held = holdStep(held, bin < cut, random());
      scores = monitorStep(scores, bin, random());
      if (monitorEvidence(held) >= limit) first.held = 1;
      if (monitorEvidence(scores) >= limit) first.scores = 1;
    }
    told.held += first.held;
    told.scores += first.scores;
  }
  return told;
}

test('[G74] what is watched against the time of a proof, whose labels say when it ends, is told falsely no oftener', () => {
  const told = falsely((reference) => reference);
  const said = JSON.stringify(told);
  expect([couldBe(told.held), couldBe(told.scores)], said).toEqual([true, true]);
});

test('[G74] of what came before a proof also that counts which nobody decided yet', () => {
  // Had people decided what is sure first, and little of the rest, it would look like a change.
  const told = falsely((reference, cut) =>
    reference.map((count, bin) => (bin < cut ? Math.floor(count / 6) : count)),
  );
  const said = JSON.stringify(told);
  expect([couldBe(told.held), couldBe(told.scores)], said).toEqual([false, false]);
});
