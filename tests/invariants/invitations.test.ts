import { day, type Invitation, type Me, minute, type ResetLink } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { adminLink } from '../../server/src/actions/enrolment.ts';
import { invited, newMember, password, personAt } from '../../server/src/testing/person.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { virtualTime } from '../../server/src/testing/virtual-time.ts';

const time = virtualTime();
let server: TestServer;
let robot: Caller & { id: string };
beforeAll(async () => {
  server = await startServer({
    url_pattern: inject('engine'),
    settings: { WHEELHOUSE_SIGN_IN_LIMIT: '1000000' },
    ports: time.ports,
  });
  robot = await server.keyFor('admin');
});
afterAll(() => server?.stop());

let made = 0;
const newEmail = () => `person${++made}@example.com`;
const other_password = 'forgot the other one';
const signIn = (email: string, given: string) =>
  personAt(server.url).call<Me>('POST /session', { email, password: given });
const invitationsOf = async (email: string) =>
  (await robot.call<{ rows: Invitation[] }>('GET /invitations')).body.rows.filter(
    (row) => row.email === email,
  );
const reset = (by: Caller, id: string) => by.call<ResetLink>(`POST /members/${id}/password-reset`);
const tokenIn = ({ link }: { link?: string }) =>
  new URL(link ?? '').searchParams.get('token') as string;
/** What the record says of someone, oldest first. */
const storyOf = async (subject: string) => {
  const { body } = await robot.call<{ rows: { type: string; actor: string; data: object }[] }>(
    `GET /audit?subject=${subject}`,
  );
  return body.rows.map(({ type, actor, data }) => ({ type, actor, data })).reverse();
};

test('[P12] a member is not invited again, however the address is written', async () => {
  const email = newEmail();
  const bo = await newMember(server, robot, email, 'lead');
  for (const written of [email, email.toUpperCase(), `P${email.slice(1)}`]) {
    const refused = await robot.call('POST /invitations', { email: written, role: 'viewer' });
    expect(refused).toMatchObject({
      status: 409,
      body: {
        code: 'already_member',
        member_id: bo.me.id,
        errors: [
          { field: 'email', message: expect.stringMatching(/role instead.*link for a new/) },
        ],
      },
    });
  }
  expect((await invitationsOf(email)).map(({ state }) => state)).toEqual(['accepted']);
  expect(await bo.call<Me>('GET /me')).toMatchObject({ status: 200, body: { role: 'lead' } });
});

test('[P12] an invitation that is still out when its owner joins by the admin link opens nothing', async () => {
  const workspace = await server.newWorkspace('Overtaken');
  const key = await server.keyFor('admin', workspace);
  const email = newEmail();
  const token = await invited(key, email, 'viewer');
  const link = await adminLink(server.ports, workspace);
  const ana = personAt(server.url);
  const body = { name: 'Ana', email, password };
  expect(await ana.call('POST /enrolments', { ...body, token: link })).toMatchObject({
    status: 200,
  });
  const late = { ...body, password: other_password, token };
  const refused = await personAt(server.url).call('POST /enrolments', late);
  expect(refused).toMatchObject({ status: 409, body: { code: 'already_member' } });
  expect(await ana.call<Me>('GET /me')).toMatchObject({ status: 200, body: { role: 'admin' } });
  expect(await signIn(email, password)).toMatchObject({ status: 200 });
});

test('[P8] the admin link makes a member admin who gives their own password, and sets none', async () => {
  const workspace = await server.newWorkspace('Key first');
  const key = await server.keyFor('admin', workspace);
  const email = newEmail();
  const bo = await newMember(server, key, email, 'viewer');
  const token = await adminLink(server.ports, workspace);
  const body = { token, name: 'Other', email };
  const thief = await personAt(server.url).call('POST /enrolments', {
    ...body,
    password: other_password,
  });
  expect(thief).toMatchObject({ status: 422, body: { errors: [{ field: 'password' }] } });
  const risen = await bo.call<Me>('POST /enrolments', { ...body, password });
  expect(risen).toMatchObject({ status: 200, body: { id: bo.me.id, role: 'admin' } });
  expect(await adminLink(server.ports, workspace)).toBeNull();
});

test('[P2] an address has one open invitation, the newest, also when many are made at once', async () => {
  const email = newEmail();
  const rivals = ['viewer', 'reviewer', 'lead', 'builder', 'viewer', 'lead'];
  const all = await Promise.all(
    rivals.map((role, n) => {
      const written = n % 2 ? email : email.toUpperCase();
      return robot.call<Invitation>('POST /invitations', { email: written, role });
    }),
  );
  expect(all.map(({ status }) => status)).toEqual(rivals.map(() => 201));
  const open = (await invitationsOf(email)).filter(({ state }) => state === 'open');
  expect(open).toHaveLength(1);
  for (const { body } of all) {
    const seen = await personAt(server.url).call(`GET /enrolments/${tokenIn(body)}`);
    expect([body.id, seen.status]).toEqual([body.id, body.id === open[0]?.id ? 200 : 410]);
  }
});

test('[P9] whoever was removed and is invited again is the same member', async () => {
  const email = newEmail();
  const bo = await newMember(server, robot, email, 'reviewer');
  expect(await robot.call(`DELETE /members/${bo.me.id}`)).toMatchObject({ status: 204 });
  expect(await signIn(email, password)).toMatchObject({ status: 401 });
  const token = await invited(robot, email.toUpperCase(), 'lead');
  const body = { token, name: 'Bo', email, password: other_password };
  expect(await personAt(server.url).call('POST /enrolments', body)).toMatchObject({
    status: 200,
    body: { id: bo.me.id, role: 'lead' },
  });
});

