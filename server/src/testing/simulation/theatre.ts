import pg from 'pg';
import { type Config, readConfig } from '../../config.ts';
import type { Database } from '../../ports.ts';
import { openDatabase } from '../../world/database.ts';
import { type Front, openFront } from './front.ts';

/** What is kept from one run to the next: the engine, emptied before each, and the fronts. */
export interface Theatre {
  config: Config;
  engine: Database;
  /** The owner of the schema, past every lock: for emptying, and for reading what is true. */
  owner: pg.Client;
  fronts: Front[];
  /** Removes every row. */
  empty(): Promise<void>;
  close(): Promise<void>;
}

const silent = { info: () => {}, warn: () => {}, error: () => {} };

/** Opens a theatre on a database of its own, which is migrated already. */
export async function openTheatre(url: string, nodes = 2): Promise<Theatre> {
  const config = readConfig({
    WHEELHOUSE_PORT: '0',
    WHEELHOUSE_LOG: 'silent',
    WHEELHOUSE_RATE_LIMIT: '100000000',
  });
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  // What was committed must only outlive what the simulation does; the kill tests pull the plug.
  await owner.query(
    `do $$ begin execute format('alter database %I set synchronous_commit = off', current_database());
     end $$`,
  );
  await owner.query("set session_replication_role = 'replica'");
  await owner.query('set jit = off');
  const { rows } = await owner.query<{ name: string }>(
    `select quote_ident(relname) as name from pg_class
     where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> 'migrations'
     order by relname`,
  );
  // The log's numbers begin anew as well: checks walk it by number, from the first to the last.
  const renumber = "select setval(pg_get_serial_sequence('events', 'seq'), 1, false)";
  const emptying = [...rows.map(({ name }) => `delete from ${name}`), renumber].join('; ');
  const engine = openDatabase({ url, pool: 3, log: silent });
  const fronts: Front[] = [];
  while (fronts.length < nodes) fronts.push(await openFront(config));
  return {
    config,
    engine,
    owner,
    fronts,
    empty: async () => {
      await owner.query(emptying);
    },
    close: async () => {
      for (const { server } of fronts) await server.close();
      await engine.close();
      await owner.end();
    },
  };
}
