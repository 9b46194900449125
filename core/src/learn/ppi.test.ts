import { expect, test } from 'vitest';
import { lowerTail } from './binomial.ts';
import { type Chance, seededChance } from './chance.ts';
import { predictionPoweredMean } from './ppi.ts';

const draws = 1_000;
const labels = 300;

/** Over draws: intervals that missed the true rate, and the mean standard error. */
function measured(
  predict: (p: number, random: () => number) => number,
  shifted = 0,
): { missed: number; width: number } {
  const chance: Chance = seededChance(23);
  const random = () => chance() / 2 ** 32;
  let [missed, width] = [0, 0];
  for (let draw = 0; draw < draws; draw++) {
    const output = () => {
      const p = random() < 0.5 ? 0.05 : 0.75;
      return { predicted: predict(p, random), seen: random() < p ? 1 : 0 };
    };
    const labelled = Array.from({ length: labels }, output);
    const rest = Array.from({ length: 3_000 }, () => output().predicted + shifted);
    const { low, high, standard_error } = predictionPoweredMean(labelled, rest);
    if (low > 0.4 || high < 0.4) missed++;
    width += standard_error / draws;
  }
  return { missed, width };
}
const could = (missed: number) => 1 - lowerTail(missed - 1, draws, 0.055) > 1e-4;
/** Standard error of the mean of the labels alone. */
const alone = Math.sqrt(0.24 / labels);

test('[G36] the interval holds the mean, with predictions that are good, biased, useless or upside down', () => {
  const good = measured((p) => p);
  const biased = measured((p) => 0.5 * p + 0.4);
  const useless = measured((_p, random) => random());
  const wrong = measured((p) => 1 - p);
  for (const { missed } of [good, biased, useless, wrong]) {
    expect(could(missed), `${missed} of ${draws}`).toBe(true);
  }
  expect(good.width).toBeLessThan(0.8 * alone);
  expect(biased.width).toBeLessThan(0.8 * alone);
  expect(useless.width).toBeLessThan(1.01 * alone);
  expect(wrong.width).toBeLessThan(1.01 * alone);
});

test('[G36] unlabelled outputs of other traffic break it, and that is seen', () => {
  expect(could(measured((p) => p, 0.1).missed)).toBe(false);
});

test('[G36] by hand, and back to the plain mean where predictions say nothing', () => {
  const labelled = [
    { predicted: 0, seen: 0 },
    { predicted: 1, seen: 1 },
    { predicted: 0, seen: 1 },
    { predicted: 1, seen: 1 },
  ];
  // Covariance 1/6, variance of all predictions 15/56, n / N = 1.
  const found = predictionPoweredMean(labelled, [0, 1, 1, 1]);
  expect(found.lambda).toBeCloseTo((1 / 6 / 2) * (56 / 15), 9);
  expect(found.estimate).toBeCloseTo(0.75 + found.lambda * (0.75 - 0.5), 12);
  const flat = predictionPoweredMean(
    labelled.map(({ seen }) => ({ predicted: 0.3, seen })),
    [0.3, 0.3],
  );
  expect(flat).toMatchObject({ lambda: 0, estimate: 0.75 });
  // √(variance .25 / 4)
  expect(flat.standard_error).toBeCloseTo(0.25, 12);
  expect(() => predictionPoweredMean(labelled.slice(1, 2), [1, 2])).toThrow(/^labelled/);
  expect(() => predictionPoweredMean(labelled, [1, Number.NaN])).toThrow(/^unlabelled\.1/);
});
