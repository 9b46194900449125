import { expect, test } from 'vitest';
import { evidenceDrawn } from './evidenceDrawn.ts';

const one = (threshold: number, labelled: number, share: number) => ({
  ...{ threshold, labelled, wrong: Math.round(labelled / 2), e_value: 1, e_needed: null },
  ...{ share, low: share / 2, high: Math.min(1, 2 * share) },
});

test('[K156] evidence is drawn by the share that its proof rests on, with its own interval', () => {
  const evidence = [one(0.99, 5, 0.2), one(0.9, 100, 0.02), one(0.5, 400, 0.3)];
  const { x, series, at } = evidenceDrawn({ evidence, alpha: 0.05, threshold: 0.9 });
  expect(x).toEqual([0.5, 0.9, 0.99]);
  expect(at(0)).toMatchObject({ labelled: 400, wrong: 200 });
  const [high, low, share, promised] = series.map(({ values }) => values);
  expect(share).toEqual([0.3, 0.02, 0.2]);
  expect(low).toEqual([0.15, 0.01, 0.1]);
  expect(high).toEqual([0.6, 0.04, 0.4]);
  expect(promised).toEqual([0.05, 0.05, 0.05]);
});

test('[K156] a handful of decisions does not lead the scale', () => {
  const evidence = [one(0.99, 5, 0.8), one(0.9, 100, 0.02)];
  expect(evidenceDrawn({ evidence, alpha: 0.02, threshold: null }).end).toBeCloseTo(0.05, 12);
  const few = evidenceDrawn({ evidence: [one(0.9, 5, 0.8)], alpha: 0.02, threshold: null });
  expect(few.end).toBe(1);
});
