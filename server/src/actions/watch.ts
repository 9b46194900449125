import type { NewEvent } from '@wheelhouse/core';
import {
  alarmLimit,
  binOf,
  detectorAnew,
  detectorEvidence,
  detectorOf,
  detectorStep,
  holdStep,
  monitorEvidence,
  monitorStep,
  most_latest,
  most_recent,
  raisedCheck,
  score_bins,
  trackerStep,
  trafficChange,
  warn_at,
  withRecent,
} from '@wheelhouse/core/learn';
import type { Ports, Tx } from '../ports.ts';
import { appendEvents } from '../store/events.ts';
import type { Place } from '../store/fan-out.ts';
import {
  type Arrived,
  arrivedBetween,
  checksByHour,
  lockWatches,
  saveWatches,
  type Watch,
} from '../store/watches.ts';
import { epochPlace } from './epoch-place.ts';

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
const kind = 'shiryaev_roberts';
const nameOf = ({ workspace_id, epoch_id, tier }: Place_of) =>
  `${workspace_id} ${epoch_id} ${tier}`;

/** Watches what passed (rule G46): spot checks for more errors than promised, which ends what is
 *  certified, and what came for a change, of the share that waits and of the scores (rule G73), which only
 *  has more of it looked at. Where errors are tracked each spot check moves the share to hold (rule G50);
 *  verdicts go by what it comes to once its epoch is looked at, under the gate's lock.
 *  @param corrected where a spot check that had been judged right turned out wrong: all of them are gone
 *  through anew there (rule G109), for those alone that were corrected are no sample of anything */
export async function watch(
  ports: Ports,
  tx: Tx,
  { from, to }: { from: Place; to: Place },
  checks: Checked[],
  corrected: Place_of[],
): Promise<void> {
  const arrived = await arrivedBetween(tx, from, to);
  const places = [...arrived, ...checks, ...corrected];
  if (!places.length) return;
  const watches = await lockWatches(
    tx,
    [...new Set(places.map(({ workspace_id }) => workspace_id))],
    [...new Set(places.map(({ epoch_id }) => epoch_id))],
  );
  const arrived_of = new Map(arrived.map((one) => [nameOf(one), one]));
  const anew = new Set(corrected.map(nameOf));
  const changed: ReturnType<typeof stepped>[] = [];
  for (const one of watches) {
    if (one.ended_at !== null) continue;
    const name = nameOf(one);
    const own = checks.filter((check) => nameOf(check) === name);
    const came = arrived_of.get(name);
    const again = anew.has(name)
      ? detectorAnew(kind, one.alpha, await checksByHour(tx, one))
      : null;
    if (own.length || came || again) changed.push(stepped(ports, one, own, came, again));
  }
  if (!changed.length) return;
  saveWatches(tx, changed);
  for (const one of changed) {
    if (!one.warned) continue;
    const { workspace_id, gate, epoch_id: id, tier, raised_check, warned } = one;
    const data = { ...epochPlace({ ...one, id }), tier, spot_check: raised_check, ...warned };
    const event: NewEvent = { type: 'gate.warned', subject: gate, data };
    appendEvents(tx, { workspace_id }, { id: 'system', kind: 'system' }, [event]);
  }
}

function stepped(
  ports: Ports,
  one: Watch,
  checks: Checked[],
  came: Arrived | undefined,
  again: ReturnType<typeof detectorAnew> | null,
) {
  const { certificate_id, blind } = one;
  let { detector, raised_check, tracker } = one;
  // At every step, and not at the end of a page: what comes after it does not take an alarm back.
  const limit = alarmLimit(one.spot_check, raised_check ?? 0);
  const isOver = () => detector !== null && detectorEvidence(detector) >= limit;
  let over = isOver();
  for (const { wrong, tracked } of checks) {
    if (tracked) {
      tracker &&= trackerStep(tracker, Number(wrong));
      continue;
    }
    detector = detectorStep(detector ?? detectorOf(kind, one.alpha), Number(wrong));
    over ||= isOver();
  }
  if (again) {
    // A correction never speaks for what is certified: it raises an alarm, and calls none off.
    over ||= again.most >= limit;
    const known = detector ? detectorEvidence(detector) : 0;
    if (detectorEvidence(again.detector) > known) detector = again.detector;
  }
  const scores = came?.scores ?? [];
  const recent = withRecent(one.recent, scores).slice(-keptOf(one));
  const { warned, ...monitors } = monitored(ports, one, came, recent);
  const alarm_due = (certificate_id !== null || blind) && over;
  if (warned) {
    raised_check = Math.max(raised_check ?? 0, raisedCheck(one.spot_check, one.alpha));
  }
  const arrived = one.arrived + scores.length;
  const used = came !== undefined;
  const { reference: _same, ...rest } = one;
  return {
    ...{ ...rest, ...monitors, detector, raised_check, tracker, recent, arrived },
    ...{ warned, alarm_due, used },
  };
}

const countOf = (counts: number[] | null | undefined) =>
  counts?.reduce((sum, n) => sum + n, 0) ?? 0;

/** Of the last scores so many are kept as errors may be tracked by, or as a warning tells of. */
const keptOf = ({ after_alarm }: Watch) => (after_alarm === 'track' ? most_recent : most_latest);

/** The share that waits and the scores after what came under a certificate, and what they warn of. Both
 *  are told of at once and once an epoch: what comes then is what it would be told of again and again. */
function monitored(ports: Ports, one: Watch, came: Arrived | undefined, recent: number[]) {
  const { monitor_cut: cut, reference } = one;
  let { monitor, score_monitor } = one;
  if (cut === null) return { monitor, score_monitor, warned: null };
  const over = new Set<string>();
  for (const [at, score] of (came?.scores ?? []).entries()) {
    if (!came?.certified[at]) continue;
    const chance = () => ports.chance.fraction();
    monitor &&= holdStep(monitor, score < cut, chance());
    score_monitor &&= monitorStep(score_monitor, binOf(score, score_bins), chance());
    if (monitor && monitorEvidence(monitor) >= warn_at) over.add('held');
    if (score_monitor && monitorEvidence(score_monitor) >= warn_at) over.add('scores');
  }
  const told = [...over].sort();
  if (!told.length) return { monitor, score_monitor, warned: null };
  const since = countOf(score_monitor?.seen) - countOf(reference);
  const change = reference && trafficChange(reference, recent.slice(-since), cut);
  return { monitor: null, score_monitor: null, warned: { by: told, ...change } };
}
