import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { migrate } from '../store/migrate.ts';
import { type Embedded, startEmbedded } from '../world/postgres/embedded.ts';

/** One real engine for a whole test run, with a migrated template that each test file clones. */
export interface TestEngine {
  /** A connection string with `DATABASE` where the name belongs. */
  url_pattern: string;
  stop(): Promise<void>;
}

const template = 'wheelhouse_template';

/** What an engine of tests does without: what stands on the disk when the machine loses its power, which
 *  no test can have happen. A commit is still written before it is confirmed, so that an engine that is
 *  killed keeps what it said. Compressing what is cloned took longer than cloning it. */
const in_haste = ['fsync = off', 'full_page_writes = off', 'wal_compression = off'];

/** Starts the engine in a folder of its own; or uses the one WHEELHOUSE_TEST_DATABASE_URL names. */
export const startTestEngine = () => openEngine(process.env.WHEELHOUSE_TEST_DATABASE_URL);

/** An engine that nobody else uses. What runs on it is not held up by the transactions of others,
 *  which readers of the event log wait for, in whichever database they are. */
export const startOwnEngine = () => openEngine(undefined);

async function openEngine(given: string | undefined): Promise<TestEngine> {
  const folder = mkdtempSync(join(tmpdir(), 'wheelhouse-test-'));
  let engine: Embedded | undefined;
  if (!given) engine = await startEmbedded({ data_dir: folder, log: () => {} });
  const pattern = given ?? (engine as Embedded).url('DATABASE');
  await asOwner(pattern, async (client) => {
    if (engine) for (const setting of in_haste) await client.query(`alter system set ${setting}`);
    await client.query('select pg_reload_conf()');
    await client.query(`drop database if exists ${template}`);
    await client.query(`create database ${template}`);
  });
  await migrate(pattern.replace('DATABASE', template));
  return {
    url_pattern: pattern,
    async stop() {
      await engine?.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

let made = 0;

/** A fresh database with the newest schema: a clone of the template, which is four hundred files. In
 *  memory it takes 30 ms of the machine's time, on a disk up to ten times that. */
export async function freshDatabase(
  url_pattern: string,
): Promise<{ url: string; drop(): Promise<void> }> {
  made += 1;
  const name = `test_${process.pid}_${made}_${Date.now().toString(36)}`;
  await asOwner(url_pattern, (client) =>
    client.query(`create database ${name} template ${template}`),
  );
  return {
    url: url_pattern.replace('DATABASE', name),
    drop: async () => {
      await asOwner(url_pattern, (client) =>
        client.query(`drop database if exists ${name} with (force)`),
      );
    },
  };
}

async function asOwner(
  url_pattern: string,
  work: (client: pg.Client) => Promise<unknown>,
): Promise<void> {
  const client = new pg.Client({ connectionString: url_pattern.replace('DATABASE', 'postgres') });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
