import { expect, test } from 'vitest';
import { persist } from './persist.ts';

const failing = (times: number) => {
  let calls = 0;
  return {
    seed: async () => {
      if (calls++ < times) throw new Error('The database did not answer in time.');
    },
    calls: () => calls,
  };
};

test('a demo whose database did not answer is filled a little later, and each time that is said', async () => {
  const said: string[] = [];
  const { seed, calls } = failing(2);
  await persist(seed, (line) => said.push(line), [1, 2, 3]);
  expect(calls()).toBe(3);
  expect(said).toEqual([
    'The demo shop is not filled yet: The database did not answer in time. It goes on in 0.001 s.',
    'The demo shop is not filled yet: The database did not answer in time. It goes on in 0.002 s.',
  ]);
});

test('a demo that cannot be filled is given up', async () => {
  const { seed, calls } = failing(9);
  await expect(persist(seed, () => undefined, [1, 1])).rejects.toThrow('did not answer');
  expect(calls()).toBe(3);
});
