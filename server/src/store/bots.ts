import { type Bot, type BotDefinition, promisedBy, type Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

const columns = 'name, title, version, definition, updated_at, updated_by, stopped_at, stopped_by';

const find = statement(
  'bots.find',
  `select ${columns} from bots where workspace_id = $1 and name = $2`,
);
export const findBot = async (tx: Tx, scope: Scope, name: string) =>
  (await tx.query<Bot>(find, [scope.workspace_id, name]))[0];

const lock = statement(
  'bots.lock',
  `select ${columns} from bots where workspace_id = $1 and name = $2 for update`,
);
/** Whoever changes it next waits for this transaction. */
export const lockBot = async (tx: Tx, scope: Scope, name: string) =>
  (await tx.query<Bot>(lock, [scope.workspace_id, name]))[0];

const list = statement(
  'bots.list',
  `select ${columns} from bots where workspace_id = $1 order by name limit 200`,
);
export const listBots = (tx: Tx, scope: Scope) => tx.query<Bot>(list, [scope.workspace_id]);

const titles = statement(
  'bots.titles',
  'select name, title from bots where workspace_id = $1 and name = any($2::text[])',
);
/** What bots are called, without all that they know. */
export const botTitles = async (tx: Tx, scope: Scope, names: string[]) => {
  const rows = await tx.query<{ name: string; title: string }>(titles, [
    scope.workspace_id,
    [...new Set(names)],
  ]);
  return new Map(rows.map(({ name, title }) => [name, title]));
};

const save = statement(
  'bots.save',
  `insert into bots (workspace_id, name, title, version, definition, promised, updated_at, updated_by)
   values ($1, $2, $3, 1, $4, $5, $6, $7)
   on conflict (workspace_id, name) do update set title = excluded.title,
     version = bots.version + 1, definition = excluded.definition,
     promised = excluded.promised, updated_at = excluded.updated_at, updated_by = excluded.updated_by
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
      JSON.stringify(promisedBy(definition)),
      tx.now,
      by,
    ])
  )[0] as Bot;

const stop = statement(
  'bots.stop',
  `with these as (
     select name from bots where workspace_id = $1 and ($2::text is null or name = $2)
       and (stopped_at is null) <> ($3::timestamptz is null) order by name for update)
   update bots b set stopped_at = $3, stopped_by = $4 from these
   where b.workspace_id = $1 and b.name = these.name
   returning b.name`,
);
/** Stops bots, or lets them go on when `at` is null; in the order of their names. It waits for those
 *  who hold one with `shareBots`. @returns which it changed */
export const stopBots = async (
  tx: Tx,
  scope: Scope,
  { name, at, by }: { name: string | null; at: string | null; by: string | null },
) =>
  (await tx.query<{ name: string }>(stop, [scope.workspace_id, name, at, by])).map(
    (row) => row.name,
  );

const share = statement(
  'bots.share',
  `select workspace_id, name, stopped_at from bots
   where (workspace_id, name) in (select * from unnest($1::text[], $2::text[]))
   order by workspace_id, name for share`,
);
/** Keeps bots from being stopped until this transaction is over: what they say or do in it comes
 *  before the stop is acknowledged (rule W9). Those that are stopped are told. */
export const shareBots = (tx: Tx, bots: { workspace_id: string; bot: string }[]) =>
  tx.query<{ workspace_id: string; name: string; stopped_at: string | null }>(share, [
    bots.map(({ workspace_id }) => workspace_id),
    bots.map(({ bot }) => bot),
  ]);
