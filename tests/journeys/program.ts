import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Person, password, personAt } from '../../server/src/testing/person.ts';

const main = fileURLToPath(new URL('../../server/dist/main.js', import.meta.url));

/** The program itself, as `npm start` runs it, on a data folder of its own. */
export interface Program {
  url: string;
  /** All it has said. */
  said(): string;
  /** Waits until it has said this; the first group of the match, or all of it. */
  says(wanted: RegExp): Promise<string>;
  /** Ends it, by default as someone who presses Ctrl+C does, and waits until it is gone. */
  end(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Starts it again on the same folder and port. */
  again(): Promise<void>;
  /** Ends it and removes its folder. */
  clear(): Promise<void>;
}

/** A machine that also does other work fills the demo in minutes. */
const start_ms = 600_000;

/** Starts the program on a free port and waits until it serves. */
export async function startProgram(settings: Record<string, string> = {}): Promise<Program> {
  if (!existsSync(main)) throw new Error(`There is no ${main}; run "npm run build" first.`);
  const folder = mkdtempSync(join(tmpdir(), 'wheelhouse-journey-'));
  let running = run(folder, { ...settings, WHEELHOUSE_PORT: '0' });
  const url = await running.says(/Wheelhouse is at (http\S+)/);
  const end = (signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM') => running.end(signal);
  return {
    url,
    said: () => running.said(),
    says: (wanted) => running.says(wanted),
    end,
    async again() {
      running = run(folder, { ...settings, WHEELHOUSE_PORT: new URL(url).port });
      await running.says(/Wheelhouse is at (http\S+)/);
    },
    async clear() {
      if (running.ended()) {
        // Killed without warning, it left its database running; starting it once stops both.
        running = run(folder, { ...settings, WHEELHOUSE_PORT: '0' });
        await running.says(/Wheelhouse is at (http\S+)/);
      }
      await running.end('SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The first admin, let in by the link that a first start prints. */
export async function enrolFirst(program: Program): Promise<Person> {
  const link = await program.says(/(http\S+\/enrol\?token=\S+)/);
  const ana = personAt(program.url);
  await ana.call('POST /enrolments', {
    token: new URL(link).searchParams.get('token'),
    name: 'Ana Reyes',
    email: 'ana@example.com',
    password,
  });
  return ana;
}

function run(folder: string, settings: Record<string, string>) {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('WHEELHOUSE_'));
  const child = spawn(process.execPath, [main], {
    env: {
      ...Object.fromEntries(inherited),
      ...settings,
      WHEELHOUSE_DATA_DIR: join(folder, 'data'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const listeners = new Set<() => void>();
  const heard = (piece: string) => {
    text += piece;
    for (const listener of listeners) listener();
  };
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', heard);
  child.once('exit', () => heard(''));
  const ended = () => child.exitCode !== null || child.signalCode !== null;
  return {
    said: () => text,
    ended,
    says: (wanted: RegExp) => heardIn(child, () => text, listeners, wanted),
    async end(signal: 'SIGTERM' | 'SIGKILL') {
      if (ended()) return;
      const gone = new Promise((done) => child.once('exit', done));
      child.kill(signal);
      await gone;
    },
  };
}

function heardIn(
  child: ChildProcess,
  said: () => string,
  listeners: Set<() => void>,
  wanted: RegExp,
): Promise<string> {
  return new Promise((done, failed) => {
    const timer = setTimeout(() => finish(`in ${start_ms} ms`), start_ms);
    const finish = (why?: string) => {
      clearTimeout(timer);
      listeners.delete(look);
      if (why) failed(new Error(`The program did not say ${wanted} ${why}. It said:\n${said()}`));
    };
    const look = () => {
      const found = wanted.exec(said());
      if (found) {
        finish();
        done(found[1] ?? found[0]);
      } else if (child.exitCode !== null) finish(`before it ended with ${child.exitCode}`);
    };
    listeners.add(look);
    look();
  });
}