test('[P12] a reset link is on record, changes nothing until it is followed, and works once for a day', async () => {
  const email = newEmail();
  const bo = await newMember(server, robot, email, 'reviewer');
  const first = await reset(robot, bo.me.id);
  const second = await reset(robot, bo.me.id);
  expect([first.status, second.status]).toEqual([201, 201]);
  expect(await bo.call('GET /me')).toMatchObject({ status: 200 });
  const anybody = personAt(server.url);
  const seen = await anybody.call(`GET /enrolments/${tokenIn(second.body)}`);
  expect(seen).toMatchObject({ status: 200, body: { kind: 'reset', email, role: 'reviewer' } });
  const body = { token: tokenIn(second.body), password: other_password };
  const as_invitation = { ...body, name: 'Bo', email };
  const spent = { status: 410, body: { code: 'link_spent' } };
  expect(await anybody.call('POST /enrolments', as_invitation)).toMatchObject(spent);
  const replaced = { ...body, token: tokenIn(first.body) };
  expect(await anybody.call('POST /password-resets', replaced)).toMatchObject(spent);
  const weak = await anybody.call('POST /password-resets', { ...body, password: email });
  expect(weak).toMatchObject({ status: 422, body: { errors: [{ field: 'password' }] } });
  const followed = await anybody.call<Me>('POST /password-resets', body);
  expect(followed).toMatchObject({ status: 200, body: { id: bo.me.id, role: 'reviewer' } });
  expect(await anybody.call('GET /me')).toMatchObject({ status: 200 });
  expect(await bo.call('GET /me')).toMatchObject({ status: 401 });
  expect(await signIn(email, password)).toMatchObject({ status: 401 });
  expect(await signIn(email, other_password)).toMatchObject({ status: 200 });
  expect(await personAt(server.url).call('POST /password-resets', body)).toMatchObject(spent);
  const enrolment_id = second.body.id;
  expect((await storyOf(bo.me.id)).slice(1)).toMatchObject([
    { type: 'member.password_reset', actor: robot.id, data: { enrolment_id: first.body.id } },
    { type: 'member.password_reset', actor: robot.id, data: { enrolment_id } },
    { type: 'member.changed', actor: bo.me.id, data: { password: 'reset', enrolment_id } },
  ]);
  const late = await reset(robot, bo.me.id);
  time.advance(day + minute);
  const after = await anybody.call('POST /password-resets', { ...body, token: tokenIn(late.body) });
  expect(after).toMatchObject(spent);
});

test('[P12] a reset link ends with what it was made for: the place, the role, the old password, its maker', async () => {
  const spent = { status: 410, body: { code: 'link_spent' } };
  const follow = ({ body }: { body: ResetLink }) =>
    personAt(server.url).call('POST /password-resets', {
      token: tokenIn(body),
      password: other_password,
    });
  const ends: [string, (id: string, bo: Caller) => Promise<unknown>][] = [
    ['removed', (id) => robot.call(`DELETE /members/${id}`)],
    ['another role', (id) => robot.call(`PATCH /members/${id}`, { role: 'builder' })],
    [
      'a new password',
      (_, bo) =>
        bo.call('POST /me/password', {
          current_password: password,
          new_password: 'chosen by myself',
        }),
    ],
  ];
  for (const [why, end] of ends) {
    const bo = await newMember(server, robot, newEmail(), 'viewer');
    const link = await reset(robot, bo.me.id);
    await end(bo.me.id, bo);
    expect([why, await follow(link)]).toMatchObject([why, spent]);
  }
  const maker = await server.keyFor('admin');
  const bo = await newMember(server, robot, newEmail(), 'viewer');
  const link = await reset(maker, bo.me.id);
  await robot.call(`DELETE /keys/${maker.id}`);
  expect(await follow(link)).toMatchObject(spent);
});

test('[P12] nobody resets the password of someone mightier, of a stranger or, by a link, their own', async () => {
  const bo = await newMember(server, robot, newEmail(), 'admin');
  const builder = await newMember(server, robot, newEmail(), 'builder');
  expect(await reset(builder, bo.me.id)).toMatchObject({ status: 403 });
  const scoped = await server.keyFor('admin', server.workspace_id, ['members.*']);
  expect(await reset(scoped, bo.me.id)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  expect(await reset(bo, bo.me.id)).toMatchObject({ status: 403 });
  const rival = await server.keyFor('admin', await server.newWorkspace('Rivals'));
  expect(await reset(rival, bo.me.id)).toMatchObject({ status: 404 });
});

test('[P8] a reset link of one workspace never opens the account of someone who works in two', async () => {
  const email = newEmail();
  const bo = await newMember(server, robot, email, 'lead');
  const elsewhere = await server.keyFor('admin', await server.newWorkspace('Second home'));
  const link = await reset(robot, bo.me.id);
  const token = await invited(elsewhere, email, 'viewer');
  const joined = await bo.call<Me>('POST /enrolments', { token, name: 'Bo', email, password });
  expect(joined).toMatchObject({ status: 200, body: { role: 'viewer' } });
  for (const { body } of [link, await reset(elsewhere, joined.body.id)]) {
    const stolen = { token: tokenIn(body), password: other_password };
    const refused = await personAt(server.url).call('POST /password-resets', stolen);
    expect(refused).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  }
  expect(await signIn(email, other_password)).toMatchObject({ status: 401 });
  expect(await signIn(email, password)).toMatchObject({ status: 200 });
});
