import { type Principal, refuse } from '@wheelhouse/core';
import type { FastifyRequest } from 'fastify';
import type { Keyring } from '../actions/key.ts';

/** Finds who sends a request: a key in the Authorization header, or a member's session cookie. */
export interface Identify {
  principal(request: FastifyRequest): Promise<Principal | null>;
  /** Whether a right that opened a stream still stands. */
  stillAllowed(by: Principal): Promise<boolean>;
}

/** What sessions must answer for the cookie's side. */
export interface Sessions {
  principal(request: FastifyRequest): Promise<Principal | null>;
  stillAllowed(by: Principal): Promise<boolean>;
}

export function identifier(keyring: Keyring, sessions: Sessions): Identify {
  return {
    async principal(request) {
      const header = request.headers.authorization;
      if (header !== undefined) {
        const [scheme, secret, ...rest] = header.split(' ');
        // Words after the key would make one key look like many.
        if (scheme?.toLowerCase() !== 'bearer' || !secret || rest.length) {
          throw refuse('unauthenticated');
        }
        return keyring.identify(secret);
      }
      const by = await sessions.principal(request);
      // A page of another site can make a browser send the cookie, but not this header.
      if (by && request.method !== 'GET' && request.headers['x-wheelhouse'] !== '1') {
        throw refuse(
          'forbidden',
          {},
          'Requests from the web app carry the header "X-Wheelhouse: 1".',
        );
      }
      return by;
    },
    stillAllowed: async (by) =>
      by.kind === 'key' ? keyring.stillAllowed(by) : sessions.stillAllowed(by),
  };
}
