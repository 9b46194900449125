import fc from 'fast-check';
import { expect, test } from 'vitest';
import { areaUnderRoc, expectedCalibrationError, matthewsCorrelation } from './metrics.ts';

test.each([
  [{ true_positive: 5, false_positive: 0, true_negative: 5, false_negative: 0 }, 1],
  [{ true_positive: 0, false_positive: 5, true_negative: 0, false_negative: 5 }, -1],
  [{ true_positive: 3, false_positive: 3, true_negative: 3, false_negative: 3 }, 0],
  [{ true_positive: 0, false_positive: 0, true_negative: 9, false_negative: 1 }, 0],
  [{ true_positive: 6, false_positive: 1, true_negative: 3, false_negative: 2 }, 0.478091],
])('[N9] Matthews correlation of %j', (counts, expected) => {
  expect(matthewsCorrelation(counts)).toBeCloseTo(expected, 6);
});

test('[N9] the area under the ROC curve counts won pairs, ties half', () => {
  const scores = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(scores, scores, (positives, negatives) => {
      let won = 0;
      for (const p of positives) for (const n of negatives) won += p > n ? 1 : p === n ? 0.5 : 0;
      const expected = won / (positives.length * negatives.length);
      expect(areaUnderRoc(positives, negatives)).toBeCloseTo(expected, 12);
    }),
  );
});

test('[N9] calibration error is the weighted gap between confidence and accuracy', () => {
  const sure = { confidence: 1, correct: true };
  expect(expectedCalibrationError([sure, sure])).toBe(0);
  const unsure = (correct: boolean) => ({ confidence: 0.75, correct });
  const half = [unsure(true), unsure(false)];
  expect(expectedCalibrationError([...half, sure, sure])).toBeCloseTo(0.125, 12);
});
