import { type ConversationReport, day, hour, minute, type ReportFigures } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { firstAdmin, newMember } from '../../server/src/testing/person.ts';
import { streamsOf } from '../../server/src/testing/simulation/random.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { virtualTime } from '../../server/src/testing/virtual-time.ts';
import { asOwner } from './record.ts';
import { figuresOf, recordOf } from './report-oracle.ts';
import { until } from './until.ts';

type Member = Awaited<ReturnType<typeof newMember>>;

const time = virtualTime();
let server: TestServer;
let program: Caller;
let rita: Member;
let lena: Member;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine'), ports: time.ports });
  program = await server.keyFor('admin');
  const admin = await firstAdmin(server);
  rita = await newMember(server, admin, 'rita@example.com', 'reviewer');
  lena = await newMember(server, admin, 'lena@example.com', 'lead');
  await program.call('PUT /gates/replies', { policy: { mode: 'threshold', threshold: 0.4 } });
  await program.call('PUT /gates/drafts', { policy: { mode: 'always' } });
  const targets = { first_reply_ms: hour, next_reply_ms: hour };
  await program.call('PUT /bots/shop', { ...bot, targets });
  await program.call('PUT /bots/mute', { ...bot, posture: 'off' });
  await program.call('PUT /bots/drafter', { ...bot, posture: 'draft', gate: 'drafts' });
});
afterAll(() => server?.stop());

const bot = {
  title: 'Bot',
  gate: 'replies',
  intents: [
    { name: 'where', examples: ['where is my order', 'track my order'], answer: 'On its way.' },
    { name: 'refund', examples: ['refund please', 'my money back'], answer: 'In 30 days.' },
  ],
};
const begin = async (of: string) =>
  (await program.call<{ id: string }>('POST /conversations', { bot: of })).body.id;
const say = (id: string, text = 'where is my order') =>
  program.call(`POST /conversations/${id}/messages`, {
    from: 'contact',
    body: { kind: 'text', text },
  });
const answer = (by: Caller, id: string, audience = 'all') =>
  by.call(`POST /conversations/${id}/messages`, { audience, body: { kind: 'text', text: 'Yes.' } });
const report = async (query: Record<string, string>, by: Caller = lena) =>
  (
    await by.call<ConversationReport>(
      `GET /reports/conversations?${new URLSearchParams(query).toString()}`,
    )
  ).body;
/** Until no bot owes a word and nothing of theirs is under way. */
const settled = () =>
  until(() =>
    asOwner(server.database_url, async (client) => {
      const { rows } = await client.query(
        'select 1 from conversations where turn_due_at is not null limit 1',
      );
      return rows.length === 0;
    }),
  );

/** Figures that the oracle knows, as the report has them. */
const told = (figures: ReportFigures, names: string[]) =>
  rounded(Object.fromEntries(names.map((name) => [name, figures[name as keyof ReportFigures]])));
/** To a tenth of a millisecond: both reckon in floating point. */
const rounded = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, one) => (typeof one === 'number' ? Math.round(one * 10) / 10 : one)),
  );

