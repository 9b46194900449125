import { expect, test } from 'vitest';
import { lowerTail } from './binomial.ts';
import { seededChance } from './chance.ts';
import {
  holdMonitor,
  holdStep,
  type Monitor,
  monitorEvidence,
  monitorStep,
  scoreMonitor,
} from './monitor.ts';

const draws = 600;
/** One false alarm in 300 watches of 20,000 outputs, at most. */
const usual = 6e6;
const couldBe = (hits: number, share: number) => 1 - lowerTail(hits - 1, draws, share) > 1e-4;
const uniform = (seed: number) => {
  const chance = seededChance(seed);
  return () => chance() / 2 ** 32;
};

/** The output at which the evidence first reaches `limit`, or Infinity within `outputs`. */
function firstAt(
  monitor: Monitor,
  limit: number,
  outputs: number,
  step: (monitor: Monitor, at: number) => Monitor,
): number {
  let now = monitor;
  for (let at = 1; at <= outputs; at++) {
    now = step(now, at);
    if (monitorEvidence(now) >= limit) return at;
  }
  return Number.POSITIVE_INFINITY;
}

/** When a change from one share of holds to another is told, in each of `count` seeded watches. */
const holdTimes = (
  count: number,
  limit: number,
  outputs: number,
  share: (at: number) => number,
  reference = 1_000,
) =>
  Array.from({ length: count }, (_none, i) => {
    const random = uniform(1 + i);
    let held = 0;
    for (let at = 0; at < reference; at++) held += random() < share(0) ? 1 : 0;
    const monitor = holdMonitor({ held, passed: reference - held });
    return firstAt(monitor, limit, outputs, (now, at) =>
      holdStep(now, random() < share(at), random()),
    );
  });
const within = (times: number[]) => times.filter(Number.isFinite).length;

test.each([1_000, 20])('[G27] with %i to go by, no more false alarms than it says', (reference) => {
  const alarms = within(holdTimes(draws, 1_000, 100, () => 0.15, reference));
  expect(couldBe(alarms, 0.1), `${alarms} of ${draws}`).toBe(true);
  if (reference < 1_000) return;
  const changed = within(holdTimes(draws, 1_000, 100, (at) => (at === 0 ? 0.15 : 0.35)));
  expect(couldBe(changed, 0.1), `${changed} of ${draws}`).toBe(false);
});

test('[G27] 20,000 outputs without a change are watched in silence', () => {
  expect(within(holdTimes(25, usual, 20_000, () => 0.15))).toBe(0);
});

test.each([
  [0.15, 0.35],
  [0.35, 0.15],
])('[G27] holds that go from %f to %f are told within 300 outputs', (before, after) => {
  const times = holdTimes(200, usual, 4_000, (at) => (at <= 1_000 ? before : after))
    .map((time) => time - 1_000)
    .sort((a, b) => a - b);
  expect(times[0]).toBeGreaterThan(0);
  expect(times[100]).toBeLessThan(155);
  expect(times[190]).toBeLessThan(300);
});

test('[G28] scores that come as they came raise no more alarms than it says', () => {
  const shares = [0.02, 0.03, 0.05, 0.1, 0.1, 0.2, 0.5];
  const bin = (at: number) => {
    let under = 0;
    return shares.findIndex((share, i) => {
      under += share;
      return at < under || i + 1 === shares.length;
    });
  };
  const watch = (limit: number, tie: (random: () => number) => number) =>
    Array.from({ length: draws }, (_none, i) => {
      const random = uniform(1 + i);
      const reference = shares.map(() => 0);
      for (let at = 0; at < 500; at++) (reference[bin(random())] as number)++;
      return firstAt(scoreMonitor(reference), limit, 100, (now) =>
        monitorStep(now, bin(random()), tie(random)),
      );
    });
  const alarms = within(watch(1_000, (random) => random()));
  expect(couldBe(alarms, 0.1), `${alarms} of ${draws}`).toBe(true);
  // Ties that are not broken by chance are no even ranks, and that is seen.
  const unbroken = within(watch(1_000, () => 0));
  expect(couldBe(unbroken, 0.1), `${unbroken} of ${draws}`).toBe(false);
});

test('[G28] a shift of scores is told that leaves the share of holds as it was', () => {
  // Thresholds at .5 hold a fifth before and after; what passes is less sure.
  const score = (random: () => number, later: boolean) => {
    if (random() < 0.2) return 0.5 * random();
    return 0.5 + 0.5 * random() ** (later ? 1 : 0.4);
  };
  const times = Array.from({ length: 60 }, (_none, i) => {
    const random = uniform(1 + i);
    const bin = (later: boolean) => Math.floor(20 * score(random, later));
    const reference = new Array<number>(20).fill(0);
    for (let at = 0; at < 2_000; at++) (reference[bin(false)] as number)++;
    return firstAt(scoreMonitor(reference), usual, 3_000, (now, at) =>
      monitorStep(now, bin(at > 500), random()),
    );
  }).sort((a, b) => a - b);
  expect(times[0]).toBeGreaterThan(500);
  expect(times[30]).toBeLessThan(800);
});

test('[G28] a monitor is plain numbers, and refuses what it cannot count', () => {
  let monitor = scoreMonitor([10, 20, 0]);
  for (let i = 0; i < 3_000; i++) monitor = monitorStep(monitor, 0, 0.5);
  expect(monitorEvidence(monitor)).toBeLessThan(Number.POSITIVE_INFINITY);
  expect(JSON.parse(JSON.stringify(monitor))).toEqual(monitor);
  expect(monitor.seen).toEqual([3_010, 20, 0]);
  const before = structuredClone(monitor);
  monitorStep(monitor, 1, 0.1);
  expect(monitor).toEqual(before);
  expect(() => scoreMonitor([0, 0])).toThrow(/^reference/);
  expect(() => holdMonitor({ held: -1, passed: 4 })).toThrow(/^reference\.0/);
  expect(() => monitorStep(monitor, 3, 0.5)).toThrow(/^bin/);
  expect(() => monitorStep(monitor, 1, 1.5)).toThrow(/^random/);
});
