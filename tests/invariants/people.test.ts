import { day, hour, type Me, type Member, minute, type Session } from '@wheelhouse/core';
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
let ana: Person & { me: Me };
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
  ana = await firstAdmin(server, 'ana@example.com', other);
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

test('[P8] [P9] whoever is invited again is the same member, with a new password', async () => {
  const email = newEmail();
  const bo = await newMember(server, robot, email, 'reviewer');
  const reset = await invited(robot, email, 'viewer');
  const next = personAt(server.url);
  const body = { name: 'Bo', email, password: 'forgot the other one' };
  expect(await next.call('POST /enrolments', { ...body, token: reset })).toMatchObject({
    status: 200,
    body: { id: bo.me.id, role: 'reviewer' },
  });
  expect(await bo.call('GET /me')).toMatchObject({ status: 401 });
  expect(await robot.call(`DELETE /members/${bo.me.id}`)).toMatchObject({ status: 204 });
  expect(await signIn(bo, email, body.password)).toMatchObject({ status: 401 });
  const rejoin = await invited(robot, email, 'lead');
  expect(await next.call('POST /enrolments', { ...body, token: rejoin })).toMatchObject({
    status: 200,
    body: { id: bo.me.id, role: 'lead' },
  });
});

test('[P3] a workspace keeps an admin, also when two of them demote each other at once', async () => {
  const workspace = await server.newWorkspace('Two admins');
  const key = await server.keyFor('admin', workspace);
  const one = await firstAdmin(server, newEmail(), workspace);
  const last = { status: 409, body: { code: 'last_admin' } };
  expect(await one.call(`DELETE /members/${one.me.id}`)).toMatchObject(last);
  expect(await one.call(`PATCH /members/${one.me.id}`, { role: 'lead' })).toMatchObject(last);
  const two = await newMember(server, one, newEmail(), 'admin');
  const paths = [one, two].map(({ me }) => `PATCH /members/${me.id}`);
  for (let round = 0; round < 20; round++) {
    const both = await Promise.all(paths.map((path) => key.call(path, { role: 'viewer' })));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    await Promise.all(paths.map((path) => key.call(path, { role: 'admin' })));
  }
});

test('[P4] nobody gives a role above their own, nor acts on one', async () => {
  const builder = await newMember(server, robot, newEmail(), 'builder');
  const body = { email: newEmail(), role: 'admin' };
  expect(await builder.call('POST /invitations', body)).toMatchObject({ status: 403 });
  const scoped = await server.keyFor('builder');
  const key = { name: 'more', role: 'admin' };
  expect(await scoped.call('POST /keys', key)).toMatchObject({ status: 403 });
  const path = `PATCH /members/${builder.me.id}`;
  expect(await builder.call(path, { role: 'admin' })).toMatchObject({ status: 403 });
});

test('[P4] whoever loses the right to invite loses the invitations they made', async () => {
  const boss = await newMember(server, robot, newEmail(), 'admin');
  const key = await server.keyFor('admin');
  const tokens = [
    await invited(boss, newEmail(), 'admin'),
    await invited(key, newEmail(), 'viewer'),
  ];
  await robot.call(`PATCH /members/${boss.me.id}`, { role: 'builder' });
  await robot.call(`DELETE /keys/${key.id}`);
  for (const token of tokens) {
    expect(await boss.call(`GET /enrolments/${token}`)).toMatchObject({ status: 410 });
  }
});

interface Claim {
  cases: { id: string; lease: { epoch: number } }[];
}
const question = (queue: string) => ({
  queue,
  parts: [{ kind: 'text', name: 'text', text: 'Is this one fine?' }],
  form: {
    questions: [{ name: 'fine', kind: 'choice', options: [{ value: 'yes' }, { value: 'no' }] }],
  },
});
const openCase = async (queue: string) =>
  (await robot.call<{ id: string }>('POST /cases', question(queue))).body.id;
const storyOf = async (case_id: string) => {
  const { rows } = (
    await robot.call<{ rows: { type: string; data: Record<string, unknown> }[] }>(
      `GET /audit?subject=${case_id}`,
    )
  ).body;
  return rows.map(({ type, data }) => [type, data.why ?? null, data.to ?? null]).reverse();
};

