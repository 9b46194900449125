import {
  Enrolment,
  EnrolmentView,
  Me,
  PasswordReset,
  SignIn,
  WorkspaceChoice,
} from '@wheelhouse/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { enrol, readEnrolment } from '../../actions/enrolment.ts';
import { followReset } from '../../actions/password-reset.ts';
import {
  changeWorkspace,
  endSession,
  readMe,
  type SignedIn,
  signIn,
} from '../../actions/session.ts';
import type { App } from '../app.ts';
import { type Route, route } from '../route.ts';
import { clearSession, setSession, visitOf } from '../session.ts';

/** The ways in and out. */
export const entryRoutes = (app: App): Route[] => [...linkRoutes(app), ...sessionRoutes(app)];

/** Sets the cookie, and says who has come in. */
const welcome = async (app: App, reply: FastifyReply, { by, token }: SignedIn) => {
  setSession(app, reply, token);
  return readMe(app.ports, by);
};

/** What a one-time link opens. */
const linkRoutes = (app: App): Route[] => [
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
    path: '/password-resets',
    action: 'public',
    summary: 'Follow a reset link: choose a new password and sign in; every other session ends',
    body: PasswordReset,
    response: Me,
    tight_limit: app.config.sign_in_limit,
    handle: async ({ body, request, reply }) =>
      welcome(app, reply, await followReset(app.ports, body, visitOf(request))),
  }),
];

/** Signing in and out, and moving on. */
const sessionRoutes = (app: App): Route[] => [
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

/** Where a token is followed: at the address this server is known by, or the one it was asked at. */
export const linkOf = (app: App, request: FastifyRequest) => {
  const base = app.config.public_url ?? `${request.protocol}://${request.host}`;
  return (token: string) => enrolmentLink(base, token);
};

export const enrolmentLink = (base: string, token: string) =>
  `${base.replace(/\/+$/, '')}/enrol?token=${token}`;
