import { expect, test } from 'vitest';
import { lowerTail } from './binomial.ts';
import { seededChance } from './chance.ts';
import {
  type Detector,
  detectorAnew,
  detectorEvidence,
  detectorOf,
  detectorStep,
} from './detector.ts';

const alpha = 0.05;
const draws = 500;
const couldBe = (hits: number, share: number) => 1 - lowerTail(hits - 1, draws, share) > 1e-4;

/** The check at which the evidence first reaches `limit`, or Infinity within `checks`. */
function firstAt(
  detector: Detector,
  limit: number,
  checks: number,
  loss: (at: number, losses: number) => number,
  weight?: (at: number) => number,
): number {
  let now = detector;
  let losses = 0;
  for (let at = 1; at <= checks; at++) {
    const next = loss(at, losses);
    losses += next;
    now = detectorStep(now, next, weight?.(at));
    if (detectorEvidence(now) >= limit) return at;
  }
  return Number.POSITIVE_INFINITY;
}

const uniform = (seed: number) => {
  const chance = seededChance(seed);
  return () => chance() / 2 ** 32;
};
const each = <T>(one: (random: () => number) => T): T[] =>
  Array.from({ length: draws }, (_none, i) => one(uniform(1 + i)));
const within = (times: number[]) => times.filter(Number.isFinite).length;

test('[G24] an alarm at 1/δ is false in at most δ of all watches, however often looked at', () => {
  const martingale = detectorOf('martingale', alpha);
  const at_edge = each((random) =>
    firstAt(martingale, 10, 2_000, () => (random() < alpha ? 1 : 0)),
  );
  expect(couldBe(within(at_edge), 0.1), `${within(at_edge)}`).toBe(true);
  expect(within(at_edge)).toBeGreaterThan(10);
  // Whoever lets the rate depend on what came before gains nothing, as long as it is within alpha.
  const sly = each((random) =>
    firstAt(martingale, 10, 2_000, (at, losses) =>
      losses > alpha * at && random() < alpha ? 1 : 0,
    ),
  );
  expect(couldBe(within(sly), 0.1), `${within(sly)}`).toBe(true);
  // The usual test after every twentieth check is false far oftener, and is seen to be.
  const repeated = each((random) => {
    let k = 0;
    for (let n = 1; n <= 2_000; n++) {
      k += random() < alpha ? 1 : 0;
      if (n % 20 === 0 && 1 - lowerTail(k - 1, n, alpha) <= 0.1) return n;
    }
    return Number.POSITIVE_INFINITY;
  });
  expect(couldBe(within(repeated), 0.1), `${within(repeated)}`).toBe(false);
});

test('[G24] checks drawn with unequal chances count for what they stand for', () => {
  // Half are checked always and are .08 wrong, half are checked one time in four and .02.
  const watch = (random: () => number, weighs: boolean) => {
    const doubtful: boolean[] = [];
    return firstAt(
      detectorOf('martingale', alpha),
      10,
      1_500,
      () => {
        let is_doubtful = random() < 0.5;
        while (!is_doubtful && random() > 1 / 4) is_doubtful = random() < 0.5;
        doubtful.push(is_doubtful);
        return random() < (is_doubtful ? 0.08 : 0.02) ? 1 : 0;
      },
      (at) => (weighs && doubtful[at - 1] ? 1 / 4 : 1),
    );
  };
  const weighed = within(each((random) => watch(random, true)));
  expect(couldBe(weighed, 0.1), `${weighed}`).toBe(true);
  const alike = within(each((random) => watch(random, false)));
  expect(couldBe(alike, 0.1), `${alike}`).toBe(false);
});

test('[G25] checks between false alarms are c in the mean at least', () => {
  const shiryaev = detectorOf('shiryaev_roberts', alpha);
  const loss = (random: () => number, rate: number) => () => (random() < rate ? 1 : 0);
  const early = within(each((random) => firstAt(shiryaev, 1_000, 100, loss(random, alpha))));
  expect(couldBe(early, 100 / 1_000), `${early}`).toBe(true);
  const run = (rate: number) => {
    const lengths = each((random) => firstAt(shiryaev, 100, 100_000, loss(random, rate)));
    const mean = lengths.reduce((sum, length) => sum + length, 0) / draws;
    const spread = Math.sqrt(lengths.reduce((s, l) => s + (l - mean) ** 2, 0)) / draws;
    return mean + 4 * spread;
  };
  expect(run(alpha)).toBeGreaterThanOrEqual(100);
  expect(run(2 * alpha)).toBeLessThan(100);
});

test('[G25] a change is found, and sooner than by what counts the good times before it', () => {
  const delay = (kind: Detector['kind'], limit: number) => {
    const delays = each((random) => {
      const found = firstAt(detectorOf(kind, alpha), limit, 4_000, (at) =>
        random() < (at <= 500 ? 0.04 : 0.107) ? 1 : 0,
      );
      return found - 500;
    });
    return delays.sort((a, b) => a - b)[draws / 2] as number;
  };
  const shiryaev = delay('shiryaev_roberts', 2_000);
  expect(shiryaev).toBeGreaterThan(40);
  expect(shiryaev).toBeLessThan(150);
  expect(delay('martingale', 20)).toBeGreaterThan(2 * shiryaev);
});

test('[G25] a detector is plain numbers that outlive a store and any number of checks', () => {
  let detector = detectorOf('shiryaev_roberts', alpha);
  const size = JSON.stringify(detector).length;
  for (let i = 0; i < 5_000; i++) detector = detectorStep(detector, 1);
  expect(detectorEvidence(detector)).toBeGreaterThan(1e299);
  expect(JSON.parse(JSON.stringify(detector))).toEqual(detector);
  expect(JSON.stringify(detector).length).toBeLessThan(size + 250);
  const before = structuredClone(detector);
  detectorStep(detector, 0);
  expect(detector).toEqual(before);
  expect(() => detectorOf('martingale', 1)).toThrow(/^alpha/);
  expect(() => detectorStep(detector, 1.1)).toThrow(/^loss/);
  expect(() => detectorStep(detector, 1, 0)).toThrow(/^weight/);
});

test('[G109] [G111] gone through anew by the hour it rings as often as check by check, and never where as many are wrong as promised', () => {
  const limit = 2_000;
  const kind = 'shiryaev_roberts';
  const rings = (share: number, seed: number) => {
    const chance = seededChance(seed);
    const losses = Array.from({ length: 3_000 }, () => Number(chance() / 2 ** 32 < share));
    const by_hour = Array.from({ length: 30 }, (_none, hour) => {
      const own = losses.slice(hour * 100, hour * 100 + 100);
      return { n: own.length, wrong: own.reduce((sum, loss) => sum + loss, 0) };
    });
    const at = firstAt(detectorOf(kind, alpha), limit, losses.length, (n) => losses[n - 1] ?? 0);
    return [at < Number.POSITIVE_INFINITY, detectorAnew(kind, alpha, by_hour).most >= limit];
  };
  const seeds = Array.from({ length: 100 }, (_none, seed) => seed + 1);
  const count = (share: number, of: 0 | 1) => seeds.filter((seed) => rings(share, seed)[of]).length;
  expect(count(alpha / 2, 1)).toBe(0);
  expect(count(alpha, 1)).toBeLessThanOrEqual(count(alpha, 0));
  expect([count(3 * alpha, 0), count(3 * alpha, 1)]).toEqual([100, 100]);
});
