import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PromiseGroup, PromiseGroups } from '@wheelhouse/core';
import type { Client } from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { most_attributes, most_values } from '../../server/src/actions/counts.ts';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';
import {
  asOwner,
  bothPartCounts,
  counted,
  type Promising,
  promising,
  type Submitted,
  weak,
} from './promise-talk.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
});
afterAll(() => server?.stop());

const groupsOf = async ({ builder, gate }: Promising, query = '') =>
  (await builder.call<PromiseGroups>(`GET /gates/${gate}/groups${query}`)).body;
const named = ({ attributes }: PromiseGroups, attribute: string, value: string | null) =>
  attributes
    .find((one) => one.attribute === attribute)
    ?.groups.find((one) => one.value === value) as PromiseGroup;

test('[G60] counts by group and by day are what the record counts, whoever decides, undoes and corrects at once', async () => {
  const gate = await promising(server, 'counts', { ...weak, undo_ms: 600_000 });
  const languages = ['de', 'fr', 'ar'];
  await gate.certify({ groups: { language: 'de' } });
  const some = await Promise.all(
    Array.from({ length: 60 }, (_none, at) => {
      const groups = { language: languages[at % 3], channel: at % 2 ? 'mail' : 'chat' };
      return gate.submit((at % 20) / 20, at % 4 ? { groups } : {});
    }),
  );
  const lead = await server.keyFor('lead');
  const takeBack = async (one: Submitted, at: number) => {
    if (one.verdict !== 'pass') return gate.reviewer.call(`POST /cases/${one.case_id}/undo`);
    // Nobody undoes a spot check.
    const values = at % 3 ? { verdict: 'reject', reason: 'after all' } : { verdict: 'approve' };
    const body = { values, reason: 'looked again' };
    return lead.call(`POST /cases/${one.case_id}/corrections`, body);
  };
  await Promise.all(
    some.map(async (one, at) => {
      if (at % 7 === 0 || !one.case_id) return;
      if (at % 11 === 0) return gate.agent.call(`POST /outputs/${one.id}/cancel`);
      expect(await gate.decide(one, at % 3 !== 0)).toBe(200);
      if (at % 5 === 0) await takeBack(one, at);
    }),
  );
  // Others are taken back once they were counted.
  await counted(server);
  await Promise.all(
    some.map(async (one, at) => {
      if (at % 7 && at % 11 && at % 5 === 1 && one.case_id) await takeBack(one, at);
    }),
  );
  await counted(server);
  const { kept, record } = await bothPartCounts(server);
  expect(kept).toEqual(record);
  const sum = (of: 'n' | 'labelled' | 'wrong') =>
    kept.days.reduce(
      (total: number, row: Record<string, number>) => total + (row[of] as number),
      0,
    );
  expect(sum('n')).toBeGreaterThan(70);
  expect(sum('labelled')).toBeGreaterThan(40);
  expect(sum('wrong')).toBeGreaterThan(5);
  const taken_back = await asOwner(server, (client) =>
    client.query(
      "select count(*)::int as n from events where type in ('case.undone', 'case.corrected', 'case.cancelled')",
    ),
  );
  expect(taken_back.rows[0].n).toBeGreaterThan(8);
});

