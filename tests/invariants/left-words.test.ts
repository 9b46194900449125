import type { Conversation, Page, Transcript } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { until } from './until.ts';
import { chatting } from './visitor.ts';

let server: TestServer;
let admin: Caller;
const answer = 'Parcels come within two days.';
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  admin = await server.keyFor('admin');
  await admin.call('PUT /gates/brief', {
    policy: { mode: 'always', deadline: { expire_after_ms: 1_000 } },
  });
  await admin.call('PUT /gates/free', { policy: { mode: 'never' } });
  const examples = ['how long does delivery take', 'when is my parcel delivered'];
  const intents = [{ name: 'delivery', examples, answer }];
  const gates = { gate: 'free', hand_off_gate: 'brief' };
  await admin.call('PUT /bots/ladder', { ...gates, intents });
});
afterAll(() => server?.stop());

const read = async (id: string) => (await admin.call<Transcript>(`GET /conversations/${id}`)).body;
/** What was said since nobody came: lines by their names, and the bot's words. */
const since = async (id: string) => {
  const all = (await read(id)).messages.map(({ author_kind, body }) =>
    body.kind === 'line' ? body.line : `${author_kind}: ${'text' in body ? body.text : ''}`,
  );
  return all.slice(all.indexOf('nobody_came') + 1);
};
async function nobodyCame() {
  const talk = await chatting(server.url, 'ladder', 'Bob');
  await talk.say('I want to talk to a person, write to early@example.com');
  await until(async () =>
    (await read(talk.id)).messages.some(
      ({ body }) => body.kind === 'line' && body.line === 'nobody_came',
    ),
  );
  expect((await read(talk.id)).conversation.call_back).toBeNull();
  return talk;
}
const waiting = async () =>
  (await admin.call<Page<Conversation>>('GET /conversations?view=waiting&limit=50')).body.rows.map(
    ({ id }) => id,
  );

test('[W131] an e-mail address left after nobody came is a call-back that is owed, and the bot does not guess at it', async () => {
  const talk = await nobodyCame();
  const words = 'Please write to me at bob@example.com about my late parcel.';
  await talk.say(words);
  const { conversation } = await read(talk.id);
  expect(conversation).toMatchObject({
    owner: { kind: 'bot' },
    call_back: { email: 'bob@example.com', phone: null, done_at: null },
  });
  expect(await waiting()).toContain(talk.id);
  expect(await since(talk.id)).toEqual([`contact: ${words}`, 'call_back_asked']);
  // A second address asks for no second call; the bot is there as before.
  await talk.say('how long does delivery take? carol@example.com');
  await until(async () => (await since(talk.id)).includes(`bot: ${answer}`));
  expect((await since(talk.id)).filter((one) => one === 'call_back_asked')).toHaveLength(1);
});

test('[W131] what is asked beside a telephone number is answered, and a number of another kind is none', async () => {
  const talk = await nobodyCame();
  await talk.say('how long does delivery take for order 20712?');
  await until(async () => (await since(talk.id)).includes(`bot: ${answer}`));
  expect((await read(talk.id)).conversation.call_back).toBeNull();
  await talk.say('I am at +49 30 1234567. When is my parcel delivered?');
  await until(
    async () => (await since(talk.id)).filter((one) => one === `bot: ${answer}`).length === 2,
  );
  expect((await read(talk.id)).conversation.call_back).toMatchObject({ phone: '+49 30 1234567' });
});

test('[W131] before anybody was asked for, an address asks for no call', async () => {
  const talk = await chatting(server.url, 'ladder', 'Eve');
  await talk.say('how long does delivery take? eve@example.com');
  await until(async () =>
    (await read(talk.id)).messages.some(({ author_kind }) => author_kind === 'bot'),
  );
  expect((await read(talk.id)).conversation.call_back).toBeNull();
});
