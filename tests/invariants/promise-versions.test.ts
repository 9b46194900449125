import { most_versions, systemOf } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { rulingsCache } from '../../server/src/actions/definition.ts';
import { submitOutputs } from '../../server/src/actions/output.ts';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';
import { met } from './met.ts';
import { asOwner, counted, type Promising, promising } from './promise-talk.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
});
afterAll(() => server?.stop());

const versions = (gate: Promising) =>
  asOwner(server, async (client) => {
    const { rows } = await client.query(
      'select model_version, why_ended from gate_epochs where gate = $1 order by began_at, id',
      [gate.gate],
    );
    const of = (why: string | null) =>
      rows.flatMap((row) => (row.why_ended === why ? [row.model_version as string] : []));
    return { open: of(null), unused: of('unused') };
  });

/** So many versions are open and proven, with the one that there is. */
const fill = (epoch_id: string, count: number) =>
  asOwner(server, (client) =>
    client.query(
      `with epochs as (
         insert into gate_epochs (workspace_id, id, gate, key, promise_key, terms, began_at)
         select workspace_id, id || n, gate, key || n, promise_key, terms, began_at
         from gate_epochs, generate_series(2, ${count}) n where id = $1
         returning workspace_id, id)
       insert into gate_tiers (workspace_id, epoch_id, tier, alpha, delta, needed, certificate_id)
       select workspace_id, id, 'all', 0.3, 0.2, 0, 'cert' from epochs`,
      [epoch_id],
    ),
  );

test('[G52] whoever names another version with every output opens no more than a hundred, and what is proven or in use stays', async () => {
  const gate = await promising(server, 'crowd');
  await gate.certify({ model_version: 'proven' });
  await gate.submit(0.5, { model_version: 'in use' });
  // Eight connections at once, each output of a version of its own; one version goes on being used.
  await Promise.all(
    Array.from({ length: 8 }, async (_none, at) => {
      for (let nth = 0; nth < 20; nth++) {
        const { verdict } = await gate.submit(0.99, { model_version: `new ${at} ${nth}` });
        expect(verdict).toBe('hold');
        expect((await versions(gate)).open.length).toBeLessThanOrEqual(most_versions);
        if (nth % 5 !== 0) continue;
        await gate.submit(0.5, { model_version: 'in use' });
        await counted(server);
      }
    }),
  );
  // As several servers do: transactions beside each other, none of which waits for another's batch.
  const system = systemOf(server.workspace_id);
  await Promise.all(
    Array.from({ length: 8 }, async (_none, at) => {
      const submit = submitOutputs(server.ports, rulingsCache());
      for (let nth = 0; nth < 5; nth++) {
        const body = { content: 'x', confidence: 0.5, model_version: `beside ${at} ${nth}` };
        await submit(system, [{ by: system, gate: 'crowd', body }]);
      }
    }),
  );
  const { open, unused } = await versions(gate);
  expect(open).toHaveLength(most_versions);
  expect(open).toContain('proven');
  expect(open).toContain('in use');
  expect(unused).toHaveLength(202 - most_versions);
  expect((await gate.submit(0.95, { model_version: 'proven' })).verdict).toBe('pass');
  // However many are newer, what passes now is told of first, and how many are not told of.
  const told = await gate.promise();
  const proven = told.epochs.find(({ model_version }) => model_version === 'proven');
  expect(proven).toMatchObject({ state: 'certified' });
  expect(told.epochs.length + told.left_out).toBe(most_versions);
  // What was ended begins anew when it comes again.
  const back = await gate.submit(0.9, { model_version: unused[0] });
  expect((await gate.output(back.id)).promise).not.toBeNull();
});

test('[G52] where every version is proven there is no room, and an output of another says what to do', async () => {
  const gate = await promising(server, 'full');
  const { certificate } = await gate.certify();
  await fill(certificate?.epoch_id as string, most_versions);
  const other = await gate.submit(0.99, { model_version: 'other' });
  expect(other.verdict).toBe('hold');
  expect(other.reasons[0]).toMatch(
    /^this is of a new version, and 100 are open: name in model_ver/,
  );
  expect((await gate.output(other.id)).promise).toBeNull();
  expect((await gate.submit(0.95)).verdict).toBe('pass');
});

test('[G52] [G54] a version that holds until its spot checks are judged makes no room either', async () => {
  const gate = await promising(server, 'held-back');
  const { certificate } = await gate.certify({ model_version: 'proven' });
  await fill(certificate?.epoch_id as string, most_versions);
  await asOwner(server, (client) =>
    client.query('update gate_tiers set blind = true, certificate_id = null where epoch_id = $1', [
      certificate?.epoch_id,
    ]),
  );
  const { reasons } = await gate.submit(0.99, { model_version: 'another' });
  expect(reasons[0]).toMatch(/^this is of a new version/);
  expect((await versions(gate)).open).toContain('proven');
});

test('[G52] at whatever step of a version that begins another one begins, of two there is room for one alone', async () => {
  const gate = await promising(server, 'last-room');
  const { certificate } = await gate.certify();
  await fill(certificate?.epoch_id as string, most_versions - 1);
  const system = systemOf(server.workspace_id);
  const begins = async (ports: typeof server.ports, model_version: string) => {
    const body = { content: 'x', confidence: 0.5, model_version };
    await submitOutputs(ports, rulingsCache())(system, [{ by: system, gate: gate.gate, body }]);
  };
  for (let at = 0, done = false; !done; at++) {
    let steps = 0;
    let other: Promise<void> | undefined;
    const ports = met(server.ports, async () => {
      if (steps++ !== at) return;
      other = begins(server.ports, `other ${at}`);
      await Promise.race([other, new Promise((resolve) => setTimeout(resolve, 400))]);
    });
    await begins(ports, `one ${at}`);
    await other;
    done = other === undefined;
    if (done) expect(at).toBeGreaterThan(6);
    else expect((await versions(gate)).open, `step ${at}`).toHaveLength(most_versions);
    await asOwner(server, (client) =>
      client.query(
        `update gate_epochs set ended_at = now(), why_ended = 'room' where gate = 'last-room' and model_version > ''`,
      ),
    );
  }
});
