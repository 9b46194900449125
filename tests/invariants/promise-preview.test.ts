import type { Preview } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';
import { asOwner, promising, weak } from './promise-talk.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
});
afterAll(() => server?.stop());

test('[G53] a preview judges by what is proven where the promise is the same, and says where it is another', async () => {
  const gate = await promising(server, 'previewed');
  const { threshold } = await gate.certify();
  await gate.submit(0.1);
  await gate.submit(0.99, { model_version: 'unproven' });
  const preview = async (policy: object) =>
    (await gate.builder.call<Preview>('POST /gates/previewed/preview', { definition: { policy } }))
      .body;
  const same = await preview({ ...weak, spot_check: 0.4, priority: 2 });
  expect(same).toMatchObject({ proven_anew: false, changed: [] });
  const over = await asOwner(server, async (client) => {
    const { rows } = await client.query(
      `select count(*)::int as count from outputs
       where gate = 'previewed' and confidence >= $1 and model_version is null`,
      [threshold],
    );
    return rows[0].count as number;
  });
  expect(same.after).toEqual({ pass: over, hold: same.n - over, block: 0 });
  expect(same.before).toEqual(same.after);
  const other = await preview({ ...weak, alpha: 0.2 });
  expect(other).toMatchObject({ proven_anew: true, after: { pass: 0, hold: other.n } });
  expect(other.before.pass).toBe(over);
  expect(await preview({ mode: 'always' })).toMatchObject({ proven_anew: false });
  // It begins nothing: the versions are those that outputs came of.
  expect((await gate.promise()).epochs).toHaveLength(2);
});
