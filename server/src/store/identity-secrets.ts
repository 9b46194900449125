import type { Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

const find = statement(
  'identity_secrets.find',
  `select secret, previous_secret, previous_until from identity_secrets
   where workspace_id = $1 and bot = $2`,
);
interface SecretRow {
  secret: string;
  previous_secret: string | null;
  previous_until: string | null;
}
/** The secrets that a bot's host may sign with now: the newest, and for a while the one before. */
export async function identitySecrets(tx: Tx, scope: Scope, bot: string): Promise<string[]> {
  const [row] = await tx.query<SecretRow>(find, [scope.workspace_id, bot]);
  if (!row) return [];
  const { secret, previous_secret, previous_until } = row;
  const both = previous_secret && previous_until && previous_until > tx.now;
  return both ? [secret, previous_secret] : [secret];
}

const save = statement(
  'identity_secrets.save',
  `insert into identity_secrets (workspace_id, bot, secret, made_at, made_by)
   values ($1, $2, $3, $4, $5)
   on conflict (workspace_id, bot) do update set previous_secret = identity_secrets.secret,
     previous_until = $6, secret = excluded.secret, made_at = excluded.made_at,
     made_by = excluded.made_by`,
);
/** Another secret; the one before it counts until `previous_until`. */
export const saveIdentitySecret = (
  tx: Tx,
  scope: Scope,
  made: { bot: string; secret: string; by: string; previous_until: string },
) =>
  tx.write(save, [scope.workspace_id, made.bot, made.secret, tx.now, made.by, made.previous_until]);
