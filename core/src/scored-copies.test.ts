import fc from 'fast-check';
import { expect, test } from 'vitest';
import { seededChance } from './learn/chance.ts';
import { readScoredFile } from './scored-file.ts';

const header = 'score,correct,text\n';
const linesOf = (n: number, seed: number, digits: number) => {
  const chance = seededChance(seed);
  const share = () => chance() / 2 ** 32;
  return Array.from({ length: n }, () => {
    const score = share() ** 0.3;
    return `${score.toFixed(digits)},${share() < score},\n`;
  });
};
const copiesIn = (lines: readonly string[]) => readScoredFile(header + lines.join('')).copies;

test('[J29] the same lines pasted again and again are told, however they are mixed', () => {
  const base = linesOf(60, 1, 4);
  const pasted = Array.from({ length: 20 }, () => base).flat();
  expect(copiesIn(pasted)).toEqual({ n: 1_200, different: 60, times: 20 });
  const mixed = [...pasted].sort((a, b) => (a.slice(3) < b.slice(3) ? -1 : 1));
  expect(copiesIn(mixed)).toEqual({ n: 1_200, different: 60, times: 20 });
  // Also where the last paste broke off, and where some lines were alike to begin with.
  expect(copiesIn([...pasted, ...base.slice(0, 25)])).toMatchObject({ different: 60, times: 20 });
  const coarse = linesOf(500, 2, 2);
  const twice = copiesIn([...coarse, ...coarse, ...coarse]);
  expect(twice).toMatchObject({ n: 1_500, times: 3 });
  const jsonl =
    '{"score":0.5,"correct":true,"x":{"a":1}}\n{"score":0.5,"correct":true,"x":{"a":2}}\n';
  expect(readScoredFile(jsonl.repeat(40)).copies).toBe(null);
});

test('[J29] lines that are alike because a score is coarse are not told as copies', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), fc.constantFrom(1, 2, 3), (seed, digits) => {
      expect(copiesIn(linesOf(1_500, seed, digits))).toBe(null);
    }),
    { numRuns: 60, seed: 7 },
  );
  expect(copiesIn(linesOf(30, 1, 4))).toBe(null);
});

test('[J29] cells are told apart, also where their text is the same one after the other', () => {
  const lines = Array.from(
    { length: 400 },
    (_none, at) => `0.${at % 2 ? '11,1' : '1,11'}${at},x\n`,
  );
  expect(copiesIn(lines)).toBe(null);
});
