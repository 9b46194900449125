import { createHmac } from 'node:crypto';

/** A part of a JSON Web Token. */
export const packed = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
/** Seconds since 1970, as tokens have it, so long after a moment. */
export const secondsAfter = (left_s: number, now_ms = Date.now()) =>
  Math.floor(now_ms / 1_000) + left_s;

/** A host's word on who its customer is: a JSON Web Token, also such as no library would make. It counts
 *  for an hour unless the claims say otherwise. */
export function hostToken(
  secret: string,
  claims: object,
  header: object = { alg: 'HS256', typ: 'JWT' },
): string {
  const body = `${packed(header)}.${packed({ exp: secondsAfter(3_600), ...claims })}`;
  return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
}
