import { expect, test } from 'vitest';
import { lowerTail } from './binomial.ts';
import { seededChance } from './chance.ts';
import { certifyFromTallies } from './operational.ts';
import { binOf } from './score-grid.ts';
import { talliesOf } from './tallies.ts';

const bins = 10;
const alpha = 0.1;
const delta = 0.1;
const starts = [0];
const draws = 250;
const score = 0.5;
const batch = 100;

interface Asked {
  loss: number;
  /** How many outputs come before somebody decides it. */
  delay: number;
}

/** Counts as wrong until it is decided, or is left out. */
const countedAt = (asked: Asked[], now: number, waits: 'wrong' | 'left out') =>
  talliesOf(
    asked.flatMap(({ loss, delay }, at) => {
      const decided = at + delay <= now;
      if (!decided && waits === 'left out') return [];
      return [{ score, loss: decided ? loss : 1, weight: 1 }];
    }),
    bins,
  );

/** At how many outputs, looked at after each batch, it is proven that less than alpha is wrong. */
function provenAt(
  stream: Asked[],
  { beginnings, waits }: { beginnings: boolean; waits: 'wrong' | 'left out' },
): number | undefined {
  let proven: number[] = [];
  for (let now = batch; now <= stream.length; now += batch) {
    const ends = beginnings ? Array.from({ length: now / batch - 1 }, (_none, i) => i + 1) : [];
    const found = certifyFromTallies({
      ...{ bins, alpha, delta, starts, proven },
      tallies: countedAt(stream.slice(0, now), now, waits),
      earlier: ends.map((end) => countedAt(stream.slice(0, end * batch), now, waits)),
    });
    proven = found.proven;
    if (found.threshold !== null) return now;
  }
  return undefined;
}

/** As a share `rate` is wrong; people put off what is wrong for long, and some of what is right. */
function streamOf(seed: number, rate: number): Asked[] {
  const chance = seededChance(seed);
  const random = () => chance() / 2 ** 32;
  return Array.from({ length: 2_000 }, () => {
    const loss = random() < rate ? 1 : 0;
    const late = loss ? random() * 900 : random() * 40;
    return { loss, delay: Math.floor(late) };
  });
}

const brokenOf = (how: Parameters<typeof provenAt>[1]) =>
  Array.from({ length: draws }, (_none, seed) => provenAt(streamOf(seed + 1, alpha), how)).filter(
    Boolean,
  ).length;
/** Whether a method that breaks at most delta could do so: the test itself is wrong once in 10,000. */
const couldBe = (broken: number) => 1 - lowerTail(broken - 1, draws, delta) > 1e-4;

test('[G94] trying every beginning of the record breaks the promise no oftener than allowed, whatever people put off', () => {
  expect(binOf(score, bins)).toBeGreaterThan(0);
  const found = brokenOf({ beginnings: true, waits: 'wrong' });
  expect(couldBe(found), `${found} of ${draws}`).toBe(true);
  expect(found).toBeGreaterThan(3);
  // Leaving out what waits breaks it, and is seen to.
  const tempted = brokenOf({ beginnings: true, waits: 'left out' });
  expect(couldBe(tempted), `${tempted} of ${draws}`).toBe(false);
});

test('[G94] a queue that is never empty delays a proof by as long as it is, and not for ever', () => {
  const clean = (seed: number) =>
    streamOf(seed, 0.02).map(({ loss }): Asked => ({ loss, delay: 200 }));
  for (let seed = 1; seed <= 10; seed++) {
    const stream = clean(seed);
    const whole = provenAt(stream, { beginnings: false, waits: 'wrong' }) ?? stream.length;
    const by_batches = provenAt(stream, { beginnings: true, waits: 'wrong' }) as number;
    const none_waits = provenAt(
      stream.map((one) => ({ ...one, delay: 0 })),
      { beginnings: false, waits: 'wrong' },
    ) as number;
    expect(by_batches).toBe(none_waits + 200);
    expect(whole).toBeGreaterThanOrEqual(by_batches + 200);
  }
});
