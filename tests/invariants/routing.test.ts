import type { Chat, ChatTranscript, Conversation, Member, Transcript } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { serveBeside } from '../../server/src/testing/beside.ts';
import { firstAdmin, newMember, type Person } from '../../server/src/testing/person.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { until } from './until.ts';
import { chatting } from './visitor.ts';

type Someone = Awaited<ReturnType<typeof newMember>>;

let server: TestServer;
let second: Awaited<ReturnType<typeof serveBeside>>;
let admin: Caller;
let lead: Person;
let ana: Someone;
let ben: Someone;
const unhurried = { offer_ms: 3_600_000, widen_after_ms: 3_600_000 };
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  // Another looks for people too, in the same database.
  second = await serveBeside(server.database_url);
  admin = await server.keyFor('admin');
  lead = await firstAdmin(server);
  ana = await newMember(server, lead, 'ana.routes@example.com', 'reviewer');
  ben = await newMember(server, lead, 'ben.routes@example.com', 'reviewer');
  await admin.call('PUT /bots/shop', { title: 'Helper', posture: 'off', waiting: unhurried });
  const fast = { offer_ms: 500, widen_after_ms: 3_600_000 };
  await admin.call('PUT /bots/fast', { title: 'Helper', posture: 'off', waiting: fast });
  // What is offered stays so, while less and less is asked for.
  const widening = { ...unhurried, widen_after_ms: 2_000, call_back_after_ms: 2_000 };
  await admin.call('PUT /bots/widening', { title: 'Helper', posture: 'off', waiting: widening });
});
afterAll(async () => {
  await second?.close();
  await server?.stop();
});

const come = (who: Caller, presence: 'online' | 'away' = 'online') =>
  who.call<Member>('PUT /me/presence', { presence });
const able = (who: Someone, change: object) =>
  admin.call<Member>(`PATCH /members/${who.me.id}/abilities`, change);
const read = async (id: string) =>
  (await admin.call<Transcript>(`GET /conversations/${id}`)).body.conversation;
const offeredTo = async (id: string) => (await read(id)).hand_off?.offered_to?.id ?? null;
const begin = async (body: object = {}) =>
  (await admin.call<Conversation>('POST /conversations', { bot: 'shop', ...body })).body.id;
const handOff = (id: string, body: object = {}, by: Caller = admin) =>
  by.call<Conversation>(`POST /conversations/${id}/hand-off`, body);
const begun = async (body: object = {}, sent: object = {}) => {
  const id = await begin(body);
  const { body: told } = await handOff(id, sent);
  return { id, to: told.hand_off?.offered_to?.id ?? null };
};
const memberOf = async (who: Someone) =>
  (await admin.call<{ rows: Member[] }>('GET /members')).body.rows.find(
    ({ id }) => id === who.me.id,
  ) as Member;
const eventsOf = async (id: string, type: string) =>
  (
    await admin.call<{ rows: { data: Record<string, unknown> }[] }>(
      `GET /audit?subject=${id}&type=${type}`,
    )
  ).body.rows;

/** Nobody is there, and everything open is over. */
async function clear(): Promise<void> {
  await Promise.all([ana, ben].map((who) => come(who, 'away')));
  for (const who of [ana, ben]) await able(who, { capacity: 5, skills: [], languages: [] });
  const { body } = await admin.call<{ rows: Conversation[] }>('GET /conversations?view=open');
  for (const { id } of body.rows) await lead.call(`POST /conversations/${id}/resolve`);
}

test('[W27] who shows signs of life is there, until they say that they are away; others are offline', async () => {
  await clear();
  const kim = await newMember(server, lead, 'kim.routes@example.com', 'reviewer');
  expect((await memberOf(kim)).presence).toBe('offline');
  expect((await kim.call('POST /me/here')).status).toBe(204);
  expect((await memberOf(kim)).presence).toBe('online');
  expect((await come(kim, 'away')).body.presence).toBe('away');
  // A sign of life takes back nothing that was said by hand.
  await kim.call('POST /me/here');
  expect((await memberOf(kim)).presence).toBe('away');
  expect(await eventsOf(kim.me.id, 'member.presence_changed')).toHaveLength(1);
  expect((await admin.call('POST /me/here')).status).toBe(403);
});

test('[W27] a lead says what a member takes on, and nobody for themselves', async () => {
  await clear();
  const change = { capacity: 2, skills: ['billing', 'billing'], languages: ['de'] };
  const path = `PATCH /members/${ana.me.id}/abilities`;
  expect((await ana.call(path, change)).status).toBe(403);
  const { body } = await (await server.keyFor('lead')).call<Member>(path, change);
  expect(body).toMatchObject({ capacity: 2, skills: ['billing'], languages: ['de'] });
  expect((await eventsOf(ana.me.id, 'member.enabled'))[0]?.data).toMatchObject({ capacity: 2 });
  const refused = await lead.call(path, { capacity: -1, languages: ['German!'] });
  expect(refused.body.errors?.map(({ field }) => field)).toEqual(['capacity', 'languages.0']);
});

