import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';
import { decided, refund } from './agreement-talk.ts';
import { asOwner, counted, promising, weak } from './promise-talk.ts';
import { until } from './until.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
});
afterAll(() => server?.stop());

const epochOf = async (gate: Awaited<ReturnType<typeof promising>>) =>
  (await gate.promise()).epochs.find(({ ended_at }) => ended_at === null);

test('[G80] a gate that goes by agreement learns it once, from labels that prove nothing afterwards', async () => {
  const gate = await promising(server, 'agreed', { ...weak, score: 'agreement' });
  const learned_from = await decided(server, gate, 200);
  expect(new Set(learned_from.map(({ verdict }) => verdict))).toEqual(new Set(['hold']));
  const [first] = learned_from;
  expect((await gate.output(first?.id ?? '')).promise).toMatchObject({ phase: 'head', score: 0 });
  const epoch = await until(async () => {
    const found = await epochOf(gate);
    return found?.agreement ? found : undefined;
  });
  expect(epoch.agreement).toMatchObject({ kind: 'head', labels: 200, wrong: 67 });
  expect(epoch.agreement?.gain_low).toBeGreaterThan(0.3);
  expect(epoch.agreement?.aurc.agreement).toBeLessThan(epoch.agreement?.aurc.confidence ?? 0);
  // They told what the score is and where to begin, and are no evidence.
  expect(epoch.tiers[0]).toMatchObject({ labelled: 200, threshold: null });
  expect(epoch.tiers[0]?.evidence).toEqual([]);
  expect(epoch.tiers[0]?.starts.length).toBeGreaterThan(0);

  const evidence = await decided(server, gate, 40);
  const certified = await until(async () => (await epochOf(gate))?.tiers[0]?.certificate);
  expect(certified.labelled).toBeLessThanOrEqual(evidence.length);
  expect(certified.wrong).toBeLessThan(0.3 * certified.labelled);
  const [small, large] = await Promise.all(
    [1, 87].map((at) => gate.submit(undefined as never, refund(at).more)),
  );
  expect(small?.verdict).toBe('pass');
  expect(small?.reasons[0]).toMatch(/^agreement 0\.\d+ is at or over 0\.\d+, which is certified$/);
  expect(large?.verdict).toBe('hold');
  const { promise } = await gate.output(small?.id ?? '');
  expect(promise?.score).toBeGreaterThan(0.9);
  expect(promise?.phase).toBe('test');
  // What it learned stays as it is, whatever is decided later.
  await asOwner(server, async (client) => {
    const { rows } = await client.query('select model from gate_heads');
    await decided(server, gate, 20);
    expect((await client.query('select model from gate_heads')).rows).toEqual(rows);
  });
  const { events } = await gate.promise();
  expect(events.filter(({ type }) => type === 'gate.head_learned')).toHaveLength(1);
});

test('[G80] what was learned goes on after an alarm, and what comes after it proves it anew', async () => {
  const policy = { ...weak, score: 'agreement', spot_check: 1 };
  const gate = await promising(server, 'alarmed', policy);
  await decided(server, gate, 200);
  const before = await until(async () => {
    const found = await epochOf(gate);
    return found?.agreement ? found : undefined;
  });
  await decided(server, gate, 40);
  await until(async () => (await epochOf(gate))?.tiers[0]?.certificate);
  const { more } = refund(1);
  await until(async () => {
    const some = await Promise.all(Array.from({ length: 6 }, () => gate.submit(0.5, more)));
    await Promise.all(some.map((one) => one.case_id && gate.decide(one, false)));
    await counted(server);
    return (await gate.promise()).state === 'alarmed';
  });
  const after = await epochOf(gate);
  expect(after?.id).not.toBe(before.id);
  expect(after?.agreement).toEqual(before.agreement);
  const held = await gate.submit(0.5, more);
  expect(held.verdict).toBe('hold');
  const { promise } = await gate.output(held.id);
  expect(promise).toMatchObject({ epoch_id: after?.id });
  expect(promise?.phase).not.toBe('head');
  expect(promise?.score).toBeGreaterThan(0.8);
});

test('[G80] to go by the other score is another promise', async () => {
  const gate = await promising(server, 'either');
  await gate.certify();
  expect((await gate.submit(0.95)).verdict).toBe('pass');
  await gate.save({ ...weak, score: 'agreement' });
  const held = await gate.submit(0.95);
  expect(held.verdict).toBe('hold');
  expect(await gate.certificates()).toMatchObject([{ why_ended: 'policy_changed' }]);
  // About as many are needed as it learns from and as then prove it.
  const epoch = await epochOf(gate);
  expect(epoch?.agreement).toBeNull();
  expect(epoch?.tiers[0]?.needed).toBeGreaterThan(200);
  expect((await gate.promise()).score).toBe('agreement');
});

test('[G80] where nothing tells outputs apart, it begins at what they are given and not above', async () => {
  const gate = await promising(server, 'alike', { ...weak, score: 'agreement' });
  const submit = () => gate.submit(undefined as never, { content: 'The same each time' });
  for (let from = 0; from < 200; from += 20) {
    const some = await Promise.all(Array.from({ length: 20 }, submit));
    await Promise.all(some.map((one, at) => gate.decide(one, (from + at) % 12 !== 0)));
  }
  await counted(server);
  const epoch = await until(async () => {
    const found = await epochOf(gate);
    return found?.agreement ? found : undefined;
  });
  const { promise } = await gate.output((await submit()).id);
  const { starts = [] } = epoch.tiers[0] ?? {};
  expect(starts.length).toBeGreaterThan(0);
  expect(Math.max(...starts)).toBeLessThanOrEqual(promise?.score ?? 0);
});
