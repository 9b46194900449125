import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Detector, detectorOf, detectorRun } from '@wheelhouse/core/learn';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Caller, caller } from '../../server/src/testing/start.ts';
import { beside } from '../../server/src/world/postgres/embedded.ts';
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

const admin_key = `wh_${randomUUID()}`;
const data_dir = mkdtempSync(join(tmpdir(), 'wheelhouse-promise-kills-'));
const settings = { WHEELHOUSE_DATA_DIR: data_dir, WHEELHOUSE_API_KEY: admin_key };
let server: ServerProcess;
let admin: Caller;
let reviewer: string;
let database_url: string;
beforeAll(async () => {
  await compiled();
  server = await startProcess(settings);
  admin = caller(server.url, admin_key);
  const policy = { ...weak, spot_check: 1 };
  expect((await admin.call('PUT /gates/killed', { policy })).status).toBe(201);
  const made = await admin.call<{ key: string }>('POST /keys', { name: 'r', role: 'reviewer' });
  reviewer = made.body.key;
  database_url = (await beside(data_dir))?.url() as string;
});
afterAll(async () => {
  await server?.stop();
  rmSync(data_dir, { recursive: true, force: true });
});

const read = <Row extends object>(text: string) =>
  asOwner({ database_url }, async (client) => (await client.query<Row>(text)).rows);

/** Outputs that are decided over connections of their own; whatever fails under the blow is left so. */
async function decisions(right: boolean, count = 12) {
  const values = right ? { verdict: 'approve' } : { verdict: 'reject', reason: 'wrong' };
  const body = { status: 'submitted', values, shown_suggestion: false, spent_ms: 1 };
  const desk = caller(server.url, reviewer);
  await Promise.allSettled(
    Array.from({ length: count }, async () => {
      const sent = { content: 'x', confidence: 0.95, model: 'm' };
      const { case_id } = (await admin.call<Submitted>('POST /gates/killed/outputs', sent)).body;
      await desk.call(`POST /cases/${case_id}/answers`, body);
    }),
  );
}

/** What a dead server left undone: decisions that are in no tally, tallies that were not looked at. */
async function left() {
  const [found] = await read<{ untallied: boolean; unseen: boolean }>(
    `select (select count(*) from resolutions r join cases c on c.workspace_id = r.workspace_id
         and c.id = r.case_id where r.standing) > (select count(*) from gate_labels) as untallied,
       exists (select 1 from gate_tiers where stale_at is not null) as unseen`,
  );
  return found as { untallied: boolean; unseen: boolean };
}

/** What the spot checks of the open version came to. */
const watched = async () => {
  const [found] = await read<{ checks: number; checks_wrong: number; detector: Detector | null }>(
    `select t.checks, t.checks_wrong, t.detector from gate_tiers t join gate_epochs e
       on e.workspace_id = t.workspace_id and e.id = t.epoch_id
     where e.ended_at is null and t.ended_at is null`,
  );
  return found as NonNullable<typeof found>;
};

const certificates = () =>
  read<{ id: string; epoch_id: string; tier: string; live: boolean; why_ended: string | null }>(
    'select id, epoch_id, tier, ended_at is null as live, why_ended from certificates order by id',
  );
const saidOf = (type: string, field: string) =>
  read<{ id: string; count: number }>(
    `select data->>'${field}' as id, count(*)::int as count from events where type = '${type}'
     group by 1 order by 1`,
  );

async function killedAt(after_ms: number, died: { untallied: number; unseen: number }) {
  await pause(after_ms);
  await server.kill();
  const { untallied, unseen } = await left();
  died.untallied += Number(untallied);
  died.unseen += Number(unseen);
  server = await startProcess(settings);
  admin = caller(server.url, admin_key);
}

test('[G42] killed between decision and tally and between tally and certificate, a server loses and doubles neither labels nor certificates', async () => {
  const died = { untallied: 0, unseen: 0 };
  let round = 0;
  const blows = async (right: boolean, done: () => Promise<boolean>) => {
    while (!(await done())) {
      await decisions(right);
      // At once, between two tallies, and between tally and look.
      await killedAt([0, 120, 320, 700][round++ % 4] as number, died);
    }
  };
  await blows(true, async () => (await certificates()).length > 0 && round >= 4);
  await until(async () => (await certificates()).some(({ live }) => live));
  await blows(false, async () => (await saidOf('gate.alarmed', 'epoch_id')).length > 0);
  await blows(true, async () => (await certificates()).some(({ live }) => live));
  // And what is told to the detector of spot checks: all of these are right.
  await until(async () => (await certificates()).some((one) => one.live));
  await blows(true, async () => (await watched()).checks >= 24);
  await counted({ database_url });
  expect(died.untallied).toBeGreaterThan(0);
  expect(died.unseen).toBeGreaterThan(0);

  const { kept, record } = await bothCounts({ database_url });
  expect(kept).toEqual(record);
  const parts = await bothPartCounts({ database_url });
  expect(parts.kept).toEqual(parts.record);
  const { checks, checks_wrong, detector } = await watched();
  expect(checks_wrong).toBe(0);
  const told = detectorRun(detectorOf('shiryaev_roberts', weak.alpha), 0, checks);
  detector?.stakes.forEach((stake, k) => {
    expect(stake / (told.stakes[k] as number)).toBeCloseTo(1, 9);
  });
  const all = await certificates();
  const live = all.filter((one) => one.live);
  expect(live).toHaveLength(1);
  const standing = await read<{ certificate_id: string }>(
    `select t.certificate_id from gate_tiers t join gate_epochs e on e.workspace_id = t.workspace_id
       and e.id = t.epoch_id where e.ended_at is null and t.ended_at is null`,
  );
  expect(standing).toEqual([{ certificate_id: live[0]?.id }]);
  // Each was said to be issued once, and each alarm ended one certificate and began one epoch.
  expect(await saidOf('gate.certified', 'certificate_id')).toEqual(
    all.map(({ id }) => ({ id, count: 1 })),
  );
  const alarmed = all.filter(({ why_ended }) => why_ended === 'alarmed');
  expect(await saidOf('gate.alarmed', 'epoch_id')).toEqual(
    alarmed
      .map(({ epoch_id }) => ({ id: epoch_id, count: 1 }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
  );
  const epochs = await read<{ count: number }>('select count(*)::int as count from gate_epochs');
  expect(epochs[0]?.count).toBe(alarmed.length + 1);
}, 600_000);
