import { roles } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { permissions } from '../../server/src/actions/permission.ts';
import type { Route } from '../../server/src/http/route.ts';
import { routeTable } from '../../server/src/http/routes.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';

let server: TestServer;
let table: Route[];
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  // The handlers are not called here: only what each row says of itself.
  table = routeTable(server.app, undefined as never, undefined as never, undefined as never);
});
afterAll(() => server?.stop());

/** What strangers may do; whoever adds to it means to. */
const open_to_all = [
  'GET /enrolments/:token',
  'POST /chat/visitors',
  'POST /enrolments',
  'POST /password-resets',
  'POST /session',
];

const nameOf = ({ method, path }: Route) => `${method} ${path}`;

/** Asks without a body, so that nothing is done, and without reading on: some answers never end. */
async function ask({ method, path }: Route, by?: Caller) {
  const at = `${server.url}/api/v1${path.replace(/:\w+/g, 'nothing')}`;
  const over = new AbortController();
  const headers: Record<string, string> = by ? { authorization: `Bearer ${by.key}` } : {};
  const response = await fetch(at, { method, headers, signal: over.signal });
  const type = response.headers.get('content-type') ?? '';
  const body = type.includes('problem') ? await response.json() : {};
  over.abort();
  return { status: response.status, type, body };
}

test('[S3] every route declares a permission that exists, and what is open to all is listed', () => {
  expect(table.length).toBeGreaterThan(40);
  const unknown = table.filter(
    ({ action }) => !/^(public|visitor)$/.test(action) && !(action in permissions),
  );
  expect(unknown.map(nameOf)).toEqual([]);
  const open = table.filter(({ action }) => action === 'public');
  expect(open.map(nameOf).sort()).toEqual(open_to_all);
  expect(open.filter(({ tight_limit }) => !tight_limit).map(nameOf)).toEqual([]);
  const declared = new Set(table.map(nameOf));
  expect(declared.size).toBe(table.length);
});

test('[S3] every route refuses a stranger, and the role just below its own, as problems', async () => {
  const callers = new Map<string, Caller>();
  for (const role of roles) callers.set(role, await server.keyFor(role));
  for (const row of table) {
    if (row.action === 'public') continue;
    const stranger = await ask(row);
    expect([nameOf(row), stranger]).toMatchObject([
      nameOf(row),
      { status: 401, body: { code: 'unauthenticated', status: 401 } },
    ]);
    expect(stranger.type).toContain('application/problem+json');
    if (row.action === 'visitor') continue;
    const needs_role = permissions[row.action];
    const below = roles[roles.indexOf(needs_role) - 1];
    if (!below) continue;
    const refused = await ask(row, callers.get(below));
    expect([nameOf(row), refused]).toMatchObject([
      nameOf(row),
      { status: 403, body: { code: 'forbidden', action: row.action, needs_role } },
    ]);
    expect(refused.type).toContain('application/problem+json');
  }
});

test('[S3] every route lets its own role in, and refuses a key that is scoped to something else', async () => {
  for (const row of table) {
    if (row.action === 'public' || row.action === 'visitor') continue;
    const needs_role = permissions[row.action];
    const let_in = await ask(row, await server.keyFor(needs_role));
    // What is refused further on is refused by name: no permission is in the way.
    expect([nameOf(row), let_in.body.action]).toEqual([nameOf(row), undefined]);
    const other = row.action === 'queues.read' ? 'gates.read' : 'queues.read';
    const scoped = await server.keyFor('admin', server.workspace_id, [other]);
    expect([nameOf(row), await ask(row, scoped)]).toMatchObject([
      nameOf(row),
      { status: 403, body: { code: 'forbidden', scopes: [other] } },
    ]);
  }
});

test('[S3] what is not in the table is not there', async () => {
  const by = await server.keyFor('admin');
  const method = 'GET';
  for (const path of ['/nothing', '/keys/x/y', '/../health', '//me', '/ME', '/me%2f', '/me/']) {
    const row = { method, path } as Route;
    const reply = await ask(row, by);
    expect([path, reply.status === 404 || reply.status === 200]).toEqual([path, true]);
  }
});
