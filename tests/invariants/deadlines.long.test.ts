import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { climb } from '../../server/src/jobs/clock.ts';
import { serveBeside } from '../../server/src/testing/beside.ts';
import { type Reply, startServer, type TestServer } from '../../server/src/testing/start.ts';
import { type Connection, connectionTo } from './connection.ts';
import { asOwner, seeded } from './record.ts';

// Invariant 9: expiry, error, unparsable answer or missing policy never approves. Here a decision
// and the expiry of its case meet, many times over, on two servers.
const rounds = 12;
const cases_a_round = 50;
const deadline_ms = 600;
const deciders = 16;
/** How often each of the two has to be first before the race counts as one. */
const wins = rounds * 3;

let server: TestServer;
let beside: Awaited<ReturnType<typeof serveBeside>>;
const desks: Connection[] = [];
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
  beside = await serveBeside(server.database_url);
  for (let at = 0; at < deciders; at++) {
    const key = await server.keyFor('reviewer');
    desks.push(connectionTo(at % 2 ? server.url : beside.url, key));
  }
});
afterAll(async () => {
  for (const one of desks) one.close();
  await beside?.close();
  await server?.stop();
});

interface Held {
  id: string;
  case_id: string;
}
type Decided = Reply<{ resolution?: { outcome: string; by: string[] }; state?: string }>;

const action = { name: 'refund', arguments: { amount: 900 } };

test('[C9] [C1] hundreds of decisions at their deadline, against the clock of two servers: one winner each, the loser is told who', async () => {
  const admin = await server.keyFor('admin');
  const definition = { policy: { mode: 'always', deadline: { expire_after_ms: deadline_ms } } };
  await admin.call('PUT /gates/late', definition);
  const { fraction } = seeded(9);
  const won = { decided: 0, expired: 0 };
  // A slow machine answers late: the next round aims as much earlier as this one came too late.
  let lead_ms = 0;
  let round = 0;
  for (; round < rounds || (Math.min(won.decided, won.expired) <= wins && round < 60); round++) {
    const before = { ...won };
    const items = Array.from({ length: cases_a_round }, () => ({ action }));
    const since = performance.now();
    const { body } = await admin.call<{ results: Held[] }>('POST /gates/late/outputs', items);
    const over = new AbortController();
    // The clocks of both servers look without rest, beside their own jobs.
    const clocks = [server.app, beside.app].map(async ({ ports, rulings }) => {
      while (!over.signal.aborted) {
        await climb(ports, rulings);
        await pause(5);
      }
    });
    const replies = await Promise.all(
      body.results.map(async ({ case_id }, at): Promise<Decided> => {
        // Around the deadline, most of them close to it.
        const aim_ms = deadline_ms - lead_ms + (fraction() + fraction() - 1) * deadline_ms;
        await pause(Math.max(0, aim_ms - (performance.now() - since)));
        const desk = desks[at % deciders] as Connection;
        return desk.call(`POST /cases/${case_id}/answers`, { values: { verdict: 'approve' } });
      }),
    );
    await pause(Math.max(0, deadline_ms + 100 - (performance.now() - since)));
    over.abort();
    await Promise.all(clocks);
    for (const [at, { id, case_id }] of body.results.entries()) {
      const said = replies[at] as Decided;
      const desk = desks[at % deciders] as Connection;
      const claim = await admin.call(`POST /outputs/${id}/claim`);
      if (said.status === 200) {
        won.decided += 1;
        expect(said.body.resolution).toMatchObject({ outcome: 'approved', by: [desk.id] });
        expect(claim.status).toBe(200);
        continue;
      }
      won.expired += 1;
      // Whoever came too late hears that the clock was first.
      expect([case_id, said]).toMatchObject([
        case_id,
        { status: 409, body: { code: 'already_resolved', resolution: { outcome: 'expired' } } },
      ]);
      expect(claim).toMatchObject({ status: 409, body: { code: 'not_approved' } });
    }
    const late = (won.expired - before.expired - (won.decided - before.decided)) / cases_a_round;
    lead_ms += (late * deadline_ms) / 2;
  }
  expect(Math.min(won.decided, won.expired)).toBeGreaterThan(wins);

  const all = round * cases_a_round;
  const rows = await asOwner(server.database_url, async (client) => {
    const found = await client.query(`select
      (select count(*)::int from resolutions) as resolutions,
      (select count(distinct case_id)::int from resolutions) as resolved,
      (select count(*)::int from resolutions where outcome = 'expired') as expired,
      (select count(*)::int from answers) as answers,
      (select count(*)::int from events where type = 'case.resolved') as said,
      (select count(*)::int from outputs o join resolutions r on r.case_id = o.case_id
        where o.outcome_status = r.outcome) as outcomes`);
    return found.rows[0];
  });
  expect(rows).toEqual({
    resolutions: all,
    resolved: all,
    expired: won.expired,
    answers: won.decided,
    said: all,
    outcomes: all,
  });
});

test('[C9] what runs when nobody decided says so in words; an error, a skip or no sense approves nothing', async () => {
  const admin = await server.keyFor('admin');
  const [desk] = desks as [Connection];
  const soon = { expire_after_ms: 1 };
  const refused = { policy: { mode: 'always', deadline: { ...soon, fallback: 'approve' } } };
  expect(await admin.call('PUT /gates/silent', refused)).toMatchObject({
    status: 422,
    body: { errors: [{ field: 'policy.deadline.approve_in_words' }] },
  });
  for (const [gate, deadline, runs] of [
    ['silent', soon, false],
    ['rejecting', { ...soon, fallback: 'reject' }, false],
    ['spoken', { ...soon, fallback: 'approve', approve_in_words: 'small sums are safe' }, true],
  ] as const) {
    await admin.call(`PUT /gates/${gate}`, { policy: { mode: 'always', deadline } });
    const held = await admin.call<Held>(`POST /gates/${gate}/outputs`, { action });
    const { id } = held.body;
    const { body } = await admin.call<{ outcome: { status: string } }>(
      `GET /outputs/${id}?wait_ms=20000`,
    );
    expect(body.outcome.status).toBe('expired');
    const claim = await admin.call(`POST /outputs/${id}/claim`);
    expect([gate, claim.status]).toEqual([gate, runs ? 200 : 409]);
  }
  await admin.call('PUT /gates/patient', { policy: { mode: 'always' } });
  const { body } = await admin.call<Held>('POST /gates/patient/outputs', { action });
  for (const answer of [
    {},
    { values: {} },
    { values: { verdict: 'yes' } },
    { values: { verdict: ['approve'] } },
    { values: { verdict: 'approved' } },
    { values: { verdict: 'APPROVE' } },
    { values: { verdict: 'approve', note: 'x' } },
    { values: { verdict: 'edit' } },
    { status: 'approved', values: { verdict: 'approve' } },
    { status: 'skipped', values: { verdict: 'approve' } },
    { status: 'cannot_judge', values: { verdict: 'approve' }, note: 'no idea' },
  ]) {
    const said = await desk.call(`POST /cases/${body.case_id}/answers`, answer);
    expect([answer, said.status === 200 ? said.body : said.body.code]).not.toMatchObject([
      answer,
      { resolution: { outcome: expect.anything() } },
    ]);
    expect((await admin.call(`POST /outputs/${body.id}/claim`)).body.code).toBe('not_decided');
  }
});
