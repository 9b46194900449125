import type { GateOverride, Output } from '@wheelhouse/core';
import { systemOf } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { rulingsCache } from '../../server/src/actions/definition.ts';
import { submitOutputs } from '../../server/src/actions/output.ts';
import { firstAdmin, newMember, type Person } from '../../server/src/testing/person.ts';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';
import { virtualTime } from '../../server/src/testing/virtual-time.ts';
import { met } from './met.ts';
import { bothCounts, counted, promising, type Submitted, weak } from './promise-talk.ts';
import { until } from './until.ts';

let server: TestServer;
let ana: Person & { me: { id: string } };
const time = virtualTime();
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine'), ports: time.ports });
  ana = await firstAdmin(server);
});
afterAll(() => server?.stop());

const later = (ms: number) => new Date(Date.parse(time.now()) + ms).toISOString();
const hour_ms = 3_600_000;
const asked = (more: object = {}) => ({
  threshold: 0.6,
  until: later(hour_ms),
  reason: 'The queue is four days long before the holidays',
  ...more,
});
const sign = (gate: string, more: object = {}) =>
  ana.call<GateOverride>(`POST /gates/${gate}/override`, asked(more));

test('[G71] an admin signs it by name, for seven days at most and with a reason', async () => {
  const gate = await promising(server, 'signing');
  expect((await sign('signing', { until: later(-1) })).status).toBe(422);
  expect((await sign('signing', { until: later(8 * 24 * hour_ms) })).status).toBe(422);
  expect((await sign('signing', { reason: ' ' })).status).toBe(422);
  expect((await sign('signing', { tier: 'high' })).status).toBe(422);
  expect((await sign('missing')).status).toBe(404);
  const path = 'POST /gates/signing/override';
  expect(await gate.agent.call(path, asked())).toMatchObject({ status: 403 });
  const builder = await newMember(server, ana, 'bo@example.com', 'builder');
  expect(await builder.call(path, asked())).toMatchObject({ status: 403 });
  await gate.builder.call('PUT /gates/plain', { policy: { mode: 'always' } });
  expect(await sign('plain')).toMatchObject({ status: 409, body: { code: 'no_promise' } });
  expect((await gate.promise()).override).toBeNull();
  expect((await gate.submit(0.9)).verdict).toBe('hold');
  const { status, body } = await sign('signing');
  expect(status).toBe(200);
  expect(body).toMatchObject({ signed_by: ana.me.id, signed_by_name: 'Ana', tier: null });
  expect((await gate.promise()).override).toEqual(body);
});

test('[G71] what passes by it is told apart, still looked at, and never counted as certified', async () => {
  const gate = await promising(server, 'apart', { ...weak, spot_check: 0.5 });
  await gate.certify();
  const { threshold } = (await gate.promise()).epochs[0]?.tiers[0] ?? {};
  const before = (await gate.promise()).epochs[0]?.tiers[0]?.checks.n;
  const { body: override } = await sign('apart');
  const some = await Promise.all(Array.from({ length: 40 }, () => gate.submit(0.7)));
  expect(some.every(({ verdict }) => verdict === 'pass')).toBe(true);
  const first = some[0] as Submitted;
  expect(first.reasons[0]).toMatch(
    /^confidence 0.70 is at or over 0.60, which is not certified: an/,
  );
  const { promise } = await gate.output(first.id);
  expect(promise).toMatchObject({
    ...{ certificate_id: null, override_id: override.id, threshold, score: 0.7 },
    ...{ inclusion_probability: 0.5, weight: 1 },
  });
  const checked = some.filter(({ case_id }) => case_id);
  expect(checked.length).toBeGreaterThan(5);
  expect(checked.length).toBeLessThan(35);
  await Promise.all(checked.map((one) => gate.decide(one, false)));
  // What is certified goes on as ever, and what neither lets pass is held.
  const certain = await gate.output((await gate.submit(0.95)).id);
  expect(certain.promise?.certificate_id).toMatch(/^cert_/);
  expect(certain.promise).not.toHaveProperty('override_id');
  expect((await gate.submit(0.5)).verdict).toBe('hold');
  await counted(server);
  const now = await gate.promise();
  expect(now.override).toMatchObject({
    passed: 40,
    checks: { n: checked.length, wrong: checked.length },
  });
  // All of it was wrong, and it ends no certificate: nothing of it passed by one.
  expect(now.state).toBe('certified');
  expect(now.epochs[0]?.tiers[0]?.checks.n).toBe(before);
  const both = await bothCounts(server);
  expect(both.kept).toEqual(both.record);
});

test('[G71] while nothing is certified it lets pass what it says, weighed by what is seen now', async () => {
  const gate = await promising(server, 'uncertain', { ...weak, tiers: { high: 0.1 } });
  await gate.submit(0.7);
  await sign('uncertain', { tier: 'other' });
  const [passed, held] = [await gate.submit(0.7), await gate.submit(0.5)];
  expect([passed.verdict, held.verdict]).toEqual(['pass', 'hold']);
  expect((await gate.submit(0.7, { risk: 'high' })).verdict).toBe('hold');
  const of = async ({ id }: Submitted) => (await gate.output(id)).promise as Output['promise'];
  expect(await of(passed)).toMatchObject({ threshold: null, certificate_id: null, weight: 1 });
  expect(await of(held)).toMatchObject({ inclusion_probability: 1, weight: 0.5 });
  expect((await gate.promise()).state).toBe('learning');
});

