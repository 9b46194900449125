import { expect, test } from 'vitest';
import { beginAnewFrom, decisionsFor, firstBlock, isUnlikely, recent_blocks } from './attempts.ts';
import { lowerTail } from './binomial.ts';
import { seededChance } from './chance.ts';
import { certifyFromTallies, type Tally } from './operational.ts';
import { binOf } from './score-grid.ts';
import { score_bins, startsOf } from './starts.ts';
import { talliesOf } from './tallies.ts';
import { attemptDelta, isLeft } from './target.ts';

const target = { alpha: 0.1, delta: 0.1 };

interface Decided {
  score: number;
  loss: number;
}
type World = (at: number, random: () => number) => Decided;

/** How often a proof is looked at. */
const each = 60;

/** A gate's proof from its first output on, looked at again and again, and begun anew where it is said so. */
function play(seed: number, world: World, { most, anew = true }: { most: number; anew?: boolean }) {
  const chance = seededChance(seed);
  const random = () => chance() / 2 ** 32;
  let attempt = 1;
  let starts: number[] | null = null;
  let [design, test, asked_at] = [[] as Decided[], [] as Decided[], 0];
  for (let at = 1; at <= most; at++) {
    const one = world(at, random);
    (starts === null && random() < 0.2 ? design : test).push(one);
    if (at % each) continue;
    starts ??= startsOf(tallied(design), target);
    if (!starts) continue;
    const tallies = tallied(test);
    const delta = attemptDelta(target.delta, attempt);
    const given = { bins: score_bins, alpha: target.alpha, delta, starts };
    const { bin, needed } = certifyFromTallies({ ...given, tallies });
    if (bin !== null) return { at, attempt };
    const judged: Decided[] = [...design, ...test];
    let from: number[] | null = null;
    if (anew && judged.length >= asked_at) {
      asked_at = judged.length + firstBlock(target, attempt + 1) / 4;
      const left = decisionsFor(needed, starts, tallies);
      from = beginAnewFrom(ofLate(judged, attempt + 1), target, attempt + 1, left);
    }
    if (!from) continue;
    attempt++;
    [starts, design, test, asked_at] = [from, [], [], 0];
  }
  return { at: Number.POSITIVE_INFINITY, attempt };
}

const tallied = (some: Decided[]): Tally[] =>
  talliesOf(
    some.map((one) => ({ ...one, weight: 1 })),
    score_bins,
  );

function ofLate(judged: Decided[], attempt: number) {
  const first = firstBlock(target, attempt);
  const blocks: Decided[][] = [];
  [...judged].reverse().forEach((one, at) => {
    const steps = Math.ceil(Math.log((at + 1) / first) / Math.log(recent_blocks.growth));
    const block = Math.max(0, steps);
    blocks[block] = [...(blocks[block] ?? []), one];
  });
  return blocks.flatMap((some, block) => tallied(some).map((one) => ({ ...one, block })));
}

const flat =
  (risk: number): World =>
  (_at, random) => ({ score: random(), loss: random() < risk ? 1 : 0 });
const playAll = (draws: number, one: (seed: number) => ReturnType<typeof play>) =>
  Array.from({ length: draws }, (_none, seed) => one(seed + 1));
const middle = (values: number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] as number;

test('[G96] however many attempts there are, they have no more than delta together', () => {
  const parts = Array.from({ length: 60 }, (_none, at) => attemptDelta(0.05, at + 1));
  const sum = parts.reduce((total, one) => total + one, 0);
  expect(parts[0]).toBeCloseTo(0.045, 12);
  expect(sum).toBeLessThanOrEqual(0.05 + 1e-15);
  expect(sum).toBeGreaterThan(0.0499);
  expect([isLeft(target, 2), isLeft({ alpha: 0.1, delta: 1e-6 }, 40)]).toEqual([true, false]);
});

/** Whether anything is certified where exactly alpha is wrong, by somebody who begins anew whenever the
 *  evidence has fallen. */
function impatient(seed: number, part: typeof attemptDelta): boolean {
  const chance = seededChance(seed);
  let attempt = 1;
  let [wrong, n] = [0, 0];
  for (let at = 1; at <= 2_400; at++) {
    n++;
    wrong += chance() < target.alpha * 2 ** 32 ? 1 : 0;
    if (at % 15) continue;
    const given = { bins: 1, alpha: target.alpha, starts: [0] };
    const delta = part(target.delta, attempt);
    const one = (tallies: Tally[]) => certifyFromTallies({ ...given, delta, tallies });
    const { bin, needed } = one([{ bin: 0, weight: 1, wrong, n }]);
    if (bin !== null) return true;
    if (needed <= one([]).needed + 10) continue;
    [attempt, wrong, n] = [attempt + 1, 0, 0];
  }
  return false;
}

