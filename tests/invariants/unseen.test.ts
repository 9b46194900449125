import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
});
afterAll(() => server?.stop());

test('[C10] in shadow nobody who may decide sees what the AI said, anywhere, before it is decided', async () => {
  const agent = await server.keyFor('builder');
  const desk = await server.keyFor('reviewer');
  const admin = await server.keyFor('admin');
  await agent.call('PUT /gates/shadowed', { policy: { mode: 'shadow' } });
  const held = await agent.call<{ id: string; case_id: string }>('POST /gates/shadowed/outputs', {
    input: 'where is my lamp',
    content: 'the-hidden-answer',
    confidence: 0.4321,
    scores: { lamp: 0.4321 },
    model: 'the-hidden-model',
    metadata: { hint: 'the-hidden-answer' },
  });
  const { id, case_id } = held.body;
  for (const who of [desk, admin]) {
    for (const what of [
      `/outputs/${id}`,
      `/outputs/${id}/life`,
      '/outputs',
      '/outputs?gate=shadowed',
      `/cases/${case_id}`,
      '/cases',
      '/home',
      `/cases/${case_id}/notes`,
    ]) {
      const said = JSON.stringify((await who.call(`GET ${what}`)).body);
      expect(said, what).not.toMatch(/hidden|0\.4321/);
    }
  }
  expect((await agent.call(`GET /outputs/${id}`)).body).toMatchObject({
    content: 'the-hidden-answer',
  });
  for (const what of ['?confidence_min=0.4&confidence_max=0.5', '?confidence_min=0.01']) {
    expect((await desk.call(`GET /outputs${what}`)).body).toMatchObject({ rows: [] });
  }
  expect((await agent.call('GET /outputs?confidence_min=0.4')).body).toMatchObject({
    rows: [{ id }],
  });
  const claimed = await desk.call('POST /queues/default/claim', {});
  expect(JSON.stringify(claimed.body)).not.toMatch(/hidden|0\.4321/);
  const answered = await desk.call(`POST /cases/${case_id}/answers`, {
    values: { answer: 'The-Hidden-Answer' },
  });
  expect(answered.body).toMatchObject({ resolution: { outcome: 'answered', agreed: true } });
  expect((await desk.call(`GET /outputs/${id}`)).body).toMatchObject({
    content: 'the-hidden-answer',
    outcome: { status: 'answered' },
  });
});

test('[C10] in shadow a search answers nothing about what it may not show', async () => {
  const agent = await server.keyFor('builder');
  const desk = await server.keyFor('reviewer');
  await agent.call('PUT /gates/guessed', { policy: { mode: 'shadow' } });
  // Its title is made of what the AI wants to do.
  const action = { name: 'refund', arguments: { amount: 7331 } };
  const held = await agent.call<{ id: string; case_id: string }>('POST /gates/guessed/outputs', {
    input: 'where is my lamp',
    action,
  });
  const { id, case_id } = held.body;
  const found = async (by: typeof desk, q: string) =>
    (await by.call<{ rows: object[] }>(`GET /outputs?q=${q}`)).body.rows.length;
  expect([await found(desk, 'refund'), await found(desk, '7,331')]).toEqual([0, 0]);
  expect([await found(desk, id), await found(agent, 'refund')]).toEqual([1, 1]);
  const titled = async (by: typeof desk) =>
    (await by.call<{ title: string }>(`GET /outputs/${id}`)).body.title;
  expect([await titled(desk), await titled(agent)]).toEqual(['where is my lamp', 'refund: 7,331']);
  await desk.call(`POST /cases/${case_id}/answers`, { values: { answer: 'no' } });
  expect(await found(desk, 'refund')).toBe(1);
  expect(await titled(desk)).toBe('refund: 7,331');
});

test('[C10] a decision that was taken back is told to nobody who may decide anew', async () => {
  const agent = await server.keyFor('builder');
  const [bob, cyd] = [await server.keyFor('reviewer'), await server.keyFor('reviewer')];
  await agent.call('PUT /gates/second-thoughts', { policy: { mode: 'always', undo_ms: 60_000 } });
  const held = await agent.call<{ id: string; case_id: string }>(
    'POST /gates/second-thoughts/outputs',
    { content: 'a reply' },
  );
  const { id, case_id } = held.body;
  const rejected = { values: { verdict: 'reject', reason: 'rude' } };
  expect((await bob.call(`POST /cases/${case_id}/answers`, rejected)).status).toBe(200);
  expect((await bob.call(`POST /cases/${case_id}/undo`)).status).toBe(200);
  const life = await cyd.call<{ events: { type: string }[] }>(`GET /outputs/${id}/life`);
  expect(life.body.events.map(({ type }) => type)).toContain('case.resolved');
  expect(JSON.stringify(life.body)).not.toContain('reject');
});

