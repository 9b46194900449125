import { type AuditEntry, entryHash, makeId, type Scope, systemOf } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { verifyAudit } from '../../server/src/actions/audit-check.ts';
import { sealToNow } from '../../server/src/actions/seal.ts';
import { createWorkspace } from '../../server/src/actions/workspace.ts';
import { readConfig } from '../../server/src/config.ts';
import type { Ports, Tx } from '../../server/src/ports.ts';
import { realPorts } from '../../server/src/serve.ts';
import { sealedEntries } from '../../server/src/store/audit.ts';
import { appendEvents } from '../../server/src/store/events.ts';
import { freshDatabase } from '../../server/src/testing/engine.ts';
import { asOwner } from './record.ts';

const log = { info: () => {}, warn: () => {}, error: () => {} };
let database: Awaited<ReturnType<typeof freshDatabase>>;
let ports: Ports;

beforeAll(async () => {
  database = await freshDatabase(inject('engine'));
  ports = realPorts(readConfig({ WHEELHOUSE_LOG: 'silent' }), database.url, log);
});
afterAll(async () => {
  await ports?.database.close();
  await database?.drop();
});

const say = (tx: Tx, scope: Scope, count: number, word: string) =>
  appendEvents(
    tx,
    scope,
    { id: 'system', kind: 'system' },
    Array.from({ length: count }, (_none, at) => ({
      type: 'queue.changed' as const,
      subject: word,
      data: { at },
    })),
  );

/** What someone who may write to the database can do to it, and what the check then names. */
const tampers: [string, string[], string[]][] = [
  ['altered', ['altered'], [`update events set data = '{"at": 99}' where seq = :seq`]],
  [
    'altered by a microsecond',
    ['altered'],
    [`update events set at = at + interval '1 microsecond' where seq = :seq`],
  ],
  ['removed', ['removed'], ['delete from events where seq = :seq']],
  [
    'inserted',
    ['inserted'],
    [
      `insert into events (workspace_id, seq, xid, type, subject, actor, actor_kind, data, at)
       overriding system value select workspace_id, (select max(seq) + 1000 from events), xid, type,
         'forged', actor, actor_kind, data, at from events where seq = :seq`,
    ],
  ],
  [
    'reordered in the log',
    ['reordered'],
    [
      `update events set xid = ((select max(xid::text::bigint) from events) + 1)::text::xid8
       where seq = :seq`,
    ],
  ],
  [
    'reordered in the leaves',
    ['reordered', 'altered'],
    [
      'update audit_leaves set leaf = -1 where seq = :seq',
      'update audit_leaves set leaf = (select leaf - 1 from audit_leaves where seq = :seq + 1) where seq = :seq + 1',
      'update audit_leaves set leaf = (select leaf + 1 from audit_leaves where seq = :seq + 1) where seq = :seq',
    ],
  ],
  [
    'truncated',
    ['truncated'],
    [
      'delete from events where seq = (select seq from audit_leaves where workspace_id = :ws order by leaf desc limit 1)',
      `update audit_progress set size = 4,
         edge = (select jsonb_build_array(encode(sha256('x'), 'base64'))) where workspace_id = :ws`,
      'delete from audit_leaves where workspace_id = :ws and leaf >= 4',
    ],
  ],
  ['a leaf removed', ['removed'], ['delete from audit_leaves where seq = :seq']],
  [
    'a checkpoint forged',
    ['forged'],
    [`update audit_checkpoints set root = 'x' where workspace_id = :ws`],
  ],
  [
    'the key changed',
    ['forged'],
    [
      `update workspaces set checkpoint_public_key = (select checkpoint_public_key from workspaces w
         where w.id <> :ws limit 1) where id = :ws`,
    ],
  ],
  [
    'what sealing goes on from altered',
    ['altered'],
    [
      `update audit_progress set edge = jsonb_build_array(encode(sha256('x'), 'base64'), edge->1) where workspace_id = :ws`,
    ],
  ],
  [
    'the key garbled',
    ['forged'],
    [`update workspaces set checkpoint_public_key = 'x' where id = :ws`],
  ],
  [
    'the first event emptied',
    ['altered', 'forged'],
    [`update events set data = 'null' where workspace_id = :ws and type = 'workspace.created'`],
  ],
];

test.each(tampers)('[A6] the server’s own check names it: %s', async (_name, kinds, statements) => {
  const workspace_id = await createWorkspace(ports, 'Tampered');
  const scope = { workspace_id };
  for (let round = 0; round < 5; round++)
    await ports.database.transact(scope, async (tx) => say(tx, scope, 1, `round ${round}`));
  await sealToNow(ports, scope);
  const by = systemOf(workspace_id);
  expect(await verifyAudit(ports, by)).toMatchObject({ ok: true, sealed: 6 });
  await asOwner(database.url, async (client) => {
    const { rows } = await client.query<{ seq: string }>(
      'select seq from audit_leaves where workspace_id = $1 and leaf = 2',
      [workspace_id],
    );
    for (const statement of statements) {
      const text = statement
        .replaceAll(':seq', String(rows[0]?.seq))
        .replaceAll(':ws', `'${workspace_id}'`);
      await client.query(text);
    }
  });
  const found = await verifyAudit(ports, by);
  expect(found.ok).toBe(false);
  const named = found.faults.map(({ kind }) => kind);
  for (const kind of kinds) expect(named).toContain(kind);
  for (const { fault } of found.faults) expect(fault).toMatch(/^[A-Z].*\.$/);
});

test('[A6] an event altered together with its leaf is found by what was signed', async () => {
  const workspace_id = await createWorkspace(ports, 'Rewritten');
  const scope = { workspace_id };
  await ports.database.transact(scope, async (tx) => say(tx, scope, 5, 'said'));
  await sealToNow(ports, scope);
  await asOwner(database.url, (client) =>
    client.query(
      `update events set actor = 'mem_someone' where workspace_id = $1 and data->>'at' = '3'`,
      [workspace_id],
    ),
  );
  const [row] = await ports.database.transact(scope, (tx) => sealedEntries(tx, scope, 4, 5, 1));
  await asOwner(database.url, (client) =>
    client.query('update audit_leaves set hash = $2 where workspace_id = $1 and leaf = 4', [
      workspace_id,
      Buffer.from(entryHash(row as AuditEntry)),
    ]),
  );
  const { ok, faults } = await verifyAudit(ports, systemOf(workspace_id));
  expect(ok).toBe(false);
  expect(faults).toContainEqual({
    kind: 'altered',
    leaf: null,
    fault: expect.stringContaining('The first 6 events are not those that were signed'),
  });
});

test('[A6] the check stops in time and says that it did, and a scope sees only its own', async () => {
  const workspace_id = await createWorkspace(ports, 'Short of time');
  const scope = { workspace_id };
  await ports.database.transact(scope, async (tx) => say(tx, scope, 2_500, 'many'));
  await sealToNow(ports, scope);
  const hurried = await verifyAudit(ports, systemOf(workspace_id), 0);
  expect(hurried).toMatchObject({ ok: false, complete: false, faults: [], sealed: 2_501 });
  expect(hurried.checked).toBe(2_000);
  expect(await verifyAudit(ports, systemOf(workspace_id))).toMatchObject({
    ok: true,
    checked: 2_501,
  });
  const nobody = systemOf(makeId('workspace', 1, new Uint8Array(10)));
  expect(await verifyAudit(ports, nobody)).toMatchObject({ sealed: 0, size: 0 });
});
