import { plus, present_ms, type Transcript } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { firstAdmin, newMember, type Person } from '../../server/src/testing/person.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { virtualTime } from '../../server/src/testing/virtual-time.ts';
import { until } from './until.ts';
import { chatting } from './visitor.ts';

type Member = Person & { me: { id: string } };
let server: TestServer;
const time = virtualTime();
let admin: Caller;
let lead: Member;
let made = 0;
beforeAll(async () => {
  server = await startServer({
    url_pattern: inject('engine'),
    ports: time.ports,
    settings: { WHEELHOUSE_SIGN_IN_LIMIT: '100' },
  });
  admin = await server.keyFor('admin');
  lead = await firstAdmin(server);
  // Nobody is reminded or relieved for silence as long as a test runs.
  const waiting = { silent_after_ms: 3_600_000, tell_after_ms: 3_600_000 };
  await admin.call('PUT /bots/slow', { title: 'Helper', waiting });
});
afterAll(async () => {
  await server?.stop();
});

const newReviewer = (): Promise<Member> =>
  newMember(server, lead, `gone${made++}@example.com`, 'reviewer');
const read = async (id: string) => (await admin.call<Transcript>(`GET /conversations/${id}`)).body;
const linesIn = async (id: string) =>
  (await read(id)).messages.flatMap(({ body }) => (body.kind === 'line' ? [body.line] : []));
const answer = (who: Caller, id: string, text: string) =>
  who.call(`POST /conversations/${id}/messages`, { body: { kind: 'text', text } });
const eventsOf = async (id: string, type: string) =>
  (
    await admin.call<{ rows: { data: Record<string, unknown> }[] }>(
      `GET /audit?subject=${id}&type=${type}`,
    )
  ).body.rows.map(({ data }) => data);

/** A conversation that a member has answered in. */
async function had(by: Caller) {
  const talk = await chatting(server.url, 'slow', 'Kim');
  await talk.say('Is the lamp in stock?');
  await until(async () => (await by.call(`POST /conversations/${talk.id}/take`)).status === 200);
  expect((await answer(by, talk.id, 'We will send you one on Friday.')).status).toBe(201);
  return talk;
}
const handedOff = (id: string) =>
  until(async () => {
    const { conversation } = await read(id);
    return conversation.hand_off ? conversation : undefined;
  });
const remove = async (who: Member) =>
  expect((await lead.call(`DELETE /members/${who.me.id}`)).status).toBe(204);

test('[W89] who is removed keeps no wheel: who waits gets another person, else the bot goes on', async () => {
  const tim = await newReviewer();
  const [waits, quiet, owed] = [await had(tim), await had(tim), await had(tim)];
  await waits.say('hello?');
  const path = `POST /chat/conversations/${owed.id}/call-back`;
  await owed.by.call(path, { phone: '+44 20 7946 0000' });
  await remove(tim);
  for (const { id } of [waits, owed]) {
    const { owner, reason } = await handedOff(id);
    expect([owner.kind, reason]).toEqual(['queue', 'silent']);
    expect((await linesIn(id)).at(-1)).toBe('silent');
    expect(await eventsOf(id, 'conversation.handed_off')).toEqual(
      expect.arrayContaining([expect.objectContaining({ why: 'removed' })]),
    );
  }
  await until(async () => (await read(quiet.id)).conversation.owner.kind === 'bot');
  const { messages, conversation } = await read(quiet.id);
  expect(conversation).toMatchObject({ hand_off: null, waiting_since: null });
  expect((await eventsOf(quiet.id, 'conversation.handed_back'))[0]?.why).toBe('removed');
  expect(await linesIn(quiet.id)).not.toContain('silent');
  // What was promised is not lost with whoever promised it.
  expect(messages.find(({ audience }) => audience === 'team')?.body).toMatchObject({
    text: expect.stringContaining('on Friday'),
  });
  // Anybody may take it now.
  const ben = await newReviewer();
  expect((await ben.call(`POST /conversations/${waits.id}/take`)).status).toBe(200);
});