test('[G61] each group has its coverage, and its errors among what passed by spot checks', async () => {
  const gate = await promising(server, 'each', { ...weak, spot_check: 1 });
  await gate.certify({ groups: { language: 'de' } });
  const passed = async (
    language: string | undefined,
    count: number,
    right: (at: number) => boolean,
  ) => {
    for (let at = 0; at < count; at++) {
      const one = await gate.submit(0.95, language ? { groups: { language } } : {});
      expect(one.verdict).toBe('pass');
      await gate.decide(one, right(at));
    }
  };
  await passed('de', 20, () => true);
  await passed('fr', 4, (at) => at > 2);
  await passed(undefined, 3, () => true);
  await gate.submit(0.1, { groups: { language: 'fr' } });
  await counted(server);
  const found = await groupsOf(gate);
  const [de, fr, none] = ['de', 'fr', null].map((value) => named(found, 'language', value));
  expect(found).toMatchObject({ gate: 'each', alpha: 0.3, left_out: false });
  expect(de).toMatchObject({
    of: 'value',
    errors: { n: 20, wrong: 0, share: 0, low: 0 },
    tells: 'within',
  });
  expect(fr).toMatchObject({ n: 5, passed: 4, coverage: { share: 0.8 } });
  expect(fr?.errors).toMatchObject({ n: 4, wrong: 3, share: 0.75 });
  expect(fr?.tells).toBe('too_few');
  expect(none).toMatchObject({ of: 'none', n: 3, passed: 3, errors: { n: 3, wrong: 0 } });
  expect(found.whole).toMatchObject({
    ...{ passed: 27, n: (de?.n ?? 0) + 8 },
    errors: { n: 27, wrong: 3 },
  });
  expect(de?.n).toBeGreaterThan(20);
  expect(de?.errors_of_all.n).toBe(de?.n);
  // The epoch can be named, and nobody else's can.
  expect(await groupsOf(gate, `?epoch=${found.epoch_id}`)).toEqual(found);
  const other = await promising(server, 'elsewhere');
  const { status, body } = await other.builder.call(
    `GET /gates/elsewhere/groups?epoch=${found.epoch_id}`,
  );
  expect({ status, body }).toMatchObject({ status: 404, body: { errors: [{ field: 'epoch' }] } });
  expect(await groupsOf(other)).toMatchObject({ epoch_id: null, attributes: [], whole: { n: 0 } });
});

test('[G60] hostile groups grow the counts only so far, and each output is still counted', async () => {
  const gate = await promising(server, 'hostile');
  const count = most_values + 12;
  const submit = (at: number) => {
    const many = Array.from({ length: 5 }, (_none, nth) => [`a${(at + nth) % 20}`, 'x']);
    const groups = { ...Object.fromEntries(many), '': 'nameless', a: `v${at}` };
    return gate.submit(0.5, { groups });
  };
  for (let at = 0; at < count; at++) await submit(at);
  const again = await submit(count - 1);
  await gate.decide(again, false);
  await counted(server);
  const found = await groupsOf(gate);
  expect(found.attributes).toHaveLength(most_attributes);
  expect(found.left_out).toBe(true);
  const own = found.attributes.find(({ attribute }) => attribute === 'a')?.groups ?? [];
  expect(own.filter(({ of }) => of === 'value')).toHaveLength(most_values);
  const rest = own.find(({ of }) => of === 'rest');
  expect(rest).toMatchObject({ n: 13, errors_of_all: { n: 1, wrong: 1 } });
  expect(own.reduce((sum, { n }) => sum + n, 0)).toBe(count + 1);
  expect(found.whole.n).toBe(count + 1);
});

test('[G60] what came before the counts were kept is counted once, as it would have been', async () => {
  const migration = (name: string) =>
    readFileSync(join(import.meta.dirname, '../../server/migrations', name), 'utf8');
  const text = migration('0043_counts.sql');
  const backfill = text.slice(text.indexOf('create temporary table'), text.indexOf('do $$'));
  const tables = ['gate_groups', 'gate_days', 'gate_tallies'];
  const key = 'workspace_id, epoch_id, tier, phase, bin, weight';
  const whole = `(select ${key}, sum(wrong) as wrong, sum(n) as n, sum(waiting) as waiting
    from gate_tallies group by ${key})`;
  const rows = async (client: Client) => {
    const found = await Promise.all(
      ['gate_groups', 'gate_days', whole].map((name) =>
        client.query(`select to_jsonb(t) as row from ${name} t
          where n > 0 or (to_jsonb(t)->>'waiting')::int > 0 order by t::text`),
      ),
    );
    return found.map((one) => one.rows);
  };
  await asOwner(server, async (client) => {
    const before = await rows(client);
    expect(before.map(({ length }) => length > 5)).toEqual([true, true, true]);
    await client.query('begin');
    for (const name of tables) await client.query(`delete from ${name}`);
    await client.query(backfill);
    // What it counted was of one batch.
    await client.query('alter table gate_tallies drop constraint gate_tallies_pkey');
    await client.query(`alter table gate_tallies add primary key (${key})`);
    // It counted by wider steps of score, as labels did; then finer ones came.
    await client.query('update gate_labels set bin = bin / 2');
    await client.query(migration('0046_finer_scores.sql'));
    const waiting = migration('0052_waiting_labels.sql');
    await client.query(waiting.slice(waiting.indexOf('create temporary table')));
    expect(await rows(client)).toEqual(before);
    await client.query('rollback');
  });
});
