import { type Conversation, plus, type Transcript } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { firstAdmin, newMember, type Person } from '../../server/src/testing/person.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { chatting } from './visitor.ts';

type Member = Person & { me: { id: string } };
let server: TestServer;
let admin: Caller;
let lena: Member;
let ana: Member;
let ben: Member;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  admin = await server.keyFor('admin');
  lena = await firstAdmin(server);
  ana = await newMember(server, lena, 'ana.lets@example.com', 'reviewer');
  ben = await newMember(server, lena, 'ben.lets@example.com', 'reviewer');
  await admin.call('PUT /bots/quiet', { title: 'Helper', posture: 'draft' });
});
afterAll(() => server?.stop());

const read = async (id: string) => (await admin.call<Transcript>(`GET /conversations/${id}`)).body;
/** A conversation that Ana has the wheel of and has answered in. */
async function answered() {
  const talk = await chatting(server.url, 'quiet', 'Kim');
  expect((await ana.call(`POST /conversations/${talk.id}/take`)).status).toBe(200);
  const body = { body: { kind: 'text', text: 'It is blue.' } };
  await ana.call(`POST /conversations/${talk.id}/messages`, body);
  const { seq } = (await read(talk.id)).conversation;
  return { ...talk, seq };
}
const resolve = (by: Caller, id: string, seen_seq: number) =>
  by.call<Conversation & { seq?: number }>(`POST /conversations/${id}/resolve`, { seen_seq });

test('[W92] a conversation is not ended over what its customer wrote since it was read', async () => {
  const { id, seq, say } = await answered();
  const { body: said } = await say('One more thing: does it come in red?');
  const refused = await resolve(ana, id, seq);
  expect([refused.status, refused.body.code, refused.body.seq]).toEqual([409, 'stale', said.seq]);
  const { conversation } = await read(id);
  expect(conversation).toMatchObject({ state: 'open', owner: { id: ana.me.id } });
  expect(conversation.waiting_since).not.toBeNull();
  // A lead reads no further than others; what the team said since hides nothing.
  expect((await resolve(lena, id, seq)).status).toBe(409);
  await ana.call(`POST /conversations/${id}/messages`, {
    body: { kind: 'text', text: 'It does.' },
  });
  expect((await resolve(ana, id, said.seq)).body.state).toBe('resolved');
  const whole = await answered();
  await whole.say('hello?');
  expect((await ana.call(`POST /conversations/${whole.id}/resolve`)).status).toBe(200);
  const odd = await resolve(ana, whole.id, -1);
  expect([odd.status, odd.body.errors?.[0]?.field]).toEqual([422, 'seen_seq']);
});

test('[W92] of a word and an end at the same moment the word is never buried', async () => {
  const came = await Promise.all(
    Array.from({ length: 12 }, async () => {
      const { id, seq, say } = await answered();
      const [ended, said] = await Promise.all([resolve(ana, id, seq), say('and in red?')]);
      expect(said.status).toBe(201);
      const { state } = (await read(id)).conversation;
      return { status: ended.status, state, after: said.body.seq > seq };
    }),
  );
  for (const { status, state, after } of came) {
    expect([200, 409]).toContain(status);
    expect([state, after]).toEqual(['open', true]);
  }
});

test('[W92] nobody hands over to themselves, and who sends it reads whether the other is there', async () => {
  const { id } = await answered();
  const send = (by: Caller, member_id: string) =>
    by.call<Conversation>(`POST /conversations/${id}/hand-off`, { member_id });
  for (const who of [ana, lena]) {
    const refused = await send(who, who.me.id);
    expect([refused.status, refused.body.errors?.[0]?.field]).toEqual([422, 'member_id']);
  }
  const away = { away_until: plus(new Date().toISOString(), 3_600_000), delegate_to: ana.me.id };
  expect((await ben.call('PUT /me/absence', away)).status).toBe(200);
  const to_self = await send(ana, ben.me.id);
  expect(to_self.body.errors?.[0]?.message).toContain('you stand in for them');
  expect((await read(id)).conversation.owner.id).toBe(ana.me.id);
  expect((await ben.call('PUT /me/absence', { away_until: null })).status).toBe(200);

  const sent = await send(ana, ben.me.id);
  expect(sent.status).toBe(200);
  expect(sent.body.hand_off?.offered_to).toMatchObject({ id: ben.me.id, presence: 'offline' });
  await ben.call('POST /me/here');
  const { hand_off } = (await read(id)).conversation;
  expect(hand_off?.offered_to).toMatchObject({ id: ben.me.id, presence: 'online' });
});
