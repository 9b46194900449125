import type { Conversation, Transcript } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { serveBeside } from '../../server/src/testing/beside.ts';
import {
  type Caller,
  caller,
  startServer,
  type TestServer,
} from '../../server/src/testing/start.ts';
import { until } from './until.ts';

let server: TestServer;
let second: Awaited<ReturnType<typeof serveBeside>>;
let here: Caller;
let there: Caller;
let lead: Caller;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  second = await serveBeside(server.database_url);
  here = await server.keyFor('admin');
  there = caller(second.url, here.key);
  lead = await server.keyFor('lead');
  // So few examples leave it unsure.
  await here.call('PUT /gates/stoppable', { policy: { mode: 'threshold', threshold: 0.4 } });
  await here.call('PUT /bots/helper', bot);
});
afterAll(async () => {
  await second?.close();
  await server?.stop();
});

const bot = {
  title: 'Helper',
  gate: 'stoppable',
  intents: [
    { name: 'where', examples: ['where is my order', 'track my order'], answer: 'On its way.' },
    { name: 'refund', examples: ['refund please', 'my money back'], answer: 'In 30 days.' },
  ],
};

const begin = async (of = 'helper') =>
  (await here.call<Conversation>('POST /conversations', { bot: of })).body.id;
const ask = (by: Caller, id: string, text = 'where is my order') =>
  by.call(`POST /conversations/${id}/messages`, { from: 'contact', body: { kind: 'text', text } });
const read = async (id: string) => (await here.call<Transcript>(`GET /conversations/${id}`)).body;
const botWords = async (id: string) =>
  (await read(id)).messages.filter(({ author_kind }) => author_kind === 'bot');

test('[W9] with words under way on two servers, none is said after a stop is acknowledged', async () => {
  for (let round = 0; round < 6; round++) {
    const ids = await Promise.all(Array.from({ length: 16 }, () => begin()));
    const asking = Promise.all(ids.map((id, at) => ask(at % 2 ? here : there, id)));
    // At another point of the way each time.
    await new Promise((done) => setTimeout(done, round * 25));
    const stopped = await lead.call<{ bots: string[] }>('POST /stop-bots', {});
    expect([stopped.status, stopped.body.bots]).toEqual([200, ['helper']]);
    // What was committed before the answer came is in what is read after it.
    const said = new Map<string, number>();
    for (const id of ids) said.set(id, (await botWords(id)).length);
    await asking;
    for (const id of ids) {
      await until(async () => {
        const { conversation } = await read(id);
        return said.get(id) || conversation.owner.kind === 'queue';
      });
      expect([id, (await botWords(id)).length]).toEqual([id, said.get(id)]);
    }
    expect((await lead.call<{ bots: string[] }>('POST /resume-bots', {})).body.bots).toEqual([
      'helper',
    ]);
  }
});

test('[W9] while it is stopped the customer is told, and a person is asked for; resumed it answers', async () => {
  await lead.call('POST /stop-bots', { bot: 'helper' });
  const id = await begin();
  await ask(there, id);
  const { conversation, messages } = await until(async () => {
    const now = await read(id);
    return now.conversation.hand_off ? now : undefined;
  });
  expect(conversation.hand_off).toMatchObject({ reason: 'paused' });
  expect(messages.at(-1)?.body).toEqual({ kind: 'line', line: 'paused' });
  const again = await lead.call<{ bots: string[] }>('POST /stop-bots', { bot: 'helper' });
  expect(again.body.bots).toEqual([]);
  await lead.call('POST /resume-bots', { bot: 'helper' });
  const other = await begin();
  await ask(there, other);
  await until(async () => (await botWords(other)).length === 1);
  const nobody = await lead.call('POST /stop-bots', { bot: 'nobody' });
  expect(nobody.status).toBe(404);
});

test('[W9] a draft that a person approves while the bot is stopped is not said by it', async () => {
  await here.call('PUT /bots/drafter', { ...bot, posture: 'draft', gate: 'stopped-drafts' });
  const id = await begin('drafter');
  await ask(here, id);
  const draft = await until(
    async () =>
      (await here.call<{ rows: { id: string }[] }>('GET /cases?gate=stopped-drafts')).body.rows[0],
  );
  await lead.call('POST /stop-bots', { bot: 'drafter' });
  const decided = await lead.call(`POST /cases/${draft.id}/answers`, {
    values: { verdict: 'approve' },
  });
  expect(decided.status).toBe(200);
  await until(async () => (await read(id)).conversation.hand_off?.reason === 'paused');
  expect(await botWords(id)).toEqual([]);
});
