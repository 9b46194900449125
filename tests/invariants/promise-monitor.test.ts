import { holdMonitor, holdStep, type Monitor } from '@wheelhouse/core/learn';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';
import { alarm, asOwner, counted, type Promising, promising, weak } from './promise-talk.ts';

/** Once set, all that is drawn: then what the monitor makes of what came can be worked out again. */
let fraction: number | undefined;
let server: TestServer;
beforeAll(async () => {
  server = await startServer({
    url_pattern: inject('engine'),
    ports: (ports) => ({
      ...ports,
      chance: { ...ports.chance, fraction: () => fraction ?? ports.chance.fraction() },
    }),
  });
});
afterAll(() => server?.stop());

const monitorOf = (gate: Promising) =>
  asOwner(server, async (client) => {
    const { rows } = await client.query(
      `select t.epoch_id, t.monitor, t.monitor_cut as cut from gate_tiers t
       join gate_epochs e on e.workspace_id = t.workspace_id and e.id = t.epoch_id
       where e.gate = $1 and e.ended_at is null`,
      [gate.gate],
    );
    return rows[0] as { epoch_id: string; monitor: Monitor | null; cut: number | null };
  });

/** The same from the record: what was judged before the first certificate, and then each score that came
 *  under one, in the order in which it came. */
const replayed = (epoch_id: string, cut: number, random: number) =>
  asOwner(server, async (client) => {
    const { rows } = await client.query<{ score: number; certified: boolean; judged: boolean }>(
      `select (e.data->'promise'->>'score')::float8 as score, l.output_id is not null as judged,
         e.data->'promise'->>'certificate_id' is not null as certified
       from events e left join gate_labels l on l.workspace_id = e.workspace_id
         and l.output_id = e.subject
       where e.type = 'output.submitted' and e.data->'promise'->>'epoch_id' = $1
       order by e.xid, e.seq`,
      [epoch_id],
    );
    const before = rows.filter(({ certified, judged }) => !certified && judged);
    const held = before.filter(({ score }) => score < cut).length;
    const reference = holdMonitor({ held, passed: before.length - held });
    const came = rows.filter(({ certified }) => certified);
    return came.reduce((monitor, { score }) => holdStep(monitor, score < cut, random), reference);
  });

const some = async (gate: Promising, scores: number[]) => {
  for (const score of scores) await gate.submit(score);
  await counted(server);
};

test('[G46] the monitor goes by the first certified threshold, in the order in which scores came, and anew after an alarm', async () => {
  fraction = undefined;
  const gate = await promising(server, 'watched', { ...weak, spot_check: 1 });
  const held = await Promise.all(Array.from({ length: 36 }, () => gate.submit(0.3)));
  await Promise.all(held.map((one) => gate.decide(one, false)));
  await gate.certify();
  fraction = 0.4;
  // In and out of order, at the cut and beside it.
  await some(gate, [0.9, 0.1, 0.95, 0.89, 0.9, 0.2, 0.97, 0.99, 0.3, 0.9]);
  const first = await monitorOf(gate);
  const oldest = (await gate.certificates()).at(-1)?.threshold as number;
  expect(oldest).toBeGreaterThan(0.3);
  expect(first.cut).toBe(oldest);
  expect(first.monitor).toEqual(await replayed(first.epoch_id, oldest, fraction));

  fraction = undefined;
  await alarm(server, gate);
  expect((await monitorOf(gate)).monitor).toBeNull();
  await gate.certify({}, 0.7);
  fraction = 0.4;
  await some(gate, [0.75, 0.5, 0.7, 0.69, 0.9]);
  const second = await monitorOf(gate);
  expect(second.epoch_id).not.toBe(first.epoch_id);
  expect(second.cut).toBeLessThan(0.75);
  expect(second.monitor).toEqual(await replayed(second.epoch_id, second.cut as number, fraction));
});

test('[G46] changed scores warn once and have more looked at; what is certified stands', async () => {
  fraction = undefined;
  const gate = await promising(server, 'changed', { ...weak, spot_check: 0.1 });
  const { certificate } = await gate.certify();
  const before = await gate.submit(0.95);
  expect((await gate.output(before.id)).promise?.inclusion_probability).toBe(0.1);
  for (let round = 0; round < 3; round++) {
    await some(
      gate,
      Array.from({ length: 40 }, () => 0.2),
    );
  }
  const { events, epochs, state } = await gate.promise();
  expect(events.filter(({ type }) => type === 'gate.warned')).toHaveLength(1);
  expect(state).toBe('certified');
  expect(epochs[0]?.tiers[0]).toMatchObject({ spot_check: 0.4, monitor: null });
  const after = await gate.submit(0.95);
  expect(after.verdict).toBe('pass');
  expect((await gate.output(after.id)).promise).toMatchObject({
    ...{ inclusion_probability: 0.4, certificate_id: certificate?.id },
  });
});
