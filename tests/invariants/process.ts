import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface ServerProcess {
  url: string;
  /** SIGKILL: nothing is written, closed or said any more. */
  kill(): Promise<void>;
  /** SIGTERM: a clean stop. */
  stop(): Promise<void>;
  /** SIGSTOP: it stands still, and its connections stay open, until it goes on. */
  freeze(): void;
  goOn(): void;
  /** Everything it has printed so far: of one that died by itself, why. */
  said(): string;
}

/** Compiles what the processes run; the compiler itself knows what is stale. */
export async function compiled(): Promise<void> {
  const { alone, compile } = (await import('../../build.mjs' as string)) as {
    alone<Result>(work: () => Promise<Result>): Promise<Result>;
    compile(): Promise<number>;
  };
  if ((await alone(compile)) !== 0) throw new Error('the sources do not compile');
}

/** The server as `npm start` runs it, in a process of its own, on a free port.
 *  @returns once it serves */
export async function startProcess(settings: Record<string, string>): Promise<ServerProcess> {
  const given = Object.entries(process.env).filter(([name]) => !name.startsWith('WHEELHOUSE_'));
  const child = spawn(process.execPath, [join(root, 'server/dist/main.js')], {
    env: {
      ...Object.fromEntries(given),
      WHEELHOUSE_PORT: '0',
      WHEELHOUSE_SEED: 'none',
      WHEELHOUSE_LOG: 'silent',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (piece: Buffer) => {
      said += piece;
    });
  }
  const url = await addressSaid(child, () => said);
  const signal = (name: NodeJS.Signals) => async () => {
    child.kill(name);
    await ended;
  };
  return {
    url,
    kill: signal('SIGKILL'),
    stop: signal('SIGTERM'),
    freeze: () => child.kill('SIGSTOP'),
    goOn: () => child.kill('SIGCONT'),
    said: () => said,
  };
}

function addressSaid(child: ChildProcess, said: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', () => {
      const found = /Wheelhouse is at (\S+)/.exec(said())?.[1];
      if (found) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${said()}`)));
  });
}

/** The process id of the PostgreSQL of a data folder. */
export function enginePid(data_dir: string): number {
  const [pid] = readFileSync(join(data_dir, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
  return Number(pid);
}
