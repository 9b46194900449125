import { expect, test } from 'vitest';
import { lowerTail } from './binomial.ts';
import { seededChance } from './chance.ts';
import { detectorEvidence, detectorOf, detectorStep } from './detector.ts';
import { alarmLimit, isCalm, raisedCheck } from './watching.ts';

test('[G29] the smaller alpha, the more is looked at after an alarm, and never less than usual', () => {
  const at_usual = [0.2, 0.1, 0.05, 0.03, 0.02, 0.01].map((alpha) => raisedCheck(0.05, alpha));
  expect(at_usual).toEqual([0.2, 0.2, 0.2, 0.01 / 0.03, 0.5, 0.5]);
  expect([0.1, 0.2, 0.9].map((usual) => raisedCheck(usual, 0.02))).toEqual([0.5, 0.8, 1]);
});

test('[G29] however much is checked, as much passes between false alarms', () => {
  const alpha = 0.02;
  const draws = 300;
  const falsely = (now: number, limit: number) => {
    let alarms = 0;
    for (let seed = 1; seed <= draws; seed++) {
      const chance = seededChance(seed);
      let detector = detectorOf('shiryaev_roberts', alpha);
      for (let passed = 0; passed < 4_000; passed++) {
        if (chance() >= now * 2 ** 32) continue;
        detector = detectorStep(detector, chance() < alpha * 2 ** 32 ? 1 : 0);
        if (detectorEvidence(detector) < limit) continue;
        alarms++;
        break;
      }
    }
    return alarms;
  };
  // 4,000 that pass are at most a tenth of 2,000 / .05.
  const couldBe = (alarms: number) => 1 - lowerTail(alarms - 1, draws, 0.1) > 1e-4;
  expect(couldBe(falsely(0.05, alarmLimit(0.05, 0.05)))).toBe(true);
  expect(couldBe(falsely(0.5, alarmLimit(0.05, 0.5)))).toBe(true);
  const unscaled = falsely(0.5, alarmLimit(0.05, 0.05));
  expect(couldBe(unscaled), `${unscaled} of ${draws}`).toBe(false);
});

test('[G116] it is calm where twenty checks for each that may be wrong kept the promise, and the detector is as low as usual', () => {
  const rows: [number, number, number, number, boolean][] = [
    [0.05, 400, 20, 0, true],
    [0.05, 399, 0, 0, false],
    [0.05, 400, 21, 0, false],
    [0.05, 5_000, 251, 0, false],
    [0.02, 999, 0, 0, false],
    [0.02, 1_000, 20, 1_999, true],
    [0.02, 1_000, 0, alarmLimit(0.05, 0.05), false],
  ];
  for (const [alpha, n, wrong, evidence, calm] of rows) {
    expect([alpha, n, wrong, isCalm({ n, wrong }, alpha, evidence)]).toEqual([
      alpha,
      n,
      wrong,
      calm,
    ]);
  }
});