test('[P5] a removed member’s cases go back to everyone, held and assigned ones alike', async () => {
  const [held, assigned] = [await openCase('leaving'), await openCase('leaving')];
  const gone = await newMember(server, robot, newEmail(), 'reviewer');
  const desk = await newMember(server, robot, newEmail(), 'reviewer');
  await robot.call(`PUT /cases/${assigned}/assignment`, { member_id: gone.me.id });
  const claimed = await gone.call<Claim>('POST /queues/leaving/claim', { limit: 2 });
  expect(claimed.body.cases.map(({ id }) => id).sort()).toEqual([held, assigned].sort());
  const none = await desk.call<Claim>('POST /queues/leaving/claim', { limit: 2 });
  expect(none.body.cases).toEqual([]);
  expect(await robot.call(`DELETE /members/${gone.me.id}`)).toMatchObject({ status: 204 });
  const late = await gone.call(`POST /cases/${held}/answers`, {
    epoch: 1,
    values: { fine: 'yes' },
  });
  expect(late).toMatchObject({ status: 401 });
  const freed = await desk.call<Claim>('POST /queues/leaving/claim', { limit: 2 });
  expect(freed.body.cases.map(({ id }) => id).sort()).toEqual([held, assigned].sort());
  const answer = await desk.call(`POST /cases/${assigned}/answers`, {
    epoch: freed.body.cases.find(({ id }) => id === assigned)?.lease.epoch,
    values: { fine: 'yes' },
  });
  expect(answer).toMatchObject({ status: 200, body: { case: { state: 'resolved' } } });
  expect(await storyOf(assigned)).toEqual([
    ['case.opened', null, null],
    ['case.assigned', null, gone.me.id],
    ['case.claimed', null, null],
    ['case.released', 'removed', null],
    ['case.assigned', 'removed', null],
    ['case.claimed', null, null],
    ['case.answered', null, null],
    ['case.resolved', null, null],
  ]);
});

test('[P5] a role that no longer allows a case gives it back; one that does keeps it', async () => {
  const id = await openCase('demoted');
  const lead = await newMember(server, robot, newEmail(), 'lead');
  await lead.call('POST /queues/demoted/claim', { case_id: id });
  await robot.call(`PATCH /members/${lead.me.id}`, { role: 'reviewer' });
  expect(await lead.call('GET /me')).toMatchObject({ status: 401 });
  const desk = await server.keyFor('reviewer');
  const kept = await desk.call<Claim>('POST /queues/demoted/claim', { limit: 1 });
  expect(kept.body.cases).toEqual([]);
  await robot.call(`PATCH /members/${lead.me.id}`, { role: 'viewer' });
  const freed = await desk.call<Claim>('POST /queues/demoted/claim', { limit: 1 });
  expect(freed.body.cases).toMatchObject([{ id }]);
});

test('[P6] while someone is away, what is or gets assigned goes to their delegate', async () => {
  const away = await newMember(server, robot, newEmail(), 'reviewer');
  const heir = await newMember(server, robot, newEmail(), 'reviewer');
  const [before, after] = [await openCase('away'), await openCase('away')];
  await robot.call(`PUT /cases/${before}/assignment`, { member_id: away.me.id });
  const away_until = new Date(Date.parse(time.now()) + 2 * day).toISOString();
  const gone = { away_until, delegate_to: heir.me.id };
  expect(await away.call<Member>('PUT /me/absence', gone)).toMatchObject({
    status: 200,
    body: { id: away.me.id, ...gone },
  });
  await robot.call(`PUT /cases/${after}/assignment`, { member_id: away.me.id });
  for (const id of [before, after]) {
    const one = await robot.call(`GET /cases/${id}`);
    expect(one).toMatchObject({ body: { assigned_to: heir.me.id } });
  }
  expect(await storyOf(before)).toContainEqual(['case.assigned', 'away', heir.me.id]);
  time.advance(3 * day);
  const third = await openCase('away');
  const back = await robot.call(`PUT /cases/${third}/assignment`, { member_id: away.me.id });
  expect(back).toMatchObject({ status: 200, body: { assigned_to: away.me.id } });
  for (const [wrong, field] of [
    [{ away_until: '2020-01-01T00:00:00Z' }, 'away_until'],
    [{ away_until: 'tomorrow' }, 'away_until'],
    [{ away_until: '2099-01-01T00:00:00Z', delegate_to: away.me.id }, 'delegate_to'],
    [{ away_until: '2099-01-01T00:00:00Z', delegate_to: ana.me.id }, 'delegate_to'],
  ] as const) {
    const refused = await away.call('PUT /me/absence', wrong);
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ field }] } });
  }
  expect(await robot.call('PUT /me/absence', gone)).toMatchObject({ status: 403 });
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
}, 240_000);

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
  expect(await anybody.call('POST /session', '{"__proto__":1}')).toMatchObject({ status: 400 });
  for (const [body, field] of [
    [{ email: 'x', role: 'viewer' }, 'email'],
    [{ email: newEmail(), role: 'owner' }, 'role'],
    [{ email: newEmail(), role: 'viewer', state: 'accepted' }, 'state'],
  ] as const) {
    const reply = await robot.call('POST /invitations', body);
    expect(reply).toMatchObject({ status: 422, body: { errors: [{ field }] } });
  }
  const name = 'e\u0301 Ünïcödé \u202Etxet\u202C 👩‍👩‍👧 نص';
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
