import type { GatePromise } from '@wheelhouse/core';
import { anytimeBounds } from '@wheelhouse/core/learn';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';
import { asOwner, counted, promising, type Submitted, weak } from './promise-talk.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
});
afterAll(() => server?.stop());

const of_record = `select o.promise->>'tier' as tier, count(*)::int as n,
    count(*) filter (where c.state = 'cancelled' or r.agreed is not true)::int as wrong
  from outputs o join cases c on c.workspace_id = o.workspace_id and c.id = o.case_id
  left join resolutions r on r.workspace_id = c.workspace_id and r.case_id = c.id and r.standing
  where o.gate = $1 and o.spot_checked and (c.state = 'cancelled' or r.id is not null)
  group by 1 order by 1`;
const of_hours = `select tier, sum(h.n)::int as n, sum(h.wrong)::int as wrong
  from gate_check_hours h join gate_epochs e on e.workspace_id = h.workspace_id and e.id = h.epoch_id
  where e.gate = $1 group by 1 having sum(h.n) > 0 order by 1`;

async function expectAlike(gate: string): Promise<void> {
  await counted(server);
  const [record, hours] = await asOwner(server, async (client) => [
    (await client.query(of_record, [gate])).rows,
    (await client.query(of_hours, [gate])).rows,
  ]);
  expect(hours).toEqual(record);
}

test('[G15] spot checks by the hour are what the record counts, whatever is corrected or called off', async () => {
  const gate = await promising(server, 'checked', {
    ...{ ...weak, spot_check: 1, tiers: { high: 0.3 } },
  });
  await gate.certify({ risk: 'low' });
  await gate.certify({ risk: 'high' });
  const some = await Promise.all(
    Array.from({ length: 24 }, (_none, at) => gate.submit(0.95, { risk: at % 3 ? 'low' : 'high' })),
  );
  expect(new Set(some.map(({ verdict }) => verdict))).toEqual(new Set(['pass']));
  await Promise.all(some.slice(0, 16).map((one, at) => gate.decide(one, at % 5 !== 1)));
  await expectAlike('checked');
  // What has passed is not undone but corrected: some after it was counted, some together with it.
  const lead = await server.keyFor('lead');
  const correct = async ({ case_id }: Submitted, right: boolean) => {
    const values = right ? { verdict: 'approve' } : { verdict: 'reject', reason: 'after all' };
    const body = { values, reason: 'looked again' };
    const { status } = await lead.call(`POST /cases/${case_id}/corrections`, body);
    expect(status).toBe(201);
  };
  await Promise.all(some.slice(0, 6).map((one, at) => correct(one, at % 5 === 1)));
  await expectAlike('checked');
  await Promise.all(
    some.slice(16, 20).map(async (one) => {
      await gate.decide(one, false);
      await correct(one, true);
    }),
  );
  await Promise.all(
    some.slice(20, 22).map(({ id }) => gate.agent.call(`POST /outputs/${id}/cancel`)),
  );
  await expectAlike('checked');
});

/** What was checked since it was last asked for is as if it had been judged then. */
const moveHours = (gate: string, hours_ago: number) =>
  asOwner(server, (client) =>
    client.query(
      `with moved as (
         delete from gate_check_hours h using gate_epochs e
         where e.workspace_id = h.workspace_id and e.id = h.epoch_id and e.gate = $1
           and h.hour > now() - interval '2 hours' returning h.*)
       insert into gate_check_hours (workspace_id, epoch_id, tier, hour, n, wrong)
       select workspace_id, epoch_id, tier, date_trunc('hour', now()) - make_interval(hours => $2),
         sum(n), sum(wrong) from moved group by 1, 2, 3`,
      [gate, hours_ago],
    ),
  );

test('[G15] each time of the series holds all checks before it, with the interval of them', async () => {
  const gate = await promising(server, 'series', { ...weak, spot_check: 1 });
  await gate.certify();
  const check = async (right: boolean[]) => {
    const some = await Promise.all(right.map(() => gate.submit(0.95)));
    await Promise.all(some.map((one, at) => gate.decide(one, right[at])));
    await counted(server);
  };
  await check([true, true, true]);
  await moveHours('series', 50);
  await check([true, false]);
  await moveHours('series', 30);
  await check([true, true]);
  await moveHours('series', 4);
  const read = async (query: string) => {
    const { body } = await gate.builder.call<GatePromise>(`GET /gates/series/promise?${query}`);
    return body.epochs[0]?.tiers[0]?.checked.map(({ n, wrong, low, high }) => ({
      ...{ n, wrong },
      bounds: [low, high],
    }));
  };
  const stood = (wrong: number, n: number) => ({ n, wrong, bounds: anytimeBounds(wrong, n) });
  expect(await read('by=hour')).toEqual([stood(0, 3), stood(1, 5), stood(1, 7)]);
  const recent = new Date(Date.now() - 40 * 3_600_000).toISOString();
  expect(await read(`by=hour&from=${recent}`)).toEqual([stood(1, 5), stood(1, 7)]);
  expect((await read('by=day'))?.at(-1)).toEqual(stood(1, 7));
  expect((await gate.promise()).epochs[0]?.tiers[0]?.checks).toMatchObject({ n: 7, wrong: 1 });
});

test('[K167] what was held and what was checked by chance are told by what they stand for, and as they came', async () => {
  const gate = await promising(server, 'weighed', { ...weak, spot_check: 0.5 });
  const { certificate } = await gate.certify();
  expect(certificate).toMatchObject({ share: 0, wrong: 0 });
  expect(certificate?.e_value).toBeGreaterThanOrEqual(certificate?.e_needed as number);
  const [before] = (await gate.promise()).epochs[0]?.tiers ?? [];
  expect(certificate?.e_needed).toBeCloseTo(before?.e_needed as number, 9);
  const known = before?.labelled as number;
  const held = await Promise.all(Array.from({ length: 8 }, () => gate.submit(0.3)));
  await Promise.all(held.map((one) => gate.decide(one, false)));
  const passed = await Promise.all(Array.from({ length: 12 }, () => gate.submit(0.95)));
  const checked = passed.filter(({ case_id }) => case_id);
  await Promise.all(checked.map((one) => gate.decide(one)));
  await counted(server);
  const [tier] = (await gate.promise()).epochs[0]?.tiers ?? [];
  expect(tier).toMatchObject({ labelled: known + 8 + checked.length, wrong: 8 });
  const sums = await asOwner(server, async (client) => {
    const { rows } = await client.query(
      `select sum(weight * wrong) / sum(weight * n) as share, sum(n)::int as n
       from gate_tallies t join gate_epochs e on e.workspace_id = t.workspace_id and e.id = t.epoch_id
       where e.gate = 'weighed' and t.phase = 'test'`,
    );
    return rows[0];
  });
  // Held at half of the weight: as many wrong ones are less of the share than of the count.
  const all = tier?.evidence.at(-1);
  expect(all).toMatchObject({ labelled: sums.n, wrong: expect.any(Number) });
  expect(all?.share).toBeCloseTo(sums.share, 9);
  expect(all?.share).toBeLessThan((all?.wrong as number) / sums.n);
  const told = (await gate.promise()).events.find(
    ({ data }) => data.certificate_id === certificate?.id,
  );
  expect(told?.data).toMatchObject({ share: 0, wrong: 0, labelled: certificate?.labelled });
});
