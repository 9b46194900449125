import { afterAll, beforeAll, expect, test } from 'vitest';
import { startOwnEngine, type TestEngine } from '../../server/src/testing/engine.ts';
import type { Run, RunOptions } from '../../server/src/testing/simulation/run.ts';
import { inWords, playSeeds } from '../../server/src/testing/simulation/seeds.ts';

/** As many as there is time for; WHEELHOUSE_TEST_SEEDS=1000 asks for more. */
const many = Number(process.env.WHEELHOUSE_TEST_SEEDS ?? 100);
let engine: TestEngine;
beforeAll(async () => {
  engine = await startOwnEngine();
});
afterAll(() => engine?.stop());

/** Seeds from 1 on, or those given; stops at the first that breaks a rule. */
async function play(seeds: number[], options: RunOptions = {}): Promise<Run[]> {
  const runs: Run[] = [];
  const onRun = (run: Run) => {
    runs.push(run);
    return !run.faults.length;
  };
  await playSeeds({ url_pattern: engine.url_pattern, seeds, onRun, ...options });
  return runs;
}
const upTo = (last: number) => Array.from({ length: last }, (_each, at) => at + 1);

// Half a minute to three on a quiet machine; a busy one may take what it takes.
test(`[X1] [X2] ${many} seeds of the whole server keep every promise`, {
  timeout: 1_200_000,
}, async () => {
  const runs = await play(upTo(many));
  const failed = runs.find(({ faults }) => faults.length);
  expect(failed ? inWords(failed) : '').toBe('');
  expect(runs).toHaveLength(many);
  // A run in which nothing is done keeps every promise too.
  const steps = runs.map(({ lines }) => lines.length).sort((a, b) => a - b);
  expect(steps[0]).toBeGreaterThan(50);
  expect(steps[Math.floor(many / 2)]).toBeGreaterThan(200);
});

test('[X3] a seed plays the same run byte for byte, alone or after others', async () => {
  const forth = await play([11, 12, 13, 14, 15]);
  const back = await play([15, 14, 13, 12, 11]);
  expect(back.reverse().map(({ lines }) => lines)).toEqual(forth.map(({ lines }) => lines));
  expect(back.map(({ digest }) => digest)).toEqual(forth.map(({ digest }) => digest));
  const digests = new Set(forth.map(({ digest }) => digest));
  expect(digests.size).toBe(5);
});

test('[X3] runs leave nothing behind that every promise after them carries', async () => {
  const carried = () => Object.getOwnPropertySymbols(Promise.resolve()).length;
  const before = carried();
  await play(upTo(3));
  expect(carried()).toBe(before);
});

test.for([
  ['an engine that confirms what it does not keep', { loses_commits: true }],
  ['a network that says delivered and forgets', { forgets_deliveries: true }],
] as const)('[X4] %s is found, and its seed shows it again', async ([_name, sabotage]) => {
  const found = (await play(upTo(40), { sabotage })).at(-1) as Run;
  expect(found.faults).not.toEqual([]);
  const [again] = await play([found.seed], { sabotage });
  expect(again?.faults).toEqual(found.faults);
  expect(again?.digest).toBe(found.digest);
  const [sound] = await play([found.seed]);
  expect(sound?.faults).toEqual([]);
});
