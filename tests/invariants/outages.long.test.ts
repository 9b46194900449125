import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, expect, test } from 'vitest';
import type { Ports, Tx } from '../../server/src/ports.ts';
import { startTestEngine } from '../../server/src/testing/engine.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { holdings } from './neighbour.ts';

// Invariant 24: under a full disk, a slow database, no free connection or an engine that is gone:
// a clean error within its deadline, never a hang, never a yes that does not last; and it comes back
// by itself. The engine is this test's own, since it is stopped, killed and starved.
const answers_within_ms = 7_000;
const recovers_within_ms = 30_000;

const undo: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

async function ownServer(
  settings: Record<string, string> = {},
  ports: (ports: Ports) => Ports = (same) => same,
): Promise<TestServer> {
  const engine = await startTestEngine();
  undo.push(() => engine.stop());
  const server = await startServer({ url_pattern: engine.url_pattern, settings, ports });
  undo.push(() => server.close());
  return server;
}

/** One of each kind of write, ready to be sent, each under its own key. */
async function writes(server: TestServer) {
  const admin = await server.keyFor('admin');
  const desk = await server.keyFor('lead');
  await admin.call('PUT /gates/held', { policy: { mode: 'always' } });
  const action = { name: 'refund', arguments: { amount: 1 } };
  const held = async () =>
    (await admin.call<{ id: string; case_id: string }>('POST /gates/held/outputs', { action }))
      .body;
  const [one, two, three] = [await held(), await held(), await held()];
  await desk.call(`POST /cases/${three.case_id}/answers`, { values: { verdict: 'approve' } });
  const all: [Caller, string, unknown?][] = [
    [admin, 'POST /gates/held/outputs', { action }],
    [desk, `POST /cases/${one.case_id}/answers`, { values: { verdict: 'approve' } }],
    [desk, 'POST /queues/default/claim', { case_id: two.case_id }],
    [admin, `POST /outputs/${three.id}/claim`],
    [desk, `POST /cases/${two.case_id}/notes`, { text: 'look' }],
    [admin, 'PUT /gates/new', { policy: { mode: 'never' } }],
    [admin, 'POST /keys', { name: 'k', role: 'viewer' }],
  ];
  return all.map(([by, what, body]) => {
    const once = { 'idempotency-key': randomUUID() };
    return { what, send: () => by.call(what, body, once) };
  });
}
type Write = Awaited<ReturnType<typeof writes>>[number];

/** Every write is refused in time, as a problem that says when to come again. */
async function refusesAll(all: Write[]): Promise<void> {
  await Promise.all(
    all.map(async ({ what, send }) => {
      const since = performance.now();
      const reply = await send();
      const spent_ms = performance.now() - since;
      expect([what, reply.status, reply.body.code]).toEqual([what, 503, 'unavailable']);
      expect(reply.headers.get('content-type')).toBe('application/problem+json');
      expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(0);
      expect([what, spent_ms < answers_within_ms || spent_ms]).toEqual([what, true]);
    }),
  );
}

/** The same requests under the same keys, sent again as a program would, come through. */
async function comesBack(all: Write[]): Promise<void> {
  const since = performance.now();
  for (const { what, send } of all) {
    for (;;) {
      const reply = await send();
      if (reply.status < 300) break;
      const passing = reply.status === 503 || reply.body.code === 'key_reused';
      expect([what, passing || reply.body]).toEqual([what, true]);
      expect([what, performance.now() - since < recovers_within_ms]).toEqual([what, true]);
      await pause(250);
    }
  }
}

/** An outage from beginning to end: before it, during it, and after it by itself. */
async function outage(
  server: TestServer,
  begin: () => Promise<unknown> | unknown,
  end: () => Promise<unknown> | unknown,
): Promise<void> {
  const all = await writes(server);
  const before = await holdings(server.database_url, server.workspace_id);
  await begin();
  await refusesAll(all);
  const ready = await fetch(`${server.url}/health/ready`);
  expect((await fetch(`${server.url}/health`)).status).toBe(200);
  await end();
  expect([200, 503]).toContain(ready.status);
  await expect
    .poll(() => holdings(server.database_url, server.workspace_id).catch(() => []), {
      timeout: recovers_within_ms,
    })
    .toEqual(before);
  await comesBack(all);
  const after = await holdings(server.database_url, server.workspace_id);
  const outputs = (rows: string[]) => rows.filter((row) => row.startsWith('outputs ')).length;
  expect(outputs(after)).toBe(outputs(before) + 1);
}

const owner = async (server: TestServer) => {
  const client = new pg.Client({ connectionString: server.database_url });
  client.on('error', () => {});
  await client.connect();
  undo.push(() => client.end().catch(() => {}));
  return client;
};

test('[B11] every connection taken: refused in time, and served again once they are free', async () => {
  const server = await ownServer({ WHEELHOUSE_POOL: '2' });
  const client = await owner(server);
  await outage(
    server,
    async () => {
      await client.query('begin');
      await client.query('lock table events, outputs, cases, idempotency in access exclusive mode');
    },
    () => client.query('rollback'),
  );
});

