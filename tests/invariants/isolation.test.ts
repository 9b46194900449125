import { type Role, roles } from '@wheelhouse/core';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Route } from '../../server/src/http/route.ts';
import { routeTable } from '../../server/src/http/routes.ts';
import { firstAdmin, newMember } from '../../server/src/testing/person.ts';
import {
  type Caller,
  type Reply,
  startServer,
  type TestServer,
} from '../../server/src/testing/start.ts';
import { queryOf } from './bad-values.ts';
import { type Holdings, holdings, marker, neighbour, refunds, tablesOf } from './neighbour.ts';

let server: TestServer;
let other: Holdings;
let table: Route[];
let callers: Record<Role, Caller>;
beforeAll(async () => {
  server = await startServer({
    url_pattern: inject('engine'),
    settings: { WHEELHOUSE_SIGN_IN_LIMIT: '1000000', WHEELHOUSE_POOL: '4' },
    ports: (ports) => ({
      ...ports,
      network: { check: () => {}, send: async () => ({ status: 200, headers: {}, body: '' }) },
    }),
  });
  other = await neighbour(server);
  // The handlers are not called here: only what each row says of itself.
  table = routeTable(server.app, undefined as never, undefined as never, undefined as never);
  const keys = await Promise.all(roles.map(async (role) => [role, await server.keyFor(role)]));
  callers = Object.fromEntries(keys);
});
afterAll(() => server?.stop());

const whole = { status: 'submitted', values: { verdict: 'approve' } };
/** A body that would do, were the row one's own. A route that is not here takes none. */
const bodies: Record<string, unknown> = {
  'POST /gates/:gate/outputs': { action: { name: 'refund', arguments: {} } },
  'POST /gates/:gate/override': {
    ...{ threshold: 0.6, reason: 'Short of people' },
    until: new Date(Date.now() + 3_600_000).toISOString(),
  },
  'POST /outputs/:id/cancel': { reason: 'mine now' },
  'POST /outputs/:id/feedback': { kind: 'thumb', up: true },
  'POST /outputs/:id/result': { status: 'done' },
  'POST /cases/:id/answers': { epoch: 1, ...whole },
  'POST /cases/:id/lease': { epoch: 1 },
  'POST /cases/:id/corrections': { values: { verdict: 'reject' }, reason: 'mine now' },
  'PUT /cases/:id/assignment': { assigned_to: null },
  'POST /cases/:id/notes': { text: 'hello' },
  'PATCH /contacts/:id': { name: 'mine now' },
  'PATCH /conversations/:id': { priority: 1 },
  'POST /conversations/:id/read': { seq: 1 },
  'POST /conversations/:id/messages': { from: 'contact', body: { kind: 'text', text: 'hello' } },
  'POST /conversations/:id/merge': { into: `conv_${'0'.repeat(26)}` },
  'POST /conversations/:id/whisper': { text: 'hello' },
  'POST /conversations/:id/snooze': { until: '2027-06-01T09:00:00Z' },
  'PUT /bots/:bot/articles/:article': { title: 'own', text: 'own' },
  'POST /bots/:bot/try': { text: 'own' },
  'POST /bots/:bot/crawls': { addresses: ['https://shop.example.com'] },
  'PATCH /members/:id': { role: 'viewer' },
  'PATCH /members/:id/abilities': { capacity: 1 },
  'PATCH /webhooks/:id': { enabled: false },
};
/** Of nobody. */
const crawl = `crawl_${'0'.repeat(26)}`;
/** A customer's addresses have their own test (chat.test.ts). */
const asksWho = (action: Route['action']) => action !== 'public' && action !== 'visitor';
/** Names that people choose: the same name in one's own workspace is another thing, or a new one. */
const by_name: Record<string, unknown> = {
  'PUT /gates/:gate': refunds('own'),
  'POST /gates/:gate/preview': { definition: refunds('own') },
  'PUT /queues/:queue': { title: 'own' },
  'PUT /bots/:bot': { title: 'own' },
  'PUT /canned-replies/:name': { text: 'own' },
};

