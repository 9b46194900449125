import pg from 'pg';
import type { Caller, TestServer } from '../../server/src/testing/start.ts';

/** Numbers in [0, 1) that a seed repeats (mulberry32). */
export function seeded(seed: number) {
  let state = seed >>> 0;
  const fraction = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (count: number) => Math.floor(fraction() * count);
  const oneOf = <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item;
  return { fraction, below, oneOf };
}
export type Seeded = ReturnType<typeof seeded>;

/** A name that terminals, spreadsheets and line readers would act on. */
export const hostile_name = `=cmd|' /C calc'!A0\r\n\u001b[31m\u0007\u2028\u202e"\\,{}\ud83d\udca5`;

export const refunds = {
  title: 'Refunds',
  queue: 'refunds',
  policy: {
    mode: 'rules',
    otherwise: 'pass',
    rules: [{ when: { field: 'action.arguments.amount', op: '>', value: 500 }, then: 'hold' }],
  },
  action: {
    name: 'refund',
    arguments_schema: {
      type: 'object',
      properties: { order: { type: 'string' }, amount: { type: 'number', minimum: 0 } },
      required: ['order', 'amount'],
    },
  },
};

export interface Held {
  id: string;
  case_id: string;
}

/** Some refunds asked for, most of them held and decided in turn: approved, edited, rejected. */
export async function livelyHour(agent: Caller, desk: Caller, count: number): Promise<Held[]> {
  await agent.call('PUT /gates/refunds', refunds);
  const verdicts = [
    { verdict: 'approve' },
    { verdict: 'edit', arguments: { order: 'A', amount: 10 } },
    { verdict: 'reject', reason: 'too much' },
  ];
  const held: Held[] = [];
  for (let at = 0; at < count; at++) {
    const { body } = await agent.call<Held>('POST /gates/refunds/outputs', {
      action: { name: 'refund', arguments: { order: `A-${at}`, amount: 400 + at * 150 } },
    });
    if (!body.case_id) continue;
    held.push(body);
    await desk.call(`POST /cases/${body.case_id}/answers`, { values: verdicts[at % 3] });
  }
  return held;
}

/** The text of a caller's export. */
export async function exported({ url }: TestServer, { key }: Caller): Promise<string> {
  const response = await fetch(`${url}/api/v1/audit/export`, {
    headers: { authorization: `Bearer ${key}` },
  });
  if (response.status !== 200) throw new Error(`the export answered ${response.status}`);
  return response.text();
}

/** The database as its owner, whom no row-level security binds. */
export async function asOwner<Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Every row of every table, as text by table. */
export const dumped = (url: string): Promise<Map<string, string>> =>
  asOwner(url, async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(
      `select table_name as name from information_schema.tables
       where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
    );
    const dump = new Map<string, string>();
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(
        `select to_jsonb(t)::text as row from "${name}" t order by 1`,
      );
      dump.set(name, rows.map(({ row }) => row).join('\n'));
    }
    return dump;
  });
