import type { Instant, Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

export interface ToolSecretRow {
  secret: string;
  previous_secret: string | null;
  previous_until: string | null;
}

const find = statement(
  'tool_secrets.find',
  `select secret, previous_secret, previous_until from tool_secrets
   where workspace_id = $1 and bot = $2 and tool = $3`,
);
export const findToolSecret = async (tx: Tx, scope: Scope, bot: string, tool: string) =>
  (await tx.query<ToolSecretRow>(find, [scope.workspace_id, bot, tool]))[0];

const ensure = statement(
  'tool_secrets.ensure',
  `insert into tool_secrets (workspace_id, bot, tool, origin, secret) values ($1, $2, $3, $4, $5)
   on conflict (workspace_id, bot, tool) do update set origin = excluded.origin,
     secret = excluded.secret, previous_secret = null, previous_until = null
   where tool_secrets.origin <> excluded.origin`,
);
/** Gives a tool a secret where it has none for its address: whoever stands at another learns nothing of
 *  the one before. */
export const ensureToolSecret = (
  tx: Tx,
  scope: Scope,
  made: { bot: string; tool: string; origin: string; secret: string },
) => tx.write(ensure, [scope.workspace_id, made.bot, made.tool, made.origin, made.secret]);

const replace = statement(
  'tool_secrets.replace',
  `update tool_secrets set previous_secret = secret, previous_until = $5, secret = $4
   where workspace_id = $1 and bot = $2 and tool = $3`,
);
/** Another secret; the one before it signs as well until `previous_until`. */
export const replaceToolSecret = (
  tx: Tx,
  scope: Scope,
  made: { bot: string; tool: string; secret: string; previous_until: Instant },
) => tx.write(replace, [scope.workspace_id, made.bot, made.tool, made.secret, made.previous_until]);
