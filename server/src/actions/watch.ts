import type { NewEvent } from '@wheelhouse/core';
import {
  alarmLimit,
  detectorEvidence,
  detectorOf,
  detectorStep,
  holdStep,
  monitorEvidence,
  raisedCheck,
  trackerStep,
  withRecent,
} from '@wheelhouse/core/learn';
import type { Ports, Tx } from '../ports.ts';
import { appendEvents } from '../store/events.ts';
import type { Place } from '../store/fan-out.ts';
import {
  type Arrived,
  arrivedBetween,
  lockWatches,
  saveWatches,
  type Watch,
} from '../store/watches.ts';

/** One false warning in 300 watches of 20,000 outputs. */
export const warn_at = 6_000_000;

/** A spot check that was judged, for the first time. */
export interface Checked {
  workspace_id: string;
  epoch_id: string;
  tier: string;
  wrong: boolean;
  /** It passed where errors were tracked, under no certificate. */
  tracked: boolean;
}
type Place_of = Pick<Watch, 'workspace_id' | 'epoch_id' | 'tier'>;
const nameOf = ({ workspace_id, epoch_id, tier }: Place_of) =>
  `${workspace_id} ${epoch_id} ${tier}`;

/** Watches what passed (rule G46): spot checks for more errors than promised, which ends what is
 *  certified, and the scores that came for a change, which only has more of them looked at. Where errors
 *  are tracked each spot check moves the share to hold (rule G50); verdicts go by what it comes to once
 *  its epoch is looked at, under the gate's lock. */
export async function watch(
  ports: Ports,
  tx: Tx,
  from: Place,
  to: Place,
  checks: Checked[],
): Promise<void> {
  const arrived = await arrivedBetween(tx, from, to);
  const places = [...arrived, ...checks];
  if (!places.length) return;
  const watches = await lockWatches(
    tx,
    [...new Set(places.map(({ workspace_id }) => workspace_id))],
    [...new Set(places.map(({ epoch_id }) => epoch_id))],
  );
  const arrived_of = new Map(arrived.map((one) => [nameOf(one), one]));
  const changed = watches.flatMap((one) => {
    if (one.ended_at !== null) return [];
    const name = nameOf(one);
    const own = checks.filter((check) => nameOf(check) === name);
    const came = arrived_of.get(name);
    return own.length || came ? [stepped(ports, one, own, came)] : [];
  });
  if (!changed.length) return;
  saveWatches(tx, changed);
  for (const one of changed) {
    if (!one.warned) continue;
    const { workspace_id, gate, epoch_id, tier, raised_check } = one;
    const data = { gate, epoch_id, tier, spot_check: raised_check };
    const event: NewEvent = { type: 'gate.warned', subject: gate, data };
    appendEvents(tx, { workspace_id }, { id: 'system', kind: 'system' }, [event]);
  }
}

function stepped(ports: Ports, one: Watch, checks: Checked[], came: Arrived | undefined) {
  const { certificate_id, blind, monitor_cut } = one;
  let { detector, monitor, raised_check, tracker } = one;
  for (const { wrong, tracked } of checks) {
    if (tracked) {
      tracker &&= trackerStep(tracker, Number(wrong));
      continue;
    }
    detector = detectorStep(detector ?? detectorOf('shiryaev_roberts', one.alpha), Number(wrong));
  }
  for (const [at, score] of (came?.scores ?? []).entries()) {
    if (!came?.certified[at]) continue;
    if (!monitor || monitor_cut === null) break;
    monitor = holdStep(monitor, score < monitor_cut, ports.chance.fraction());
  }
  const limit = alarmLimit(one.spot_check, raised_check ?? 0);
  const alarm_due =
    (certificate_id !== null || blind) && detector !== null && detectorEvidence(detector) >= limit;
  const warned = monitor !== null && monitorEvidence(monitor) >= warn_at;
  if (warned) {
    // Told once an epoch: what comes now is what it would be told of again and again.
    monitor = null;
    raised_check = Math.max(raised_check ?? 0, raisedCheck(one.spot_check, one.alpha));
  }
  const scores = came?.scores ?? [];
  const recent = one.after_alarm === 'track' ? withRecent(one.recent, scores) : one.recent;
  const arrived = one.arrived + scores.length;
  const used = came !== undefined;
  return {
    ...{ ...one, detector, monitor, raised_check, tracker, recent, arrived },
    ...{ warned, alarm_due, used },
  };
}
