import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { type Account, giveAway, reachable } from './account.ts';
import type { Binaries } from './binaries.ts';
import { CannotStart, explain, use_another_database } from './cannot-start.ts';

/** The name of the superuser and of the database that the program uses. */
export const engine_user = 'wheelhouse';
export const engine_database = 'wheelhouse';

/** Where the cluster of a data folder lives. */
export const clusterOf = (data_dir: string) => join(data_dir, 'postgres');

const on_windows = process.platform === 'win32';

/**
 * How the engine is told its own folder. Under a folder that its account cannot walk through (a
 * home of mode 700 when we are root) the path would fail, so it is started inside its folder and
 * told "here": the kernel then asks for no right on the folders above.
 */
export function folderAsSeen(folder: string, account: Account): string {
  return process.platform === 'linux' && !reachable(folder, account) ? '/proc/self/cwd' : folder;
}

/** Makes the cluster if there is none. It is made beside its place and renamed into it when whole,
 *  so that an initdb cut short leaves nothing that looks like a cluster.
 *  @throws CannotStart */
export async function ensureCluster(
  data_dir: string,
  binaries: Binaries,
  account: Account,
  log: (line: string) => void,
): Promise<void> {
  const cluster = clusterOf(data_dir);
  sweepUnfinished(data_dir);
  if (fs.existsSync(cluster)) {
    checkMajor(cluster, binaries);
  } else {
    log('Making a new database; this happens once.');
    const unfinished = `${cluster}.new-${randomBytes(4).toString('hex')}`;
    fs.mkdirSync(unfinished, { mode: 0o700 });
    giveAway(unfinished, account);
    await initialise(data_dir, unfinished, binaries, account);
    fs.renameSync(unfinished, cluster);
    syncFolder(data_dir);
  }
  writeSettings(cluster, account);
}

function sweepUnfinished(data_dir: string): void {
  for (const name of fs.readdirSync(data_dir)) {
    if (!name.startsWith('postgres.new-')) continue;
    try {
      fs.rmSync(join(data_dir, name), { recursive: true, maxRetries: 3, retryDelay: 50 });
    } catch {
      // An initdb whose server was killed may still be writing there; the next start removes it.
    }
  }
}

function checkMajor(cluster: string, binaries: Binaries): void {
  const made_by = Number.parseInt(fs.readFileSync(join(cluster, 'PG_VERSION'), 'utf8'), 10);
  if (made_by === binaries.major) return;
  throw new CannotStart(
    `${cluster} was made by PostgreSQL ${made_by}, and the programs here are PostgreSQL ` +
      `${binaries.major}. Set WHEELHOUSE_POSTGRES_BIN to PostgreSQL ${made_by}, run "npm run ` +
      'backup -- FILE", then restore that file into a new data folder with the newer one. ' +
      use_another_database,
  );
}

async function initialise(
  data_dir: string,
  folder: string,
  binaries: Binaries,
  account: Account,
): Promise<void> {
  // The builtin provider sorts by code point whatever the system's C library does, so an index
  // stays valid when the system is upgraded. PostgreSQL 15 and 16 do not have it.
  const provider = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const locale = process.platform === 'linux' ? 'C.UTF-8' : 'C';
  const arguments_ = (name: string) => [
    ...['-D', folderAsSeen(folder, account), '-U', engine_user, '-E', 'UTF8'],
    ...['--auth', on_windows ? 'scram-sha-256' : 'trust', `--locale=${name}`],
    ...(binaries.major >= 17 ? provider : []),
    ...(on_windows ? [`--pwfile=${passwordFile(data_dir)}`] : []),
  ];
  if (on_windows) fs.writeFileSync(passwordFile(data_dir), randomBytes(24).toString('hex'));
  let said = await run(binaries.initdb, arguments_(locale), folder, binaries.env, account);
  if (said.code !== 0 && /invalid locale/.test(said.words)) {
    const env = { ...binaries.env, LC_ALL: 'C' };
    said = await run(binaries.initdb, arguments_('C'), folder, env, account);
  }
  if (said.code !== 0) {
    fs.rmSync(folder, { recursive: true, force: true });
    throw explain('initdb', data_dir, said.words);
  }
}

/** Windows has no socket that the driver could use, so there a password guards a loopback port. */
export const passwordFile = (data_dir: string) => join(data_dir, 'postgres.password');

function run(
  program: string,
  args: string[],
  cwd: string,
  env: Record<string, string>,
  account: Account,
): Promise<{ code: number; words: string }> {
  return new Promise((done) => {
    const child = spawn(program, args, { cwd, env, ...account, stdio: ['ignore', 'pipe', 'pipe'] });
    let words = '';
    const hear = (chunk: Buffer) => {
      words = (words + chunk).slice(-4_000);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', (thrown) => done({ code: -1, words: thrown.message }));
    child.on('close', (code) => done({ code: code ?? -1, words }));
  });
}

function syncFolder(folder: string): void {
  if (on_windows) return;
  const opened = fs.openSync(folder, 'r');
  fs.fsyncSync(opened);
  fs.closeSync(opened);
}

/** The engine's settings, for a machine of two cores that it shares with the program. Durability
 *  is never traded. `alter system` overrides each of them.
 *  @param memory_bytes of the whole machine */
export function settings(memory_bytes: number): Record<string, string> {
  const megabytes = Math.floor(memory_bytes / 2 ** 20);
  return {
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    wal_compression: 'on',
    listen_addresses: '',
    unix_socket_directories: '.',
    unix_socket_permissions: '0700',
    max_connections: '200',
    shared_buffers: `${Math.min(256, Math.max(32, Math.floor(megabytes / 8)))}MB`,
    effective_cache_size: `${Math.max(64, Math.floor(megabytes / 2))}MB`,
    work_mem: '8MB',
    maintenance_work_mem: '64MB',
    max_wal_size: '2GB',
    checkpoint_timeout: '10min',
    jit: 'off',
    random_page_cost: '1.1',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    log_min_messages: 'warning',
    log_line_prefix: '%m [%p] ',
    cluster_name: 'wheelhouse',
  };
}

function writeSettings(cluster: string, account: Account): void {
  const wanted = settings(totalmem());
  if (on_windows) {
    delete wanted.unix_socket_directories;
    wanted.listen_addresses = '127.0.0.1';
  }
  const lines = Object.entries(wanted).map(([name, value]) => `${name} = '${value}'`);
  const note = '# Written at every start. Change a setting with "alter system set …".';
  write(join(cluster, 'postgresql.conf'), [note, ...lines], account);
  // Whoever can enter the folder is the account itself, which owns the files anyway: a password
  // inside it would guard nothing.
  const rule = on_windows ? 'host all all 127.0.0.1/32 scram-sha-256' : 'local all all trust';
  write(join(cluster, 'pg_hba.conf'), ['# Written at every start.', rule], account);
}

/** Puts a whole file in its place. The folder belongs to an account we do not trust with our own
 *  rights, so nothing here follows a link that it might have left. */
export function write(path: string, lines: string[], account: Account): void {
  const fresh = `${path}.${randomBytes(4).toString('hex')}`;
  const file = fs.openSync(fresh, 'wx', 0o600);
  fs.writeSync(file, `${lines.join('\n')}\n`);
  if (account) fs.fchownSync(file, account.uid, account.gid);
  fs.closeSync(file);
  fs.renameSync(fresh, path);
}
