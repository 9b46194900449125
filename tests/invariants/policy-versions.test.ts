import type { Gate, Preview } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';

let server: TestServer;
let builder: Caller;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  builder = await server.keyFor('builder');
});
afterAll(() => server?.stop());

const gateAt = (threshold: number) => ({
  title: 'Intents',
  policy: { mode: 'threshold', threshold },
});

interface Judged {
  id: string;
  verdict: string;
  policy_version: number;
}
interface Versions {
  rows: { version: number; definition: { policy: { threshold: number } } }[];
}

test('[G7] a saved gate is a new version; the old stay readable, and outputs keep the one that judged them', async () => {
  const agent = await server.keyFor('admin');
  const submit = async () =>
    (await agent.call<Judged>('POST /gates/intents/outputs', { content: 'Hello', confidence: 0.7 }))
      .body;
  await builder.call('PUT /gates/intents', gateAt(0.5));
  const first = await submit();
  await builder.call('PUT /gates/intents', gateAt(0.9));
  const second = await submit();
  expect([first, second]).toMatchObject([
    { verdict: 'pass', policy_version: 1 },
    { verdict: 'hold', policy_version: 2 },
  ]);
  const versions = await builder.call<Versions>('GET /gates/intents/versions');
  expect(versions.body.rows.map((row) => [row.version, row.definition.policy.threshold])).toEqual([
    [2, 0.9],
    [1, 0.5],
  ]);
  const kept = await agent.call<Judged>(`GET /outputs/${first.id}`);
  expect(kept.body).toMatchObject({ verdict: 'pass', policy_version: 1 });
});

test('[G7] to save what already stands makes no version', async () => {
  await builder.call('PUT /gates/orders', gateAt(0.5));
  const again = await builder.call<{ policy_version: number }>('PUT /gates/orders', gateAt(0.5));
  expect(again.body.policy_version).toBe(1);
});

test('[G8] ten who make one gate together all succeed, with one version of it', async () => {
  const save = () => builder.call<{ policy_version: number }>('PUT /gates/together', gateAt(0.5));
  const replies = await Promise.all(Array.from({ length: 10 }, save));
  expect(replies.map(({ status }) => status).sort()).toEqual([...Array(9).fill(200), 201]);
  expect(new Set(replies.map(({ body }) => body.policy_version))).toEqual(new Set([1]));
});

test('[G9] a preview compares with the version in force, not with what was said under older ones', async () => {
  const agent = await server.keyFor('admin');
  await builder.call('PUT /gates/replayed', gateAt(0.5));
  for (const confidence of [0.4, 0.6, 0.8]) {
    await agent.call('POST /gates/replayed/outputs', { content: 'Hello', confidence });
  }
  await builder.call('PUT /gates/replayed', gateAt(0.9));
  const preview = async (threshold: number) =>
    (
      await builder.call<Preview>('POST /gates/replayed/preview', {
        definition: gateAt(threshold),
      })
    ).body;
  expect(await preview(0.7)).toMatchObject({
    n: 3,
    before: { pass: 0, hold: 3 },
    after: { pass: 1, hold: 2 },
    changed: [{ confidence: 0.8, was: 'hold', would_be: 'pass' }],
  });
  expect((await preview(0.9)).changed).toEqual([]);
  const gate = await builder.call<{ policy_version: number }>('GET /gates/replayed');
  expect(gate.body.policy_version).toBe(2);
});

test('[G11] the members of an action’s schema come back, and stand before people, in the order they were written', async () => {
  const agent = await server.keyFor('admin');
  const names = ['supplier', 'lines', 'due', 'note', 'a'];
  const properties = Object.fromEntries(names.map((name) => [name, { type: 'string' }]));
  const action = { name: 'pay', arguments_schema: { type: 'object', properties } };
  await builder.call('PUT /gates/payouts', { policy: { mode: 'always' }, action });
  const sent = { action: { name: 'pay', arguments: { a: 'x' } } };
  const held = await agent.call<{ case_id: string }>('POST /gates/payouts/outputs', sent);
  interface Shown {
    action: { arguments_schema: { properties: object } };
  }
  const gate = await builder.call<Shown>('GET /gates/payouts');
  const shown = await agent.call<Shown>(`GET /cases/${held.body.case_id}`);
  for (const { body } of [gate, shown]) {
    expect(Object.keys(body.action.arguments_schema.properties)).toEqual(names);
  }
});

test('[W130] a gate as it was read may be written back, with a change or without', async () => {
  const action = { name: 'pay', arguments_schema: { type: 'object' } };
  const form = { questions: [{ name: 'why', kind: 'text' }] };
  const policy = { mode: 'always' };
  const made = {
    bare: { policy },
    guards: { policy, action },
    asks: { title: 'Asks', policy, form },
  };
  for (const [name, body] of Object.entries(made)) {
    const path = `/gates/read-${name}`;
    expect((await builder.call(`PUT ${path}`, body)).status).toBe(201);
    const read = (await builder.call<Gate>(`GET ${path}`)).body;
    expect(await builder.call(`PUT ${path}`, read)).toMatchObject({ status: 200, body: read });
    // What the gate would ask by itself has not become a form of its own.
    const shadow = { ...read, policy: { mode: 'shadow' } };
    const written = { ...body, policy: { mode: 'shadow' } };
    const changed = await builder.call<Gate>(`PUT ${path}`, shadow);
    expect(changed.body.policy_version).toBe(2);
    expect((await builder.call<Gate>(`PUT ${path}`, written)).body).toEqual(changed.body);
  }
});
