import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exactBounds, lowerTail } from './binomial.ts';
import { seededChance } from './chance.ts';
import { calibrationError, type Forecast, reliabilityBins } from './reliability.ts';

const draws = 400;
/** Misses of the interval over draws of n forecasts, by the true accuracy at a confidence. */
function missed(
  n: number,
  accuracyAt: (confidence: number) => number,
  interval: (forecasts: Forecast[], truth: number) => { low: number; high: number },
): number {
  let count = 0;
  for (let seed = 1; seed <= draws; seed++) {
    const chance = seededChance(seed);
    const random = () => chance() / 2 ** 32;
    const forecasts = Array.from({ length: n }, () => {
      const confidence = 1 - 0.5 * random() ** 2;
      return { confidence, correct: random() < accuracyAt(confidence) };
    });
    const truth = reliabilityBins(forecasts).reduce((sum, bin) => {
      const members = forecasts.filter((f) => f.confidence >= bin.from && f.confidence <= bin.to);
      const accuracy = members.reduce((all, f) => all + accuracyAt(f.confidence), 0) / bin.n;
      return sum + (bin.n / n) * Math.abs(accuracy - bin.confidence);
    }, 0);
    const { low, high } = interval(forecasts, truth);
    if (truth < low || truth > high) count++;
  }
  return count;
}
const could = (count: number) => 1 - lowerTail(count - 1, draws, 0.05) > 1e-4;

test.each<[string, (confidence: number) => number]>([
  ['a calibrated model', (confidence) => confidence],
  ['one that is too sure', (confidence) => 0.5 + 0.7 * (confidence - 0.5)],
  ['one that is nearly always right', () => 0.99],
])('[G32] the interval of the calibration error holds it, of %s', (_model, accuracyAt) => {
  const count = missed(600, accuracyAt, (forecasts) =>
    calibrationError(forecasts, { resamples: 200 }),
  );
  expect(could(count), `${count} of ${draws}`).toBe(true);
});

test('[G32] which what was seen, give or take a normal error of its mean, does not', () => {
  const count = missed(
    600,
    (confidence) => confidence,
    (forecasts) => {
      const { ece } = calibrationError(forecasts, { resamples: 1 });
      return { low: ece - 0.012, high: ece + 0.012 };
    },
  );
  expect(could(count)).toBe(false);
});

test('[G32] bins have as many forecasts each, equal ones together, and exact bounds', () => {
  const of = (confidence: number, right: number, wrong: number): Forecast[] => [
    ...Array.from({ length: right }, () => ({ confidence, correct: true })),
    ...Array.from({ length: wrong }, () => ({ confidence, correct: false })),
  ];
  const forecasts = [...of(0.9, 6, 4), ...of(0.5, 1, 1), ...of(0.6, 2, 0)];
  const bins = reliabilityBins(forecasts, 2);
  expect(bins).toMatchObject([{ from: 0.5, to: 0.9, n: 14, correct: 9 }]);
  const three = reliabilityBins(forecasts, 7);
  expect(three.map(({ n, confidence }) => [n, confidence])).toEqual([
    [2, 0.5],
    [2, 0.6],
    [10, expect.closeTo(0.9, 12)],
  ]);
  expect([three[2]?.accuracy_low, three[2]?.accuracy_high]).toEqual(exactBounds(6, 10));
  // (2 × 0 + 2 × .4 + 10 × .3) / 14
  expect(calibrationError(forecasts, { bins: 7 }).ece).toBeCloseTo(3.8 / 14, 12);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 60 }), (tenths) => {
      const drawn = tenths.map((tenth) => ({ confidence: tenth / 10, correct: tenth > 4 }));
      const made = reliabilityBins(drawn, 5);
      expect(made.reduce((sum, bin) => sum + bin.n, 0)).toBe(drawn.length);
      expect(made.length).toBeLessThanOrEqual(5);
      made.forEach((bin, at) => {
        if (at > 0) expect(bin.from).toBeGreaterThan(made[at - 1]?.to as number);
      });
    }),
  );
});

test('[G32] the same seed gives the same interval; nothing forecast, nothing known', () => {
  const forecasts = Array.from({ length: 50 }, (_, at) => ({
    confidence: at / 50,
    correct: at % 3 > 0,
  }));
  expect(calibrationError(forecasts)).toEqual(calibrationError(forecasts));
  expect(calibrationError([])).toEqual({ ece: Number.NaN, low: 0, high: 1 });
  expect(() => reliabilityBins([{ confidence: 2, correct: true }])).toThrow(
    /^forecasts\.0\.confidence/,
  );
});
