import { systemOf } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { rulingsCache } from '../../server/src/actions/definition.ts';
import { submitOutputs } from '../../server/src/actions/output.ts';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';
import { met } from './met.ts';
import { asOwner, counted, promising, type Submitted, weak } from './promise-talk.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
});
afterAll(() => server?.stop());

test('[G44] each version learns by itself, and another promise ends them all', async () => {
  const gate = await promising(server, 'versions');
  await gate.certify({ model_version: '1' });
  expect((await gate.submit(0.95, { model_version: '1' })).verdict).toBe('pass');
  for (const other of [
    { model_version: '2' },
    { model_version: '1', prompt_version: 'b' },
    { model_version: '1', score_version: 'temperature 1.4' },
    { model_version: '1', population: 'fr' },
  ]) {
    expect((await gate.submit(0.95, other)).verdict).toBe('hold');
  }
  // Beside them the first stays as it was; what is said about a policy's work is no part of a promise.
  await gate.save({ ...weak, priority: 3, spot_check: 0.4 });
  expect((await gate.submit(0.95, { model_version: '1' })).verdict).toBe('pass');
  await gate.save({ ...weak, alpha: 0.25 });
  expect((await gate.submit(0.95, { model_version: '1' })).verdict).toBe('hold');
  expect(await gate.certificates()).toMatchObject([{ why_ended: 'policy_changed' }]);
  const { events, epochs } = await gate.promise();
  expect(events.filter(({ type }) => type === 'gate.expired')).toHaveLength(1);
  expect(epochs.filter(({ ended_at }) => ended_at === null)).toHaveLength(1);
  // A promise that comes back is proven anew.
  await gate.save(weak);
  expect((await gate.submit(0.95, { model_version: '1' })).verdict).toBe('hold');
});

test('[G45] a risk with a limit of its own has its own labels and certificate', async () => {
  const gate = await promising(server, 'tiers', { ...weak, tiers: { high: 0.1 } });
  await gate.submit(0.9, { risk: 'high' });
  await gate.certify({ risk: 'low' });
  expect((await gate.submit(0.95, { risk: 'low' })).verdict).toBe('pass');
  expect((await gate.submit(0.95)).verdict).toBe('pass');
  expect((await gate.submit(0.95, { risk: 'high' })).verdict).toBe('hold');
  const [epoch] = (await gate.promise()).epochs;
  expect(
    epoch?.tiers.map(({ tier, alpha, delta, state }) => ({ tier, alpha, delta, state })),
  ).toEqual([
    { tier: 'high', alpha: 0.1, delta: 0.1, state: 'learning' },
    { tier: 'other', alpha: 0.3, delta: 0.1, state: 'certified' },
  ]);
});

test('[G47] a certificate ends when the labels that bore it are taken back', async () => {
  const gate = await promising(server, 'retracted', { ...weak, undo_ms: 600_000 });
  await gate.certify();
  const cases = await asOwner(server, (client) =>
    client.query("select id from cases where gate = 'retracted' and state = 'resolved'"),
  );
  await Promise.all(cases.rows.map(({ id }) => gate.reviewer.call(`POST /cases/${id}/undo`)));
  await counted(server);
  expect((await gate.submit(0.95)).verdict).toBe('hold');
  expect(await gate.certificates()).toMatchObject([{ why_ended: 'labels_changed' }]);
});

test('[G110] what is taken back counts as wrong until it is judged anew: nothing stays proven by approving all and taking back what is wrong', async () => {
  const gate = await promising(server, 'approved', { ...weak, undo_ms: 600_000 });
  // A fifth tells where to begin, by chance: of 120 it was now and then too few.
  const some = await Promise.all(Array.from({ length: 220 }, () => gate.submit(0.9)));
  await Promise.all(some.map((one) => gate.decide(one)));
  await counted(server);
  expect((await gate.promise()).state).toBe('certified');
  const wrong = some.filter((_one, at) => at % 2 === 1);
  await Promise.all(
    wrong.map(({ case_id }) => gate.reviewer.call(`POST /cases/${case_id}/undo`, {})),
  );
  await counted(server);
  expect((await gate.promise()).state).toBe('learning');
  expect((await gate.submit(0.95)).verdict).toBe('hold');
  await Promise.all(wrong.map((one) => gate.decide(one)));
  await counted(server);
  expect((await gate.promise()).state).toBe('certified');
});

test('[G43] at whatever step of a verdict the certificate ends, what is judged after it is held', async () => {
  const gate = await promising(server, 'races');
  const { certificate } = await gate.certify();
  const system = systemOf(server.workspace_id);
  const verdicts: string[] = [];
  for (let at = 0, done = false; !done; at++) {
    let steps = 0;
    let ending: Promise<unknown> | undefined;
    let ended_before = false;
    const ports = met(server.ports, async () => {
      if (steps++ !== at) return;
      ending = gate.save({ ...weak, alpha: 0.2 }).then(() => true);
      const blocked = new Promise((resolve) => setTimeout(() => resolve(false), 400));
      ended_before = (await Promise.race([ending, blocked])) === true;
    });
    const body = { content: 'x', confidence: 0.99, model: 'm' };
    const submit = submitOutputs(ports, rulingsCache());
    const [one] = await submit(system, [{ by: system, gate: 'races', body }]);
    const { verdict } = (one as { value: Submitted }).value;
    done = ending === undefined;
    await ending;
    if (ended_before) expect({ at, verdict }).toEqual({ at, verdict: 'hold' });
    verdicts.push(`${verdict}${ended_before ? ' after' : ''}`);
    // The promise as it was, for the next step.
    await gate.save();
    await asOwner(server, async (client) => {
      await client.query("update gate_epochs set ended_at = now() where gate = 'races'");
      await client.query('update gate_epochs set ended_at = null where id = $1', [
        certificate?.epoch_id,
      ]);
      await client.query('update certificates set ended_at = null where id = $1', [
        certificate?.id,
      ]);
    });
  }
  // It came before some verdicts, and had to wait for others.
  expect(new Set(verdicts)).toEqual(new Set(['hold after', 'pass']));
});
