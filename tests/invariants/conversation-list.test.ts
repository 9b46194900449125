import type { Conversation, ConversationRow, Page } from '@wheelhouse/core';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Ports } from '../../server/src/ports.ts';
import { firstAdmin, newMember, type Person } from '../../server/src/testing/person.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { until } from './until.ts';

let server: TestServer;
/** What each transaction asked of the database. */
const asked: string[][] = [];
const counted = (ports: Ports): Ports => ({
  ...ports,
  database: {
    ...ports.database,
    transact: (scope, work, terms) =>
      ports.database.transact(
        scope,
        (tx) => {
          const own: string[] = [];
          asked.push(own);
          return work({
            // What reads first knows the time only then.
            get now() {
              return tx.now;
            },
            scope: tx.scope,
            query: (statement, values) => {
              own.push(statement.name);
              return tx.query(statement, values);
            },
            write: (statement, values) => tx.write(statement, values),
          });
        },
        terms,
      ),
  },
});
let admin: Caller;
let ana: Person;
const made: string[] = [];
const many = 70;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine'), ports: counted });
  admin = await server.keyFor('admin');
  ana = await newMember(server, await firstAdmin(server), 'ana.lists@example.com', 'reviewer');
  const waiting = { tell_after_ms: 900_000, silent_after_ms: 900_000, silent_grace_ms: 900_000 };
  const bot = { title: 'Helper', posture: 'off', waiting };
  await admin.call('PUT /bots/plain', bot);
  await admin.call('PUT /bots/prompt', { ...bot, targets: { first_reply_ms: 3_600_000 } });
  for (let one = 0; one < many; one++) made.push(await begin('plain', `Customer ${one}`));
  await until(async () => (await page('view=waiting&limit=200')).rows.length === many);
});
afterAll(() => server?.stop());

async function begin(bot: string, name: string, text = 'I *need* **help**'): Promise<string> {
  const { body } = await admin.call<Conversation>('POST /conversations', {
    bot,
    contact: { name, external_id: `id ${name}` },
  });
  const said = { from: 'contact', body: { kind: 'text', text } };
  await admin.call(`POST /conversations/${body.id}/messages`, said);
  return body.id;
}
const page = async (query: string) =>
  (await ana.call<Page<ConversationRow>>(`GET /conversations?${query}`)).body;
async function all(query: string, limit: number): Promise<ConversationRow[]> {
  const rows: ConversationRow[] = [];
  let next: string | null = null;
  do {
    const cursor: string = next ? `&cursor=${encodeURIComponent(next)}` : '';
    const found: Page<ConversationRow> = await page(`${query}&limit=${limit}${cursor}`);
    rows.push(...found.rows);
    next = found.next;
  } while (next);
  return rows;
}
const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id);

test('[W31] a blank cursor asks for the first page, and keeps no true one from the next', async () => {
  const { body } = await admin.call<Page<ConversationRow>>('GET /conversations?limit=1');
  const cursors = Array.from({ length: 40 }, (_, at) => (at % 2 ? body.next : ''));
  const asked_at_once = cursors.map((cursor) =>
    admin.call<Page<ConversationRow>>(`GET /conversations?limit=1&cursor=${cursor}`),
  );
  const pages = await Promise.all(asked_at_once);
  expect(new Set(pages.map(({ status }) => status))).toEqual(new Set([200]));
  const ids = pages.map((page) => page.body.rows[0]?.id);
  expect(new Set(ids.filter((_, at) => at % 2 === 0))).toEqual(new Set([body.rows[0]?.id]));
  expect(ids[1]).not.toBe(ids[0]);
});

test('[W31] pages give each conversation once, the most urgent first or those last active', async () => {
  const waiting = await all('view=waiting', 20);
  // Who waits longest comes first.
  expect(idsOf(waiting)).toEqual(made);
  const open = await all('view=open', 33);
  expect(idsOf(open).sort()).toEqual(made.toSorted());
  const active = open.map(({ active_at, id }) => `${active_at} ${id}`);
  expect(active).toEqual(active.toSorted().reverse());
  expect(idsOf(await all('view=open&order=due', 50))).toEqual(made);
  const [first, second] = [made[60] as string, made[50] as string];
  await ana.call(`PATCH /conversations/${first}`, { priority: 7 });
  await ana.call(`PATCH /conversations/${second}`, { priority: 3 });
  // What is promised goes before what is not.
  const due = await begin('prompt', 'Due');
  await until(async () => (await page('view=waiting&limit=200')).rows.length === many + 1);
  const rest = made.filter((id) => id !== first && id !== second);
  expect(idsOf(await all('view=waiting', 20))).toEqual([first, second, due, ...rest]);
});

const intents = [
  {
    name: 'where',
    examples: ['where is my order', 'where is my parcel', 'track my order', 'order status'],
    answer: 'It is on its way.',
  },
  {
    name: 'refund',
    examples: ['i want a refund', 'give me my money back', 'refund please', 'return it'],
    answer: 'You can return it within 30 days.',
  },
];

