import { setTimeout as pause } from 'node:timers/promises';
import {
  type Chat,
  type ChatTranscript,
  type Looking,
  type Transcript,
  typing_ms,
} from '@wheelhouse/core';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { firstAdmin, newMember, type Person } from '../../server/src/testing/person.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { until } from './until.ts';
import { chatting } from './visitor.ts';

let server: TestServer;
let admin: Caller;
let ana: Person;
let rita: Person;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  admin = await server.keyFor('admin');
  ana = await firstAdmin(server);
  rita = await newMember(server, ana, 'rita@example.com', 'reviewer');
  await admin.call('PUT /bots/default', { title: 'Helper', posture: 'off' });
});
afterAll(() => server?.stop());

const chatted = (name: string) => chatting(server.url, 'default', name);
const look = (by: Caller, id: string, typing = false) =>
  by.call<Looking>(`POST /conversations/${id}/looking`, { typing });
const seen = async (id: string) =>
  (await admin.call<Transcript>(`GET /conversations/${id}`)).body.conversation;
const chatOf = async (by: Caller, id: string): Promise<Chat> =>
  (await by.call<ChatTranscript>(`GET /chat/conversations/${id}`)).body.chat;

/** Frames of a stream as they come, until `enough`. */
async function heard(
  headers: Record<string, string>,
  path: string,
  enough: (text: string) => boolean,
): Promise<string> {
  const stop = new AbortController();
  const response = await fetch(`${server.url}/api/v1${path}`, {
    headers,
    signal: stop.signal,
  });
  let text = '';
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    text += new TextDecoder().decode(chunk);
    if (enough(text)) break;
  }
  stop.abort();
  return text;
}

test('[W16] who looks and who types is seen by both sides, and is over when it is over', async () => {
  const { by: kim, id } = await chatted('Kim');
  expect((await look(ana, id)).body).toEqual({
    looking: [{ member_id: expect.any(String), name: 'Ana', typing: false }],
    customer_typing: false,
  });
  expect((await chatOf(kim, id)).typing).toBe(false);
  const both = await look(rita, id, true);
  expect(both.body.looking.map(({ name, typing }) => [name, typing])).toEqual(
    expect.arrayContaining([
      ['Ana', false],
      ['rita', true],
    ]),
  );
  expect(await chatOf(kim, id)).toMatchObject({ typing: true });
  expect(JSON.stringify(await chatOf(kim, id))).not.toContain('rita');
  expect((await kim.call(`POST /chat/conversations/${id}/typing`)).status).toBe(204);
  expect(await seen(id)).toMatchObject({ customer_typing: true });
  // Said is no longer being typed.
  await kim.call(`POST /chat/conversations/${id}/messages`, { body: { kind: 'text', text: 'hi' } });
  expect(await seen(id)).toMatchObject({ customer_typing: false });
  await rita.call(`POST /conversations/${id}/messages`, { body: { kind: 'text', text: 'Hello' } });
  expect(await chatOf(kim, id)).toMatchObject({ typing: false });
  const engine = new pg.Client({ connectionString: server.database_url });
  await engine.connect();
  await engine.query("update looking set at = at - interval '30 s' where conversation_id = $1", [
    id,
  ]);
  await engine.end();
  expect(await seen(id)).toMatchObject({ looking: [], customer_typing: false });
});

test('[W16] it reaches open streams without an event of its own', async () => {
  const { by: kim, id } = await chatted('Lee');
  const before = await admin.call<{ rows: unknown[] }>(`GET /audit?subject=${id}`);
  const told = heard(
    { authorization: `Bearer ${kim.key}` },
    `/chat/conversations/${id}/stream?after=0`,
    (text) => text.includes('"typing":true'),
  );
  const desk = heard({ cookie: ana.cookie() }, '/events', (text) =>
    text.includes('"customer_typing":true'),
  );
  // Who comes to listen a moment too late hears of the next time: what is typed lapses in between.
  const both = Promise.all([told, desk]).then(() => true);
  for (let over = false; !over; ) {
    await look(rita, id, true);
    await kim.call(`POST /chat/conversations/${id}/typing`);
    over = await Promise.race([both, pause(1.5 * typing_ms, false)]);
  }
  expect(await told).toContain('"typing":true');
  const frames = (await desk).split('\n\n').filter((frame) => frame.includes('event: looking'));
  expect(frames.join()).toContain(id);
  // A reader's place in the log is no matter of who looks.
  expect(frames.join()).not.toContain('id: ');
  const after = await admin.call<{ rows: unknown[] }>(`GET /audit?subject=${id}`);
  expect(after.body.rows).toHaveLength(before.body.rows.length);
});

test('[W16] only a person looks, only at what is there, and only the customer types there', async () => {
  const [{ by: kim, id }, { by: lee }] = [await chatted('Kim'), await chatted('Lee')];
  expect((await look(admin, id)).status).toBe(403);
  expect((await look(ana, 'conv_00000000000000000000000000')).status).toBe(404);
  expect((await lee.call(`POST /chat/conversations/${id}/typing`)).status).toBe(404);
  await kim.call(`POST /chat/conversations/${id}/messages`, { body: { kind: 'text', text: 'hi' } });
  // Its bot has said that it hands over, and says no more.
  const { seq } = await until(async () => {
    const now = await seen(id);
    return now.owner.kind === 'queue' ? now : undefined;
  });
  for (const asked of [seq + 50, 0]) {
    expect((await ana.call(`POST /conversations/${id}/read`, { seq: asked })).status).toBe(204);
    expect(await seen(id)).toMatchObject({ team_read_seq: seq });
  }
});
