import { expect, test } from 'vitest';
import { agreementOf, fitAgreement, type JudgedTraits } from './agreement.ts';
import { binOf } from './score-grid.ts';
import { score_bins, startsAsKept, startsOf } from './starts.ts';
import { talliesOf } from './tallies.ts';

const target = { alpha: 0.1, delta: 0.05 };

test('[G80] a gate that learned agreement begins at scores that what it keeps gives', () => {
  // Nothing tells these outputs apart: the parts that are left out of each fold differ by chance alone.
  const judged = Array.from({ length: 200 }, (_none, at): JudgedTraits => {
    return { score: 0, loss: Number(at % 12 === 0) };
  });
  for (let seed = 1; seed <= 30; seed++) {
    const { model, out_of_fold } = fitAgreement(judged, seed);
    const tallied = (scoreOf: (at: number) => number) =>
      talliesOf(
        judged.map(({ loss }, at) => ({ score: scoreOf(at), loss, weight: 1 })),
        score_bins,
      );
    const told = tallied((at) => out_of_fold[at] as number);
    const kept = tallied((at) => agreementOf(model, judged[at] as JudgedTraits));
    const starts = startsOf(told, target);
    const most = binOf(agreementOf(model, { score: 0 }), score_bins);
    expect(startsAsKept(starts ?? [], told, kept).every((start) => start <= most)).toBe(true);
  }
});

test('[G80] starts that are reached as often by what is kept stay where they were told', () => {
  const told = [10, 20, 30, 40].map((bin) => ({ bin, weight: 1, wrong: 0, n: 50 }));
  expect(startsAsKept([20, 30, 40], told, told)).toEqual([20, 30, 40]);
  // Half of them reach 30; by what is kept half of them reach 28, and a quarter 41.
  const kept = [8, 22, 28, 41].map((bin) => ({ bin, weight: 1, wrong: 0, n: 50 }));
  expect(startsAsKept([30, 40], told, kept)).toEqual([28, 40]);
  expect(startsAsKept([30], told, [])).toEqual([30]);
});
