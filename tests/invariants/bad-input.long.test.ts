import { argumentFaults, type JsonObject } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';
import { bad_bodies, bad_query_values, bad_values, queryOf, too_large } from './bad-values.ts';
import { holdings } from './neighbour.ts';
import { type Good, type GoodWrites, goodWrites } from './write-routes.ts';

interface Operation {
  parameters: { name: string; in: string; schema: JsonObject }[];
  requestBody?: { content: Record<string, { schema: JsonObject }> };
  responses: Record<string, unknown>;
}
let server: TestServer;
let good: GoodWrites;
/** By "METHOD /path" of the route table. */
const described = new Map<string, Operation>();
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
  const response = await fetch(`${server.url}/api/openapi.json`);
  const { paths } = (await response.json()) as { paths: Record<string, Record<string, Operation>> };
  for (const [path, methods] of Object.entries(paths)) {
    const own = path.replace('/api/v1', '').replaceAll(/\{(\w+)\}/g, ':$1');
    for (const [method, one] of Object.entries(methods)) {
      described.set(`${method.toUpperCase()} ${own}`, one);
    }
  }
});
afterAll(() => server?.stop());

const held = async () => {
  const rows = await holdings(server.database_url, server.workspace_id);
  // That someone was here is noted once a minute, whatever they asked; a job puts off by itself when
  // it looks at a conversation next, or completes a brief; and a lease that lapses gives its place back.
  const kept = rows.filter((row) => !/^briefs |^events .*"conversation.briefed"/.test(row));
  const moves = /"(last_seen|expires|clock|breach)_at": ("[^"]+"|null)|"open_slots": \d+/g;
  return kept.map((row) =>
    /^(sessions|conversations|cases) /.test(row) ? row.replaceAll(moves, '') : row,
  );
};
/** The rows that are not as they were. */
async function changedSince(before: string[]): Promise<string[]> {
  const now = await held();
  const [was, is] = [new Set(before), new Set(now)];
  return [
    ...now.filter((row) => !was.has(row) && !lapse.test(row)),
    ...before.filter((row) => !is.has(row) && !hasLapsed(row)),
  ];
}
/** On a slow machine the clock takes back, meanwhile, what an earlier request holds. */
const lapse = /^events .*"why": "lapsed"/;
const hasLapsed = (row: string) => {
  const [, end] = /^leases .*"expires_at": "([^"]+)"/.exec(row) ?? [];
  return end !== undefined && Date.parse(end) <= Date.now();
};
const writes = () => [...described].filter(([what]) => !what.startsWith('GET'));
/** Whoever is not signed in yet sends these; `entry.test.ts` tries their fields. */
const open_to_all = new Set([
  'POST /enrolments',
  'POST /password-resets',
  'POST /session',
  'PUT /session',
  'DELETE /session',
  // Of these one address may send few; `chat.test.ts` tries their fields.
  'POST /chat/visitors',
]);

interface Said {
  status: number;
  type: string;
  body: { code?: string; detail?: string; errors?: { field: string; message: string }[] };
  headers: Headers;
}
async function send(one: Good, what: string, text: string | Buffer | undefined, type?: string) {
  const [method = ''] = what.split(' ');
  const { cookie, key } = one.by as Good['by'] & { cookie?: () => string };
  const response = await fetch(`${server.url}/api/v1${one.path}`, {
    method,
    headers: {
      ...(key ? { authorization: `Bearer ${key}` } : { 'x-wheelhouse': '1' }),
      ...(cookie ? { cookie: cookie() } : {}),
      ...(text === undefined ? {} : { 'content-type': type ?? 'application/json' }),
    },
    ...(text === undefined ? {} : { body: text as string }),
  });
  const said = await response.text();
  const json =
    /^application\/(problem\+)?json/.test(response.headers.get('content-type') ?? '') && said;
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    body: (json ? JSON.parse(said) : {}) as Said['body'],
    headers: response.headers,
  };
}

/** What every refusal has, whatever was wrong. */
function isProblem(what: string, said: Said): void {
  expect([what, said.status < 500 || said]).toEqual([what, true]);
  const { code, detail } = said.body;
  const whole = Boolean(code?.match(/^[a-z_]+$/) && detail && !detail.includes('internal'));
  expect([what, whole || said]).toEqual([what, true]);
  expect([what, said.type]).toEqual([what, 'application/problem+json']);
}

