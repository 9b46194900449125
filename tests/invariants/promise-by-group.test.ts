import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';
import { promising, weak } from './promise-talk.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
});
afterAll(() => server?.stop());

const certify_by = { attribute: 'language', values: ['de', 'fr'] };

test('[G62] a group with a certificate of its own passes by its own labels alone', async () => {
  const gate = await promising(server, 'replies', { ...weak, delta: 0.3, certify_by });
  const inGroup = (language: string) => ({ groups: { language } });
  // Labels of one group prove nothing of another.
  const { certificate, tier } = await gate.certify(inGroup('de'));
  expect({ tier, of: certificate?.tier }).toEqual({ tier: 'language: de', of: 'language: de' });
  const verdict = async (more: object) => (await gate.submit(0.95, more)).verdict;
  expect(await verdict(inGroup('de'))).toBe('pass');
  for (const others of [inGroup('fr'), inGroup('ar'), {}, { groups: { channel: 'de' } }]) {
    expect(await verdict(others)).toBe('hold');
  }
  const promise = await gate.promise();
  expect(promise.certify_by).toEqual(certify_by);
  const tiers = promise.epochs[0]?.tiers ?? [];
  expect(tiers.map((one) => [one.tier, one.alpha, one.state])).toEqual([
    ['language: de', 0.3, 'certified'],
    ['language: fr', 0.3, 'learning'],
    ['other', 0.3, 'learning'],
  ]);
  for (const { delta } of tiers) expect(delta).toBeCloseTo(0.1, 12);
  const passed = await gate.submit(0.97, inGroup('de'));
  expect((await gate.output(passed.id)).promise).toMatchObject({ tier: 'language: de' });
});

test('[G62] who changes the groups makes another promise, and one by risk as well is refused', async () => {
  const gate = await promising(server, 'changes', weak);
  await gate.certify();
  expect((await gate.submit(0.95)).verdict).toBe('pass');
  const { status, body } = await gate.save({ ...weak, certify_by, tiers: { high: 0.1 } });
  expect(status).toBe(422);
  expect(body).toMatchObject({ errors: [{ field: 'policy.certify_by' }] });
  expect((await gate.submit(0.95)).verdict).toBe('pass');
  await gate.save({ ...weak, certify_by });
  expect((await gate.submit(0.95)).verdict).toBe('hold');
  expect(await gate.certificates()).toMatchObject([{ why_ended: 'policy_changed' }]);
});
