import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { Connection } from './connection.ts';

const program = fileURLToPath(new URL('../../server/dist/main.js', import.meta.url));

/** Wheelhouse as a user runs it: its own process, its own embedded PostgreSQL, fsync on. */
export interface Subject {
  url: string;
  /** The bootstrap admin key: it submits and claims. */
  key: string;
  /** A reviewer's key: whoever submits cannot decide. */
  desk_key: string;
  process_id: number;
  /** What the server's own process took so far, and holds now. */
  process(): Promise<{ cpu_ms: number; resident_bytes: number }>;
  /** How often a background job has come to its end. */
  turns(job: string): Promise<number>;
  /** A person with the rights of an admin: keys cannot take a wheel. @returns the session's cookie */
  person(): Promise<string>;
  /** Makes a database beside ours on the same engine, for a peer. @returns its address */
  database(name: string): Promise<string>;
  /** Runs SQL as the owner, to fill tables faster than any API could. */
  sql(text: string): Promise<Record<string, unknown>[]>;
  stop(): Promise<void>;
}

export async function startSubject(settings: Record<string, string> = {}): Promise<Subject> {
  const data_dir = mkdtempSync(join(tmpdir(), 'wheelhouse-bench-'));
  const key = `wh_${randomBytes(24).toString('hex')}`;
  const port = await freePort();
  const child = spawn(process.execPath, [program], {
    env: {
      ...process.env,
      WHEELHOUSE_PORT: String(port),
      WHEELHOUSE_DATA_DIR: join(data_dir, 'data'),
      WHEELHOUSE_API_KEY: key,
      WHEELHOUSE_SEED: 'none',
      WHEELHOUSE_RATE_LIMIT: '100000000',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (bytes) => {
    said += bytes;
  });
  const url = `http://127.0.0.1:${port}`;
  await ready(url, child);
  const admin = await Connection.open(url, key);
  const desk = await admin.must<{ key: string }>(201, 'POST', '/keys', {
    name: 'desk',
    role: 'reviewer',
  });
  admin.close();
  return {
    url,
    key,
    desk_key: desk.key,
    process_id: child.pid as number,
    process: () => processOf(url, key),
    turns: (job) => turnsOf(url, key, job),
    person: () => enrolled(url, said),
    async database(name) {
      await owner(data_dir, `create database ${name}`);
      return address(data_dir, name);
    },
    sql: (text) => owner(data_dir, text),
    async stop() {
      child.kill('SIGTERM');
      if (child.exitCode === null) await new Promise((done) => child.once('exit', done));
      rmSync(data_dir, { recursive: true, force: true });
    },
  };
}

async function metricsOf(url: string, key: string): Promise<string> {
  const headers = { authorization: `Bearer ${key}` };
  return (await fetch(`${url}/api/v1/metrics`, { headers })).text();
}

async function turnsOf(url: string, key: string, job: string): Promise<number> {
  const lines = (await metricsOf(url, key)).matchAll(
    new RegExp(`^wheelhouse_job_turns_total\\{job="${job}".*\\} (\\d+)$`, 'gm'),
  );
  return [...lines].reduce((sum, [, count]) => sum + Number(count), 0);
}

async function processOf(url: string, key: string) {
  const text = await metricsOf(url, key);
  const figure = (name: string) => {
    const line = new RegExp(`^${name}(?:\\{.*\\})? (\\S+)$`, 'm').exec(text);
    if (!line) throw new Error(`the server gives no ${name}`);
    return Number(line[1]);
  };
  return {
    cpu_ms: figure('process_cpu_seconds_total') * 1_000,
    resident_bytes: figure('process_resident_memory_bytes'),
  };
}

/** Whoever follows the link that the first start says is its admin. */
async function enrolled(url: string, said: string): Promise<string> {
  const token = /token=([\w-]+)/.exec(said)?.[1];
  if (!token) throw new Error(`the server said no link for its first admin: ${said}`);
  const response = await fetch(`${url}/api/v1/enrolments`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-wheelhouse': '1' },
    body: JSON.stringify({
      token,
      name: 'Ana',
      email: 'ana@example.com',
      password: randomBytes(12).toString('hex'),
    }),
  });
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0];
  if (!response.ok || !cookie) throw new Error(`no admin: ${await response.text()}`);
  return cookie;
}

async function ready(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (child.exitCode !== null) throw new Error('the server did not start');
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
    await pause(100);
  }
  throw new Error('the server was not ready in 30 s');
}

const address = (data_dir: string, database: string): string =>
  `postgresql://wheelhouse@/${database}?host=${encodeURIComponent(join(data_dir, 'data', 'postgres'))}`;

async function owner(data_dir: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: address(data_dir, 'wheelhouse') });
  await client.connect();
  try {
    return (await client.query(text)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** How long a server works before it is measured, ours and the peers' alike. Node compiles what runs
 *  often while it runs: measured, a cycle of ours cost three times as much CPU in its first four
 *  seconds as after twenty. */
export const warm_up_ms = (quick: boolean): number => (quick ? 10_000 : 20_000);

/** Runs `work` on many connections at once for a while, and says how often and how long each took.
 *  @returns rate per second and each run's milliseconds */
export async function loaded(
  connections: Connection[],
  spell_ms: number,
  work: (connection: Connection, lane: number) => Promise<void>,
): Promise<{ rate: number; spells_ms: number[] }> {
  const spells_ms: number[] = [];
  const start = performance.now();
  const end = start + spell_ms;
  await Promise.all(
    connections.map(async (connection, lane) => {
      while (performance.now() < end) {
        const from = performance.now();
        await work(connection, lane);
        spells_ms.push(performance.now() - from);
      }
    }),
  );
  return { rate: spells_ms.length / ((performance.now() - start) / 1_000), spells_ms };
}