/** The fields of a body's schema, whatever alternatives it has. */
function fieldsOf(schema: JsonObject): string[] {
  const parts = ['anyOf', 'oneOf', 'allOf'].flatMap((name) => (schema[name] ?? []) as JsonObject[]);
  const own = Object.keys((schema.properties ?? {}) as JsonObject);
  return [...new Set([...own, ...parts.flatMap(fieldsOf)])];
}

/** The text of a body with a raw value in place of one field. */
const withRaw = (body: unknown, field: string, raw: string) =>
  JSON.stringify({ ...(body as object), [field]: '<here>' }).replace('"<here>"', () => raw);

test('[S6] [S9] every field of every write with every bad value: kept whole, or refused by its name', async () => {
  let tried = 0;
  let refused = 0;
  for (const [what, { requestBody }] of writes()) {
    const schema = requestBody?.content['application/json']?.schema;
    if (!schema || open_to_all.has(what)) continue;
    const make = good[what];
    if (!make) throw new Error(`a good request is needed for ${what}`);
    let one = await make();
    const again: { name: string; text: string; code: string | undefined }[] = [];
    for (const field of fieldsOf(schema)) {
      for (const [words, raw] of Object.entries(bad_values)) {
        const name = `${what} ${field}: ${words}`;
        const text = withRaw(one.body, field, raw);
        const said = await send(one, what, text);
        tried += 1;
        if (said.status < 300) {
          expect([name, violates(schema, text)]).toEqual([name, false]);
          one = await make();
          continue;
        }
        isProblem(name, said);
        again.push({ name, text, code: said.body.code });
        if (said.body.code !== 'invalid') continue;
        refused += 1;
        const named = said.body.errors?.some(
          (fault) => fault.field === field || fault.field.startsWith(`${field}.`),
        );
        expect([name, named || said.body]).toEqual([name, true]);
      }
    }
    // A third of them once more, over rows that are looked at before and after.
    one = await make();
    const before = await held();
    for (const [at, { name, text, code }] of again.entries()) {
      if (at % 3 !== tried % 3) continue;
      expect([name, (await send(one, what, text)).body.code]).toEqual([name, code]);
    }
    expect([what, await changedSince(before)]).toEqual([what, []]);
  }
  expect(tried).toBeGreaterThan(2_000);
  expect(refused).toBeGreaterThan(1_500);
  // What was kept can be read: no list of anything is broken by it.
  const by = await server.keyFor('admin');
  for (const what of described.keys()) {
    // Sessions are people's, proofs are of something, and a stream has no end.
    if (!what.startsWith('GET') || /:|\/(events|sessions|proof)$|^GET \/chat\//.test(what))
      continue;
    const said = await send({ by, path: `${what.slice(4)}${queryOf(what)}` }, what, undefined);
    expect([what, said.status]).toEqual([what, 200]);
  }
}, 1_800_000);

/** Whether the description that the server gives of itself refuses a body. */
function violates(schema: JsonObject, text: string): boolean {
  return argumentFaults(schema, JSON.parse(text), 'body').length > 0;
}

test('[S6] bodies that are no such thing are refused by every write, and nothing is half-done', async () => {
  for (const [what, { requestBody }] of writes()) {
    if (open_to_all.has(what) || !requestBody?.content['application/json']) continue;
    const one = await (good[what] as () => Promise<Good>)();
    const before = await held();
    for (const [words, text] of Object.entries(bad_bodies)) {
      if (words === 'a list' && what === 'POST /gates/:gate/outputs') continue;
      const name = `${what}: ${words}`;
      const said = await send(one, what, text);
      isProblem(name, said);
      expect([name, [400, 422].includes(said.status) || said.body]).toEqual([name, true]);
      expect([name, said.body.errors?.length]).not.toEqual([name, 0]);
    }
    for (const type of ['text/plain', 'application/xml', 'multipart/form-data', 'image/png', '']) {
      const said = await send(one, what, '{}', type);
      isProblem(`${what} ${type}`, said);
      expect([what, type, said.status]).toEqual([what, type, 415]);
    }
    const large = await send(one, what, too_large);
    isProblem(what, large);
    expect(large).toMatchObject({
      status: 413,
      body: { code: 'too_large', limit_bytes: 1_048_576 },
    });
    expect(large.body.detail).toContain('1,048,576 bytes');
    expect([what, await changedSince(before)]).toEqual([what, []]);
  }
}, 1_800_000);

test('[S6] many at once: an empty body is refused, a bad line alone, an endless line in words', async () => {
  const one = { by: await server.keyFor('admin'), path: '/gates/held/outputs' };
  const what = 'POST /gates/held/outputs';
  const lines = 'application/x-ndjson';
  for (const [text, type] of [['[]'], ['', lines], ['\n \n', lines]] as const) {
    const said = await send(one, what, text, type);
    expect(said).toMatchObject({ status: 422, body: { errors: [{ field: 'body' }] } });
  }
  const bad = Object.values(bad_values).map((raw) => `{"content":"x","confidence":${raw}}`);
  const text = ['{"content":1}', ...bad, '{"content":2}'].join('\n');
  const mixed = (await send(one, what, text, lines)) as unknown as {
    body: { results: { id?: string; line?: number; code?: string }[] };
  };
  const { results } = mixed.body;
  expect(results).toHaveLength(bad.length + 2);
  results.forEach((result, at) => {
    const fine = /^(0|)$/.test(Object.values(bad_values)[at - 1] ?? '');
    expect([at, result.id ? 'in' : result.line]).toEqual([at, fine ? 'in' : at + 1]);
  });
  // What is too long or no text is refused alone; what comes after it is read, however it arrives.
  const endless = `{"content":"${'x'.repeat(2_000_000)}"}`;
  const wide = `{"content":"${'é💥'.repeat(60_000)}"}`;
  const broken = Buffer.from('{"content":"x"}'.replace('x', '\xff'), 'latin1');
  const body = Buffer.concat([
    Buffer.from(`${wide}\n${endless}\n${wide}\n`),
    broken,
    Buffer.from(`\n${wide}\n${endless}\r\n\n{"content":3}`),
  ]);
  const cut = (await send(one, what, body, lines)) as unknown as typeof mixed;
  const said = cut.body.results.map(({ line, code }) => (line ? `${line} ${code}` : 'in'));
  const refused = ['2 too_large', '4 malformed', '6 too_large'];
  expect(said).toEqual(['in', refused[0], 'in', refused[1], 'in', refused[2], 'in']);
});

test('[S6] a method that an address does not answer gets 405 and the ones it does', async () => {
  const { key } = await server.keyFor('admin');
  const headers = { authorization: `Bearer ${key}` };
  const by_path = new Map<string, Set<string>>();
  for (const what of described.keys()) {
    const [method = '', path = ''] = what.split(' ');
    by_path.set(path, (by_path.get(path) ?? new Set()).add(method));
  }
  for (const [path, methods] of by_path) {
    // Its address could also be a case's own; what that answers is tried there.
    if (path === '/cases/batch') continue;
    const url = `${server.url}/api/v1${path.replace(/:\w+/g, 'x')}`;
    if (methods.has('GET') && !/\/(events|stream)$/.test(path)) methods.add('HEAD');
    for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PURGE']) {
      if (methods.has(method)) continue;
      // Before a page elsewhere asks, its browser does.
      if (method === 'OPTIONS' && path.startsWith('/chat/')) continue;
      const response = await fetch(url, { method, headers });
      const allowed = response.headers.get('allow')?.split(', ').sort();
      expect([method, path, response.status]).toEqual([method, path, 405]);
      expect([path, allowed]).toEqual([path, [...methods].sort()]);
      if (method === 'HEAD') continue;
      expect(await response.json()).toMatchObject({ code: 'method_not_allowed', status: 405 });
    }
  }
  for (const [path, type] of [
    ['/health', 'json'],
    ['/api/openapi.json', 'json'],
    ['/api/v1/gates', 'json'],
  ]) {
    const at = `${server.url}${path}`;
    const [got, head] = await Promise.all([
      fetch(at, { headers }),
      fetch(at, { method: 'HEAD', headers }),
    ]);
    expect([path, head.status]).toEqual([path, got.status]);
    expect(head.headers.get('content-type')).toContain(type);
    expect(await head.text()).toBe('');
  }
});

