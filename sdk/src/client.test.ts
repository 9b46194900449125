import { readFileSync } from 'node:fs';
import type { GateDefinition } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { demo_gates } from '../../server/src/demo/gates.ts';
import { serveBeside } from '../../server/src/testing/beside.ts';
import { shakyLine } from '../../server/src/testing/shaky-line.ts';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';
import * as sdk from './index.ts';
import { Wheelhouse, WheelhouseError } from './index.ts';

let server: TestServer;
let agent: Wheelhouse;
let desk: Wheelhouse;
let key: string;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  key = (await server.keyFor('admin')).key;
  agent = new Wheelhouse({ url: server.url, key });
  desk = new Wheelhouse({ url: server.url, key: (await server.keyFor('reviewer')).key });
  await agent.gates.change('notes', { title: 'Notes', policy: { mode: 'always' }, queue: 'notes' });
  await agent.gates.change('easy', { title: 'Easy', policy: { mode: 'threshold', threshold: 0 } });
  // The demo's own gate, so that its README runs against the demo; only nobody waits for the undo.
  const { policy, ...refunds } = demo_gates.refunds as GateDefinition;
  await agent.gates.change('refunds', {
    ...refunds,
    queue: 'refunds',
    policy: { ...policy, undo_ms: 0 },
  });
});
afterAll(() => server?.stop());

const decide = async (queue: string, who = desk) => {
  for (;;) {
    const [held] = await who.cases.claim(queue);
    if (!held) continue;
    return who.cases.answer(held.id, { epoch: held.lease.epoch, values: { verdict: 'approve' } });
  }
};
const moments = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('[T1] the five lines of the README work as they are written', async () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const block = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
  const [first = '', ...rest] = block.split('\n').filter(Boolean);
  expect(rest.length + 1).toBeLessThanOrEqual(5);
  const names = /^import \{ (.+) \} from '@wheelhouse\/sdk';$/.exec(first)?.[1]?.split(', ') ?? [];
  const said: unknown[] = [];
  const exported = new Map<string, unknown>(Object.entries(sdk));
  // Only the address is another: the test's server stands on a port of its own.
  const code = rest.join('\n').replace('http://127.0.0.1:4173', server.url);
  const run = new Function(
    ...names,
    'process',
    'console',
    `return (async () => {\n${code}\n})()`,
  ) as (...given: unknown[]) => Promise<void>;
  const running = run(
    ...names.map((name) => exported.get(name)),
    { env: { WHEELHOUSE_KEY: key } },
    { log: (line: unknown) => said.push(line) },
  );
  await decide('refunds');
  await running;
  expect(said).toEqual(['240 back for LH-20417']);
});

test('[T2] an address that is none is refused in words, at once', () => {
  for (const url of ['nonsense', '', 'ftp://a', 'http://', 'localhost:4173']) {
    expect(() => new Wheelhouse({ url, key: process.env.NOT_SET })).toThrow(
      'is no address of a server',
    );
  }
});

test('[T2] a wait goes on over a restart of the server, on the same database and port', async () => {
  const first = await serveBeside(server.database_url);
  const { port } = new URL(first.url);
  const near = new Wheelhouse({ url: first.url, key });
  const { id } = await near.submit('notes', { content: 'before the restart' });
  const waiting = near.wait(id);
  await moments(300);
  await first.close();
  await moments(700);
  const second = await serveBeside(server.database_url, { WHEELHOUSE_PORT: port });
  try {
    await moments(300);
    await decide('notes');
    expect(await waiting).toMatchObject({ id, outcome: { status: 'approved' } });
  } finally {
    await second.close();
  }
});

