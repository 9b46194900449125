import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { freshDatabase } from '../testing/engine.ts';
import { inOrder, tablesOf } from './catalog.ts';
import { dump } from './dump.ts';
import { dumpReader } from './dump-format.ts';
import { migrate, migrations } from './migrate.ts';
import { restore } from './restore.ts';

let source: Awaited<ReturnType<typeof freshDatabase>>;
let target: Awaited<ReturnType<typeof freshDatabase>>;
const made: { drop(): Promise<void> }[] = [];

async function database() {
  const fresh = await freshDatabase(inject('engine'));
  made.push(fresh);
  return fresh;
}

async function ask<Row extends pg.QueryResultRow>(url: string, sql: string, values?: unknown[]) {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

async function collect(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

/** The same bytes in pieces of a size, so that every seam falls somewhere. */
async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Every row of every table, as text; and where the sequences stand. */
async function contents(url: string): Promise<Record<string, string[]>> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const found: Record<string, string[]> = {};
    for (const { name } of await tablesOf(client)) {
      const { rows } = await client.query<{ row: string }>(
        `select t::text as row from ${pg.escapeIdentifier(name)} t order by t::text collate "C"`,
      );
      found[name] = rows.map(({ row }) => row);
    }
    const { rows } = await client.query<{ row: string }>(
      `select sequencename || ' ' || coalesce(last_value, -1) as row from pg_sequences
        where schemaname = 'public' order by 1`,
    );
    found.sequences = rows.map(({ row }) => row);
    return found;
  } finally {
    await client.end();
  }
}

const hard = 'tab\t, line\nnext\r, \\. and \\N, "quotes" \u{1F6DE} \u0001 \u202e';

beforeAll(async () => {
  source = await database();
  await ask(
    source.url,
    `insert into workspaces (id, name, checkpoint_private_key, checkpoint_public_key, created_at)
      values ('ws_1', $1, 'private', 'public', '2026-01-02T03:04:05.678901Z'),
        ('ws_2', E'\\\\.', '', E'\\\\.\\n\\\\.', 'infinity')`,
    [hard],
  );
  await ask(
    source.url,
    `insert into queues (workspace_id, name, title, description, created_at)
      select 'ws_1', 'q' || n, repeat(chr(92) || '.' || chr(10), n), null, now()
      from generate_series(1, 500) n`,
  );
  for (let n = 1; n <= 5; n++) {
    await ask(
      source.url,
      `insert into events (workspace_id, type, subject, actor, actor_kind, data, at)
        select 'ws_1', 'thing.done', 's' || n, 'me', 'key', jsonb_build_object('n', n, 'text', $1::text),
          now() from generate_series(1, 200) n`,
      [hard],
    );
  }
  await ask(
    source.url,
    `insert into audit_leaves (workspace_id, leaf, seq, hash)
      select 'ws_1', seq, seq, sha256(seq::text::bytea) from events`,
  );
  await ask(
    source.url,
    `insert into event_readers (workspace_id, name, xid, seq)
      select workspace_id, 'fan-out', xid, seq from events order by xid, seq offset 499 limit 1`,
  );
});
afterAll(async () => {
  await Promise.all(made.map(({ drop }) => drop()));
});

