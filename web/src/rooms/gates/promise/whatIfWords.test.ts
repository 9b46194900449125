import type { GatePromise, PromiseWhatIf } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import { coverageNow, errorsWords, limitFault, provenWords, untoldWords } from './whatIfWords.ts';

const side = (passed: number, errors: PromiseWhatIf['as_if']['errors']) => ({
  ...{ passed, coverage: 0.5, people: 10, errors },
});

test('[G63] a share of errors is never said without its bounds and the labels it is told from', () => {
  const errors = { n: 1_200, share: 0.02, low: 0.011, high: 0.034 };
  expect(errorsWords(side(9, errors))).toBe('2%, 1.1% to 3.4% (1,200 judged)');
  const none = { n: 0, share: null, low: 0, high: 1 };
  expect(errorsWords(side(9, none))).toBe('unknown, 0% to 100% (0 judged)');
  expect(errorsWords(side(0, none))).toBe('nothing passes');
});

test('[G63] what the data cannot tell is said: what was not proven, and below which score nothing was judged', () => {
  const tier = { epoch_id: 'epoch_1', tier: 'all', alpha: 0.01, threshold: null, needed: 300 };
  const found = {
    ...{ alpha: 0.01, unjudged: 4, left_out: true, tiers: [{ ...tier, judged_from: 0.6 }] },
    ...{ days: [], as_if: { passed: 0 } },
  } as unknown as PromiseWhatIf;
  const epochs = [{ id: 'epoch_1', ended_at: null }] as unknown as GatePromise['epochs'];
  const said = untoldWords(found, epochs);
  expect(said).toHaveLength(5);
  expect(said[0]).toMatch(/^1% would not have been proven .* about 300 more clean ones/);
  expect(said[1]).toMatch(/^Nothing under 0\.6 was ever judged/);
  expect(said[2]).toMatch(/^4 outputs/);
  const proven = { ...found, unjudged: 0, left_out: false, tiers: [] };
  expect(untoldWords(proven, epochs)).toHaveLength(1);
  const first_day = { ...proven, days: [{ n: 0 }, { n: 9 }] } as unknown as PromiseWhatIf;
  expect(untoldWords(first_day, epochs)[0]).toMatch(/^All of it came on one day/);
});

test('[G98] what would be proven is said with how much it would bear, of open versions alone', () => {
  const tier = { epoch_id: 'epoch_1', tier: 'all', alpha: 0.02, threshold: 0.8, margin: 12 };
  const tiers = [
    tier,
    { ...tier, epoch_id: 'epoch_0' },
    { ...tier, threshold: null, margin: null },
  ];
  const epochs = [{ id: 'epoch_1', ended_at: null }] as unknown as GatePromise['epochs'];
  const said = (some: object[]) => provenWords({ tiers: some } as PromiseWhatIf, epochs);
  expect(said([tier])).toEqual([
    '2% is proven from 0.8 on, and would bear 12 more wrong decisions.',
  ]);
  expect(said(tiers)).toHaveLength(1);
  expect(said([{ ...tier, margin: 1 }])[0]).toContain('one more wrong decision.');
});

test('[G98] the curve is marked where the threshold of that limit stands on it, and nowhere where there are several', () => {
  const epochs = [{ id: 'epoch_1', ended_at: null }] as unknown as GatePromise['epochs'];
  const curve = [0.9, 0.6, 0.2].map((threshold, at) => ({ threshold, coverage: (at + 1) / 3 }));
  const at = (...thresholds: (number | null)[]) => {
    const tiers = thresholds.map((threshold) => ({ epoch_id: 'epoch_1', threshold }));
    return coverageNow({ curve, tiers } as unknown as PromiseWhatIf, epochs);
  };
  expect([at(0.2), at(0.5), at(0.95)]).toEqual([1, 2 / 3, 0]);
  expect([at(null), at(), at(0.2, 0.9)]).toEqual([undefined, undefined, undefined]);
});

test('[G123] a limit that cannot be asked about is said to be none, beside what the answer is of', () => {
  for (const typed of [0, -3, 250, 99.5, 'abc', '']) {
    expect(limitFault(typed, 0.05)).toBe(
      'A limit is from 0.01% to 99%. Below is what 5% would have done.',
    );
  }
  expect([0.01, 5, 99].map((typed) => limitFault(typed, 0.05))).toEqual(Array(3).fill(undefined));
});
