import { day, hour, type Me, minute, type Session } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { newMember, type Person, password, personAt } from '../../server/src/testing/person.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { virtualTime } from '../../server/src/testing/virtual-time.ts';

const time = virtualTime();
let server: TestServer;
let robot: Caller;
beforeAll(async () => {
  server = await startServer({
    url_pattern: inject('engine'),
    settings: { WHEELHOUSE_SIGN_IN_LIMIT: '1000000' },
    ports: time.ports,
  });
  robot = await server.keyFor('admin');
});
afterAll(() => server?.stop());

const signIn = (person: Person, email: string, given = password) =>
  person.call<Me>('POST /session', { email, password: given });
let made = 0;
const newEmail = () => `person${++made}@example.com`;

test('[P7] enrol, sign out, sign in, list sessions, end one, change the password', async () => {
  const email = newEmail();
  const bo = await newMember(server, robot, email, 'reviewer');
  expect(bo.cookie()).toMatch(/^wheelhouse_session=[\w-]{43}$/);
  expect(await bo.call('GET /me')).toMatchObject({
    status: 200,
    body: { kind: 'member', email, role: 'reviewer', workspaces: [{ role: 'reviewer' }] },
  });
  expect(await bo.call('DELETE /session')).toMatchObject({ status: 204 });
  expect(bo.cookie()).toBe('');
  expect(await bo.call('GET /me')).toMatchObject({ status: 401 });
  const back = await signIn(bo, ` ${email}`);
  expect(back).toMatchObject({ status: 422, body: { errors: [{ field: 'email' }] } });
  const set = (await signIn(bo, email.toUpperCase())).headers.getSetCookie()[0];
  expect(set).toMatch(/Path=\/; HttpOnly; SameSite=Lax$/);
  const phone = personAt(server.url);
  await signIn(phone, email);
  await phone.call('GET /me', undefined, { 'user-agent': 'Phone' });
  const { rows } = (await bo.call<{ rows: Session[] }>('GET /me/sessions')).body;
  expect(rows.filter(({ current }) => current)).toHaveLength(1);
  const other = rows.find(({ current }) => !current) as Session;
  expect(await bo.call(`DELETE /me/sessions/${other.id}`)).toMatchObject({ status: 204 });
  expect(await bo.call(`DELETE /me/sessions/${other.id}`)).toMatchObject({ status: 404 });
  expect(await phone.call('GET /me')).toMatchObject({ status: 401 });
  await signIn(phone, email);
  const change = { current_password: 'not this one', new_password: 'another horse battery' };
  expect(await bo.call('POST /me/password', change)).toMatchObject({
    status: 422,
    body: { errors: [{ field: 'current_password' }] },
  });
  const changed = await bo.call('POST /me/password', { ...change, current_password: password });
  expect(changed.status).toBe(204);
  expect(await phone.call('GET /me')).toMatchObject({ status: 401 });
  expect(await bo.call('GET /me')).toMatchObject({ status: 200 });
  expect(await signIn(phone, email)).toMatchObject({ status: 401 });
  expect(await signIn(phone, email, change.new_password)).toMatchObject({ status: 200 });
});

test('[P7] a session ends two weeks after its last use, and sixty days after it was made', async () => {
  const bo = await newMember(server, robot, newEmail(), 'viewer');
  const idle = personAt(server.url);
  await signIn(idle, bo.me.email as string);
  for (let days = 0; days < 52; days += 13) {
    expect(await bo.call('GET /me')).toMatchObject({ status: 200 });
    time.advance(13 * day);
  }
  expect(await idle.call('GET /me')).toMatchObject({ status: 401 });
  expect(await bo.call('GET /me')).toMatchObject({ status: 200 });
  const [session] = (await bo.call<{ rows: Session[] }>('GET /me/sessions')).body.rows;
  const life = Date.parse(session?.expires_at ?? '') - Date.parse(session?.created_at ?? '');
  expect(life).toBe(60 * day);
  time.advance(8 * day);
  expect(await bo.call('GET /me')).toMatchObject({ status: 401 });
});

// Forty password hashes take a fifth of a second each, and more on a busy machine.
test('[S7] twenty failures in an hour close an address, known or unknown, in the same words', async () => {
  const known = (await newMember(server, robot, newEmail(), 'viewer')).me.email as string;
  const said: string[][] = [];
  for (const email of [known, 'stranger@example.com']) {
    const replies = await Promise.all(
      Array.from({ length: 22 }, () => signIn(personAt(server.url), email, 'not this one')),
    );
    const texts = replies.map(({ status, body }) => {
      const { request_id: _, retry_after_ms, ...rest } = body as unknown as Record<string, unknown>;
      if (status === 429) expect(retry_after_ms).toBeGreaterThan(59 * minute);
      return `${status} ${JSON.stringify(rest)}`;
    });
    said.push([...new Set(texts)].sort());
    const shut = await signIn(personAt(server.url), email);
    expect(shut).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
    expect(Number(shut.headers.get('retry-after'))).toBeGreaterThan(3_500);
    expect(shut.headers.get('content-type')).toContain('application/problem+json');
  }
  expect(said[0]).toEqual(said[1]);
  expect(said[0]).toHaveLength(2);
  time.advance(hour + minute);
  expect(await signIn(personAt(server.url), known)).toMatchObject({ status: 200 });
}, 1_200_000);

test('[S7] one address may try ten times a minute, over every account', async () => {
  const tight = await startServer({ url_pattern: inject('engine') });
  try {
    const statuses: number[] = [];
    let last: Headers | undefined;
    for (let n = 0; n < 12; n++) {
      const reply = await personAt(tight.url).call('POST /session', { email: `n${n}@b.co` });
      statuses.push(reply.status);
      last = reply.headers;
    }
    expect(statuses).toEqual([...Array(10).fill(422), 429, 429]);
    expect(Number(last?.get('retry-after'))).toBeGreaterThan(0);
  } finally {
    await tight.stop();
  }
});
