import type { Principal } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { endEpochs, lockOpenEpochs, lockToEnd } from '../store/epochs.ts';
import { appendEvents } from '../store/events.ts';
import type { Ruling } from './definition.ts';
import { epochPlace } from './epoch-place.ts';
import { endOverride } from './override.ts';
import { promiseKey } from './standing.ts';

/** Ends what was proven of a gate under another promise than the one it makes now (rule G44). Needs the
 *  gate's row locked and its new version written: who judges after this reads that. */
export async function endPromises(tx: Tx, by: Principal, ruling: Ruling): Promise<void> {
  const { gate } = ruling;
  const promise_key = promiseKey(ruling);
  const before = await lockOpenEpochs(tx, by, gate);
  if (!before.length && promise_key === undefined) return;
  await lockToEnd(tx, by, gate);
  // Read again: verdicts that we waited for may have begun some.
  const open = await lockOpenEpochs(tx, by, gate);
  const ended = open.filter((one) => one.promise_key !== promise_key);
  // An override was signed beside the promise as it was; where nothing says which that was, too.
  if (ended.length || !open.length) {
    await endOverride(tx, by, gate, by, 'policy_changed');
  }
  if (!ended.length) return;
  const places = new Map(ended.map((one) => [one.id, epochPlace(one)]));
  const certificates = await endEpochs(
    tx,
    by,
    ended.map(({ id }) => id),
    'policy_changed',
  );
  const events = certificates.map(({ id, epoch_id, tier }) => ({
    type: 'gate.expired' as const,
    subject: gate,
    data: { ...places.get(epoch_id), tier, certificate_id: id, why: 'policy_changed' },
  }));
  appendEvents(tx, by, { id: by.id, kind: by.kind }, events);
}
