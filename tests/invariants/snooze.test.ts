import type { Conversation, ConversationRow, Event, Page, Transcript } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { serveBeside } from '../../server/src/testing/beside.ts';
import { firstAdmin, newMember, type Person } from '../../server/src/testing/person.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { until } from './until.ts';

let server: TestServer;
let second: Awaited<ReturnType<typeof serveBeside>>;
let admin: Caller;
let ana: Person;
let first: Caller;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  second = await serveBeside(server.database_url);
  admin = await server.keyFor('admin');
  first = await firstAdmin(server);
  ana = await newMember(server, first, 'ana.snoozes@example.com', 'reviewer');
  const waiting = { tell_after_ms: 900_000, silent_after_ms: 900_000, silent_grace_ms: 900_000 };
  await admin.call('PUT /bots/plain', { title: 'Helper', posture: 'off', waiting });
});
afterAll(async () => {
  await second?.close();
  await server?.stop();
});

const write = (id: string, by: Caller, from: 'me' | 'contact') =>
  by.call(`POST /conversations/${id}/messages`, { from, body: { kind: 'text', text: 'hello' } });
/** A conversation that a member has answered. */
async function answered(by: Person = ana): Promise<string> {
  const { body } = await admin.call<Conversation>('POST /conversations', { bot: 'plain' });
  await write(body.id, admin, 'contact');
  await write(body.id, by, 'me');
  return body.id;
}
const snooze = (id: string, ms: number, by: Person = ana) =>
  by.call<Conversation>(`POST /conversations/${id}/snooze`, {
    until: new Date(Date.now() + ms).toISOString(),
  });
const stands = async (view: string, by: Person = ana) =>
  (await by.call<Page<ConversationRow>>(`GET /conversations?view=${view}`)).body.rows.map(
    ({ id }) => id,
  );
const read = async (id: string) =>
  (await admin.call<Transcript>(`GET /conversations/${id}`)).body.conversation;
const backOf = async (id: string) =>
  (await admin.call<{ rows: Event[] }>(`GET /audit?subject=${id}&type=conversation.unsnoozed`)).body
    .rows;

test('[W32] what is put aside is in no list but its own, and comes back by itself, once, over a restart', async () => {
  const id = await answered();
  const { status, body } = await snooze(id, 8_000);
  expect([status, typeof body.snoozed_until]).toEqual([200, 'string']);
  for (const view of ['mine', 'open']) expect(await stands(view)).not.toContain(id);
  expect(await stands('snoozed')).toContain(id);
  const { body: counts } = await ana.call<{ mine: number; snoozed: number }>(
    'GET /conversation-counts',
  );
  expect(counts).toMatchObject({ mine: 0, snoozed: 1 });
  await second.close();
  second = await serveBeside(server.database_url);
  await until(async () => (await read(id)).snoozed_until === null);
  expect(await stands('mine')).toContain(id);
  await new Promise((done) => setTimeout(done, 1_500));
  const [back, ...more] = await backOf(id);
  expect([back?.data.why, more]).toEqual(['time', []]);
  expect(Date.parse(back?.at ?? '')).toBeGreaterThanOrEqual(Date.parse(String(back?.data.until)));
});

test('[W32] it comes back when the customer writes, and when it is taken back', async () => {
  const id = await answered();
  await snooze(id, 3_600_000);
  // A note or another word of their own leaves it aside.
  await write(id, ana, 'me');
  expect((await read(id)).snoozed_until).not.toBeNull();
  await write(id, admin, 'contact');
  expect(await read(id)).toMatchObject({ snoozed_until: null, owner: { kind: 'member' } });
  await snooze(id, 3_600_000);
  const { body } = await ana.call<Conversation>(`POST /conversations/${id}/unsnooze`);
  expect(body.snoozed_until).toBeNull();
  expect((await backOf(id)).map(({ data }) => data.why).sort()).toEqual(['customer', 'undone']);
});

test('[W32] it comes back to the queue when whoever put it aside is gone', async () => {
  const gone = await newMember(server, first, 'gone@example.com', 'reviewer');
  const id = await answered(gone);
  expect((await snooze(id, 5_000, gone)).status).toBe(200);
  expect((await admin.call(`DELETE /members/${gone.me.id}`)).status).toBeLessThan(300);
  const back = await until(async () => {
    const now = await read(id);
    return now.owner.kind === 'queue' ? now : undefined;
  });
  expect([back.snoozed_until, back.hand_off === null]).toEqual([null, false]);
});

test('[W32] only who has the wheel puts it aside, until a moment to come', async () => {
  const id = await answered();
  const refused = async (given: unknown) => {
    const { status, body } = await ana.call(`POST /conversations/${id}/snooze`, given);
    return [status, body.code, body.errors?.map(({ field }) => field)];
  };
  expect(await refused({ until: '2020-01-01T00:00:00Z' })).toEqual([422, 'invalid', ['until']]);
  expect(await refused({})).toEqual([422, 'invalid', ['until']]);
  await ana.call(`POST /conversations/${id}/hand-back`, {});
  const later = new Date(Date.now() + 60_000).toISOString();
  expect(await refused({ until: later })).toEqual([409, 'wheel_not_held', undefined]);
});
