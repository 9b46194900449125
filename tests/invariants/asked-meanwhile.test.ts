import type { Conversation, Transcript } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { firstAdmin, newMember } from '../../server/src/testing/person.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';

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
