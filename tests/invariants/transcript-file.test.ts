import type { Conversation, Message } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { firstAdmin, newMember, type Person } from '../../server/src/testing/person.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { lampbot } from '../journeys/talk.ts';
import { until } from './until.ts';
import { chatting } from './visitor.ts';

let server: TestServer;
let admin: Caller;
let ana: Person;
let ben: Person;
let lead: Person;
let id: string;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  admin = await server.keyFor('admin');
  const first = await firstAdmin(server);
  ana = await newMember(server, first, 'ana.writes@example.com', 'reviewer');
  ben = await newMember(server, first, 'ben.reads@example.com', 'viewer');
  lead = await newMember(server, first, 'lee.leads@example.com', 'lead');
  const bot = { title: 'Lampbot', intents, gate: 'sure' };
  await admin.call('PUT /gates/sure', { policy: { mode: 'never' } });
  await admin.call('PUT /bots/lamps', bot);
  const { body } = await admin.call<Conversation>('POST /conversations', {
    bot: 'lamps',
    contact: { name: 'Walter' },
  });
  id = body.id;
  await admin.call(`POST /conversations/${id}/messages`, {
    from: 'contact',
    body: { kind: 'text', text: 'where is my order' },
  });
  await until(async () => (await read('')).includes('It is on its way.'));
  const write = (by: Person, audience: string, text: string) =>
    by.call(`POST /conversations/${id}/messages`, { audience, body: { kind: 'text', text } });
  await write(ana, 'all', 'Hello, <b>Walter</b>');
  await write(ana, 'team', 'an odd customer');
  await lead.call(`POST /conversations/${id}/whisper`, { text: 'be kind' });
});
afterAll(() => server?.stop());

const { intents } = lampbot;

async function read(query: string, by: Person = ana, of = id): Promise<string> {
  const headers = { cookie: by.cookie() };
  const answer = await fetch(`${server.url}/api/v1/conversations/${of}/transcript${query}`, {
    headers,
  });
  if (answer.status === 200) {
    expect(answer.headers.get('content-disposition')).toContain(`filename="${of}.`);
  }
  return answer.text();
}
const written = (file: string) => file.replaceAll(/\[?\(?\d{4}-\d\d-\d\dT[\d:.]+Z\)?\]?/g, '@');

test('[W34] each message says who spoke, a person or an AI; a note is left out', async () => {
  expect(written(await read(''))).toBe(
    `Conversation ${id}\nWith Walter, by api, since @, open\n
@ Walter (customer):\nwhere is my order\n
@ Lampbot (AI):\nIt is on its way.\n
@ -- ana.writes took the wheel\n
@ ana.writes (person):\nHello, <b>Walter</b>\n`,
  );
  const markdown = written(await read('?format=markdown'));
  expect(markdown).toContain('**Lampbot (AI)** @\n\n> It is on its way.\n');
  expect(markdown).toContain('> Hello, &lt;b>Walter&lt;/b>\n');
});

test('[W34] [W109] a visitor without a name is called as at the desk, in words, and nobody in JSON', async () => {
  const { id: of, say, contact_id } = await chatting(server.url, 'lamps');
  await say('where is my order');
  await until(async () => (await read('', ana, of)).includes('It is on its way.'));
  expect(written(await read('', ana, of))).toContain(
    '\n@ Visitor (customer):\nwhere is my order\n',
  );
  expect(written(await read('?format=markdown', ana, of))).toContain(
    '\n**Visitor (customer)** @\n\n> where is my order\n',
  );
  const { messages } = JSON.parse(await read('?format=json', ana, of)) as {
    messages: { name: string | null; author_name: string | null }[];
  };
  expect(messages[0]).toMatchObject({ name: null, author_name: null });
  // Who left an address since is called by it, as at the desk.
  await admin.call(`PATCH /contacts/${contact_id}`, { email: 'kim@example.com' });
  expect(await read('', ana, of)).toContain('kim@example.com (customer):\n');
});

test('[W34] with notes it has those that its reader may read, marked as what they are', async () => {
  const file = await read('?notes=true');
  const mark = '(person, note of the team, not shown to the customer):\n';
  expect(file).toContain(`ana.writes ${mark}an odd customer`);
  expect(file).toContain(`lee.leads ${mark}be kind`);
  const for_ben = await read('?notes=true', ben);
  expect([for_ben.includes('an odd customer'), for_ben.includes('be kind')]).toEqual([true, false]);
});

test('[W34] as JSON it is one document, with every message once, however many pages it takes', async () => {
  for (let one = 0; one < 210; one++) {
    await ana.call(`POST /conversations/${id}/messages`, {
      body: { kind: 'text', text: `line ${one}` },
    });
  }
  const { conversation, messages } = JSON.parse(await read('?format=json')) as {
    conversation: Conversation;
    messages: (Message & { spoken_by: string; name: string | null })[];
  };
  expect(conversation.id).toBe(id);
  expect(messages.slice(0, 2).map(({ spoken_by, name }) => [spoken_by, name])).toEqual([
    ['customer', 'Walter'],
    ['ai', 'Lampbot'],
  ]);
  const lines = messages.flatMap(({ body }) => (body.kind === 'text' ? [body.text] : []));
  expect(lines.slice(3)).toEqual(Array.from({ length: 210 }, (_, one) => `line ${one}`));
});

test('[W34] [W35] what was merged into a conversation stands before it, each under its id', async () => {
  const texts = ['first', 'second', 'third'];
  const made: string[] = [];
  for (const said of texts) {
    const contact = { external_id: 'merged', name: 'Olga' };
    const { body } = await admin.call<Conversation>('POST /conversations', {
      bot: 'lamps',
      contact,
    });
    made.push(body.id);
    await ana.call(`POST /conversations/${body.id}/take`);
    await ana.call(`POST /conversations/${body.id}/messages`, {
      body: { kind: 'text', text: said },
    });
  }
  const [one, two, three] = made as [string, string, string];
  for (const [from, into] of [
    [one, two],
    [two, three],
  ]) {
    expect((await ana.call(`POST /conversations/${from}/merge`, { into })).status).toBe(200);
  }
  const file = await read('', ana, three);
  const order = [one, 'first', two, 'second', three, 'third'].map((what) =>
    file.indexOf(made.includes(what) ? `== Conversation ${what}` : `:\n${what}\n`),
  );
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  expect(order[0]).toBeGreaterThan(0);
  const { messages } = JSON.parse(await read('?format=json', ana, three)) as {
    messages: Message[];
  };
  const said = messages.flatMap(({ body, conversation_id }) =>
    body.kind === 'text' ? [[conversation_id, body.text]] : [],
  );
  expect(said).toEqual(made.map((conversation_id, at) => [conversation_id, texts[at]]));
});

test('[W34] a format that is none is refused by its field, and an unknown conversation is not found', async () => {
  const refused = await ana.call(`GET /conversations/${id}/transcript?format=pdf`);
  expect([refused.status, refused.body.errors?.map(({ field }) => field)]).toEqual([
    422,
    ['format'],
  ]);
  const unknown = `conv_${'0'.repeat(26)}`;
  expect((await ana.call(`GET /conversations/${unknown}/transcript`)).status).toBe(404);
});
