import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lowerTail } from './binomial.ts';
import { seededChance } from './chance.ts';
import {
  estimateFromChecks,
  inclusionProbability,
  type SpotChecked,
  spotCheckDesign,
  uncertaintyOf,
} from './spot-check.ts';

test('[G35] a design spends its budget, leaves nothing unchecked and passes no probability of 1', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 0.5, noNaN: true }), { minLength: 1, maxLength: 40 }),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      (uncertainties, share) => {
        const design = spotCheckDesign(uncertainties, { share });
        const drawn = uncertainties.map((each) => inclusionProbability(each, design));
        const mean = drawn.reduce((sum, p) => sum + p, 0) / drawn.length;
        expect(Math.min(...drawn)).toBeGreaterThanOrEqual(share / 5);
        expect(Math.max(...drawn)).toBeLessThanOrEqual(1);
        expect(mean).toBeLessThanOrEqual(share + 1e-9);
        if (Math.min(...uncertainties) > 1e-6) expect(mean).toBeCloseTo(share, 6);
      },
    ),
  );
  // Twice as uncertain, twice as likely: .1 and .2 with a mean of .15.
  const design = spotCheckDesign([0.2, 0.4], { share: 0.15 });
  expect(inclusionProbability(0.2, design)).toBeCloseTo(0.1, 9);
  expect(inclusionProbability(0.4, design)).toBeCloseTo(0.2, 9);
});

const draws = 1_000;
/** Estimates over draws of the checks of one week, by how each output is weighed. */
function estimates(check: (checked: SpotChecked) => SpotChecked, even = false) {
  const chance = seededChance(11);
  const random = () => chance() / 2 ** 32;
  const outputs = Array.from({ length: 4_000 }, () => {
    const p = random() < 0.9 ? 0.02 * random() : random() * 0.6;
    return { p, loss: random() < p ? 1 : 0 };
  });
  const truth = outputs.reduce((sum, { loss }) => sum + loss, 0) / outputs.length;
  const design = spotCheckDesign(
    outputs.map(({ p }) => uncertaintyOf(p)),
    { share: 0.1 },
  );
  const found = Array.from({ length: draws }, () =>
    estimateFromChecks(
      outputs.map(({ p, loss }) => {
        const probability = even ? 0.1 : inclusionProbability(uncertaintyOf(p), design);
        return check({
          inclusion_probability: probability,
          expected_loss: even ? 0 : p,
          loss: random() < probability ? loss : null,
        });
      }),
    ),
  );
  const mean = found.reduce((sum, { estimate }) => sum + estimate, 0) / draws;
  const spread = Math.sqrt(
    found.reduce((sum, { estimate }) => sum + (estimate - mean) ** 2, 0) / (draws - 1),
  );
  const missed = found.filter(({ low, high }) => truth < low || truth > high).length;
  return { truth, mean, spread, missed };
}

test('[G35] the difference estimator is unbiased, and its interval covers nearly what it says', () => {
  const { truth, mean, spread, missed } = estimates((each) => each);
  expect(Math.abs(mean - truth)).toBeLessThan((4.5 * spread) / Math.sqrt(draws));
  // 95%, less the little that a normal interval falls short: at most 8% missed.
  expect(1 - lowerTail(missed - 1, draws, 0.08), `${missed} of ${draws}`).toBeGreaterThan(1e-4);
  // Worth more than twice as many checks drawn evenly.
  const even = estimates((each) => each, true);
  expect((even.spread / spread) ** 2).toBeGreaterThan(2);
  expect(Math.abs(even.mean - truth)).toBeLessThan((4.5 * even.spread) / Math.sqrt(draws));
});

test('[G35] where the probabilities are not those that were drawn with, it shows', () => {
  const { truth, mean, spread } = estimates((each) => ({ ...each, inclusion_probability: 0.1 }));
  expect(Math.abs(mean - truth)).toBeGreaterThan((4.5 * spread) / Math.sqrt(draws));
});

test('[G35] by hand, and what is out of its range is refused by its field', () => {
  const outputs: SpotChecked[] = [
    { inclusion_probability: 0.5, expected_loss: 0.1, loss: 1 },
    { inclusion_probability: 0.5, expected_loss: 0.1, loss: null },
    { inclusion_probability: 1, expected_loss: 0.2, loss: 0 },
    { inclusion_probability: 0.25, expected_loss: 0, loss: 0 },
  ];
  // (.1 + .1 + .2 + 0 + .9 / .5 − .2) / 4, and √(.5 / .25 × .81) / 4.
  const found = estimateFromChecks(outputs);
  expect(found).toMatchObject({ n: 4, checked: 3, low: 0 });
  expect(found.estimate).toBeCloseTo(0.5, 12);
  expect(found.standard_error).toBeCloseTo(Math.sqrt(1.62) / 4, 12);
  const [first] = outputs as [SpotChecked];
  expect(() => estimateFromChecks([])).toThrow(/^outputs/);
  expect(() => estimateFromChecks([{ ...first, inclusion_probability: 0 }])).toThrow(
    /^outputs\.0\.inclusion_probability/,
  );
  expect(() => estimateFromChecks([{ ...first, loss: 2 }])).toThrow(/^outputs\.0\.loss/);
  expect(() => spotCheckDesign([0.1], { share: 0.1, floor: 0 })).toThrow(/^floor/);
  expect(() => spotCheckDesign([-1], { share: 0.1 })).toThrow(/^uncertainties\.0/);
});