test('[S1] every route × role × foreign id: 404 or 403, no row, count or word leaves', async () => {
  const before = await holdings(server.database_url, other.workspace_id);
  expect(before.join()).toContain(marker);
  let asked = 0;
  for (const row of table.filter(({ path, action }) => path.includes(':') && asksWho(action))) {
    const what = `${row.method} ${row.path}`;
    const noun = row.path.slice(1, row.path.indexOf('/:'));
    const foreign = other.ids[noun];
    if (!foreign) throw new Error(`give the neighbour one of ${noun}, for ${what}`);
    if (by_name[what]) continue;
    for (const role of roles) {
      const path = row.path
        .replace(/:\w+/, foreign)
        .replace(':article', 'delivery')
        .replace(':tool', 'refund')
        .replace(':file', other.ids.files as string)
        .replace(':crawl', crawl);
      const reply = await callers[role].call(`${row.method} ${path}${queryOf(what)}`, bodies[what]);
      asked += 1;
      expect([what, role, [403, 404].includes(reply.status) || reply]).toEqual([what, role, true]);
      // Whether someone else has it or nobody does cannot be told: not a word differs.
      const nobodys = foreign.replace(/.{8}$/, 'zzzzzzzz');
      const unknown = row.path
        .replace(/:\w+/, nobodys)
        .replace(':article', 'delivery')
        .replace(':tool', 'refund')
        .replace(':file', other.ids.files as string)
        .replace(':crawl', crawl);
      const same = await callers[role].call(
        `${row.method} ${unknown}${queryOf(what)}`,
        bodies[what],
      );
      expect([what, plain(reply, foreign)]).toEqual([what, plain(same, nobodys)]);
    }
  }
  expect(asked).toBeGreaterThan(100);
  const third = await server.keyFor('admin', await server.newWorkspace('Third'));
  for (const [what, body] of Object.entries(by_name).reverse()) {
    const noun = what.split('/')[1] as string;
    const path = what.replace(/:\w+/, other.ids[noun] as string);
    const made = await third.call(path, body);
    expect(made.status).toBeLessThan(300);
    expect(JSON.stringify(made.body).replaceAll(other.ids[noun] as string, '')).not.toContain(
      marker,
    );
  }
  expect(await holdings(server.database_url, other.workspace_id)).toEqual(before);
});

/** What was said, without the id that was asked for and the number of the request. */
const plain = ({ status, body }: Reply<unknown>, asked: string) => {
  const said = { ...(body as Record<string, unknown>), request_id: '' };
  return `${status} ${JSON.stringify(said).replaceAll(asked, '')}`;
};

test('[S1] lists, counts and the record of one workspace say nothing of the next', async () => {
  const { outputs, cases, members, keys, gates, queues } = other.ids;
  const filters = [
    `gate=${gates}`,
    `queue=${queues}`,
    `subject=${cases}`,
    `subject=${outputs}`,
    `actor=${members}`,
    `actor=${keys}`,
    `q=${marker}`,
    `search=${marker}`,
    'cursor=0',
    'limit=200',
  ];
  const lists = table.filter(
    ({ method, path, action, streams }) =>
      method === 'GET' && !path.includes(':') && asksWho(action) && !streams,
  );
  expect(lists.length).toBeGreaterThan(10);
  for (const { path } of lists) {
    for (const filter of ['', ...filters]) {
      const response = await fetch(`${server.url}/api/v1${path}?${filter}`, {
        headers: { authorization: `Bearer ${callers.admin.key}` },
      });
      const text = await response.text();
      const named = [...Object.values(other.ids), other.workspace_id];
      // A filter that is no filter here is refused by its name.
      const rest = text.replaceAll(filter.split('=')[1] || '\n', '');
      for (const foreign of [marker, ...named]) {
        expect([path, filter, rest.includes(foreign)]).toEqual([path, filter, false]);
      }
    }
  }
  const home = await callers.admin.call<{ waiting: number }>('GET /home');
  expect(home.body).toMatchObject({ waiting: 0, held_now: 0 });
});

test('[S1] foreign ids inside a body are unknown ids', async () => {
  const own = await callers.admin.call<{ id: string }>('POST /cases', question);
  const gate = 'own-gate';
  await callers.admin.call(`PUT /gates/${gate}`, refunds('own'));
  const action = { name: 'refund', arguments: {} };
  const mine = await callers.admin.call<{ id: string }>(`POST /gates/${gate}/outputs`, { action });
  const { outputs, cases, members } = other.ids;
  const ana = await firstAdmin(server);
  const away_until = '2099-01-01T00:00:00Z';
  const refused: [Caller, string, unknown][] = [
    [callers.admin, `PUT /cases/${own.body.id}/assignment`, { assigned_to: members }],
    [callers.admin, 'POST /cases', { ...question, assigned_to: members }],
    [callers.admin, `POST /cases/${own.body.id}/notes`, { text: 'see', mentions: [members] }],
    [
      callers.admin,
      `POST /outputs/${mine.body.id}/feedback`,
      { kind: 'preference', over: outputs },
    ],
    [ana, 'PUT /me/absence', { away_until, delegate_to: members }],
    [ana, 'PUT /session', { workspace_id: other.workspace_id }],
  ];
  for (const [by, what, body] of refused) {
    const { status, body: said } = await by.call(what, body);
    expect([what, [404, 422].includes(status) || said]).toEqual([what, true]);
    expect(JSON.stringify(said)).not.toContain(marker);
  }
  const claimed = await callers.admin.call('POST /queues/*/claim', { case_id: cases });
  expect(claimed).toMatchObject({ status: 404, body: { code: 'not_found' } });
  const batch = { case_ids: [cases], values: { verdict: 'approve' } };
  const decided = await callers.admin.call('POST /cases/batch', batch);
  expect(decided.body).toMatchObject({ results: [{ ok: false, code: 'not_found' }] });
  // Ids that callers choose: one that the neighbour took is free here, and nothing is told.
  const chosen = { ...question, id: cases };
  expect(await callers.admin.call('POST /cases', chosen)).toMatchObject({ status: 201 });
});

