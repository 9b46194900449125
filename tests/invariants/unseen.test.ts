import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';

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