/** Everything one may read of a case and its output, as text. */
async function allOf(by: Caller, { id, case_id }: { id: string; case_id: string }) {
  const addresses = [
    `/cases/${case_id}`,
    `/cases/${case_id}/notes`,
    `/outputs/${id}`,
    `/outputs/${id}/life`,
    '/cases?view=resolved',
    '/outputs',
  ];
  const said = await Promise.all(addresses.map((one) => by.call(`GET ${one}`)));
  return JSON.stringify(said.map(({ body }) => body));
}

test('[C10] while a shadow decision can be undone, its rater is not told what the AI said', async () => {
  const agent = await server.keyFor('builder');
  const bob = await server.keyFor('reviewer');
  await agent.call('PUT /gates/shadow-undo', { policy: { mode: 'shadow', undo_ms: 60_000 } });
  const held = await agent.call<{ id: string; case_id: string }>(
    'POST /gates/shadow-undo/outputs',
    {
      input: 'which',
      content: 'the-secret-answer',
      confidence: 0.8765,
    },
  );
  const { case_id } = held.body;
  const answer = { values: { answer: 'mine' } };
  const answered = await bob.call(`POST /cases/${case_id}/answers`, answer);
  expect(answered.body).toMatchObject({ case: { state: 'resolved' }, resolution: null });
  const told = JSON.stringify(answered.body) + (await allOf(bob, held.body));
  expect(told).not.toMatch(/secret|0\.8765|"agreed":(true|false)/);
  expect((await bob.call(`POST /cases/${case_id}/undo`)).status).toBe(200);
  expect(await allOf(bob, held.body)).not.toMatch(/secret|0\.8765/);
});

test('[C10] while a quorum can be undone, no rater is told what another said', async () => {
  const agent = await server.keyFor('builder');
  const [bob, cyd] = [await server.keyFor('reviewer'), await server.keyFor('reviewer')];
  const quorum = { approvals: 2, of: 2 };
  const policy = { mode: 'always', undo_ms: 60_000, quorum };
  await agent.call('PUT /gates/two-undo', { policy });
  const held = await agent.call<{ id: string; case_id: string }>('POST /gates/two-undo/outputs', {
    content: 'a reply',
  });
  const { case_id } = held.body;
  const values = { verdict: 'approve', reason: 'BOBSAYS' };
  await bob.call(`POST /cases/${case_id}/notes`, { text: 'I think BOBSAYS', mentions: [] });
  await bob.call(`POST /cases/${case_id}/answers`, { values, note: 'BOBSAYS' });
  expect(await allOf(cyd, held.body)).not.toContain('BOBSAYS');
  const last = await cyd.call(`POST /cases/${case_id}/answers`, { values: { verdict: 'approve' } });
  expect(last.body).toMatchObject({ case: { state: 'resolved' }, resolution: null });
  expect(last.body).toMatchObject({ case: { undo_until: expect.any(String) } });
  const told = JSON.stringify(last.body) + (await allOf(cyd, held.body));
  expect(told).not.toMatch(/BOBSAYS|"outcome":"approved"/);
  expect((await cyd.call(`POST /cases/${case_id}/undo`)).status).toBe(200);
  expect(await allOf(cyd, held.body)).not.toMatch(/BOBSAYS|approved/);
});

test('[S6] a pattern that some text could make run for ever is refused when it is saved', async () => {
  const builder = await server.keyFor('builder');
  const put = (pattern: string) =>
    builder.call('PUT /gates/patterned', {
      policy: { mode: 'always' },
      action: {
        name: 'r',
        arguments_schema: {
          type: 'object',
          properties: { a: { type: 'array', items: { type: 'string', pattern } } },
        },
      },
    });
  for (const pattern of ['^(a+)+$', '^(a|a)*$', '(x+x+)+y', '([a-z]+)*$']) {
    const refused = await put(pattern);
    expect(refused, pattern).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'action.arguments_schema' }] },
    });
  }
  for (const pattern of ['^LH-\\d{5}$', '^[A-Z]{2}\\d+$', '^(EUR|GBP)$']) {
    expect((await put(pattern)).status, pattern).toBeLessThan(300);
  }
});

test('[S6] an address that is not well formed gets a problem document', async () => {
  const response = await fetch(`${server.url}/api/v1/cases/%zz`);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ code: 'malformed' });
});
