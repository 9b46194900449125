import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lowerTail } from './binomial.ts';
import { seededChance } from './chance.ts';
import { certifyFromTallies, likelyStart, type Tally } from './operational.ts';
import { binOf, thresholdOf } from './score-grid.ts';
import { kindsOfWeight, talliesOf } from './tallies.ts';

const bins = 10;
const alpha = 0.1;
const delta = 0.1;
const draws = 600;

/** Numbers 0..1, the same for a seed. */
const uniform = (seed: number) => {
  const chance = seededChance(seed);
  return () => chance() / 2 ** 32;
};

/** The lowest score of the bin at a place 0..1 among all. */
const scoreAt = (place: number) => thresholdOf(Math.floor(place * bins), bins);

/** Whether so many broken promises could come of a method that breaks at most delta of them: the test
 *  itself is wrong once in ten thousand. */
const couldBe = (broken: number) => 1 - lowerTail(broken - 1, draws, delta) > 1e-4;

interface Draw {
  /** A labelled output, or nothing where it passed unchecked. */
  next: () => { score: number; loss: number; weight: number } | undefined;
}

/** Whether a certificate was given for a threshold at which `risk` is alpha or more, at any of 40 looks. */
function breaks(draw: Draw, starts: number[], risk: (threshold: number) => number): boolean {
  const seen: { score: number; loss: number; weight: number }[] = [];
  let proven: number[] = [];
  for (let look = 0; look < 40; look++) {
    for (let i = 0; i < 50; i++) {
      const labelled = draw.next();
      if (labelled) seen.push(labelled);
    }
    const tallies = talliesOf(seen, bins);
    const found = certifyFromTallies({ tallies, bins, alpha, delta, starts, proven });
    proven = found.proven;
    if (found.threshold !== null && risk(found.threshold) >= alpha) return true;
  }
  return false;
}

const broken = (one: (seed: number) => boolean): number =>
  Array.from({ length: draws }, (_none, i) => one(1 + i)).filter(Boolean).length;

test('[G20] at the edge of the promise it is broken at most as often as allowed, at any look', () => {
  // In the upper bins exactly alpha is wrong and every threshold is one too many.
  const edge = (seed: number): Draw => {
    const random = uniform(seed);
    return {
      next: () => {
        const place = random();
        const loss = random() < (place < 0.5 ? 0.3 : alpha) ? 1 : 0;
        return { score: scoreAt(place), loss, weight: 1 };
      },
    };
  };
  const found = broken((seed) => breaks(edge(seed), [5], () => alpha));
  expect(couldBe(found), `${found} of ${draws}`).toBe(true);
  // It is no empty promise: what is allowed is used, in part.
  expect(found).toBeGreaterThan(10);
  // The usual test, made again at each look, breaks it far oftener, and is seen to.
  const repeated = broken((seed) => {
    const { next } = edge(seed);
    let k = 0;
    let n = 0;
    for (let look = 0; look < 40; look++) {
      for (let i = 0; i < 50; i++) {
        const output = next();
        if (!output || output.score < thresholdOf(5, bins)) continue;
        n++;
        k += output.loss;
      }
      if (lowerTail(k, n, alpha) <= delta) return true;
    }
    return false;
  });
  expect(couldBe(repeated), `${repeated} of ${draws}`).toBe(false);
});

test('[G20] several starts and lower thresholds share one promise', () => {
  // Bins 8 and 9 are safe, 6 and above is not: .04 and .34 wrong, so that 7 is at the edge.
  const next = (random: () => number) => () => {
    const place = random();
    const rate = place >= 0.8 ? 0.04 : place >= 0.7 ? 0.22 : 0.34;
    return { score: scoreAt(place), loss: random() < rate ? 1 : 0, weight: 1 };
  };
  const risk = (threshold: number) => (threshold >= thresholdOf(8, bins) ? 0.04 : alpha);
  const found = broken((seed) => breaks({ next: next(uniform(seed)) }, [8, 7], risk));
  expect(couldBe(found), `${found} of ${draws}`).toBe(true);
  expect(found).toBeGreaterThan(0);
});