test('[S6] queries and addresses: every parameter with every bad value is refused by its name', async () => {
  const by = await server.keyFor('admin');
  let before = await held();
  let refused = 0;
  for (const [what, { parameters }] of described) {
    const [method = '', path = ''] = what.split(' ');
    const read = method === 'GET' && path !== '/events';
    for (const parameter of parameters) {
      if (parameter.in === 'query' && !read) continue;
      const in_path = parameter.in === 'path';
      if (in_path && method === 'PUT' && what.includes('/:gate')) continue;
      for (const value of bad_query_values) {
        const encoded = encodeURIComponent(value);
        const address = in_path ? path.replace(/:\w+/, encoded) : path.replace(/:\w+/, 'x');
        if ((in_path && (value === '' || value.length > 500)) || /:/.test(address)) continue;
        const query = queryOf(what, in_path ? {} : { [parameter.name]: value });
        const said = await send({ by, path: `${address}${query}` }, what, undefined);
        const name = `${what} ${parameter.name}=${value.slice(0, 40)}`;
        if (said.status < 300) {
          // It found what an earlier test made under such a name, and did to it what was asked.
          if (!read) before = await held();
          continue;
        }
        isProblem(name, said);
        refused += 1;
        const fields = said.body.errors?.map(({ field }) => field) ?? [];
        // Of two that exclude each other, the first is named; a write that is sent no body lacks one.
        const other = parameter.name === 'since' ? 'leaf' : read ? '' : 'body';
        const named = [parameter.name, other, in_path ? '' : (/:(\w+)/.exec(path)?.[1] ?? '')];
        const by_name = fields.some((field) => named.includes(field));
        // Where nothing is by that name, or another thing is missing first, that is said.
        if (said.body.code === 'invalid') expect([name, by_name || fields]).toEqual([name, true]);
      }
    }
  }
  expect(refused).toBeGreaterThan(700);
  expect(await changedSince(before)).toEqual([]);
});

