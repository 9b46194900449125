import { day, type Me, minute } from '@wheelhouse/core';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { adminLink } from '../../server/src/actions/enrolment.ts';
import {
  firstAdmin,
  invited,
  newMember,
  type Person,
  password,
  personAt,
} from '../../server/src/testing/person.ts';
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

test('[P1] a new start voids the link of the last one, and the first to follow it is admin', async () => {
  const anybody = personAt(server.url);
  const old = await adminLink(server.ports, server.workspace_id);
  const token = await adminLink(server.ports, server.workspace_id);
  expect(await anybody.call(`GET /enrolments/${old}`)).toMatchObject({ status: 410 });
  expect(await anybody.call(`GET /enrolments/${token}`)).toMatchObject({
    status: 200,
    body: { kind: 'admin', email: null, role: 'admin', workspace: { name: 'Test' } },
  });
  const rivals = await Promise.all(
    [1, 2, 3, 4].map((n) => {
      const body = { token, name: `Rival ${n}`, email: `rival${n}@example.com`, password };
      return personAt(server.url).call<Me>('POST /enrolments', body);
    }),
  );
  expect(rivals.map(({ status }) => status).sort()).toEqual([200, 410, 410, 410]);
  expect(await adminLink(server.ports, server.workspace_id)).toBeNull();
  const other = await server.newWorkspace('Elsewhere');
  const ana = await firstAdmin(server, 'ana@example.com', other);
  expect(ana.me).toMatchObject({ kind: 'member', role: 'admin', workspace: { id: other } });
});

test('[P1] an admin link lapses after a week', async () => {
  const workspace = await server.newWorkspace('Late');
  const token = await adminLink(server.ports, workspace);
  time.advance(7 * day + minute);
  const late = await personAt(server.url).call(`GET /enrolments/${token}`);
  expect(late).toMatchObject({ status: 410, body: { code: 'link_spent' } });
});

test('[P2] a link works once, for its address, for two weeks, until it is revoked', async () => {
  const email = newEmail();
  const anybody = personAt(server.url);
  const body = { name: 'Bo', email, password };
  const first = await invited(robot, email, 'reviewer');
  const token = await invited(robot, email.toUpperCase(), 'reviewer');
  const seen = await anybody.call(`GET /enrolments/${token}`);
  expect(seen).toMatchObject({ status: 200, body: { email, role: 'reviewer' } });
  const revoked = await invited(robot, newEmail(), 'reviewer');
  const rows = (await robot.call<{ rows: { id: string; state: string }[] }>('GET /invitations'))
    .body.rows;
  expect(await robot.call(`DELETE /invitations/${rows[0]?.id}`)).toMatchObject({ status: 204 });
  const wrong = await anybody.call('POST /enrolments', { ...body, token, email: newEmail() });
  expect(wrong).toMatchObject({ status: 422, body: { errors: [{ field: 'email' }] } });
  expect(await anybody.call('POST /enrolments', { ...body, token })).toMatchObject({ status: 200 });
  const expired = await invited(robot, newEmail(), 'reviewer');
  time.advance(14 * day + minute);
  const answers = new Set<string>();
  const spent = [token, first, revoked, expired, '', 'null', 'undefined', '0', 'a'.repeat(43)];
  for (const one of spent) {
    const { status, body: said } = await anybody.call('POST /enrolments', { ...body, token: one });
    const { request_id: _, ...problem } = said as unknown as Record<string, unknown>;
    answers.add(`${status} ${JSON.stringify(problem)}`);
    expect(await anybody.call(`GET /enrolments/${one}`)).toMatchObject({ status: 410 });
  }
  expect([...answers]).toEqual([expect.stringMatching(/^410 .*link_spent/)]);
  for (const one of [null, undefined, 0, {}, [token]]) {
    const refused = await anybody.call('POST /enrolments', { ...body, token: one });
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ field: 'token' }] } });
  }
});

test('[P2] of two who follow a link together, one comes in', async () => {
  const email = newEmail();
  const token = await invited(robot, email, 'viewer');
  const body = { token, name: 'Twice', email, password };
  const both = await Promise.all(
    [1, 2, 3].map(() => personAt(server.url).call('POST /enrolments', body)),
  );
  expect(both.map(({ status }) => status).sort()).toEqual([200, 410, 410]);
});

test('[P8] an invitation never sets the password of someone who works in another workspace', async () => {
  const elsewhere = await server.newWorkspace('Rivals');
  const rival = await server.keyFor('admin', elsewhere);
  const email = newEmail();
  const bo = await newMember(server, robot, email, 'lead');
  const token = await invited(rival, email, 'viewer');
  const thief = personAt(server.url);
  const body = { token, name: 'Thief', email, password: 'a password of my own' };
  expect(await thief.call('POST /enrolments', body)).toMatchObject({
    status: 422,
    body: { errors: [{ field: 'password' }] },
  });
  expect(await bo.call('GET /me')).toMatchObject({ status: 200 });
  const joined = await bo.call<Me>('POST /enrolments', { ...body, password });
  expect(joined).toMatchObject({
    status: 200,
    body: { role: 'viewer', workspace: { id: elsewhere } },
  });
  expect(joined.body.workspaces.map(({ role }) => role)).toEqual(['lead', 'viewer']);
  const home = { workspace_id: server.workspace_id };
  expect(await bo.call('PUT /session', home)).toMatchObject({
    status: 200,
    body: { role: 'lead' },
  });
  const foreign = { workspace_id: await server.newWorkspace('Closed') };
  expect(await bo.call('PUT /session', foreign)).toMatchObject({ status: 404 });
  const again = personAt(server.url);
  expect(await signIn(again, email)).toMatchObject({ status: 200, body: { role: 'lead' } });
});

