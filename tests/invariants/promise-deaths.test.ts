import { GateDefinition } from '@wheelhouse/core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rulingsCache } from '../../server/src/actions/definition.ts';
import { submitOutputs } from '../../server/src/actions/output.ts';
import { tallyLabels } from '../../server/src/actions/tally.ts';
import { startOwnEngine } from '../../server/src/testing/engine.ts';
import { type Stepped, startStepped } from '../../server/src/testing/steps.ts';
import { bothCounts, bothPartCounts, weak } from './promise-talk.ts';

let world: Stepped;
let stop: () => Promise<void>;
beforeAll(async () => {
  const engine = await startOwnEngine();
  world = await startStepped(engine.url_pattern);
  stop = async () => {
    await world.stop();
    await engine.stop();
  };
});
afterAll(() => stop?.());

test('[G42] [G60] a server that dies at any step of counting loses no label and counts none twice', async () => {
  await world.gate('deaths', GateDefinition.parse({ policy: weak }));
  const { ports } = world.steps;
  const [ana, ben] = [world.member('ana'), world.member('ben')];
  const submit = submitOutputs(ports, rulingsCache());
  let expected = 0;
  for (let at = 0, died = true; died; at++) {
    const items = [0.2, 0.6, 0.6].map((confidence) => ({
      by: ana,
      gate: 'deaths',
      body: { content: 'x', confidence, groups: { language: confidence > 0.5 ? 'de' : 'fr' } },
    }));
    expect((await submit(ana, items)).every(({ ok }) => ok)).toBe(true);
    for (const [nth, { id }] of (await world.cases('deaths')).rows.entries()) {
      const wrong = nth % 2 === 1;
      await world.answer(
        ben,
        id,
        wrong ? { verdict: 'reject', reason: 'no' } : { verdict: 'approve' },
      );
      expected += 1;
    }
    world.steps.onStep(async (step) => {
      if (step === at) throw new Error('died');
    });
    died = await tallyLabels(ports, rulingsCache()).then(
      () => false,
      () => true,
    );
    world.steps.onStep(undefined);
    while ((await tallyLabels(ports, rulingsCache())) !== 0);
    const { kept, record } = await bothCounts({ database_url: world.database_url });
    expect(kept, `step ${at}`).toEqual(record);
    const parts = await bothPartCounts({ database_url: world.database_url });
    expect(parts.kept, `step ${at}`).toEqual(parts.record);
    expect(kept.reduce((sum: number, { n }: { n: number }) => sum + n, 0)).toBe(expected);
    if (!died) expect(at).toBeGreaterThan(6);
  }
});
