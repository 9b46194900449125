import { expect, test } from 'vitest';
import { type AgreementModel, agreementOf, fitAgreement, type JudgedTraits } from './agreement.ts';
import { lowerTail } from './binomial.ts';
import { seededChance } from './chance.ts';
import { fitPlatt } from './recalibrate.ts';
import { calibrationError } from './reliability.ts';
import { fitSmallLogistic } from './small-logistic.ts';

/** A record in which refunds go wrong more often by `harm` log odds, and long texts by `length`. */
function record(n: number, seed: number, { harm = 0, length = 0 } = {}): JudgedTraits[] {
  const chance = seededChance(seed);
  const random = () => chance() / 2 ** 32;
  return Array.from({ length: n }, () => {
    const score = random();
    const action = ['refund', 'answer', 'close', 'tag'][chance() % 4] as string;
    const long = random() * 400;
    const odds = 4 * score - (action === 'refund' ? harm : 0) - (length * long) / 100;
    return {
      ...{ score, loss: random() < 1 / (1 + Math.exp(-odds)) ? 0 : 1 },
      numbers: { length: long, margin: random() },
      words: { action, version: `v${chance() % 6}` },
    };
  });
}

test('[G37] the head is not taken where there is nothing to learn beyond the score', () => {
  const records = 60;
  let taken = 0;
  for (let seed = 1; seed <= records; seed++) {
    const { model, gain_low } = fitAgreement(record(400, seed), seed);
    expect(model.kind).toBe(gain_low > 0 ? 'head' : 'score');
    if (model.kind === 'head') taken++;
  }
  expect(1 - lowerTail(taken - 1, records, 0.05), `${taken} of ${records}`).toBeGreaterThan(1e-4);
});

test('[G37] of few errors what is surer stays surer', () => {
  let falling = 0;
  for (let seed = 1; seed <= 100; seed++) {
    const chance = seededChance(seed);
    const outputs = Array.from({ length: 200 }, () => {
      const right = chance() / 2 ** 32;
      return { score: right, loss: chance() / 2 ** 32 < 0.97 + 0.03 * right ? 0 : 1 };
    });
    if (fitPlatt(outputs).slope <= 0) falling++;
    expect(fitAgreement(outputs, seed).model.platt.slope, `${seed}`).toBeGreaterThan(0);
  }
  expect(falling).toBeGreaterThan(0);
});

test('[G37] where there is, it is taken, and better on outputs that nobody has seen', () => {
  const outputs = record(3_000, 7, { harm: 2, length: 0.5 });
  const { model, out_of_fold, log_loss, gain, gain_low } = fitAgreement(outputs, 2);
  expect(model.kind).toBe('head');
  expect(gain).toBeCloseTo(log_loss.score - log_loss.head, 12);
  expect(gain_low).toBeGreaterThan(0.02);
  const fresh = record(3_000, 8, { harm: 2, length: 0.5 });
  const stored = JSON.parse(JSON.stringify(model)) as AgreementModel;
  const lossOf = (used: AgreementModel) =>
    fresh.reduce((sum, output) => {
      const p = agreementOf(used, output);
      return sum - Math.log(output.loss ? 1 - p : p) / fresh.length;
    }, 0);
  expect(lossOf({ kind: 'score', platt: model.platt }) - lossOf(stored)).toBeCloseTo(gain, 1);
  // What was predicted out of fold is right as often as it says.
  const seen = outputs.map(({ loss }, at) => ({
    confidence: out_of_fold[at] as number,
    correct: loss === 0,
  }));
  expect(calibrationError(seen).low).toBe(0);
  // A word or number that it never saw says nothing, and nothing hostile is looked up.
  const [first] = fresh as [JudgedTraits];
  const strange = {
    score: first.score,
    numbers: { length: Number.NaN },
    words: { __proto__x: 'y' },
  };
  expect(agreementOf(stored, strange)).toBeGreaterThan(0);
});

test('[G37] what is predicted of an output does not hang on its own label', () => {
  const outputs = record(200, 3, { harm: 3 });
  const flipped = outputs.map((output, at) =>
    at === 17 ? { ...output, loss: 1 - output.loss } : output,
  );
  const [before, after] = [fitAgreement(outputs), fitAgreement(flipped)];
  expect(before.model.kind).toBe(after.model.kind);
  expect(after.out_of_fold[17]).toBe(before.out_of_fold[17]);
  expect(after.out_of_fold).not.toEqual(before.out_of_fold);
  expect(fitAgreement(outputs)).toEqual(before);
});

test('[G37] its weights are where the drawn-in likelihood is highest', () => {
  const chance = seededChance(9);
  const random = () => chance() / 2 ** 32;
  const rows = Array.from({ length: 300 }, () => ({
    ...{ at: [0, 1 + (chance() % 3)], value: [random() * 4 - 2, 1] },
    ...{ known: random() - 0.5, target: random() < 0.8 ? 1 : 0 },
  }));
  const { weights, offset } = fitSmallLogistic(rows, 4, 2);
  const slope = weights.map((weight) => 2 * weight);
  let free = 0;
  for (const { at, value, known, target } of rows) {
    const odds = at.reduce(
      (sum, i, k) => sum + (value[k] ?? 0) * (weights[i] ?? 0),
      known + offset,
    );
    const apart = 1 / (1 + Math.exp(-odds)) - target;
    free += apart;
    at.forEach((i, k) => {
      slope[i] = (slope[i] ?? 0) + apart * (value[k] ?? 0);
    });
  }
  for (const each of [...slope, free]) expect(Math.abs(each)).toBeLessThan(1e-4);
  expect(() => fitAgreement(record(9, 1))).toThrow(/^outputs/);
});
