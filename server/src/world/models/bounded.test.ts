import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { bounded } from './bounded.ts';

setFlagsFromString('--expose-gc');
const tidy = runInNewContext('gc') as () => void;

/** What minds no signal, and is never done. */
const never = () => new Promise<string>(() => {});
const late = 'nothing came for';

test('[W15] work that is never done ends by time, however often memory is tidied meanwhile', async () => {
  const tidying = setInterval(tidy, 20);
  const all = Array.from({ length: 10 }, () => {
    const { signal } = new AbortController();
    return bounded({ signal, after_ms: 300, late }, never);
  });
  for (const one of await Promise.allSettled(all)) {
    expect(one).toMatchObject({ reason: new Error('nothing came for 300 ms') });
  }
  clearInterval(tidying);
});

test('[W15] it ends with whoever gave it up, before or meanwhile, and by its own word', async () => {
  const gone = new AbortController();
  const given = { signal: gone.signal, after_ms: 60_000, late };
  const meanwhile = bounded(given, never);
  gone.abort(new Error('gone'));
  await expect(meanwhile).rejects.toThrow('gone');
  await expect(bounded(given, never)).rejects.toThrow('gone');
  const { signal } = new AbortController();
  const own = bounded({ ...given, signal }, async (inner, { end }) => {
    end(new Error('enough'));
    expect(inner.aborted).toBe(true);
    return never();
  });
  await expect(own).rejects.toThrow('enough');
});

test('[W15] work that is heard of in time is given its time anew', async () => {
  const { signal } = new AbortController();
  const words = await bounded({ signal, after_ms: 1_000, late }, async (_, { anew }) => {
    for (let beat = 0; beat < 6; beat++) {
      await new Promise((resolve) => setTimeout(resolve, 300));
      anew();
    }
    return 'whole';
  });
  expect(words).toBe('whole');
});

test('[W127] what came in time while the process stood still is heard, and is no stall', async () => {
  const tells =
    'setTimeout(() => require("node:worker_threads").parentPort.postMessage("here"), 100)';
  const { signal } = new AbortController();
  const words = await bounded({ signal, after_ms: 2_000, late }, async () => {
    const other = new Worker(tells, { eval: true });
    const told = new Promise<string>((resolve) => other.once('message', resolve));
    other.once('online', () => setImmediate(standStill, 2_500));
    return told;
  });
  expect(words).toBe('here');
});

const standStill = (ms: number) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
