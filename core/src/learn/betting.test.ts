import { expect, test } from 'vitest';
import { bettingPValue, hoeffdingBentkus } from './betting.ts';
import { lowerTail } from './binomial.ts';
import { certify } from './certificate.ts';
import { seededChance } from './chance.ts';

const alpha = 0.1;
const delta = 0.1;
const draws = 2_000;
const chance = seededChance(11);
const random = () => chance() / 2 ** 32;

/** Losses of mean alpha: of 0 and 1, of halves, and of anything between. */
const kinds: Record<string, () => number> = {
  whole: () => (random() < alpha ? 1 : 0),
  halves: () => (random() < 2 * alpha ? 0.5 : 0),
  spread: () => (random() < 0.25 ? 0.8 * random() : 0),
};
const sampleOf = (kind: string, n: number) =>
  Float64Array.from({ length: n }, kinds[kind] ?? random);
/** How often it is shown in `draws` that the mean is under alpha, which it is not. */
const wronglyShown = (p: () => number) =>
  Array.from({ length: draws }, p).filter((value) => value <= delta).length;
/** This is wrong once in ten thousand. */
const couldBe = (shown: number) => 1 - lowerTail(shown - 1, draws, delta) > 1e-4;
const meanOf = (losses: Float64Array) =>
  losses.reduce((sum, loss) => sum + loss, 0) / losses.length;

test.each(Object.keys(kinds))('[G22] betting on %s losses errs as often as it says', (kind) => {
  const shown = wronglyShown(() => bettingPValue(sampleOf(kind, 200), alpha, delta));
  expect(couldBe(shown), `${shown} of ${draws}`).toBe(true);
  expect(shown).toBeGreaterThan(draws * 0.02);
  // It holds at deltas that the bets were not set for, too.
  const strict = wronglyShown(() => bettingPValue(sampleOf(kind, 200), alpha, 0.001));
  expect(couldBe(strict), `${strict} of ${draws}`).toBe(true);
  // An order that knows the losses makes it void, and that is seen.
  const sorted = wronglyShown(() => bettingPValue(sampleOf(kind, 200).sort(), alpha, delta));
  expect(couldBe(sorted), `${sorted} of ${draws}`).toBe(false);
});

test.each(Object.keys(kinds))('[G22] the bound of %s losses by their mean holds', (kind) => {
  const at = (limit: number) =>
    wronglyShown(() => hoeffdingBentkus(meanOf(sampleOf(kind, 200)), 200, limit));
  const shown = at(alpha);
  expect(couldBe(shown), `${shown} of ${draws}`).toBe(true);
  // A mean that is under the limit is shown, so that the count above could have been large.
  const true_ones = at(1.7 * alpha);
  expect(couldBe(true_ones), `${true_ones} of ${draws}`).toBe(false);
});

test('[G22] whole losses give the binomial tail times e at most, and nothing shows nothing', () => {
  expect(hoeffdingBentkus(3 / 100, 100, alpha)).toBeCloseTo(
    Math.min(Math.E * lowerTail(3, 100, alpha), 1),
    12,
  );
  expect(hoeffdingBentkus(0, 1_000, 0.01)).toBeLessThan(0.0001);
  expect([hoeffdingBentkus(0, 0, alpha), hoeffdingBentkus(0.2, 50, alpha)]).toEqual([1, 1]);
  expect([bettingPValue([], alpha), bettingPValue([1, 1, 1], alpha)]).toEqual([1, 1]);
  const shown = (n: number) => bettingPValue(new Float64Array(n), 0.01) <= 0.05;
  expect([shown(390), shown(450)]).toEqual([false, true]);
});

test('[G22] partial losses are shown better by betting than by their mean', () => {
  const power = (p: (losses: Float64Array) => number) => {
    const tries = Array.from({ length: 300 }, () =>
      p(Float64Array.from({ length: 1_000 }, () => (random() < 0.07 ? random() : 0))),
    );
    return tries.filter((value) => value <= 0.05).length / 300;
  };
  const betting = power((losses) => bettingPValue(losses, 0.05));
  const mean = power((losses) => hoeffdingBentkus(meanOf(losses), 1_000, 0.05));
  expect(betting).toBeGreaterThan(mean + 0.1);
});

test('[G22] what is no loss or no share is refused by its field', () => {
  expect(() => bettingPValue([0, 1.2], alpha)).toThrow(/^losses\.1/);
  expect(() => bettingPValue([Number.NaN], alpha)).toThrow(/^losses\.0/);
  expect(() => bettingPValue([0], 0)).toThrow(/^alpha/);
  expect(() => bettingPValue([0], alpha, 1)).toThrow(/^delta/);
  expect(() => hoeffdingBentkus(-0.1, 5, alpha)).toThrow(/^mean/);
  expect(() => hoeffdingBentkus(0.1, 5.5, alpha)).toThrow(/^n/);
  expect(() => hoeffdingBentkus(0.1, 5, 1)).toThrow(/^alpha/);
});

test('[G22] the stake is kept on a scale: the p-value is that of its logarithm', () => {
  for (const mean of [0, 0.02, 0.1, 0.9]) {
    const losses = Float64Array.from({ length: 4_000 }, () => Math.min(1, random() * 2 * mean));
    let [log_stake, highest, sum, squares] = [0, 0, 0.5, 0.25];
    losses.forEach((loss, i) => {
      const bold = (2 * Math.log(1 / delta)) / (losses.length * (squares / (i + 1)));
      log_stake += Math.log1p(-Math.min(Math.sqrt(bold), 0.75 / (1 - alpha)) * (loss - alpha));
      highest = Math.max(highest, log_stake);
      sum += loss;
      squares += (loss - sum / (i + 2)) ** 2;
    });
    expect(bettingPValue(losses, alpha, delta) / Math.exp(-highest)).toBeCloseTo(1, 8);
  }
});

test('[G21] 100,000 outputs of partial losses are certified in less than 200 ms of processor time', () => {
  const sample = Array.from({ length: 100_000 }, () => {
    const score = random();
    return { score, loss: random() < 0.2 * (1 - score) ? random() : 0 };
  });
  const thresholds = Array.from({ length: 200 }, (_none, at) => 1 - (at + 1) / 200);
  const once = () => {
    const from = process.cpuUsage();
    const found = certify({ thresholds, start: 100 }, sample, { alpha: 0.05, delta });
    expect(found.tried.length).toBeGreaterThan(50);
    return process.cpuUsage(from).user / 1_000;
  };
  expect(Math.min(...Array.from({ length: 6 }, once))).toBeLessThan(200);
});
