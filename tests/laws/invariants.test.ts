import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './sources.ts';

const page = readFileSync(join(root, 'docs/reference/invariants.md'), 'utf8');

test('[H10] every invariant is held by a test that is there and quotes its rule, or says what it waits for', () => {
  const rows = page.split('\n').filter((line) => /^\| \d/.test(line));
  const numbers = rows.flatMap((row) => row.split('|')[1]?.match(/\d+/g) ?? []).map(Number);
  expect(numbers).toEqual(Array.from({ length: 24 }, (_, at) => at + 1));
  const loose = rows.filter((row) => !/\[[A-Z]\d+\] `|not yet: /.test(row));
  expect(loose).toEqual([]);
  const named = [...page.matchAll(/((?:\[[A-Z]\d+\] )+)`([^`]+\.test\.ts)`/g)];
  expect(named.length).toBeGreaterThan(25);
  const faults = named.flatMap(([, rules = '', path = '']) => {
    if (!existsSync(join(root, path))) return [`${path} is not there`];
    const text = readFileSync(join(root, path), 'utf8');
    return rules
      .trim()
      .split(' ')
      .filter((rule) => !text.includes(rule))
      .map((rule) => `${path} does not quote ${rule}`);
  });
  expect(faults).toEqual([]);
});
