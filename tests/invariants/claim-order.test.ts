import type { CaseRow, Page } from '@wheelhouse/core';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Statement, Tx } from '../../server/src/ports.ts';
import { claimCases } from '../../server/src/store/cases.ts';
import { type Caller, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { virtualTime } from '../../server/src/testing/virtual-time.ts';

const time = virtualTime();
let server: TestServer;
let agent: Caller & { id: string };
let desk: Caller & { id: string };
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine'), ports: time.ports });
  agent = await server.keyFor('builder');
  desk = await server.keyFor('reviewer');
});
afterAll(() => server?.stop());

const question = {
  parts: [{ kind: 'text', name: 'text', text: 'Is this one fine?' }],
  form: {
    questions: [{ name: 'fine', kind: 'choice', options: [{ value: 'yes' }, { value: 'no' }] }],
  },
};
async function opened(queue: string, given: object = {}): Promise<string> {
  const { body } = await agent.call<{ id: string }>('POST /cases', {
    queue,
    ...question,
    ...given,
  });
  time.advance(1_000);
  return body.id;
}
/** The least and the greatest id there can be. */
const id = (digit: string) => `case_${digit.repeat(26)}`;
const claimed = async (queue: string, limit = 1) =>
  (
    await desk.call<{ cases: { id: string }[] }>(`POST /queues/${queue}/claim`, { limit })
  ).body.cases.map((one) => one.id);

test('[L7] who chooses an id for a case stands in its turn all the same', async () => {
  const late = await opened('turns', { id: id('z') });
  const plain = await opened('turns');
  const pushy = await opened('turns', { id: id('0') });
  const urgent = await opened('turns', { id: id('y'), deadline_ms: 3_600_000 });
  const first = await opened('turns', { id: id('x'), priority: 5 });
  const turns = [first, urgent, late, plain, pushy];

  const seen: string[] = [];
  for (let next: string | null = ''; next !== null; ) {
    const cursor: string = next && `&cursor=${encodeURIComponent(next)}`;
    const page = await desk.call<Page<CaseRow>>(`GET /cases?queue=turns&limit=2${cursor}`);
    expect(page.status).toBe(200);
    seen.push(...page.body.rows.map((row) => row.id));
    next = page.body.next;
  }
  expect(seen).toEqual(turns);
  expect(await claimed('*')).toEqual([first]);
  expect(await claimed('turns')).toEqual([urgent]);
  expect(await claimed('turns')).toEqual([late]);
  expect(await claimed('turns', 5)).toEqual([plain, pushy]);
});

test.each([
  `0~infinity~${id('0')}`,
  `0~infinity~infinity~${id('0')}`,
  `x~infinity~2026-01-01T00:00:00.000Z~${id('0')}`,
  `0~soon~2026-01-01T00:00:00.000Z~${id('0')}`,
  '0~infinity~2026-01-01T00:00:00.000Z~',
  '~~~',
])('[S6] the cursor %s is none of a list of cases', async (cursor) => {
  const reply = await desk.call(`GET /cases?cursor=${encodeURIComponent(cursor)}`);
  expect(reply).toMatchObject({ status: 422, body: { errors: [{ field: 'cursor' }] } });
});

interface Plan {
  'Subplan Name'?: string;
  Plans?: Plan[];
}
/** A named part of a plan. */
const within = (plan: Plan, name: string): Plan | undefined =>
  plan['Subplan Name'] === name
    ? plan
    : plan.Plans?.map((one) => within(one, name)).find((found) => found);

test('[L7] a claim is a walk along an index, however many wait', async () => {
  // As the server's own connections plan.
  const options = '-c enable_seqscan=off -c enable_mergejoin=off -c enable_bitmapscan=off';
  const client = new pg.Client({ connectionString: server.database_url, options });
  await client.connect();
  try {
    await client.query(
      `insert into cases (workspace_id, id, kind, state, title, queue, reasons, priority,
         requested_by, own_request_allowed, needs_role, wanted, open_slots, lease_ms, created_at)
       select $1, 'case_' || lpad(n::text, 26, '0'), 'question', 'waiting', 'x', 'many', '[]', 0,
         'x', true, 'reviewer', 1, 1, 1000, now() from generate_series(1, 20000) n`,
      [server.workspace_id],
    );
    await client.query('analyze cases, answers, leases');
    for (const queue of ['many', '*']) {
      let sent: [Statement, unknown[]] | undefined;
      const tx = {
        now: time.now(),
        write: () => {},
        query: async (statement: Statement, values: unknown[]) => {
          sent = [statement, values];
          return [];
        },
      } as unknown as Tx;
      const by = { id: desk.id, kind: 'key', roles: ['viewer', 'reviewer'] };
      await claimCases(tx, server, by, { queue, limit: 1 });
      const [{ text }, values] = sent as [Statement, unknown[]];
      const { rows } = await client.query(`explain (format json) ${text}`, values);
      const picked = within(rows[0]['QUERY PLAN'][0].Plan, 'CTE picked');
      const walk = JSON.stringify(picked);
      expect([queue, walk]).toEqual([queue, expect.stringMatching(/"cases_in_(any_)?queue"/)]);
      expect([queue, walk.match(/"Node Type":"[^"]*Sort"/)?.[0]]).toEqual([queue, undefined]);
    }
  } finally {
    await client.end();
  }
});