test('[G18] a walk that reaches the next start takes its part of delta along, and one that ends loses it', () => {
  // Every threshold is at the edge and a start, and each has half as many outputs again as the one
  // before, so that one says little of another.
  const starts = Array.from({ length: 20 }, (_none, i) => 19 - i);
  const counts = { broken: 0, were_none_lost: 0 };
  for (let seed = 1; seed <= draws; seed++) {
    const random = uniform(seed);
    const tallies = starts.map((bin): Tally => ({ bin, weight: 1, wrong: 0, n: 0 }));
    let proven: number[] = [];
    let is_broken = false;
    let were_none_lost = false;
    for (let look = 0; look < 20; look++) {
      for (let i = 0; i < 100; i++) {
        const at = Math.floor(Math.log1p(random() * (1.5 ** 20 - 1)) / Math.log(1.5));
        const tally = tallies[at] as Tally;
        tally.n++;
        tally.wrong += random() < alpha ? 1 : 0;
      }
      const found = certifyFromTallies({ tallies, bins: 20, alpha, delta, starts, proven });
      proven = found.proven;
      is_broken ||= found.bin !== null;
      were_none_lost ||= starts.some(
        (bin, at) => (found.evidence[bin]?.e_value as number) >= 20 / (delta * (at + 1)),
      );
    }
    counts.broken += Number(is_broken);
    counts.were_none_lost += Number(were_none_lost);
  }
  expect(couldBe(counts.broken), JSON.stringify(counts)).toBe(true);
  expect(counts.broken).toBeGreaterThan(0);
  // Were no part lost where a walk ends, the promise would break too often, and is seen to.
  expect(couldBe(counts.were_none_lost), JSON.stringify(counts)).toBe(false);
});

test('[G18] below starts that are proven one after another no part of delta is missing', () => {
  // Of two starts each has to reach 40; below both of them 20 is enough, where the stricter is proven.
  const certify = (strict: Tally, of: number[]) => {
    const tallies = [strict, { bin: 7, weight: 1, wrong: 2, n: 300 }];
    const { bin, evidence } = certifyFromTallies({
      ...{ tallies, bins, alpha: 0.01, delta: 0.05, starts: of },
    });
    return { bin, loose: evidence[7]?.e_value as number };
  };
  const clean = { bin: 9, weight: 1, wrong: 0, n: 600 };
  expect(certify(clean, [7])).toMatchObject({ bin: 0, loose: expect.closeTo(21.2, 1) });
  expect(certify(clean, [9, 7]).bin).toBe(0);
  expect(certify(clean, [7, 5]).bin).toBeNull();
});

test('[G20] labels of what was held and of spot checks count for what they stand for', () => {
  // A rule holds a third, which is never wrong; of what passes .15 is wrong and a fifth is checked.
  const labelled = (random: () => number, weigh: (weight: number) => number) => () => {
    const score = random();
    if (random() < 1 / 3) return { score, loss: 0, weight: weigh(1 / 5) };
    const loss = random() < 0.15 ? 1 : 0;
    return random() < 1 / 5 ? { score, loss, weight: weigh(1) } : undefined;
  };
  const one = (seed: number, weigh: (weight: number) => number) =>
    breaks({ next: labelled(uniform(seed), weigh) }, [0], () => alpha);
  const found = broken((seed) => one(seed, (weight) => weight));
  expect(couldBe(found), `${found} of ${draws}`).toBe(true);
  expect(found).toBeGreaterThan(5);
  // Counted alike, or the wrong way round, the held ones speak for the passed ones.
  for (const weigh of [() => 1, (weight: number) => 0.2 / weight]) {
    const wrongly = broken((seed) => one(seed, weigh));
    expect(couldBe(wrongly), `${wrongly} of ${draws}`).toBe(false);
  }
});

test('[G20] what is safe is shown, and how much is lacking is said', () => {
  const clean = (n: number, bin = 9): Tally => ({ bin, weight: 1, wrong: 0, n });
  const certify = (tallies: Tally[], proven: number[] = []) =>
    certifyFromTallies({ tallies, bins, alpha: 0.01, delta: 0.05, starts: [9], proven });
  const none = certify([]);
  expect(none).toMatchObject({ threshold: null, bin: null, needed: 422, e_needed: 20 });
  expect(certify([clean(400)])).toMatchObject({ threshold: null, needed: 22 });
  // One that was wrong is made up for by more that are not.
  const after_one = certify([{ bin: 9, weight: 1, wrong: 1, n: 400 }]);
  expect(after_one.needed).toBeGreaterThan(200);
  const enough = certify([{ bin: 9, weight: 1, wrong: 1, n: 400 }, clean(after_one.needed)]);
  expect(enough.threshold).toBe(0);
  expect(certify([clean(421)]).threshold).toBeNull();
  expect(certify([clean(422), { bin: 7, weight: 1, wrong: 4, n: 10 }])).toMatchObject({
    threshold: thresholdOf(8, bins),
    bin: 8,
    needed: 0,
    proven: [8, 9],
  });
  // What was proven stays; a hole in the walk ends it.
  expect(certify([], [8, 9]).bin).toBe(8);
  expect(certify([clean(422)], [6]).threshold).toBe(0);
  expect(certify([{ bin: 8, weight: 1, wrong: 40, n: 40 }, clean(422)], [6]).bin).toBe(9);
});