test('[B8] what comes out of a backup is what went in, to the last bit', async () => {
  const bytes = await collect(dump(source.url));
  target = await database();
  const { rows, header } = await restore(target.url, inPieces(bytes, 65_536));
  expect(await contents(target.url)).toEqual(await contents(source.url));
  expect(rows).toBe(2 + 500 + 1_000 + 1_000 + 1);
  expect(header.made_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  // The next number is not one that was given before.
  const [next] = await ask<{ seq: string }>(
    target.url,
    `insert into events (workspace_id, type, subject, actor, actor_kind, data, at)
      values ('ws_1', 'a', 'b', 'c', 'd', '{}', now()) returning seq`,
  );
  expect(Number(next?.seq)).toBe(1_001);
});

test('[B8] a backup is read alike however it arrives in pieces', async () => {
  const bytes = await collect(dump(source.url));
  for (const size of [1, 2, 3, 7, 4_096]) {
    const reader = dumpReader(inPieces(bytes, size));
    await reader.line();
    let rows = 0;
    for (;;) {
      const head = JSON.parse((await reader.line()) ?? '{}');
      if (head.end) break;
      const text = (await collect(reader.rows())).toString('utf8');
      const foot = JSON.parse((await reader.line()) ?? '{}');
      expect(text.split('\n')).toHaveLength(foot.rows + 1);
      rows += foot.rows;
    }
    expect(rows).toBe(2_503);
  }
});

test('[B8] a backup is of one moment, whoever writes meanwhile', async () => {
  const busy = await database();
  await restore(busy.url, dump(source.url));
  const chunks: Buffer[] = [];
  let written = 0;
  for await (const chunk of dump(busy.url)) {
    chunks.push(chunk);
    if (written++ > 20) continue;
    await ask(
      busy.url,
      `with w as (
        insert into workspaces (id, name, checkpoint_private_key, checkpoint_public_key, created_at)
        values ($1, '', '', '', now()) returning id)
      insert into queues (workspace_id, name, title, created_at)
      values ('ws_1', $1, '', now())`,
      [`late_${written}`],
    );
  }
  const copy = await database();
  await restore(copy.url, inPieces(Buffer.concat(chunks), 65_536));
  const [found] = await ask<{ late: string }>(
    copy.url,
    `select (select count(*) from workspaces where id like 'late%')
      + (select count(*) from queues where name like 'late%') as late`,
  );
  expect(Number(found?.late)).toBe(0);
});

test('[B9] a backup that is damaged, cut short or none at all restores nothing', async () => {
  const bytes = await collect(dump(source.url));
  const empty = await database();
  const before = await contents(empty.url);
  const flip = (find: string, change: string) => {
    const at = bytes.indexOf(find);
    expect(at).toBeGreaterThan(0);
    return Buffer.concat([
      bytes.subarray(0, at),
      Buffer.from(change),
      bytes.subarray(at + Buffer.byteLength(find)),
    ]);
  };
  const damages: [string, Buffer][] = [
    ['nothing', Buffer.alloc(0)],
    ['not a backup', Buffer.from('hello\n')],
    ['another thing', Buffer.from('{"format":"other"}\n')],
    ['one letter of a row', flip('thing.done', 'thing.Done')],
    ['a row twice', flip('ws_1\tq7\t', 'ws_1\tq7\tx\t\\N\tnow\nws_1\tq7x\t')],
    ['no end', bytes.subarray(0, bytes.lastIndexOf('{"end"'))],
    ['a count', flip('"rows":500', '"rows":499')],
    ['a column that is not there', flip('"columns":["id","name"', '"columns":["id","nome"')],
    ...[0.1, 0.5, 0.9, 0.999].map((share): [string, Buffer] => [
      `cut at ${share}`,
      bytes.subarray(0, Math.floor(bytes.length * share)),
    ]),
  ];
  for (const [what, damaged] of damages) {
    await expect(restore(empty.url, inPieces(damaged, 10_000)), what).rejects.toThrow(
      /The file is not a whole backup/,
    );
    expect(await contents(empty.url), what).toEqual(before);
  }
  await restore(empty.url, inPieces(bytes, 10_000));
});

test('[B9] a database that holds anything is refused, and keeps what it holds', async () => {
  const full = await database();
  await restore(full.url, dump(source.url));
  const before = await contents(full.url);
  await expect(restore(full.url, dump(source.url))).rejects.toThrow(
    /The database is not empty \(there are rows in \w+\).*WHEELHOUSE_DATA_DIR/,
  );
  expect(await contents(full.url)).toEqual(before);
});

test('[B9] a backup of a newer program is refused by name', async () => {
  const bytes = (await collect(dump(source.url))).toString('utf8');
  const newer = bytes.replace('"migrations":[', '"migrations":["9999_far_ahead.sql",');
  const empty = await database();
  await expect(restore(empty.url, inPieces(Buffer.from(newer), 9_999))).rejects.toThrow(
    /newer Wheelhouse \(it has 9999_far_ahead\.sql\)/,
  );
});

test('[B9] a backup of an older schema is brought up to date, and needs a new database', async () => {
  const blank = async () => {
    const name = `blank_${process.pid}_${made.length}`;
    const admin = inject('engine').replace('DATABASE', 'postgres');
    await ask(admin, `create database ${name}`);
    const drop = async () => {
      await ask(admin, `drop database ${name} with (force)`);
    };
    made.push({ drop });
    return inject('engine').replace('DATABASE', name);
  };
  const [first] = migrations();
  const old = await blank();
  await migrate(old, [first?.name ?? '']);
  await ask(
    old,
    `insert into workspaces (id, name, checkpoint_private_key, checkpoint_public_key, created_at)
      values ('ws_old', 'Old', '', '', now())`,
  );
  const young = await blank();
  await restore(young, dump(old));
  const applied = await ask<{ name: string }>(young, 'select name from migrations order by name');
  expect(applied.map(({ name }) => name)).toEqual(migrations().map(({ name }) => name));
  expect(await ask(young, 'select name from workspaces')).toEqual([{ name: 'Old' }]);
  await expect(restore((await database()).url, dump(old))).rejects.toThrow(
    /schema of this database is newer than the backup's/,
  );
  await expect(collect(dump(await blank()))).rejects.toThrow(/holds no Wheelhouse/);
});

const visible = `select count(*)::int as events from events
  where xid < pg_snapshot_xmin(pg_current_snapshot())`;
const behind = `select count(*)::int as events from events e, event_readers r
  where (e.xid, e.seq) > (r.xid, r.seq)`;

test('[B10] in a younger cluster restored events are seen, and readers stand where they stood', async () => {
  for (const raise_limit of [undefined, 0n]) {
    const old = await database();
    await restore(old.url, dump(source.url));
    // As if its cluster had seen more transactions than the one that it is restored into.
    const [next] = await ask<{ id: string }>(
      old.url,
      'select pg_snapshot_xmax(pg_current_snapshot())::text as id',
    );
    for (const table of ['events', 'event_readers']) {
      await ask(old.url, `update ${table} set xid = (xid::text::bigint + ${next?.id})::text::xid8`);
    }
    expect(await ask(old.url, visible)).toEqual([{ events: 0 }]);
    const young = await database();
    await restore(young.url, dump(old.url), raise_limit === undefined ? {} : { raise_limit });
    // Seen once whatever else the cluster has under way, its own counting of rows say, is over.
    await expect.poll(() => ask(young.url, visible)).toEqual([{ events: 1_000 }]);
    expect(await ask(young.url, behind)).toEqual([{ events: 500 }]);
    const order = 'select seq from events order by xid, seq';
    expect(await ask(young.url, order)).toEqual(await ask(old.url, order));
  }
});

test('[B8] tables come after those they refer to, and a ring is a fault', () => {
  const shape = (name: string, ...refers_to: string[]) => ({
    name,
    refers_to,
    columns: [],
    transaction_columns: [],
  });
  const sorted = inOrder([shape('a', 'c'), shape('b'), shape('c', 'b')]);
  expect(sorted.map(({ name }) => name)).toEqual(['b', 'c', 'a']);
  expect(() => inOrder([shape('a', 'b'), shape('b', 'a')])).toThrow(/ring: a,b/);
});
