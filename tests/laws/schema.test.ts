import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { expect, inject, test } from 'vitest';
import { migrations } from '../../server/src/store/migrate.ts';
import { freshDatabase } from '../../server/src/testing/engine.ts';
import { schemaOf } from './schema.ts';
import { root } from './sources.ts';

const how =
  'server/schema.sql is not what the migrations make. After a migration, write it anew: npx vitest run tests/laws/schema.test.ts -u';

/** A database, changed by some SQL, and its schema. */
async function schemaAfter(sql: string): Promise<string> {
  const database = await freshDatabase(inject('engine'));
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    await client.query(sql);
    return await schemaOf(database.url);
  } finally {
    await client.end();
    await database.drop();
  }
}

test('[H3] the schema on file is the one the migrations make, and makes the same one again', async () => {
  const made = await schemaAfter('');
  await expect(made, how).toMatchFileSnapshot('../../server/schema.sql');
  const again = `drop schema public cascade; create schema public; ${made}`;
  expect(await schemaAfter(again)).toBe(made);
});

test('[H3] whatever is changed in a schema shows in what is written of it', async () => {
  const made = await schemaAfter('');
  const changes = [
    'alter table cases add column extra integer',
    'alter table cases alter column title drop not null',
    "alter table cases alter column title set default 'none'",
    'alter table cases alter column priority type bigint',
    'alter table cases add constraint few check (wanted > 0)',
    'create index extra on cases (title)',
    'drop index cases_assigned',
    'alter table cases disable row level security',
    'alter table cases force row level security',
    'drop policy workspace on cases',
    'alter policy workspace on cases using (true)',
    'grant delete on events to wheelhouse_app',
    'revoke insert on events from wheelhouse_app',
    'grant select (id) on users to public',
    'alter table keys alter column name set statistics 0',
    "create function one() returns integer language sql as 'select 1'",
    'create table extra (id text)',
  ];
  for (const change of changes) {
    const changed = await schemaAfter(change);
    expect([change, changed === made]).toEqual([change, false]);
  }
  await expect(schemaAfter('create view all_cases as select * from cases')).rejects.toThrow(
    'all_cases',
  );
});

test('[H3] migrations are numbered from one without a gap, and each opens with why, lock and breaking', () => {
  const folder = join(root, 'server/migrations');
  const names = readdirSync(folder).sort();
  expect(migrations().map(({ name }) => name)).toEqual(names);
  const numbers = names.map((name) => Number(name.slice(0, 4)));
  expect(numbers).toEqual(numbers.map((_, at) => at + 1));
  for (const name of names) {
    const opening = readFileSync(join(folder, name), 'utf8').split(/\n(?!--)/)[0];
    for (const word of [/^-- Why: /, /Lock: /, /Breaking: /])
      expect([name, opening]).toEqual([name, expect.stringMatching(word)]);
  }
});
