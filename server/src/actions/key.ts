import {
  digest,
  every_workspace,
  invalid,
  isRefusal,
  type Key,
  type KeySubmission,
  type Principal,
  refuse,
  type Scope,
  systemOf,
  toMs,
} from '@wheelhouse/core';
import type * as z from 'zod';
import type { Ports } from '../ports.ts';
import { revokeLinksBy } from '../store/enrolments.ts';
import { appendEvents } from '../store/events.ts';
import {
  findKey,
  insertKey,
  keyByHash,
  keyExists,
  listKeys,
  markKeyUsed,
  olderKeys,
  revokeKey,
} from '../store/keys.ts';
import { checkNarrower, checkReach, permissions } from './permission.ts';

const prefix_length = 11;
const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789';

/** 43 characters of 57: some 250 bits, so a fast hash keeps it as well as a slow one. */
const newSecret = (ports: Ports): string => {
  let text = 'wh_';
  while (text.length < 46) {
    const [byte = 255] = ports.chance.bytes(1);
    // Bytes past the last whole round would make the first letters likelier.
    if (byte < 228) text += alphabet[byte % 57];
  }
  return text;
};

/** Makes a key; the secret is in this answer and nowhere else.
 *  @throws Refusal forbidden when it would be mightier than its maker */
export async function createKey(
  ports: Ports,
  by: Principal,
  body: z.infer<typeof KeySubmission>,
  secret = newSecret(ports),
): Promise<Key> {
  checkReach(by, body.role);
  const unknown = body.scopes?.find((scope) => !names_known.has(scope));
  if (unknown) {
    throw refuse(
      'invalid',
      { errors: [{ field: 'scopes', message: `"${unknown}" names no action` }] },
      `scopes: "${unknown}" names no action`,
    );
  }
  checkNarrower(by, body.scopes);
  const row = await ports.database.transact(by, async (tx) => {
    if (body.expires_at && toMs(body.expires_at) <= toMs(tx.now)) {
      throw invalid({ field: 'expires_at', message: 'is past' });
    }
    const id = ports.makeId('key', tx.now);
    const made = await insertKey(
      tx,
      by,
      { ...body, id, prefix: secret.slice(0, prefix_length), created_by: by.id },
      digest(secret),
    );
    appendEvents(tx, by, { id: by.id, kind: by.kind }, [
      { type: 'key.created', subject: id, data: { role: body.role, scopes: body.scopes } },
    ]);
    return made;
  });
  ports.database.wake();
  return { ...row, key: secret };
}

const names_known = new Set(
  Object.keys(permissions).flatMap((name) => [name, `${name.slice(0, name.indexOf('.'))}.*`]),
);

const bootstrap_name = 'From WHEELHOUSE_API_KEY';

/** Keeps the admin key that automation brings along, as a hash like every other, and revokes the one
 *  it replaces. One that was revoked stays revoked: a restart does not undo what an admin did.
 *  @returns false when it is revoked */
export async function keepBootstrapKey(
  ports: Ports,
  workspace_id: string,
  secret: string,
): Promise<boolean> {
  const find = () =>
    ports.database.transact(every_workspace, (tx) => keyExists(tx, digest(secret)));
  const system = systemOf(workspace_id);
  const body = { name: bootstrap_name, role: 'admin' as const, scopes: null, expires_at: null };
  const key =
    (await find()) ??
    (await createKey(ports, system, body, secret).catch(async (thrown: Error) => {
      // Another server of this database, given the same key, was the first to keep it.
      const kept = await find();
      if (kept) return kept;
      throw thrown;
    }));
  if (key.revoked_at) return false;
  const mine = { id: key.id, name: bootstrap_name, created_by: system.id };
  const older = await ports.database.transact(system, (tx) => olderKeys(tx, system, mine));
  for (const { id } of older) {
    await removeKey(ports, system, id).catch((thrown: unknown) => {
      if (!isRefusal(thrown)) throw thrown;
    });
  }
  return true;
}

export const readKeys = (ports: Ports, by: Principal): Promise<Key[]> =>
  ports.database.transact(by, (tx) => listKeys(tx, by));

/** Revokes a key, and the open invitations and reset links made with it. @throws Refusal not_found */
export async function removeKey(ports: Ports, by: Principal, id: string): Promise<void> {
  await ports.database.transact(by, async (tx) => {
    if (!(await revokeKey(tx, by, id))) throw refuse('not_found', { key_id: id });
    const revoked = await revokeLinksBy(tx, by, id);
    const data = { invitations: revoked.map((row) => row.id) };
    appendEvents(tx, by, by, [{ type: 'key.revoked', subject: id, data }]);
  });
  ports.database.wake();
}

const kept_ms = 5_000;
const used_every_ms = 60_000;

/** Finds who a key stands for. Answers are kept for five seconds, so a revoked key is refused
 *  within that time even if this server missed the event. */
export function keyring(ports: Ports) {
  const kept = new Map<string, { by: Principal | null; until_ms: number }>();
  const used_at = new Map<string, number>();

  const lookUp = async (secret: string): Promise<Principal | null> => {
    const row = await ports.database.transact(every_workspace, (tx) =>
      keyByHash(tx, digest(secret)),
    );
    if (!row) return null;
    const { workspace_id, id, name, role, scopes } = row;
    return { workspace_id, kind: 'key', id, name, role, scopes };
  };

  const noteUse = (by: Principal & Scope, now_ms: number) => {
    if (now_ms - (used_at.get(by.id) ?? 0) < used_every_ms) return;
    used_at.set(by.id, now_ms);
    ports.database
      .transact(by, (tx) => markKeyUsed(tx, by, by.id))
      .catch((error: Error) => {
        ports.log.warn(
          { error: error.message, key_id: by.id },
          'the use of a key could not be noted',
        );
      });
  };

  return {
    async identify(secret: string): Promise<Principal | null> {
      const now_ms = Date.parse(ports.clock.now());
      const known = kept.get(secret);
      if (known && known.until_ms > now_ms) {
        if (known.by) noteUse(known.by, now_ms);
        return known.by;
      }
      const by = await lookUp(secret);
      if (kept.size > 10_000) kept.clear();
      kept.set(secret, { by, until_ms: now_ms + kept_ms });
      if (by) noteUse(by, now_ms);
      return by;
    },
    /** Whether a key still has the rights it had; asks the store, not the memory. */
    stillAllowed: (by: Principal): Promise<boolean> =>
      ports.database.transact(by, async (tx) => {
        const row = await findKey(tx, by, by.id);
        if (!row || row.revoked_at || row.role !== by.role) return false;
        return row.expires_at === null || row.expires_at > tx.now;
      }),
    /** Forgets every answer; called when any right changes. */
    forget: () => kept.clear(),
  };
}
export type Keyring = ReturnType<typeof keyring>;
