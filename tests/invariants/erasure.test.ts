import { auditReader, type Checkpoint } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { verifyEd25519 } from '../../server/src/actions/signature.ts';
import type { Tx } from '../../server/src/ports.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { planting } from './planted.ts';
import { dumped, exported } from './record.ts';
import { until } from './until.ts';

/** What is waited for once it was read where callbacks are to go. */
let addresses_read: (() => Promise<unknown>) | undefined;

let server: TestServer;
let agent: Caller;
let desk: Caller;
let admin: Caller;
beforeAll(async () => {
  server = await startServer({
    url_pattern: inject('engine'),
    settings: { WHEELHOUSE_ALLOW_PRIVATE_WEBHOOKS: 'yes' },
    ports: (ports) => ({
      ...ports,
      // An endpoint that says back what it was told, as careless ones do.
      network: {
        ...ports.network,
        send: async ({ body, url }) => ({ status: 500, headers: {}, body: `${url} ${body}` }),
      },
      database: {
        ...ports.database,
        transact: (scope, work, terms) =>
          ports.database.transact(
            scope,
            (tx) => work(terms?.reads_first ? tx : pausing(tx)),
            terms,
          ),
      },
    }),
  });
  agent = await server.keyFor('admin');
  desk = await server.keyFor('lead');
  admin = await server.keyFor('admin');
});
afterAll(() => server?.stop());

const pausing = (tx: Tx): Tx => ({
  ...tx,
  scope: tx.scope,
  get now() {
    return tx.now;
  },
  write: (statement, values) => tx.write(statement, values),
  async query(statement, values) {
    const rows = await tx.query(statement, values);
    const callbacks = rows.filter((row) => (row as { webhook_id?: null }).webhook_id === null);
    if (statement.name === 'fan_out.matches' && callbacks.length) await addresses_read?.();
    return rows as never;
  },
});

const { planted, marker, found: foundIn } = planting();
const found = () => foundIn(server.database_url);

const gate = (extra: object = {}) => ({
  action: { name: 'pay', arguments_schema: { type: 'object' } },
  policy: {
    mode: 'rules',
    otherwise: 'pass',
    // A rule without words of its own says what it found, which is content.
    rules: [
      { when: { field: 'action.arguments.to', op: 'exists' }, then: 'hold' },
      { when: { field: 'input.name', op: '!=', value: 'x' }, then: 'hold' },
    ],
    ...extra,
  },
});

let keys = 0;
const once = () => {
  keys += 1;
  return { 'idempotency-key': `erasure-${keys}` };
};

/** One output with something planted in every place that takes words. */
async function plantedOutput(verdict: (case_id: string) => Promise<unknown>) {
  const named = marker('name');
  const body = {
    input: { name: named, messages: [{ from: 'customer', text: marker('input') }] },
    content: { text: marker('content') },
    scores: { [marker('score')]: 0.5 },
    groups: { [marker('groupkey')]: marker('group') },
    action: {
      name: 'pay',
      arguments: { to: marker('argument'), amount: 1 },
      target: marker('target'),
      files: { [marker('file')]: marker('filehash') },
    },
    metadata: { deep: { in: [marker('metadata')] } },
    conversation_id: marker('conversation'),
    callback_url: `http://127.0.0.1:9/${marker('callback')}?t=${marker('token')}`,
  };
  const { body: held } = await agent.call<{ id: string; case_id: string; verdict: string }>(
    'POST /gates/pay/outputs',
    body,
    once(),
  );
  expect(held.verdict).toBe('hold');
  const { id, case_id } = held;
  await desk.call('POST /queues/default/claim', { limit: 5 }, once());
  await desk.call(`POST /cases/${case_id}/notes`, { text: marker('note') }, once());
  expect(await verdict(case_id)).toMatchObject({ status: 200 });
  const say = (feedback: object) => desk.call(`POST /outputs/${id}/feedback`, feedback, once());
  await say({ kind: 'correction', content: marker('correction'), comment: marker('comment') });
  await say({ kind: 'flag', reason: marker('flag') });
  await say({ kind: 'thumb', up: false, comment: marker('thumb') });
  return { id, case_id };
}

const edited = (case_id: string) =>
  desk.call(
    `POST /cases/${case_id}/answers`,
    {
      values: { verdict: 'edit', arguments: { to: marker('edited'), amount: 2 } },
      note: marker('answernote'),
    },
    once(),
  );
