import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { newOutputId } from '../../sdk/src/id.ts';
import type { Ports } from '../../server/src/ports.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';

let server: TestServer;
let agent: Caller & { id: string };
const asked: string[] = [];
/** Where the clock stands still, once it does. */
let frozen_ms: number | undefined;
const watched = (ports: Ports): Ports => ({
  ...ports,
  clock: { ...ports.clock, ticks_ms: () => frozen_ms ?? ports.clock.ticks_ms() },
  database: {
    ...ports.database,
    transact: (scope, work, terms) =>
      ports.database.transact(
        scope,
        (tx) =>
          work({
            ...tx,
            query: (statement, values) => {
              asked.push(statement.name);
              return tx.query(statement, values);
            },
          }),
        { ...terms, reads_first: false },
      ),
  },
});
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine'), ports: watched });
  agent = await server.keyFor('builder');
});
afterAll(() => server?.stop());

async function scrape(by: Caller, path = '/metrics') {
  const headers = { authorization: `Bearer ${by.key}` };
  const response = await fetch(server.url + path, { headers });
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    text: await response.text(),
  };
}
/** The value of the one series whose labels are among these. */
function value(
  text: string,
  name: string,
  labels: Record<string, string> = {},
): number | undefined {
  const wanted = Object.entries(labels).map(([label, said]) => `${label}="${said}"`);
  const line = text
    .split('\n')
    .find((row) => /^\w+/.exec(row)?.[0] === name && wanted.every((one) => row.includes(one)));
  return line === undefined ? undefined : Number(line.split(' ').at(-1));
}

test('[E2] figures count what was committed, once', async () => {
  const desk = await server.keyFor('reviewer');
  const lead = await server.keyFor('lead');
  const policy = { mode: 'threshold', threshold: 0.5 };
  await agent.call('PUT /gates/replies', { queue: 'talk', policy });
  const submit = (confidence: number, more: object = {}) =>
    agent.call<{ case_id: string }>('POST /gates/replies/outputs', {
      content: 'ok',
      confidence,
      ...more,
    });
  await submit(0.9);
  const again = { id: newOutputId() };
  await submit(0.9, again);
  await submit(0.9, again);
  const [first, second] = [await submit(0.1), await submit(0.1)];
  const decide = (by: Caller, kind: string, verdict: string, more: object = {}) =>
    by.call(`POST /cases/${first.body.case_id}/${kind}`, { values: { verdict }, ...more });
  await decide(desk, 'answers', 'approve');
  await decide(lead, 'corrections', 'reject', { reason: 'wrong after all' });
  await decide(desk, 'answers', 'approve');
  const gate = { gate: 'replies', workspace: server.workspace_id };
  await expect
    .poll(async () => value((await scrape(agent)).text, 'wheelhouse_corrections_total', gate), {
      timeout: 20_000,
    })
    .toBe(1);
  const { text, type } = await scrape(agent);
  expect(type).toMatch(/^text\/plain; version=0\.0\.4/);
  const of = (name: string, labels: Record<string, string>) =>
    value(text, name, { ...gate, ...labels });
  expect(of('wheelhouse_outputs_total', { verdict: 'pass' })).toBe(2);
  expect(of('wheelhouse_outputs_total', { verdict: 'hold' })).toBe(2);
  expect(of('wheelhouse_decisions_total', { outcome: 'approved' })).toBe(1);
  expect(value(text, 'wheelhouse_events_total', { type: 'output.submitted' })).toBe(4);
  const count = 'wheelhouse_request_seconds_count';
  expect(value(text, count, { action: 'outputs.submit', status: '2xx' })).toBe(5);
  expect(value(text, count, { action: 'cases.answer', status: '4xx' })).toBe(1);
  expect(second.status).toBe(201);
});

test('[E2] what waits, how long, and how the server does', async () => {
  const wait = async (name: string, labels = {}) => value((await scrape(agent)).text, name, labels);
  await expect
    .poll(
      () => wait('wheelhouse_cases_waiting', { queue: 'talk', workspace: server.workspace_id }),
      {
        timeout: 20_000,
      },
    )
    .toBe(1);
  const { text } = await scrape(agent);
  expect(value(text, 'wheelhouse_queue_oldest_seconds', { queue: 'talk' })).toBeGreaterThan(0);
  expect(value(text, 'wheelhouse_oldest_waiting_seconds')).toBeGreaterThan(0);
  for (const name of [
    'wheelhouse_deliveries',
    'wheelhouse_event_lag_seconds',
    'wheelhouse_event_log_read_seconds',
    'wheelhouse_database_connections',
    'wheelhouse_job_turns_total',
    'process_resident_memory_bytes',
    'nodejs_eventloop_lag_seconds',
  ]) {
    expect([name, value(text, name)]).toEqual([name, expect.any(Number)]);
  }
});

test('[E2] the text is what Prometheus reads: each name declared once, each line well formed', async () => {
  const { text } = await scrape(agent);
  const declared = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name]) => name);
  expect(new Set(declared).size).toBe(declared.length);
  const series =
    /^[a-z_:][a-z0-9_:]*(\{([a-z_]+="(\\.|[^"\\])*",?)*\})? (-?[0-9.e+-]+|NaN|[+-]Inf)$/i;
  const odd = text
    .split('\n')
    .filter((line) => line && !line.startsWith('#') && !series.test(line));
  expect(odd).toEqual([]);
});

test('[E2] [S1] a key of another workspace sees nothing of this one, and a stranger nothing at all', async () => {
  const neighbour = await server.keyFor('admin', await server.newWorkspace('Next door'));
  const { text } = await scrape(neighbour);
  expect(value(text, 'wheelhouse_oldest_waiting_seconds')).toBe(0);
  expect(text).not.toContain(server.workspace_id);
  expect(text).not.toMatch(/replies|talk/);
  for (const path of ['/metrics', '/api/v1/metrics']) {
    expect((await scrape({ ...agent, key: 'wh_nobody' }, path)).status).toBe(401);
    const scoped = await server.keyFor('admin', server.workspace_id, ['queues.read']);
    expect((await scrape(scoped, path)).status).toBe(403);
    expect((await scrape(await server.keyFor('viewer'), path)).status).toBe(200);
  }
});

test('[E2] asking often costs the database little', async () => {
  frozen_ms = server.ports.clock.ticks_ms();
  await scrape(agent);
  const looks = () => asked.filter((name) => name.startsWith('metrics.')).length;
  const before = looks();
  await Promise.all(Array.from({ length: 30 }, () => scrape(agent)));
  expect(looks()).toBe(before);
  frozen_ms += 5_001;
  await scrape(agent);
  expect(looks()).toBe(before + 2);
});
