import type { Conversation, Transcript } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { firstAdmin, newMember } from '../../server/src/testing/person.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { asOwner } from './record.ts';
import { until } from './until.ts';
import { chatting } from './visitor.ts';

let server: TestServer;
let admin: Caller;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  admin = await server.keyFor('admin');
  await admin.call('PUT /bots/quiet', { title: 'Helper', posture: 'off' });
});
afterAll(() => server?.stop());

test('[W132] what is sent to a colleague while the bot asks for a person goes to that colleague', async () => {
  const lena = await firstAdmin(server);
  const ben = await newMember(server, lena, 'ben.meanwhile@example.com', 'reviewer');
  const text = { from: 'contact', body: { kind: 'text', text: 'Is anybody there?' } };
  const rounds = Array.from({ length: 60 }, async (_none, round) => {
    const opened = { bot: 'quiet', contact: { name: 'Kim' } };
    const { id } = (await admin.call<Conversation>('POST /conversations', opened)).body;
    const asked = admin.call(`POST /conversations/${id}/messages`, text);
    // At another moment of the bot's turn each time.
    await new Promise((resolve) => setTimeout(resolve, round * 4));
    const to = { member_id: ben.me.id };
    const sent = await lena.call<Conversation>(`POST /conversations/${id}/hand-off`, to);
    await asked;
    return { id, status: sent.status };
  });
  for (const { id, status } of await Promise.all(rounds)) {
    expect(status).toBe(200);
    const { conversation } = (await admin.call<Transcript>(`GET /conversations/${id}`)).body;
    expect(conversation.hand_off).toMatchObject({
      ...{ offered_to: { id: ben.me.id }, sent_by: { id: lena.me.id } },
    });
  }
});

test('[W132] what is sent to a colleague between a person’s being asked for and its commit is not lost', async () => {
  const lead = await newMember(server, admin, 'lea.meanwhile@example.com', 'lead');
  const bo = await newMember(server, admin, 'bo.meanwhile@example.com', 'reviewer');
  const { by: kim, id } = await chatting(server.url, 'quiet', 'Kim');
  const calls: Promise<{ status: number }>[] = [];
  await asOwner(server.database_url, async (client) => {
    const waits = `select 1 from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`;
    const waiting = (count: number) =>
      until(async () => (await client.query(waits)).rows.length >= count);
    await client.query('begin');
    await client.query('select 1 from conversations where id = $1 for update', [id]);
    // One behind the other: whoever is second has seen that nobody was asked for.
    calls.push(kim.call(`POST /chat/conversations/${id}/hand-off`));
    await waiting(1);
    calls.push(lead.call(`POST /conversations/${id}/hand-off`, { member_id: bo.me.id }));
    await waiting(2);
    await client.query('commit');
  });
  for (const { status } of await Promise.all(calls)) expect(status).toBe(200);
  const { conversation } = (await admin.call<Transcript>(`GET /conversations/${id}`)).body;
  expect(conversation.hand_off).toMatchObject({
    ...{ offered_to: { id: bo.me.id }, sent_by: { id: lead.me.id } },
  });
});