const question = {
  queue: 'own',
  parts: [{ kind: 'text', name: 'text', text: 'Fine?' }],
  form: {
    questions: [{ name: 'fine', kind: 'choice', options: [{ value: 'a' }, { value: 'b' }] }],
  },
};

test('[S1] one key never sees the other workspace’s Idempotency-Keys', async () => {
  const theirs = await server.keyFor('admin', other.workspace_id);
  const once = { 'idempotency-key': 'the-same' };
  const one = await theirs.call('PUT /queues/same', { title: marker }, once);
  const two = await callers.admin.call('PUT /queues/same', { title: 'ours' }, once);
  expect([one.status, two.status]).toEqual([200, 200]);
  expect(two.body).toMatchObject({ title: 'ours' });
});

const asOwner = async <Result>(work: (client: pg.Client) => Promise<Result>): Promise<Result> => {
  const client = new pg.Client({ connectionString: server.database_url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

test('[S2] without any filter a transaction reads, changes and adds only its workspace', async () => {
  const tables = await asOwner(tablesOf);
  expect(tables.length).toBeGreaterThan(15);
  const { database } = server.ports;
  const scopes = [{ workspace_id: server.workspace_id }, { workspace_id: other.workspace_id }];
  // Four connections in all, so that each has served both workspaces before.
  const looks = tables.flatMap((name) => scopes.map((scope) => ({ name, scope })));
  let seen = 0;
  await Promise.all(
    looks.map(({ name, scope }) =>
      database.transact(scope, async (tx) => {
        const text = `select distinct workspace_id from ${name}`;
        const rows = await tx.query<{ workspace_id: string }>({ name: `raw ${name}`, text });
        seen += rows.length;
        expect([name, rows.filter((row) => row.workspace_id !== scope.workspace_id)]).toEqual([
          name,
          [],
        ]);
      }),
    ),
  );
  expect(seen).toBeGreaterThan(10);
  const [own] = scopes as [{ workspace_id: string }];
  const raw = (text: string) =>
    database.transact(own, (tx) => tx.query({ name: `raw ${text.slice(0, 50)}`, text }));
  const before = await holdings(server.database_url, other.workspace_id);
  expect(await raw('select * from users')).toEqual([]);
  expect(await raw('select * from sign_in_failures')).toEqual([]);
  expect(await raw('select id from workspaces')).toEqual([{ id: server.workspace_id }]);
  await raw(`update cases set title = 'mine' where title <> 'mine'`);
  await raw('delete from members');
  await raw('delete from sessions');
  const foreign = `values ('${other.workspace_id}', 'planted', 'planted', now())`;
  const plant = `insert into queues (workspace_id, name, title, created_at) ${foreign}`;
  await expect(raw(plant)).rejects.toThrow(/row-level security/);
  const move = `update queues set workspace_id = '${other.workspace_id}'`;
  await expect(raw(move)).rejects.toThrow(/row-level security/);
  expect(await holdings(server.database_url, other.workspace_id)).toEqual(before);
  for (const workspace_id of ['', `${server.workspace_id}' or '1'='1`, undefined]) {
    const nobody = { workspace_id: workspace_id as string };
    await expect(database.transact(nobody, async () => 1)).rejects.toThrow('a transaction needs');
  }
});

test('[S2] every table of a workspace is under row-level security, for a role that owns nothing', async () => {
  await asOwner(async (client) => {
    const { rows: open } = await client.query(
      `select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname = 'public' and c.relkind in ('r', 'p') and c.relname <> 'migrations'
         and not (c.relrowsecurity and exists (select from pg_policy p where p.polrelid = c.oid))`,
    );
    expect(open).toEqual([]);
    const { rows: role } = await client.query(
      `select rolsuper, rolbypassrls, rolcanlogin,
         (select count(*)::int from pg_class where relowner = r.oid) as owned
       from pg_roles r where rolname = 'wheelhouse_app'`,
    );
    expect(role).toEqual([{ rolsuper: false, rolbypassrls: false, rolcanlogin: false, owned: 0 }]);
  });
  const who = await server.ports.database.transact({ workspace_id: '*' }, (tx) =>
    tx.query({ name: 'who am i', text: 'select current_user::text as name' }),
  );
  expect(who).toEqual([{ name: 'wheelhouse_app' }]);
});

test('[S5] a write by cookie needs the web app’s header, whatever else it carries', async () => {
  const admin = await server.keyFor('admin');
  const bo = await newMember(server, admin, 'bo@example.com', 'admin');
  const writes = table.filter(({ method, action }) => method !== 'GET' && asksWho(action));
  for (const { method, path } of writes) {
    for (const header of ['', '0', 'true']) {
      const sent = { 'x-wheelhouse': header, origin: 'https://evil.example.com' };
      const reply = await bo.call(`${method} ${path.replace(/:\w+/, 'x')}`, {}, sent);
      expect([method, path, reply.status]).toEqual([method, path, 403]);
    }
  }
  expect(await bo.call('GET /me')).toMatchObject({ status: 200 });
});
