import { expect, test } from 'vitest';
import { lowerTail } from './binomial.ts';
import { certify } from './certificate.ts';
import { seededChance } from './chance.ts';
import { detectorEvidence, detectorOf, detectorStep } from './detector.ts';
import { certifyFromTallies, type Tally } from './operational.ts';
import { anytimeBounds } from './sequence.ts';
import { certifyEach } from './threshold-plan.ts';
import { type Tracker, trackerBound, trackerStep } from './tracker.ts';

// Draws in which each promise is on the point of being broken: a method that were twice as bold as it says
// breaks it in so many that it is seen. Each bound is exact, and wrong once in ten thousand.
const delta = 0.1;

type Chance = () => number;
const chanceOf = (seed: number): Chance => {
  const chance = seededChance(seed);
  return () => chance() / 2 ** 32;
};
const drawn = (draws: number, one: (random: Chance) => boolean): number =>
  Array.from({ length: draws }, (_none, at) => one(chanceOf(1 + at))).filter(Boolean).length;
/** Whether a share of draws, at most, comes to so many. */
const couldBe = (count: number, draws: number, share = delta) =>
  1 - lowerTail(count - 1, draws, share) > 1e-4;
/** That the method as it is keeps its promise, and that a wrong one is seen not to. */
function expectAtEdge(draws: number, counts: { right: number; wrong: number }) {
  const kept = [couldBe(counts.right, draws), couldBe(counts.wrong, draws)];
  expect({ ...counts, kept }).toEqual({ ...counts, kept: [true, false] });
}

const all = { thresholds: [0.5], start: 0 };
const scored = (n: number, loss: () => number, score = () => 1) =>
  Array.from({ length: n }, () => ({ score: score(), loss: loss() }));

test('[G121] [G13] a certificate of whole errors, where just more is wrong than promised', () => {
  // As many that the test errs with nearly delta: of 400, P(14 or fewer of 5%) is .099.
  const [alpha, n, draws] = [0.05, 400, 2_000];
  const broken = (bold: number) =>
    drawn(draws, (random) => {
      const sample = scored(n, () => Number(random() < alpha + 1e-6));
      return certify(all, sample, { alpha, delta: bold * delta }).threshold !== null;
    });
  expectAtEdge(draws, { right: broken(1), wrong: broken(2) });
});

test('[G121] [G13] the first threshold that is not shown ends it, where each is at the edge', () => {
  const [alpha, draws, n] = [0.05, 1_000, 1_700];
  // Each lets half as many pass again as the one before, so that one says little of another.
  const thresholds = Array.from({ length: 8 }, (_none, at) => 1 - (1.5 ** at * 100) / n);
  const broken = (plans: { thresholds: number[]; start: number }[]) =>
    drawn(draws, (random) => {
      const sample = scored(n, () => Number(random() < alpha + 1e-6), random);
      return plans.some((plan) => certify(plan, sample, { alpha, delta }).threshold !== null);
    });
  const each = thresholds.map((one) => ({ thresholds: [one], start: 0 }));
  expectAtEdge(draws, { right: broken([{ thresholds, start: 0 }]), wrong: broken(each) });
});

test('[G121] [G13] several groups share it', () => {
  const [alpha, draws, n] = [0.05, 300, 400];
  const broken = (bold: number) =>
    drawn(draws, (random) => {
      const groups = ['a', 'b', 'c', 'd'].map(
        (name) => [name, scored(n, () => Number(random() < alpha + 1e-6))] as const,
      );
      const found = certifyEach(new Map(groups), { alpha, delta: bold * delta, points: 2 });
      return [...found.values()].some(({ threshold }) => threshold !== null);
    });
  expectAtEdge(draws, { right: broken(1), wrong: broken(4) });
});

