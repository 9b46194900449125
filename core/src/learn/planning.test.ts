import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lowerTail } from './binomial.ts';
import { seededChance } from './chance.ts';
import { chanceOfProof, checksForProof, weeksUntilProof } from './planning.ts';

const strict = { alpha: 0.01, delta: 0.05 };

test('[G34] checks that are needed are the published ones, and few where nothing is wrong', () => {
  // 299 clean ones show 1%, and 298 do not.
  expect(chanceOfProof(298, 0, strict)).toBe(0);
  expect(chanceOfProof(299, 0, strict)).toBe(1);
  expect(checksForProof(0, strict)).toEqual({ checks: 299, errors: 0 });
  // One of 473 is borne: P(Bin(473, .001) ≤ 1).
  expect(chanceOfProof(473, 0.001, strict)).toBeCloseTo(
    0.999 ** 473 + 473 * 0.001 * 0.999 ** 472,
    9,
  );
  expect(checksForProof(0.01, strict)).toBeNull();
  expect(checksForProof(0.00999, strict)).toBeNull();
});

test('[G34] so many checks are enough as often as they say, and fewer of fewer errors are not', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(0.01, 0.02, 0.05, 0.2),
      fc.double({ min: 0, max: 0.8, noNaN: true }),
      fc.constantFrom(0.5, 0.8, 0.95),
      (alpha, part, power) => {
        const needed = checksForProof(part * alpha, { alpha, delta: 0.05, power });
        const { checks, errors } = needed as { checks: number; errors: number };
        const target = { alpha, delta: 0.05 };
        expect(chanceOfProof(checks, part * alpha, target)).toBeGreaterThanOrEqual(power);
        if (errors > 0) expect(chanceOfProof(checks - 1, part * alpha, target)).toBeLessThan(power);
      },
    ),
    { numRuns: 60 },
  );
  const needed = checksForProof(0.01, { alpha: 0.02, delta: 0.05, power: 0.8 });
  const { checks, errors } = needed as { checks: number; errors: number };
  const chance = seededChance(3);
  let shown = 0;
  for (let draw = 0; draw < 400; draw++) {
    let wrong = 0;
    for (let at = 0; at < checks; at++) if (chance() < 0.01 * 2 ** 32) wrong++;
    if (lowerTail(wrong, checks, 0.02) <= 0.05) shown++;
    expect(lowerTail(wrong, checks, 0.02) <= 0.05).toBe(wrong <= errors);
  }
  expect(lowerTail(shown, 400, 0.8)).toBeGreaterThan(1e-4);
});

test('[G34] weeks follow from what people can judge, or from what there is to judge', () => {
  const setup = {
    ...{ ...strict, rate: 0, coverage: 0.5, design_share: 0, outputs_a_week: 1_000 },
    ...{ reviewers: 2, hours_a_week: 10, checks_an_hour: 30 },
  };
  expect(weeksUntilProof(setup)).toEqual({
    ...{ checks: 299, judged_a_week: 600, weeks: 299 / 300, limited_by: 'people' },
  });
  expect(weeksUntilProof({ ...setup, reviewers: 9, design_share: 0.5 })).toEqual({
    ...{ checks: 299, judged_a_week: 1_000, weeks: 299 / 250, limited_by: 'outputs' },
  });
  expect(weeksUntilProof({ ...setup, rate: 0.02 })).toBeNull();
  expect(() => weeksUntilProof({ ...setup, reviewers: 0 })).toThrow(/^reviewers/);
  expect(() => weeksUntilProof({ ...setup, coverage: 2 })).toThrow(/^coverage/);
  expect(() => checksForProof(-1, strict)).toThrow(/^rate/);
});