test('[G96] at the edge of the promise it is broken no oftener than allowed, however often it is begun anew', () => {
  const draws = 250;
  /** Whether a method that breaks at most delta could do so: the test itself is wrong once in 10,000. */
  const couldBe = (broken: number) => 1 - lowerTail(broken - 1, draws, target.delta) > 1e-4;
  const broken = (part: typeof attemptDelta) =>
    Array.from({ length: draws }, (_none, seed) => impatient(seed + 1, part)).filter(Boolean)
      .length;
  const found = broken((delta, attempt) =>
    isLeft(target, attempt) ? attemptDelta(delta, attempt) : 1e-12,
  );
  expect(couldBe(found), `${found} of ${draws}`).toBe(true);
  expect(found).toBeGreaterThan(0);
  // With all of delta for each attempt it breaks far oftener, and is seen to.
  const greedy = broken((delta) => delta);
  expect(couldBe(greedy), `${greedy} of ${draws}`).toBe(false);
});

test('[G95] a proof is begun anew soon after a bad time, and a gate that was never bad is not slower', () => {
  const outage: World = (at, random) => flat(at <= 500 ? 0.4 : 0.02)(at, random);
  const after = playAll(11, (seed) => play(seed, outage, { most: 3_000 }));
  const never = playAll(11, (seed) => play(seed, flat(0.02), { most: 3_000, anew: false }));
  const took = middle(after.map(({ at }) => at - 500));
  expect(took).toBeLessThan(5 * middle(never.map(({ at }) => at)));
  expect(after.every(({ attempt }) => attempt >= 2)).toBe(true);
  // Without it, none of them is proven in as long.
  const held_up = playAll(11, (seed) => play(seed, outage, { most: 3_000, anew: false }));
  expect(held_up.filter(({ at }) => at < 3_000).length).toBeLessThan(3);
  // Close to the promise evidence rises and falls; it goes on being gathered.
  const [without, with_it] = [false, true].map((anew) =>
    playAll(11, (seed) => play(seed, flat(0.6 * target.alpha), { most: 2_400, anew })),
  );
  const opened = (some: typeof without) => some?.filter(({ at }) => at < 2_400).length ?? 0;
  expect(opened(with_it)).toBeGreaterThanOrEqual(opened(without) - 2);
});

test('[G95] what was good of late begins anew, at starts that it tells, and what is nearer goes on', () => {
  const clean = (block: number, n: number, score = 0.6) => ({
    ...{ bin: binOf(score, score_bins), weight: 1, wrong: 0, n, block },
  });
  const first = firstBlock(target, 2);
  const good = [clean(0, first), clean(1, Math.ceil(first / 4))];
  const start = [binOf(0.6, score_bins)];
  expect(beginAnewFrom(good, target, 2, 10_000)).toEqual(start);
  // What lacks less than a new beginning would is not given up.
  expect(beginAnewFrom(good, target, 2, first - 1)).toBeNull();
  expect(beginAnewFrom([clean(0, first - 20)], target, 2, 10_000)).toBeNull();
  const bad = good.map((one) => ({ ...one, wrong: Math.ceil(one.n / 4) }));
  expect(beginAnewFrom(bad, target, 2, 10_000)).toBeNull();
  // A bad time before is left out.
  const both = [...good, { ...clean(2, 500), wrong: 200 }];
  expect(beginAnewFrom(both, target, 2, 10_000)).toEqual(start);
  expect(beginAnewFrom(good, { alpha: 0.1, delta: 1e-6 }, 40, 10_000)).toBeNull();
  expect(decisionsFor(10, start, [...good, clean(0, 10, 0.1)])).toBeGreaterThan(10);
});

test('[G97] that it will not be proven is told where too much is wrong at every start, and not of a few', () => {
  const at = (labelled: number, wrong: number) => ({ labelled, wrong });
  const tells = (loose: ReturnType<typeof at>, strict: ReturnType<typeof at>) =>
    isUnlikely([loose, strict], [0, 1], 0.05);
  expect(tells(at(200, 20), at(100, 8))).toBe(true);
  expect(tells(at(200, 20), at(100, 4))).toBe(false);
  expect(tells(at(20, 4), at(10, 4))).toBe(false);
  expect(tells(at(300, 12), at(100, 8))).toBe(false);
});
