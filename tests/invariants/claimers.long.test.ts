import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { serveBeside } from '../../server/src/testing/beside.ts';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';
import { type Connection, connectionTo } from './connection.ts';
import { seeded } from './record.ts';

// Invariant 5: one holder per case; any write carrying an old epoch is refused.
const claimers = 200;
/** 10,000 take five minutes; WHEELHOUSE_TEST_CASES=10000 asks for them. */
const cases = Number(process.env.WHEELHOUSE_TEST_CASES ?? 2_000);
/** So many are leased for the shortest time there is, so that silence is soon late; the rest for
 *  longer than a slow machine takes to answer. */
const quick_cases = cases * 0.15;
const quick_ms = 1_000;
const calm_ms = 15_000;

let server: TestServer;
let beside: Awaited<ReturnType<typeof serveBeside>>;
const connections: Connection[] = [];
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  beside = await serveBeside(server.database_url);
});
afterAll(async () => {
  for (const one of connections) one.close();
  await beside?.close();
  await server?.stop();
});

/** One claim as its claimer saw it. Times are this machine's, which is the database's. */
interface Holding {
  case_id: string;
  rater: string;
  epoch: number;
  /** When the claim was answered; it was granted before. */
  told_ms: number;
  /** When it lapses, as far as the claimer knows. */
  until_ms: number;
  /** When the claimer asked to end it, by answering or giving back. */
  ended_ms?: number;
  answered?: boolean;
}

const history: Holding[] = [];
let answers = 0;
const late = { tried: 0, refused: 0 };
const wrong_epoch = { tried: 0, refused: 0 };
const answer = (epoch: number) => ({ epoch, values: { verdict: 'approve' } });

type Claimed = { cases: { id: string; lease: { epoch: number; expires_at: string } }[] };

/** A server that is too busy says so within its five seconds; whoever asks again with the same key
 *  does nothing twice. */
async function patiently<Body>(by: Connection, what: string, body?: unknown) {
  const once = { 'idempotency-key': randomUUID() };
  for (;;) {
    const reply = await by.call<Body>(what, body, what.startsWith('DELETE') ? {} : once);
    if (reply.status !== 503) return reply;
    await pause(200);
  }
}

/** Works one case as people do: most answer, some hesitate, give it back, or fall silent. */
async function work(by: Connection, held: Holding, dice: number): Promise<void> {
  const { case_id, epoch } = held;
  const refuses = async (count: typeof late, what: string, body?: unknown) => {
    count.tried += 1;
    if ((await patiently(by, what, body)).status === 409) count.refused += 1;
  };
  if (dice < 0.05) {
    await refuses(wrong_epoch, `POST /cases/${case_id}/answers`, answer(epoch + 1));
    if (epoch > 1) await refuses(wrong_epoch, `POST /cases/${case_id}/answers`, answer(epoch - 1));
  } else if (dice < 0.1) {
    const kept = await patiently<{ expires_at: string }>(by, `POST /cases/${case_id}/lease`, {
      epoch,
    });
    if (kept.status === 200) held.until_ms = Date.parse(kept.body.expires_at);
  } else if (dice < 0.15) {
    held.ended_ms = Date.now();
    await patiently(by, `DELETE /cases/${case_id}/lease?epoch=${epoch}`);
    return;
  } else if (falls_silent(held, dice)) {
    await pause(held.until_ms - Date.now() + 2);
    await refuses(late, `POST /cases/${case_id}/answers`, answer(epoch));
    await refuses(late, `POST /cases/${case_id}/lease`, { epoch });
    return;
  }
  held.ended_ms = Date.now();
  const reply = await patiently(by, `POST /cases/${case_id}/answers`, answer(epoch));
  held.answered = reply.status === 200;
  if (held.answered) answers += 1;
  // A slow machine may let a lease lapse before its answer comes; nothing else may refuse it.
  if (!held.answered) expect(['lease_lost', 'already_resolved']).toContain(reply.body.code);
}

const falls_silent = (held: Holding, dice: number) =>
  held.until_ms - held.told_ms < 2 * quick_ms && dice >= 0.15 && dice < 0.7;

