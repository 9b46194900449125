import { Readable } from 'node:stream';
import {
  type AuditEntry,
  auditReader,
  entryHash,
  fromBase64,
  type Scope,
  sameHash,
  systemOf,
} from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { exportAudit } from '../../server/src/actions/audit.ts';
import { verifyAudit } from '../../server/src/actions/audit-check.ts';
import { sealPage, sealToNow, signSealed } from '../../server/src/actions/seal.ts';
import { verifyEd25519 } from '../../server/src/actions/signature.ts';
import { createWorkspace } from '../../server/src/actions/workspace.ts';
import { readConfig } from '../../server/src/config.ts';
import { seal } from '../../server/src/jobs/seal.ts';
import type { Database, Ports, Tx } from '../../server/src/ports.ts';
import { realPorts } from '../../server/src/serve.ts';
import { sealedEntries } from '../../server/src/store/audit.ts';
import { dump } from '../../server/src/store/dump.ts';
import { appendEvents } from '../../server/src/store/events.ts';
import { restore } from '../../server/src/store/restore.ts';
import { freshDatabase, startOwnEngine, type TestEngine } from '../../server/src/testing/engine.ts';
import { faultyPorts } from './faults.ts';
import { asOwner, seeded } from './record.ts';

const log = { info: () => {}, warn: () => {}, error: () => {} };
const actor = { id: 'system', kind: 'system' } as const;
let engine: TestEngine;
let database: Awaited<ReturnType<typeof freshDatabase>>;
const opened: Database[] = [];

/** One server's ports, with connections of its own and no jobs. */
const portsWith = (pool: number): Ports => {
  const config = { ...readConfig({ WHEELHOUSE_LOG: 'silent' }), pool };
  const ports = realPorts(config, database.url, log);
  opened.push(ports.database);
  return ports;
};
let ports: Ports;

beforeAll(async () => {
  // A transaction of anybody's that is older keeps what came after it from being sealed.
  engine = await startOwnEngine();
  database = await freshDatabase(engine.url_pattern);
  ports = portsWith(4);
});
afterAll(async () => {
  await Promise.all(opened.map((one) => one.close()));
  await database?.drop();
  await engine?.stop();
});

const say = (tx: Tx, scope: Scope, count: number, word: string) =>
  appendEvents(
    tx,
    scope,
    actor,
    Array.from({ length: count }, (_none, at) => ({
      type: 'queue.changed' as const,
      subject: word,
      data: { at },
    })),
  );

/** How many checkpoints and events there are, which sealing may not add to by itself. */
const counted = (workspace_id: string) =>
  asOwner(database.url, async (client) => {
    const { rows } = await client.query<Record<'events' | 'leaves' | 'checkpoints', number>>(
      `select (select count(*)::int from events where workspace_id = $1) as events,
         (select count(*)::int from audit_leaves where workspace_id = $1) as leaves,
         (select count(*)::int from audit_checkpoints where workspace_id = $1) as checkpoints`,
      [workspace_id],
    );
    return rows[0] as Record<'events' | 'leaves' | 'checkpoints', number>;
  });

async function everySealedOnce(workspace_id: string): Promise<void> {
  const scope = { workspace_id };
  const { events, leaves } = await counted(workspace_id);
  expect(leaves).toBe(events);
  const rows = await ports.database.transact(scope, (tx) =>
    sealedEntries(tx, scope, 0, events, events),
  );
  expect(new Set(rows.map(({ seq }) => seq)).size).toBe(events);
  rows.forEach((row, leaf) => {
    const before = rows[leaf - 1];
    expect(row.leaf).toBe(leaf);
    expect(sameHash(entryHash(row as AuditEntry), fromBase64(row.hash) as Uint8Array)).toBe(true);
    if (!before) return;
    const [xid, last] = [BigInt(row.xid as string), BigInt(before.xid as string)];
    expect(xid > last || (xid === last && row.seq > before.seq)).toBe(true);
  });
  expect(await verifyAudit(ports, systemOf(workspace_id))).toMatchObject({
    ok: true,
    complete: true,
    sealed: events,
  });
}

test('[A2] 16 connections write while four servers seal: every event once, in commit order', async () => {
  const workspace_id = await createWorkspace(ports, 'Busy');
  const other = await createWorkspace(ports, 'Beside');
  const scope = { workspace_id };
  const seed = 16;
  const writers = portsWith(16);
  const sealers = Array.from({ length: 4 }, () => portsWith(2));
  let writing = true;
  const sealing = sealers.map(async (one) => {
    while (writing) {
      await sealPage(one, scope);
      await signSealed(one, scope, 50);
    }
  });
  await Promise.all(
    Array.from({ length: 16 }, async (_none, writer) => {
      const chance = seeded(seed + writer);
      for (let round = 0; round < 40; round++) {
        const to = chance.below(8) === 0 ? { workspace_id: other } : scope;
        await writers.database.transact(to, async (tx) => {
          say(tx, to, 1 + chance.below(3), `writer ${writer}`);
          // Held open at random, so that transactions commit in another order than they began.
          const held_ms = chance.below(4) === 0 ? chance.below(25) : 0;
          if (held_ms) await writers.clock.pause(held_ms);
          if (chance.below(3) === 0) say(tx, to, 1, `writer ${writer} again`);
        });
      }
    }),
  );
  writing = false;
  await Promise.all(sealing);
  await sealToNow(ports, scope);
  await sealToNow(ports, { workspace_id: other });
  await everySealedOnce(workspace_id);
  await everySealedOnce(other);
});