test('[T2] a wait goes on through resets, refusals and overload, and stops when told', async () => {
  const line = await shakyLine(server.url);
  let overloads = 3;
  const near = new Wheelhouse({
    url: line.url,
    key,
    fetch: (url, init) =>
      overloads-- > 0
        ? Promise.resolve(new Response('<html>busy</html>', { status: 503 }))
        : fetch(url, init),
  });
  try {
    const { id } = await agent.submit('notes', { content: 'over a bad line' });
    const stop = new AbortController();
    const stopped = near.wait(id, { signal: stop.signal });
    // A year fits, though no timer reaches that far.
    const waiting = near.wait(id, { timeout_ms: 400 * 24 * 3_600_000 });
    for (let cut = 0; cut < 4; cut++) {
      await moments(150);
      line.cut();
    }
    line.refuse(true);
    line.cut();
    await moments(300);
    stop.abort(new Error('enough'));
    await expect(stopped).rejects.toThrow('enough');
    line.refuse(false);
    await decide('notes');
    expect((await waiting).outcome.status).toBe('approved');
  } finally {
    await line.stop();
  }
});

test('[T2] a wait does not go on where it makes no sense', async () => {
  const nowhere = sdk.newOutputId();
  await expect(agent.wait(nowhere)).rejects.toMatchObject({ code: 'not_found', status: 404 });
  const stranger = new Wheelhouse({ url: server.url, key: 'wh_nobody' });
  await expect(stranger.wait(nowhere)).rejects.toMatchObject({ code: 'unauthenticated' });
  const { id } = await agent.submit('notes', { content: 'left alone' });
  await expect(agent.wait(id, { timeout_ms: 0 })).rejects.toMatchObject({ code: 'timeout' });
  const off = new Wheelhouse({ url: 'http://127.0.0.1:9', key });
  await expect(off.wait(id, { timeout_ms: 400 })).rejects.toMatchObject({ code: 'timeout' });
  await agent.outputs.cancel(id, 'not needed');
});

test('[T3] what was answered and lost on the way is asked for again, and counts once', async () => {
  const line = await shakyLine(server.url);
  const near = new Wheelhouse({ url: line.url, key });
  try {
    const content = { text: `once ${Date.now()}` };
    line.loseAnswers(2);
    const { id } = await near.submit('notes', { content });
    const { rows } = await agent.outputs.list({ gate: 'notes', limit: 200 });
    expect(
      rows.filter((row) => JSON.stringify(row.content) === JSON.stringify(content)),
    ).toHaveLength(1);
    line.loseAnswers(1);
    const made = await near.keys.create({ name: 'made over a bad line', role: 'viewer' });
    // A secret is said once, and this once it was lost: the row comes back without it.
    expect(made.key).toBeUndefined();
    const { rows: keys } = await agent.keys.list();
    const named = keys.filter(({ name }) => name === 'made over a bad line');
    expect(named.map((one) => one.id)).toEqual([made.id]);
    await near.outputs.cancel(id);
    const action = { name: 'note', arguments: { at: 1 } };
    const passed = await near.submit('easy', { action, confidence: 1 });
    line.loseAnswers(1);
    const claimed = await near.claim(passed.id);
    expect(sdk.checkClaim(claimed, { output_id: passed.id, gate: 'easy', action })).toBeTruthy();
    await expect(near.claim(passed.id)).rejects.toMatchObject({ code: 'already_claimed' });
  } finally {
    await line.stop();
  }
});

test('[T3] many are submitted from any source, each answered in its order, the bad ones alone', async () => {
  async function* source() {
    for (let at = 1; at <= 1_203; at++) {
      if (at % 400 === 0) yield { confidence: 7 } as sdk.Submission;
      else yield { content: { at }, confidence: 0.9 };
    }
  }
  const lines: string[] = [];
  const refused: sdk.RefusedLine[] = [];
  for await (const result of agent.submitMany('easy', source())) {
    if ('line' in result) refused.push(result);
    lines.push('line' in result ? `line ${result.line} ${result.code}` : result.verdict);
  }
  expect(lines).toHaveLength(1_203);
  expect(lines.flatMap((line, at) => (line === 'pass' ? [] : [`${at + 1}: ${line}`]))).toEqual(
    [400, 800, 1_200].map((at) => `${at}: line ${at} invalid`),
  );
  expect(refused[0]?.errors?.map(({ field }) => field)).toContain('confidence');
});

