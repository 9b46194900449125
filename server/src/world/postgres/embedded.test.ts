import { type ChildProcess, spawn } from 'node:child_process';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Embedded, startEmbedded } from './embedded.ts';
import { readPidFile, worksIn } from './postmaster.ts';

let root: string;
let started: Embedded[] = [];
let children: ChildProcess[] = [];
let heard: string[] = [];

beforeEach(() => {
  root = fs.mkdtempSync(join(tmpdir(), 'wheelhouse-engine-'));
  heard = [];
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  children = [];
  await Promise.all(started.map((embedded) => embedded.stop()));
  started = [];
  fs.rmSync(root, { recursive: true, force: true });
});

const log = (line: string) => heard.push(line);

async function start(data_dir: string): Promise<Embedded> {
  const embedded = await startEmbedded({ data_dir, log });
  started.push(embedded);
  return embedded;
}

async function query<Row extends pg.QueryResultRow>(embedded: Embedded, sql: string) {
  const client = new pg.Client(embedded.url());
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

const source = fileURLToPath(new URL('./embedded.ts', import.meta.url));

/** A server of its own, that runs `then` with the started database as `embedded`. */
function server(data_dir: string, then: string) {
  const script = `
    import pg from 'pg';
    import { runnerImport } from 'vite';
    const { module } = await runnerImport(${JSON.stringify(source)}, { logLevel: 'silent' });
    const embedded = await module.startEmbedded({ data_dir: ${JSON.stringify(data_dir)}, log() {} });
    ${then}
  `;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  return child;
}

const ended = (child: ChildProcess) => new Promise((done) => child.once('exit', done));

/** Waits until `fact` holds; the test's own limit ends a wait for what never comes. */
async function until(fact: () => boolean): Promise<void> {
  while (!fact()) await new Promise((next) => setTimeout(next, 5));
}

const engineOf = (data_dir: string) => readPidFile(join(data_dir, 'postgres'))?.pid as number;

test('[B3] a first start makes a durable UTF-8 database without a network port', async () => {
  const embedded = await start(join(root, 'data'));
  expect(embedded.version).toMatch(/^\d+\.\d+$/);
  const names = ['fsync', 'synchronous_commit', 'full_page_writes', 'listen_addresses', 'jit'];
  const rows = await query<{ name: string; setting: string }>(
    embedded,
    `select name, setting from pg_settings where name in (${names.map((name) => `'${name}'`)})`,
  );
  expect(Object.fromEntries(rows.map(({ name, setting }) => [name, setting]))).toEqual({
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    listen_addresses: '',
    jit: 'off',
  });
  const [base] = await query(
    embedded,
    `select current_database() as name, pg_encoding_to_char(encoding) as encoding
      from pg_database where datname = current_database()`,
  );
  expect(base).toEqual({ name: 'wheelhouse', encoding: 'UTF8' });
  expect(fs.statSync(join(root, 'data', 'postgres')).mode & 0o777).toBe(0o700);
});

test('[B3] a second start finds what the first one kept; stop leaves no process', async () => {
  const data_dir = join(root, 'data');
  const first = await start(data_dir);
  await query(first, 'create table kept (n int)');
  await query(first, 'insert into kept values (7)');
  const pid = engineOf(data_dir);
  await Promise.all([first.stop(), first.stop()]);
  expect(worksIn(pid, join(data_dir, 'postgres'))).toBe(false);
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  expect(readPidFile(join(data_dir, 'postgres'))).toBeUndefined();
  const second = await start(data_dir);
  expect(await query(second, 'select n from kept')).toEqual([{ n: 7 }]);
  expect(heard.filter((line) => line.startsWith('Making a new database'))).toHaveLength(1);
});

test('[B1] a second server is refused in words, and the first is not disturbed', async () => {
  const first = await start(join(root, 'data'));
  await expect(start(join(root, 'data'))).rejects.toThrow(
    /Another Wheelhouse server \(process \d+, since .*\) uses the data folder .*WHEELHOUSE_DATA_DIR/,
  );
  expect(await query(first, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('[B4] after kill -9 the next start takes over the engine and every acknowledged row', async () => {
  const data_dir = join(root, 'data');
  for (let round = 0; round < 3; round++) {
    const child = server(
      data_dir,
      `const client = new pg.Client(embedded.url());
      await client.connect();
      await client.query('create table if not exists told (n bigserial primary key)');
      for (;;) {
        const { rows } = await client.query('insert into told default values returning n');
        process.stdout.write(rows[0].n + '\\n');
      }`,
    );
    let told = '';
    child.stdout?.on('data', (chunk) => {
      told += chunk;
    });
    await until(() => told.split('\n').length > 50);
    const gone = ended(child);
    child.kill('SIGKILL');
    await gone;
    const acknowledged = told.split('\n').slice(0, -1).map(Number);
    const engine = engineOf(data_dir);
    // In one round the engine is killed as well, as when the machine's memory runs out.
    if (round === 1) process.kill(engine, 'SIGKILL');
    const next = await start(data_dir);
    if (round !== 1) expect(engineOf(data_dir)).toBe(engine);
    const rows = await query<{ n: string }>(next, 'select n from told');
    const kept = new Set(rows.map(({ n }) => Number(n)));
    expect(acknowledged.filter((n) => !kept.has(n))).toEqual([]);
    await next.stop();
  }
  expect(heard.filter((line) => line.includes('was left running here'))).toHaveLength(2);
});

test('[B4] an engine that dies under a running server is started again', async () => {
  const data_dir = join(root, 'data');
  const embedded = await start(data_dir);
  await query(embedded, 'create table kept as select 1 as n');
  const first = engineOf(data_dir);
  process.kill(first, 'SIGKILL');
  await until(() => {
    const found = readPidFile(join(data_dir, 'postgres'));
    const pid = found?.pid ?? first;
    return pid !== first && worksIn(pid, join(data_dir, 'postgres')) && found?.status === 'ready';
  });
  expect(await query(embedded, 'select n from kept')).toEqual([{ n: 1 }]);
  await embedded.stop();
  expect(readPidFile(join(data_dir, 'postgres'))).toBeUndefined();
});

test('[B4] a process id that a stranger uses now is not taken for the engine', async () => {
  const data_dir = join(root, 'data');
  await (await start(data_dir)).stop();
  const cluster = join(data_dir, 'postgres');
  const stale = [process.pid, cluster, 1_700_000_000, 5432, '.', '', '  1  1', 'ready'];
  fs.writeFileSync(join(cluster, 'postmaster.pid'), `${stale.join('\n')}\n`);
  const { uid, gid } = fs.statSync(cluster);
  fs.chownSync(join(cluster, 'postmaster.pid'), uid, gid);
  const embedded = await start(data_dir);
  expect(engineOf(data_dir)).not.toBe(process.pid);
  expect(await query(embedded, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('[B4] a copied data folder gets an engine of its own', async () => {
  const data_dir = join(root, 'data');
  await (await start(data_dir)).stop();
  const copy = join(root, 'copy');
  fs.cpSync(data_dir, copy, { recursive: true, filter: (path) => !path.endsWith('/lock') });
  const first = await start(data_dir);
  // As if it had been copied from under a running server: the copy names the first one's engine.
  for (const name of ['postmaster.pid', '.s.PGSQL.5432.lock']) {
    fs.cpSync(join(data_dir, 'postgres', name), join(copy, 'postgres', name));
  }
  const second = await start(copy);
  await query(second, 'create table only_here ()');
  expect(await query(first, `select to_regclass('only_here') as found`)).toEqual([{ found: null }]);
});

test('[B5] a first start killed half-way leaves nothing that looks like a database', async () => {
  const data_dir = join(root, 'data');
  const unfinished = () =>
    fs.existsSync(data_dir)
      ? fs.readdirSync(data_dir).filter((name) => name.startsWith('postgres.new-'))
      : [];
  const child = server(data_dir, '');
  await until(() => unfinished().some((name) => fs.existsSync(join(data_dir, name, 'base'))));
  const gone = ended(child);
  child.kill('SIGKILL');
  await gone;
  expect(fs.existsSync(join(data_dir, 'postgres'))).toBe(false);
  const embedded = await start(data_dir);
  expect(await query(embedded, 'select 1 as one')).toEqual([{ one: 1 }]);
  await embedded.stop();
  await (await start(data_dir)).stop();
  expect(unfinished()).toEqual([]);
});

const is_root = process.getuid?.() === 0;

test.runIf(is_root)('[B6] for root it works in a folder that only root may enter', async () => {
  fs.chmodSync(root, 0o700);
  const data_dir = join(root, 'data');
  const embedded = await start(data_dir);
  const [row] = await query<{ n: number }>(embedded, 'select 1 as n');
  expect(row).toEqual({ n: 1 });
  expect(fs.statSync(join(data_dir, 'postgres')).uid).not.toBe(0);
});

test('[B6] a long path with spaces and signs works, by its connection string too', async () => {
  const data_dir = join(root, `müller & söhne's "data" %20`, 'deep '.repeat(30), 'data');
  const embedded = await start(data_dir);
  expect(Buffer.byteLength(embedded.connection.host)).toBeLessThan(100);
  expect(await query(embedded, 'select 1 as one')).toEqual([{ one: 1 }]);
  const { host } = embedded.connection;
  await embedded.stop();
  expect(fs.existsSync(host)).toBe(false);
});

test('[B7] what goes wrong at a start is a sentence that says what to do', async () => {
  fs.writeFileSync(join(root, 'file'), '');
  await expect(start(join(root, 'file'))).rejects.toThrow(
    /file cannot be made.*WHEELHOUSE_DATA_DIR/,
  );
  const data_dir = join(root, 'data');
  await (await start(data_dir)).stop();
  const version = fs.readFileSync(join(data_dir, 'postgres', 'PG_VERSION'));
  fs.writeFileSync(join(data_dir, 'postgres', 'PG_VERSION'), '14\n');
  await expect(start(data_dir)).rejects.toThrow(/made by PostgreSQL 14.*npm run backup/);
  fs.writeFileSync(join(data_dir, 'postgres', 'PG_VERSION'), version);
  fs.rmSync(join(data_dir, 'postgres', 'global', 'pg_control'));
  await expect(start(data_dir)).rejects.toThrow(/PostgreSQL/);
  // A start that failed holds nothing: the folder is free for the next one.
  await expect(start(data_dir)).rejects.not.toThrow(/Another Wheelhouse server/);
});
