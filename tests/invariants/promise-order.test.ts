import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';
import {
  asOwner,
  counted,
  type Promising,
  promising,
  type Submitted,
  taken_back,
} from './promise-talk.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
});
afterAll(() => server?.stop());

const terms = { mode: 'guaranteed', alpha: 0.3, delta: 0.2, spot_check: 0.5 };
const isWrong = (_one: Submitted, at: number) => at % 2 === 1;

const stateOf = async (gate: Promising) => {
  const { state, epochs } = await gate.promise();
  const tier = epochs.find(({ ended_at }) => !ended_at)?.tiers[0];
  const { labelled, wrong, waiting } = tier ?? {};
  return { state, labelled, wrong, waiting };
};
const come = (gate: Promising, count: number) =>
  Promise.all(Array.from({ length: count }, () => gate.submit(0.9)));

test('[G90] who decides all that is right first proves nothing by it, and proves it with the rest', async () => {
  const gate = await promising(server, 'right-first', terms);
  const some = await come(gate, 300);
  const right = some.filter((one, at) => !isWrong(one, at));
  await Promise.all(right.map((one) => gate.decide(one)));
  await counted(server);
  expect(await stateOf(gate)).toMatchObject({ state: 'learning', labelled: 150, wrong: 0 });
  expect((await gate.submit(0.95)).verdict).toBe('hold');

  // What waited turns out right: each decision counts for what it is.
  for (const one of some.filter(isWrong)) await gate.decide(one);
  await counted(server);
  expect(await stateOf(gate)).toMatchObject({ state: 'certified', labelled: 300, wrong: 0 });
});

test('[G90] a second opinion on what is wrong alone lets nothing pass meanwhile', async () => {
  const quorum = { second_opinion: 'on_disagreement' };
  const gate = await promising(server, 'second', { ...terms, quorum });
  const some = await come(gate, 300);
  for (const [at, one] of some.entries()) await gate.decide(one, !isWrong(one, at));
  await counted(server);
  const now = await stateOf(gate);
  expect(now).toMatchObject({ state: 'learning', labelled: 150, wrong: 0 });
  expect(now.waiting).toBeGreaterThan(100);
  expect((await gate.submit(0.95)).verdict).toBe('hold');
});

test('[G90] what was certified is not ended by what waits, nor by a correction among much that waits', async () => {
  const gate = await promising(server, 'stands', { ...terms, spot_check: 1 });
  await gate.certify();
  // Spot checks that nobody has judged yet, and one that was and is corrected.
  const [first] = await come(gate, 60);
  await gate.decide(first as Submitted);
  await counted(server);
  expect((await stateOf(gate)).state).toBe('certified');
  const values = { verdict: 'reject', reason: 'wrong after all' };
  const lead = await server.keyFor('lead');
  const corrected = await lead.call(`POST /cases/${first?.case_id}/corrections`, {
    values,
    reason: 'looked again',
  });
  expect(corrected.status).toBe(201);
  await counted(server);
  expect(await stateOf(gate)).toMatchObject({ state: 'certified', waiting: 59 });
});

test('[G90] what waits is what the record says, whatever is decided, undone, called off or corrected', async () => {
  const gate = await promising(server, 'waits', { ...terms, undo_ms: 60_000 });
  const some = await come(gate, 40);
  await Promise.all(some.slice(0, 20).map((one, at) => gate.decide(one, !isWrong(one, at))));
  await Promise.all([
    ...some.slice(0, 6).map(({ case_id }) => gate.reviewer.call(`POST /cases/${case_id}/undo`, {})),
    ...some
      .slice(20, 26)
      .map(({ id }) => gate.agent.call(`POST /outputs/${id}/cancel`, { reason: 'gone' })),
  ]);
  await counted(server);
  const sumOf = (query: string) =>
    asOwner(server, async (client) => Number((await client.query(query)).rows[0].sum));
  const kept = await sumOf(
    `select sum(waiting) from gate_tallies t
     join gate_epochs e on e.workspace_id = t.workspace_id and e.id = t.epoch_id where e.gate = 'waits'`,
  );
  const record = await sumOf(
    `select count(*) as sum from outputs o
     join cases c on c.workspace_id = o.workspace_id and c.output_id = o.id
     left join resolutions r on r.workspace_id = c.workspace_id and r.case_id = c.id and r.standing
     where o.gate = 'waits' and c.state <> 'cancelled' and r.id is null and not ${taken_back}`,
  );
  // What was taken back does not wait: it counts as wrong.
  expect(record).toBe(14);
  expect(kept).toBe(record);
});

test('[G94] what is judged whole up to a place in the record proves it, whatever waits after', async () => {
  const gate = await promising(server, 'queue', terms);
  const some: Submitted[] = [];
  // One after another, so that who comes first is known.
  for (let at = 0; at < 210; at++) some.push(await gate.submit(0.9));
  // Of 210 a third waits: as a whole that proves nothing of 30%.
  await Promise.all(some.slice(0, 140).map((one) => gate.decide(one)));
  await counted(server);
  expect(await stateOf(gate)).toMatchObject({ state: 'certified', labelled: 140 });
  expect((await gate.submit(0.95)).verdict).toBe('pass');
});

test('[G94] every label is counted in the batch of its output, whoever comes and decides at once', async () => {
  const gate = await promising(server, 'batches', { ...terms, undo_ms: 60_000 });
  for (let round = 0; round < 5; round++) {
    const some = await come(gate, 60);
    const decided = some.slice(0, round < 2 ? 60 : 50);
    const [others] = await Promise.all([
      come(gate, 6),
      ...decided.map((one, at) => gate.decide(one, !isWrong(one, at))),
    ]);
    if (round < 2) await Promise.all(others.map((one) => gate.decide(one)));
    const undone = round < 2 ? [] : some.slice(0, 4);
    await Promise.all(
      undone.map(({ case_id }) => gate.reviewer.call(`POST /cases/${case_id}/undo`, {})),
    );
    await counted(server);
  }
  const [kept, record] = await asOwner(server, async (client) => [
    (await client.query(kept_by_batch)).rows,
    (await client.query(record_by_batch)).rows,
  ]);
  expect(kept).toEqual(record);
  expect(kept.length).toBeGreaterThan(3);
  // What nothing waited in was counted together, up to the first of which something does.
  expect(kept[0]).toMatchObject({ batch: 0, waiting: 0 });
});

const of_gate = `join gate_epochs g on g.workspace_id = t.workspace_id and g.id = t.epoch_id and g.gate = 'batches'`;
const kept_by_batch = `select t.batch, sum(t.n)::int as n, sum(t.wrong)::int as wrong,
    sum(t.waiting)::int as waiting
  from gate_tallies t ${of_gate} group by 1 having sum(t.n + t.waiting) > 0 order by 1`;
const record_by_batch = `select coalesce((
      select max(t.batch) from gate_batches t ${of_gate} where (t.xid, t.seq) <= (e.xid, e.seq)), 0) as batch,
    (count(*) filter (where r.id is not null or ${taken_back}))::int as n,
    (count(*) filter (where r.agreed is false or (r.id is null and ${taken_back})))::int as wrong,
    (count(*) filter (where r.id is null and not ${taken_back}))::int as waiting
  from outputs o
  join events e on e.workspace_id = o.workspace_id and e.subject = o.id and e.type = 'output.submitted'
  join cases c on c.workspace_id = o.workspace_id and c.output_id = o.id
  left join resolutions r on r.workspace_id = c.workspace_id and r.case_id = c.id and r.standing
  where o.gate = 'batches' group by 1 order by 1`;
