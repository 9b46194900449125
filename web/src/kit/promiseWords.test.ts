import { expect, test } from 'vitest';
import { scoreText } from './promiseWords.ts';

test('a threshold is written so that what is said to pass passes, and two that differ are told apart', () => {
  const written = [0.5, 0.946, 0.9461, 0.9972, 0.9995, 0.99971, 1, 0].map(scoreText);
  expect(written).toEqual(['0.5', '0.946', '0.947', '0.9972', '0.9995', '0.99971', '1', '0']);
  for (let step = 1; step < 2_000; step++) {
    const score = 1 / (1 + Math.exp(-step / 100));
    expect(Number(scoreText(score))).toBeGreaterThanOrEqual(score - 1e-9);
    expect(Number(scoreText(score))).toBeLessThanOrEqual(score + 0.001);
  }
});
