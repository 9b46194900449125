import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { virtualTime } from '../../server/src/testing/virtual-time.ts';

const time = virtualTime();
let server: TestServer;
let agent: Caller & { id: string };
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine'), ports: time.ports });
  agent = await server.keyFor('builder');
});
afterAll(() => server?.stop());

const over = (value: number) => ({
  when: { field: 'action.arguments.amount', op: '>', value },
  then: 'hold',
});
const widen = (queue: string) => ({ ladder: [{ after_ms: 1_000, do: 'widen', queue }] });
const queues = async () =>
  (await agent.call<{ rows: { name: string }[] }>('GET /queues')).body.rows.map(({ name }) => name);

test.each<[string, object, string]>([
  ['a fallback without an end', { deadline: { fallback: 'reject' } }, 'policy.deadline.fallback'],
  [
    'a step after the end',
    { deadline: { ladder: [{ after_ms: 9, do: 'remind' }], expire_after_ms: 9 } },
    'policy.deadline.ladder.0.after_ms',
  ],
  [
    'steps out of order',
    { deadline: { ladder: [9, 8].map((after_ms) => ({ after_ms, do: 'remind' })) } },
    'policy.deadline.ladder.1.after_ms',
  ],
  ['a queue that is not there', { deadline: widen('nowhere') }, 'policy.deadline.ladder.0.queue'],
  ['more of a role than agree', { quorum: { roles: { lead: 2 } } }, 'policy.quorum.roles.lead'],
  ['spot checks of nothing', { spot_check: 0.1 }, 'policy.spot_check'],
  ['viewers who decide', { decided_by: 'viewer' }, 'policy.decided_by'],
  [
    'a rule that is never reached',
    { mode: 'rules', rules: [over(5), over(9)] },
    'policy.rules.1.when',
  ],
])('[G10] %s is refused by its field, and nothing is left of it', async (_what, policy, field) => {
  const fine = { queue: 'kept', policy: { mode: 'always' } };
  await agent.call('PUT /gates/standing', fine);
  const before = await queues();
  const body = { queue: 'fresh', policy: { mode: 'always', ...policy } };
  for (const gate of ['standing', 'unheard-of']) {
    const refused = await agent.call(`PUT /gates/${gate}`, body);
    expect(refused).toMatchObject({ status: 422, body: { code: 'invalid', errors: [{ field }] } });
    expect(refused.body.errors).toHaveLength(1);
  }
  const stands = await agent.call('GET /gates/standing');
  expect(stands.body).toMatchObject({ queue: 'kept', policy_version: 1 });
  expect((await agent.call('GET /gates/unheard-of')).status).toBe(404);
  expect(await queues()).toEqual(before);
});

test('[G10] a ladder leads to queues that are there, its own gate’s included', async () => {
  const own = { queue: 'homely', policy: { mode: 'always', deadline: widen('homely') } };
  expect((await agent.call('PUT /gates/homely', own)).status).toBe(201);
  await agent.call('PUT /queues/wide', {});
  const wide = { policy: { mode: 'always', deadline: widen('wide') } };
  expect((await agent.call('PUT /gates/wider', wide)).status).toBe(201);
});

test('[G10] a preview refuses what saving would, by the same field', async () => {
  await agent.call('PUT /gates/previewed', { policy: { mode: 'never' } });
  const definition = { policy: { mode: 'always', spot_check: 0.5 } };
  expect(await agent.call('POST /gates/previewed/preview', { definition })).toMatchObject({
    status: 422,
    body: { errors: [{ field: 'policy.spot_check' }] },
  });
});

test('[G10] a question is held to its quorum as a gate is', async () => {
  const options = [{ value: 'yes' }, { value: 'no' }];
  const asked = {
    parts: [{ kind: 'text', name: 'text', text: 'Fine?' }],
    form: { questions: [{ name: 'fine', kind: 'choice', options }] },
  };
  for (const [quorum, field] of [
    [{ roles: { lead: 2 } }, 'quorum.roles.lead'],
    [{ veto: 'lead' }, 'quorum.veto'],
  ] as const) {
    expect(await agent.call('POST /cases', { ...asked, quorum })).toMatchObject({
      status: 422,
      body: { errors: [{ field }] },
    });
  }
});

test('[C20] who asks cannot have it approved by setting a time so short that nobody could look', async () => {
  const minute = 60_000;
  const deadline = {
    expire_after_ms: minute,
    fallback: 'approve',
    approve_in_words: 'small sums may go when nobody looks for a minute',
  };
  await agent.call('PUT /gates/lenient', { policy: { mode: 'always', deadline } });
  const held = async (own: object) =>
    (
      await agent.call<{ id: string }>('POST /gates/lenient/outputs', {
        action: { name: 'pay', arguments: { amount: 9 } },
        ...own,
      })
    ).body.id;
  const ended = async (id: string) => {
    const { body } = await agent.call<{ outcome: { status: string; fallback: string } }>(
      `GET /outputs/${id}?wait_ms=20000`,
    );
    const claim = await agent.call(`POST /outputs/${id}/claim`);
    return [body.outcome.status, body.outcome.fallback, claim.status];
  };
  const [hasty, patient] = [await held({ deadline_ms: 1 }), await held({})];
  expect(await ended(hasty)).toEqual(['expired', 'none', 409]);
  time.advance(minute);
  expect(await ended(patient)).toEqual(['expired', 'approve', 200]);
});
