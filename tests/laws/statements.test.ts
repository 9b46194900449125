import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { case_views, conversation_views } from '@wheelhouse/core';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Statement, Tx } from '../../server/src/ports.ts';
import { listCases } from '../../server/src/store/case-list.ts';
import { listConversations } from '../../server/src/store/conversation-list.ts';
import { listDeliveries } from '../../server/src/store/deliveries.ts';
import { listOutputs } from '../../server/src/store/output-list.ts';
import { everyStatement } from '../../server/src/store/statement.ts';
import { freshDatabase } from '../../server/src/testing/engine.ts';
import { type Column, type Description, describe } from './description.ts';
import { root } from './sources.ts';
import { type Promised, statementUses, type Use } from './statement-uses.ts';

const store = 'server/src/store/';
let client: pg.Client;
let drop: () => Promise<void>;
beforeAll(async () => {
  const database = await freshDatabase(inject('engine'));
  drop = database.drop;
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  // Statements name themselves where they are written, so all of them are there once all are read.
  for (const name of readdirSync(join(root, store))) {
    if (/^[a-z-]+\.ts$/.test(name)) await import(join(root, store, name));
  }
});
afterAll(async () => {
  await client?.end();
  await drop?.();
});

/** What values of a type are in the program, as world/database.ts reads them; JSON is anything. */
function kindsOf(type: string): string[] {
  if (/^jsonb?$/.test(type)) return ['string', 'number', 'boolean', 'object'];
  if (type.endsWith('[]') || type === 'bytea') return ['object'];
  if (/^(smallint|integer|bigint|real|double precision)$/.test(type)) return ['number'];
  return [type === 'boolean' ? 'boolean' : 'string'];
}

function faultsOf(columns: Column[], row: Promised[]): string[] {
  const given = new Map(columns.map((column) => [column.name, column]));
  const asked = new Set(row.map(({ name }) => name));
  return [
    ...columns.filter(({ name }) => !asked.has(name)).map(({ name }) => `nobody reads ${name}`),
    ...row.flatMap(({ name, kinds, nullable, optional }) => {
      const column = given.get(name);
      if (!column) return optional ? [] : [`there is no ${name}`];
      const fits = kindsOf(column.type);
      const wrong = [...kinds].filter((kind) => kind !== 'any' && !fits.includes(kind));
      return [
        ...wrong.map((kind) => `${name} is ${column.type}, not ${kind}`),
        ...(column.nullable_at_home && !nullable && !optional ? [`${name} may be null`] : []),
      ];
    }),
  ];
}

/** Columns that may be null in their table and never are in these rows, and why. */
const never_null = new Map([
  ['enrolments.list', ['email', 'an invitation is for an address']],
  ['cases.asked_apart', ['output_id', 'it is compared in the where']],
]);

type Descriptions = Map<string, Description>;

function findings(uses: readonly Use[], described: Descriptions): string[] {
  return uses.flatMap(({ place, statement, values, row }) => {
    const description = statement && described.get(statement);
    if (!description) return [`${place}: sends what is not named by statement(…)`];
    const { parameters, columns } = description;
    const counted = values ?? parameters;
    const sure = `${never_null.get(statement)?.[0]} may be null`;
    const faults = (row ? faultsOf(columns, row) : []).filter((fault) => fault !== sure);
    if (counted !== parameters) faults.push(`takes ${parameters} values, is given ${counted}`);
    return faults.map((fault) => `${statement} at ${place}: ${fault}`);
  });
}

/** A transaction that only notes what it is asked. */
function noting() {
  const asked: { statement: Statement; values: unknown[] }[] = [];
  const query = async (statement: Statement, values: unknown[] = []) => {
    asked.push({ statement, values });
    return [];
  };
  return { tx: { scope, now: '2026-01-01T00:00:00.000Z', query } as unknown as Tx, asked };
}

const scope = { workspace_id: 'ws_none' };
const an_id = '0'.repeat(26);
const limit = 5;
/** Lists whose text follows from a filter, asked with each filter alone and with all together. */
const lists: Record<string, (tx: Tx) => Promise<unknown>[]> = {
  'case-list.ts': (tx) =>
    [undefined, ...case_views].flatMap((view) => {
      const resolved = view === 'resolved';
      const place = `2026-01-01T00:00:00Z~${an_id}`;
      const cursor = resolved ? place : `1~infinity~${place}`;
      const whole = { queue: 'default', gate: 'refunds', q: 'late bed', cursor };
      return eachAndAll(whole).map((some) =>
        listCases(tx, scope, { id: 'me', leads: true }, { view, ...some, limit }),
      );
    }),
  'conversation-list.ts': (tx) =>
    [undefined, ...conversation_views].flatMap((view) => {
      const urgent = view === 'waiting' || view === 'mine';
      const place = `2026-01-01T00:00:00.000Z~conv_${an_id}`;
      const cursor = urgent ? `1~infinity~${place}` : view === 'bot' ? `infinity~${place}` : place;
      const what = { queue: 'default', label: 'lamps', min_priority: 1, q: 'late bed' };
      const whole = { ...what, contact_id: `con_${an_id}`, unread: 'true', cursor } as const;
      const asked =
        view === 'open' ? [...eachAndAll(whole), { order: 'due' } as const] : eachAndAll(whole);
      return asked.map((some) => listConversations(tx, scope, 'me', { view, ...some, limit }));
    }),
  'output-list.ts': (tx) => {
    const between = { since: '2026-01-01T00:00:00Z', until: '2026-01-02T00:00:00Z' };
    const cursor = `2026-01-01T00:00:00.000Z~out_${an_id}`;
    const what = { gate: 'refunds', verdict: 'hold', outcome: 'approved', q: 'late' } as const;
    const whole = { ...what, ...between, confidence_min: 0.1, confidence_max: 0.9, cursor };
    const asked = [...eachAndAll(whole), { outcome: 'undecided' } as const];
    return asked.map((some) => listOutputs(tx, scope, 'me', { ...some, limit }));
  },
  'deliveries.ts': (tx) =>
    eachAndAll({ webhook_id: 'hook', state: 'dead', cursor: `del_${an_id}` } as const).map((some) =>
      listDeliveries(tx, scope, { ...some, limit }),
    ),
};

