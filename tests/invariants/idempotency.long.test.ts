import { canonical } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Route } from '../../server/src/http/route.ts';
import { routeTable } from '../../server/src/http/routes.ts';
import { type Reply, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { asOwner } from './record.ts';
import { type Good, type GoodWrites, goodWrites, output } from './write-routes.ts';

let server: TestServer;
let good: GoodWrites;
let table: Route[];
beforeAll(async () => {
  server = await startServer({
    url_pattern: inject('engine'),
    settings: { WHEELHOUSE_SIGN_IN_LIMIT: '1000000' },
    ports: (ports) => ({
      ...ports,
      network: { check: () => {}, send: async () => ({ status: 200, headers: {}, body: '' }) },
    }),
  });
  good = await goodWrites(server);
  // The handlers are not called here: only what each row says of itself.
  table = routeTable(server.app, undefined as never, undefined as never, undefined as never);
});
afterAll(() => server?.stop());

/** Why a write keeps no answer under a key. */
const without: Record<string, string> = {
  'POST /enrolments': 'nobody is signed in, whose key it would be; the link itself works once',
  'POST /password-resets': 'nobody is signed in, whose key it would be; the link itself works once',
  'POST /session': 'nobody is signed in yet; each sign-in is a session of its own',
  'PUT /session': 'its answer comes with a cookie; moving to the same workspace again is no move',
  'DELETE /session': 'afterwards nobody is signed in',
  'DELETE /me/sessions/:id': 'a session that has ended is not there; ending it again does nothing',
  'POST /me/password': 'a digest of a password must not lie about; the old one works once',
  'POST /gates/:gate/preview': 'it reads, and changes nothing',
  'POST /bots/:bot/try': 'it reads, and changes nothing',
  'POST /bots/:bot/articles': 'the same file again meets its own articles',
  'POST /translations': 'it changes nothing, and nothing of it is kept',
  'POST /chat/visitors': 'nobody is known yet; each is a visitor of its own',
  'POST /chat/conversations/:id/preference': 'chosen again the same, it is chosen once',
  'PUT /chat/pre-chat-form': 'said again the same, it is said once',
  'POST /chat/sign-out': 'a token that has ended stands for nobody',
  'POST /chat/conversations': 'its id, made by the browser, makes a repeat meet its own',
  'POST /chat/conversations/:id/messages':
    'its id, made by the browser, makes a repeat meet its own',
  'POST /chat/conversations/:id/hand-off':
    'asked again while a person is waited for, nothing is done',
  'POST /chat/conversations/:id/call-back': 'what is left again takes the place of the one before',
  'POST /me/here': 'it is over in seconds',
  'PUT /chat/conversations/:id/messages/:message/thumb': 'said again the same, it is said once',
  'PUT /chat/conversations/:id/rating': 'said again the same, it is said once',
  'POST /chat/conversations/:id/resolve': 'what has ended ends no second time',
  'POST /chat/conversations/:id/files': 'its id, made by the browser, makes a repeat meet its own',
  'POST /conversations/:id/files': 'its id, made by the sender, makes a repeat meet its own',
  'POST /chat/conversations/:id/read': 'what is read stays read',
  'POST /chat/conversations/:id/typing': 'it is over in seconds',
  'POST /conversations/:id/read': 'what is read stays read',
  'POST /conversations/:id/looking': 'it is over in seconds',
};
const writes = () =>
  table
    .filter(({ method }) => method !== 'GET')
    .map((row) => `${row.method} ${row.path}`)
    .filter((what) => !without[what]);

let made = 0;
const newKey = () => {
  made += 1;
  return `once-${made}`;
};
const ask = ({ by, path, body }: Good, what: string, key: string) =>
  by.call(`${what.split(' ')[0]} ${path}`, body, { 'idempotency-key': key });

/** How many events there are; what jobs do by themselves is not counted. */
const eventsNow = () =>
  asOwner(server.database_url, async (client) => {
    const { rows } = await client.query<{ count: number }>(
      `select count(*)::int as count from events where workspace_id = $1
         and actor_kind <> 'system' and type not like 'delivery.%'`,
      [server.workspace_id],
    );
    return rows[0]?.count as number;
  });

/** A secret is said once, and a replay leaves it out. */
const plain = ({ status, body }: Reply<unknown>, secret: string | undefined) => {
  const fields = Object.entries((body ?? {}) as object).filter(([name]) => name !== secret);
  return `${status} ${canonical(Object.fromEntries(fields))}`;
};
const secretOf = (what: string) =>
  table.find(({ method, path }) => `${method} ${path}` === what)?.shown_once;

test('[O4] every write that keeps no key says why', () => {
  const rows = new Set(table.map(({ method, path }) => `${method} ${path}`));
  expect(Object.keys(without).filter((what) => !rows.has(what))).toEqual([]);
  expect(writes().filter((what) => !good[what])).toEqual([]);
  expect(writes().length).toBeGreaterThan(30);
});

test('[O4] on every write the same key gives the same answer, and it is done once', async () => {
  for (const what of writes()) {
    const one = await (good[what] as () => Promise<Good>)();
    const before = await eventsNow();
    const key = newKey();
    const first = await ask(one, what, key);
    expect([what, first.status < 300 || first.body]).toEqual([what, true]);
    const after = await eventsNow();
    const again = await ask(one, what, key);
    const secret = secretOf(what);
    expect([what, plain(again, secret)]).toEqual([what, plain(first, secret)]);
    expect([what, await eventsNow()]).toEqual([what, after]);
    // Nearly all of them leave something in the record, so that "once" was counted.
    if (!quiet.has(what)) expect([what, after > before]).toEqual([what, true]);
  }
});
/** These leave no event, or one that jobs leave too. */
const quiet = new Set([
  'POST /cases/:id/lease',
  'POST /callback-secret',
  'POST /deliveries/:id/redeliver',
]);

test('[O4] eight at once over every write: one does it, all hear the same', async () => {
  for (const what of writes()) {
    const make = good[what] as () => Promise<Good>;
    const alone = await make();
    const before = await eventsNow();
    expect((await ask(alone, what, newKey())).status).toBeLessThan(300);
    const each = (await eventsNow()) - before;
    const one = await make();
    const start = await eventsNow();
    const key = newKey();
    const replies = await Promise.all(Array.from({ length: 8 }, () => ask(one, what, key)));
    const secret = secretOf(what);
    const said = new Set(replies.map((reply) => plain(reply, secret)));
    expect([what, [...said].length === 1 || [...said]]).toEqual([what, true]);
    expect([what, (replies[0] as Reply<unknown>).status < 300]).toEqual([what, true]);
    expect([what, (await eventsNow()) - start]).toEqual([what, each]);
    // Of the eight, one hears the secret.
    if (secret) {
      const told = replies.filter(({ body }) => (body as Record<string, unknown>)[secret]);
      expect([what, told.length]).toEqual([what, 1]);
    }
  }
});

test('[O4] what is kept under a key is answered while another one reads it', async () => {
  const admin = await server.keyFor('admin');
  const ask = () =>
    admin.call('POST /keys', { name: 'k', role: 'viewer' }, { 'idempotency-key': key });
  const key = newKey();
  const first = await ask();
  const name = `${server.workspace_id} ${admin.id} ${key}`;
  const again = await asOwner(server.database_url, async (client) => {
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [name]);
    return ask();
  });
  const secret = secretOf('POST /keys');
  expect(plain(again, secret)).toBe(plain(first, secret));
});