test('[A5] a connection killed before any statement of sealing leaves nothing half sealed', async () => {
  const workspace_id = await createWorkspace(ports, 'Killed');
  const scope = { workspace_id };
  const kill = async (tx: Tx) => {
    const [row] = await tx.query<{ pid: number }>({
      name: 'test.pid',
      text: 'select pg_backend_pid() as pid',
    });
    await asOwner(database.url, (client) =>
      client.query('select pg_terminate_backend($1, 5000)', [row?.pid]),
    );
  };
  let kills = 0;
  for (let nth = 1; ; nth++) {
    await ports.database.transact(scope, async (tx) => say(tx, scope, 3, `round ${nth}`));
    const before = await counted(workspace_id);
    const one = faultyPorts(ports);
    one.arm(nth, kill);
    const died = await sealPage(one.ports, scope).then(
      () => false,
      () => true,
    );
    expect(died).toBe(one.met());
    if (!died) break;
    kills += 1;
    expect(await counted(workspace_id)).toEqual(before);
    await sealPage(ports, scope);
    await sealToNow(ports, scope);
    await everySealedOnce(workspace_id);
  }
  expect(kills).toBeGreaterThanOrEqual(4);
});

test('[A9] sealing makes no event, and a record that did not grow no checkpoint', async () => {
  const workspace_id = await createWorkspace(ports, 'Quiet');
  const scope = { workspace_id };
  for (let run = 0; run < 5; run++) await seal(ports);
  const first = await counted(workspace_id);
  expect(first).toEqual({ events: 1, leaves: 1, checkpoints: 1 });
  await ports.database.transact(scope, async (tx) => say(tx, scope, 2, 'grown'));
  for (let run = 0; run < 5; run++) {
    await seal(ports);
    await ports.clock.pause(20);
  }
  // Sealed at once, and signed no sooner than ten seconds after the last time.
  expect(await counted(workspace_id)).toEqual({ events: 3, leaves: 3, checkpoints: 1 });
  const asked = await sealToNow(ports, scope);
  expect(asked.size).toBe(3);
  expect(await sealToNow(ports, scope)).toEqual(asked);
  expect(await counted(workspace_id)).toEqual({ events: 3, leaves: 3, checkpoints: 2 });
});

test('[A2] a checkpoint asked for covers what was committed before, though an older transaction runs', async () => {
  const workspace_id = await createWorkspace(ports, 'Waits');
  const scope = { workspace_id };
  let end = () => {};
  const older = ports.database.transact(scope, async (tx) => {
    await tx.query({ name: 'test.begin', text: 'select pg_current_xact_id()' });
    await new Promise<void>((resolve) => {
      end = resolve;
      setTimeout(resolve, 10_000).unref();
    });
  });
  while (end.name === 'end') await ports.clock.pause(5);
  await ports.database.transact(scope, async (tx) => say(tx, scope, 1, 'after it began'));
  const asked = sealToNow(ports, scope);
  await ports.clock.pause(100);
  end();
  expect((await asked).size).toBe(2);
  await older;
});

test.each([
  ['with its numbers kept', undefined],
  ['with transactions numbered anew', -1_000_000_000_000n],
])(
  '[A2] [A3] a restored record still verifies and grows from where it was, %s',
  async (_how, raise_limit) => {
    const workspace_id = await createWorkspace(ports, 'Restored');
    const scope = { workspace_id };
    await ports.database.transact(scope, async (tx) => say(tx, scope, 20, 'before'));
    const kept = await sealToNow(ports, scope);
    // Some of it is not sealed yet when the backup is made.
    await ports.database.transact(scope, async (tx) => say(tx, scope, 5, 'unsealed'));
    const chunks: Buffer[] = [];
    for await (const chunk of dump(database.url)) chunks.push(Buffer.from(chunk));
    const fresh = await freshDatabase(inject('engine'));
    const config = readConfig({ WHEELHOUSE_LOG: 'silent' });
    const there = realPorts(config, fresh.url, log);
    try {
      await restore(fresh.url, Readable.from(chunks), { raise_limit });
      await there.database.transact(scope, async (tx) => say(tx, scope, 3, 'after'));
      // Transactions of other tests on the engine may hold some of it back.
      await expect.poll(async () => (await sealToNow(there, scope)).size).toBe(29);
      const by = systemOf(workspace_id);
      expect(await verifyAudit(there, by)).toMatchObject({ ok: true, sealed: 29 });
      const reader = auditReader(verifyEd25519, kept.note);
      const { stream } = await exportAudit(there, by);
      let text = '';
      for await (const piece of stream) text += piece;
      for (const line of text.trimEnd().split('\n')) reader.line(line);
      expect(reader.end()).toMatchObject({ ok: true, kept_size: kept.size, size: 29 });
    } finally {
      await there.database.close();
      await fresh.drop();
    }
  },
);
