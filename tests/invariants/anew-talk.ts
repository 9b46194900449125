import type { TestServer } from '../../server/src/testing/start.ts';
import { counted, type Promising } from './promise-talk.ts';

/** The first tier of the newest version that is open. */
export const openTier = async (gate: Promising) => {
  const found = await gate.promise();
  const epoch = found.epochs.find(({ ended_at }) => !ended_at);
  const tier = epoch?.tiers[0];
  if (!epoch || !tier) throw new Error('there is none');
  return { ...tier, epoch_id: epoch.id, of_gate: found };
};

/** Held outputs that are decided at once, every so many-th of them against the AI, whatever its score. */
export async function decided(
  server: TestServer,
  gate: Promising,
  count: number,
  wrong_each: number,
) {
  for (let done = 0; done < count; done += 20) {
    const some = await Promise.all(
      Array.from({ length: 20 }, (_none, at) => gate.submit(0.5 + ((done + at) % 10) / 20)),
    );
    await Promise.all(
      some.map((one, at) => one.case_id && gate.decide(one, isRight(done + at, wrong_each))),
    );
    await counted(server);
  }
}

const isRight = (at: number, wrong_each: number) =>
  (7 * at + Math.floor(at / 10)) % wrong_each !== 0;

/** Good ones until it is certified. @returns how many it took, or nothing where it never was */
export async function untilCertified(server: TestServer, gate: Promising, most: number) {
  for (let done = 0; done < most; done += 20) {
    await decided(server, gate, 20, 100);
    if ((await openTier(gate)).state === 'certified') return done + 20;
  }
  return undefined;
}
