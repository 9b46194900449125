import type { Conversation, HomeSummary, Message, Transcript } from '@wheelhouse/core';
import { Wheelhouse, WheelhouseError } from '@wheelhouse/sdk';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { firstAdmin, newMember, type Person } from '../../server/src/testing/person.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { until } from './until.ts';

let server: TestServer;
let channel: Caller;
let ana: Awaited<ReturnType<typeof newMember>>;
let ben: Person;
let lena: Person;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  channel = await server.keyFor('admin');
  const admin = await firstAdmin(server);
  ana = await newMember(server, admin, 'ana2@example.com', 'reviewer');
  ben = await newMember(server, admin, 'ben@example.com', 'reviewer');
  lena = await newMember(server, admin, 'lena@example.com', 'lead');
  // So few examples leave it unsure.
  await channel.call('PUT /gates/replies', { policy: { mode: 'threshold', threshold: 0.4 } });
  await channel.call('PUT /bots/shop', bot);
});
afterAll(() => server?.stop());

const bot = {
  title: 'Shop bot',
  gate: 'replies',
  intents: [
    {
      name: 'where',
      examples: [
        'where is my order',
        'where is my parcel',
        'has my order shipped',
        'track my order',
      ],
      answer: 'It is on its way, {contact.name}.',
    },
    {
      name: 'refund',
      examples: [
        'i want a refund',
        'give me my money back',
        'refund please',
        'return this and refund',
      ],
      answer: 'You can return it within 30 days.',
    },
  ],
};

async function begin(name = 'Kim', of = 'shop'): Promise<Conversation> {
  const reply = await channel.call<Conversation>('POST /conversations', {
    bot: of,
    contact: { name },
  });
  expect(reply.status).toBe(201);
  return reply.body;
}
const ask = (id: string, text: string) =>
  channel.call<Message>(`POST /conversations/${id}/messages`, {
    from: 'contact',
    body: { kind: 'text', text },
  });
const read = async (id: string) =>
  (await channel.call<Transcript>(`GET /conversations/${id}`)).body;
const saidIn = async (id: string) =>
  (await read(id)).messages.map(({ author_kind, body }) =>
    body.kind === 'line'
      ? `${author_kind}: ${body.line}`
      : `${author_kind}: ${'text' in body ? body.text : body.kind}`,
  );

test('[W4] a bot answers what it knows, by way of its gate', async () => {
  const { id } = await begin();
  await ask(id, 'where is my order');
  await until(async () => (await saidIn(id)).length > 1);
  expect(await saidIn(id)).toEqual(['contact: where is my order', 'bot: It is on its way, Kim.']);
  const { messages } = await read(id);
  expect(messages.map(({ seq }) => seq)).toEqual([1, 2]);
  const output = await channel.call<{ gate: string; verdict: string }>(
    `GET /outputs/${messages[1]?.output_id}`,
  );
  expect(output.body).toMatchObject({ gate: 'replies', verdict: 'pass' });
});

