import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { firstAdmin, type Person } from '../../server/src/testing/person.ts';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';
import { decided, openTier, untilCertified } from './anew-talk.ts';
import { alarm, counted, promising, weak } from './promise-talk.ts';

let server: TestServer;
let ana: Person;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  ana = await firstAdmin(server);
});
afterAll(() => server?.stop());

test('[G95] after an outage that ends, the proof is begun anew by itself and certifies, alarmed until then', async () => {
  const gate = await promising(server, 'outage', { ...weak, spot_check: 1 });
  await gate.certify();
  await alarm(server, gate);
  // The outage goes on: half of everything is wrong.
  await decided(server, gate, 400, 2);
  const bad = await openTier(gate);
  expect(bad).toMatchObject({ state: 'alarmed', attempt: 1, unlikely: true });
  const held = await gate.submit(0.99);
  expect(held.reasons[0]).toMatch(/^more was wrong than promised.* as it goes it will not be/);

  const states: string[] = [];
  let certified = false;
  for (let done = 0; done < 240 && !certified; done += 20) {
    await decided(server, gate, 20, 100);
    const now = await openTier(gate);
    states.push(`${now.state} ${now.attempt}`);
    certified = now.state === 'certified';
  }
  expect(states.join(', ')).toMatch(/^alarmed 1,.* alarmed 2,.* certified 2$/);
  const { events, epochs } = await gate.promise();
  const anew = events.find(({ data }) => data.why === 'begun_anew');
  expect(anew).toMatchObject({
    type: 'gate.learning',
    data: { attempt: 2, replaces: bad.epoch_id, labelled: expect.any(Number) },
  });
  expect(epochs.find(({ id }) => id === bad.epoch_id)).toMatchObject({
    why_ended: 'begun_anew',
    state: 'ended',
  });
  // What is decided late of before it counts for what ended.
  const before = await openTier(gate);
  expect(await gate.decide(held, false)).toBe(200);
  await counted(server);
  expect((await openTier(gate)).labelled).toBe(before.labelled);
  expect((await gate.submit(0.9)).verdict).toBe('pass');
});

test('[G95] [G115] a start with a bad model does not hold up its proof for ever, and an override goes on', async () => {
  const gate = await promising(server, 'cold');
  await decided(server, gate, 400, 2);
  expect(await openTier(gate)).toMatchObject({ state: 'learning', attempt: 1, unlikely: true });
  await ana.call('POST /gates/cold/override', {
    ...{ threshold: 0.97, reason: 'The surest of all' },
    until: new Date(Date.now() + 3_600_000).toISOString(),
  });
  for (let attempt = 1; attempt < 2; attempt = (await openTier(gate)).attempt) {
    await decided(server, gate, 20, 100);
  }
  expect((await openTier(gate)).of_gate.epochs[0]?.overridden).toBe(true);
  const surest = await gate.submit(0.98);
  expect(surest.reasons[0]).toMatch(/an override lets it pass/);
  expect(await untilCertified(server, gate, 240)).toBeGreaterThan(0);
  const tier = await openTier(gate);
  expect(tier.attempt).toBe(2);
  // It needs more than the first attempt would have, by its smaller part of delta.
  expect(tier.e_needed).toBeCloseTo(tier.starts.length / (0.2 * 0.05), 6);
});
