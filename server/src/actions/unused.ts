import {
  every_workspace,
  fromMs,
  type NewEvent,
  type Scope,
  systemOf,
  toMs,
} from '@wheelhouse/core';
import type { Ports } from '../ports.ts';
import { usedSince, versionsLapsing } from '../store/epoch-room.ts';
import { endEpochs, lockEpoch, lockToEnd } from '../store/epochs.ts';
import { appendEvents } from '../store/events.ts';
import { epochPlace } from './epoch-place.ts';

const lapses_after_ms = 30 * 86_400_000;
const at_once = 100;

/** Ends versions of guaranteed gates that nothing has come to for 30 days (rule G55): what was proven of
 *  them, or learned, is of the traffic of another time.
 *  @returns how many */
export async function lapseUnused(ports: Ports): Promise<number> {
  const found = await ports.database.transact(every_workspace, (tx) =>
    versionsLapsing(tx, fromMs(toMs(tx.now) - lapses_after_ms), at_once),
  );
  let ended = 0;
  for (const { workspace_id, id, gate } of found) {
    ended += Number(await lapse(ports, { workspace_id }, id, gate));
  }
  return ended;
}

const lapse = (ports: Ports, scope: Scope, epoch_id: string, gate: string): Promise<boolean> =>
  ports.database.transact(scope, async (tx) => {
    const epoch = await lockEpoch(tx, scope, epoch_id);
    if (!epoch || epoch.ended_at) return false;
    await lockToEnd(tx, scope, gate);
    if (await usedSince(tx, scope, epoch_id, fromMs(toMs(tx.now) - lapses_after_ms))) return false;
    const certificates = await endEpochs(tx, scope, [epoch_id], 'unused');
    const events = certificates.map(({ id: certificate_id, tier }): NewEvent => {
      const data = { ...epochPlace(epoch), tier, certificate_id, why: 'unused' };
      return { type: 'gate.expired', subject: gate, data };
    });
    appendEvents(tx, scope, systemOf(scope.workspace_id), events);
    return true;
  });
