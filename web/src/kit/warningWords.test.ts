import type { PromiseTier } from '@wheelhouse/core';
import { expect, test } from 'vitest';
import { trafficWords, warnedTitle, warnedWords } from './warningWords.ts';

const held = { before: 0.15, now: 0.35 };
const scores = { under: 0.3, before: 0.04, now: 0.21 };

test('[K140] a warning says which way what changed, then and now', () => {
  expect(warnedWords({ by: ['scores'], latest: 100, held, scores })).toBe(
    'Warned: far more comes under 0.3 than when it was proven (21% of the last 100, 4% then), so more of what passes is looked at',
  );
  const fewer = { before: 0.5, now: 0.3 };
  expect(warnedWords({ by: ['held'], latest: 40, held: fewer, scores })).toBe(
    'Warned: less waits than when it was proven (30% of the last 40, 50% then), so more of what passes is looked at',
  );
});

test('[K140] what both tell is one warning, and what they say alike is said once', () => {
  const both = { by: ['held', 'scores'], latest: 100, held };
  expect(warnedWords({ ...both, scores })).toContain(
    '(35% of the last 100, 15% then), and far more comes under 0.3 (21%',
  );
  expect(warnedWords({ ...both, scores: { ...held, under: 0.8 } })).not.toContain('0.8');
  expect(warnedTitle(both)).toBe('Warned: another share waits, other confidences');
});

test('[K140] an older warning says that there was one', () => {
  expect(warnedTitle({})).toBe('Warned');
  expect(warnedWords({})).toBe('Warned: the traffic changed, so more of what passes is looked at');
});

test('[G116] what a warning had looked at is told until enough of it kept the promise', () => {
  const tier = (spot_check: number) =>
    ({ certificate: {}, warned_at: '2026-01-01', spot_check }) as unknown as PromiseTier;
  expect(trafficWords(tier(0.2), 0.05)).toMatch(/^The traffic is not what it was .* until enough/);
  expect(trafficWords(tier(0.05), 0.05)).toBe('');
  expect(trafficWords(tier(1), 1)).toMatch(/^The traffic is not what it was/);
});
