import type { Article, Conversation, Page, Transcript } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { firstAdmin, type Person } from '../../server/src/testing/person.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { until } from './until.ts';

let server: TestServer;
let admin: Caller;
let ana: Person;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  admin = await server.keyFor('admin');
  ana = await firstAdmin(server);
  await admin.call('PUT /gates/replies', { policy: { mode: 'threshold', threshold: 0.4 } });
  await admin.call('PUT /gates/drafts', { policy: { mode: 'always' } });
});
afterAll(() => server?.stop());

const islands = { title: 'Islands', text: 'Ferries carry parcels to islands in six days.' };
async function madeBot(name: string, more: object = {}): Promise<string> {
  await admin.call(`PUT /bots/${name}`, { title: 'Lampbot', clarifies: false, ...more });
  await admin.call(`PUT /bots/${name}/articles/islands`, islands);
  return name;
}
const question = 'Can the Aurora lamp hang outdoors? My order is A-4471.';
const told = 'Hello Kim! The Aurora stands rain and frost down to -20 degrees.';

/** A customer asks, a person takes it, answers and gives it back. */
async function answered(bot: string, asked: string, answer: string): Promise<string> {
  const { body } = await admin.call<Conversation>('POST /conversations', {
    bot,
    contact: { name: 'Kim' },
  });
  const { id } = body;
  await ask(id, asked);
  await until(async () => (await read(id)).conversation.hand_off);
  await ana.call(`POST /conversations/${id}/messages`, { body: { kind: 'text', text: answer } });
  await ana.call(`POST /conversations/${id}/hand-back`, { summary: '' });
  return id;
}
const ask = (id: string, text: string) =>
  admin.call(`POST /conversations/${id}/messages`, {
    from: 'contact',
    body: { kind: 'text', text },
  });
const read = async (id: string) => (await admin.call<Transcript>(`GET /conversations/${id}`)).body;
const candidates = async (bot: string) =>
  (await admin.call<Page<Article>>(`GET /bots/${bot}/articles?state=candidate`)).body.rows;
/** What the job has passed is decided: a later candidate of another bot comes after it. */
async function passed(): Promise<void> {
  const bot = await madeBot(`marker-${Math.random().toString(36).slice(2)}`);
  await answered(bot, question, told);
  await until(async () => (await candidates(bot))[0]);
}

test('[W46] what a person answers becomes a candidate, masked, with where it came from', async () => {
  const bot = await madeBot('learner');
  const id = await answered(bot, question, told);
  const [row] = await until(async () => {
    const rows = await candidates(bot);
    return rows.length ? rows : undefined;
  });
  const article = (await admin.call<Article>(`GET /bots/${bot}/articles/${row?.name}`)).body;
  expect(article).toMatchObject({
    title: 'Can the Aurora lamp hang outdoors?',
    text: 'The Aurora stands rain and frost down to -20 degrees.',
    source: 'answers',
    state: 'candidate',
    conversation_id: id,
    updated_by: (await ana.call<{ id: string }>('GET /me')).body.id,
  });
  // It is not said: the next who asks gets a person, and the same answer makes no second one.
  await answered(bot, question, told);
  await passed();
  expect(await candidates(bot)).toHaveLength(1);
  // Accepted it is said.
  await admin.call(`POST /bots/${bot}/articles/${row?.name}/accept`);
  const { body } = await admin.call<Conversation>('POST /conversations', { bot });
  await ask(body.id, 'Can the Aurora lamp hang outdoors?');
  const said = await until(async () =>
    (await read(body.id)).messages.find(({ author_kind }) => author_kind === 'bot'),
  );
  expect(said.body).toMatchObject({ text: article.text });
});

