import type { Me, Role } from '@wheelhouse/core';
import { adminLink } from '../actions/enrolment.ts';
import { type Caller, caller, type Reply, type TestServer } from './start.ts';

export const password = 'correct horse battery';

/** Someone at a browser: calls carry the cookie that sign-in gave, and the web app's header. */
export interface Person extends Caller {
  cookie(): string;
}

export function personAt(url: string): Person {
  let cookie = '';
  const anybody = caller(url, '');
  return {
    key: '',
    cookie: () => cookie,
    async call<Body>(what: string, body?: unknown, headers: Record<string, string> = {}) {
      const sent = { ...(cookie ? { cookie } : {}), 'x-wheelhouse': '1', ...headers };
      const reply: Reply<Body> = await anybody.call<Body>(what, body, sent);
      const [set] = reply.headers.getSetCookie();
      if (set) cookie = (set.split(';')[0] as string).replace(/^wheelhouse_session=$/, '');
      return reply;
    },
  };
}

/** A person who has followed the admin link of a workspace. */
export async function firstAdmin(
  server: TestServer,
  email = 'ana@example.com',
  workspace_id = server.workspace_id,
): Promise<Person & { me: Me }> {
  const token = await adminLink(server.ports, workspace_id);
  const person = personAt(server.url);
  const body = { token, name: 'Ana', email, password };
  const reply = await person.call<Me>('POST /enrolments', body);
  if (reply.status !== 200) throw new Error(`the admin link was refused: ${reply.body.code}`);
  return { ...person, me: reply.body };
}

/** The token of an invitation that `by` makes. */
export async function invited(by: Caller, email: string, role: Role): Promise<string> {
  const { body } = await by.call<{ link: string }>('POST /invitations', { email, role });
  return new URL(body.link).searchParams.get('token') as string;
}

/** A person who has followed an invitation that `by` made. */
export async function newMember(
  server: TestServer,
  by: Caller,
  email: string,
  role: Role,
): Promise<Person & { me: Me }> {
  const token = await invited(by, email, role);
  const person = personAt(server.url);
  const name = email.split('@')[0] as string;
  const reply = await person.call<Me>('POST /enrolments', { token, name, email, password });
  if (reply.status !== 200) throw new Error(`the invitation was refused: ${reply.body.code}`);
  return { ...person, me: reply.body };
}
