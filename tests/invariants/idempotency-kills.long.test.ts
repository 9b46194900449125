import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { freshDatabase } from '../../server/src/testing/engine.ts';
import { type Caller, caller, type Reply } from '../../server/src/testing/start.ts';
import { compiled, type ServerProcess, startProcess } from './process.ts';
import { seeded } from './record.ts';

// Two servers over one database: one dies, or only stands still, in the middle of a request with an
// Idempotency-Key; the other is sent the same again.
const admin_key = `wh_${randomUUID()}`;
let database: Awaited<ReturnType<typeof freshDatabase>>;
let one: ServerProcess;
let other: ServerProcess;
let survivor: Caller;
/** Holds rows, as long as a test likes. */
let holder: pg.Client;
const start = () =>
  startProcess({ WHEELHOUSE_DATABASE_URL: database.url, WHEELHOUSE_API_KEY: admin_key });
beforeAll(async () => {
  await compiled();
  database = await freshDatabase(inject('engine'));
  one = await start();
  other = await start();
  survivor = caller(other.url, admin_key);
  holder = new pg.Client({ connectionString: database.url });
  await holder.connect();
});
afterAll(async () => {
  await holder?.end();
  await one?.kill();
  await other?.stop();
  await database?.drop();
});

const put = (by: Caller, name: string) => by.call(`PUT /queues/${name}`, { title: 'One' });
const changes = async (name: string) => {
  const { body } = await survivor.call<{ rows: unknown[] }>(
    `GET /audit?subject=${name}&type=queue.changed`,
  );
  return body.rows.length;
};

/** A request that the first server is in the middle of: its row is held by someone else. */
async function stuck(name: string, key: string): Promise<Promise<Reply<unknown> | undefined>[]> {
  expect((await put(survivor, name)).status).toBe(200);
  await holder.query('begin');
  await holder.query('select from queues where name = $1 for update', [name]);
  const body = { title: 'Another' };
  const asked = caller(one.url, admin_key)
    .call(`PUT /queues/${name}`, body, { 'idempotency-key': key })
    .catch(() => undefined);
  await expect
    .poll(async () => {
      const { rows } = await holder.query(
        'select from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid))',
      );
      return rows.length;
    })
    .toBe(1);
  return [asked];
}
const again = (name: string, key: string) =>
  survivor.call(`PUT /queues/${name}`, { title: 'Another' }, { 'idempotency-key': key });

test('[O4] what a server that was killed had under way is done at once by the next, and once', async () => {
  const [asked] = await stuck('killed', 'killed-key');
  await one.kill();
  expect(await asked).toBeUndefined();
  const began = performance.now();
  await holder.query('rollback');
  expect(await again('killed', 'killed-key')).toMatchObject({ status: 200 });
  // A time that someone waits out for whoever may still be there would be longer.
  expect(performance.now() - began).toBeLessThan(20_000);
  expect(await changes('killed')).toBe(2);
  one = await start();
});

test('[O4] a server that only stands still keeps its key: nobody else does what it is doing', async () => {
  const [asked] = await stuck('frozen', 'frozen-key');
  one.freeze();
  try {
    await holder.query('rollback');
    const busy = await again('frozen', 'frozen-key');
    expect(busy).toMatchObject({ status: 409, body: { code: 'key_reused', under_way: true } });
    expect(await changes('frozen')).toBe(1);
  } finally {
    one.goOn();
  }
  const [first, second] = [await asked, await again('frozen', 'frozen-key')];
  // It may have found that its time was over, and given up: then the second one did it.
  if (first?.status === 200) expect(second.body).toEqual(first.body);
  expect(second.status).toBe(200);
  expect(await changes('frozen')).toBe(2);
});

test('[O4] killed at any moment, everything sent again under its key is done, and nothing twice', async () => {
  const seed = Date.now() % 1_000_000;
  const random = seeded(seed);
  const rounds = 8;
  const each = 12;
  for (let round = 0; round < rounds; round++) {
    const by = caller(one.url, admin_key);
    const names = Array.from({ length: each }, (_, at) => `round-${round}-${at}`);
    const make = (who: Caller, name: string) =>
      who.call<{ id: string }>('POST /keys', { name, role: 'viewer' }, { 'idempotency-key': name });
    // It dies once some are answered, so that others are under way.
    const enough = 1 + random.below(each - 2);
    let told = 0;
    let dying: Promise<void> | undefined;
    const asked = names.map((name) =>
      make(by, name).then(
        (reply) => {
          told += 1;
          if (told === enough) dying = pause(random.below(4)).then(() => one.kill());
          return reply;
        },
        () => undefined,
      ),
    );
    await Promise.all(asked);
    await (dying ?? one.kill());
    const replies = await Promise.all(names.map((name) => make(survivor, name)));
    const first = await Promise.all(asked);
    const { body } = await survivor.call<{ rows: { id: string; name: string }[] }>('GET /keys');
    for (const [at, name] of names.entries()) {
      const words = `seed ${seed}, round ${round}, ${name}`;
      const reply = replies[at];
      expect([words, reply?.status]).toEqual([words, 201]);
      if (first[at]) expect([words, reply?.body.id]).toEqual([words, first[at].body.id]);
      const made = body.rows.filter((row) => row.name === name);
      expect([words, made.map(({ id }) => id)]).toEqual([words, [reply?.body.id]]);
    }
    one = await start();
  }
}, 600_000);
