import pg from 'pg';
import type { TableShape } from './catalog.ts';

/**
 * Events carry the id of their transaction, and readers take only those below the ids that are
 * still running. Ids count up from the birth of a cluster, so in a younger one the restored ids lie
 * in the future and nobody would see those rows. Writing 0 instead would lose the order in which
 * transactions committed, and with it what a reader that stands in the middle has had: some events
 * would be told twice, some never. So the counter is raised past them: 420,000 ids a second here.
 */
export interface CatchUp {
  onProgress?(left: bigint): void;
}

/** Beyond this, some four minutes, the ids are renumbered instead. */
const default_limit = 100_000_000n;

const at_a_time = 1_000_000n;

/** The highest id in the tables that the counter must be past; they are renumbered, in the same
 *  order, where it is further off than `limit`. */
export async function catchUp(
  client: pg.Client,
  tables: TableShape[],
  limit = default_limit,
): Promise<bigint> {
  const columns = tables.flatMap(({ name, transaction_columns }) =>
    transaction_columns.map((column) => ({
      table: pg.escapeIdentifier(name),
      column: pg.escapeIdentifier(column),
    })),
  );
  if (columns.length === 0) return 0n;
  const all = columns
    .map(({ table, column }) => `select ${column} as id from ${table}`)
    .join(' union all ');
  const highest = await highestOf(client, all);
  if (highest - (await counter(client)) <= limit) return highest;
  await client.query(
    `create temporary table renumbered on commit drop as
      select id, row_number() over (order by id)::text::xid8 as fresh
      from (${all}) ids where id <> '0' group by id`,
  );
  await client.query('create unique index on renumbered (id); analyze renumbered');
  for (const { table, column } of columns) {
    await client.query(
      `update ${table} t set ${column} = fresh from renumbered where renumbered.id = t.${column}`,
    );
  }
  return highestOf(client, all);
}

async function highestOf(client: pg.Client, all: string): Promise<bigint> {
  const { rows } = await client.query<{ highest: string | null }>(
    `select id::text as highest from (${all}) ids order by id desc limit 1`,
  );
  return BigInt(rows[0]?.highest ?? 0);
}

/** The next id that the cluster will give; asking does not use it up. */
async function counter(client: pg.Client): Promise<bigint> {
  const { rows } = await client.query<{ next: string }>(
    'select pg_snapshot_xmax(pg_current_snapshot())::text as next',
  );
  return BigInt(rows[0]?.next ?? 0);
}

/** Uses up ids until the next one is past `highest`. The client must not be in a transaction. */
export async function raiseCounter(
  client: pg.Client,
  highest: bigint,
  { onProgress }: CatchUp,
): Promise<void> {
  for (;;) {
    const left = highest - (await counter(client)) + 1n;
    if (left <= 0n) return;
    onProgress?.(left);
    const now = left < at_a_time ? left : at_a_time;
    await client.query(
      `do $$ begin
        for i in 1..${now} loop perform pg_current_xact_id(); rollback; end loop;
      end $$`,
    );
  }
}
