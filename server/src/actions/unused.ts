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
import { endEpochs, lockOpenEpochs, lockToEnd } from '../store/epochs.ts';
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
  for (const { workspace_id, gate, key } of found) {
    ended += Number(await lapse(ports, { workspace_id }, gate, key));
  }
  return ended;
}

/** All of a version at once (rule G105): a tier that was proven apart from the others is of it too, and
 *  where one ended alone nothing would begin it anew. */
const lapse = (ports: Ports, scope: Scope, gate: string, key: string): Promise<boolean> =>
  ports.database.transact(scope, async (tx) => {
    const open = (await lockOpenEpochs(tx, scope, gate)).filter((one) => one.key === key);
    if (!open.length) return false;
    await lockToEnd(tx, scope, gate);
    const ids = open.map(({ id }) => id);
    if (await usedSince(tx, scope, ids, fromMs(toMs(tx.now) - lapses_after_ms))) return false;
    const certificates = await endEpochs(tx, scope, ids, 'unused');
    const events = certificates.flatMap(({ id: certificate_id, epoch_id, tier }): NewEvent[] => {
      const epoch = open.find(({ id }) => id === epoch_id);
      if (!epoch) return [];
      const data = { ...epochPlace(epoch), tier, certificate_id, why: 'unused' };
      return [{ type: 'gate.expired', subject: gate, data }];
    });
    appendEvents(tx, scope, systemOf(scope.workspace_id), events);
    return true;
  });
