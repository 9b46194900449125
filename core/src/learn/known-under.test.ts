import fc from 'fast-check';
import { expect, test } from 'vitest';
import { errorsKnown, knownUnder, type PassingTally, passingFrom } from './known-under.ts';
import { binOf, thresholdOf } from './score-grid.ts';

const bins = 20;
/** Held, and judged all. */
const held = (bin: number, n: number, wrong: number): PassingTally => ({
  ...{ bin, n, wrong, labelled: n, inclusion_probability: 1, passes_now: false },
});

test('[G78] the lowest threshold over which what was judged is under a share, and none where none is', () => {
  const tallies = [held(4, 100, 40), held(8, 100, 8), held(12, 100, 2), held(16, 100, 0)];
  const at = (alpha: number) => knownUnder(tallies, { bins, alpha });
  expect(at(0.2)).toBe(thresholdOf(4, bins));
  expect(at(0.1)).toBe(thresholdOf(8, bins));
  expect(at(0.033)).toBe(thresholdOf(12, bins));
  expect(at(0.01)).toBe(thresholdOf(12, bins));
  expect(at(0.0099)).toBe(thresholdOf(16, bins));
  expect(knownUnder([held(8, 10, 5)], { bins, alpha: 0.1 })).toBe(null);
  expect(knownUnder([], { bins, alpha: 0.1 })).toBe(null);
  // What nobody judged is no ground to go lower.
  const unjudged = { ...held(2, 500, 0), labelled: 0 };
  expect(knownUnder([unjudged, ...tallies], { bins, alpha: 0.5 })).toBe(thresholdOf(4, bins));
});

test('[G78] a spot check stands for as many as it was drawn from, and what passes now counts along', () => {
  const passing = {
    ...{ bin: 16, n: 1_000, labelled: 100, wrong: 10, inclusion_probability: 0.1 },
    passes_now: true,
  };
  // A tenth of 1,000 is wrong, and none of the 100 that wait.
  const given = [held(8, 100, 0), passing];
  expect(knownUnder(given, { bins, alpha: 0.092 })).toBe(thresholdOf(8, bins));
  expect(knownUnder(given, { bins, alpha: 0.09 })).toBe(null);
});

const tally = fc
  .record({
    bin: fc.nat({ max: bins - 1 }),
    n: fc.integer({ min: 1, max: 200 }),
    labelled: fc.double({ min: 0, max: 1, noNaN: true }),
    wrong: fc.double({ min: 0, max: 1, noNaN: true }),
    inclusion_probability: fc.constantFrom(0.05, 0.5, 1),
    passes_now: fc.boolean(),
  })
  .map(({ labelled, wrong, ...one }) => {
    const judged = Math.floor(labelled * one.n);
    return { ...one, labelled: judged, wrong: Math.floor(wrong * judged) };
  });

test('[G78] one clean decision tells little, also where nothing else is left to judge', () => {
  const { share, low, high } = errorsKnown([held(18, 1, 0)]);
  expect([share, low]).toEqual([0, 0]);
  expect(high).toBeCloseTo(0.793, 3);
  // A tenth of the checks tells as much as they are, not as what they stand for.
  const checked = { ...held(18, 1_000, 10), labelled: 100, inclusion_probability: 0.1 };
  const all = errorsKnown([held(18, 100, 10)]);
  expect(errorsKnown([checked]).low).toBeCloseTo(all.low, 12);
  expect(errorsKnown([checked]).high).toBeCloseTo(all.high, 12);
});

test('[G78] whatever was logged: what is found is under the share, and nothing judged that is lower is', () => {
  const share = fc.double({ min: 1e-6, max: 0.99, noNaN: true });
  fc.assert(
    fc.property(fc.array(tally, { maxLength: 30 }), share, (tallies, alpha) => {
      const found = knownUnder(tallies, { bins, alpha });
      const cut = found === null ? bins : binOf(found, bins);
      const riskFrom = (bin: number) => errorsKnown(passingFrom(tallies, bin)).share;
      if (found !== null) expect(riskFrom(cut)).toBeLessThanOrEqual(alpha);
      for (const { bin, labelled } of tallies) {
        if (labelled === 0 || bin >= cut) continue;
        expect(riskFrom(bin) ?? 1).toBeGreaterThan(alpha);
      }
    }),
    { numRuns: 500 },
  );
});
