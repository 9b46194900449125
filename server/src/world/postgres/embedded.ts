import { mkdirSync, readFileSync, realpathSync } from 'node:fs';
import net from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { accountFor } from './account.ts';
import { shortWayTo, socket_port } from './address.ts';
import { findBinaries } from './binaries.ts';
import { explain } from './cannot-start.ts';
import { clusterOf, engine_database, engine_user, ensureCluster, passwordFile } from './cluster.ts';
import { takeLock } from './lock.ts';
import {
  findRunning,
  type Ground,
  launch,
  type Postmaster,
  stopPostmaster,
  worksIn,
} from './postmaster.ts';

export interface EmbeddedOptions {
  /** Everything of this server lives in it; made when missing. */
  data_dir: string;
  /** A folder with the system's own initdb and postgres (15 or later), instead of npm's. */
  bin_dir?: string;
  log(line: string): void;
}

/** How to reach an engine: fields as `pg` takes them; `host` is the folder of the socket. */
export interface Connection {
  host: string;
  port: number;
  user: string;
  password?: string;
}

/** A private PostgreSQL that this process alone uses. */
export interface Embedded {
  /** A connection string for `pg` (and psql), by default of the database "wheelhouse". */
  url(database?: string): string;
  connection: Connection;
  /** "18.4" */
  version: string;
  /** Ends every session, stops the engine and frees the data folder. May be called twice. */
  stop(): Promise<void>;
}

/**
 * Starts the private PostgreSQL of a data folder, or takes over the one that a killed server left
 * running there. While it is ours it is started again if it dies.
 * @throws CannotStart with a sentence that says what to do; nothing is left running then */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const data_dir = makeFolder(options.data_dir);
  const lock = await takeLock(data_dir);
  try {
    const account = accountFor(clusterOf(data_dir));
    const binaries = findBinaries({ data_dir, account, bin_dir: options.bin_dir });
    const ground = { data_dir, binaries, account, log: options.log };
    const engine = await keepRunning(ground);
    try {
      const reached = await reach(data_dir, engine.current().port);
      return {
        ...reached,
        stop: once(async () => {
          await engine.stop();
          reached.remove();
          await lock.release();
        }),
      };
    } catch (thrown) {
      await engine.stop();
      throw thrown;
    }
  } catch (thrown) {
    await lock.release();
    throw explain('starting the embedded database', data_dir, thrown);
  }
}

function makeFolder(path: string): string {
  try {
    mkdirSync(path, { recursive: true });
    return realpathSync(path);
  } catch (thrown) {
    throw explain('making the data folder', path, thrown);
  }
}

const once = (act: () => Promise<void>) => {
  let done: Promise<void> | undefined;
  return () => {
    done ??= act();
    return done;
  };
};

interface Kept {
  current(): Postmaster;
  stop(): Promise<void>;
}

async function start(ground: Ground, port: number): Promise<Postmaster> {
  const left = await findRunning(clusterOf(ground.data_dir));
  if (!left) return launch(ground, port);
  ground.log(`PostgreSQL (process ${left.pid}) was left running here; using it.`);
  return left;
}

/** Runs the engine, and starts it again when it dies under us, as the out-of-memory killer does.
 *  It looks once a second, because an engine taken over is not our child and sends no signal. */
async function keepRunning(ground: Ground): Promise<Kept> {
  await ensureCluster(ground.data_dir, ground.binaries, ground.account, ground.log);
  let current = await start(ground, await choosePort());
  let restarting: Promise<void> | undefined;
  let failures = 0;
  const restart = async () => {
    ground.log(`PostgreSQL (process ${current.pid}) died; starting it again.`);
    try {
      current = await start(ground, current.port);
      failures = 0;
    } catch (thrown) {
      failures += 1;
      ground.log(`PostgreSQL did not start again: ${thrown}`);
      await pause(Math.min(30_000, 1_000 * 2 ** failures), undefined, { ref: false });
    }
  };
  const watch = setInterval(() => {
    if (restarting || worksIn(current.pid, clusterOf(ground.data_dir))) return;
    restarting = restart().finally(() => {
      restarting = undefined;
    });
  }, 1_000);
  watch.unref();
  return {
    current: () => current,
    stop: async () => {
      clearInterval(watch);
      await restarting;
      await stopPostmaster(current, ground);
    },
  };
}

/** On Windows the engine listens on a loopback port, elsewhere on a socket in its own folder. */
async function choosePort(): Promise<number> {
  if (process.platform !== 'win32') return socket_port;
  const probe = net.createServer().listen(0, '127.0.0.1');
  await new Promise((listening) => probe.once('listening', listening));
  const { port } = probe.address() as net.AddressInfo;
  await new Promise((closed) => probe.close(closed));
  return port;
}

type Reached = Pick<Embedded, 'url' | 'connection' | 'version'> & { remove(): void };

async function reach(data_dir: string, port: number): Promise<Reached> {
  const way =
    process.platform === 'win32'
      ? {
          host: '127.0.0.1',
          remove: () => {},
          password: readFileSync(passwordFile(data_dir), 'utf8'),
        }
      : { ...shortWayTo(clusterOf(data_dir)), password: undefined };
  const connection: Connection = {
    host: way.host,
    port,
    user: engine_user,
    password: way.password,
  };
  try {
    const version = await greet(connection);
    // Everything in the query: a user before an empty host would be no URL to strict readers.
    const query = new URLSearchParams({ host: way.host, port: `${port}`, user: engine_user });
    if (way.password) query.set('password', way.password);
    const url = (database = engine_database) =>
      `postgresql:///${encodeURIComponent(database)}?${query.toString().replaceAll('+', '%20')}`;
    return { url, connection, version, remove: way.remove };
  } catch (thrown) {
    way.remove();
    throw thrown;
  }
}

/** Asks the engine its version, and makes our database when it is not there yet. */
async function greet(connection: Connection): Promise<string> {
  const client = new pg.Client({
    ...connection,
    database: 'postgres',
    connectionTimeoutMillis: 30_000,
  });
  await client.connect();
  try {
    const { rows } = await client.query<{ version: string; made: boolean }>(
      `select current_setting('server_version') as version,
        exists (select from pg_database where datname = $1) as made`,
      [engine_database],
    );
    if (!rows[0]?.made) await client.query(`create database ${engine_database}`);
    return rows[0]?.version.split(' ')[0] ?? '';
  } finally {
    await client.end();
  }
}

/** The engine of a data folder that a running server uses, for a reader beside it (a backup);
 *  undefined when none runs. It takes no lock and stops nothing; `remove` forgets the way there. */
export async function beside(data_dir: string): Promise<Reached | undefined> {
  const cluster = clusterOf(realpathSync(data_dir));
  const running = await findRunning(cluster);
  return running ? reach(realpathSync(data_dir), running.port) : undefined;
}
