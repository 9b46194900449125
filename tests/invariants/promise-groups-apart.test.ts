import type { PromiseGroups } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';
import { alarm, counted, promising, weak } from './promise-talk.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
});
afterAll(() => server?.stop());

test('[G118] groups are told of a version as a whole, also after one was alarmed alone, and of the version in use', async () => {
  const certify_by = { attribute: 'language', values: ['fr'] };
  const gate = await promising(server, 'apart', { ...weak, spot_check: 1, certify_by });
  const of = (language: string) => ({ groups: { language } });
  await gate.certify(of('fr'));
  await gate.submit(0.9, of('de'));
  await alarm(server, gate, of('fr'));
  await gate.submit(0.9, of('fr'));
  await counted(server);
  const open = (await gate.promise()).epochs.filter(({ ended_at }) => !ended_at);
  expect(open).toHaveLength(2);
  const told = async (query = '') =>
    (await gate.builder.call<PromiseGroups>(`GET /gates/apart/groups${query}`)).body;
  const found = await told();
  const values = found.attributes[0]?.groups.map(({ value }) => value);
  expect(new Set(values)).toEqual(new Set(['fr', 'de']));
  expect(new Set(found.epoch_ids)).toEqual(new Set(open.map(({ id }) => id)));
  const all = found.attributes[0]?.groups.reduce((sum, { n }) => sum + n, 0);
  expect(all).toBe(found.whole.n);
  // Each of its epochs is the version; another that hardly came to is asked for by name.
  for (const { id } of open) {
    expect((await told(`?epoch=${id}`)).whole).toEqual(found.whole);
  }
  await gate.submit(0.9, { ...of('it'), model_version: 'stray' });
  await counted(server);
  expect((await told()).whole.n).toBe(found.whole.n);
  const stray = (await gate.promise()).epochs.find((one) => one.model_version === 'stray');
  expect(await told(`?epoch=${stray?.id}`)).toMatchObject({
    ...{ epoch_ids: [stray?.id], whole: { n: 1 } },
  });
});
