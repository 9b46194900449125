import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OutputSubmission } from './output.ts';
import { traitsOf } from './output-traits.ts';

const odds = (share: number) => Math.log(share) - Math.log1p(-share);
const of = (given: object) => traitsOf({ content: 'x', ...given } as OutputSubmission);

test('[G81] of an output is told how sure it is, what it concerns, and what it holds in short', () => {
  const traits = of({
    confidence: 0.9,
    scores: { refund: 0.6, close: 0.3, tag: 0.1 },
    ...{ risk: 'high', cost_usd: 0, groups: { language: 'de' } },
    action: { name: 'pay', arguments: { amount: 99, currency: 'EUR', lines: [1, 2, 3] } },
    content: 'word '.repeat(20),
    metadata: { urgent: true, deep: { at: { last: { not: 1 } } } },
  });
  expect(traits.score).toBeCloseTo(Math.log(9), 12);
  expect(traits.words).toEqual({
    ...{ label: 'refund', rival: 'close', risk: 'high', 'group.language': 'de', action: 'pay' },
    ...{ 'arguments.currency': 'EUR', 'metadata.urgent': 'true' },
  });
  expect(traits.numbers).toEqual({
    ...{ confidence: 0.9, margin: 0.3, cost: 0, 'arguments.amount': Math.log(100) },
    ...{ rival_odds: odds(0.3), 'scores.refund': odds(0.6), 'scores.close': odds(0.3) },
    ...{ 'scores.tag': odds(0.1), 'arguments.lines.items': Math.log(4) },
    'content.length': Math.log(101),
  });
});

test('[G81] few scores are each told by name, as a judge or a check gives them, and many by the first two', () => {
  expect(of({ scores: { similar: 0.93 } })).toMatchObject({
    words: { label: 'similar' },
    numbers: { 'scores.similar': odds(0.93) },
  });
  const many = Object.fromEntries(Array.from({ length: 6 }, (_none, at) => [`l${at}`, at / 10]));
  const { numbers = {} } = of({ scores: many });
  expect(Object.keys(numbers).filter((name) => name.startsWith('scores.'))).toEqual([]);
  expect(numbers).toMatchObject({ rival_odds: odds(0.4) });
});

test('[G81] what people wrote is told by its length alone, and a confidence that is missing by a word', () => {
  const { score, numbers, words } = of({
    input: 'I am Ada',
    content: undefined,
    action: undefined,
  });
  expect({ score, numbers, words }).toEqual({
    score: 0,
    numbers: { 'input.length': Math.log(9) },
    words: { confidence: 'none' },
  });
});

test('[G81] whatever is sent, what is told of it is finite, small and the same again', () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.dictionary(fc.string(), fc.double({ min: 0, max: 1, noNaN: true })),
      fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
      (content, scores, confidence) => {
        const traits = of({ content, scores, confidence, metadata: { content } });
        expect(Number.isFinite(traits.score)).toBe(true);
        expect(Object.values(traits.numbers ?? {}).every(Number.isFinite)).toBe(true);
        const count = Object.keys({ ...traits.numbers, ...traits.words }).length;
        expect(count).toBeLessThan(80);
        expect(of({ content, scores, confidence, metadata: { content } })).toEqual(traits);
      },
    ),
  );
  const wide = Object.fromEntries(Array.from({ length: 10_000 }, (_none, at) => [`k${at}`, at]));
  expect(Object.keys(of({ content: wide }).numbers ?? {}).length).toBeLessThan(80);
});