test('[G121] [G13] a certificate of partial losses', () => {
  const [alpha, draws] = [0.135, 1_500];
  const broken = (bold: number) =>
    drawn(draws, (random) => {
      const sample = scored(100, () => (random() < 0.15 ? 0.9 : 0));
      return certify(all, sample, { alpha, delta: bold * delta }).threshold !== null;
    });
  expectAtEdge(draws, { right: broken(1), wrong: broken(2) });
});

test('[G121] [G20] a certificate from daily labels, looked at again and again', () => {
  const [alpha, draws, most] = [0.1, 1_000, 10_000];
  const broken = (bold: number) =>
    drawn(draws, (random) => {
      const tally: Tally = { bin: 0, weight: 1, wrong: 0, n: 0 };
      for (let look = 10; look <= most; look = Math.ceil(look * 1.1)) {
        for (; tally.n < look; tally.n++) tally.wrong += Number(random() < alpha);
        // With as many wrong as promised there is nothing to see.
        if (tally.wrong > alpha * tally.n) continue;
        const given = { tallies: [tally], bins: 1, alpha, delta: bold * delta, starts: [0] };
        if (certifyFromTallies(given).bin !== null) return true;
      }
      return false;
    });
  expectAtEdge(draws, { right: broken(1), wrong: broken(2) });
});

test('[G121] [G23] bounds that may be looked at again and again', () => {
  const [draws, rate] = [1_500, 0.5];
  const missed = (bold: number) =>
    drawn(draws, (random) => {
      let [wrong, n] = [0, 0];
      for (let look = 1; look <= 10_000; look = Math.ceil(look * 1.03)) {
        for (; n < look; n++) wrong += Number(random() < rate);
        // Bounds for one look alone would hold it.
        if (Math.abs(wrong - rate * n) < Math.sqrt(n) / 2) continue;
        const [low, high] = anytimeBounds(wrong, n, bold * delta);
        if (rate < low || rate > high) return true;
      }
      return false;
    });
  expectAtEdge(draws, { right: missed(1), wrong: missed(2) });
});

test('[G121] [G24] an alarm on checks', () => {
  const [alpha, draws] = [0.05, 1_500];
  const false_ones = (bold: number) =>
    drawn(draws, (random) => {
      let now = detectorOf('martingale', alpha);
      for (let at = 0; at < 4_000; at++) {
        now = detectorStep(now, Number(random() < alpha));
        if (bold * detectorEvidence(now) >= 1 / delta) return true;
      }
      return false;
    });
  expectAtEdge(draws, { right: false_ones(1), wrong: false_ones(2) });
});

test('[G121] [G26] tracked errors, by whoever spends the whole of their bound', () => {
  for (const gamma of [0.003, 0.02, 0.04]) {
    for (const alpha of [0.02, 0.05, 0.3]) {
      const from: Tracker = { threshold: 1e-6, gamma, alpha, low: 0, high: 0.95 };
      // All wrong until it is next to its limit, and then as it takes to stay there; or all right, from there.
      const worst = trackedBy(from, ({ threshold, high }) => Number(threshold < high - gamma));
      const best = trackedBy({ ...from, threshold: 0.95 - 1e-6 }, ({ threshold }) =>
        Number(threshold < gamma),
      );
      for (const { most, off } of [worst, best]) {
        expect(most).toBeLessThanOrEqual(1);
        expect(most).toBeGreaterThan(0.9);
        expect(off).toBeLessThan(0.11);
      }
    }
  }
});

/** The most of its bound that the mean error was ever off by, and how far it is off at the end. */
function trackedBy(from: Tracker, loss: (tracker: Tracker) => number) {
  let tracker = from;
  let [sum, most, off] = [0, 0, 0];
  for (let n = 1; n <= 20_000; n++) {
    const next = loss(tracker);
    tracker = trackerStep(tracker, next);
    sum += next;
    off = Math.abs(sum / n - from.alpha);
    most = Math.max(most, off / trackerBound(from, n));
  }
  return { most, off };
}
