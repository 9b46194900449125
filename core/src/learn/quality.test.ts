import { expect, test } from 'vitest';
import { lowerTail } from './binomial.ts';
import { type Chance, seededChance } from './chance.ts';
import { type QualityCell, qualityOf } from './quality.ts';

const draws = 800;
/** Chances of being wrong that outputs have, and how often each comes. */
const kinds = [0.002, 0.01, 0.04, 0.15, 0.4];

interface World {
  n: number;
  /** What the score says of an output that is wrong with this probability. */
  predict?: (p: number) => number;
  /** With which probability it is to be labelled. */
  ask: (p: number) => number;
  /** Of those, the share that somebody judged. */
  answered?: number;
}

function period({ n, predict = (p) => p, ask, answered = 1 }: World, random: () => number) {
  const cells = kinds.map((p): QualityCell & { p: number } => ({
    ...{ p, predicted: predict(p), inclusion_probability: ask(p) },
    ...{ n: 0, labelled: 0, wrong: 0 },
  }));
  let errors = 0;
  for (let at = 0; at < n; at++) {
    const cell = cells[Math.floor(random() * kinds.length)] as (typeof cells)[0];
    const wrong = random() < cell.p ? 1 : 0;
    errors += wrong;
    cell.n++;
    if (random() >= cell.inclusion_probability || random() >= answered) continue;
    cell.labelled++;
    cell.wrong += wrong;
  }
  return { cells, errors };
}

/** Over periods: intervals that missed the truth, their widths, and how far the shares are off. */
function measured(worlds: World[], seed = 11) {
  const chance: Chance = seededChance(seed);
  const random = () => chance() / 2 ** 32;
  const sums = { missed: 0, missed_plain: 0, width: 0, width_plain: 0, off: 0, worth: 0 };
  for (let draw = 0; draw < draws; draw++) {
    const parts = worlds.map((world) => period(world, random));
    const n = worlds.reduce((sum, world) => sum + world.n, 0);
    const truth = parts.reduce((sum, { errors }) => sum + errors, 0) / n;
    const found = qualityOf(parts.map(({ cells }) => cells));
    if (!found) throw new Error('nothing was labelled');
    const { share, low, high, plain, worth } = found;
    if (truth < low || truth > high) sums.missed++;
    if (truth < plain.low || truth > plain.high) sums.missed_plain++;
    sums.width += (high - low) / draws;
    sums.width_plain += (plain.high - plain.low) / draws;
    sums.off += (share - truth) / draws;
    sums.worth += worth / draws;
  }
  return sums;
}

/** An interval that is approximate and says 95%: 6.5% are allowed, and chance beside. */
const could = (missed: number) => 1 - lowerTail(missed - 1, draws, 0.065) > 1e-4;
const flat = { n: 6_000, ask: () => 0.05 };
const unsure = { n: 6_000, ask: (p: number) => Math.max(0.02, 0.2 * Math.sqrt(p * (1 - p))) };

test('[G64] the interval holds the share of errors of a time, whatever the scores say, and is narrower where they are good', () => {
  const good = measured([flat]);
  const too_sure = measured([{ ...flat, predict: (p) => p / 10 }]);
  const useless = measured([{ ...flat, predict: (p) => (p * 7_919) % 1 }]);
  const upside_down = measured([{ ...flat, predict: (p) => 1 - p }]);
  for (const { missed, missed_plain, off } of [good, too_sure, useless, upside_down]) {
    expect(could(missed), `${missed} of ${draws}`).toBe(true);
    expect(could(missed_plain), `${missed_plain} of ${draws}`).toBe(true);
    expect(Math.abs(off)).toBeLessThan(0.002);
  }
  expect(good.width).toBeLessThan(0.93 * good.width_plain);
  // How sure a model says it is need not be right, only in the right order.
  expect(too_sure.width).toBeCloseTo(good.width, 3);
  expect(good.worth).toBeGreaterThan(1.15);
  expect(upside_down.width).toBeCloseTo(upside_down.width_plain, 12);
});

test('[G64] labels drawn with unequal probabilities count for as many as they were drawn from', () => {
  const weighed = measured([unsure]);
  expect(could(weighed.missed), `${weighed.missed} of ${draws}`).toBe(true);
  expect(Math.abs(weighed.off)).toBeLessThan(0.002);
  // As if all had been drawn alike, what was looked at more weighs too much.
  const chance = seededChance(3);
  const { cells, errors } = period(unsure, () => chance() / 2 ** 32);
  const alike = cells.map((cell) => ({ ...cell, inclusion_probability: 0.05 }));
  expect(qualityOf([alike])?.plain.low as number).toBeGreaterThan(0.02 + errors / unsure.n);
});

test('[G64] what was held is known, what of it is not decided is taken to be like the rest, and no answer to some spot checks takes nothing', () => {
  const held = { n: 1_000, ask: () => 1 };
  const both = measured([held, { ...flat, answered: 0.5 }]);
  expect(could(both.missed), `${both.missed} of ${draws}`).toBe(true);
  expect(Math.abs(both.off)).toBeLessThan(0.003);
  const waiting = measured([{ ...held, answered: 0.7 }, flat]);
  expect(could(waiting.missed), `${waiting.missed} of ${draws}`).toBe(true);
  const known = qualityOf([[{ ...cell(50), inclusion_probability: 1, n: 50, wrong: 20 }]]);
  expect(known).toMatchObject({ share: 0.4, low: 0.4, high: 0.4, worth: 1 });
});

const cell = (labelled: number): QualityCell => ({
  ...{ predicted: 0.1, inclusion_probability: 0.05, n: 1_000, labelled, wrong: 0 },
});

test('[G64] of spot checks without an error the share is none, and what it can be at most is not', () => {
  const found = qualityOf([[cell(50)]]);
  expect(found?.share).toBe(0);
  expect(found?.low).toBe(0);
  expect(found?.high).toBeGreaterThan(0.05);
  expect(found?.high).toBeLessThan(0.09);
  // Beside what is known wholly it does not vanish.
  const beside = qualityOf([
    [{ ...cell(1_000), inclusion_probability: 1, wrong: 300 }],
    [cell(50)],
  ]);
  expect(beside?.share).toBeCloseTo(0.15, 12);
  expect((beside?.high as number) - 0.15).toBeCloseTo((found?.high as number) / 2, 12);
});

test('[G64] nothing judged tells nothing, and what is no cell is refused by its name', () => {
  expect(qualityOf([])).toBeNull();
  expect(qualityOf([[cell(0)]])).toBeNull();
  expect(qualityOf([[cell(9)], [cell(0)]])).toBeNull();
  expect(() => qualityOf([[{ ...cell(1), inclusion_probability: 0 }]])).toThrow(
    /^parts\.0\.0\.inclusion_probability/,
  );
  expect(() => qualityOf([[cell(1)], [{ ...cell(1), wrong: 2 }]])).toThrow(/^parts\.1\.0\.wrong/);
  expect(() => qualityOf([[{ ...cell(1), predicted: Number.NaN }]])).toThrow(/predicted/);
});
