import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { every_workspace } from '@wheelhouse/core';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Database } from '../../server/src/ports.ts';
import { everyStatement } from '../../server/src/store/statement.ts';
import { freshDatabase } from '../../server/src/testing/engine.ts';
import { openDatabase } from '../../server/src/world/database.ts';
import { root } from './sources.ts';

const store = 'server/src/store/';
const silent = { info() {}, warn() {}, error() {} };
let database: Database;
let owner: pg.Client;
let drop: () => Promise<void>;
beforeAll(async () => {
  const fresh = await freshDatabase(inject('engine'));
  drop = fresh.drop;
  owner = new pg.Client({ connectionString: fresh.url });
  await owner.connect();
  database = openDatabase({ url: fresh.url, pool: 1, log: silent });
  for (const name of readdirSync(join(root, store))) {
    if (/^[a-z-]+\.ts$/.test(name)) await import(join(root, store, name));
  }
});
afterAll(async () => {
  await database?.close();
  await owner?.end();
  await drop?.();
});

interface Node {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Name'?: string;
  'Index Cond'?: string;
  Plans?: Node[];
}
const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/** What a column is filled with: each row another value, of its type. */
function filling(type: string): string {
  if (type.endsWith('[]')) return "'{}'";
  if (type.startsWith('json')) return "'[]'";
  if (type === 'boolean') return 'g % 2 = 0';
  if (type === 'bytea') return "decode(lpad(g::text, 8, '0'), 'hex')";
  if (type === 'xid8') return 'g::text::xid8';
  if (type === 'date') return "date '2000-01-01' + g::int";
  if (type.startsWith('timestamp')) return "now() + g * interval '1 second'";
  return /^(integer|bigint|double precision)$/.test(type) ? 'g' : "'x' || g";
}

/** Fills every table faster than the engine's own counting of rows comes by: one workspace, rows
 *  that differ in every other column. */
async function fill(rows: number): Promise<void> {
  const { rows: tables } = await owner.query<{ name: string; columns: string[]; types: string[] }>(
    `select c.relname as name, array_agg(quote_ident(a.attname)) as columns,
       array_agg(format_type(a.atttypid, null)) as types
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and a.attnum > 0
       and not a.attisdropped and a.attidentity = '' and c.relname <> 'migrations' group by 1`,
  );
  await owner.query("set session_replication_role = 'replica'");
  for (const { name, columns, types } of tables) {
    const values = columns.map((column, at) =>
      column === 'workspace_id' ? "'ws_one'" : filling(types[at] as string),
    );
    await owner.query(
      `insert into ${name} (${columns}) select ${values} from generate_series(1, ${rows}) g
       on conflict do nothing`,
    );
  }
}

async function keyColumns(): Promise<Map<string, string[]>> {
  const { rows } = await owner.query<{ name: string; columns: string[] }>(
    `select i.relname as name, array_agg(pg_get_indexdef(i.oid, k, true) order by k) as columns
     from pg_index x join pg_class i on i.oid = x.indexrelid,
       generate_series(1, x.indnkeyatts) k
     where i.relnamespace = 'public'::regnamespace group by 1`,
  );
  return new Map(rows.map(({ name, columns }) => [name, columns]));
}

/** How a plan goes through an index without being led there by the index's first columns. */
function strayScans(plan: Node, columns: Map<string, string[]>): string[] {
  return nodesOf(plan).flatMap((node) => {
    const index = node['Index Name'];
    if (!index)
      return /Seq Scan/.test(node['Node Type']) ? [`all of ${node['Relation Name']}`] : [];
    const condition = node['Index Cond'];
    if (!condition) return [`all of ${index}`];
    // Each condition begins with the column it is on: "(id = c.id)", "((xid, seq) > …".
    const bound = (columns.get(index) ?? []).map(
      (column) => condition.includes(`(${column} `) || condition.includes(`ROW(${column},`),
    );
    const gap = bound.indexOf(false);
    return gap >= 0 && bound.includes(true, gap) ? [`${index} by ${condition}`] : [];
  });
}

/** Statements that do go through a whole table, and why that is small. */
const small = new Map([
  ['audit.workspaces_to_seal', 'a row a workspace'],
  ['workspaces.list', 'a row a workspace'],
]);

async function planOf(name: string, text: string): Promise<Node> {
  const count = Math.max(0, ...[...text.matchAll(/\$(\d+)/g)].map((match) => Number(match[1])));
  const explain = {
    name: `explained ${name}`,
    text: `explain (generic_plan, format json) ${text}`,
  };
  type Row = { 'QUERY PLAN': [{ Plan: Node }] };
  const [row] = await database.transact(every_workspace, (tx) =>
    tx.query<Row>(explain, Array(count).fill(null)),
  );
  return (row as Row)['QUERY PLAN'][0].Plan;
}

test.each([0, 2_000])(
  '[H11] with %i rows that the engine has not counted yet, every statement goes by its keys',
  async (rows) => {
    if (rows) await fill(rows);
    const columns = await keyColumns();
    const strays: string[] = [];
    for (const { name, text } of everyStatement()) {
      if (small.has(name) || !/^\s*(select|with|insert|update|delete)/i.test(text)) continue;
      const found = strayScans(await planOf(name, text), columns);
      strays.push(...found.map((what) => `${name}: ${what}`));
    }
    expect(strays).toEqual([]);
  },
);