test('[W7] whoever asks for a person waits for one, and whoever takes it has the wheel', async () => {
  const { id } = await begin();
  await ask(id, 'I want to talk to a human');
  const asked = await until(async () => {
    const { conversation } = await read(id);
    return conversation.hand_off ? conversation : undefined;
  });
  expect(asked.owner).toMatchObject({ kind: 'queue', id: 'conversations' });
  expect(asked.hand_off?.reason).toBe('asked');
  const taken = await ana.call<Conversation>(`POST /conversations/${id}/take`);
  expect(taken.body.owner.kind).toBe('member');
  const late = await ben.call(`POST /conversations/${id}/take`);
  expect([late.status, late.body.code]).toEqual([409, 'wheel_taken']);
  const settled = await channel.call<{ state: string }>(`GET /cases/${asked.hand_off?.case_id}`);
  expect(settled.body.state).toBe('resolved');
  // Whoever takes it agrees or disagrees with nothing that the AI said.
  const home = await ana.call<HomeSummary>('GET /home');
  const gate = home.body.by_gate.find((one) => one.gate === 'hand-offs');
  expect([gate?.outputs, gate?.agreement.n]).toEqual([expect.any(Number), 0]);
  const reply = await ana.call(`POST /conversations/${id}/messages`, {
    body: { kind: 'text', text: 'Hello' },
  });
  expect(reply.status).toBe(201);
  const other = await ben.call(`POST /conversations/${id}/messages`, {
    body: { kind: 'text', text: 'Me too' },
  });
  expect(other.body.code).toBe('wheel_taken');
  for (const what of ['resolve', 'hand-back']) {
    const ended = await ben.call(`POST /conversations/${id}/${what}`);
    expect([what, ended.status, ended.body.code]).toEqual([what, 409, 'wheel_taken']);
  }
  await ask(id, 'where is my order');
  await new Promise((done) => setTimeout(done, 600));
  expect((await saidIn(id)).at(-1)).toBe('contact: where is my order');
  await ana.call(`POST /conversations/${id}/hand-back`, { summary: 'Said hello.' });
  await until(async () => (await saidIn(id)).at(-1)?.startsWith('bot'));
  expect((await saidIn(id)).slice(-3)).toEqual([
    'member: Said hello.',
    'system: handed_back',
    'bot: It is on its way, Kim.',
  ]);
});

test('[W88] whoever is refused because another has the wheel is told who, in words and in the SDK', async () => {
  const { id } = await begin();
  await ana.call(`POST /conversations/${id}/take`);
  const owner = { kind: 'member', id: ana.me.id, name: ana.me.name };
  const words = `${ana.me.name} has the wheel of this conversation.`;
  const text = { body: { kind: 'text', text: 'Me too' } };
  for (const [what, body] of [
    ['take', {}],
    ['messages', text],
    ['hand-back', {}],
    ['hand-off', {}],
    ['resolve', undefined],
    ['snooze', { until: new Date(Date.now() + 3_600_000).toISOString() }],
  ] as const) {
    const refused = await ben.call(`POST /conversations/${id}/${what}`, body);
    expect([what, refused.status, refused.body]).toMatchObject([
      what,
      409,
      { code: 'wheel_taken', detail: words, owner },
    ]);
  }
  // Under a key that is kept, too; and the SDK says who it is.
  const as_ben: typeof fetch = (address, init) => {
    const headers = new Headers(init?.headers);
    headers.set('cookie', ben.cookie());
    return fetch(address, { ...init, headers });
  };
  const wh = new Wheelhouse({ url: server.url, fetch: as_ben });
  const thrown = await wh.conversations.take(id).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(WheelhouseError);
  const { code, message, owner: named } = thrown as WheelhouseError;
  expect([code, message, named]).toEqual(['wheel_taken', words, owner]);
});

test('[W4] a draft that a person approves is said as theirs; after a takeover it is not', async () => {
  await channel.call('PUT /bots/drafter', { ...bot, posture: 'draft', gate: 'drafts' });
  const { id } = await begin('Kim', 'drafter');
  await ask(id, 'i want a refund');
  const waiting = () =>
    until(
      async () =>
        (await channel.call<{ rows: { id: string }[] }>('GET /cases?gate=drafts')).body.rows[0],
    );
  const draft = await waiting();
  const edit = { verdict: 'edit', content: 'Of course, within 30 days.' };
  const decided = await ana.call(`POST /cases/${draft.id}/answers`, { values: edit });
  expect(decided.status).toBe(200);
  const said = await until(async () =>
    (await read(id)).messages.find(({ author_kind }) => author_kind === 'bot'),
  );
  expect(said.body).toMatchObject({ text: 'Of course, within 30 days.' });
  expect(said.approved_by).toBe((await ana.call<{ id: string }>('GET /me')).body.id);

  await ask(id, 'where is my order');
  const second = await waiting();
  await lena.call(`POST /conversations/${id}/take`);
  await until(
    async () =>
      (await channel.call<{ state: string }>(`GET /cases/${second.id}`)).body.state === 'cancelled',
  );
  expect((await read(id)).messages.filter(({ author_kind }) => author_kind === 'bot').length).toBe(
    1,
  );
});
