import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { readConfig } from '../../server/src/config.ts';
import { firstAdmin, type Person, password } from '../../server/src/testing/person.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';

const listed = 'https://app.example.org';
let open: TestServer;
let closed: TestServer;
let desk: Caller;
let ana: Person;
beforeAll(async () => {
  const url_pattern = inject('engine');
  const settings = {
    WHEELHOUSE_ALLOWED_ORIGINS: `${listed},http://localhost:3000`,
    WHEELHOUSE_PUBLIC_URL: 'https://desk.example.org',
    WHEELHOUSE_SIGN_IN_LIMIT: '1000000',
  };
  open = await startServer({ url_pattern, settings });
  closed = await startServer({ url_pattern });
  desk = await open.keyFor('admin');
  ana = await firstAdmin(open);
});
afterAll(async () => {
  await open?.stop();
  await closed?.stop();
});

/** What an answer allows a page of another origin, by its headers. */
const allows = ({ headers }: { headers: Headers }) =>
  Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-')));
const ask = (server: TestServer, path: string, origin: string, more: RequestInit = {}) =>
  fetch(`${server.url}${path}`, { ...more, headers: { ...more.headers, origin } });
const preflight = (server: TestServer, path: string, origin: string, method = 'POST') => {
  const headers = {
    'access-control-request-method': method,
    'access-control-request-headers': 'authorization,content-type,idempotency-key,x-wheelhouse',
  };
  return ask(server, path, origin, { method: 'OPTIONS', headers });
};
const hostile = [
  'https://evil.example',
  'null',
  '*',
  '',
  'https://app.example.org.evil.example',
  'https://evil.app.example.org',
  'http://app.example.org',
  'https://app.example.org:8443',
  'https://app.example.org/',
  'HTTPS://APP.EXAMPLE.ORG',
  'https://app.example.org,https://evil.example',
  'http://localhost:3001',
  'file://',
];

test('[S11] a page of a listed origin may call the API with a key, and is answered before it asks', async () => {
  const asked = await preflight(open, '/api/v1/gates/refunds/outputs', listed);
  expect(asked.status).toBe(204);
  expect(allows(asked)).toEqual({
    'access-control-allow-origin': listed,
    'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
    'access-control-allow-headers': 'Authorization, Content-Type, Idempotency-Key, Last-Event-ID',
    'access-control-expose-headers': 'Retry-After',
    'access-control-max-age': '600',
  });
  expect(asked.headers.get('vary')).toMatch(/origin/i);
  const by_key = { authorization: `Bearer ${desk.key}` };
  const told = { 'access-control-allow-origin': listed };
  const me = await ask(open, '/api/v1/me', listed, { headers: by_key });
  expect([me.status, allows(me)]).toMatchObject([200, told]);
  // What is refused can be read too, or a program in a page could not tell why.
  const nobody = await ask(open, '/api/v1/me', listed);
  expect([nobody.status, allows(nobody)]).toMatchObject([401, told]);
  const none = await ask(open, '/api/v1/outputs/nothing', listed, { headers: by_key });
  expect([none.status, allows(none)]).toMatchObject([422, told]);
  const over = new AbortController();
  const stream = await ask(open, '/api/v1/events', listed, {
    headers: by_key,
    signal: over.signal,
  });
  expect([stream.status, allows(stream)]).toMatchObject([200, told]);
  over.abort();
  const plain = await fetch(`${open.url}/api/v1/me`, { headers: by_key });
  expect(allows(plain)['access-control-allow-origin']).toBeUndefined();
  expect(plain.headers.get('vary')).toMatch(/origin/i);
});

test('[S11] every other origin is allowed nothing, however it is written, and no answer allows credentials', async () => {
  for (const origin of hostile) {
    const asked = await preflight(open, '/api/v1/keys', origin);
    expect([origin, asked.status, allows(asked)]).toEqual([origin, 405, {}]);
    const headers = { authorization: `Bearer ${desk.key}` };
    for (const path of ['/api/v1/me', '/api/v1/nothing', '/api/openapi.json', '/health', '/']) {
      const got = await ask(open, path, origin, { headers });
      expect([origin, path, allows(got)]).toEqual([origin, path, {}]);
    }
  }
  for (const origin of [listed, ...hostile]) {
    for (const answer of [
      await preflight(closed, '/api/v1/keys', origin),
      await ask(closed, '/api/v1/me', origin),
    ]) {
      expect([origin, allows(answer)]).toEqual([origin, {}]);
    }
    const asked = await preflight(open, '/api/v1/keys', origin);
    expect(asked.headers.has('access-control-allow-credentials')).toBe(false);
    expect(asked.headers.get('access-control-allow-origin')).not.toBe('*');
  }
});

test('[S11] a session is for the server’s own pages: no other origin, listed or not, uses or makes one', async () => {
  const own = { cookie: ana.cookie(), 'x-wheelhouse': '1', 'content-type': 'application/json' };
  const refused = { status: 403, body: { code: 'forbidden' } };
  const body = { email: 'ana@example.com', password };
  for (const origin of [listed, ...hostile.filter(Boolean)]) {
    for (const [method, path] of [
      ['GET', '/me'],
      ['GET', '/events'],
      ['GET', '/audit/export'],
      ['PUT', '/queues/stolen'],
      ['DELETE', '/session'],
    ] as const) {
      const told = await ask(open, `/api/v1${path}`, origin, {
        method,
        headers: own,
        ...(method === 'PUT' && { body: '{}' }),
      });
      const said = { status: told.status, body: await told.json() };
      expect([origin, path, said]).toMatchObject([origin, path, refused]);
    }
    const sign_in = await ana.call('POST /session', body, { origin });
    expect([origin, sign_in]).toMatchObject([origin, refused]);
    expect([origin, sign_in.headers.getSetCookie()]).toEqual([origin, []]);
  }
  for (const origin of [open.url, 'https://desk.example.org']) {
    expect(await ana.call('GET /me', undefined, { origin })).toMatchObject({ status: 200 });
    expect(await ana.call('POST /session', body, { origin })).toMatchObject({ status: 200 });
  }
  // A key says who asks whatever else a page sends along.
  const by_key = { authorization: `Bearer ${desk.key}`, cookie: ana.cookie() };
  const me = await ask(open, '/api/v1/me', listed, { headers: by_key });
  expect(await me.json()).toMatchObject({ kind: 'key' });
});

test('[S11] the list takes origins and nothing looser', () => {
  const read = (text: string) => readConfig({ WHEELHOUSE_ALLOWED_ORIGINS: text }).allowed_origins;
  expect(readConfig({}).allowed_origins).toEqual([]);
  expect(read(`${listed},http://[::1]:3000`)).toEqual([listed, 'http://[::1]:3000']);
  for (const loose of [
    '*',
    'https://*.example.org',
    'null',
    'https://app.example.org/',
    'https://app.example.org/page',
    'https://App.example.org',
    'https://app.example.org:443',
    'https://user@app.example.org',
    'app.example.org',
    'file:///tmp',
    `${listed}, http://localhost:3000`,
    `${listed},`,
  ]) {
    expect(() => read(loose), loose).toThrow(/WHEELHOUSE_ALLOWED_ORIGINS: origins as browsers/);
  }
});
