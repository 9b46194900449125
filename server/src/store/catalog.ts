import type pg from 'pg';

/** One table as a backup sees it. */
export interface TableShape {
  name: string;
  /** Those that hold data: a generated column is made again. */
  columns: string[];
  /** Those of type xid8, which hold transaction ids of this very cluster. */
  transaction_columns: string[];
  refers_to: string[];
}

// Tables that an extension made, and partitions (whose rows the whole table shows), are left out.
const tables = `
  select c.relname as name,
    array(
      select attname::text from pg_attribute
      where attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = ''
      order by attnum
    ) as columns,
    array(
      select attname::text from pg_attribute
      where attrelid = c.oid and attnum > 0 and not attisdropped and atttypid = 'xid8'::regtype
      order by attnum
    ) as transaction_columns,
    array(
      select distinct f.relname::text from pg_constraint k join pg_class f on f.oid = k.confrelid
      where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid
    ) as refers_to
  from pg_class c
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    and not c.relispartition and c.relname <> 'migrations'
    and not exists (
      select from pg_depend
      where classid = 'pg_class'::regclass and objid = c.oid and deptype = 'e'
    )
  order by c.relname`;

/** The tables of the schema, each after those that it refers to; the ledger of migrations apart,
 *  which is no data. Read from the catalog, so that a new table is in the next backup unasked. */
export async function tablesOf(client: pg.Client): Promise<TableShape[]> {
  const { rows } = await client.query<TableShape>(tables);
  return inOrder(rows);
}

export function inOrder(shapes: TableShape[]): TableShape[] {
  const placed = new Set<string>();
  const ordered: TableShape[] = [];
  let waiting = shapes;
  while (waiting.length > 0) {
    const ready = waiting.filter(({ refers_to }) => refers_to.every((name) => placed.has(name)));
    if (ready.length === 0) {
      throw new Error(`tables refer to each other in a ring: ${waiting.map(({ name }) => name)}`);
    }
    for (const shape of ready) placed.add(shape.name);
    ordered.push(...ready);
    waiting = waiting.filter(({ name }) => !placed.has(name));
  }
  return ordered;
}

/** The names of the sequences that the tables above count with. */
export async function sequencesOf(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select c.relname as name from pg_class c
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'S'
        and not exists (
          select from pg_depend
          where classid = 'pg_class'::regclass and objid = c.oid and deptype = 'e'
        )
      order by c.relname`,
  );
  return rows.map(({ name }) => name);
}

/** The migrations that a database has; none when it is new. */
export async function migrationsOf(client: pg.Client): Promise<string[]> {
  const { rows: found } = await client.query<{ there: boolean }>(
    `select to_regclass('public.migrations') is not null as there`,
  );
  if (!found[0]?.there) return [];
  const { rows } = await client.query<{ name: string }>(
    'select name from migrations order by name',
  );
  return rows.map(({ name }) => name);
}

/** How values are written as text, so that both ends agree; and that a policy which would hide
 *  rows is an error rather than a backup with holes. */
export const session_settings = `
  set client_encoding to 'UTF8'; set datestyle to 'ISO'; set intervalstyle to 'postgres';
  set timezone to 'UTC'; set bytea_output to 'hex'; set extra_float_digits to 1;
  set row_security to off; set statement_timeout to 0;
  set idle_in_transaction_session_timeout to 0; set lock_timeout to '30s'`;
