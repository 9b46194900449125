import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { freshDatabase } from '../../server/src/testing/engine.ts';
import { type Caller, caller } from '../../server/src/testing/start.ts';
import { compiled, type ServerProcess, startProcess } from './process.ts';
import {
  asOwner,
  bothCounts,
  bothPartCounts,
  counted,
  type Submitted,
  weak,
} from './promise-talk.ts';
import { until } from './until.ts';

// Two servers, each a process of its own, over one database. Whoever submits, decides or saves does so
// through one or the other.
const admin_key = `wh_${randomUUID()}`;
let database: Awaited<ReturnType<typeof freshDatabase>>;
let servers: ServerProcess[] = [];
let admins: Caller[];
let reviewers: Caller[];
beforeAll(async () => {
  await compiled();
  database = await freshDatabase(inject('engine'));
  const settings = { WHEELHOUSE_DATABASE_URL: database.url, WHEELHOUSE_API_KEY: admin_key };
  servers = [await startProcess(settings), await startProcess(settings)];
  admins = servers.map(({ url }) => caller(url, admin_key));
  const body = { name: 'r', role: 'reviewer' };
  const key = (await (admins[0] as Caller).call<{ key: string }>('POST /keys', body)).body.key;
  reviewers = servers.map(({ url }) => caller(url, key));
  await asOwner(at(), (client) => client.query(late));
});
afterAll(async () => {
  for (const server of servers) await server.stop();
  await database?.drop();
});
const at = () => ({ database_url: database.url });
const read = <Row extends object>(text: string) =>
  asOwner(at(), async (client) => (await client.query<Row>(text)).rows);

/** Notes each verdict that is written, but not seen by anybody yet, while its certificate has ended
 *  already. Some are kept from being seen for a moment, so that an end has time to come between. */
const late = `create table late_verdicts (output_id text);
  create function note_late() returns trigger language plpgsql security definer as $$
  begin
    if random() < 0.1 then perform pg_sleep(0.03); end if;
    insert into late_verdicts select new.id from certificates c
    where c.workspace_id = new.workspace_id and c.id = new.promise->>'certificate_id'
      and c.ended_at is not null;
    return null;
  end $$;
  create constraint trigger late after insert on outputs deferrable initially deferred
    for each row when (new.promise is not null) execute function note_late();
  grant insert on late_verdicts to public`;

const policy = { ...weak, spot_check: 1 };
const save = (nth: number, alpha: number) =>
  (admins[nth % 2] as Caller).call('PUT /gates/shared', { policy: { ...policy, alpha } });

/** Outputs sent and decided over connections of their own until it is over, each through one server and
 *  decided through the other. What each could know to have ended is kept. */
function traffic(right: () => boolean) {
  let over = false;
  const known: { id: string; ended: string[] }[] = [];
  const work = Array.from({ length: 6 }, async (_none, worker) => {
    for (let nth = 0; !over; nth++) {
      const here = (worker + nth) % 2;
      const ended = (await read<{ id: string }>(certificates_ended)).map(({ id }) => id);
      const body = { content: 'x', confidence: 0.9 + (nth % 5) / 100, model: 'm' };
      const sent = await (admins[here] as Caller).call<Submitted>(
        'POST /gates/shared/outputs',
        body,
      );
      expect(sent.status).toBe(201);
      known.push({ id: sent.body.id, ended });
      const values = right() ? { verdict: 'approve' } : { verdict: 'reject', reason: 'wrong' };
      const answer = { status: 'submitted', values, shown_suggestion: false, spent_ms: 1 };
      const desk = reviewers[1 - here] as Caller;
      expect((await desk.call(`POST /cases/${sent.body.case_id}/answers`, answer)).status).toBe(
        200,
      );
    }
  });
  return {
    known,
    async stop() {
      over = true;
      await Promise.all(work);
    },
  };
}
const certificates_ended = 'select id from certificates where ended_at is not null';
const live = 'select id from certificates where ended_at is null';
const alarms = `select id from certificates where why_ended = 'alarmed'`;
const countOf = async (text: string) => (await read(text)).length;

test('[G56] two servers at one gate: each certificate and alarm once, no verdict by what has ended, and every label counted', async () => {
  let alpha = 0.3;
  await save(0, alpha);
  let right = true;
  const coming = traffic(() => right);
  for (let round = 0; round < 4; round++) {
    right = true;
    await until(async () => (await countOf(live)) > 0);
    right = false;
    await until(async () => (await countOf(alarms)) > round);
    right = true;
    await until(async () => (await countOf(live)) > 0);
    // Both save at once, and everything is proven anew.
    alpha += 0.01;
    await Promise.all([save(0, alpha), save(1, alpha)]);
  }
  await until(async () => (await countOf(live)) > 0);
  await coming.stop();
  await counted(at());

  expect(await read('select output_id from late_verdicts')).toEqual([]);
  const cited = new Map(
    (
      await read<{ id: string; certificate_id: string | null }>(
        `select id, promise->>'certificate_id' as certificate_id from outputs`,
      )
    ).map(({ id, certificate_id }) => [id, certificate_id]),
  );
  expect(coming.known.length).toBe(cited.size);
  for (const { id, ended } of coming.known) expect(ended).not.toContain(cited.get(id));
  expect(await read(by_nothing)).toEqual([]);

  const { kept, record } = await bothCounts(at());
  expect(kept).toEqual(record);
  const parts = await bothPartCounts(at());
  expect(parts.kept).toEqual(parts.record);
  expect(await countOf(labels_off)).toBe(0);

  // Each was said once, stands once, and each alarm ended one and began one.
  const certified = await read(saidOf('gate.certified', 'certificate_id'));
  expect(certified.length).toBeGreaterThan(8);
  expect(certified).toEqual(await read('select id, 1 as count from certificates order by id'));
  expect(await read(saidOf('gate.alarmed', 'epoch_id'))).toEqual(
    await read(
      `select epoch_id as id, 1 as count from certificates where why_ended = 'alarmed' order by 1`,
    ),
  );
  expect(await read(standing_twice)).toEqual([]);
  expect(await read(open_twice)).toEqual([]);
}, 600_000);

const saidOf = (type: string, field: string) =>
  `select data->>'${field}' as id, count(*)::int as count from events where type = '${type}'
   group by 1 order by 1`;
/** Passed, and under no certificate of its own version at or under its score. */
const by_nothing = `select o.id from outputs o left join certificates c on c.workspace_id = o.workspace_id
    and c.id = o.promise->>'certificate_id' and c.epoch_id = o.promise->>'epoch_id'
    and c.threshold <= (o.promise->>'score')::float8
  where o.verdict = 'pass' and c.id is null`;
/** What tiers say of their labels, where the labels themselves say otherwise. */
const labels_off = `select t.epoch_id from gate_tiers t
  where (t.labelled, t.wrong, t.checks) is distinct from (
    select (count(*)::int, count(*) filter (where wrong)::int, count(*) filter (where spot_check)::int)
    from gate_labels l where l.workspace_id = t.workspace_id and l.epoch_id = t.epoch_id
      and l.tier = t.tier)`;
const standing_twice = `select epoch_id from certificates where ended_at is null
  group by 1 having count(*) > 1`;
const open_twice = `select key from gate_epochs where ended_at is null group by 1 having count(*) > 1`;