function eachAndAll<Filter extends object>(whole: Filter): Partial<Filter>[] {
  const each = Object.entries(whole).map(([name, value]) => ({ [name]: value }));
  return [{}, ...(each as Partial<Filter>[]), whole];
}

test('[H4] every statement prepares, takes what it is given and gives what its row type says', async () => {
  const described: Descriptions = new Map();
  for (const { name, text } of everyStatement()) {
    described.set(name, await describe(client, text, name));
  }
  expect(described.size).toBeGreaterThan(150);
  const uses = statementUses('server/src/').filter(
    ({ statement, place }) => statement || !(listOf(place) || place.includes('/testing/')),
  );
  expect(uses.length).toBeGreaterThan(150);
  expect(findings(uses, described)).toEqual([]);
  const used = new Set(uses.map(({ statement }) => statement));
  expect([...described.keys()].filter((name) => !used.has(name))).toEqual([]);
});

const listOf = (place: string): string | undefined =>
  Object.keys(lists).find((file) => place.startsWith(`${store}${file}:`));

test('[H4] lists made from filters prepare whatever the filter, and give what their row type says', async () => {
  const uses = statementUses(store).filter(({ statement }) => !statement);
  expect(uses.map(({ place }) => listOf(place)).sort()).toEqual(Object.keys(lists).sort());
  for (const use of uses) {
    const { tx, asked } = noting();
    await Promise.all(lists[listOf(use.place) as string]?.(tx) ?? []);
    expect(asked.length).toBeGreaterThan(4);
    for (const { statement, values } of asked) {
      const made = { ...use, statement: statement.name, values: values.length };
      const described = await describe(client, statement.text, statement.name);
      expect(findings([made], new Map([[statement.name, described]]))).toEqual([]);
    }
  }
});

test('[H4] a statement that does not fit the schema, its values or its rows is found', async () => {
  await expect(describe(client, 'select none from cases', 'cases.none')).rejects.toThrow(
    /cases.none.*none/,
  );
  const text = 'select id, wanted, due_at, form from cases where workspace_id = $1';
  const described = new Map([['cases.some', await describe(client, text, 'cases.some')]]);
  const field = (name: string, kind: string, nullable = false): Promised => ({
    name,
    kinds: new Set([kind]),
    nullable,
    optional: false,
  });
  const row = [field('id', 'string'), field('wanted', 'number'), field('due_at', 'string', true)];
  const found = (fields: Promised[], values = 1) =>
    findings([{ place: 'a.ts:1', statement: 'cases.some', values, row: fields }], described);
  const whole = [...row, field('form', 'object', true)];
  const tell = (fault: string) => [`cases.some at a.ts:1: ${fault}`];
  expect(found(whole)).toEqual([]);
  expect(found(row)).toEqual(tell('nobody reads form'));
  expect(found([...whole, field('title', 'string')])).toEqual(tell('there is no title'));
  expect(found(whole.with(0, field('id', 'number')))).toEqual(tell('id is text, not number'));
  expect(found(whole.with(2, field('due_at', 'string')))).toEqual(tell('due_at may be null'));
  expect(found(whole, 2)).toEqual(tell('takes 1 values, is given 2'));
});

/** Ordered by a name that the same statement gives to a text: the order of texts, where 1000 comes
 *  before 999. */
function orderedAsText({ name, text }: Statement): string[] {
  const casts = [...text.matchAll(/(\w+)::text as \1\b/g)].map((match) => match[1]);
  const orders = [...text.matchAll(/order by ([^)]*)/g)].flatMap(([, by = '']) => by.split(','));
  return orders
    .map((by) => by.trim().split(/\s/)[0] ?? '')
    .filter((by) => casts.includes(by))
    .map((by) => `${name} is ordered by the text ${by}`);
}

test('[H4] no statement orders numbers as texts', () => {
  const wrong = 'select xid::text as xid, seq from events order by xid, seq limit 1';
  expect(orderedAsText({ name: 'wrong', text: wrong })).toHaveLength(1);
  const right = 'select xid::text as xid, seq from events order by events.xid, seq limit 1';
  expect(orderedAsText({ name: 'right', text: right })).toEqual([]);
  expect(everyStatement().flatMap(orderedAsText)).toEqual([]);
});
