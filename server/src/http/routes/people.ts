import {
  Absence,
  Enrolment,
  EnrolmentView,
  Invitation,
  InvitationSubmission,
  idOf,
  Me,
  Member,
  MemberChange,
  PasswordChange,
  Session,
  SignIn,
  WorkspaceChoice,
} from '@wheelhouse/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import {
  enrol,
  invite,
  readEnrolment,
  readInvitations,
  uninvite,
} from '../../actions/enrolment.ts';
import { changeMember, readMembers, removeMember, setAbsence } from '../../actions/member.ts';
import {
  changePassword,
  changeWorkspace,
  endSession,
  readMe,
  readSessions,
  type SignedIn,
  signIn,
} from '../../actions/session.ts';
import type { App } from '../app.ts';
import { type Route, route } from '../route.ts';
import { clearSession, setSession, visitOf } from '../session.ts';

export const peopleRoutes = (app: App): Route[] => [
  ...entryRoutes(app),
  ...meRoutes(app),
  ...memberRoutes(app),
  ...invitationRoutes(app),
];

/** Sets the cookie, and says who has come in. */
const welcome = async (app: App, reply: FastifyReply, { by, token }: SignedIn) => {
  setSession(app, reply, token);
  return readMe(app.ports, by);
};

/** Ways in: what a link or a password opens. */
const entryRoutes = (app: App): Route[] => [
  route({
    method: 'GET',
    path: '/enrolments/:token',
    action: 'public',
    summary: 'What a one-time link offers',
    params: z.object({ token: z.string() }),
    response: EnrolmentView,
    tight_limit: app.config.sign_in_limit,
    handle: ({ params }) => readEnrolment(app.ports, params.token),
  }),
  route({
    method: 'POST',
    path: '/enrolments',
    action: 'public',
    summary: 'Follow the one-time admin link or an invitation: make the account and sign in',
    body: Enrolment,
    response: Me,
    tight_limit: app.config.sign_in_limit,
    handle: async ({ body, request, reply }) =>
      welcome(app, reply, await enrol(app.ports, body, visitOf(request))),
  }),
  route({
    method: 'POST',
    path: '/session',
    action: 'public',
    summary: 'Sign in with e-mail and password',
    body: SignIn,
    response: Me,
    tight_limit: app.config.sign_in_limit,
    handle: async ({ body, request, reply }) =>
      welcome(app, reply, await signIn(app.ports, body, visitOf(request))),
  }),
  route({
    method: 'PUT',
    path: '/session',
    action: 'me.change',
    summary: 'Move this session to another of one’s workspaces',
    body: WorkspaceChoice,
    response: Me,
    // The answer comes with a new cookie, which a replay could not bring.
    keeps_key: true,
    handle: async ({ by, body, request, reply }) => {
      const moved = await changeWorkspace(app.ports, by, body.workspace_id, visitOf(request));
      return welcome(app, reply, moved);
    },
  }),
  route({
    method: 'DELETE',
    path: '/session',
    action: 'me.change',
    summary: 'Sign out',
    keeps_key: true,
    handle: async ({ by, reply }) => {
      await endSession(app.ports, by);
      clearSession(app, reply);
    },
  }),
];

const meRoutes = (app: App): Route[] => [
  route({
    method: 'GET',
    path: '/me',
    action: 'me.read',
    summary: 'Who is asking: a member, or a key',
    response: Me,
    handle: ({ by }) => readMe(app.ports, by),
  }),
  route({
    method: 'POST',
    path: '/me/password',
    action: 'me.change',
    summary: 'Change one’s password; every other session ends',
    body: PasswordChange,
    // A kept Idempotency-Key keeps a digest of the body, and a password's must not lie about.
    keeps_key: true,
    handle: ({ by, body }) => changePassword(app.ports, by, body),
  }),
  route({
    method: 'GET',
    path: '/me/sessions',
    action: 'me.read',
    summary: 'One’s live sessions, the last used first',
    response: z.object({ rows: z.array(Session) }),
    handle: async ({ by }) => ({ rows: await readSessions(app.ports, by) }),
  }),
  route({
    method: 'DELETE',
    path: '/me/sessions/:id',
    action: 'me.change',
    summary: 'End one of one’s sessions',
    params: z.object({ id: idOf('session') }),
    handle: ({ by, params }) => endSession(app.ports, by, params.id),
  }),
  route({
    method: 'PUT',
    path: '/me/absence',
    action: 'me.change',
    summary: 'Go away until a time, with a delegate; or come back',
    body: Absence,
    response: Member,
    handle: ({ by, body }) => setAbsence(app.ports, app.rulings, by, body),
  }),
];

const one_member = z.object({ id: idOf('member') });

const memberRoutes = (app: App): Route[] => [
  route({
    method: 'GET',
    path: '/members',
    action: 'members.read',
    summary: 'List members',
    response: z.object({ rows: z.array(Member) }),
    handle: async ({ by }) => ({ rows: await readMembers(app.ports, by) }),
  }),
  route({
    method: 'PATCH',
    path: '/members/:id',
    action: 'members.change',
    summary: 'Change a member’s name or role; a new role ends their sessions',
    params: one_member,
    body: MemberChange,
    response: Member,
    handle: ({ by, params, body }) => changeMember(app.ports, app.rulings, by, params.id, body),
  }),
  route({
    method: 'DELETE',
    path: '/members/:id',
    action: 'members.change',
    summary: 'Remove a member; what they hold goes back to everyone',
    params: one_member,
    handle: ({ by, params }) => removeMember(app.ports, app.rulings, by, params.id),
  }),
];

const invitationRoutes = (app: App): Route[] => [
  route({
    method: 'GET',
    path: '/invitations',
    action: 'members.change',
    summary: 'List invitations, newest first',
    response: z.object({ rows: z.array(Invitation) }),
    handle: async ({ by }) => ({ rows: await readInvitations(app.ports, by) }),
  }),
  route({
    method: 'POST',
    path: '/invitations',
    action: 'members.change',
    summary: 'Invite an address; the link is shown once',
    body: InvitationSubmission,
    response: Invitation,
    status: 201,
    shown_once: 'link',
    handle: ({ by, body, request }) => invite(app.ports, by, body, linkOf(app, request)),
  }),
  route({
    method: 'DELETE',
    path: '/invitations/:id',
    action: 'members.change',
    summary: 'Revoke an invitation',
    params: z.object({ id: idOf('invitation') }),
    handle: ({ by, params }) => uninvite(app.ports, by, params.id),
  }),
];

/** Where a token is followed: at the address this server is known by, or the one it was asked at. */
const linkOf = (app: App, request: FastifyRequest) => {
  const base = app.config.public_url ?? `${request.protocol}://${request.host}`;
  return (token: string) => enrolmentLink(base, token);
};

export const enrolmentLink = (base: string, token: string) =>
  `${base.replace(/\/+$/, '')}/enrol?token=${token}`;
