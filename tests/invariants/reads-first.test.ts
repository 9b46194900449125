import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Database, Tx } from '../../server/src/ports.ts';
import { freshDatabase } from '../../server/src/testing/engine.ts';
import { openDatabase } from '../../server/src/world/database.ts';

const silent = { info() {}, warn() {}, error() {} };
const scope = (nth: number) => ({ workspace_id: `ws_${String(nth).padStart(26, '0')}` });
const reads_first = { reads_first: true };
let database: Database;
let drop: () => Promise<void>;
beforeAll(async () => {
  const fresh = await freshDatabase(inject('engine'));
  drop = fresh.drop;
  database = openDatabase({ url: fresh.url, pool: 1, log: silent });
});
afterAll(async () => {
  await database?.close();
  await drop?.();
});

const where = {
  name: 'test.where',
  text: `select current_setting('wheelhouse.workspace', true) as workspace_id,
    date_trunc('milliseconds', now()) as now`,
};
const keep = {
  name: 'test.keep',
  text: `insert into idempotency (workspace_id, principal, key, request, status, at)
    values ($1, 'me', 'a key', 'a request', 201, now())`,
};
const kept = { name: 'test.kept', text: 'select workspace_id from idempotency order by 1' };
const keptBy = (nth: number) =>
  database.transact(scope(nth), (tx) => tx.query<{ workspace_id: string }>(kept), reads_first);

test('[S2] what a transaction reads together with its beginning is read inside it, under its own scope', async () => {
  // One connection, so whatever an earlier transaction left on it would be met by the next.
  for (const nth of [1, 2, 3]) {
    const seen = await database.transact(
      scope(nth),
      async (tx) => {
        const [row] = await tx.query<{ workspace_id: string; now: string }>(where);
        tx.write(keep, [tx.scope.workspace_id]);
        return { ...row, at: tx.now };
      },
      reads_first,
    );
    expect(seen).toMatchObject({ workspace_id: scope(nth).workspace_id, now: seen.at });
    expect(await keptBy(nth)).toEqual([scope(nth)]);
  }
});

test('[S2] nothing is written, and no time is told, before the transaction is known to have begun', async () => {
  const hasty = (work: (tx: Tx) => unknown) =>
    database.transact(scope(9), async (tx) => work(tx), reads_first);
  const words = /has not begun yet/;
  await expect(hasty((tx) => tx.write(keep, [scope(9).workspace_id]))).rejects.toThrow(words);
  await expect(hasty((tx) => tx.now)).rejects.toThrow(words);
  expect(await keptBy(9)).toEqual([]);
  // The connection is as good as before.
  expect(await keptBy(1)).toEqual([scope(1)]);
});
