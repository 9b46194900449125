import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { makeId } from '@wheelhouse/core';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { caller, type Reply } from '../../server/src/testing/start.ts';
import { beside } from '../../server/src/world/postgres/embedded.ts';
import { type Connection, connectionTo } from './connection.ts';
import { compiled, enginePid, type ServerProcess, startProcess } from './process.ts';
import { seeded } from './record.ts';

// Invariants 7 and 8: an acknowledged decision survives kill -9, and is handed on exactly once,
// across restarts.
/** A hundred take six minutes; WHEELHOUSE_TEST_KILLS=100 asks for them. */
const rounds = Number(process.env.WHEELHOUSE_TEST_KILLS ?? 40);
const connections = 8;
/** In every such round the engine dies: alone, or with the server. */
const engine_dies_every = 3;
const admin_key = `wh_${randomUUID()}`;

const data_dir = mkdtempSync(join(tmpdir(), 'wheelhouse-kills-'));
const settings = { WHEELHOUSE_DATA_DIR: data_dir, WHEELHOUSE_API_KEY: admin_key };
let server: ServerProcess;
const desks: { id: string; key: string }[] = [];

beforeAll(async () => {
  await compiled();
  server = await startProcess(settings);
  const admin = caller(server.url, admin_key);
  // Leases outlast the test, so a case that was ever claimed is nobody else's to claim.
  const policy = { mode: 'always', lease_ms: 86_400_000 };
  const action = { name: 'refund', arguments_schema: { type: 'object' } };
  expect((await admin.call('PUT /gates/refunds', { policy, action })).status).toBe(201);
  for (let at = 0; at < connections; at++) {
    const body = { name: `desk ${at}`, role: 'reviewer' };
    desks.push((await admin.call<{ id: string; key: string }>('POST /keys', body)).body);
  }
});
afterAll(async () => {
  await server?.stop();
  rmSync(data_dir, { recursive: true, force: true });
});

/** What the server said yes to. Everything here has to be there at the end. */
const acknowledged = {
  submissions: new Map<string, string>(),
  claims: new Map<string, { rater: string; epoch: number }[]>(),
  answers: new Map<string, { answer_id: string; case_id: string; rater: string }>(),
  rights: new Map<string, number>(),
};
let told = 0;

interface Submitted {
  id: string;
  case_id: string;
}
type Claimed = { cases: { id: string; output_id: string; lease: { epoch: number } }[] };

/** Asks until it hears an answer, with the same key, over as many servers as it takes. */
type Ask = <Body>(what: string, body: unknown, key: string) => Promise<Reply<Body>>;

/** One agent and one reviewer at work, again and again, until the rounds are over. */
async function work(
  ask: Ask,
  act: Ask,
  rater: string,
  random: ReturnType<typeof seeded>,
  over: () => boolean,
) {
  while (!over()) {
    const id = makeId(
      'output',
      Date.now(),
      new Uint8Array(10).map(() => random.below(256)),
    );
    const action = { name: 'refund', arguments: { order: id, amount: random.below(1_000) } };
    const sent = await ask<Submitted>('POST /gates/refunds/outputs', { id, action }, id);
    expect(sent).toMatchObject({ status: 201, body: { id, verdict: 'hold' } });
    acknowledged.submissions.set(id, sent.body.case_id);
    // Without a key: one whose server died stays taken for a minute, and here nobody waits so long.
    const claim = await ask<Claimed>('POST /queues/default/claim', { limit: 1 }, '');
    expect(claim.status).toBe(200);
    for (const { id: case_id, output_id, lease } of claim.body.cases) {
      const held = acknowledged.claims.get(case_id) ?? [];
      acknowledged.claims.set(case_id, [...held, { rater, epoch: lease.epoch }]);
      await decide(ask, act, rater, { case_id, output_id, epoch: lease.epoch });
    }
  }
}

async function decide(
  ask: Ask,
  act: Ask,
  rater: string,
  { case_id, output_id, epoch }: { case_id: string; output_id: string; epoch: number },
) {
  const body = { epoch, values: { verdict: 'approve' } };
  const done = await ask<{ answer_id: string }>(`POST /cases/${case_id}/answers`, body, case_id);
  expect(done).toMatchObject({ status: 200, body: { case: { state: 'resolved' } } });
  const { answer_id } = done.body;
  acknowledged.answers.set(case_id, { answer_id, case_id, rater });
  // Who decides has no right to act on it, so another acts.
  const right = await act(`POST /outputs/${output_id}/claim`, undefined, '');
  // Refused only when an earlier yes was lost on its way: the right is used, and nobody may act.
  if (right.status === 200) {
    acknowledged.rights.set(output_id, (acknowledged.rights.get(output_id) ?? 0) + 1);
  } else expect(right).toMatchObject({ status: 409, body: { code: 'already_claimed' } });
}

