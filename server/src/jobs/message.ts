import { type Instant, toMs } from '@wheelhouse/core';
import { Webhook as Signer } from 'standardwebhooks';
import { type Due, messageOf } from '../actions/delivery.ts';

/** A delivery as it leaves: the message, and the headers that sign it (standardwebhooks.com). The
 *  id is the delivery's and stays the same over every attempt; the time is the attempt's. */
export function signed(sending: Due, now: Instant) {
  const body = JSON.stringify(messageOf(sending));
  const at = new Date(toMs(now));
  const secrets = [sending.secret];
  // While a secret is being changed both sign, so that a receiver may change its own at leisure.
  if (sending.previous_secret && (sending.previous_until ?? '') > now)
    secrets.push(sending.previous_secret);
  return {
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Wheelhouse',
      'webhook-id': sending.id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
      'webhook-signature': secrets
        .map((secret) => new Signer(secret).sign(sending.id, at, body))
        .join(' '),
    },
  };
}
