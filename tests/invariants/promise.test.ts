import { cleanLabels } from '@wheelhouse/core/learn';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { startServer, type TestServer } from '../../server/src/testing/start.ts';
import { asOwner, bothCounts, counted, promising, weak } from './promise-talk.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ url_pattern: inject('engine') });
});
afterAll(() => server?.stop());

test('[G40] a guaranteed gate holds everything, learns from what people decide, and opens where it is proven', async () => {
  const gate = await promising(server, 'opens');
  const first = await gate.submit(1);
  expect(first.verdict).toBe('hold');
  expect(first.reasons[0]).toMatch(
    /^the promise is not certified yet: no decision so far; it takes at least some \d+ more/,
  );
  const found = await gate.certify();
  expect(found).toMatchObject({ state: 'certified', needed: 0 });
  expect(found.certificate).toMatchObject({ gate: 'opens', ended_at: null, wrong: 0 });
  // Nothing under it was ever judged.
  expect(found.threshold).toBe(0.9);
  expect((await gate.submit(0.95)).verdict).toBe('pass');
  const under = await gate.submit((found.threshold as number) - 0.01);
  expect(under.verdict).toBe('hold');
  const { body: unsure } = await gate.agent.call<{ verdict: string }>('POST /gates/opens/outputs', {
    content: 'No confidence',
  });
  expect(unsure).toMatchObject({ verdict: 'hold', reasons: ['no confidence was given'] });
  const promise = await gate.promise();
  expect(promise.state).toBe('certified');
  expect(promise.events.map(({ type }) => type)).toEqual(['gate.certified', 'gate.learning']);
});

test('[G92] a decision against the AI is no step on the way to the proof', async () => {
  const gate = await promising(server, 'steps');
  const missing = async (right: boolean) => {
    const some = await Promise.all([0.9, 0.8, 0.7].map((score) => gate.submit(score)));
    const before = (await gate.promise()).epochs[0]?.tiers[0]?.needed as number;
    await Promise.all(some.map((one) => gate.decide(one, right)));
    await counted(server);
    return before - ((await gate.promise()).epochs[0]?.tiers[0]?.needed as number);
  };
  expect(await missing(false)).toBeLessThanOrEqual(0);
  expect(await missing(true)).toBeGreaterThan(0);
});

test('[K158] what scores too low to be evidence is no step on the way either, before it is known where the proof begins', async () => {
  const target = { alpha: 0.05, delta: 0.05 };
  const gate = await promising(server, 'least', { mode: 'guaranteed', ...target });
  const some = await Promise.all(
    Array.from({ length: 100 }, (_none, at) => gate.submit(at < 10 ? 0.9 + at / 200 : 0.3)),
  );
  // Of those that are little sure a third is wrong, of the others none.
  await Promise.all(some.map((one, at) => gate.decide(one, at < 10 || at % 3 > 0)));
  await counted(server);
  const needed = (await gate.promise()).epochs[0]?.tiers[0]?.needed as number;
  expect(needed).toBeGreaterThanOrEqual(cleanLabels(target) - 10 - 8);
});

test('[G41] score, threshold, certificate and inclusion probability are kept with the verdict and in the record', async () => {
  const gate = await promising(server, 'kept');
  const before = await gate.submit(0.9);
  expect((await gate.output(before.id)).promise).toMatchObject({
    ...{ tier: 'all', score: 0.9, threshold: null, certificate_id: null },
    ...{ inclusion_probability: 1, weight: 1 },
  });
  const { certificate, threshold } = await gate.certify();
  const passed = await gate.submit(0.97);
  const held = await gate.submit(0.1);
  const stands = { threshold, certificate_id: certificate?.id, phase: 'test' };
  const [one, other] = [await gate.output(passed.id), await gate.output(held.id)];
  expect(one.promise).toMatchObject({ ...stands, inclusion_probability: 0.5, weight: 1 });
  expect(other.promise).toMatchObject({ ...stands, inclusion_probability: 1, weight: 0.5 });
  const said = await asOwner(server, (client) =>
    client.query("select data from events where subject = $1 and type = 'output.submitted'", [
      passed.id,
    ]),
  );
  expect(said.rows[0].data.promise).toEqual(one.promise);
});

test('[G42] tallies are what the record counts, whoever decides, undoes and corrects at once', async () => {
  const gate = await promising(server, 'counts', { ...weak, undo_ms: 0 });
  const some = await Promise.all(
    Array.from({ length: 40 }, (_none, at) => gate.submit((at % 20) / 20)),
  );
  const lead = await server.keyFor('lead');
  await Promise.all(
    some.map(async (one, at) => {
      if (at % 7 === 0) return;
      if (at % 11 === 0) return gate.agent.call(`POST /outputs/${one.id}/cancel`);
      expect(await gate.decide(one, at % 3 !== 0)).toBe(200);
      if (at % 5 !== 0) return;
      const values = at % 3 ? { verdict: 'reject', reason: 'after all' } : { verdict: 'approve' };
      const body = { values, reason: 'looked again' };
      const { status } = await lead.call(`POST /cases/${one.case_id}/corrections`, body);
      expect(status).toBe(201);
    }),
  );
  await counted(server);
  const { kept, record } = await bothCounts(server);
  expect(kept).toEqual(record);
  expect(kept.length).toBeGreaterThan(5);
});