test('[G20] a start is where earlier labels speak most', () => {
  const tallies = [
    { bin: 9, weight: 1, wrong: 0, n: 30 },
    { bin: 7, weight: 0.5, wrong: 1, n: 300 },
    { bin: 4, weight: 1, wrong: 30, n: 60 },
  ];
  expect(likelyStart(tallies, bins, 0.05)).toBe(7);
  expect(likelyStart([], bins, 0.05)).toBe(0);
  expect(likelyStart([{ bin: 3, weight: 1, wrong: 5, n: 5 }], bins, 0.05)).toBe(3);
});

const outputs = fc.array(
  fc.record({
    score: fc.double({ min: 0, max: 1, noNaN: true }),
    loss: fc.constantFrom(0, 1),
    weight: fc.constantFrom(1, 0.05, 0.3),
  }),
  { maxLength: 60 },
);
const eValues = (tallies: Tally[]) =>
  certifyFromTallies({ tallies, bins, alpha, delta, starts: [9] }).evidence;

test('[G21] order and the cutting of tallies change nothing, and each is the product it says', () => {
  fc.assert(
    fc.property(outputs, (given) => {
      const whole = eValues(talliesOf(given, bins));
      const backwards = eValues([
        ...talliesOf(given.slice(20).reverse(), bins),
        ...talliesOf(given.slice(0, 20), bins),
      ]);
      whole.forEach(({ e_value, labelled, wrong, threshold }, bin) => {
        expect(e_value / (backwards[bin]?.e_value as number)).toBeCloseTo(1, 9);
        const passing = given.filter(({ score }) => score >= threshold);
        expect([labelled, wrong]).toEqual([passing.length, passing.filter((o) => o.loss).length]);
      });
    }),
    { numRuns: 50 },
  );
});

test('[G21] partial losses and rounded weights never overstate', () => {
  const partial = fc.array(
    fc.record({
      score: fc.constant(1),
      loss: fc.double({ min: 0, max: 1, noNaN: true }),
      weight: fc.double({ min: 0.001, max: 1, noNaN: true }),
    }),
    { minLength: 1, maxLength: 40 },
  );
  fc.assert(
    fc.property(partial, (given) => {
      // The product in full, by a grid of bets finer than any the certificate could have.
      const most = Math.max(
        ...Array.from({ length: 4_000 }, (_none, i) => {
          const bet = (i / 4_000) * (1 / (1 - alpha));
          return given.reduce((log, o) => log + Math.log1p(-bet * o.weight * (o.loss - alpha)), 0);
        }),
      );
      const summed = eValues(talliesOf(given, bins))[9]?.e_value as number;
      expect(Math.log(summed)).toBeLessThanOrEqual(most + 1e-3);
      const rounded = given.flatMap(({ score, loss, weight }): Tally[] => {
        const kinds = kindsOfWeight(weight);
        expect(kinds.clean).toBeLessThanOrEqual(weight * (1 + 1e-11));
        expect(kinds.wrong).toBeGreaterThanOrEqual(weight * (1 - 1e-11));
        expect(kinds.wrong / kinds.clean).toBeLessThan(1.22);
        const bin = binOf(score, bins);
        return [
          { bin, weight: kinds.clean, wrong: 0, n: 1 - loss },
          { bin, weight: kinds.wrong, wrong: loss, n: loss },
        ];
      });
      expect(eValues(rounded)[9]?.e_value as number).toBeLessThanOrEqual(summed * (1 + 1e-9));
    }),
    { numRuns: 60 },
  );
});

