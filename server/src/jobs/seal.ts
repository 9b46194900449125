import { second } from '@wheelhouse/core';
import { dueToSeal, sealPage, signSealed } from '../actions/seal.ts';
import type { Ports } from '../ports.ts';

const checkpoint_every_ms = 10 * second;
const most_pages = 20;

/** Seals what was committed and signs it every ten seconds at most. A workspace that cannot be
 *  sealed is logged and does not hold up the others.
 *  @returns how many workspaces have more to seal at once; sealing itself wakes nobody */
export async function seal(ports: Ports): Promise<number> {
  const due = await dueToSeal(ports, checkpoint_every_ms);
  let unfinished = 0;
  for (const workspace_id of due) {
    try {
      if (await sealSome(ports, workspace_id)) unfinished += 1;
      await signSealed(ports, { workspace_id }, checkpoint_every_ms);
    } catch (error) {
      ports.log.error({ error: String(error), workspace_id }, 'the record could not be sealed');
    }
  }
  return unfinished;
}

async function sealSome(ports: Ports, workspace_id: string): Promise<boolean> {
  for (let page = 0; page < most_pages; page++) {
    if (!(await sealPage(ports, { workspace_id }))) return false;
  }
  return true;
}
