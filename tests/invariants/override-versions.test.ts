import type { GateOverride, OverridePreview } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { firstAdmin, type Person } from '../../server/src/testing/person.ts';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';
import { decided, refund } from './agreement-talk.ts';
import { promising, weak } from './promise-talk.ts';
import { until } from './until.ts';

let server: TestServer;
let ana: Person;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  ana = await firstAdmin(server);
});
afterAll(() => server?.stop());

const sign = (gate: string, threshold: number) =>
  ana.call<GateOverride>(`POST /gates/${gate}/override`, {
    threshold,
    until: new Date(Date.now() + 3_600_000).toISOString(),
    reason: 'The queue is four days long',
  });
const preview = async (gate: string) =>
  (await ana.call<OverridePreview>(`GET /gates/${gate}/override/preview?threshold=0.6`)).body;

test('[G115] it holds for the versions that were open when it was signed, and for none that comes later', async () => {
  const gate = await promising(server, 'versions');
  expect(await preview('versions')).toMatchObject({ versions: 0 });
  expect(await sign('versions', 0.6)).toMatchObject({ status: 409, body: { code: 'no_version' } });
  const first = { model_version: '1' };
  const second = { model_version: '2', population: 'shop' };
  await gate.submit(0.7, first);
  await gate.submit(0.7, second);
  expect(await preview('versions')).toMatchObject({ versions: 2 });
  const { body } = await sign('versions', 0.6);
  expect(body.versions).toBe(2);
  const later: object[] = [
    { model_version: '3' },
    { model_version: '1', model: 'another' },
    { ...first, prompt_version: 'p2' },
    { ...first, score_version: 's2' },
    { model_version: '2', population: 'street' },
  ];
  for (const more of later) {
    const held = await gate.submit(0.99, more);
    expect([more, held.verdict, held.reasons[0]]).toEqual([
      more,
      'hold',
      expect.stringMatching(/^the promise is not certified yet/),
    ]);
  }
  for (const more of [first, second]) expect((await gate.submit(0.7, more)).verdict).toBe('pass');
  const { epochs, override } = await gate.promise();
  expect(override).toEqual({ ...body, passed: override?.passed });
  const open = epochs.map((one) => [one.model, one.model_version, one.overridden] as const);
  expect(new Map(open.map(([model, version, is]) => [`${model} ${version}`, is]))).toEqual(
    new Map([
      ['m 1', expect.any(Boolean)],
      ['m 2', expect.any(Boolean)],
      ['m 3', false],
      ['another 1', false],
    ]),
  );
  expect(open.filter(([, , is]) => is)).toHaveLength(2);
  // Which ones stands in the record.
  const { body: audit } = await ana.call<{ rows: { data: { epoch_ids: string[] } }[] }>(
    'GET /audit?subject=versions&type=gate.overridden',
  );
  const holds = epochs.filter(({ overridden }) => overridden).map(({ id }) => id);
  expect(audit.rows[0]?.data.epoch_ids.sort()).toEqual(holds.sort());
  // Signed again, whoever signs has seen those too.
  expect((await sign('versions', 0.6)).body.versions).toBe(7);
  for (const more of later) expect((await gate.submit(0.7, more)).verdict).toBe('pass');
});

test('[G115] signed by the confidence, it says nothing of a chance of agreement that is learned later', async () => {
  const gate = await promising(server, 'learned', { ...weak, score: 'agreement' });
  await gate.submit(0.5, refund(1).more);
  expect((await sign('learned', 0.99)).status).toBe(200);
  expect((await gate.promise()).epochs[0]).toMatchObject({ overridden: true, agreement: null });
  await decided(server, gate, 210);
  const learned = await until(async () => {
    const [epoch] = (await gate.promise()).epochs;
    return epoch?.agreement ? epoch : undefined;
  });
  expect(learned.overridden).toBe(false);
  const surest = async () => (await gate.submit(0.995, refund(1).more)).verdict;
  // Nothing is proven yet, and nothing that was signed is of this score.
  expect(await surest()).toBe('hold');
  const { status } = await sign('learned', 0.5);
  expect([status, (await gate.promise()).epochs[0]?.overridden]).toEqual([200, true]);
  expect(await surest()).toBe('pass');
});
