import * as z from 'zod';
import { Label, Text } from './json.ts';

/** How long a host may vouch for a customer by one token. */
export const longest_identity_ms = 86_400_000;

/** What a host says of a customer, in the token that it signs with its bot's identity secret. The
 *  audience is the bot; anything else in it is passed over. */
export const IdentityClaims = z.object({
  /** The customer's id in the host's own system. */
  sub: Text(200).min(1),
  name: Label(200).optional(),
  email: z.email().max(320).optional(),
  /** Seconds since 1970; at most a day ahead. */
  exp: z.number(),
});
export type IdentityClaims = z.infer<typeof IdentityClaims>;

export const IdentitySecret = z.object({
  /** Shown once. The host signs with its UTF-8 bytes (HS256). */
  secret: z.string(),
  /** Until when the one before it counts as well; null when there was none. */
  previous_until: z.string().nullable(),
});
export type IdentitySecret = z.infer<typeof IdentitySecret>;