test('[G21] 100,000 labelled outputs are certified in less than 200 ms', () => {
  const random = uniform(5);
  const many = Array.from({ length: 100_000 }, () => {
    const score = random() ** 0.2;
    return { score, loss: random() > score ? 1 : 0, weight: random() < 0.2 ? 1 : 0.05 };
  });
  const once = () => {
    const from = performance.now();
    const tallies = talliesOf(many, 1000);
    certifyFromTallies({ tallies, bins: 1000, alpha: 0.02, delta: 0.05, starts: [990] });
    return performance.now() - from;
  };
  expect(Math.min(...Array.from({ length: 5 }, once))).toBeLessThan(200);
});

test('[G21] what no tally can be is refused by its field', () => {
  const certify = (change: object) =>
    certifyFromTallies({ tallies: [], bins, alpha, delta, starts: [9], ...change });
  const tally = { bin: 3, weight: 1, wrong: 1, n: 2 };
  for (const [change, field] of [
    [{ alpha: 0 }, /^alpha/],
    [{ delta: 1 }, /^delta/],
    [{ bins: 0.5 }, /^bins/],
    [{ starts: [] }, /^starts/],
    [{ starts: [10] }, /^starts\.0/],
    [{ tallies: [{ ...tally, bin: 10 }] }, /^tallies\.0\.bin/],
    [{ tallies: [{ ...tally, weight: 1.01 }] }, /^tallies\.0\.weight/],
    [{ tallies: [{ ...tally, weight: 0 }] }, /^tallies\.0\.weight/],
    [{ tallies: [{ ...tally, wrong: 3 }] }, /^tallies\.0\.wrong/],
    [{ tallies: [{ ...tally, n: Number.NaN }] }, /^tallies\.0\.n/],
  ] as const) {
    expect(() => certify(change)).toThrow(field);
  }
});

test('[K167] the share that the evidence rests on is by weight, and under alpha wherever that speaks for it', () => {
  fc.assert(
    fc.property(outputs, (given) => {
      for (const { threshold, share, low, high, e_value } of eValues(talliesOf(given, bins))) {
        const over = given.filter(({ score }) => score >= threshold);
        const sum = (of: (one: (typeof over)[number]) => number) =>
          over.reduce((total, one) => total + of(one), 0);
        if (over.length === 0) {
          expect([share, low, high]).toEqual([null, 0, 1]);
          continue;
        }
        const weighed = sum(({ weight, loss }) => weight * loss) / sum(({ weight }) => weight);
        expect(share).toBeCloseTo(weighed, 9);
        expect(low).toBeLessThanOrEqual(weighed + 1e-9);
        expect(high).toBeGreaterThanOrEqual(weighed - 1e-9);
        if (e_value > 1 + 1e-9) expect(share).toBeLessThan(alpha);
      }
    }),
    { numRuns: 100 },
  );
  // Of 644 labels 47 are wrong, 7.3%, and 2.5% by what they stand for: 20 and 1 for what was held.
  const held = { bin: 5, weight: 0.05, wrong: 42, n: 344 };
  const checked = { bin: 5, weight: 1, wrong: 5, n: 300 };
  const [at] = eValues([held, checked]).slice(5);
  expect(at).toMatchObject({ labelled: 644, wrong: 47 });
  expect(at?.share).toBeCloseTo((42 * 0.05 + 5) / (344 * 0.05 + 300), 12);
});

test('[K168] it is told what the evidence has to reach at each threshold, as far as the walk comes', () => {
  const tallies = [9, 8, 7, 5].map((bin) => ({ bin, weight: 1, wrong: 0, n: 60 }));
  const needed = (of: Tally[]) =>
    certifyFromTallies({ tallies: of, bins, alpha, delta, starts: [8, 7] }).evidence.map(
      (one) => one.e_needed,
    );
  // Two starts: 20 at the first, half of it where both parts have come along, and nothing over them.
  expect(needed(tallies)).toEqual([10, 10, 10, 10, 10, 10, 10, 10, 20, null]);
  // The first is not proven and its part is lost; from the second on there is its own alone, as far as it
  // is proven.
  const wrong = [
    { bin: 8, weight: 1, wrong: 9, n: 30 },
    { bin: 7, weight: 1, wrong: 0, n: 600 },
    { bin: 3, weight: 1, wrong: 300, n: 300 },
  ];
  const lost = [null, null, null, 20, 20, 20, 20, 20, 20, null];
  expect(needed(wrong)).toEqual(lost);
});
