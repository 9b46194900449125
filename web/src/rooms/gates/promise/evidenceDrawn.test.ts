import { exactBounds } from '@wheelhouse/core/learn';
import { expect, test } from 'vitest';
import { evidenceDrawn } from './evidenceDrawn.ts';

const one = (threshold: number, labelled: number, wrong: number) => ({
  ...{ threshold, labelled, wrong, e_value: 1 },
});

test('[K156] each share of the evidence has the exact interval of its own decisions', () => {
  const evidence = [one(0.99, 5, 1), one(0.9, 100, 2), one(0.5, 400, 80)];
  const { x, series, at } = evidenceDrawn({ evidence, alpha: 0.05, threshold: 0.9 });
  expect(x).toEqual([0.5, 0.9, 0.99]);
  expect(at(0)).toMatchObject({ labelled: 400, wrong: 80 });
  const [high, low, share] = series.map(({ values }) => values);
  expect(share).toEqual([0.2, 0.02, 0.2]);
  for (const [row, { labelled, wrong }] of [...evidence].reverse().entries()) {
    expect([low?.[row], high?.[row]]).toEqual(exactBounds(wrong, labelled));
  }
  // Clopper and Pearson's of 2 in 100, as tables have it.
  expect(low?.[1]).toBeCloseTo(0.00243, 5);
  expect(high?.[1]).toBeCloseTo(0.07038, 5);
});

test('[K156] a handful of decisions does not lead the scale', () => {
  const evidence = [one(0.99, 5, 4), one(0.9, 100, 2)];
  expect(evidenceDrawn({ evidence, alpha: 0.02, threshold: null }).end).toBeCloseTo(0.05, 12);
  expect(evidenceDrawn({ evidence: [one(0.9, 5, 4)], alpha: 0.02, threshold: null }).end).toBe(1);
});