test('[W31] of those with a bot, who waits longest comes first, then who was active last', async () => {
  // However sure it is, it drafts.
  const drafter = { title: 'Drafter', posture: 'draft', hand_off_below: 0, intents };
  expect((await admin.call('PUT /bots/drafter', drafter)).status).toBe(200);
  const idle = async (name: string) =>
    (await admin.call<Conversation>('POST /conversations', { bot: 'drafter', contact: { name } }))
      .body.id;
  const quiet = await idle('Quiet');
  const first = await begin('drafter', 'First', 'where is my order');
  const second = await begin('drafter', 'Second', 'i want a refund');
  const late = await idle('Late');
  await until(async () => (await page('view=bot')).rows.filter(({ draft }) => draft).length === 2);
  for (const limit of [1, 3, 50]) {
    expect(idsOf(await all('view=bot', limit))).toEqual([first, second, late, quiet]);
  }
  expect(idsOf(await all('view=bot&order=active', 50)).at(-1)).toBe(quiet);
});

test('[K92] a conversation stands among those that wait while a draft in it does, also once something later was answered', async () => {
  const drafter = { title: 'Keeper', posture: 'draft', hand_off_below: 0, intents };
  expect((await admin.call('PUT /bots/keeper', drafter)).status).toBe(200);
  const drafted = await begin('keeper', 'Drafted', 'where is my order');
  const kept = async (limit: number) =>
    (await all('view=bot', limit)).filter(({ bot }) => bot === 'keeper');
  await until(async () => (await kept(50)).filter(({ draft }) => draft).length === 1);
  const later = await begin('keeper', 'Waits too', 'i want a refund');
  await until(async () => (await kept(50)).filter(({ draft }) => draft).length === 2);
  const { body: idle } = await admin.call<Conversation>('POST /conversations', { bot: 'keeper' });
  // Nothing later stands unanswered in it, and still its customer waits for what was asked first.
  const client = new pg.Client({ connectionString: server.database_url });
  await client.connect();
  await client.query('update conversations set waiting_since = null where id = $1', [drafted]);
  await client.end();
  for (const limit of [1, 2, 50]) {
    const rows = await kept(limit);
    expect(idsOf(rows)).toEqual([drafted, later, idle.id]);
    expect(rows[0]).toMatchObject({ waiting_since: null, draft: { since: expect.any(String) } });
  }
});

test('[W31] a list is narrowed by what is unread, urgent, labelled, in a queue, or said of the customer', async () => {
  const [one, two] = [made[3] as string, made[4] as string];
  await ana.call(`PATCH /conversations/${one}`, { labels: ['lamps', '50%'], priority: 2 });
  const found = async (query: string) => idsOf(await all(`view=waiting&${query}`, 40));
  expect(await found('label=lamps')).toEqual([one]);
  expect(await found('label=lam')).toEqual([]);
  expect(await found('min_priority=2')).toContain(one);
  expect(await found('min_priority=100')).toEqual([]);
  expect(await found('queue=conversations')).toHaveLength(many + 1);
  expect(await found('queue=elsewhere')).toEqual([]);
  expect(await found('q=customer%2069')).toEqual([made[69]]);
  expect(await found('q=50%25')).toEqual([one]);
  expect(await found(`q=${two}`)).toEqual([two]);
  expect(await found('unread=true')).toHaveLength(many + 1);
  await ana.call(`POST /conversations/${two}/read`, { seq: 1 });
  expect(await found('unread=false')).toEqual([two]);
});

test('[W31] what was said last stands there as plain text', async () => {
  const { rows } = await page('view=waiting&limit=1');
  expect(rows[0]?.last?.text).toBe('I need help');
});

test('[W31] a cursor of another list, or an order that it has not, is refused by its field', async () => {
  const { next } = await page('view=waiting&limit=1');
  const refused = async (query: string) => {
    const { status, body } = await ana.call(`GET /conversations?${query}`);
    return [status, body.errors?.map(({ field }) => field)];
  };
  expect(await refused(`view=open&cursor=${encodeURIComponent(next ?? '')}`)).toEqual([
    422,
    ['cursor'],
  ]);
  expect(await refused('view=waiting&cursor=1~infinity~infinity~conv')).toEqual([422, ['cursor']]);
  expect(await refused('view=resolved&order=due')).toEqual([422, ['order']]);
});

test('[W31] a label stands once on a conversation, and its language is a tag', async () => {
  const id = made[0] as string;
  const change = (more: object) => ana.call<Conversation>(`PATCH /conversations/${id}`, more);
  const labelled = await change({ labels: ['lamps', 'urgent', ' Lamps '], language: 'pt-BR' });
  expect(labelled.body).toMatchObject({ labels: ['lamps', 'urgent'], language: 'pt-BR' });
  const wrong = await change({ language: 'the local one' });
  expect([wrong.status, wrong.body.errors?.[0]?.field]).toEqual([422, 'language']);
});

test('[W31] a page of fifty is read with no question asked twice, as a page of one', async () => {
  for (const limit of [1, 50]) {
    const before = asked.length;
    expect((await page(`view=waiting&limit=${limit}`)).rows).toHaveLength(limit);
    // Jobs ask meanwhile too, in transactions of their own.
    const [own, ...more] = asked
      .slice(before)
      .filter(([first]) => first?.startsWith('conversations.list.'));
    expect(more).toEqual([]);
    expect(own?.length).toBeGreaterThan(3);
    expect(own).toEqual([...new Set(own)]);
  }
});