async function claimer(by: Connection, dice: () => number, left: () => boolean): Promise<void> {
  const silent: Promise<void>[] = [];
  while (left()) {
    const claim = await patiently<Claimed>(by, 'POST /queues/default/claim', { limit: 8 });
    expect(claim.status).toBe(200);
    const told_ms = Date.now();
    if (!claim.body.cases.length) await pause(500);
    for (const { id, lease } of claim.body.cases) {
      const until_ms = Date.parse(lease.expires_at);
      const { epoch } = lease;
      const held: Holding = { case_id: id, rater: by.id, epoch, told_ms, until_ms };
      history.push(held);
      const fate = dice();
      if (falls_silent(held, fate)) silent.push(work(by, held, fate));
      else await work(by, held, fate);
    }
  }
  await Promise.all(silent);
}

test(`[L1] [L2] ${claimers} claimers, ${cases} cases: one holder each at any time, none lost, every late write refused`, async () => {
  const admin = await server.keyFor('admin');
  await admin.call('PUT /gates/quick', { policy: { mode: 'always', lease_ms: quick_ms } });
  await admin.call('PUT /gates/calm', { policy: { mode: 'always', lease_ms: calm_ms } });
  for (let from = 0; from < cases; from += 500) {
    const body = Array.from({ length: 500 }, (_, at) => ({ content: `case ${from + at}` }));
    const gate = from < quick_cases ? 'quick' : 'calm';
    expect((await admin.call(`POST /gates/${gate}/outputs`, body)).status).toBe(200);
  }
  const { fraction } = seeded(5);
  for (let at = 0; at < claimers; at++) {
    const key = await server.keyFor('reviewer');
    connections.push(connectionTo(at % 2 ? server.url : beside.url, key));
  }
  await Promise.all(connections.map((by) => claimer(by, fraction, () => answers < cases)));

  expect(late.refused).toBe(late.tried);
  expect(late.tried).toBeGreaterThan(quick_cases / 2);
  expect(wrong_epoch.refused).toBe(wrong_epoch.tried);
  expect(answers).toBe(cases);

  const by_case = new Map<string, Holding[]>();
  for (const held of history) {
    by_case.set(held.case_id, [...(by_case.get(held.case_id) ?? []), held]);
  }
  expect(by_case.size).toBe(cases);
  for (const holdings of by_case.values()) {
    holdings.sort((a, b) => a.epoch - b.epoch);
    holdings.forEach((held, at) => {
      const next = holdings[at + 1];
      // Only the last holder's answer counts, and nobody holds a case after it.
      expect(held.answered ?? false).toBe(next === undefined);
      if (!next) return;
      expect(next.epoch).toBeGreaterThan(held.epoch);
      expect(next.told_ms).toBeGreaterThanOrEqual(
        Math.min(held.until_ms, held.ended_ms ?? held.until_ms),
      );
    });
  }
  await storeAgrees();
}, 1_200_000);

/** The store tells the same: each case decided once, by the answer under its last epoch, and no
 *  lease left over. */
async function storeAgrees(): Promise<void> {
  const client = new pg.Client({ connectionString: server.database_url });
  await client.connect();
  const { rows } = await client.query<Record<string, string>>(`select
    (select count(*) from cases where state = 'resolved' and open_slots = 0) as resolved,
    (select count(*) from resolutions where standing) as resolutions,
    (select count(distinct case_id) from resolutions) as decided,
    (select count(*) from answers) as answers,
    (select count(*) from answers a join cases c on c.id = a.case_id and c.epoch = a.epoch) as last,
    (select count(*) from leases) as leases,
    (select count(*) from (select subject, data->>'epoch' from events where type = 'case.claimed'
      group by 1, 2 having count(*) > 1) twice) as claimed_twice`);
  await client.end();
  const all = String(cases);
  expect(rows[0]).toEqual({
    resolved: all,
    resolutions: all,
    decided: all,
    answers: all,
    last: all,
    leases: '0',
    claimed_twice: '0',
  });
}
