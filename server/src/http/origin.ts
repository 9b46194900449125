import type { FastifyCorsOptions } from '@fastify/cors';
import { refuse } from '@wheelhouse/core';
import type { FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';

/** Pages elsewhere that may call the API, by the setting: with a key, never with a cookie, so no
 *  answer ever allows credentials. An origin that is not listed is told nothing of all this. */
export const crossOrigin = ({ allowed_origins }: Config): FastifyCorsOptions => ({
  origin: (origin, done) => done(null, allowed_origins.includes(origin ?? '') && (origin ?? false)),
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
  allowedHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key', 'Last-Event-ID'],
  exposedHeaders: ['Retry-After'],
  maxAge: 600,
  strictPreflight: false,
});

/** The widget stands in pages anywhere; which of them a bot lets in, it says when a visitor comes. They
 *  show a token that a page cannot make a browser send, so that any origin may read the answers. */
export const widgetOrigin: FastifyCorsOptions = {
  origin: '*',
  methods: ['GET', 'POST', 'PUT'],
  allowedHeaders: ['Authorization', 'Content-Type', 'Last-Event-ID'],
  exposedHeaders: ['Retry-After'],
  maxAge: 600,
  strictPreflight: false,
};

/** Lets nobody sign in, or use a session, from a page of another origin, listed or not: a cookie
 *  would be sent along with what that page asks, and nobody meant it.
 *  @throws Refusal forbidden */
export function checkOrigin({ public_url }: Config, request: FastifyRequest): void {
  const { origin } = request.headers;
  if (origin === undefined) return;
  const host = URL.canParse(origin) ? new URL(origin).host : undefined;
  if (host && (host === request.host || (public_url && host === new URL(public_url).host))) return;
  const words =
    `Signing in is for this server’s own pages, and this one is at ${origin.slice(0, 200)}. ` +
    'A page elsewhere sends a key. Behind a proxy, set WHEELHOUSE_PUBLIC_URL to the address people use.';
  throw refuse('forbidden', { origin }, words);
}