test('[W89] who may answer nobody any more by their new role keeps no wheel either', async () => {
  const tim = await newReviewer();
  const { id, say } = await had(tim);
  await say('hello?');
  await lead.call(`PATCH /members/${tim.me.id}`, { role: 'viewer' });
  await handedOff(id);
  expect((await eventsOf(id, 'conversation.handed_off'))[0]?.why).toBe('role changed');
});

test('[W89] a customer who writes to who is offline gets another person at once; a short absence takes nothing', async () => {
  const [home, asleep, elsewhere] = [await newReviewer(), await newReviewer(), await newReviewer()];
  // Of who works by other means than the desk nothing is known.
  for (const who of [home, asleep]) await who.call('POST /me/here');
  const [first, then, sleeps, stays] = [
    await had(home),
    await had(home),
    await had(asleep),
    await had(elsewhere),
  ];
  time.advance(present_ms + 50_000);
  await sleeps.say('hello?');
  await stays.say('hello?');
  await asleep.call('POST /me/here');
  time.advance(20_000);
  // One after the other, so that whatever was due before was looked at.
  for (const { id, say } of [first, then]) {
    await say('hello?');
    const { reason, owner } = await handedOff(id);
    expect([reason, owner.kind]).toEqual(['silent', 'queue']);
    expect((await eventsOf(id, 'conversation.handed_off'))[0]?.why).toBe('offline');
  }
  for (const [{ id }, who] of [
    [sleeps, asleep],
    [stays, elsewhere],
  ] as const) {
    expect((await read(id)).conversation.owner).toMatchObject({ kind: 'member', id: who.me.id });
  }
  // Whoever goes while their customer waits is relieved as soon as that is sure.
  time.advance(present_ms + 60_000);
  await handedOff(sleeps.id);
  await asleep.call('POST /me/here');
  await until(
    async () => (await read(sleeps.id)).conversation.hand_off?.offered_to?.id === asleep.me.id,
  );
});

test('[W89] [P6] [P13] of who is away their stand-in is asked first, and nobody where that leads to nobody', async () => {
  // Nobody of before is there any more.
  time.advance(present_ms + 1_000);
  const [zoe, dan, eve] = [await newReviewer(), await newReviewer(), await newReviewer()];
  const away = (who: Caller, delegate_to: string | null) =>
    who.call('PUT /me/absence', { away_until: plus(time.now(), 86_400_000), delegate_to });
  const [one, other] = [await had(zoe), await had(eve)];
  expect((await away(zoe, dan.me.id)).status).toBe(200);
  expect((await away(eve, null)).status).toBe(200);
  const rival = await newReviewer();
  for (const who of [dan, rival]) await who.call('POST /me/here');
  // Dan has more to do than the other; who stands in goes before that.
  await had(dan);
  await one.say('hello?');
  expect((await handedOff(one.id)).hand_off?.offered_to?.id).toBe(dan.me.id);
  await other.say('hello?');
  expect((await handedOff(other.id)).hand_off?.offered_to?.id).toBe(rival.me.id);
  expect((await eventsOf(one.id, 'conversation.handed_off'))[0]?.why).toBe('away');
});

test('[W89] whoever is removed while they take or answer ends with no wheel, however the two meet', async () => {
  for (let round = 0; round < 4; round++) {
    const tim = await newReviewer();
    const mine = await had(tim);
    const talk = await chatting(server.url, 'slow', 'Kim');
    await talk.say('Is the lamp in stock?');
    const all = await Promise.all([
      answer(tim, talk.id, 'It is.'),
      answer(tim, mine.id, 'And blue ones too.'),
      lead.call(`DELETE /members/${tim.me.id}`),
      tim.call(`POST /conversations/${talk.id}/take`),
    ]);
    for (const { status } of all) expect([200, 201, 204, 401]).toContain(status);
    expect(all[2]?.status).toBe(204);
    for (const { id } of [mine, talk]) {
      await until(async () => (await read(id)).conversation.owner.id !== tim.me.id);
    }
  }
});
