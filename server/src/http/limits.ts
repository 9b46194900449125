import { isRefusal, type Principal, refuse } from '@wheelhouse/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Identify } from './identify.ts';

/** Says who sends a request, within what each may send.
 *  @throws Refusal unauthenticated, too_many_requests */
export type Admit = (request: FastifyRequest, reply: FastifyReply) => Promise<Principal>;

const minute_ms = 60_000;
/** Failed tries a minute from one address, where the general limit is higher: people and programs
 *  rarely fail at all, and each look-up of a guess costs the database one. */
const failed_tries = 6_000;
const remembered_credentials = 10_000;

/** What the plugin throws when a limit is passed. */
export const tooMany = (_request: unknown, { after, ttl }: { after: string; ttl: number }) =>
  refuse('too_many_requests', { retry_after_ms: ttl }, `Too many requests. Try again in ${after}.`);

/** Counts whoever is identified under their own id, whatever their headers say, and everyone else
 *  under their address. An address that failed too often is refused before anything is looked up;
 *  a credential that has proved itself passes all the same, so a stranger at the same address (a
 *  shared proxy, say) cannot lock anyone out who is at work. */
export function admission(server: FastifyInstance, identify: Identify, max: number): Admit {
  const ofPrincipal = server.rateLimit({
    max,
    timeWindow: minute_ms,
    keyGenerator: (request: FastifyRequest) => request.by?.id ?? request.ip,
  });
  const failures = server.createRateLimit({
    max: Math.min(max, failed_tries),
    timeWindow: minute_ms,
    keyGenerator: (request: FastifyRequest) => request.ip,
  });
  const proved = new Set<string>();

  const refuseOften = async (request: FastifyRequest) => {
    const state = await failures(request, { increment: false });
    if (state.isAllowed || state.remaining > 0) return;
    throw tooMany(request, { after: `${state.ttlInSeconds} seconds`, ttl: state.ttl });
  };

  return async (request, reply) => {
    const { authorization, cookie } = request.headers;
    const credential = authorization ?? cookie ?? '';
    if (!proved.has(credential)) await refuseOften(request);
    try {
      request.by = await identify.principal(request);
      if (!request.by) throw refuse('unauthenticated');
    } catch (thrown) {
      proved.delete(credential);
      if (isRefusal(thrown) && thrown.code === 'unauthenticated') await failures(request);
      throw thrown;
    }
    if (proved.size > remembered_credentials) proved.clear();
    proved.add(credential);
    await ofPrincipal.call(server, request, reply);
    return request.by;
  };
}
