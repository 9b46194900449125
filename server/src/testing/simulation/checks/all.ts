import type { World } from '../world.ts';
import { checkDecisions } from './decisions.ts';
import { checkDeliveries } from './deliveries.ts';
import { checkEffects } from './effects.ts';
import { evidenceFrom } from './evidence.ts';
import { checkRecord } from './record.ts';
import { checkSubmissions } from './submissions.ts';

/** Every rule that was broken in a run that has come to its end. */
export async function faultsOf(world: World): Promise<string[]> {
  const evidence = await evidenceFrom(world);
  checkSubmissions(world, evidence);
  checkDecisions(world, evidence);
  checkDeliveries(world, evidence);
  // After the deliveries, whose receivers saw outcomes too.
  checkEffects(world, evidence);
  await checkRecord(world, evidence);
  return world.book.faults;
}
