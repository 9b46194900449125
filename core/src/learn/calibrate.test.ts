import { expect, test } from 'vitest';
import { calibrated, fitCalibration } from './calibrate.ts';
import { type Chance, seededChance } from './chance.ts';
import { expectedCalibrationError } from './metrics.ts';

const unit = (chance: Chance) => chance() / 2 ** 32;

/** Texts whose true probabilities are softmax(scale × score + shift), and a label drawn from them. */
function world(texts: number, scale: number, shift: number[], seed: number) {
  const chance = seededChance(seed);
  const classes = shift.length;
  const scores = Float64Array.from({ length: texts * classes }, () => 4 * unit(chance) - 2);
  const targets = Int32Array.from({ length: texts }, (_, text) => {
    const truth = calibrated(scores.slice(text * classes, (text + 1) * classes), {
      scale,
      shift: Float32Array.from(shift),
    });
    let left = unit(chance);
    const drawn = truth.findIndex((probability) => {
      left -= probability;
      return left < 0;
    });
    return drawn < 0 ? classes - 1 : drawn;
  });
  return { scores, targets };
}

test('[N3] calibration finds the temperature and the shifts that made the labels', () => {
  const { scores, targets } = world(20_000, 2.5, [0.8, 0, -0.8], 1);
  const { scale, shift } = fitCalibration(scores, targets, 3);
  expect(Math.abs(scale - 2.5)).toBeLessThan(0.1);
  const [first, middle, last] = shift as unknown as [number, number, number];
  expect(Math.abs(first - middle - 0.8)).toBeLessThan(0.1);
  expect(Math.abs(middle - last - 0.8)).toBeLessThan(0.1);
});

test('[N3] calibrated confidence is right as often as it says', () => {
  const { scores, targets } = world(5_000, 3, [0, 0, 0, 0], 2);
  const fresh = world(5_000, 3, [0, 0, 0, 0], 3);
  const calibration = fitCalibration(scores, targets, 4);
  const errorWith = (used: typeof calibration) =>
    expectedCalibrationError(
      Array.from(fresh.targets, (target, text) => {
        const probabilities = calibrated(fresh.scores.slice(text * 4, text * 4 + 4), used);
        const confidence = Math.max(...probabilities);
        return { confidence, correct: probabilities[target] === confidence };
      }),
    );
  expect(errorWith(calibration)).toBeLessThan(0.03);
  expect(errorWith({ scale: 1, shift: new Float32Array(4) })).toBeGreaterThan(0.15);
});

test('[N3] a few texts without one mistake make nothing certain', () => {
  const scores = Float64Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 1 : -1));
  const calibration = fitCalibration(scores, new Int32Array(10), 2);
  expect(calibration.scale).toBeLessThan(7);
  const [sure = 1] = calibrated(Float64Array.of(0.5, -0.5), calibration);
  expect(sure).toBeLessThan(0.999);
});

test('[N3] with nothing held out, or everything right, calibration stays finite', () => {
  expect(fitCalibration(new Float64Array(0), new Int32Array(0), 3)).toEqual({
    scale: 1,
    shift: new Float32Array(3),
  });
  const scores = Float64Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 9 : -9));
  const sure = fitCalibration(scores, new Int32Array(10), 2);
  expect(sure.scale).toBeGreaterThan(0);
  expect(Number.isFinite(sure.scale)).toBe(true);
  expect([...sure.shift].every(Number.isFinite)).toBe(true);
});