test('[O4] on every write a key that stood for another request is refused, and nothing is done', async () => {
  for (const what of writes()) {
    if (forgetful.has(what)) continue;
    const make = good[what] as () => Promise<Good>;
    const key = newKey();
    const first = await make();
    expect((await ask(first, what, key)).status).toBeLessThan(300);
    const other = await make();
    // The same caller's key at another address, or with another body.
    const moved = { ...other, by: first.by };
    if (moved.path === first.path && JSON.stringify(moved.body) === JSON.stringify(first.body)) {
      if (!moved.body) continue;
      moved.body = { ...(moved.body as object), ...another[what] };
    }
    const before = await eventsNow();
    const refused = await ask(moved, what, key);
    expect([what, refused]).toMatchObject([what, { status: 409, body: { code: 'key_reused' } }]);
    expect([what, await eventsNow()]).toEqual([what, before]);
  }
});
/** What a key kept of these would be erased with the rest; erasing again changes nothing. */
const forgetful = new Set(
  ['outputs', 'cases', 'conversations', 'contacts'].map((noun) => `POST /${noun}/:id/erase`),
);
/** What makes a body another one, where good ones are all alike. */
const another: Record<string, object> = {
  'POST /gates/:gate/outputs': { content: 'other' },
  'POST /cases': { title: 'Other?' },
  'POST /keys': { name: 'other' },
  'POST /bots/:bot/crawls': { addresses: ['https://shop.example.com/other'] },
  'PUT /me/absence': { away_until: '2098-01-01T00:00:00Z' },
  'POST /webhooks': { description: 'other' },
};

test('[O4] of many at once each line is kept under the key and its number', async () => {
  const admin = await server.keyFor('admin');
  type Many = { results: { id?: string; line?: number; code?: string }[] };
  const submit = (lines: object[], key: string, as_lines: boolean) =>
    admin.call<Many>(
      'POST /gates/held/outputs',
      as_lines ? lines.map((line) => JSON.stringify(line)).join('\n') : lines,
      {
        'idempotency-key': key,
        ...(as_lines ? { 'content-type': 'application/x-ndjson' } : {}),
      },
    );
  for (const as_lines of [false, true]) {
    const lines = [output, { content: 'two' }, { confidence: 7 }, { content: 'four' }];
    const key = newKey();
    const first = await submit(lines, key, as_lines);
    const before = await eventsNow();
    const again = await submit(lines, key, as_lines);
    expect(again.body).toEqual(first.body);
    expect(first.body.results.map(({ id, code }) => (id ? 'in' : code))).toEqual([
      'in',
      'in',
      'invalid',
      'in',
    ]);
    const changed = await submit([output, { content: '2' }, {}, lines[3] as object], key, as_lines);
    expect(changed.body.results).toMatchObject([
      first.body.results[0],
      { line: 2, code: 'key_reused' },
      { line: 3, code: 'invalid' },
      first.body.results[3],
    ]);
    expect(await eventsNow()).toBe(before);
  }
});

test('[O4] a request that was refused leaves its key free', async () => {
  const admin = await server.keyFor('admin');
  const once = { 'idempotency-key': newKey() };
  expect((await admin.call('POST /keys', { name: '', role: 'viewer' }, once)).status).toBe(422);
  const gone = 'key_01k4000000000000000000zzzz';
  expect((await admin.call(`DELETE /keys/${gone}`, undefined, once)).status).toBe(404);
  expect((await admin.call('POST /keys', { name: 'k', role: 'viewer' }, once)).status).toBe(201);
  for (const key of ['', ' ', 'a b', 'x'.repeat(201), 'ü']) {
    const sent = { 'idempotency-key': encodeURI(key) === key ? key : '\u00fc' };
    const reply = await admin.call('POST /keys', { name: 'k', role: 'viewer' }, sent);
    // A header's own spaces are not part of it, so one of spaces alone is an empty one.
    expect([key, reply]).toMatchObject([
      key,
      { status: 422, body: { errors: [{ field: 'Idempotency-Key' }] } },
    ]);
  }
});
