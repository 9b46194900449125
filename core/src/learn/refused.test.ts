import { expect, test } from 'vitest';
import { expectedCalibrationError } from './metrics.ts';
import { predictionPoweredMean } from './ppi.ts';
import { spotCheckDesign } from './spot-check.ts';
import { certifySplit } from './threshold-plan.ts';

const target = { alpha: 0.05, delta: 0.1 };
const many = Array.from({ length: 500 }, (_none, at) => ({ score: at / 500, loss: 0 }));
const with300 = (more: object) => many.map((one, at) => (at === 300 ? { ...one, ...more } : one));
const pair = { predicted: 0.1, seen: 0 };
const no = undefined as never;

test.each<[string, () => unknown]>([
  ['outputs.300.score', () => certifySplit(with300({ score: Number.NaN }), target)],
  ['outputs.300.loss', () => certifySplit(with300({ loss: 2 }), target)],
  ['predictions.0.confidence', () => expectedCalibrationError(many as never)],
  [
    'predictions.0.confidence',
    () => expectedCalibrationError([{ confidence: 1.2, correct: true }]),
  ],
  ['predictions.0.correct', () => expectedCalibrationError([{ confidence: 0.2, correct: no }])],
  ['labelled', () => predictionPoweredMean(no, [0.1, 0.2])],
  ['unlabelled', () => predictionPoweredMean([pair, pair], no)],
  ['labelled.1', () => predictionPoweredMean([pair, null as never], [0.1, 0.2])],
  ['labelled.1', () => predictionPoweredMean([pair, 0.3 as never], [0.1, 0.2])],
  ['uncertainties', () => spotCheckDesign(no, { share: 0.1 })],
  ['share', () => spotCheckDesign([0.1], no)],
  ['share', () => spotCheckDesign([0.1], {} as never)],
])('[G122] a wrong %s is refused by its own name', (field, act) => {
  expect(act).toThrowError(
    expect.objectContaining({ message: expect.stringContaining(`${field}: `) }),
  );
});