test('[W11] it goes by skill, language, load and who had the contact last, in one transaction', async () => {
  await clear();
  await able(ana, { skills: ['billing'] });
  await able(ben, { languages: ['de'] });
  await come(ana);
  await come(ben);
  expect((await begun({}, { skills: ['billing'] })).to).toBe(ana.me.id);
  expect((await begun({ contact: { language: 'de-AT' } })).to).toBe(ben.me.id);
  // Ana and Ben have one each by now, so it is not load that decides here.
  const contact = { external_id: 'returns-often' };
  const first = await begun({ contact });
  await ben.call(`POST /conversations/${first.id}/take`);
  await ben.call(`POST /conversations/${first.id}/resolve`);
  await begun({ contact: { language: 'de' } });
  expect((await memberOf(ben)).open_conversations).toBe(2);
  expect((await begun({ contact })).to).toBe(ben.me.id);
  expect((await begun()).to).toBe(ana.me.id);
  // The very event of the hand-off and that of the offer are of one moment.
  const { id, to } = await begun();
  const offered = await eventsOf(id, 'conversation.offered');
  expect(offered.map(({ data }) => [data.to, data.why])).toEqual([[to, 'load']]);
});

test('[W11] what suits nobody is everybody’s, and is offered when somebody comes or has room again', async () => {
  await clear();
  await able(ana, { capacity: 1 });
  const { id, to } = await begun();
  expect(to).toBeNull();
  await come(ana);
  await until(async () => (await offeredTo(id)) === ana.me.id);
  const next = await begun();
  expect(next.to).toBeNull();
  // Whoever comes by their own hand is as good.
  const third = await begun();
  expect((await ben.call(`POST /conversations/${third.id}/take`)).status).toBe(200);
  await ana.call(`POST /conversations/${id}/take`);
  await ana.call(`POST /conversations/${id}/resolve`);
  await until(async () => (await offeredTo(next.id)) === ana.me.id);
  await come(ana, 'away');
  await come(ben);
  await until(async () => (await offeredTo(next.id)) === ben.me.id);
});

test('[W11] an offer says who is asked first, and takes the wheel from nobody else who comes', async () => {
  await clear();
  await come(ana);
  const { id, to } = await begun();
  expect(to).toBe(ana.me.id);
  const taken = await ben.call<Conversation>(`POST /conversations/${id}/take`);
  expect([taken.status, taken.body.owner.id]).toEqual([200, ben.me.id]);
  expect((await ana.call(`POST /conversations/${id}/take`)).body.code).toBe('wheel_taken');
});

test('[W11] hand-offs at the same moment never give one member more than they take', async () => {
  await clear();
  await able(ana, { capacity: 3 });
  await able(ben, { capacity: 2 });
  await come(ana);
  await come(ben);
  const ids = await Promise.all(Array.from({ length: 16 }, () => begin()));
  // Half of them at each of two servers, each over connections of its own.
  const beside = await Promise.all(
    ids.map((id, at) =>
      fetch(`${at % 2 ? server.url : second.url}/api/v1/conversations/${id}/hand-off`, {
        method: 'POST',
        headers: { authorization: `Bearer ${admin.key}`, 'content-type': 'application/json' },
        body: '{}',
      }),
    ),
  );
  expect(beside.every(({ status }) => status === 200)).toBe(true);
  const given = async () => {
    const all = await Promise.all(ids.map(offeredTo));
    return [ana, ben].map((who) => all.filter((id) => id === who.me.id).length);
  };
  await until(async () => (await given()).join() === '3,2');
  await new Promise((done) => setTimeout(done, 1_500));
  expect(await given()).toEqual([3, 2]);
  expect((await memberOf(ana)).open_conversations).toBe(3);
});

test('[W29] who lets it lapse is passed over for the next; with nobody left it is everybody’s again', async () => {
  await clear();
  await come(ana);
  await come(ben);
  const { id, to } = await begun({ bot: 'fast' });
  const other = to === ana.me.id ? ben.me.id : ana.me.id;
  // An offer stands for half a second, so what is on record is waited for.
  const told = await until(async () => {
    const offers = await eventsOf(id, 'conversation.offered');
    return offers.length > 3 ? offers.map(({ data }) => data.to) : undefined;
  });
  expect(told.reverse()).toEqual([to, null, other, null]);
  expect(await offeredTo(id)).toBeNull();
});

