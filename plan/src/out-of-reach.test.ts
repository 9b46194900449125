import { type Certificate, certify } from '@wheelhouse/core/learn';
import { expect, test } from 'vitest';
import { neededWords, resultWords, thresholdWords } from './plan-words.ts';
import { planWords } from './promise-words.ts';

/** Of so many outputs at .9 so many wrong. */
const of = (n: number, wrong: number): Certificate =>
  certify(
    { thresholds: [0.8], start: 0 },
    Array.from({ length: n }, (_none, at) => ({ score: 0.9, loss: Number(at < wrong) })),
    { alpha: 0.05, delta: 0.05 },
  );

test('[J31] where more is wrong than may be, however sure the AI is, it is not said how many checks would show it', () => {
  const never = of(400, 40);
  expect(resultWords(never)).toBe(
    'Not yet, and as it goes it will not be shown: of 400 outputs over the strictest threshold tried 10% are wrong, where at most 5% may be. Everything is held.',
  );
  expect([neededWords(never), thresholdWords(never)]).toEqual(['not as it goes', 'not as it goes']);
  // Few errors tell nothing yet, and fewer than may be leave a number.
  for (const near of [of(20, 4), of(400, 19)]) {
    expect(resultWords(near)).toMatch(/^Not yet: .* [\d,]+ more clean checks over the strictest/);
    expect(thresholdWords(near)).toMatch(/^not yet: [\d,]+ more clean checks$/);
  }
  expect(thresholdWords(of(400, 0))).toBe('0.8');
});

test('[J31] of tiers it is told apart which are near and which are out of reach', () => {
  const tiers = [
    { tier: 'high', certificate: of(400, 40) },
    { tier: 'low', certificate: of(400, 19) },
    { tier: 'other', certificate: of(400, 0) },
  ];
  const said = planWords({ tiers, coverage: 0.3 } as unknown as Parameters<typeof planWords>[0]);
  expect(said).toMatch(
    /for 1 of 3 tiers: 30% of all outputs would pass. Not yet for risk low \([\d,]+\)/,
  );
  expect(said).toMatch(/As it goes it will not be shown for risk high: more is wrong/);
});
