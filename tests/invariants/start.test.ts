import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { readConfig } from '../../server/src/config.ts';
import type { Ports } from '../../server/src/ports.ts';
import { realPorts, serve } from '../../server/src/serve.ts';
import { freshDatabase } from '../../server/src/testing/engine.ts';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';
import { compiled, startProcess } from './process.ts';

let first: TestServer;
beforeAll(async () => {
  first = await startServer({ url_pattern: inject('engine') });
  await compiled();
});
afterAll(() => first?.stop());
const taken = () => new URL(first.url).port;
const silent = { info: () => {}, warn: () => {}, error: () => {} };

test('[B7] a server whose port is taken begins no job and lets go of the database', async () => {
  const database = await freshDatabase(inject('engine'));
  const config = readConfig({ WHEELHOUSE_PORT: taken(), WHEELHOUSE_LOG: 'silent' });
  const real = realPorts(config, database.url, silent);
  const sent: string[] = [];
  const watched: Ports = {
    ...real,
    database: {
      ...real.database,
      transact: (scope, work, terms) =>
        real.database.transact(
          scope,
          (tx) =>
            work({
              ...tx,
              query: (statement, values) => {
                sent.push(statement.name);
                return tx.query(statement, values);
              },
            }),
          { ...terms, reads_first: false },
        ),
    },
  };
  await expect(serve(config, watched)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  // The place to follow the log from, and nothing that works on rows.
  expect(new Set(sent.filter((name) => !name.startsWith('events.')))).toEqual(new Set());
  const owner = new pg.Client({
    connectionString: inject('engine').replace('DATABASE', 'postgres'),
  });
  await owner.connect();
  const left = async () =>
    (
      await owner.query('select count(*)::int as n from pg_stat_activity where datname = $1', [
        new URL(database.url).pathname.slice(1),
      ])
    ).rows[0].n;
  await expect.poll(left, { timeout: 20_000 }).toBe(0);
  await owner.end();
  await database.drop();
});

test('[B7] a taken port is said in words, and neither server nor engine is left running', async () => {
  const data_dir = mkdtempSync(join(tmpdir(), 'wheelhouse-port-'));
  try {
    const settings = { WHEELHOUSE_DATA_DIR: data_dir, WHEELHOUSE_PORT: taken() };
    await expect(startProcess(settings)).rejects.toThrow(
      /ended with 1: \s*Wheelhouse did not start: .*address already in use.*set WHEELHOUSE_PORT/,
    );
    expect(existsSync(join(data_dir, 'postgres', 'PG_VERSION'))).toBe(true);
    expect(existsSync(join(data_dir, 'postgres', 'postmaster.pid'))).toBe(false);
    // The folder is free for the next, which starts.
    const next = await startProcess({ WHEELHOUSE_DATA_DIR: data_dir });
    await next.stop();
  } finally {
    rmSync(data_dir, { recursive: true, force: true });
  }
});

test('[S6] a webhook for a type of event that there is not is refused by its place', async () => {
  const admin = await first.keyFor('admin');
  const url = 'https://example.com/hook';
  const wrong = await admin.call('POST /webhooks', {
    url,
    types: ['output.decided', 'output.made'],
  });
  expect(wrong).toMatchObject({ status: 422, body: { errors: [{ field: 'types.1' }] } });
  const right = await admin.call('POST /webhooks', { url, types: ['output.corrected'] });
  expect(right.status).toBe(201);
});
