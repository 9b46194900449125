import type { AgreementFigures } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import { agreementWords } from './agreementWords.ts';

const figures: AgreementFigures = {
  ...{ kind: 'head', learned_at: '2026-01-01T00:00:00.000Z', labels: 1_200, wrong: 67, seed: 1 },
  ...{ log_loss: { score: 0.6, head: 0.1 }, gain: 0.5, gain_low: 0.4 },
  aurc: { confidence: 0.1834, agreement: 0.0213 },
};

test('[G82] what a gate learned is said with what it is worth', () => {
  expect(agreementWords(null)).toMatch(/^It first learns what people agree with/);
  const words = agreementWords(figures);
  expect(words).toContain('learned from 1,200 decisions, 67 of them against the AI');
  expect(words).toContain('better than the confidence');
  expect(words).toContain('0.021, of the confidence 0.18; less is better');
  expect(agreementWords({ ...figures, aurc: { confidence: 0.01, agreement: 0.02 } })).toContain(
    'no better at telling errors apart',
  );
  expect(agreementWords({ ...figures, kind: 'score', wrong: 0 })).toBe(
    'Goes by the AI’s confidence, set right by 1,200 decisions, none of them against the AI: nothing else that is known of outputs was seen to tell more.',
  );
});
