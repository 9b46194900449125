import { systemOf } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { rulingsCache } from '../../server/src/actions/definition.ts';
import { submitOutputs } from '../../server/src/actions/output.ts';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';
import { counted, promising, weak } from './promise-talk.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
});
afterAll(() => server?.stop());

const labels = [{ value: 'fault' }];
const form = {
  questions: [
    { name: 'verdict', kind: 'verdict' },
    { name: 'faults', kind: 'span', part: 'content', labels, required: false },
  ],
};

test('[G107] what nobody could judge is refused, whether chance would have had it looked at or not', async () => {
  const gate = await promising(server, 'marked');
  const save = (policy: object) => gate.builder.call('PUT /gates/marked', { policy, form });
  await save({ ...weak, spot_check: 0.02 });
  await gate.certify();
  expect((await gate.submit(0.95)).verdict).toBe('pass');
  const unshown = { confidence: 0.95, model: 'm', action: { name: 'refund', arguments: {} } };
  const statuses = () =>
    Promise.all(
      Array.from({ length: 20 }, async () => {
        return (await gate.agent.call('POST /gates/marked/outputs', unshown)).status;
      }),
    );
  expect(new Set(await statuses())).toEqual(new Set([422]));
  await save({ mode: 'threshold', threshold: 0.5, spot_check: 0.02 });
  expect(new Set(await statuses())).toEqual(new Set([422]));
  // Where nothing is looked at nothing needs to be shown.
  await save({ mode: 'threshold', threshold: 0.5 });
  expect(new Set(await statuses())).toEqual(new Set([201]));
});

test('[G108] what would be held whatever its score is no evidence of what passes, also while everything is held', async () => {
  const gate = await promising(server, 'drafts', weak);
  const system = systemOf(server.workspace_id);
  const submit = submitOutputs(server.ports, rulingsCache());
  const item = {
    ...{ by: system, gate: 'drafts', hold_reason: 'this assistant only drafts' },
    body: { content: 'x', confidence: 0.95, model: 'm' },
  };
  const drafts = await submit(
    system,
    Array.from({ length: 40 }, () => item),
  );
  for (const one of drafts) {
    if (!one.ok) throw one;
    expect(one.value).toMatchObject({ verdict: 'hold', reasons: ['this assistant only drafts'] });
    await gate.decide(one.value);
  }
  await counted(server);
  expect(await gate.promise()).toMatchObject({ state: 'learning' });
  expect((await gate.promise()).epochs[0]?.tiers[0]).toMatchObject({ labelled: 0, waiting: 0 });
  expect((await gate.submit(0.97)).verdict).toBe('hold');
});
