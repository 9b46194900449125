import { GateDefinition } from '@wheelhouse/core';
import { startOwnEngine } from '../../server/src/testing/engine.ts';
import { startStepped } from '../../server/src/testing/steps.ts';

/** A world whose steps are met, with one bot twice: `shop`, whose replies pass when it is sure enough,
 *  and `drafter`, whose replies wait for a person at the gate `drafts`. */
export async function startSteppedShop(bot: object) {
  // Nobody else's transactions hide what was just committed from whoever carries it out.
  const engine = await startOwnEngine();
  const world = await startStepped(engine.url_pattern);
  const policy = { mode: 'threshold', threshold: 0.4 };
  await world.gate('replies', GateDefinition.parse({ title: 'Replies', policy }));
  await world.bot('shop', bot);
  // What is approved is said at once here, with no time to take it back.
  const drafts = { mode: 'always', undo_ms: 0 };
  await world.gate('drafts', GateDefinition.parse({ title: 'Drafts', policy: drafts }));
  await world.bot('drafter', { ...bot, posture: 'draft', gate: 'drafts' });
  return {
    ...world,
    async stop() {
      await world.stop();
      await engine.stop();
    },
  };
}
export type SteppedShop = Awaited<ReturnType<typeof startSteppedShop>>;