test('[W38] [W39] whatever happened, a report is what a slow reckoning of the record comes to', async () => {
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 1e9));
  console.log(`seed ${seed}`);
  const random = streamsOf(seed)('history');
  const ids = await Promise.all(
    Array.from({ length: 14 }, (_, at) => begin(at % 3 === 2 ? 'mute' : 'shop')),
  );
  const from = time.now();
  // Some are answered, and that is all.
  for (const id of await Promise.all([begin('shop'), begin('shop')])) await say(id);
  const acts: ((id: string, by: Caller) => Promise<unknown>)[] = [
    (id) => say(id),
    (id) => say(id, 'xylophone of the moon'),
    (id) => say(id, 'I want to talk to a human'),
    (id, by) => answer(by, id),
    (id, by) => answer(by, id, 'team'),
    (id, by) => by.call(`POST /conversations/${id}/take`, { force: true, note: 'Mine.' }),
    (id, by) => by.call(`POST /conversations/${id}/hand-back`, { summary: 'Done.' }),
    (id, by) => by.call(`POST /conversations/${id}/hand-off`, {}),
    (id, by) => by.call(`POST /conversations/${id}/resolve`),
    (id) => lena.call(`POST /conversations/${id}/whisper`, { text: 'Be kind.' }),
  ];
  for (let step = 0; step < 140; step++) {
    // Some at once, so that they meet; what is refused changes nothing.
    const together = Array.from({ length: random.between(1, 3) }, () =>
      random.pick(acts)(random.pick(ids), random.pick([rita, lena])),
    );
    await Promise.all(together);
    time.advance(random.between(0, 40) * minute);
    if (random.happens(0.1)) await settled();
  }
  await settled();
  const to = time.now();
  time.advance(2 * day);
  const found = await until(async () => {
    // The clocks of those who wait go on by themselves, so both are read until nothing came between.
    const before = await asOwner(server.database_url, (client) =>
      recordOf(client, server.workspace_id),
    );
    const whole = await report({ from, to, by: 'day', zone: 'Europe/Berlin' });
    const shop = await report({ from, to, by: 'week', bot: 'shop' });
    const queue = await report({ from, to, by: 'month', queue: 'conversations' });
    const after = await asOwner(server.database_url, (client) =>
      recordOf(client, server.workspace_id),
    );
    return JSON.stringify(before) === JSON.stringify(after)
      ? { record: after, whole, shop, queue }
      : null;
  });
  const { record, whole, shop, queue } = found;
  const asked = { from: Date.parse(from), to: Date.parse(to), now: Date.parse(whole.read_at) };
  const compare = (figures: ReportFigures, of: Parameters<typeof figuresOf>[1]) => {
    const { reasons: _, ...expected } = figuresOf(record, of);
    expect(told(figures, Object.keys(expected))).toEqual(rounded(expected));
  };
  compare(whole.total, asked);
  compare(shop.total, { ...asked, bot: 'shop' });
  compare(queue.total, { ...asked, queue: 'conversations' });
  for (const piece of whole.pieces) {
    const [start, end] = [Date.parse(piece.from), Date.parse(piece.to)];
    compare(piece, { from: start, to: end, now: asked.now });
  }
  const reasons = Object.fromEntries(whole.reasons.map(({ reason, n }) => [reason, n]));
  expect(reasons).toEqual(figuresOf(record, asked).reasons);
  // Such a history has some of everything, else little was compared.
  const { begun, over, without_person, waiting, gave_up, handling } = whole.total;
  for (const n of [begun, over, without_person, waiting.n, gave_up, handling.n]) {
    expect(n).toBeGreaterThan(0);
  }
  expect(begun).toBeGreaterThan(ids.length);
  expect(whole.pieces.length).toBeGreaterThan(1);
  expect(whole.pieces.reduce((sum, piece) => sum + piece.begun, 0)).toBe(begun);
  expect(whole.total.deflection.n).toBe(over);
  expect(queue.total.deflection.value).toBeNull();
  expect(whole.people.map(({ name }) => name).sort()).toEqual(['lena', 'rita']);
});

test('[W38] what reports know is written with what happened, or neither is', async () => {
  const id = await begin('mute');
  await say(id);
  await settled();
  const state = async () => {
    const { conversation } = (
      await lena.call<{ conversation: { owner: unknown; epoch: number } }>(
        `GET /conversations/${id}`,
      )
    ).body;
    return [conversation.owner, conversation.epoch];
  };
  const before = await state();
  await asOwner(server.database_url, (client) =>
    client.query('revoke insert on stints from wheelhouse_app'),
  );
  expect((await rita.call(`POST /conversations/${id}/take`)).status).toBe(500);
  expect(await state()).toEqual(before);
  await asOwner(server.database_url, (client) =>
    client.query('grant insert on stints to wheelhouse_app'),
  );
  expect((await rita.call(`POST /conversations/${id}/take`)).status).toBe(200);
});

/** Decides on one draft of the bot's, and waits until what became of it is said. */
const decide = async (values: object, note?: string) => {
  const id = await begin('drafter');
  await say(id);
  const draft = await until(
    async () =>
      (await program.call<{ rows: { id: string }[] }>('GET /cases?gate=drafts')).body.rows[0],
  );
  const answer = { values, ...(note === undefined ? {} : { note }) };
  expect((await rita.call(`POST /cases/${draft.id}/answers`, answer)).status).toBe(200);
  await until(async () => {
    const { messages } = (
      await program.call<{ messages: { author_kind: string }[] }>(`GET /conversations/${id}`)
    ).body;
    return messages.some(({ author_kind }) => author_kind !== 'contact');
  });
};

test('[W39] of drafts it tells how many stood, were edited and were replaced, and by how much', async () => {
  const from = time.now();
  await decide({ verdict: 'approve' });
  // "On its way." loses no word, and gets two.
  await decide({ verdict: 'edit', content: 'It is On its way.' });
  await decide({ verdict: 'edit', content: 'On the way.' });
  await decide({ verdict: 'reject' });
  time.advance(1_000);
  const { total } = await report({ from, to: time.now() });
  expect(total.drafts).toEqual({
    ...{ n: 4, as_it_stands: 1, edited: 2, replaced: 1, not_sent: 0 },
    ...{ words_changed: 1.5, share_changed: 0.5 },
  });
});

