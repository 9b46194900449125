import { jwtVerify } from 'jose';
import type { Identities } from '../ports.ts';

/** JSON Web Tokens by the jose library. The algorithm is ours to say, never the token's: one that
 *  names another, or none, is no token. */
export const signedIdentities: Identities = {
  async read(token, { secrets, audience, now }) {
    for (const secret of secrets) {
      try {
        const { payload } = await jwtVerify(token, new TextEncoder().encode(secret), {
          algorithms: ['HS256'],
          audience,
          currentDate: new Date(now),
          clockTolerance: 30,
          requiredClaims: ['sub', 'exp', 'aud'],
        });
        return payload;
      } catch {
        // Whatever is wrong with it, it vouches for nobody under this secret.
      }
    }
    return null;
  },
};
