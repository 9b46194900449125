import {
  AbilitiesChange,
  Absence,
  Invitation,
  InvitationSubmission,
  idOf,
  Me,
  Member,
  MemberChange,
  PasswordChange,
  PresenceChange,
  ResetLink,
  Session,
} from '@wheelhouse/core';
import * as z from 'zod';
import { invite, readInvitations, uninvite } from '../../actions/enrolment.ts';
import { changeMember, readMembers, removeMember, setAbsence } from '../../actions/member.ts';
import { resetPassword } from '../../actions/password-reset.ts';
import { beHere, changeAbilities, setPresence } from '../../actions/presence.ts';
import { changePassword, endSession, readMe, readSessions } from '../../actions/session.ts';
import type { App } from '../app.ts';
import { type Route, route } from '../route.ts';
import { linkOf } from './entry.ts';

export const peopleRoutes = (app: App): Route[] => [
  ...meRoutes(app),
  ...memberRoutes(app),
  ...invitationRoutes(app),
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
    // A person's sessions are of all their workspaces, and a key is of one.
    keeps_key: true,
    handle: ({ by, params }) => endSession(app.ports, by, params.id),
  }),
  route({
    method: 'PUT',
    path: '/me/absence',
    action: 'me.change',
    summary: 'Go away until a time, with a delegate; or come back',
    body: Absence,
    response: Member,
    handle: ({ by, ports, body }) => setAbsence(ports, app.rulings, by, body),
  }),
  route({
    method: 'PUT',
    path: '/me/presence',
    action: 'me.change',
    summary: 'Say that you take what comes, or that you are away for a while',
    body: PresenceChange,
    response: Member,
    handle: ({ by, ports, body }) => setPresence(ports, by, body),
  }),
  route({
    method: 'POST',
    path: '/me/here',
    keeps_key: true,
    action: 'me.change',
    summary: 'Say that you are at the desk; again every twenty seconds',
    handle: ({ by }) => beHere(app.ports, by),
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
    handle: ({ by, ports, params, body }) => changeMember(ports, app.rulings, by, params.id, body),
  }),
  route({
    method: 'PATCH',
    path: '/members/:id/abilities',
    action: 'members.enable',
    summary: 'Change what a member takes on: how many conversations at once, skills, languages',
    params: one_member,
    body: AbilitiesChange,
    response: Member,
    handle: ({ by, ports, params, body }) => changeAbilities(ports, by, params.id, body),
  }),
  route({
    method: 'DELETE',
    path: '/members/:id',
    action: 'members.change',
    summary: 'Remove a member; what they hold goes back to everyone',
    params: one_member,
    handle: ({ by, ports, params }) => removeMember(ports, app.rulings, by, params.id),
  }),
  route({
    method: 'POST',
    path: '/members/:id/password-reset',
    action: 'members.reset_password',
    summary: 'Make a link by which a member chooses a new password; it is shown once',
    params: one_member,
    response: ResetLink,
    status: 201,
    shown_once: 'link',
    handle: ({ by, ports, params, request }) =>
      resetPassword(ports, by, params.id, linkOf(app, request)),
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
    handle: ({ by, ports, body, request }) => invite(ports, by, body, linkOf(app, request)),
  }),
  route({
    method: 'DELETE',
    path: '/invitations/:id',
    action: 'members.change',
    summary: 'Revoke an invitation',
    params: z.object({ id: idOf('invitation') }),
    handle: ({ by, ports, params }) => uninvite(ports, by, params.id),
  }),
];