test('[W73] [W39] of suggested replies it tells how many were sent as they stood and how much was changed, each once', async () => {
  const from = time.now();
  const id = await begin('mute');
  await say(id);
  const send = (text: string, suggested: object, more: object = {}) =>
    rita.call<{ id: string; errors?: { field: string }[] }>(`POST /conversations/${id}/messages`, {
      ...{ body: { kind: 'text', text }, suggested },
      ...more,
    });
  const text = 'It comes on Friday.';
  const first = await send(text, { text });
  expect(first.status).toBe(201);
  expect(JSON.stringify(first.body)).not.toContain('suggested');
  await send(text, { text }, { id: first.body.id });
  // A word is changed and two are put in; then three of the four are taken out.
  await send('It comes on Monday by ferry.', { text, written_by: 'a-model' });
  await send('Friday.', { text });
  await answer(rita, id);
  time.advance(1_000);
  const { total } = await report({ from, to: time.now() });
  expect(total.suggested).toEqual({
    ...{ n: 3, as_it_stands: 1, changed: 2, by_model: 1 },
    ...{ words_changed: 3, share_changed: 0.75 },
  });
  expect((await report({ from, to: time.now(), bot: 'shop' })).total.suggested.n).toBe(0);
  const { body } = await program.call<{
    rows: { subject: string; data: { suggested?: object } }[];
  }>('GET /audit?type=message.sent&limit=100');
  expect(
    body.rows.filter(({ subject }) => subject === id).flatMap(({ data }) => data.suggested ?? []),
  ).toEqual(
    expect.arrayContaining([
      { written_by: null, distance: 0, words: 4 },
      { written_by: 'a-model', distance: 3, words: 4 },
    ]),
  );
  // It goes with what a member says to the customer, and with nothing else.
  const note = await send('Look.', { text }, { audience: 'team' });
  expect([note.status, note.body.errors?.[0]?.field]).toEqual([422, 'suggested']);
  const theirs = await program.call<{ errors?: { field: string }[] }>(
    `POST /conversations/${id}/messages`,
    { from: 'contact', body: { kind: 'text', text }, suggested: { text } },
  );
  expect([theirs.status, theirs.body.errors?.[0]?.field]).toEqual([422, 'suggested']);
});

test('[W68] why drafts were changed or turned down stands in it, counted by the words given', async () => {
  const from = time.now();
  await decide({ verdict: 'approve' }, 'well said');
  await decide({ verdict: 'edit', content: 'It is on its way.' }, 'too curt');
  await decide({ verdict: 'edit', content: 'Soon with you.' }, ' too curt ');
  await decide({ verdict: 'reject', reason: 'wrong order' });
  await decide({ verdict: 'reject' });
  time.advance(1_000);
  const { draft_reasons, total } = await report({ from, to: time.now() });
  expect(total.drafts.n).toBe(5);
  expect(draft_reasons).toEqual([
    { became: 'edited', reason: 'too curt', n: 2 },
    { became: 'replaced', reason: 'wrong order', n: 1 },
  ]);
  const others = await report({ from, to: time.now(), bot: 'default' });
  expect(others.draft_reasons).toEqual([]);
});

test('[W39] a report is for leads, of a stretch that makes sense, and says what it counts', async () => {
  const query = { from: '2026-01-01T00:00:00.000Z', to: '2026-02-01T00:00:00.000Z' };
  const ask = (by: Caller, more: Record<string, string> = {}) =>
    by.call<ConversationReport>(
      `GET /reports/conversations?${new URLSearchParams({ ...query, ...more }).toString()}`,
    );
  expect((await ask(rita)).status).toBe(403);
  const empty = await ask(lena, { by: 'week', zone: 'Asia/Tokyo' });
  expect(empty.status).toBe(200);
  expect(empty.body.total.deflection).toEqual({ value: null, low: null, high: null, n: 0 });
  expect(empty.body.pieces).toHaveLength(5);
  for (const name of Object.keys(empty.body.total)) {
    expect([name, empty.body.definitions[name]?.length ?? 0]).toEqual([name, expect.any(Number)]);
    expect(empty.body.definitions[name]).toMatch(/\.$/);
  }
  const wrong: [Record<string, string>, string][] = [
    [{ to: '2025-01-01T00:00:00.000Z' }, 'from to'],
    [{ to: '2029-01-01T00:00:00.000Z' }, 'from to'],
    [{ to: '2026-09-01T00:00:00.000Z', by: 'hour' }, 'by'],
    [{ zone: 'Mars/Olympus' }, 'zone'],
    [{ by: 'fortnight' }, 'by'],
    [{ from: 'yesterday' }, 'from'],
  ];
  for (const [more, field] of wrong) {
    const refused = await ask(lena, more);
    const fields = refused.body.errors?.map((one) => one.field).join(' ');
    expect([more, refused.status, fields]).toEqual([more, 422, field]);
  }
});
