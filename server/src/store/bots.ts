import type { Bot, BotDefinition, Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

const columns = 'name, title, version, definition, updated_at, updated_by';

const find = statement(
  'bots.find',
  `select ${columns} from bots where workspace_id = $1 and name = $2`,
);
export const findBot = async (tx: Tx, scope: Scope, name: string) =>
  (await tx.query<Bot>(find, [scope.workspace_id, name]))[0];

const list = statement(
  'bots.list',
  `select ${columns} from bots where workspace_id = $1 order by name limit 200`,
);
export const listBots = (tx: Tx, scope: Scope) => tx.query<Bot>(list, [scope.workspace_id]);

const save = statement(
  'bots.save',
  `insert into bots (workspace_id, name, title, version, definition, updated_at, updated_by)
   values ($1, $2, $3, 1, $4, $5, $6)
   on conflict (workspace_id, name) do update set title = excluded.title,
     version = bots.version + 1, definition = excluded.definition,
     updated_at = excluded.updated_at, updated_by = excluded.updated_by
   returning ${columns}`,
);
export const saveBot = async (
  tx: Tx,
  scope: Scope,
  {
    name,
    title,
    definition,
    by,
  }: { name: string; title: string; definition: BotDefinition; by: string },
): Promise<Bot> =>
  (
    await tx.query<Bot>(save, [
      scope.workspace_id,
      name,
      title,
      JSON.stringify(definition),
      tx.now,
      by,
    ])
  )[0] as Bot;