test('[W29] while nobody comes the skill is dropped, and the customer may leave where to be called back', async () => {
  await clear();
  await come(ana);
  const { by: kim, id } = await chatting(server.url, 'widening', 'Kim');
  await kim.call(`POST /chat/conversations/${id}/hand-off`);
  const { hand_off } = (await handOff(id, { skills: ['repairs'] })).body;
  expect(hand_off).toMatchObject({ skills: ['repairs'], offered_to: null });
  await second.close();
  second = await serveBeside(server.database_url);
  await until(async () => (await offeredTo(id)) === ana.me.id);
  expect((await read(id)).hand_off?.skills).toEqual([]);
  const chat = async () =>
    (await kim.call<ChatTranscript>(`GET /chat/conversations/${id}`)).body.chat;
  await until(async () => (await chat()).call_back === 'offered');
  const path = `POST /chat/conversations/${id}/call-back`;
  const refused = await kim.call(path, { time: 'soon' });
  expect([refused.status, refused.body.errors?.[0]?.field]).toEqual([422, 'email']);
  expect((await kim.call(path, { phone: 'ring me' })).body.errors?.[0]?.field).toBe('phone');
  const left = { phone: '+44 20 7946 0000', time: 'after five' };
  expect((await kim.call<Chat>(path, left)).body.call_back).toBe('asked');
  expect((await read(id)).call_back).toMatchObject({ ...left, email: null, done_at: null });
  // It stands until somebody did it, and whoever did it closes it.
  await ana.call(`POST /conversations/${id}/take`);
  expect((await read(id)).call_back?.done_at).toBeNull();
  await ana.call(`POST /conversations/${id}/resolve`);
  expect((await read(id)).call_back).toMatchObject({ done_by: ana.me.id });
  expect(await eventsOf(id, 'conversation.called_back')).toHaveLength(1);
  expect((await chat()).call_back).toBeNull();
});

test('[W28] sent to a colleague, it is theirs first, with who sent it and why', async () => {
  await clear();
  await come(ana);
  const id = await begin();
  await ana.call(`POST /conversations/${id}/take`);
  const body = { member_id: ben.me.id, note: 'They ask for you by name.' };
  const sent = await handOff(id, body, ana);
  expect(sent.body.hand_off).toMatchObject({
    offered_to: { id: ben.me.id },
    sent_by: { id: ana.me.id, name: 'ana.routes' },
    note: body.note,
  });
  expect(sent.body.owner.kind).toBe('queue');
  const { case_id } = sent.body.hand_off ?? {};
  expect(
    (await admin.call<{ assigned_to: string }>(`GET /cases/${case_id}`)).body.assigned_to,
  ).toBe(ben.me.id);
  // Sent on while it waits, to a queue, it keeps its place in time.
  await admin.call('PUT /queues/specialists', { title: 'Specialists' });
  const on = await handOff(id, { queue: 'specialists', note: 'Not mine.' }, ben);
  expect(on.body).toMatchObject({
    owner: { kind: 'queue', id: 'specialists' },
    waiting_since: sent.body.waiting_since,
    hand_off: { sent_by: { id: ben.me.id }, note: 'Not mine.' },
  });
  expect(on.body.hand_off?.offered_to?.id).toBe(ana.me.id);
});

test('[W28] whose conversation is sent to a colleague is not told of others who wait before', async () => {
  await clear();
  await Promise.all([begun(), begun()]);
  const kim = await chatting(server.url, 'shop');
  await kim.say('hi');
  await admin.call(`POST /conversations/${kim.id}/hand-off`);
  const chat = async () =>
    (await kim.by.call<ChatTranscript>(`GET /chat/conversations/${kim.id}`)).body.chat;
  expect((await chat()).ahead).toBe(2);
  await come(ana);
  await ana.call(`POST /conversations/${kim.id}/take`);
  await handOff(kim.id, { member_id: ben.me.id }, ana);
  expect(await chat()).toMatchObject({ owner: { kind: 'queue' }, ahead: 0 });
});

test('[W28] what cannot be sent is refused at its field', async () => {
  await clear();
  const id = await begin();
  const viewer = await newMember(server, lead, 'vera.routes@example.com', 'viewer');
  const fields = async (body: object) => {
    const { status, body: told } = await handOff(id, body);
    return [status, told.code, told.errors?.[0]?.field];
  };
  expect(await fields({ member_id: 'mem_00000000000000000000000000' })).toEqual([
    422,
    'invalid',
    'member_id',
  ]);
  expect(await fields({ queue: 'no-such' })).toEqual([422, 'invalid', 'queue']);
  expect(await fields({ queue: 'conversations', member_id: ana.me.id })).toEqual([
    422,
    'invalid',
    'queue',
  ]);
  expect((await fields({ member_id: viewer.me.id }))[1]).toBe('not_eligible');
  // Nothing of it is left.
  expect((await read(id)).owner.kind).toBe('bot');
});
