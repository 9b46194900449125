import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Account } from './account.ts';
import type { Binaries } from './binaries.ts';
import { CannotStart, explain } from './cannot-start.ts';
import { clusterOf, folderAsSeen, write } from './cluster.ts';

/** What postmaster.pid says: the engine keeps it while it runs. */
export interface PidFile {
  pid: number;
  port: number;
  /** starting, stopping, ready or standby */
  status: string;
}

/** One running engine. */
export interface Postmaster {
  pid: number;
  port: number;
}

export interface Ground {
  data_dir: string;
  binaries: Binaries;
  account: Account;
  log(line: string): void;
}

const start_limit_ms = 10 * 60_000;
const fast_limit_ms = 60_000;
const log_limit_bytes = 10 * 2 ** 20;

const pidFile = (cluster: string) => join(cluster, 'postmaster.pid');

export function readPidFile(cluster: string): PidFile | undefined {
  let lines: string[];
  try {
    lines = fs.readFileSync(pidFile(cluster), 'utf8').split('\n');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw thrown;
  }
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, port: Number(lines[3]), status: lines[7]?.trim() ?? 'starting' };
}

/** Whether process `pid` is an engine that works in this very folder. A process id says nothing by
 *  itself: it may be used again, and a copied data folder names the engine of the original. */
