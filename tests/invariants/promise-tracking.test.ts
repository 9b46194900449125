import { systemOf } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { certifyEpoch } from '../../server/src/actions/certify.ts';
import { rulingsCache } from '../../server/src/actions/definition.ts';
import { submitOutputs } from '../../server/src/actions/output.ts';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';
import { met } from './met.ts';
import {
  alarm,
  asOwner,
  bothCounts,
  counted,
  type Promising,
  promising,
  type Submitted,
  weak,
} from './promise-talk.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
});
afterAll(() => server?.stop());

const tracking = { ...weak, spot_check: 0.2, after_alarm: 'track' };
const tierOf = async (gate: Promising) => {
  const { epochs } = await gate.promise();
  const tier = epochs.find(({ ended_at }) => !ended_at)?.tiers[0];
  if (!tier) throw new Error('there is no tier');
  return tier;
};

/** Certified, and alarmed, after scores of all kinds came. */
async function alarmed(name: string) {
  const gate = await promising(server, name, tracking);
  await Promise.all(Array.from({ length: 60 }, (_none, at) => gate.submit(0.4 + at / 100)));
  const { certificate } = await gate.certify();
  await alarm(server, gate);
  return { gate, certificate };
}
const several = (gate: Promising, score: number, length = 20) =>
  Promise.all(Array.from({ length }, () => gate.submit(score)));
const decideAll = async (gate: Promising, some: Submitted[], right: boolean) => {
  await Promise.all(some.map((one) => one.case_id && gate.decide(one, right)));
  await counted(server);
};

test('[G50] [G97] after an alarm the surest passes while errors are tracked, says so, and certifies itself again', async () => {
  const { gate, certificate } = await alarmed('tracks');
  const first = await tierOf(gate);
  expect(first).toMatchObject({ state: 'tracking', certificate: null, spot_check: 0.8 });
  expect((await gate.promise()).state).toBe('tracking');
  expect(first.threshold).toBeGreaterThan(certificate?.threshold as number);
  const [passed, held] = [await gate.submit(0.999), await gate.submit(0.5)];
  expect(passed).toMatchObject({ verdict: 'pass' });
  expect(passed.reasons[0]).toMatch(/which is tracked, not certified$/);
  expect(held).toMatchObject({ verdict: 'hold' });
  const stands = { certificate_id: null, threshold: first.threshold };
  expect((await gate.output(passed.id)).promise).toMatchObject({
    ...stands,
    ...{ inclusion_probability: 0.8, weight: 1 },
  });
  expect((await gate.output(held.id)).promise).toMatchObject({
    ...stands,
    ...{ inclusion_probability: 1, weight: 0.8 },
  });
  const events = (await gate.promise()).events.filter(({ type }) => type === 'gate.alarmed');
  expect(events).toMatchObject([{ data: { tracked: first.threshold } }]);

  // Wrong ones tighten it, right ones loosen it.
  expect(await gate.decide(held)).toBe(200);
  // So many that they are more than the twentieth that passes at the strictest, however many it took to alarm.
  await decideAll(gate, await several(gate, 0.999, 60), false);
  const tightened = await tierOf(gate);
  expect(tightened.checks.wrong).toBeGreaterThan(0);
  expect(tightened.threshold).toBeGreaterThan(first.threshold as number);
  // Unless so many right ones prove it anew before.
  let loosened = tightened;
  for (let round = 0; round < 3 && loosened.state === 'tracking'; round++) {
    await decideAll(gate, await several(gate, 0.999), true);
    loosened = await tierOf(gate);
    if ((loosened.threshold as number) < (tightened.threshold as number)) break;
  }
  if (loosened.state === 'tracking') {
    expect(loosened.threshold).toBeLessThan(tightened.threshold as number);
  }

  const again = await gate.certify({}, 0.999);
  expect(again).toMatchObject({ state: 'certified', certificate: { why_ended: null } });
  expect((await gate.promise()).state).toBe('certified');
  const after = await gate.submit(0.999);
  expect(after.reasons[0]).toMatch(/which is certified$/);
  // The spot checks that were tracked are no evidence against what was certified after them.
  const checks = await several(gate, 0.999);
  await decideAll(gate, checks.slice(0, 1), true);
  const told = await tierOf(gate);
  expect(told.state).toBe('certified');
  // Those of the tracking time, with their errors, are not told as checks of the certificate.
  expect(told.checks.wrong).toBe(0);
  expect(told.checked.every(({ wrong }) => wrong === 0)).toBe(true);
  const { kept, record } = await bothCounts(server);
  expect(kept).toEqual(record);
  expect(new Set(kept.map(({ weight }: { weight: number }) => weight))).toEqual(new Set([1, 0.8]));
});

test('[G43] at whatever step of a verdict a tracked threshold moves, what is judged after it goes by the new one', async () => {
  const { gate } = await alarmed('moves');
  const epoch_id = (await gate.promise()).epochs.find(({ ended_at }) => !ended_at)?.id as string;
  const system = systemOf(server.workspace_id);
  const set = (share: number) =>
    asOwner(server, (client) =>
      client.query(
        `update gate_tiers set tracker = jsonb_set(tracker, '{threshold}', $2::text::jsonb),
           stale_at = now() where epoch_id = $1`,
        [epoch_id, share],
      ),
    );
  /** Moves it, as after spot checks, to where nothing under .994 passes, or nearly all does. */
  const move = async (share: number) => {
    await set(share);
    for (;;) {
      await certifyEpoch(server.ports, system, epoch_id);
      const { threshold } = await tierOf(gate);
      if ((threshold as number) > 0.9 === share > 0.9) return true as const;
    }
  };
  const verdicts: string[] = [];
  for (let at = 0, done = false; !done; at++) {
    await move(0);
    let steps = 0;
    let moving: Promise<unknown> | undefined;
    let moved_before = false;
    const ports = met(server.ports, async () => {
      if (steps++ !== at) return;
      moving = move(0.95);
      const blocked = new Promise((resolve) => setTimeout(() => resolve(false), 400));
      moved_before = (await Promise.race([moving, blocked])) === true;
    });
    const body = { content: 'x', confidence: 0.7, model: 'm' };
    const submit = submitOutputs(ports, rulingsCache());
    const [one] = await submit(system, [{ by: system, gate: 'moves', body }]);
    const { verdict } = (one as { value: Submitted }).value;
    done = moving === undefined;
    await moving;
    if (moved_before) expect({ at, verdict }).toEqual({ at, verdict: 'hold' });
    verdicts.push(`${verdict}${moved_before ? ' after' : ''}`);
  }
  expect(new Set(verdicts)).toEqual(new Set(['hold after', 'pass']));
});
