import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { newMember } from '../../server/src/testing/person.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';

let server: TestServer;
let admin: Caller;
beforeAll(async () => {
  server = await startServer({
    url_pattern: inject('engine'),
    settings: { WHEELHOUSE_SIGN_IN_LIMIT: '1000000' },
  });
  admin = await server.keyFor('admin');
});
afterAll(() => server?.stop());

/** Opens the event stream, as a browser or a program does. */
async function openStream(headers: Record<string, string>) {
  const response = await fetch(`${server.url}/api/v1/events`, { headers });
  if (!response.body) throw new Error('no stream');
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const readUntil = async (word: string) => {
    for (;;) {
      if (text.includes(word)) return;
      const { value, done } = await reader.read();
      if (done) throw new Error(`closed before "${word}": ${text}`);
      text += value;
    }
  };
  const ended = (async () => {
    await readUntil('event: ready');
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return text;
      text += value;
    }
  })();
  return { response, ended, text: () => text };
}

const asProgram = (by: Caller) => ({ authorization: `Bearer ${by.key}` });

test('[S4] a revoked key’s stream says so and closes within five seconds; others stay', async () => {
  const key = await server.keyFor('viewer');
  const stays = await openStream(asProgram(admin));
  const stream = await openStream(asProgram(key));
  const since_ms = Date.now();
  await admin.call(`DELETE /keys/${key.id}`);
  expect(await stream.ended).toMatch(/event: signed_out\ndata: \{\}\n\n$/);
  // Invariant 19 has a bound in time, so this one assertion has.
  expect(Date.now() - since_ms).toBeLessThan(5_000);
  expect(await key.call('GET /me')).toMatchObject({
    status: 401,
    body: { code: 'unauthenticated' },
  });
  expect(stays.text()).not.toContain('signed_out');
  await stays.response.body?.cancel().catch(() => {});
});

const ends: [string, (id: string) => Promise<unknown>][] = [
  ['removed', (id) => admin.call(`DELETE /members/${id}`)],
  ['given another role', (id) => admin.call(`PATCH /members/${id}`, { role: 'lead' })],
];
for (const [how, act] of ends) {
  test(`[S4] the stream of a member who is ${how} closes within five seconds`, async () => {
    const bo = await newMember(server, admin, `${how.replaceAll(' ', '.')}@b.co`, 'reviewer');
    const stream = await openStream({ cookie: bo.cookie() });
    const since_ms = Date.now();
    await act(bo.me.id);
    expect(await stream.ended).toMatch(/event: signed_out\ndata: \{\}\n\n$/);
    expect(Date.now() - since_ms).toBeLessThan(5_000);
    expect(await bo.call('GET /me')).toMatchObject({ status: 401 });
    expect(await bo.call('POST /queues/*/claim', {})).toMatchObject({ status: 401 });
  });
}

test('[S4] a session that is ended elsewhere takes its stream along', async () => {
  const bo = await newMember(server, admin, 'elsewhere@b.co', 'viewer');
  const stream = await openStream({ cookie: bo.cookie() });
  await bo.call('DELETE /session');
  expect(await stream.ended).toMatch(/event: signed_out\ndata: \{\}\n\n$/);
});

test('[S4] who waits for a decision hears nothing of it when the right has ended meanwhile', async () => {
  const key = await server.keyFor('builder');
  const rules = [{ when: { field: 'risk', op: '=', value: 'none' }, then: 'pass', reason: 'none' }];
  await key.call('PUT /gates/slow', {
    title: 'Slow',
    policy: { mode: 'rules', otherwise: 'hold', rules },
  });
  const held = await key.call<{ id: string }>('POST /gates/slow/outputs', { content: 'so?' });
  const waiting = key.call(`GET /outputs/${held.body.id}?wait_ms=6000`);
  await admin.call(`DELETE /keys/${key.id}`);
  expect(await waiting).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
});

test('[S1] a stream carries the events of its own workspace only', async () => {
  const elsewhere = await server.newWorkspace('Elsewhere');
  const stranger = await server.keyFor('admin', elsewhere);
  const ours = await openStream(asProgram(admin));
  const theirs = await openStream(asProgram(stranger));
  await stranger.call('PUT /queues/theirs', {});
  await admin.call('PUT /queues/ours', {});
  for (const [by, stream] of [
    [admin, ours],
    [stranger, theirs],
  ] as const) {
    const { id } = await server.keyFor('viewer', by === admin ? server.workspace_id : elsewhere);
    await expect.poll(() => stream.text()).toContain(id);
  }
  expect(ours.text()).not.toContain('"theirs"');
  expect(theirs.text()).not.toContain('"ours"');
  for (const { response } of [ours, theirs]) await response.body?.cancel().catch(() => {});
});