const rejected = (case_id: string) =>
  desk.call(
    `POST /cases/${case_id}/answers`,
    { values: { verdict: 'reject', reason: marker('reason') } },
    once(),
  );

const settled = () => server.ports.clock.pause(1_500);
test('[A7] [A8] over twenty planted words are in no table after erasure, and the record still verifies', async () => {
  expect((await admin.call('POST /webhooks', { url: 'http://127.0.0.1:9/hook' })).status).toBe(201);
  await agent.call('PUT /gates/pay', gate());
  const one = await plantedOutput(edited);
  const two = await plantedOutput(rejected);
  // Webhooks and callbacks are tried, and their answers written down.
  const before = await until(async () => {
    const hits = await found();
    return hits.some((hit) => hit.endsWith(' in deliveries')) ? hits : undefined;
  });
  await settled();
  expect(planted.length).toBeGreaterThan(35);
  const places = new Set(before.map((hit) => hit.split(' in ')[1]));
  for (const table of [
    'outputs',
    'cases',
    'answers',
    'resolutions',
    'notes',
    'feedback',
    'idempotency',
    'deliveries',
  ])
    expect(places).toContain(table);
  // Rule A8: the record itself never held any of it, nor do the planner's samples.
  for (const table of ['events', 'audit_leaves', 'pg_stats']) expect(places).not.toContain(table);

  const kept = (await admin.call<Checkpoint>('GET /audit/checkpoint')).body;
  const shown = (await admin.call<{ action_hash: string }>(`GET /outputs/${one.id}`)).body;
  for (const { id } of [one, two]) {
    const gone = await admin.call(`POST /outputs/${id}/erase`, undefined, once());
    expect(gone).toMatchObject({
      status: 200,
      body: { id, verdict: 'hold', input: null, content: null, action: null, groups: null },
    });
  }
  await settled();
  expect(await found()).toEqual([]);
  const text = [...(await dumped(server.database_url)).values()].join('\n');
  // The unsalted hash of the action would let a guess be tried; what stays is a digest of it.
  expect(text).not.toContain(shown.action_hash);
  expect((await admin.call('GET /audit/verify')).body).toMatchObject({ ok: true, complete: true });
  const reader = auditReader(verifyEd25519, kept.note);
  for (const line of (await exported(server, admin)).trimEnd().split('\n')) reader.line(line);
  expect(reader.end()).toMatchObject({ ok: true, kept_size: kept.size });
});

test('[A7] what was erased says so: it can be read and listed, and nothing more can be done with it', async () => {
  await agent.call('PUT /gates/pay', gate());
  const { id, case_id } = await plantedOutput(edited);
  const key = once();
  await desk.call(`POST /cases/${case_id}/notes`, { text: marker('late') }, key);
  await admin.call(`POST /outputs/${id}/erase`);
  const output = await admin.call(`GET /outputs/${id}`);
  expect(output.body).toMatchObject({ outcome: { status: 'edited' }, reasons: ['Erased'] });
  expect(output.body).toMatchObject({ erased_at: expect.stringContaining('T') });
  expect((await admin.call(`GET /outputs/${id}/life`)).status).toBe(200);
  expect((await admin.call('GET /outputs?limit=5')).status).toBe(200);
  expect((await desk.call('GET /cases?state=resolved')).status).toBe(200);
  const shown = await desk.call(`GET /cases/${case_id}`);
  expect(shown).toMatchObject({ status: 200, body: { title: 'Erased', action: null, parts: [] } });
  const gone = { status: 410, body: { code: 'erased' } };
  expect(await agent.call(`POST /outputs/${id}/claim`)).toMatchObject(gone);
  expect(await desk.call(`POST /cases/${case_id}/notes`, { text: 'x' })).toMatchObject(gone);
  expect(
    await desk.call(`POST /outputs/${id}/feedback`, { kind: 'thumb', up: true }),
  ).toMatchObject(gone);
  expect(await desk.call(`POST /cases/${case_id}/notes`, { text: 'x' }, key)).toMatchObject(gone);
  // What is told to webhooks of earlier ones meanwhile, and seals, are none of it.
  const events = async () =>
    (await dumped(server.database_url))
      .get('events')
      ?.split('\n')
      .filter((row) => row.includes(id) || row.includes(case_id));
  const before = await events();
  expect((await admin.call(`POST /outputs/${id}/erase`)).status).toBe(200);
  expect(await events()).toEqual(before);
  expect(await found()).toEqual([]);
});

