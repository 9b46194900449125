import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { inWords } from '../../server/src/testing/simulation/seeds.ts';
import { compiled } from './process.ts';

const program = fileURLToPath(new URL('../../server/dist/testing/simulate.js', import.meta.url));
beforeAll(compiled, 300_000);

test('[X5] a failed run is told with its last steps and the command that shows them again', () => {
  const lines = Array.from({ length: 40 }, (_each, at) => `step ${at + 1}`);
  const run = { seed: 7, faults: ['C1: two decisions'], lines, digest: '', spent_ms: 1 };
  const words = inWords(run, 9);
  for (const part of ['Seed 7', 'C1: two decisions', 'step 11', 'step 40', '--seed 7 --acts 9']) {
    expect(words).toContain(part);
  }
  expect(words).not.toContain('step 10\n');
});

test.each([
  [['--seeds', 'many'], '--seeds is a whole number'],
  [['--seed', '3', '--seeds', '4'], '--seed plays one seed alone'],
  [['--trace'], '--trace goes with --seed'],
  [['--nonsense'], 'nonsense'],
])('[X5] the command says in words that it cannot play %j', (given, words) => {
  const { status, stderr } = spawnSync(process.execPath, [program, ...given], { encoding: 'utf8' });
  expect(stderr).toContain(words);
  expect(stderr).toContain('Usage:');
  expect(status).toBe(2);
});
