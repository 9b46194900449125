import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { serveBeside } from '../../server/src/testing/beside.ts';
import { type Reply, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { type Connection, connectionTo } from './connection.ts';

// Invariant 6: a case is decided at most once. Same key replays the same answer; a different one
// gets a conflict naming the winner.
const cases = 1_000;
/** Half of them are the other half again, under the same Idempotency-Key. */
const decisions_a_case = 50;
const deciders = decisions_a_case / 2;

let server: TestServer;
let beside: Awaited<ReturnType<typeof serveBeside>>;
/** Each decider has a connection to either server, so that a decision races with its own repeat. */
const desks: [Connection, Connection][] = [];
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  beside = await serveBeside(server.database_url);
  for (let at = 0; at < deciders; at++) {
    const key = await server.keyFor('reviewer');
    desks.push([connectionTo(server.url, key), connectionTo(beside.url, key)]);
  }
});
afterAll(async () => {
  for (const pair of desks) for (const one of pair) one.close();
  await beside?.close();
  await server?.stop();
});

interface Decided {
  code?: string;
  resolution: { outcome: string; by: string[] } | null;
  answer_id: string;
  case: { resolution: { outcome: string; by: string[] } };
}

/** No two of them say the same, and each outcome there is stands among them. */
const saying = (decider: number) => {
  if (decider === 0) return { verdict: 'approve' };
  if (decider === 1) return { verdict: 'reject', reason: 'no' };
  return { verdict: 'edit', arguments: { order: 'A', amount: decider } };
};
const outcomeOf = (decider: number) => ['approved', 'rejected'][decider] ?? 'edited';

async function decide(case_id: string, turn: number): Promise<{ winner: number }> {
  const send = (decider: number, connection: Connection) =>
    connection.call<Decided>(
      `POST /cases/${case_id}/answers`,
      { values: saying(decider) },
      { 'idempotency-key': `${case_id}-${decider}` },
    );
  // The order of the deciders turns, so that none of them is always first.
  const order = desks.map((_, at) => (at + turn) % deciders);
  const replies = await Promise.all(
    order.flatMap((decider) =>
      (desks[decider] as [Connection, Connection]).map((connection) => send(decider, connection)),
    ),
  );
  const by_decider = new Map<number, Reply<Decided>[]>();
  order.forEach((decider, at) => {
    by_decider.set(decider, replies.slice(at * 2, at * 2 + 2));
  });
  const winners = [...by_decider].filter(([, pair]) => pair.some(({ status }) => status === 200));
  expect(winners).toHaveLength(1);
  const [winner, pair] = winners[0] as [number, [Reply<Decided>, Reply<Decided>]];
  // The winner and its repeat got the very same answer.
  expect(pair[1]).toMatchObject({ status: 200, body: pair[0].body });
  const { id } = (desks[winner] as [Connection, Connection])[0];
  expect(pair[0].body.resolution).toMatchObject({ outcome: outcomeOf(winner), by: [id] });
  for (const [decider, losers] of by_decider) {
    if (decider === winner) continue;
    for (const reply of losers) {
      expect(reply.status).toBe(409);
      expect(reply.body).toMatchObject({
        code: 'already_resolved',
        resolution: { outcome: outcomeOf(winner), by: [id] },
      });
    }
  }
  return { winner };
}

test(`[C1] [O4] ${decisions_a_case} conflicting decisions on each of ${cases} cases: one winner each, and everyone is told which`, async () => {
  const admin = await server.keyFor('admin');
  await admin.call('PUT /gates/refunds', {
    policy: { mode: 'always' },
    action: { name: 'refund', arguments_schema: { type: 'object' } },
  });
  const ids: string[] = [];
  for (let from = 0; from < cases; from += 500) {
    const body = Array.from({ length: 500 }, (_, at) => ({
      action: { name: 'refund', arguments: { order: `A-${from + at}`, amount: 1_000 } },
    }));
    const reply = await admin.call<{ results: { case_id: string }[] }>(
      'POST /gates/refunds/outputs',
      body,
    );
    ids.push(...reply.body.results.map(({ case_id }) => case_id));
  }
  const wins = new Map<number, number>();
  for (let at = 0; at < ids.length; at += 2) {
    const pair = await Promise.all(
      ids.slice(at, at + 2).map((id, index) => decide(id, at + index)),
    );
    for (const { winner } of pair) wins.set(winner, (wins.get(winner) ?? 0) + 1);
  }
  expect(wins.size).toBeGreaterThan(deciders / 2);

  const client = new pg.Client({ connectionString: server.database_url });
  await client.connect();
  const { rows } = await client.query<Record<string, string>>(`select
    (select count(*) from answers) as answers,
    (select count(*) from resolutions) as resolutions,
    (select count(*) from events where type = 'case.resolved') as said,
    (select count(*) from outputs o join resolutions r on r.case_id = o.case_id
      where o.outcome_status = r.outcome and o.settled) as outcomes`);
  await client.end();
  const all = String(cases);
  expect(rows[0]).toEqual({ answers: all, resolutions: all, said: all, outcomes: all });
}, 1_200_000);

test('[O4] a decided key with another decision is refused, and so is one key on two cases at once', async () => {
  const admin = await server.keyFor('admin');
  const desk = await server.keyFor('reviewer');
  await admin.call('PUT /gates/plain', { policy: { mode: 'always' } });
  const held = async () => {
    const { body } = await admin.call<{ case_id: string }>('POST /gates/plain/outputs', {
      content: 'x',
    });
    return body.case_id;
  };
  const case_id = await held();
  const once = { 'idempotency-key': 'once' };
  const approve = { values: { verdict: 'approve' } };
  const reject = { values: { verdict: 'reject' } };
  const first = await desk.call(`POST /cases/${case_id}/answers`, approve, once);
  expect(first.status).toBe(200);
  const other = await desk.call(`POST /cases/${case_id}/answers`, reject, once);
  expect(other).toMatchObject({ status: 409, body: { code: 'key_reused' } });

  // One key, ten cases, all at once: one of them is decided, the others stay as they were.
  for (let round = 0; round < 20; round++) {
    const ids = await Promise.all(Array.from({ length: 10 }, held));
    const key = { 'idempotency-key': `round-${round}` };
    const [first_desk, second_desk] = desks[0] as [Connection, Connection];
    const replies = await Promise.all(
      ids.map((id, at) =>
        (at % 2 ? first_desk : second_desk).call(`POST /cases/${id}/answers`, approve, key),
      ),
    );
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(replies.filter(({ body }) => body.code === 'key_reused')).toHaveLength(9);
    const states = await Promise.all(
      ids.map(async (id) => (await desk.call<{ state: string }>(`GET /cases/${id}`)).body.state),
    );
    expect(states.filter((state) => state === 'resolved')).toHaveLength(1);
  }
});