test('[B11] five seconds more on every statement: refused in time, and nothing is half-done', async () => {
  let late_ms = 0;
  const server = await ownServer({}, (ports) => ({
    ...ports,
    database: {
      ...ports.database,
      transact: (scope, work, terms) =>
        ports.database.transact(
          scope,
          (tx) =>
            work({
              ...tx,
              query: async (...asked: Parameters<Tx['query']>) => {
                await pause(late_ms);
                return tx.query(...asked);
              },
            } as Tx),
          { ...terms, reads_first: false },
        ),
    },
  }));
  await outage(
    server,
    () => {
      late_ms = 5_000;
    },
    () => {
      late_ms = 0;
    },
  );
});

/** The parent of a process, as Linux tells it; none when it has ended. */
const parentOf = (pid: number | string): number | undefined => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return undefined;
  }
};

/** The processes of a server's engine: the postmaster first. */
async function processesOf(server: TestServer): Promise<number[]> {
  const client = await owner(server);
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const postmaster = parentOf(rows[0]?.pid as number) as number;
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return [postmaster, ...all.filter((pid) => parentOf(pid) === postmaster).map(Number)];
}
const signal = (pids: number[], name: NodeJS.Signals) => {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch {
      // One that has ended meanwhile needs no signal.
    }
  }
};
const linux = process.platform === 'linux' && !process.env.WHEELHOUSE_TEST_DATABASE_URL;

test.runIf(linux)(
  '[B11] an engine that answers nothing: refused in time, served again when it wakes',
  async () => {
    const server = await ownServer();
    let pids: number[] = [];
    await outage(
      server,
      async () => {
        pids = await processesOf(server);
        undo.push(() => signal(pids, 'SIGCONT'));
        signal(pids, 'SIGSTOP');
      },
      () => signal(pids, 'SIGCONT'),
    );
  },
);

test.runIf(linux)(
  '[B11] an engine that is killed under a load: no yes that does not last, and back by itself',
  async () => {
    const server = await ownServer();
    const all = await writes(server);
    const pids = await processesOf(server);
    signal(pids.slice(0, 1), 'SIGKILL');
    const replies = await Promise.all(all.map(({ send }) => send()));
    for (const reply of replies) {
      if (reply.status >= 300) expect(reply.body.code).toBe('unavailable');
    }
    await comesBack(all);
    // Whoever heard yes hears the same again.
    for (const [at, { send }] of all.entries()) {
      const first = replies[at];
      if (first && first.status < 300)
        expect((await send()).body).toMatchObject(first.body as object);
    }
  },
);

test('[B11] a disk that the engine finds full: refused, and done once there is room', async () => {
  const server = await ownServer();
  const client = await owner(server);
  // What the engine says when it cannot extend a file; the next test fills a disk for real.
  await client.query(`create function full_disk() returns trigger language plpgsql as $$
    begin raise exception using errcode = '53100',
      message = 'could not extend file: No space left on device'; end $$`);
  await outage(
    server,
    async () => {
      for (const table of ['events', 'idempotency']) {
        await client.query(`create trigger full_disk before insert on ${table}
          for each statement execute function full_disk()`);
      }
    },
    async () => {
      for (const table of ['events', 'idempotency'])
        await client.query(`drop trigger full_disk on ${table}`);
    },
  );
});

/** Only root may mount a small disk. Whoever is not sees this test skipped, and the one above. */
const may_mount = linux && process.getuid?.() === 0 && mounts();
function mounts(): boolean {
  const place = mkdtempSync(join(tmpdir(), 'wheelhouse-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', place], { stdio: 'ignore' });
    execFileSync('umount', [place], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

test.runIf(may_mount)(
  '[B11] a disk that is full, for real: refused in time, and back when there is room',
  async () => {
    const place = mkdtempSync(join(tmpdir(), 'wheelhouse-small-disk-'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=300m,mode=755', 'none', place]);
    chmodSync(place, 0o755);
    undo.push(() => {
      execFileSync('umount', ['-l', place]);
      rmSync(place, { recursive: true, force: true });
    });
    const elsewhere = process.env.TMPDIR;
    process.env.TMPDIR = place;
    const server = await ownServer().finally(() => {
      if (elsewhere === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = elsewhere;
    });
    const admin = await server.keyFor('admin');
    await admin.call('PUT /gates/held', { policy: { mode: 'always' } });
    const filler = join(place, 'filler');
    const fill = () => {
      const block = Buffer.alloc(64 * 1_024);
      try {
        for (;;) writeFileSync(filler, block, { flag: 'a' });
      } catch {
        // There is no room any more.
      }
    };
    fill();
    const taken: string[] = [];
    let refused = 0;
    // What fits into pages that are there already is still kept, and truly; then it is refused.
    for (let at = 0; at < 400 && refused < 20; at++) {
      const content = `${at} ${randomUUID()} ${'x'.repeat(20_000)}`;
      const since = performance.now();
      const reply = await admin.call<{ id: string }>('POST /gates/held/outputs', { content });
      expect(performance.now() - since).toBeLessThan(answers_within_ms);
      if (reply.status === 201) taken.push(reply.body.id);
      else {
        refused += 1;
        expect([reply.status, reply.body.code]).toEqual([503, 'unavailable']);
        expect(reply.headers.get('retry-after')).not.toBeNull();
        fill();
      }
    }
    expect(refused).toBe(20);
    rmSync(filler);
    await comesBack([
      { what: 'submit', send: () => admin.call('POST /gates/held/outputs', { content: 'room' }) },
    ]);
    for (const id of taken) expect((await admin.call(`GET /outputs/${id}`)).status).toBe(200);
  },
);