/** Kills what this round kills, and has everything up again. */
async function round(number: number): Promise<void> {
  const engine_dies = number % engine_dies_every === 0;
  const server_dies = !engine_dies || number % (2 * engine_dies_every) === 0;
  const killed = server_dies ? server.kill() : undefined;
  if (engine_dies) process.kill(enginePid(data_dir), 'SIGKILL');
  await killed;
  if (server_dies) server = await startProcess(settings);
}

test(`[B4] ${rounds} kills of the server or its database with ${connections} connections writing: nothing acknowledged is lost, decided twice or handed out twice`, async () => {
  let over = false;
  let stopped = false;
  const live = new Map<string, Connection>();
  const workers = desks.map((desk, at) => {
    const askAs =
      (one: (typeof desks)[number]): Ask =>
      async (what, body, key) => {
        for (;;) {
          const name = `${at} ${one.id} ${server.url}`;
          const connection = live.get(name) ?? connectionTo(server.url, one);
          live.set(name, connection);
          const once: Record<string, string> = key ? { 'idempotency-key': key } : {};
          const reply = await connection.call<never>(what, body, once).catch(() => undefined);
          // No answer, or a server that says that it cannot now: asked again, nothing is done twice.
          if (reply && reply.status !== 503) {
            told += 1;
            return reply;
          }
          // The killing failed and nothing serves any more: its fault is the one to hear of.
          if (stopped) throw new Error('nothing answers any more');
          await pause(20);
        }
      };
    const other = desks[(at + 1) % desks.length] as typeof desk;
    return work(askAs(desk), askAs(other), desk.id, seeded(at), () => over);
  });
  const failed = Promise.all(workers);
  const random = seeded(7);
  const killing = async () => {
    for (let number = 1; number <= rounds && !over; number++) {
      const before = told;
      await pause(20 + random.below(120));
      await round(number);
      // Recovered by itself: writes are acknowledged again before the next blow.
      const until = Date.now() + 180_000;
      while (told < before + connections && Date.now() < until && !over) await pause(10);
      expect(told, server.said()).toBeGreaterThanOrEqual(before + connections);
    }
  };
  const killed = killing().catch((fault) => {
    stopped = true;
    throw fault;
  });
  try {
    await Promise.race([killed, failed]);
  } finally {
    over = true;
    await Promise.allSettled([killed, failed]);
  }
  await failed;
  for (const one of live.values()) one.close();
  expect(acknowledged.answers.size).toBeGreaterThan(rounds);
  await everythingIsThere();
}, 900_000);

async function everythingIsThere(): Promise<void> {
  const reached = await beside(data_dir);
  const client = new pg.Client({ connectionString: reached?.url() });
  await client.connect();
  const read = async <Row extends object>(text: string) => (await client.query<Row>(text)).rows;
  const outputs = await read<{ id: string; case_id: string; status: string; claimed: boolean }>(
    `select id, case_id, outcome_status as status, claimed_at is not null as claimed from outputs`,
  );
  const answers = await read<{ id: string; case_id: string; rater: string }>(
    'select id, case_id, rater from answers',
  );
  const decided = await read<{ case_id: string; count: number }>(
    'select case_id, count(*)::int as count from resolutions group by case_id',
  );
  const claims = await read<{ case_id: string; raters: number; count: number }>(
    `select subject as case_id, count(*)::int as count, count(distinct actor)::int as raters
     from events where type = 'case.claimed' group by subject`,
  );
  const rights = await read<{ id: string; count: number }>(
    `select subject as id, count(*)::int as count from events where type = 'output.claimed'
     group by subject`,
  );
  const [counts] = await read<Record<string, number>>(
    `select (select count(*)::int from cases) as cases,
       (select count(*)::int from events where type = 'output.submitted') as submitted,
       (select count(*)::int from events where type = 'case.resolved') as resolved`,
  );
  await client.end();
  reached?.remove();

  const by_id = new Map(outputs.map((row) => [row.id, row]));
  for (const [id, case_id] of acknowledged.submissions) {
    expect(by_id.get(id)?.case_id).toBe(case_id);
  }
  const answer_of = new Map(answers.map((row) => [row.case_id, row]));
  expect(answer_of.size).toBe(answers.length);
  for (const { answer_id, case_id, rater } of acknowledged.answers.values()) {
    expect(answer_of.get(case_id)).toEqual({ id: answer_id, case_id, rater });
  }
  for (const { count } of [...decided, ...claims, ...rights]) expect(count).toBe(1);
  for (const holders of acknowledged.claims.values()) expect(holders).toHaveLength(1);
  for (const [id, count] of acknowledged.rights) {
    expect(count).toBe(1);
    expect(by_id.get(id)).toMatchObject({ status: 'approved', claimed: true });
  }
  // Nothing is half there either: each output has its case, its record and at most one decision.
  expect(counts).toEqual({
    cases: outputs.length,
    submitted: outputs.length,
    resolved: decided.length,
  });
}
