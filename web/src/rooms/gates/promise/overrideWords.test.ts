import type { GateOverride, OverridePreview } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import { overrideWords, previewWords } from './overrideWords.ts';

const found = (more: Partial<OverridePreview> = {}): OverridePreview => ({
  ...{ gate: 'refunds', tier: null, alpha: null, threshold: 0.6, from: '2026-01-01' },
  ...{ to: '2026-01-30', n: 1_000, passes_now: 500, judged_from: 0.2, versions: 2 },
  whole: { passed: 620, errors: { n: 140, share: 0.021, low: 0.011, high: 0.034 } },
  more: { passed: 120, errors: { n: 120, share: 0.05, low: 0.02, high: 0.1 } },
  ...more,
});

test('[G78] before it is signed it is said how many more would pass, and what of them was wrong, with bounds', () => {
  const said = previewWords(found()).join(' ');
  expect(said).toContain('Of 1,000 outputs of the last thirty days 620 would pass; 500 do now.');
  expect(said).toContain('Of the 120 more, 5% wrong (2% to 10%, 120 judged)');
  expect(said).toContain('of all that passes then, 2.1% wrong (1.1% to 3.4%, 140 judged)');
  expect(said).toContain(
    'no proof. It holds for the 2 versions in use: one that comes later waits',
  );
  expect(previewWords(found({ alpha: 0.03 }))[0]).toBe('That is a confidence of 0.6 and over.');
  const low = previewWords(found({ threshold: 0.1 })).join(' ');
  expect(low).toContain('Nothing under 0.2 was ever judged');
  const none = { n: 0, share: null, low: 0, high: 1 };
  expect(previewWords(found({ more: { passed: 9, errors: none } })).join(' ')).toContain(
    'how much is wrong is unknown (0% to 100%, 0 judged)',
  );
});

test('[G78] where nothing is known, or no share is so small, that is said and nothing else', () => {
  expect(previewWords(found({ n: 0, versions: 0 }))).toEqual([
    'No version is open, so there is nothing to sign yet.',
  ]);
  expect(previewWords(found({ n: 0 }))).toEqual([expect.stringMatching(/^Nothing came/)]);
  expect(previewWords(found({ threshold: null, alpha: 0.001 }))).toEqual([
    expect.stringMatching(/^Of what was judged more than 0.1% was against the AI/),
  ]);
  const nothing = found({ more: { passed: 0, errors: { n: 0, share: null, low: 0, high: 1 } } });
  expect(previewWords(nothing)).toContain(
    'Nothing more would pass of 1,000 outputs of the last thirty days.',
  );
});

test('[G78] an override says by what it was chosen', () => {
  const signed = {
    signed_by_name: 'Ana',
    threshold: 0.6,
    alpha: 0.03,
    tier: null,
    reason: 'Late.',
  };
  expect(overrideWords(signed as GateOverride)).toBe(
    'Ana lets pass what the AI is at least 0.6 sure of, without proof: at most 3% of it was wrong, by what was judged then. Why: “Late”.',
  );
  expect(overrideWords({ ...signed, alpha: null } as GateOverride)).toContain('without proof. Why');
});
