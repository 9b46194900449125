import { expect, test } from 'vitest';
import { lowerTail } from './binomial.ts';
import { seededChance } from './chance.ts';
import { anytimeBounds } from './sequence.ts';
import { type Stratum, stratifiedErrors } from './strata.ts';

/** A month in which 5% were looked at, then, after more had gone wrong, 50%. */
function month(random: () => number, checked = [0.05, 0.5] as const) {
  const rates = [0.02, 0.2];
  const sizes = [3_000, 600];
  const parts = checked.map((p, at): Stratum => {
    const part = { n: sizes[at] as number, labelled: 0, wrong: 0 };
    for (let nth = 0; nth < part.n; nth++) {
      if (random() >= p) continue;
      part.labelled++;
      if (random() < (rates[at] as number)) part.wrong++;
    }
    return part;
  });
  return { parts, truth: (3_000 * 0.02 + 600 * 0.2) / 3_600 };
}

test('[G61] errors among what passed are told without bias where the share of spot checks changed, and the bounds hold', () => {
  const chance = seededChance(5);
  const random = () => chance() / 2 ** 32;
  const draws = 400;
  let [missed, shares, plain] = [0, 0, 0];
  for (let draw = 0; draw < draws; draw++) {
    const { parts, truth } = month(random);
    const { share, low, high, n, wrong } = stratifiedErrors(parts);
    shares += (share as number) - truth;
    plain += wrong / n - truth;
    if (truth < low || truth > high) missed++;
  }
  expect(Math.abs(shares / draws)).toBeLessThan(0.002);
  // Counted without their probabilities the errors of the worse time weigh too much.
  expect(plain / draws).toBeGreaterThan(0.05);
  expect(1 - lowerTail(missed - 1, draws, 0.05), `${missed} of ${draws}`).toBeGreaterThan(1e-4);
});

test('[G61] delta is divided among parts, one that nobody judged may be wrong altogether, and nothing judged tells nothing', () => {
  expect(stratifiedErrors([])).toEqual({ n: 0, wrong: 0, share: null, low: 0, high: 1 });
  const judged = { n: 40, labelled: 20, wrong: 2 };
  const one = stratifiedErrors([judged]);
  expect([one.low, one.high]).toEqual(anytimeBounds(2, 20, 0.05));
  const two = stratifiedErrors([judged, judged]);
  for (const [at, bound] of anytimeBounds(2, 20, 0.025).entries()) {
    expect([two.low, two.high][at]).toBeCloseTo(bound, 12);
  }
  const none = { n: 50, labelled: 0, wrong: 0 };
  expect(stratifiedErrors([none])).toMatchObject({ share: null, low: 0, high: 1 });
  const half = stratifiedErrors([none, { n: 50, labelled: 50, wrong: 0 }]);
  expect(half).toMatchObject({ n: 50, wrong: 0, share: 0, low: 0 });
  expect(half.high).toBeGreaterThan(0.5);
});
