import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { lapseUnused } from '../../server/src/actions/unused.ts';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';
import { virtualTime } from '../../server/src/testing/virtual-time.ts';
import { alarm, counted, type Promising, promising, weak } from './promise-talk.ts';

const time = virtualTime();
let server: TestServer;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine'), ports: time.ports });
});
afterAll(() => server?.stop());

const day = 24 * 3_600_000;
const standing = async (gate: Promising) =>
  (await gate.promise()).epochs.map(({ model_version, state, why_ended }) => [
    model_version,
    state,
    why_ended,
  ]);

test('[G55] two versions are certified side by side for as long as each is used; what nothing came to for 30 days lapses, whatever others come to', async () => {
  const gate = await promising(server, 'canary', { ...weak, spot_check: 0.01 });
  const [old, fresh] = [{ model_version: '1' }, { model_version: '2' }];
  await gate.certify(old);
  await gate.certify(fresh);
  // One output in 29 days is use.
  time.advance(29 * day);
  expect((await gate.submit(0.95, old)).verdict).toBe('pass');
  expect((await gate.submit(0.95, fresh)).verdict).toBe('pass');
  await counted(server);
  time.advance(29 * day);
  await lapseUnused(server.ports);
  expect((await gate.submit(0.95, fresh)).verdict).toBe('pass');
  await counted(server);
  expect((await standing(gate)).map(([, state]) => state)).toEqual(['certified', 'certified']);

  time.advance(2 * day);
  await Promise.all(Array.from({ length: 4 }, () => lapseUnused(server.ports)));
  expect(await standing(gate)).toEqual([
    ['2', 'certified', null],
    ['1', 'ended', 'unused'],
  ]);
  const expired = (await gate.promise()).events.filter(({ type }) => type === 'gate.expired');
  expect(expired).toMatchObject([{ data: { why: 'unused' } }]);
  const ends = (await gate.certificates()).filter(({ ended_at }) => ended_at);
  expect(ends).toMatchObject([{ why_ended: 'unused' }]);
  // It begins anew when it comes again.
  expect((await gate.submit(0.95, old)).verdict).toBe('hold');
  expect((await gate.submit(0.95, fresh)).verdict).toBe('pass');
});

test('[G55] a version that is still learned from lapses too, and what is sent while agreement is learned is use', async () => {
  const gate = await promising(server, 'learning', { ...weak, score: 'agreement' });
  await gate.submit(0.9);
  await gate.submit(0.9, { model_version: 'left' });
  await counted(server);
  time.advance(20 * day);
  await gate.submit(0.9);
  await counted(server);
  time.advance(11 * day);
  await lapseUnused(server.ports);
  expect(await standing(gate)).toEqual([
    [null, 'learning', null],
    ['left', 'ended', 'unused'],
  ]);
});

test('[G105] a tier that seldom comes lasts as long as its version is used, also once it is proven apart from the others', async () => {
  const gate = await promising(server, 'seldom', { ...weak, spot_check: 1, tiers: { high: 0.3 } });
  const [high, low] = [{ risk: 'high' }, { risk: 'low' }];
  await gate.certify(low);
  await gate.certify(high);
  await alarm(server, gate, high);
  for (let month = 0; month < 2; month++) {
    time.advance(29 * day);
    await gate.submit(0.95, low);
    await counted(server);
    await lapseUnused(server.ports);
  }
  const held = await gate.submit(0.95, high);
  expect(held.reasons[0]).toMatch(/proven anew/);
  expect((await gate.output(held.id)).promise).toMatchObject({ tier: 'high' });
  expect((await gate.certify(high)).certificate).not.toBeNull();
  // Unused as a whole, it ends as a whole.
  time.advance(31 * day);
  await Promise.all(Array.from({ length: 4 }, () => lapseUnused(server.ports)));
  expect((await gate.promise()).epochs.every(({ ended_at }) => ended_at)).toBe(true);
  for (const risk of [high, low]) {
    const again = await gate.submit(0.95, risk);
    expect(again.reasons[0]).toMatch(/not certified yet/);
  }
});
