import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import {
  migrationsOf,
  sequencesOf,
  session_settings,
  type TableShape,
  tablesOf,
} from './catalog.ts';
import { end_of_rows, type Header, line, type Trailer, tally } from './dump-format.ts';

/**
 * The whole database as text (see dump-format.ts), of one moment: everything that was committed
 * when it began and nothing later, however long it takes and whoever writes meanwhile. One chunk
 * is in memory at a time.
 * @param onTable told after each table
 */
export async function* dump(
  url: string,
  onTable: (name: string, rows: number) => void = () => {},
): AsyncGenerator<Buffer> {
  const client = new pg.Client({ connectionString: url, application_name: 'wheelhouse backup' });
  // A connection that breaks fails the query under way; without a listener it would end us.
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query(session_settings);
    await client.query('begin isolation level repeatable read read only');
    const tables = await tablesOf(client);
    yield line(await header(client, tables));
    let rows = 0;
    for (const { name, columns } of tables) {
      yield line({ table: name, columns });
      const counted = tally();
      for await (const chunk of rowsOf(client, name, columns)) {
        counted.add(chunk);
        yield chunk;
      }
      const foot = counted.result();
      yield end_of_rows;
      yield line(foot);
      rows += foot.rows;
      onTable(name, foot.rows);
    }
    const end: Trailer = { end: true, rows, sequences: await sequences(client) };
    yield line(end);
    await client.query('commit');
  } finally {
    await client.end();
  }
}

async function header(client: pg.Client, tables: TableShape[]): Promise<Header> {
  const { rows } = await client.query<{ engine: string; made_at: string }>(
    `select current_setting('server_version') as engine,
      to_char(now(), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as made_at`,
  );
  const [stamp = { engine: '', made_at: '' }] = rows;
  const migrations = await migrationsOf(client);
  if (migrations.length === 0) throw new Error('This database holds no Wheelhouse.');
  return {
    format: 'wheelhouse-backup',
    version: 1,
    ...stamp,
    migrations,
    tables: tables.map(({ name }) => name),
  };
}

function rowsOf(client: pg.Client, name: string, columns: string[]): AsyncIterable<Buffer> {
  const list = columns.map((column) => pg.escapeIdentifier(column)).join(', ');
  return client.query(copyTo(`copy (select ${list} from ${pg.escapeIdentifier(name)}) to stdout`));
}

/** Sequences do not belong to the moment: they are read last, so that they are never behind. */
async function sequences(client: pg.Client): Promise<Trailer['sequences']> {
  const read: Trailer['sequences'] = {};
  for (const name of await sequencesOf(client)) {
    const { rows } = await client.query<{ last_value: string; is_called: boolean }>(
      `select last_value::text, is_called from ${pg.escapeIdentifier(name)}`,
    );
    if (rows[0]) read[name] = rows[0];
  }
  return read;
}