const ends = async (gate: string) => {
  const { body } = await ana.call<{ rows: { data: { why: string }; actor: string }[] }>(
    `GET /audit?subject=${gate}&type=gate.override_ended`,
  );
  return body.rows.map(({ data }) => data.why);
};

test('[G71] it ends by its time, by hand, by another one, by an alarm and with the promise', async () => {
  const gate = await promising(server, 'ending');
  await gate.submit(0.7);
  await sign('ending', { until: later(60_000) });
  time.advance(61_000);
  // Nothing passes by it from then on, whether or not anybody has said so.
  expect((await gate.submit(0.7)).verdict).toBe('hold');
  await until(async () => (await ends('ending')).length || undefined);
  await sign('ending');
  await sign('ending', { threshold: 0.65 });
  expect((await gate.submit(0.62)).verdict).toBe('hold');
  const lead = await newMember(server, ana, 'lea@example.com', 'lead');
  for (let twice = 0; twice < 2; twice++) {
    expect((await lead.call('DELETE /gates/ending/override')).status).toBe(204);
  }
  expect((await gate.submit(0.7)).verdict).toBe('hold');
  await sign('ending');
  await gate.save({ ...weak, priority: 4 });
  expect((await gate.submit(0.7)).verdict).toBe('pass');
  await gate.save({ ...weak, alpha: 0.25 });
  expect((await gate.submit(0.7)).verdict).toBe('hold');
  expect(await ends('ending')).toEqual(['policy_changed', 'withdrawn', 'replaced', 'time']);
  const told = (await gate.promise()).events.map(({ type }) => type);
  expect(told.filter((type) => type === 'gate.overridden')).toHaveLength(4);

  const alarming = await promising(server, 'alarming', { ...weak, spot_check: 1 });
  await alarming.certify();
  await sign('alarming');
  await until(async () => {
    const some = await Promise.all(Array.from({ length: 6 }, () => alarming.submit(0.95)));
    await Promise.all(some.map((one) => alarming.decide(one, false)));
    await counted(server);
    return (await alarming.promise()).state === 'alarmed' || undefined;
  });
  expect(await ends('alarming')).toEqual(['alarmed']);
  expect((await alarming.submit(0.95)).verdict).toBe('hold');
});

test('[G71] what passed by one that has ended is told in full, and by whom it was signed', async () => {
  const gate = await promising(server, 'told', { ...weak, spot_check: 1 });
  await gate.submit(0.7);
  await sign('told');
  const some = await Promise.all(Array.from({ length: 9 }, () => gate.submit(0.7)));
  // Ended before anything of it was counted: the record says no number that would be too small for good.
  await ana.call('DELETE /gates/told/override');
  const { body } = await ana.call<{ rows: { data: object }[] }>(
    'GET /audit?subject=told&type=gate.override_ended',
  );
  expect(body.rows[0]?.data).not.toHaveProperty('passed');
  await Promise.all(some.slice(0, 4).map((one, at) => gate.decide(one, at > 0)));
  await counted(server);
  const { events } = await gate.promise();
  expect(events.find(({ type }) => type === 'gate.override_ended')?.data).toMatchObject({
    ...{ why: 'withdrawn', passed: 9, checks: { n: 4, wrong: 1 } },
  });
  expect(events.find(({ type }) => type === 'gate.overridden')?.data).toMatchObject({
    signed_by_name: 'Ana',
  });
});

test('[G43] [G71] no verdict goes by an override that has ended, at whatever step it ends', async () => {
  const gate = await promising(server, 'raced');
  await gate.submit(0.7);
  const system = systemOf(server.workspace_id);
  const seen: string[] = [];
  for (let at = 0, done = false; !done; at++) {
    await sign('raced');
    let steps = 0;
    let ending: Promise<unknown> | undefined;
    let ended_before = false;
    const ports = met(server.ports, async () => {
      if (steps++ !== at) return;
      ending = ana.call('DELETE /gates/raced/override').then(() => true);
      const blocked = new Promise((resolve) => setTimeout(() => resolve(false), 400));
      ended_before = (await Promise.race([ending, blocked])) === true;
    });
    const body = { content: 'x', confidence: 0.7, model: 'm' };
    const submit = submitOutputs(ports, rulingsCache());
    const [one] = await submit(system, [{ by: system, gate: 'raced', body }]);
    const { verdict } = (one as { value: Submitted }).value;
    done = ending === undefined;
    await ending;
    if (ended_before) expect({ at, verdict }).toEqual({ at, verdict: 'hold' });
    seen.push(`${verdict}${ended_before ? ' after' : ''}`);
  }
  expect(new Set(seen)).toEqual(new Set(['hold after', 'pass']));
});

test('[G71] who let pass what, until when and why is in the sealed record', async () => {
  const { body } = await ana.call<{ rows: { data: object; actor: string }[] }>(
    'GET /audit?subject=apart&type=gate.overridden',
  );
  expect(body.rows).toMatchObject([
    { actor: ana.me.id, data: { threshold: 0.6, reason: expect.stringMatching(/four days/) } },
  ]);
  const verified = async () => (await ana.call<{ ok: boolean }>('GET /audit/verify')).body;
  expect(await verified()).toMatchObject({ ok: true });
});
