import fc from 'fast-check';
import { expect, test } from 'vitest';
import { id_prefixes, idFrom, idOf, makeId, Name, type Noun } from './id.ts';

const nouns = Object.keys(id_prefixes) as Noun[];
const bytes = fc.uint8Array({ minLength: 10, maxLength: 10 });
const moment = fc.integer({ min: 0, max: 2 ** 48 - 1 });

test('[O7] a later id sorts after an earlier one, whatever chance adds', () => {
  fc.assert(
    fc.property(moment, moment, bytes, bytes, (a, b, x, y) => {
      const [first, second] = [makeId('case', a, x), makeId('case', b, y)];
      if (a < b) expect(first < second).toBe(true);
      if (a > b) expect(first > second).toBe(true);
      expect(first).toHaveLength('case_'.length + 26);
    }),
    { numRuns: 2_000 },
  );
});

test('[O7] no bit of chance is lost: other bytes, another id', () => {
  fc.assert(
    fc.property(bytes, bytes, (x, y) => {
      const same = Buffer.from(x).equals(Buffer.from(y));
      expect(makeId('output', 0, x) === makeId('output', 0, y)).toBe(same);
    }),
    { numRuns: 2_000 },
  );
  const seen = new Set<string>();
  for (let bit = 0; bit < 80; bit++) {
    const chance = new Uint8Array(10);
    chance[bit >> 3] = 1 << (bit & 7);
    seen.add(makeId('output', 0, chance));
  }
  expect(seen.size).toBe(80);
});

test('[O7] an id is accepted by its own noun alone', () => {
  for (const noun of nouns) {
    const id = makeId(noun, 1_700_000_000_000, new Uint8Array(10).fill(255));
    for (const other of nouns) expect(idOf(other).safeParse(id).success).toBe(other === noun);
    for (const wrong of [id.toUpperCase(), `${id}0`, id.slice(0, -1), ` ${id}`, `${id}\n`]) {
      expect(idOf(noun).safeParse(wrong).success, wrong).toBe(false);
    }
  }
  expect(new Set(Object.values(id_prefixes)).size).toBe(nouns.length);
});

test.each(['refunds', 'a', '0', 'a-b_c', 'a'.repeat(64)])('[S6] %s is a name', (name) => {
  expect(Name.safeParse(name).success).toBe(true);
});
test.each(['', '-a', '_a', 'A', 'a b', 'a/b', '../a', 'ä', 'a'.repeat(65), 'a\n', '*'])(
  '[S6] %j is no name',
  (name) => {
    expect(Name.safeParse(name).success).toBe(false);
  },
);

test('[O7] an id that follows from another is its noun’s, the same each time, and another for each count', () => {
  const from = makeId('message', 1_800_000_000_000, new Uint8Array(10).fill(255));
  const made = [0, 1, 2, 31, 32, 1_048_575].map((count) => idFrom('output', from, count));
  expect(new Set(made).size).toBe(made.length);
  for (const id of made) expect(idOf('output').safeParse(id).success).toBe(true);
  expect(idFrom('output', from, 0).slice(4)).toBe(from.slice(4));
  expect(idFrom('output', from, 7)).toBe(idFrom('output', from, 7));
});
