import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededChance } from './chance.ts';
import { fitIsotonic, fitPlatt, type Recalibration, rightnessOf } from './recalibrate.ts';
import { calibrationError } from './reliability.ts';
import type { ScoredOutput } from './scored.ts';

const scored = fc.array(
  fc.record({ score: fc.integer({ min: -9, max: 9 }), loss: fc.constantFrom(0, 1) }),
  { minLength: 1, maxLength: 30 },
);

test('[G33] Platt scaling is where the likelihood of the drawn-in targets is highest', () => {
  fc.assert(
    fc.property(scored, fc.constantFrom(1, 1e-3, 1e4), (drawn, unit) => {
      const outputs = drawn.map(({ score, loss }) => ({ score: score * unit, loss }));
      const scaling = fitPlatt(outputs);
      const right = outputs.filter(({ loss }) => loss === 0).length;
      const wrong = outputs.length - right;
      let [offset_slope, slope_slope] = [0, 0];
      for (const { score, loss } of outputs) {
        const target = loss === 0 ? (right + 1) / (right + 2) : 1 / (wrong + 2);
        const apart = rightnessOf(scaling, score) - target;
        offset_slope += apart;
        slope_slope += apart * (score / unit);
      }
      expect(Math.abs(offset_slope)).toBeLessThan(1e-6);
      expect(Math.abs(slope_slope)).toBeLessThan(1e-5);
    }),
    {
      numRuns: 400,
      // Equal scores whose mean is a last digit off.
      examples: [[[1, 0, 0].map((loss) => ({ score: -3, loss })), 1e-3]],
    },
  );
});

test('[G33] perfect parting makes nothing certain, and no outputs decide nothing', () => {
  const outputs = [-2, -1, 1, 2].map((score) => ({ score, loss: score > 0 ? 0 : 1 }));
  const scaling = fitPlatt(outputs);
  // Two right and two wrong: targets 3/4 and 1/4, and Σ score × (right − target) is 0.
  expect(rightnessOf(scaling, 1) + 2 * rightnessOf(scaling, 2)).toBeCloseTo(3 * 0.75, 9);
  expect(rightnessOf(fitPlatt([]), 7)).toBe(0.5);
  const equal = fitPlatt([1, 0, 0].map((loss) => ({ score: 3, loss })));
  // (2 × 3/4 + 1/3) / 3
  expect(rightnessOf(equal, 3)).toBeCloseTo((2 * 0.75 + 1 / 3) / 3, 9);
});

test('[G33] isotonic regression is the greatest of least means over runs', () => {
  fc.assert(
    fc.property(scored, (drawn) => {
      const outputs = [...drawn].sort((a, b) => a.score - b.score);
      const scores = [...new Set(outputs.map(({ score }) => score))];
      const mean = (from: number, to: number) => {
        const members = outputs.filter(({ score }) => score >= from && score <= to);
        return members.filter(({ loss }) => loss === 0).length / members.length;
      };
      const scaling = fitIsotonic(drawn);
      for (const score of scores) {
        // Robertson, Wright and Dykstra 1988: max over starts of min over ends.
        const expected = Math.max(
          ...scores
            .filter((from) => from <= score)
            .map((from) =>
              Math.min(...scores.filter((to) => to >= score).map((to) => mean(from, to))),
            ),
        );
        expect(rightnessOf(scaling, score)).toBeCloseTo(expected, 10);
      }
    }),
  );
  const steps = fitIsotonic([
    { score: 0, loss: 1 },
    { score: 10, loss: 0 },
  ]);
  expect([-5, 0, 2.5, 10, 99].map((score) => rightnessOf(steps, score))).toEqual([
    0, 0, 0.25, 1, 1,
  ]);
  expect(() => fitIsotonic([])).toThrow(/^outputs/);
});

test('[G33] both are right as often as they say, stored and read again', () => {
  const chance = seededChance(5);
  const random = () => chance() / 2 ** 32;
  const draw = (): ScoredOutput => {
    const score = random() * 4 - 2;
    return { score, loss: random() < 1 / (1 + Math.exp(1.5 * score + 0.5)) ? 1 : 0 };
  };
  const train = Array.from({ length: 4_000 }, draw);
  const fresh = Array.from({ length: 4_000 }, draw);
  const fitted: Recalibration[] = [fitPlatt(train), fitIsotonic(train)];
  expect(fitted[0]).toMatchObject({
    slope: expect.closeTo(1.5, 0),
    offset: expect.closeTo(0.5, 0),
  });
  for (const scaling of fitted) {
    const stored = JSON.parse(JSON.stringify(scaling)) as Recalibration;
    const { low, ece } = calibrationError(
      fresh.map(({ score, loss }) => ({
        confidence: rightnessOf(stored, score),
        correct: loss === 0,
      })),
    );
    expect([low, ece < 0.03]).toEqual([0, true]);
  }
});
