import { expect, test } from 'vitest';
import { persist } from './persist.ts';

const failing = (times: number) => {
  let calls = 0;
  const waits: number[] = [];
  const stop = new AbortController();
  return {
    waits,
    stop,
    seed: async () => {
      if (calls++ < times) throw new Error('The database did not answer in time.');
    },
    calls: () => calls,
    by: { signal: stop.signal, clock: { pause: async (ms: number) => void waits.push(ms) } },
  };
};

test('a demo whose database did not answer is filled a little later, and each time that is said', async () => {
  const said: string[] = [];
  const { seed, calls, waits, by } = failing(2);
  await persist(seed, (line) => said.push(line), by);
  expect([calls(), waits]).toEqual([3, [5_000, 20_000]]);
  expect(said).toEqual([
    'The demo shop is not filled yet: The database did not answer in time. It goes on in 5 s.',
    'The demo shop is not filled yet: The database did not answer in time. It goes on in 20 s.',
  ]);
});

test('a demo that cannot be filled is given up, and one whose server stops is left as it is', async () => {
  const hopeless = failing(9);
  const none = () => undefined;
  await expect(persist(hopeless.seed, none, hopeless.by)).rejects.toThrow('did not answer');
  expect(hopeless.calls()).toBe(4);
  const stopped = failing(9);
  stopped.stop.abort();
  await persist(stopped.seed, none, stopped.by);
  expect(stopped.calls()).toBe(1);
});