test('[T3] a refusal comes as it is, with its code, status and fields, at the first try', async () => {
  let calls = 0;
  const counted = new Wheelhouse({
    url: `${server.url}/`,
    key,
    fetch: (url, init) => {
      calls += 1;
      return fetch(url, init);
    },
  });
  const thrown = await counted.submit('notes', {} as sdk.Submission).catch((error) => error);
  expect(thrown).toBeInstanceOf(WheelhouseError);
  expect(thrown).toMatchObject({ code: 'invalid', status: 422, name: 'WheelhouseError' });
  expect(thrown.errors).toEqual([{ field: 'content', message: expect.any(String) }]);
  expect(thrown.facts.request_id).toMatch(/^req_/);
  expect(calls).toBe(1);
  await expect(counted.gates.read('../../keys')).rejects.toMatchObject({ status: 422 });
  const tired = new Wheelhouse({ url: 'http://127.0.0.1:9', key, tries: 2 });
  await expect(tired.home()).rejects.toMatchObject({ code: 'unreachable', status: 0 });
});

test('[T3] each room of the API answers by its noun and verb', async () => {
  await agent.gates.change('rooms', { title: 'Rooms', policy: { mode: 'always' }, queue: 'rooms' });
  const { id } = await agent.submit('rooms', { content: 'a walk through the rooms' });
  expect((await agent.gates.list()).rows.map(({ name }) => name)).toContain('rooms');
  const [held] = await desk.cases.claim('rooms');
  expect(held?.lease.epoch).toBe(1);
  const case_id = held?.id ?? '';
  expect((await desk.cases.heartbeat(case_id, 1)).epoch).toBe(1);
  await desk.cases.release(case_id, 1);
  const [again] = await desk.cases.claim('rooms');
  const epoch = again?.lease.epoch ?? 0;
  await desk.cases.note(case_id, { text: 'looked at twice' });
  expect((await desk.cases.notes(case_id)).rows).toHaveLength(1);
  await desk.cases.answer(case_id, { epoch, values: { verdict: 'approve' } });
  await agent.outputs.giveFeedback(id, { kind: 'thumb', up: true });
  const life = await agent.outputs.life(id);
  expect(life.feedback).toHaveLength(1);
  expect(life.resolutions).toMatchObject([{ outcome: 'approved' }]);
  expect((await agent.home()).outputs).toBeGreaterThan(0);
  expect((await agent.audit.list({ limit: 5 })).rows).toHaveLength(5);
  const made = await agent.webhooks.create({
    url: 'https://example.com/hook',
    types: ['gate.changed'],
  });
  expect(made.secret).toMatch(/^whsec_/);
  expect((await agent.webhooks.deliveries(made.id)).rows).toEqual([]);
  await agent.webhooks.remove(made.id);
  expect((await agent.webhooks.list()).rows).toEqual([]);
});

test('[O8] a claim in the time to undo waits until the decision is final', async () => {
  const action = { name: 'refund', arguments: { amount: 3 } };
  await agent.gates.change('slow', { queue: 'slow', policy: { mode: 'always', undo_ms: 1_500 } });
  const { id } = await agent.submit('slow', { action });
  await expect(agent.claim(id)).rejects.toMatchObject({ code: 'not_decided' });
  await decide('slow');
  expect((await agent.outputs.read(id)).undo_until).not.toBeNull();
  expect((await agent.claim(id)).action).toEqual(action);
  // Taken back meanwhile, there is nothing to claim.
  const other = await agent.submit('slow', { action });
  await decide('slow');
  const claiming = agent.claim(other.id);
  await desk.cases.undo(other.case_id as string);
  await expect(claiming).rejects.toMatchObject({ code: 'not_decided' });
  const over = new AbortController();
  await decide('slow');
  const waiting = agent.claim(other.id, { signal: over.signal });
  over.abort(new Error('enough'));
  await expect(waiting).rejects.toThrow('enough');
});