test('[S6] hostile input to people’s routes names the field and changes nothing', async () => {
  const email = newEmail();
  const token = await invited(robot, email, 'viewer');
  const good = { token, name: 'Zoë', email, password };
  const anybody = personAt(server.url);
  const cases: [string, unknown, string][] = [
    ['POST /enrolments', { ...good, email: `${'a'.repeat(10_000)}@b.co` }, 'email'],
    ['POST /enrolments', { ...good, email: `a@${'b.'.repeat(5_000)}co` }, 'email'],
    ['POST /enrolments', { ...good, email: 'zo\u0000e@example.com' }, 'email'],
    ['POST /enrolments', { ...good, email: ['a@b.co'] }, 'email'],
    ['POST /enrolments', { ...good, name: '\u2003 \t' }, 'name'],
    ['POST /enrolments', { ...good, name: 'n'.repeat(201) }, 'name'],
    ['POST /enrolments', { ...good, name: 'nul\u0000' }, 'name'],
    ['POST /enrolments', `{"token":"${token}","name":"\\ud800","email":"${email}"}`, 'name'],
    ['POST /enrolments', { ...good, password: 'p'.repeat(201) }, 'password'],
    ['POST /enrolments', { ...good, password: 'aaaaaaaaaaaa' }, 'password'],
    ['POST /enrolments', { ...good, password: email }, 'password'],
    ['POST /enrolments', { ...good, password: { length: 12 } }, 'password'],
    ['POST /enrolments', { ...good, role: 'admin' }, 'role'],
    ['POST /enrolments', { ...good, workspace_id: 'ws_x' }, 'workspace_id'],
    ['POST /password-resets', { token, password: 'short' }, 'password'],
    ['POST /password-resets', { token, password: null }, 'password'],
    ['POST /password-resets', { token: null, password }, 'token'],
    ['POST /password-resets', { token, password, email }, 'email'],
    ['POST /session', { email: { $ne: null }, password }, 'email'],
    ['POST /session', { email, password: null }, 'password'],
    ['POST /session', '"a"', 'body'],
    ['POST /session', '', 'body'],
  ];
  for (const [what, body, field] of cases) {
    const reply = await anybody.call(what, body);
    const named = reply.body.errors?.map((error) => error.field);
    expect([what, body, reply.status, named]).toEqual([
      what,
      body,
      422,
      expect.arrayContaining([field]),
    ]);
  }
  expect(await anybody.call('POST /session', '{"__proto__":1}')).toMatchObject({ status: 422 });
  for (const [body, field] of [
    [{ email: 'x', role: 'viewer' }, 'email'],
    [{ email: newEmail(), role: 'owner' }, 'role'],
    [{ email: newEmail(), role: 'viewer', state: 'accepted' }, 'state'],
  ] as const) {
    const reply = await robot.call('POST /invitations', body);
    expect(reply).toMatchObject({ status: 422, body: { errors: [{ field }] } });
  }
  for (const hiding of ['\u202Etxet\u202C', 'a\u200Bna', 'a\u001b[31m', '\u2066x', '   ', '']) {
    const named = { status: 422, body: { errors: [{ field: 'name' }] } };
    expect(await anybody.call('POST /enrolments', { ...good, name: hiding })).toMatchObject(named);
    const key = { name: hiding, role: 'viewer' };
    expect(await robot.call('POST /keys', key)).toMatchObject(named);
    const gate = { title: hiding, policy: { mode: 'always' } };
    const titled = { status: 422, body: { errors: [{ field: 'title' }] } };
    expect(await robot.call('PUT /gates/hiding', gate)).toMatchObject(titled);
  }
  const name = 'e\u0301 Ünïcödé 👩‍👩‍👧 نص';
  const joined = await anybody.call<Me>('POST /enrolments', { ...good, name });
  expect(joined).toMatchObject({ status: 200, body: { name: name.normalize('NFC') } });
  expect(await signIn(personAt(server.url), email, '\ud800 half a pair')).toMatchObject({
    status: 401,
  });
});

test('[S8] no secret stands in the database as it was given', async () => {
  const email = newEmail();
  const once = { 'idempotency-key': 'shown-once' };
  const made_key = { name: 'secretive', role: 'viewer' };
  const key = await robot.call<{ key: string }>('POST /keys', made_key, once);
  const again = await robot.call<{ id: string }>('POST /keys', made_key, once);
  expect(again.body).toEqual({ ...key.body, key: undefined });
  const invitation = await robot.call<{ link: string }>(
    'POST /invitations',
    { email, role: 'viewer' },
    { 'idempotency-key': 'shown-once-too' },
  );
  const token = new URL(invitation.body.link).searchParams.get('token') as string;
  const bo = personAt(server.url);
  await bo.call('POST /enrolments', { token, name: 'Bo', email, password });
  const change = { current_password: password, new_password: 'one more horse battery' };
  await bo.call('POST /me/password', change, { 'idempotency-key': 'mine' });
  const owner = new pg.Client({ connectionString: server.database_url });
  await owner.connect();
  const { rows: tables } = await owner.query<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'public' order by 1`,
  );
  let dump = '';
  for (const { name } of tables) {
    const { rows } = await owner.query(`select to_jsonb(t)::text as line from ${name} t`);
    dump += rows.map(({ line }) => line).join('\n');
  }
  await owner.end();
  expect(dump).toContain(email);
  const cookie = bo.cookie().split('=')[1] as string;
  for (const secret of [key.body.key, token, cookie, password, change.new_password]) {
    expect(secret.length).toBeGreaterThan(20);
    expect(dump.includes(secret)).toBe(false);
  }
});
