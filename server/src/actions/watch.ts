import type { NewEvent } from '@wheelhouse/core';
import {
  detectorEvidence,
  detectorOf,
  detectorStep,
  holdStep,
  monitorEvidence,
} from '@wheelhouse/core/learn';
import type { Ports, Tx } from '../ports.ts';
import { appendEvents } from '../store/events.ts';
import type { Place } from '../store/fan-out.ts';
import { arrivedBetween, lockWatches, saveWatches, type Watch } from '../store/watches.ts';

/** In the mean so many spot checks lie between false alarms, at least; measured, of 20,000 outputs checked
 *  at 5% one watch in twenty has one. */
export const alarm_at = 2_000;
/** One false warning in 300 watches of 20,000 outputs. */
export const warn_at = 6_000_000;

/** A spot check that was judged, for the first time. */
export interface Checked {
  workspace_id: string;
  epoch_id: string;
  tier: string;
  wrong: boolean;
}
type Place_of = Pick<Watch, 'workspace_id' | 'epoch_id' | 'tier'>;
const nameOf = ({ workspace_id, epoch_id, tier }: Place_of) =>
  `${workspace_id} ${epoch_id} ${tier}`;

/** After a warning or an alarm more of what passes is looked at. */
export const raisedCheck = (spot_check: number): number =>
  Math.min(1, Math.max(0.2, 4 * spot_check));

/** Watches what passed (rule G46): spot checks for more errors than promised, which ends what is
 *  certified, and the scores that came for a change, which only has more of them looked at. */
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
  const scores_of = new Map(arrived.map((one) => [nameOf(one), one.scores]));
  const changed = watches.flatMap((one) => {
    if (one.ended_at !== null) return [];
    const name = nameOf(one);
    const own = checks.filter((check) => nameOf(check) === name);
    const scores = one.monitor ? (scores_of.get(name) ?? []) : [];
    return own.length || scores.length ? [stepped(ports, one, own, scores)] : [];
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

function stepped(ports: Ports, one: Watch, checks: Checked[], scores: number[]) {
  const { certificate_id, monitor_cut } = one;
  let { detector, monitor, raised_check } = one;
  for (const { wrong } of checks) {
    detector = detectorStep(detector ?? detectorOf('shiryaev_roberts', one.alpha), Number(wrong));
  }
  for (const score of scores) {
    if (!monitor || monitor_cut === null) break;
    monitor = holdStep(monitor, score < monitor_cut, ports.chance.fraction());
  }
  const alarm_due =
    certificate_id !== null && detector !== null && detectorEvidence(detector) >= alarm_at;
  const warned = monitor !== null && monitorEvidence(monitor) >= warn_at;
  if (warned) {
    // Told once an epoch: what comes now is what it would be told of again and again.
    monitor = null;
    raised_check = Math.max(raised_check ?? 0, raisedCheck(one.spot_check));
  }
  return { ...one, detector, monitor, raised_check, warned, alarm_due };
}
