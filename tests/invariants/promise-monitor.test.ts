import {
  binOf,
  holdMonitor,
  holdStep,
  type Monitor,
  monitorStep,
  score_bins,
  scoreMonitor,
  type TrafficChange,
} from '@wheelhouse/core/learn';
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
      `select t.epoch_id, t.monitor, t.score_monitor, t.reference, t.monitor_cut as cut
       from gate_tiers t
       join gate_epochs e on e.workspace_id = t.workspace_id and e.id = t.epoch_id
       where e.gate = $1 and e.ended_at is null`,
      [gate.gate],
    );
    return rows[0] as {
      epoch_id: string;
      monitor: Monitor | null;
      score_monitor: Monitor | null;
      reference: number[] | null;
      cut: number | null;
    };
  });

/** The same from the record: what came before the first certificate, judged or not, and then each score
 *  that came under one, in the order in which it came. */
const replayed = (epoch_id: string, cut: number, random: number) =>
  asOwner(server, async (client) => {
    const { rows } = await client.query<{ score: number; certified: boolean }>(
      `select (data->'promise'->>'score')::float8 as score,
         data->'promise'->>'certificate_id' is not null as certified
       from events where type = 'output.submitted' and data->'promise'->>'epoch_id' = $1
       order by xid, seq`,
      [epoch_id],
    );
    const before = rows.filter(({ certified }) => !certified);
    const held = before.filter(({ score }) => score < cut).length;
    const reference = new Array<number>(score_bins).fill(0);
    for (const { score } of before) (reference[binOf(score, score_bins)] as number)++;
    let monitor = holdMonitor({ held, passed: before.length - held });
    let score_monitor = scoreMonitor(reference);
    for (const { score } of rows.filter(({ certified }) => certified)) {
      monitor = holdStep(monitor, score < cut, random);
      score_monitor = monitorStep(score_monitor, binOf(score, score_bins), random);
    }
    return { epoch_id, cut, reference, monitor, score_monitor };
  });

const some = async (gate: Promising, scores: number[]) => {
  for (const score of scores) await gate.submit(score);
  await counted(server);
};

test('[G46] [G73] what is watched goes by what came before the first certificate, judged or not, in the order in which scores came, and anew after an alarm', async () => {
  fraction = undefined;
  const gate = await promising(server, 'watched', { ...weak, spot_check: 1 });
  const held = await Promise.all(Array.from({ length: 36 }, () => gate.submit(0.3)));
  await Promise.all(held.map((one) => gate.decide(one, false)));
  for (const score of [0.1, 0.25, 0.4]) await gate.submit(score);
  await gate.certify();
  fraction = 0.4;
  // In and out of order, at the cut and beside it.
  await some(gate, [0.9, 0.1, 0.95, 0.89, 0.9, 0.2, 0.97, 0.99, 0.3, 0.9]);
  const first = await monitorOf(gate);
  const oldest = (await gate.certificates()).at(-1)?.threshold as number;
  expect(oldest).toBeGreaterThan(0.3);
  expect(first).toEqual(await replayed(first.epoch_id, oldest, fraction));

  fraction = undefined;
  await alarm(server, gate);
  expect(await monitorOf(gate)).toMatchObject({ monitor: null, score_monitor: null });
  await gate.certify({}, 0.7);
  fraction = 0.4;
  await some(gate, [0.75, 0.5, 0.7, 0.69, 0.9]);
  const second = await monitorOf(gate);
  expect(second.epoch_id).not.toBe(first.epoch_id);
  expect(second.cut).toBeLessThan(0.75);
  expect(second).toEqual(await replayed(second.epoch_id, second.cut as number, fraction));
});

/** What the one warning that a gate gave says. */
const warning = async (gate: Promising) => {
  const warned = (await gate.promise()).events.filter(({ type }) => type === 'gate.warned');
  expect(warned).toHaveLength(1);
  return warned[0]?.data as { by: string[] } & TrafficChange;
};

