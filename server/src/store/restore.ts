import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type * as z from 'zod';
import { migrationsOf, session_settings, type TableShape, tablesOf } from './catalog.ts';
import {
  damaged,
  dumpReader,
  Header,
  TableFoot,
  TableHead,
  Trailer,
  tally,
} from './dump-format.ts';
import { migrate, migrations } from './migrate.ts';
import { type CatchUp, catchUp, raiseCounter } from './transaction-ids.ts';

export interface RestoreOptions {
  onTable?(name: string, rows: number): void;
  onCatchUp?: CatchUp['onProgress'];
  /** How far the transaction counter may be raised before ids are renumbered instead. */
  raise_limit?: bigint;
}

/**
 * Fills an empty database from a backup, all of it or nothing: one transaction, committed when
 * every table's rows and checksum are as the file says. The schema is first brought to where the
 * backup's was, and afterwards to where this program's is.
 * @throws Error in words: the file is cut short, damaged or not a backup; the database is not
 *   empty, or newer than the backup; the backup is of a newer program
 */
export async function restore(
  url: string,
  chunks: AsyncIterable<Buffer>,
  options: RestoreOptions = {},
): Promise<{ header: Header; rows: number }> {
  const reader = dumpReader(chunks);
  try {
    return await restoreFrom(url, reader, options);
  } finally {
    await reader.close();
  }
}

type Reader = ReturnType<typeof dumpReader>;

async function restoreFrom(url: string, reader: Reader, options: RestoreOptions) {
  const header = await readLine(reader, Header, 'it does not begin as one');
  const known = new Set(migrations().map(({ name }) => name));
  const newer = header.migrations.filter((name) => !known.has(name));
  if (newer.length > 0) {
    throw new Error(
      `The backup is of a newer Wheelhouse (it has ${newer.join(', ')}). Restore it with that version.`,
    );
  }
  await refuseUnlessNew(url, header);
  await migrate(url, header.migrations);
  const rows = await fill(url, reader, header, options);
  await migrate(url);
  return { header, rows };
}

async function readLine<Shape extends z.ZodType>(
  reader: Reader,
  shape: Shape,
  otherwise: string,
): Promise<z.infer<Shape>> {
  const text = await reader.line();
  if (text === undefined) throw damaged(otherwise);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw damaged(otherwise);
  }
  const read = shape.safeParse(value);
  if (!read.success) throw damaged(otherwise);
  return read.data;
}

async function withClient<Result>(url: string, work: (client: pg.Client) => Promise<Result>) {
  const client = new pg.Client({ connectionString: url, application_name: 'wheelhouse restore' });
  // A connection that breaks fails the query under way; without a listener it would end us.
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query(session_settings);
    return await work(client);
  } finally {
    await client.end();
  }
}

async function refuseUnlessNew(url: string, header: Header): Promise<void> {
  await withClient(url, async (client) => {
    await refuseRows(client, await tablesOf(client));
    const ahead = (await migrationsOf(client)).filter((name) => !header.migrations.includes(name));
    if (ahead.length > 0) {
      throw new Error(
        `The schema of this database is newer than the backup's (it has ${ahead.join(', ')}). ` +
          'Restore into a new database or data folder; it is brought up to date afterwards.',
      );
    }
  });
}

async function refuseRows(client: pg.Client, tables: TableShape[]): Promise<void> {
  for (const { name } of tables) {
    const { rows } = await client.query<{ some: boolean }>(
      `select exists (select from ${pg.escapeIdentifier(name)}) as some`,
    );
    if (!rows[0]?.some) continue;
    throw new Error(
      `The database is not empty (there are rows in ${name}). A restore only fills an empty one: ` +
        'set WHEELHOUSE_DATA_DIR to a new folder, or WHEELHOUSE_DATABASE_URL to a new database.',
    );
  }
}

async function fill(
  url: string,
  reader: Reader,
  header: Header,
  options: RestoreOptions,
): Promise<number> {
  return withClient(url, async (client) => {
    await client.query('begin');
    const tables = await tablesOf(client);
    await reserve(client, tables);
    const shapes = new Map(tables.map((shape) => [shape.name, shape]));
    let rows = 0;
    for (const name of header.tables) {
      const shape = shapes.get(name);
      if (!shape) throw damaged(`there is no table ${name} in its schema`);
      const count = await fillTable(client, reader, shape);
      rows += count;
      options.onTable?.(name, count);
    }
    const end = await readLine(reader, Trailer, 'its end is missing');
    if (end.rows !== rows) throw damaged(`it has ${rows} rows and should have ${end.rows}`);
    for (const [name, { last_value, is_called }] of Object.entries(end.sequences)) {
      await client.query('select setval($1::regclass, $2::bigint, $3)', [
        pg.escapeIdentifier(name),
        last_value,
        is_called,
      ]);
    }
    const highest = await catchUp(client, tables, options.raise_limit);
    for (const { name } of tables) await toggleTriggers(client, name, 'enable');
    // The counter is raised before the commit: a reader never meets a row from the future.
    await withClient(url, (other) =>
      raiseCounter(other, highest, { onProgress: options.onCatchUp }),
    );
    await client.query('commit');
    return rows;
  });
}

/** Nobody else writes until we are done, and nobody has since the first look. */
async function reserve(client: pg.Client, tables: TableShape[]): Promise<void> {
  const all = tables.map(({ name }) => pg.escapeIdentifier(name)).join(', ');
  await client.query(`lock table ${all} in access exclusive mode`);
  await refuseRows(client, tables);
  for (const { name } of tables) await toggleTriggers(client, name, 'disable');
}

/** A trigger of ours has fired when the row was first written, and left what it left. */
const toggleTriggers = (client: pg.Client, name: string, how: 'enable' | 'disable') =>
  client.query(`alter table ${pg.escapeIdentifier(name)} ${how} trigger user`);

async function fillTable(client: pg.Client, reader: Reader, shape: TableShape): Promise<number> {
  const { name } = shape;
  const head = await readLine(reader, TableHead, `the table ${name} is missing`);
  if (head.table !== name) throw damaged(`${head.table} stands where ${name} should be`);
  const unknown = head.columns.filter((column) => !shape.columns.includes(column));
  if (unknown.length > 0) throw damaged(`${name} has no column ${unknown.join(', ')}`);
  const list = head.columns.map((column) => pg.escapeIdentifier(column)).join(', ');
  const counted = tally();
  const counting = async function* () {
    for await (const chunk of reader.rows()) {
      counted.add(chunk);
      yield chunk;
    }
  };
  const into = client.query(copyFrom(`copy ${pg.escapeIdentifier(name)} (${list}) from stdin`));
  try {
    await pipeline(Readable.from(counting()), into);
  } catch (thrown) {
    // Of the engine's words only those about data (classes 22 and 23) are the file's fault.
    const { code = '', message } = thrown as { code?: string; message: string };
    throw /^2[23]/.test(code) ? damaged(`${name}: ${message}`) : thrown;
  }
  const foot = await readLine(reader, TableFoot, `the count of ${name} is missing`);
  const found = counted.result();
  if (found.sha256 !== foot.sha256 || found.rows !== foot.rows || into.rowCount !== foot.rows) {
    throw damaged(`the rows of ${name} are not those that were written`);
  }
  return foot.rows;
}
