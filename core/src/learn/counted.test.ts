import { expect, test } from 'vitest';
import { lowerTail } from './binomial.ts';
import { seededChance } from './chance.ts';
import { type CountedTally, certifyCounted } from './counted.ts';
import { certifyFromTallies } from './operational.ts';
import { binOf } from './score-grid.ts';
import { score_bins } from './starts.ts';
import { attemptDelta } from './target.ts';

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

/** What is counted of a stream by now, batch after batch or all in one. */
function countedAt(stream: Asked[], now: number, batches: boolean): CountedTally[] {
  const bin = binOf(score, score_bins);
  const tallies: CountedTally[] = [];
  stream.slice(0, now).forEach(({ loss, delay }, at) => {
    const nth = batches ? Math.floor(at / batch) : 0;
    tallies[nth] ??= { batch: nth, bin, weight: 1, wrong: 0, n: 0, waiting: 0 };
    const tally = tallies[nth] as CountedTally;
    if (at + delay > now) tally.waiting++;
    else {
      tally.n++;
      tally.wrong += loss;
    }
  });
  return tallies;
}

/** At how many outputs, looked at after each batch, it is proven that less than alpha is wrong. */
function provenAt(
  stream: Asked[],
  { beginnings, waits }: { beginnings: boolean; waits: 'wrong' | 'left out' },
): number | undefined {
  let proven: number[] = [];
  for (let now = batch; now <= stream.length; now += batch) {
    const counted = countedAt(stream, now, beginnings);
    const tallies = waits === 'wrong' ? counted : counted.map((one) => ({ ...one, waiting: 0 }));
    const attempt = { alpha, delta, attempt: 1, starts, proven, retracted: false };
    const found = certifyCounted(tallies, attempt);
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
  expect(binOf(score, score_bins)).toBeGreaterThan(0);
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

test('[G90] where nothing waits it is the certificate of all labels, and what waits is told apart from what is wrong', () => {
  const stream = streamOf(1, 0.02).map((one) => ({ ...one, delay: 0 }));
  const attempt = { alpha, delta, attempt: 2, starts, proven: [], retracted: false };
  const tallies = countedAt(stream, 600, true);
  const all = certifyFromTallies({
    ...{ tallies, bins: score_bins, alpha, delta: attemptDelta(delta, 2), starts },
  });
  expect(all.threshold).not.toBeNull();
  for (const retracted of [false, true]) {
    expect(certifyCounted(tallies, { ...attempt, retracted })).toEqual(all);
  }
  const late = tallies.map((one) => ({ ...one, waiting: 40 }));
  const found = certifyCounted(late, attempt);
  expect(found.threshold).toBeNull();
  expect(found.evidence[0]).toMatchObject({ labelled: 600, wrong: all.evidence[0]?.wrong });
  // Once proven stays proven, but for what labels that were taken back do not bear without those that wait.
  expect(certifyCounted(late, { ...attempt, proven: [0] }).bin).toBe(0);
  const taken = tallies.map((one) => ({ ...one, wrong: one.n }));
  const former = { ...attempt, proven: [0], retracted: true };
  expect(certifyCounted(late, former).bin).toBe(0);
  expect(certifyCounted(taken, former).bin).toBeNull();
});
