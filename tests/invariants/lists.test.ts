import { CaseFilter, type CaseRow, type Output, OutputFilter, type Page } from '@wheelhouse/core';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { outputIdFor } from '../../sdk/src/id.ts';
import type { Statement, Tx } from '../../server/src/ports.ts';
import { listCases } from '../../server/src/store/case-list.ts';
import { listOutputs } from '../../server/src/store/output-list.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';

let server: TestServer;
let agent: Caller & { id: string };
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  agent = await server.keyFor('builder');
  await agent.call('PUT /gates/replies', { policy: { mode: 'never' } });
});
afterAll(() => server?.stop());

const page = async (query: string) =>
  (await agent.call<Page<Output>>(`GET /outputs?${query}`)).body;

test('[O9] an output whose id says no time stands where it came', async () => {
  const ids: string[] = [];
  for (const id of [undefined, outputIdFor('a run'), undefined, outputIdFor('another run')]) {
    const made = await agent.call<{ id: string }>('POST /gates/replies/outputs', {
      ...(id ? { id } : {}),
      content: 'ok',
    });
    ids.unshift(made.body.id);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect((await page('limit=4')).rows.map(({ id }) => id)).toEqual(ids);
  expect((await page('limit=4&gate=replies')).rows.map(({ id }) => id)).toEqual(ids);
});

test('[O9] pages give each output once, many of one moment included', async () => {
  const many = Array.from({ length: 95 }, (_, index) => ({
    content: 'ok',
    // Half of them by name, so that ids and times disagree.
    ...(index % 2 ? { id: outputIdFor(`run ${index}`) } : {}),
  }));
  const sent = await agent.call<{ results: { id: string }[] }>('POST /gates/replies/outputs', many);
  expect(sent.body.results).toHaveLength(95);
  for (const filter of ['', '&gate=replies', '&verdict=pass&outcome=passed']) {
    const seen: Output[] = [];
    let next: string | null = null;
    do {
      const cursor: string = next ? `&cursor=${encodeURIComponent(next)}` : '';
      const found: Page<Output> = await page(`limit=10${filter}${cursor}`);
      seen.push(...found.rows);
      next = found.next;
    } while (next);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(99);
    expect(seen).toHaveLength(99);
    const key = ({ created_at, id }: Output) => `${created_at} ${id}`;
    expect(seen.map(key)).toEqual(seen.map(key).sort().reverse());
  }
});

test('[C19] words find a case on whatever page it stands, and their signs are letters', async () => {
  await agent.call('PUT /gates/bills', { title: 'Bills', policy: { mode: 'always' } });
  const titles = Array.from({ length: 60 }, (_, index) => `bill ${index}`);
  const odd = 'one_at 50%';
  for (const content of [...titles, odd, 'oneXat 500']) {
    await agent.call('POST /gates/bills/outputs', { content });
  }
  const found = async (query: string) => {
    const { body } = await agent.call<Page<CaseRow>>(
      `GET /cases?view=waiting&limit=5&q=${encodeURIComponent(query)}`,
    );
    return body.rows.map(({ title }) => title);
  };
  expect(await found('bill 59')).toEqual(['bill 59']);
  expect(await found('BILLS decides 58')).toEqual(['bill 58']);
  expect(await found('bill nowhere')).toEqual([]);
  expect(await found('one_at')).toEqual([odd]);
  expect(await found('50%')).toEqual([odd]);
  expect(await found('\\')).toEqual([]);
  const { body } = await agent.call<Page<CaseRow>>('GET /cases?view=waiting&limit=1&q=bill');
  const next = await agent.call<Page<CaseRow>>(
    `GET /cases?view=waiting&limit=1&q=bill&cursor=${encodeURIComponent(body.next ?? '')}`,
  );
  expect(next.body.rows.map(({ title }) => title)).toEqual(['bill 1']);
  expect(await found(body.rows[0]?.id ?? '')).toEqual(['bill 0']);
});

test.each(['out_00000000000000000000000000', 'x~y', '2026-01-01T00:00:00.000Z~case_1', '~', 'Z'])(
  '[S6] the cursor %s is none',
  async (cursor) => {
    const reply = await agent.call(`GET /outputs?cursor=${encodeURIComponent(cursor)}`);
    expect(reply).toMatchObject({ status: 422, body: { errors: [{ field: 'cursor' }] } });
  },
);

/** The statement that a list would send. */
async function sentBy(work: (tx: Tx) => Promise<unknown>): Promise<[Statement, unknown[]]> {
  let sent: [Statement, unknown[]] | undefined;
  const tx = {
    now: '2026-01-01T00:00:00.000Z',
    query: async (statement: Statement, values: unknown[]) => {
      sent = [statement, values];
      return [];
    },
  } as unknown as Tx;
  await work(tx);
  return sent as [Statement, unknown[]];
}

const outputs = (given: object) => (tx: Tx) =>
  listOutputs(tx, server, agent.id, OutputFilter.parse({ limit: 50, ...given }));
const cases = (given: object) => (tx: Tx) =>
  listCases(tx, server, { id: agent.id, leads: false }, CaseFilter.parse({ limit: 50, ...given }));
const cursor = '2026-01-01T00:00:00.000Z~out_00000000000000000000000000';

test('[O9] a page is a walk along an index, however many there are', async () => {
  // As the server's own connections plan.
  const options = '-c enable_seqscan=off -c enable_mergejoin=off';
  const client = new pg.Client({ connectionString: server.database_url, options });
  await client.connect();
  try {
    await client.query(
      `insert into outputs (workspace_id, id, gate, policy_version, title, verdict, reasons,
         spot_checked, salt, created_by, created_at, settled)
       select $1, 'out_' || lpad(n::text, 26, '0'), 'replies', 1, 'x', 'pass', '[]', false, '', 'x',
         now() - n * interval '1 second', true from generate_series(1, 20000) n`,
      [server.workspace_id],
    );
    await client.query(
      `insert into cases (workspace_id, id, kind, state, title, queue, reasons, priority,
         requested_by, own_request_allowed, needs_role, wanted, open_slots, lease_ms, created_at)
       select $1, 'case_' || lpad(n::text, 26, '0'), 'question', 'waiting', 'x', 'default', '[]', 0,
         'x', true, 'reviewer', 1, 1, 1000, now() from generate_series(1, 20000) n`,
      [server.workspace_id],
    );
    await client.query('analyze outputs, cases, answers, leases, gates');
    const kinds: [string, (tx: Tx) => Promise<unknown>][] = [
      ['outputs', outputs({})],
      ['outputs after a cursor', outputs({ cursor })],
      ['outputs of a gate', outputs({ gate: 'replies' })],
      ['outputs of a gate after a cursor', outputs({ gate: 'replies', cursor })],
      ['cases of the desk', cases({ view: 'waiting' })],
      ['cases of a queue', cases({ view: 'waiting', queue: 'default' })],
      ['cases that wait', cases({})],
    ];
    for (const [what, work] of kinds) {
      const [{ text }, values] = await sentBy(work);
      const { rows } = await client.query(`explain (format json) ${text}`, values);
      const plan = JSON.stringify(rows[0]['QUERY PLAN'][0]);
      const bad = plan.match(/"Sort"|"Seq Scan","[^}]*"Relation Name":"(outputs|cases|answers)"/);
      expect([what, bad?.[0]]).toEqual([what, undefined]);
      expect([what, plan]).toEqual([what, expect.stringMatching(/"(outputs|cases)_\w+"/)]);
    }
  } finally {
    await client.end();
  }
});

test('[K38] an output is titled as its case is, whatever order its arguments are kept in', async () => {
  await agent.call('PUT /gates/closures', {
    policy: { mode: 'always' },
    action: { name: 'close_account', arguments_schema: { type: 'object' } },
  });
  const made = await agent.call<{ id: string; case_id: string }>('POST /gates/closures/outputs', {
    action: {
      name: 'close_account',
      arguments: { customer: 'Viktor Antal', email: 'v.antal@mail.example', reason: 'security' },
    },
  });
  const { id, case_id } = made.body;
  const title = 'close_account: Viktor Antal · v.antal@mail.example · security';
  for (const what of [`/outputs/${id}`, `/cases/${case_id}`]) {
    expect((await agent.call(`GET ${what}`)).body, what).toMatchObject({ title });
  }
  expect((await page('limit=1&gate=closures')).rows).toMatchObject([{ title }]);
});
