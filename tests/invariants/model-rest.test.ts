import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Clock, Log } from '../../server/src/ports.ts';
import { type ModelServer, modelServer } from '../../server/src/testing/language-model.ts';
import { languageModel } from '../../server/src/world/models/language-model.ts';

let server: ModelServer;
let ticks_ms = 0;
let logged: string[] = [];
const clock = { ticks_ms: () => ticks_ms, pause: async () => {} } as unknown as Clock;
const note = (_of: object, what: string) => logged.push(what);
const log = { error: note, warn: note, info: note } as unknown as Log;
beforeAll(async () => {
  server = await modelServer();
});
afterAll(() => server?.close());
beforeEach(() => {
  server.asked.length = 0;
  [ticks_ms, logged] = [0, []];
});

function asking() {
  const settings = { provider: 'openai-compatible', name: 'test-model', url: server.url } as const;
  const bounds = { key: 'test-key', timeout_ms: 20_000, stall_ms: 300, rest_ms: 30_000 };
  const model = languageModel({ ...settings, ...bounds }, clock, log);
  const write = (signal = new AbortController().signal) =>
    model.write({ instructions: 'Answer.', material: '{}', max_tokens: 100, signal });
  return { model, write };
}
const silent = { text: 'Never said.', stall_after: 0 };

test.each(['999999', 'Fri, 31 Dec 9999 23:59:59 GMT'])(
  '[W15] a model that asks to be left alone until %s is tried again after ten minutes',
  async (retry_after) => {
    const { write } = asking();
    server.behave(() => ({ status: 429, retry_after }));
    await expect(write()).rejects.toThrow('HTTP 429');
    const asked = server.asked.length;
    server.behave(() => ({ text: 'Here again.' }));
    ticks_ms = 599_999;
    await expect(write()).rejects.toThrow('left alone');
    expect(server.asked).toHaveLength(asked);
    ticks_ms = 600_000;
    expect(await write()).toBe('Here again.');
  },
);

test('[W127] a model that stalls is waited for once, then left alone, and one tries it again', async () => {
  const { model, write } = asking();
  server.behave(() => silent);
  const together = await Promise.allSettled([write(), write()]);
  const why = expect.stringContaining('nothing came for 300 ms');
  expect(together).toEqual(
    Array(2).fill(expect.objectContaining({ reason: expect.objectContaining({ message: why }) })),
  );
  expect([server.asked.length, model.resting()]).toEqual([2, true]);
  expect(logged).toEqual(['the language model does not answer and is not waited for']);

  ticks_ms = 29_999;
  await expect(write()).rejects.toThrow('left alone');
  ticks_ms = 30_000;
  const again = await Promise.allSettled([write(), write(), write()]);
  expect(again.map(({ status }) => status)).toEqual(Array(3).fill('rejected'));
  expect(server.asked).toHaveLength(3);

  // It rests twice as long as before.
  server.behave(() => ({ text: 'Here again.' }));
  ticks_ms = 89_999;
  await expect(write()).rejects.toThrow('left alone');
  ticks_ms = 90_000;
  expect(await write()).toBe('Here again.');
  expect(model.resting()).toBe(false);
  expect(logged.at(-1)).toBe('the language model answers again');
  expect(await Promise.all([write(), write()])).toEqual(['Here again.', 'Here again.']);
});

test('[W127] one that falls silent in the middle is not tried again either', async () => {
  const { model, write } = asking();
  server.behave(() => ({ text: 'Eight words and then not one more.', stall_after: 3 }));
  await expect(write()).rejects.toThrow('nothing came');
  expect([server.asked.length, model.resting()]).toEqual([1, true]);
});

test('[W127] three failures in a row give it a rest, two and an answer do not', async () => {
  const { model, write } = asking();
  const fails = async () => {
    server.behave(() => ({ status: 500 }));
    await expect(write()).rejects.toThrow('HTTP 500');
  };
  await fails();
  await fails();
  // What is cut at its longest is an answer, if one of no use.
  server.behave(() => ({ text: 'Half a', finish: 'length' }));
  await expect(write()).rejects.toThrow('not whole');
  await fails();
  await fails();
  expect(model.resting()).toBe(false);
  await fails();
  expect(model.resting()).toBe(true);
  await expect(write()).rejects.toThrow('left alone');
});

test('[W127] who tries it again and goes away leaves that to the next', async () => {
  const { write } = asking();
  server.behave(() => silent);
  await expect(write()).rejects.toThrow('nothing came');
  ticks_ms = 30_000;
  const leaving = new AbortController();
  const tried = write(leaving.signal);
  setTimeout(() => leaving.abort(), 50);
  await expect(tried).rejects.toThrow('given up');
  server.behave(() => ({ text: 'Here again.' }));
  expect(await write()).toBe('Here again.');
});
