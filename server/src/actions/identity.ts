import {
  day,
  IdentityClaims,
  type IdentitySecret,
  longest_identity_ms,
  type Principal,
  plus,
  refuse,
  type Scope,
  toMs,
} from '@wheelhouse/core';
import type { Ports, Tx } from '../ports.ts';
import { findBot } from '../store/bots.ts';
import { appendEvents } from '../store/events.ts';
import { identitySecrets, saveIdentitySecret } from '../store/identity-secrets.ts';

/** How long the secret before counts beside a new one. */
const overlap_ms = 2 * day;
/** As far as the clocks of two machines may be apart. */
const leeway_ms = 30_000;

/** Makes the secret with which a host signs who its customers are, in place of the one before, which
 *  counts for two days more (rule W23). It is kept as it is, since signatures are checked with it, and
 *  shown this once. @throws Refusal not_found */
export async function makeIdentitySecret(
  ports: Ports,
  by: Principal,
  bot: string,
): Promise<IdentitySecret> {
  const secret = `wi_${Buffer.from(ports.chance.bytes(32)).toString('base64url')}`;
  const made = await ports.database.transact(by, async (tx) => {
    if (!(await findBot(tx, by, bot))) throw refuse('not_found', { bot });
    const before = await identitySecrets(tx, by, bot);
    const previous_until = plus(tx.now, overlap_ms);
    saveIdentitySecret(tx, by, { bot, secret, by: by.id, previous_until });
    appendEvents(tx, by, by, [
      { type: 'bot.changed', subject: bot, data: { identity_secret: 'made' } },
    ]);
    return { secret, previous_until: before.length ? previous_until : null };
  });
  ports.database.wake();
  return made;
}

/** Whom a host's token vouches for, and until when (rule W22).
 *  @throws Refusal forbidden, naming the field: whatever is wrong with it, a stranger learns no more */
export async function vouchedFor(
  ports: Ports,
  tx: Tx,
  scope: Scope,
  bot: string,
  token: string,
): Promise<{ claims: IdentityClaims; expires_at: string }> {
  const secrets = await identitySecrets(tx, scope, bot);
  const terms = { secrets, audience: bot, now: tx.now };
  const read = IdentityClaims.safeParse(await ports.identities.read(token, terms));
  const left_ms = read.success ? read.data.exp * 1_000 - toMs(tx.now) : 0;
  // Its end has no leeway: what it lets in by would have ended already, and be asked for again at once.
  if (!read.success || left_ms <= 0 || left_ms > longest_identity_ms + leeway_ms) {
    const message = 'is not signed for this bot, or no more, or for over a day';
    throw refuse('forbidden', { errors: [{ field: 'identity', message }] }, `identity: ${message}`);
  }
  return { claims: read.data, expires_at: plus(tx.now, left_ms) };
}
