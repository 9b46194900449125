import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { WebhookMessage } from '@wheelhouse/core';
import { WheelhouseError } from './fault.ts';

const tolerance_ms = 5 * 60_000;
const most_signatures = 20;

export type ReceivedHeaders = Headers | Record<string, string | string[] | undefined>;

/** Verifies a webhook or callback (standardwebhooks.com) and gives what it says. Keep `webhook-id`
 *  of what you have handled: a delivery may come more than once, always under the same id.
 *
 *  ```ts
 *  const message = verifyWebhook(await request.text(), request.headers, secret);
 *  if (message.type === 'output.decided') await goOn(message.data.output);
 *  ```
 *  @param body the raw bytes or text as they came; JSON that was parsed and written again has
 *  another signature
 *  @param secrets `whsec_…`, one or, while it is being changed, several
 *  @param now_ms the receiver's clock, milliseconds since 1970
 *  @throws WheelhouseError unverified: answer 400 and do nothing */
export function verifyWebhook(
  body: string | Uint8Array,
  headers: ReceivedHeaders,
  secrets: string | string[],
  now_ms = Date.now(),
): WebhookMessage {
  const id = header(headers, 'webhook-id');
  const time = header(headers, 'webhook-timestamp');
  const signatures = header(headers, 'webhook-signature');
  if (!id || !time || !signatures) throw unverified('a header is missing');
  // A dot separates what is signed, so it may not stand in the parts before the body.
  if (!/^[\x21-\x2d\x2f-\x7e]{1,200}$/.test(id)) throw unverified('the id is malformed');
  if (!/^\d{1,12}$/.test(time)) throw unverified('the time is malformed');
  const age_ms = now_ms - Number(time) * 1_000;
  if (Math.abs(age_ms) > tolerance_ms)
    throw unverified(age_ms > 0 ? 'it is too old' : 'it is from the future');
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const signed = joined(new TextEncoder().encode(`${id}.${time}.`), bytes);
  const given = signatures.split(' ').slice(0, most_signatures).flatMap(signatureBytes);
  for (const secret of Array.isArray(secrets) ? secrets : [secrets]) {
    const expected = hmac(sha256, keyOf(secret), signed);
    if (given.some((signature) => isSame(signature, expected))) return parsed(bytes);
  }
  throw unverified('no signature matches');
}

const unverified = (why: string) =>
  new WheelhouseError('unverified', 0, `This is not a delivery of ours: ${why}.`);

function header(headers: ReceivedHeaders, name: string): string | undefined {
  if (typeof (headers as Headers).get === 'function') {
    return (headers as Headers).get(name) ?? undefined;
  }
  const given = headers as Record<string, string | string[] | undefined>;
  const found = Object.keys(given).filter((key) => key.toLowerCase() === name);
  const value = found.length === 1 ? given[found[0] as string] : undefined;
  return typeof value === 'string' ? value : undefined;
}

/** Exactly 32 bytes in exactly one way of writing them; anything shorter or longer is no signature. */
function signatureBytes(text: string): Uint8Array[] {
  const found = /^v1,([A-Za-z0-9+/]{43}=)$/.exec(text);
  return found ? [fromBase64(found[1] as string)] : [];
}

function keyOf(secret: string): Uint8Array {
  const text = secret.replace(/^whsec_/, '');
  if (!/^[A-Za-z0-9+/]{16,}={0,2}$/.test(text)) {
    throw new TypeError('a webhook secret is "whsec_" and base64');
  }
  return fromBase64(text);
}

/** Takes the same time wherever the two differ. */
function isSame(given: Uint8Array, expected: Uint8Array): boolean {
  let differing = given.length ^ expected.length;
  for (let at = 0; at < expected.length; at++) {
    differing |= (given[at] ?? 0) ^ (expected[at] as number);
  }
  return differing === 0;
}

const fromBase64 = (text: string): Uint8Array =>
  Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

function joined(head: Uint8Array, tail: Uint8Array): Uint8Array {
  const all = new Uint8Array(head.length + tail.length);
  all.set(head);
  all.set(tail, head.length);
  return all;
}

function parsed(bytes: Uint8Array): WebhookMessage {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as WebhookMessage;
  } catch {
    throw unverified('its body is not JSON');
  }
}