test('[W46] what was turned down does not come back, and what a person changes keeps its source', async () => {
  const bot = await madeBot('decliner');
  const id = await answered(bot, question, told);
  const first = await until(async () => (await candidates(bot))[0]);
  await admin.call(`DELETE /bots/${bot}/articles/${first.name}`);
  await answered(bot, question, told);
  await passed();
  expect(await candidates(bot)).toEqual([]);
  const other = await answered(
    bot,
    'Do you repair broken lampshades?',
    'We repair lampshades of glass, never of paper.',
  );
  const second = await until(async () => (await candidates(bot))[0]);
  const path = `/bots/${bot}/articles/${second.name}`;
  const changed = await admin.call<Article>(`PUT ${path}`, {
    title: 'Lampshades',
    text: 'We repair lampshades of glass.',
  });
  expect(changed.body).toMatchObject({
    state: 'live',
    source: 'answers',
    conversation_id: other,
  });
  expect(other).not.toBe(id);
});

test('[W46] what is known, what the bot said itself and what only asks back make none', async () => {
  const bot = await madeBot('knower');
  await answered(bot, 'Which ships go over the water to us?', islands.text);
  await answered(bot, question, 'Which of the Aurora lamps do you have at home?');
  await passed();
  expect(await candidates(bot)).toEqual([]);
});

test('[W46] a draft that a person replaced makes one, sent as it is or brushed up it makes none', async () => {
  const bot = await madeBot('drafter', { gate: 'drafts', hand_off_below: 0 });
  const edit = async (content: string | null) => {
    const { body } = await admin.call<Conversation>('POST /conversations', { bot });
    await ask(body.id, 'Do ferries carry parcels to islands in winter?');
    const waiting = await until(
      async () =>
        (await admin.call<Page<{ id: string }>>('GET /cases?gate=drafts&state=waiting')).body
          .rows[0],
    );
    const values = content === null ? { verdict: 'approve' } : { verdict: 'edit', content };
    const decided = await ana.call(`POST /cases/${waiting.id}/answers`, { values });
    expect(decided.status).toBe(200);
    await until(async () =>
      (await read(body.id)).messages.some(({ author_kind }) => author_kind === 'bot'),
    );
  };
  await edit(null);
  await edit(`${islands.text} Bye`);
  await passed();
  expect(await candidates(bot)).toEqual([]);
  const replaced = 'In winter storms stop all shipping, so that everything takes two weeks longer.';
  await edit(replaced);
  const made = await until(async () => (await candidates(bot))[0]);
  expect(made).toMatchObject({ title: 'Do ferries carry parcels to islands in winter?' });
});

test('[W129] a candidate with masks in it is said by nobody before a person fills them in', async () => {
  const bot = await madeBot('masker');
  const answer = 'For a quote on shades for hotels call Mr. Nasser on +49 30 1234567 any weekday.';
  await answered(bot, 'Do you make shades for hotels?', answer);
  const { name } = await until(async () => (await candidates(bot))[0]);
  const path = `/bots/${bot}/articles/${name}`;
  const { title, text } = (await admin.call<Article>(`GET ${path}`)).body;
  expect(text).toContain('[name] on [telephone]');
  const errors = [{ field: 'text', message: expect.stringMatching(/\[name\], \[telephone\]/) }];
  const refused = { status: 422, body: { errors } };
  expect(await admin.call(`POST ${path}/accept`)).toMatchObject(refused);
  expect(await admin.call(`PUT ${path}`, { title, text })).toMatchObject(refused);
  const asked = await admin.call(`PUT ${path}`, {
    title: 'Ask [name]',
    text: 'Shades for hotels.',
  });
  expect(asked).toMatchObject({ status: 422, body: { errors: [{ field: 'title' }] } });
  expect((await admin.call<Article>(`GET ${path}`)).body.state).toBe('candidate');
  const filled = text.replace('[name] on [telephone]', 'our desk for hotels');
  expect((await admin.call<Article>(`PUT ${path}`, { title, text: filled })).body.state).toBe(
    'live',
  );
  // What a person writes themselves hides nobody.
  const written = { title: 'Letters', text: 'Begin a letter with Dear [name].' };
  expect((await admin.call(`PUT /bots/${bot}/articles/letters`, written)).status).toBe(200);
});
