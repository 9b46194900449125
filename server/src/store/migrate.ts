import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

const folder = fileURLToPath(new URL('../../migrations/', import.meta.url));

export interface Migration {
  name: string;
  sql: string;
}

export const migrations = (): Migration[] =>
  readdirSync(folder)
    .filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name))
    .sort()
    .map((name) => ({ name, sql: readFileSync(`${folder}/${name}`, 'utf8') }));

/** Brings a database up to date, each migration in its own transaction. Its ledger row is written
 *  first, so that rival servers notice each other and one of them waits.
 *  @param only those to apply, when a backup of an older schema is about to be restored; else all
 *  @returns the names applied now
 *  @throws Error in words when the database is newer than this program, or too old an engine */
export async function migrate(url: string, only?: readonly string[]): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'wheelhouse migrate' });
  await client.connect();
  try {
    await checkEngine(client);
    await client.query(
      'create table if not exists migrations (name text primary key, at timestamptz not null default now())',
    );
    const { rows } = await client.query<{ name: string }>('select name from migrations');
    const done = new Set(rows.map(({ name }) => name));
    const known = migrations();
    const newer = [...done].filter((name) => !known.some((one) => one.name === name));
    if (newer.length) {
      throw new Error(
        `The database was migrated by a newer Wheelhouse (${newer.join(', ')}). Start that version, or restore a backup.`,
      );
    }
    const applied: string[] = [];
    for (const migration of known) {
      if (done.has(migration.name) || only?.includes(migration.name) === false) continue;
      if (await apply(client, migration)) applied.push(migration.name);
    }
    return applied;
  } finally {
    await client.end();
  }
}

async function checkEngine(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ server_version_num: string }>('show server_version_num');
  const version = Number(rows[0]?.server_version_num);
  if (version < 150_000) {
    throw new Error(`Wheelhouse needs PostgreSQL 15 or newer; this is ${version / 10_000}.`);
  }
}

async function apply(client: pg.Client, { name, sql }: Migration): Promise<boolean> {
  await client.query('begin');
  try {
    const { rowCount } = await client.query(
      'insert into migrations (name) values ($1) on conflict do nothing',
      [name],
    );
    if (rowCount) await client.query(sql);
    await client.query('commit');
    return rowCount === 1;
  } catch (cause) {
    await client.query('rollback');
    throw new Error(`migration ${name} failed: ${(cause as Error).message}${remedy(cause)}`, {
      cause,
    });
  }
}

/** SQLSTATE 42501: most often the role of an external database may not make or hand out another. */
const remedy = (cause: unknown): string =>
  (cause as { code?: string }).code === '42501'
    ? `. The database's user needs to own the database, and either the right CREATEROLE or, from an admin: create role wheelhouse_app nologin; grant wheelhouse_app to <that user>; (docs/how-to/operate.md)`
    : '';