test('[A7] a callback that is being put together while its output is erased does not outlive it', async () => {
  await agent.call('PUT /gates/pay', gate());
  let read = () => {};
  let go_on = () => {};
  const is_read = new Promise<void>((done) => {
    read = done;
  });
  const erasing = new Promise<void>((done) => {
    go_on = done;
  });
  addresses_read = () => {
    read();
    return erasing;
  };
  const { id } = await plantedOutput(edited);
  await is_read;
  const erased = admin.call(`POST /outputs/${id}/erase`);
  // Long enough for an erasure that waits for nobody to be done.
  await Promise.race([erased, server.ports.clock.pause(1_000)]);
  addresses_read = undefined;
  go_on();
  expect((await erased).status).toBe(200);
  await settled();
  expect(await found()).toEqual([]);
});

test('[A7] what may still be decided, or taken back, is not erased; and only an admin may', async () => {
  await agent.call('PUT /gates/slow', gate({ undo_ms: 600_000 }));
  const { body } = await agent.call<{ id: string; case_id: string }>('POST /gates/slow/outputs', {
    action: { name: 'pay', arguments: { to: 'someone' } },
  });
  const refused = { status: 409, body: { code: 'not_decided' } };
  expect(await admin.call(`POST /outputs/${body.id}/erase`)).toMatchObject(refused);
  await desk.call(`POST /cases/${body.case_id}/answers`, { values: { verdict: 'approve' } });
  expect(await admin.call(`POST /outputs/${body.id}/erase`)).toMatchObject(refused);
  expect((await desk.call(`POST /outputs/${body.id}/erase`)).status).toBe(403);
  const other = await server.keyFor('admin', await server.newWorkspace('Other'));
  expect((await other.call(`POST /outputs/${body.id}/erase`)).status).toBe(404);
  const held = await agent.call<{ id: string }>('POST /gates/slow/outputs', {
    action: { name: 'pay', arguments: { to: marker('cancelled') } },
  });
  await agent.call(`POST /outputs/${held.body.id}/cancel`, { reason: marker('why') }, once());
  expect((await admin.call(`POST /outputs/${held.body.id}/erase`)).status).toBe(200);
  expect(await found()).toEqual([]);
});

test('[A7] a spot check of an erased output closes, and a question is erased with its form', async () => {
  await agent.call('PUT /gates/spot', { policy: { mode: 'never', spot_check: 1 } });
  const passed = await agent.call<{ id: string; case_id: string }>('POST /gates/spot/outputs', {
    content: marker('spot'),
  });
  await admin.call(`POST /outputs/${passed.body.id}/erase`);
  const closed = await desk.call(`GET /cases/${passed.body.case_id}`);
  expect(closed.body).toMatchObject({ state: 'cancelled', title: 'Erased' });

  const asked = await agent.call<{ id: string }>(
    'POST /cases',
    {
      title: marker('title'),
      parts: [{ kind: 'text', name: 'said', text: marker('part') }],
      form: {
        title: marker('form'),
        questions: [{ kind: 'text', name: 'heard', title: marker('question') }],
      },
      metadata: { from: marker('questionmeta') },
    },
    once(),
  );
  expect(asked.status).toBe(201);
  const { id } = asked.body;
  await desk.call(`POST /cases/${id}/answers`, { values: { heard: marker('heard') } }, once());
  const gone = await admin.call(`POST /cases/${id}/erase`);
  expect(gone).toMatchObject({ status: 200, body: { state: 'resolved', title: 'Erased' } });
  const waiting = await agent.call<{ id: string }>('POST /cases', {
    parts: [{ kind: 'text', name: 'said', text: marker('waits') }],
    form: { questions: [{ kind: 'text', name: 'heard' }] },
  });
  expect(await admin.call(`POST /cases/${waiting.body.id}/erase`)).toMatchObject({
    body: { state: 'cancelled', parts: [] },
  });
  expect(await found()).toEqual([]);
  expect((await admin.call('GET /audit/verify')).body).toMatchObject({ ok: true });
});
