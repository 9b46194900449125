import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Account } from './account.ts';
import { CannotStart, explain } from './cannot-start.ts';
import { installedPackage, packageFolder } from './package.ts';

/** The programs of one PostgreSQL, with the environment they need and nothing of ours in it. */
export interface Binaries {
  initdb: string;
  postgres: string;
  pg_ctl: string;
  /** 18 of "18.4" */
  major: number;
  env: Record<string, string>;
}

export interface Wanted {
  data_dir: string;
  account: Account;
  /** A folder with the system's own initdb and postgres, instead of the npm package. */
  bin_dir?: string;
}

const on_windows = process.platform === 'win32';
const program = (name: string) => (on_windows ? `${name}.exe` : name);

/** Finds programs that run here, as the account: the caller's folder, else the npm package.
 *  @throws CannotStart naming what is missing and what to do */
export function findBinaries(wanted: Wanted): Binaries {
  const { folder, libraries } = wanted.bin_dir
    ? { folder: systemFolder(wanted.bin_dir), libraries: [] }
    : packageFolder(installedPackage(), wanted);
  const env = engineEnvironment(libraries);
  const path = (name: string) => join(folder, program(name));
  const said = spawnSync(path('postgres'), ['--version'], {
    env,
    encoding: 'utf8',
    cwd: '/',
    timeout: 60_000,
    ...wanted.account,
  });
  const version = /PostgreSQL\)? (\d+)/.exec(said.stdout ?? '')?.[1];
  if (said.status !== 0 || !version) throw doesNotRun(path('postgres'), said);
  if (Number(version) < 15) {
    throw new CannotStart(`${folder} holds PostgreSQL ${version}; Wheelhouse needs 15 or later.`);
  }
  return {
    initdb: path('initdb'),
    postgres: path('postgres'),
    pg_ctl: path('pg_ctl'),
    major: Number(version),
    env,
  };
}

/** Only what PostgreSQL reads: keys and addresses of ours stay out of its process list entry. */
function engineEnvironment(libraries: string[]): Record<string, string> {
  const env: Record<string, string> = {
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC',
    PATH: process.env.PATH ?? '',
  };
  if (process.platform === 'darwin') env.LC_ALL = 'C';
  if (on_windows) {
    env.LC_ALL = 'C';
    env.SYSTEMROOT = process.env.SYSTEMROOT ?? '';
    env.PATH = [...libraries, env.PATH].join(delimiter);
  } else if (libraries.length > 0) {
    const name = process.platform === 'darwin' ? 'DYLD_LIBRARY_PATH' : 'LD_LIBRARY_PATH';
    env[name] = libraries.join(delimiter);
  }
  return env;
}

function systemFolder(bin_dir: string): string {
  for (const name of ['initdb', 'postgres']) {
    if (!fs.existsSync(join(bin_dir, program(name)))) {
      throw new CannotStart(
        `WHEELHOUSE_POSTGRES_BIN is ${bin_dir}, but there is no ${name} in it. It is often ` +
          '/usr/lib/postgresql/18/bin; unset it to use the PostgreSQL that npm installed.',
      );
    }
  }
  return bin_dir;
}

function doesNotRun(path: string, said: { error?: Error; stderr?: string | null }): CannotStart {
  // The programs are linked against glibc; elsewhere the kernel finds no loader and says ENOENT.
  if (process.platform === 'linux' && !usesGlibc()) {
    return new CannotStart(
      'The embedded PostgreSQL is built for glibc, and this system uses another C library (musl, ' +
        'as on Alpine). Set WHEELHOUSE_DATABASE_URL to a PostgreSQL (15 or later) that runs ' +
        "elsewhere, or WHEELHOUSE_POSTGRES_BIN to the folder of the system's own, or use a " +
        'Debian-based image.',
    );
  }
  return explain('running postgres', path, said.error ?? said.stderr ?? 'it said nothing');
}

function usesGlibc(): boolean {
  const report = process.report?.getReport() as { header?: { glibcVersionRuntime?: string } };
  return report?.header?.glibcVersionRuntime !== undefined;
}
