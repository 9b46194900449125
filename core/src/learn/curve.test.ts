import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exactBounds } from './binomial.ts';
import { seededChance } from './chance.ts';
import { areaUnderRiskCurve, blocksOf, coverageAtRisk, riskCurve } from './curve.ts';
import type { ScoredOutput } from './scored.ts';

const output = (score: number, loss: number): ScoredOutput => ({ score, loss });
const scored = fc.array(
  fc.record({ score: fc.integer({ min: 0, max: 6 }), loss: fc.integer({ min: 0, max: 1 }) }),
  { minLength: 1, maxLength: 7 },
);

test('[G30] a risk–coverage curve counts what passes at each score, equal scores at once', () => {
  const outputs = [output(0.5, 1), output(0.9, 0), output(0.5, 0), output(0.2, 1), output(0.9, 0)];
  expect(riskCurve(blocksOf(outputs))).toMatchObject([
    { threshold: 0.9, passed: 2, wrong: 0, coverage: 0.4, risk: 0, low: 0 },
    { threshold: 0.5, passed: 4, wrong: 1, coverage: 0.8, risk: 0.25 },
    { threshold: 0.2, passed: 5, wrong: 2, coverage: 1, risk: 0.4 },
  ]);
  // 1 − .025^(1/2), the exact upper bound of none in two.
  expect(riskCurve(blocksOf(outputs))[0]?.high).toBeCloseTo(1 - Math.sqrt(0.025), 9);
  expect(riskCurve([])).toEqual([]);
  fc.assert(
    fc.property(scored, (drawn) => {
      for (const point of riskCurve(blocksOf(drawn))) {
        const passing = drawn.filter(({ score }) => score >= point.threshold);
        expect(point.passed).toBe(passing.length);
        expect(point.wrong).toBe(passing.reduce((sum, { loss }) => sum + loss, 0));
        const [low, high] = exactBounds(point.wrong, point.passed);
        expect([point.low, point.high]).toEqual([low, high]);
      }
    }),
  );
});

test('[G30] thinned for a plot it keeps its ends, and in each column its lowest and highest', () => {
  const chance = seededChance(3);
  const outputs = Array.from({ length: 5_000 }, () => {
    const score = chance() / 2 ** 32;
    return output(score, chance() / 2 ** 32 > score ? 1 : 0);
  });
  const blocks = blocksOf(outputs);
  const whole = riskCurve(blocks, { points: 1e6 });
  for (const points of [4, 40, 401]) {
    const few = riskCurve(blocks, { points });
    expect(few.length).toBeLessThanOrEqual(points);
    expect(few[0]).toEqual(whole[0]);
    expect(few.at(-1)).toEqual(whole.at(-1));
    const columns = Math.floor(points / 4);
    const column = ({ coverage }: { coverage: number }) =>
      Math.min(columns - 1, Math.floor(coverage * columns));
    for (let at = 0; at < columns; at++) {
      const risks = (of: typeof whole) => of.filter((p) => column(p) === at).map((p) => p.risk);
      const [kept, all] = [risks(few), risks(whole)];
      expect(Math.min(...kept)).toBe(all.reduce((a, b) => Math.min(a, b)));
      expect(Math.max(...kept)).toBe(all.reduce((a, b) => Math.max(a, b)));
    }
  }
  expect(() => riskCurve(blocks, { points: 3 })).toThrow(/^points/);
});

/** Every order of a few outputs that a stable sort by score could leave. */
function orders<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, at) =>
    orders([...items.slice(0, at), ...items.slice(at + 1)]).map((rest) => [item, ...rest]),
  );
}
/** By its definition: the mean of the risks among the first 1, 2, … n. */
function meanOfRisks(losses: readonly number[]): number {
  let [wrong, sum] = [0, 0];
  losses.forEach((loss, at) => {
    wrong += loss;
    sum += wrong / (at + 1);
  });
  return sum / losses.length;
}

test('[G30] AURC is the mean risk over coverages, ties in every order, and its excess the rest', () => {
  // By hand: risks 0, 1/2, 1/3, 2/4; at best 0, 0, 1/3, 1/2.
  const four = [output(4, 0), output(3, 1), output(2, 0), output(1, 1)];
  const { aurc, best, excess } = areaUnderRiskCurve(blocksOf(four));
  expect(aurc).toBeCloseTo((1 / 2 + 1 / 3 + 1 / 2) / 4, 12);
  expect(best).toBeCloseTo((1 / 3 + 1 / 2) / 4, 12);
  expect(excess).toBeCloseTo(1 / 8, 12);
  fc.assert(
    fc.property(scored, (drawn) => {
      const kept = orders(drawn).filter((order) =>
        order.every((each, at) => at === 0 || each.score <= (order[at - 1]?.score ?? 0)),
      );
      const mean =
        kept.reduce((sum, order) => sum + meanOfRisks(order.map((o) => o.loss)), 0) / kept.length;
      const area = areaUnderRiskCurve(blocksOf(drawn));
      expect(area.aurc).toBeCloseTo(mean, 10);
      const ideal = drawn.map(({ loss }) => loss).sort((a, b) => a - b);
      expect(area.best).toBeCloseTo(meanOfRisks(ideal), 10);
    }),
    { numRuns: 40 },
  );
  // Large numbers: Geifman's own approximation of the best, r + (1 − r) ln(1 − r).
  const many = areaUnderRiskCurve([{ score: 1, n: 1_000_000, wrong: 100_000 }]);
  expect(many.aurc).toBeCloseTo(0.1, 12);
  expect(many.best).toBeCloseTo(0.1 + 0.9 * Math.log(0.9), 6);
});

test('[G30] coverage at a risk is that of the loosest threshold with so few errors seen', () => {
  const blocks = [
    { score: 9, n: 10, wrong: 1 },
    { score: 8, n: 90, wrong: 0 },
    { score: 7, n: 100, wrong: 10 },
  ];
  expect(coverageAtRisk(blocks, 0.01)).toMatchObject({ threshold: 8, coverage: 0.5, risk: 0.01 });
  expect(coverageAtRisk(blocks, 0.055)?.coverage).toBe(1);
  expect(coverageAtRisk(blocks, 0.009)).toBeNull();
});

test('[G30] what is no score, no loss or no block is refused by its field', () => {
  expect(() => blocksOf([output(1, 0), output(Number.NaN, 0)])).toThrow(/^outputs\.1\.score/);
  expect(() => blocksOf([output(1, 2)])).toThrow(/^outputs\.0\.loss/);
  const block = { score: 1, n: 2, wrong: 1 };
  expect(() => riskCurve([block, block])).toThrow(/^blocks\.1\.score/);
  expect(() => areaUnderRiskCurve([{ ...block, wrong: 3 }])).toThrow(/^blocks\.0\.wrong/);
  expect(() => coverageAtRisk([{ ...block, n: 0 }], 0.1)).toThrow(/^blocks\.0\.n/);
});