test('[S6] cursors of another list, and limits out of bounds, are refused by name', async () => {
  const admin = await server.keyFor('admin');
  const pages = [...described].filter(
    ([what, { parameters }]) =>
      !what.includes(':') && parameters.some(({ name }) => name === 'limit'),
  );
  expect(pages.length).toBeGreaterThanOrEqual(4);
  const cursors: string[] = [];
  for (const [what] of pages) {
    const first = `${what}${queryOf(what, { limit: '1' })}`;
    const { body } = await admin.call<{ next: string | null }>(first);
    if (body.next) cursors.push(body.next);
    for (const limit of ['0', '-1', '201', '1.5', 'x', '1e3', '']) {
      const said = await admin.call(`${what}${queryOf(what, { limit })}`);
      expect([what, limit, said]).toMatchObject([
        what,
        limit,
        { status: 422, body: { errors: [{ field: 'limit' }] } },
      ]);
    }
  }
  expect(cursors.length).toBeGreaterThanOrEqual(3);
  for (const [what] of pages) {
    for (const cursor of [...cursors, 'x', '~', '1-', '-1-1', '1-1-1', '9'.repeat(40), 'e30']) {
      const said = await admin.call(`${what}${queryOf(what, { limit: '1', cursor })}`);
      if (said.status === 200) continue;
      expect([what, cursor, said]).toMatchObject([
        what,
        cursor,
        { status: 422, body: { code: 'invalid', errors: [{ field: 'cursor' }] } },
      ]);
    }
  }
});

test('[S6] what is not there is named by its place in the address, in one kind of answer', async () => {
  const admin = await server.keyFor('admin');
  const nobodys: Record<string, string> = {
    outputs: 'out',
    cases: 'case',
    keys: 'key',
    members: 'mem',
    invitations: 'inv',
    webhooks: 'hook',
    deliveries: 'del',
    conversations: 'conv',
    contacts: 'con',
    files: 'file',
  };
  const nobodysIn = (_: string, place: string) =>
    /^(file|crawl)$/.test(place) ? `${place}_01k5000000000000000000zzzz` : 'nowhere';
  const before = await held();
  let asked = 0;
  for (const what of described.keys()) {
    const [method = '', path = ''] = what.split(' ');
    const noun = path.split('/')[1] ?? '';
    if (!path.includes(':') || noun === 'me' || noun === 'enrolments' || noun === 'chat') continue;
    // A name that is put is a new thing, and so may one be whose policy is tried.
    if ((method === 'PUT' && noun !== 'cases') || path.endsWith('/preview')) continue;
    const id = nobodys[noun] ? `${nobodys[noun]}_01k5000000000000000000zzzz` : 'nowhere';
    const one = good[what] && (await good[what]());
    const said = await (one?.by ?? admin).call<{ code: string }>(
      `${method} ${path.replace(/:\w+/, id).replace(/:(\w+)/, nobodysIn)}${queryOf(what)}`,
      one?.body && !what.endsWith('/claim') ? one.body : undefined,
    );
    asked += 1;
    const place = /:(\w+)/.exec(path)?.[1];
    expect([what, said]).toMatchObject([
      what,
      { status: 404, body: { code: 'not_found', errors: [{ field: place }] } },
    ]);
    expect(JSON.stringify(said.body)).toContain(id);
  }
  expect(asked).toBeGreaterThan(20);
  expect((await held()).length).toBeGreaterThanOrEqual(before.length);
});
