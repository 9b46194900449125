import { expect, test } from 'vitest';
import { seededChance } from './chance.ts';
import { detectorEvidence, detectorOf, detectorRun, detectorStep } from './detector.ts';
import { mayHideAlarm } from './unjudged.ts';

const limit = 2_000;
const times = (count: number) => Array.from({ length: count }, (_none, at) => at);
/** How many unjudged ones, and nothing else, are too many. */
const tooMany = (alpha: number) =>
  times(200).findIndex((count) =>
    mayHideAlarm({ alpha, limit, judged: [], unjudged: times(count) }),
  );

test('[G54] as many unjudged checks hide an alarm as, all wrong, would raise it: not one fewer', () => {
  for (const alpha of [0.01, 0.02, 0.05, 0.3]) {
    const count = tooMany(alpha);
    let detector = detectorOf('shiryaev_roberts', alpha);
    for (let at = 1; at <= count; at++) {
      expect(detectorEvidence(detector)).toBeLessThan(limit);
      detector = detectorStep(detector, 1);
    }
    expect(detectorEvidence(detector)).toBeGreaterThanOrEqual(limit);
  }
  expect([0.01, 0.02, 0.05].map(tooMany)).toEqual([4, 4, 6]);
});

test('[G54] some that are left among many right ones hide nothing, and as many in a row do', () => {
  const alpha = 0.05;
  const judged = times(600).map((at) => ({ at_ms: at * 10, n: 10, wrong: 0 }));
  const scattered = times(30).map((at) => at * 200 + 5);
  expect(mayHideAlarm({ alpha, limit, judged, unjudged: scattered })).toBe(false);
  const in_a_row = times(30).map((at) => 6_000 + at);
  expect(mayHideAlarm({ alpha, limit, judged, unjudged: in_a_row })).toBe(true);
  // And what was left in a row long ago, with many right ones since, hides what is over.
  const former = times(30).map((at) => at);
  expect(mayHideAlarm({ alpha, limit, judged, unjudged: former })).toBe(false);
});

test('[G54] where as many are left as are promised to be wrong nothing is hidden, and it is where more are', () => {
  const alpha = 0.05;
  const hidden = (share: number) =>
    times(100).filter((seed) => {
      const chance = seededChance(seed + 1);
      const left = times(400).map(() => chance() / 2 ** 32 < share);
      const unjudged = left.flatMap((is, at) => (is ? [at] : []));
      const judged = left.flatMap((is, at) => (is ? [] : [{ at_ms: at, n: 1, wrong: 0 }]));
      return mayHideAlarm({ alpha, limit, judged, unjudged });
    }).length;
  expect(hidden(alpha / 2)).toBeLessThanOrEqual(2);
  expect(hidden(4 * alpha)).toBeGreaterThanOrEqual(98);
});

test('[G54] what is judged and wrong raises the alarm by itself, and hides nothing', () => {
  const judged = times(20).map((at) => ({ at_ms: at, n: 1, wrong: 1 }));
  expect(mayHideAlarm({ alpha: 0.05, limit, judged, unjudged: [0] })).toBe(false);
  expect(
    mayHideAlarm({ alpha: 0.05, limit, judged: judged.slice(0, 4), unjudged: [0, 1, 2] }),
  ).toBe(true);
});

test('[G54] a run of checks is what its checks are one by one', () => {
  for (const loss of [0, 1, 0.05]) {
    for (const kind of ['shiryaev_roberts', 'martingale'] as const) {
      let one_by_one = detectorStep(detectorOf(kind, 0.05), 1);
      const run = detectorRun(one_by_one, loss, 17);
      for (let at = 0; at < 17; at++) one_by_one = detectorStep(one_by_one, loss);
      run.stakes.forEach((stake, k) => {
        expect(stake / (one_by_one.stakes[k] as number)).toBeCloseTo(1, 9);
      });
    }
  }
});

test('[G111] checks that are counted by the hour hide no more than those that are counted one by one', () => {
  const alpha = 0.05;
  // Half of what is promised is wrong of many that are judged in an hour, and as many are left.
  const judged = [{ at_ms: 10, n: 400, wrong: 10 }];
  const one_by_one = times(400).map((at) => ({ at_ms: 10, n: 1, wrong: Number(at % 40 === 20) }));
  const unjudged = times(30).map((at) => 20 + at);
  for (const some of [judged, one_by_one]) {
    expect(mayHideAlarm({ alpha, limit, judged: some, unjudged: [5, ...unjudged] })).toBe(true);
    expect(mayHideAlarm({ alpha, limit, judged: some, unjudged: [5] })).toBe(false);
  }
});
