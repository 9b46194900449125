import { canonical, digest, type Json, refuse } from '@wheelhouse/core';

/** What an Idempotency-Key stands for: the method, the address and the body. */
export const requestDigest = (method: string, url: string, body: unknown): string =>
  digest(
    `${method} ${url} ${body === undefined ? '' : canonical(JSON.parse(JSON.stringify(body)) as Json)}`,
  );

/** @throws Refusal invalid */
export function checkKey(key: string): string {
  if (/^[\x21-\x7e]{1,200}$/.test(key)) return key;
  throw refuse(
    'invalid',
    {
      errors: [
        { field: 'Idempotency-Key', message: '1 to 200 printable characters without spaces' },
      ],
    },
    'Idempotency-Key: 1 to 200 printable characters without spaces',
  );
}