test('[G46] [G73] changed traffic warns once, whatever tells of it, and has more looked at; what is certified stands', async () => {
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
  const { by, held, scores } = await warning(gate);
  expect(by).toContain('held');
  expect(held.before).toBe(0);
  expect(held.now).toBeGreaterThan(0.8);
  expect(scores).toMatchObject({ before: 0, now: held.now });
  const { epochs, state } = await gate.promise();
  expect(state).toBe('certified');
  const no_more = { monitor: null, score_monitor: null };
  expect(epochs[0]?.tiers[0]).toMatchObject({ spot_check: 0.4, ...no_more });
  const after = await gate.submit(0.95);
  expect(after.verdict).toBe('pass');
  expect((await gate.output(after.id)).promise).toMatchObject({
    ...{ inclusion_probability: 0.4, certificate_id: certificate?.id },
  });
});

test('[G116] more is looked at until enough of it kept the promise, and then as much as usual', async () => {
  fraction = undefined;
  const gate = await promising(server, 'calm', { ...weak, spot_check: 0.2 });
  await gate.certify();
  await alarm(server, gate);
  await gate.certify();
  const tierNow = async () => (await gate.promise()).epochs.find((one) => !one.ended_at)?.tiers[0];
  expect((await tierNow())?.spot_check).toBe(0.8);
  const calm = async () =>
    (await gate.promise()).events.find(({ type }) => type === 'gate.calmed')?.data;
  let [checks, wrong] = [0, 0];
  while (!(await calm()) && checks < 300) {
    const all = await Promise.all(Array.from({ length: 15 }, () => gate.submit(0.95)));
    for (const one of all.filter(({ case_id }) => case_id)) {
      // As often as promised, and no oftener: that is no reason to go on looking.
      const right = checks % 4 !== 1;
      await gate.decide(one, right);
      [checks, wrong] = [checks + 1, wrong + Number(!right)];
    }
    await counted(server);
  }
  // Twenty for each that may be wrong at 30%, since the threshold last moved.
  const said = await calm();
  expect(said).toMatchObject({ tier: 'all', spot_check: 0.2 });
  expect(said?.checks).toBeGreaterThanOrEqual(67);
  expect(said?.checks).toBeLessThanOrEqual(checks);
  expect(wrong).toBeGreaterThan(10);
  expect(await tierNow()).toMatchObject({ state: 'certified', spot_check: 0.2 });
  const after = await gate.output((await gate.submit(0.95)).id);
  expect(after.promise?.inclusion_probability).toBe(0.2);
});

test('[G73] [G75] scores that change among what passes are told, where the share that waits is as it was', async () => {
  fraction = undefined;
  const gate = await promising(server, 'surer', { ...weak, spot_check: 0.1 });
  const held = await Promise.all(Array.from({ length: 12 }, () => gate.submit(0.3)));
  await Promise.all(held.map((one) => gate.decide(one, false)));
  await gate.certify({}, 0.95);
  const before = (await monitorOf(gate)).reference as number[];
  const all = before.reduce((sum, n) => sum + n, 0);
  const told = async () => (await gate.promise()).epochs[0]?.tiers[0]?.warned_at != null;
  // As many wait as did; what passes is as sure as it has to be, and no surer.
  const cut = (await monitorOf(gate)).cut as number;
  const waits = 12 / all;
  for (let came = 0; came < 1_000 && !(await told()); came += 20) {
    const next = Array.from({ length: 20 }, (_none, at) => came + at);
    const asMany = (at: number) => Math.floor((at + 1) * waits) > Math.floor(at * waits);
    await some(
      gate,
      next.map((at) => (asMany(at) ? 0.3 : cut)),
    );
  }
  const { by, held: waiting, scores, latest } = await warning(gate);
  expect(by).toEqual(['scores']);
  expect(Math.abs(waiting.now - waiting.before)).toBeLessThan(0.15);
  expect(scores.now - scores.before).toBeGreaterThan(0.3);
  expect([scores.under > cut, scores.under <= 0.95, latest <= 100]).toEqual([true, true, true]);
  const { state, epochs } = await gate.promise();
  expect([state, epochs[0]?.tiers[0]?.spot_check]).toEqual(['certified', 0.4]);
});
