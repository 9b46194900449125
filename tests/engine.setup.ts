import { chmodSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startTestEngine } from '../server/src/testing/engine.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The connection string of the run's engine, with DATABASE where a name belongs. */
    engine: string;
  }
}

/** One real PostgreSQL for the whole run; each test file clones a fresh database from its template. */
export default async function setup(project: TestProject) {
  const forgetMemory = workInMemory();
  const engine = await startTestEngine();
  project.provide('engine', engine.url_pattern);
  return async () => {
    await engine.stop();
    forgetMemory();
  };
}

const memory = '/dev/shm';
const folder_name = 'wheelhouse-tests-';
/** A run holds a few hundred megabytes at a time. */
const enough_bytes = 4 * 2 ** 30;

/** Temporary files of this run, its workers and all that they start are kept in memory where there is
 *  room. Measured, of what a test file cost before its first test, most was the disk's file system: each
 *  of the four hundred files of a fresh database took it a millisecond.
 *  @returns what gives the room back */
function workInMemory(): () => void {
  if (!hasRoom()) return () => {};
  for (const name of readdirSync(memory)) {
    // A run that was killed left it.
    const [, pid] = /^wheelhouse-tests-(\d+)-/.exec(name) ?? [];
    if (pid && !runs(Number(pid))) rmSync(join(memory, name), { recursive: true, force: true });
  }
  const before = process.env.TMPDIR;
  const folder = mkdtempSync(join(memory, `${folder_name}${process.pid}-`));
  // The engine runs under another account where this one is root's.
  chmodSync(folder, 0o755);
  process.env.TMPDIR = folder;
  return () => {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    rmSync(folder, { recursive: true, force: true });
  };
}

function hasRoom(): boolean {
  try {
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize > enough_bytes && process.availableMemory() > enough_bytes;
  } catch {
    return false;
  }
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
}
