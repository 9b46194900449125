import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Clock } from '../../server/src/ports.ts';
import { type ModelServer, modelServer } from '../../server/src/testing/language-model.ts';
import { languageModel } from '../../server/src/world/models/language-model.ts';

let server: ModelServer;
beforeAll(async () => {
  server = await modelServer();
});
afterAll(() => server?.close());

test.each(['999999', 'Fri, 31 Dec 9999 23:59:59 GMT'])(
  '[W15] a model that asks to be left alone until %s is tried again after ten minutes',
  async (retry_after) => {
    let ticks_ms = 0;
    const clock = { ticks_ms: () => ticks_ms, pause: async () => {} } as unknown as Clock;
    const model = languageModel(
      {
        provider: 'openai-compatible',
        name: 'test-model',
        url: server.url,
        key: 'test-key',
        timeout_ms: 20_000,
        stall_ms: 20_000,
      },
      clock,
    );
    const write = () =>
      model.write({
        instructions: 'Answer.',
        material: '{}',
        max_tokens: 100,
        signal: new AbortController().signal,
      });
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
