import type { FastifyReply, FastifyRequest } from 'fastify';
import { absolute_ms, identifySession, sessionStands, type Visit } from '../actions/session.ts';
import type { App } from './app.ts';
import type { Sessions } from './identify.ts';
import { checkOrigin } from './origin.ts';

export const session_cookie = 'wheelhouse_session';

/** Where a request comes from, cut to what a list of sessions shows. */
export const visitOf = (request: FastifyRequest): Visit => ({
  ip: request.ip,
  user_agent: request.headers['user-agent']?.slice(0, 300) ?? null,
});

/** Members' sessions, by the cookie that sign-in and enrolment set. */
export const sessionsOf = ({ ports, config }: App): Sessions => ({
  principal: async (request) => {
    const token = request.cookies[session_cookie];
    if (!token) return null;
    checkOrigin(config, request);
    return identifySession(ports, token, visitOf(request));
  },
  stillAllowed: (by) => sessionStands(ports, by),
});

const attributes = ({ config }: App) =>
  ({
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: config.public_url?.startsWith('https:') ?? false,
  }) as const;

/** The cookie lives as long as a session can; the server ends an idle one before. */
export const setSession = (app: App, reply: FastifyReply, token: string) =>
  reply.setCookie(session_cookie, token, { ...attributes(app), maxAge: absolute_ms / 1_000 });

export const clearSession = (app: App, reply: FastifyReply) =>
  reply.clearCookie(session_cookie, attributes(app));