export function worksIn(pid: number, cluster: string): boolean {
  if (process.platform === 'linux') {
    try {
      const at = fs.statSync(`/proc/${pid}/cwd`);
      const wanted = fs.statSync(cluster);
      return at.dev === wanted.dev && at.ino === wanted.ino;
    } catch {
      // It is gone, or belongs to a user who is not ours: either way it is not our engine.
      return false;
    }
  }
  if (!alive(pid)) return false;
  if (process.platform === 'win32') return true;
  const said = spawnSync('lsof', ['-a', '-d', 'cwd', '-p', `${pid}`, '-Fn'], { encoding: 'utf8' });
  return said.error !== undefined || said.stdout.includes(`n${fs.realpathSync(cluster)}\n`);
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The engine that already works in the folder, when its server died without stopping it; waits
 *  while it starts or stops. Undefined when there is none, so that one may be launched. */
export async function findRunning(cluster: string): Promise<Postmaster | undefined> {
  const limit = Date.now() + start_limit_ms;
  for (;;) {
    const found = readPidFile(cluster);
    if (!found || !worksIn(found.pid, cluster)) return undefined;
    if (found.status === 'ready') return { pid: found.pid, port: found.port };
    if (Date.now() > limit) {
      throw new CannotStart(
        `PostgreSQL (process ${found.pid}) has been ${found.status} in ${cluster} for ten ` +
          'minutes. Its log is postgres.log in the data folder; stop it with kill -INT.',
      );
    }
    await pause(20);
  }
}

/** Makes what a dead engine left harmless. Its process id may be a stranger's now, or a zombie's
 *  that nobody reaps, and the next engine would take that for itself running. postmaster.pid also
 *  names shared memory, by which helpers of the dead one that still write are noticed: so the file
 *  is not deleted, only the id becomes one that no process has. */
function disown(cluster: string, account: Account): void {
  const dead = readPidFile(cluster);
  if (!dead) return;
  const [, ...rest] = fs.readFileSync(pidFile(cluster), 'utf8').trimEnd().split('\n');
  write(pidFile(cluster), ['2147483646', ...rest], account);
  for (const left of [`.s.PGSQL.${dead.port}`, `.s.PGSQL.${dead.port}.lock`]) {
    fs.rmSync(join(cluster, left), { force: true });
  }
}

/** Starts the engine and waits until it answers; none may be running in the folder.
 *  @param port for Windows, where it listens on loopback
 *  @throws CannotStart with what it last said */
export async function launch(ground: Ground, port: number): Promise<Postmaster> {
  const limit = Date.now() + 30_000;
  disown(clusterOf(ground.data_dir), ground.account);
  for (;;) {
    try {
      return await launchOnce(ground, port);
    } catch (thrown) {
      // Helpers of an engine that was killed notice within seconds, and must be gone first.
      const lingering = /pre-existing shared memory block/.test(String(thrown));
      if (!lingering || Date.now() > limit) throw thrown;
      await pause(250);
    }
  }
}

async function launchOnce(ground: Ground, port: number): Promise<Postmaster> {
  const { data_dir, binaries, account } = ground;
  const cluster = clusterOf(data_dir);
  const log_path = join(data_dir, 'postgres.log');
  const log = openLog(log_path, account);
  const from = fs.fstatSync(log).size;
  let child: ChildProcess;
  try {
    // In a session of its own: Ctrl-C in a terminal must reach us first, so that requests under
    // way finish before their database goes. Its words go to a file, because a pipe would break
    // when we are killed.
    child = spawn(binaries.postgres, ['-D', folderAsSeen(cluster, account), '-p', `${port}`], {
      cwd: cluster,
      env: binaries.env,
      stdio: ['ignore', log, log],
      detached: true,
      ...account,
    });
  } finally {
    fs.closeSync(log);
  }
  let ended: string | undefined;
  child.once('error', (thrown) => {
    ended = thrown.message;
  });
  child.once('exit', (code, signal) => {
    ended = `it ended with ${signal ?? code}`;
  });
  child.unref();
  await untilReady(
    cluster,
    ground,
    () => child.pid,
    () => ended,
    () => tail(log_path, from),
  );
  return { pid: child.pid as number, port };
}

async function untilReady(
  cluster: string,
  ground: Ground,
  pid: () => number | undefined,
  ended: () => string | undefined,
  words: () => string,
): Promise<void> {
  const began = Date.now();
  let told = began;
  for (;;) {
    const found = readPidFile(cluster);
    if (found && found.pid === pid() && found.status === 'ready') return;
    const end = ended();
    if (end !== undefined) {
      throw explain('starting PostgreSQL', ground.data_dir, `${words()}\n${end}`);
    }
    if (Date.now() - told > 10_000) {
      told = Date.now();
      ground.log('PostgreSQL is still starting; after a crash it first replays its log.');
    }
    if (Date.now() - began > start_limit_ms) {
      throw explain('starting PostgreSQL', ground.data_dir, `not ready in 10 min\n${words()}`);
    }
    await pause(5);
  }
}

function openLog(path: string, account: Account): number {
  const { size } = fs.statSync(path, { throwIfNoEntry: false }) ?? { size: 0 };
  if (size > log_limit_bytes) fs.renameSync(path, `${path}.1`);
  const log = fs.openSync(path, 'a', 0o600);
  if (account) fs.fchownSync(log, account.uid, account.gid);
  return log;
}

function tail(path: string, from: number): string {
  return fs.readFileSync(path).subarray(from).toString('utf8').slice(-4_000);
}

/** Stops the engine: sessions end, everything is on disk, no process is left. */
export async function stopPostmaster({ pid }: Postmaster, ground: Ground): Promise<void> {
  const cluster = clusterOf(ground.data_dir);
  if (process.platform === 'win32') {
    const args = ['stop', '-D', cluster, '-m', 'fast', '-w'];
    spawnSync(ground.binaries.pg_ctl, args, { env: ground.binaries.env, timeout: fast_limit_ms });
    return;
  }
  // SIGINT is PostgreSQL's fast shutdown. SIGQUIT ends it without a checkpoint: nothing committed
  // is lost, the next start replays the log.
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (!worksIn(pid, cluster)) return;
    tell(pid, signal);
    if (await gone(pid, cluster)) return;
    ground.log(`PostgreSQL (process ${pid}) did not stop on ${signal} within a minute.`);
  }
}

function tell(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (thrown) {
    // It ended between the look and the signal, which is what was wanted.
    if ((thrown as NodeJS.ErrnoException).code !== 'ESRCH') throw thrown;
  }
}

async function gone(pid: number, cluster: string): Promise<boolean> {
  for (const limit = Date.now() + fast_limit_ms; worksIn(pid, cluster); await pause(5)) {
    if (Date.now() > limit) return false;
  }
  // It does nothing any more; its entry goes when its parent has noticed. That is us, and takes a
  // moment, or an init that never does, which is not worth a longer wait.
  for (const limit = Date.now() + 1_000; alive(pid) && Date.now() < limit; ) await pause(2);
  return true;
}
