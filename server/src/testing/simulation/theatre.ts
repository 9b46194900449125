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
  const empty = await prepare(owner);
  const engine = openDatabase({ url, pool: 3, log: silent });
  const fronts: Front[] = [];
  while (fronts.length < nodes) fronts.push(await openFront(config));
  return {
    config,
    engine,
    owner,
    fronts,
    empty,
    close: async () => {
      for (const { server } of fronts) await server.close();
      await engine.close();
      await owner.end();
    },
  };
}

const runs_between_vacuums = 25;

/** Makes a database fit to be played on, over and over.
 *  @returns what removes every row */
async function prepare(owner: pg.Client): Promise<() => Promise<void>> {
  const { rows } = await owner.query<{ name: string }>(
    `select quote_ident(relname) as name from pg_class
     where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> 'migrations'
     order by relname`,
  );
  const tables = rows.map(({ name }) => name);
  const settings = [
    // What was committed must only outlive what the simulation does; the kill tests pull the plug.
    `do $$ begin
       execute format('alter database %I set synchronous_commit = off', current_database());
     end $$`,
    // A vacuum of the engine's own is a transaction that readers of the event log wait for, and it
    // comes when the real clock says so.
    ...tables.map((name) => `alter table ${name} set (autovacuum_enabled = off)`),
    // Rows are removed in any order.
    "set session_replication_role = 'replica'",
    'set jit = off',
  ];
  await owner.query(settings.join('; '));
  // The log's numbers begin anew as well: checks walk it by number, from the first to the last.
  const renumber = "select setval(pg_get_serial_sequence('events', 'seq'), 1, false)";
  const emptying = [...tables.map((name) => `delete from ${name}`), renumber].join('; ');
  let runs = 0;
  return async () => {
    await owner.query(emptying);
    runs += 1;
    if (runs % runs_between_vacuums === 0) await owner.query('vacuum');
  };
}
