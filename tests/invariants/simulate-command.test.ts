import { expect, test } from 'vitest';
import { simulateCommand } from '../../server/src/testing/simulation/command.ts';
import type { Sabotage } from '../../server/src/testing/simulation/sabotage.ts';

async function command(args: string[], sabotage?: Sabotage, stop_after = Number.POSITIVE_INFINITY) {
  const said: string[] = [];
  let asked = 0;
  const terminal = {
    say: (text: string) => said.push(text),
    isStopped: () => ++asked > stop_after,
  };
  const code = await simulateCommand(args, terminal, sabotage);
  return { code, said: said.join('\n') };
}

test('[X5] seeds that keep every promise end with 0 and how many they were', async () => {
  expect(await command(['--seeds', '3', '--from', '7', '--acts', '4'])).toEqual({
    code: 0,
    said: expect.stringMatching(/^3 of 3 seeds, [\d.]+ a second; every promise was kept\.$/m),
  });
});

test('[X5] one that breaks a promise ends with 1, its last steps, and how to see it again', async () => {
  const { code, said } = await command(['--seeds', '40'], { loses_commits: true });
  expect(code).toBe(1);
  expect(said).toMatch(/^Seed \d+ broke (a rule|\d+ rules):\n {2}\[[A-Z]\d+\] /m);
  const steps = said.split('\n').filter((line) => /^ +\d+ \+[\d.]+s /.test(line));
  expect(steps).toHaveLength(30);
  const [, seed] = /To see it again: npm run simulate -- --seed (\d+)$/m.exec(said) ?? [];
  const again = await command(['--seed', seed as string, '--trace'], { loses_commits: true });
  expect(again.code).toBe(1);
  expect(again.said.endsWith(said.slice(said.indexOf('Its last steps')))).toBe(true);
  expect(again.said).toContain('    1 +0.000s alpha.1 starts\n');
});

test('[X5] stopped, it ends after the seed under way', async () => {
  const { code, said } = await command(['--seeds', '1000', '--acts', '3'], {}, 1);
  expect(code).toBe(130);
  expect(said).toMatch(/^2 of 1,000 seeds/m);
});

test.for([
  [['--seeds', 'many'], '--seeds is a whole number from 1 to 999999999, not "many".'],
  [['--seeds', '0'], '--seeds is a whole number from 1 to 999999999, not "0".'],
  [['--from', '-1'], /--from/],
  [['--seed', '1', '--seeds', '2'], '--seed plays one seed alone; leave out --seeds and --from.'],
  [['--trace'], '--trace goes with --seed.'],
  [['--sed', '1'], "Unknown option '--sed'"],
  [['7'], /Unexpected argument '7'/],
] as const)('[X5] what cannot be played is said in words: %s', async ([args, words]) => {
  const { code, said } = await command([...args]);
  expect(code).toBe(2);
  expect(said).toMatch(words);
  expect(said).toContain('Usage: npm run simulate');
});

test('[X5] asked for help it says how to use it', async () => {
  const { code, said } = await command(['--help']);
  expect(code).toBe(0);
  expect(said).toMatch(/^Usage: npm run simulate/);
});
