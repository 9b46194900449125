import {
  alarmLimit,
  binOf,
  type Calm,
  detectorAnew,
  detectorEvidence,
  detectorOf,
  detectorStep,
  holdStep,
  isCalm,
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
    const { workspace_id, gate, epoch_id: id, tier, raised_check, warned, calmed } = one;
    const place = { ...epochPlace({ ...one, id }), tier };
    const warning = { ...place, spot_check: raised_check, ...warned };
    const calming = { ...place, spot_check: one.spot_check, ...calmed };
    appendEvents(tx, { workspace_id }, { id: 'system', kind: 'system' }, [
      ...(warned ? [{ type: 'gate.warned', subject: gate, data: warning } as const] : []),
      ...(calmed ? [{ type: 'gate.calmed', subject: gate, data: calming } as const] : []),
    ]);
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
  let calm = calmFrom(one);
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
    calm &&= { ...calm, n: calm.n + 1, wrong: calm.wrong + Number(wrong) };
  }
  if (again) {
    // A correction never speaks for what is certified: it raises an alarm, and calls none off.
    over ||= again.most >= limit;
    const known = detector ? detectorEvidence(detector) : 0;
    if (detectorEvidence(again.detector) > known) detector = again.detector;
    calm &&= { ...calm, n: 0, wrong: 0 };
  }
  const scores = came?.scores ?? [];
  const recent = withRecent(one.recent, scores).slice(-keptOf(one));
  const { warned, ...monitors } = monitored(ports, one, came, recent);
  const alarm_due = (certificate_id !== null || blind) && over;
  if (warned) {
    raised_check = Math.max(raised_check ?? 0, raisedCheck(one.spot_check, one.alpha));
    calm = null;
  }
  const evidence = detector === null ? 0 : detectorEvidence(detector);
  const calmed =
    calm && !over && isCalm(calm, one.alpha, evidence)
      ? { checks: calm.n, wrong: calm.wrong }
      : null;
  if (calmed) [raised_check, calm] = [null, null];
  const arrived = one.arrived + scores.length;
  const used = came !== undefined;
  const { reference: _same, ...rest } = one;
  return {
    ...{ ...rest, ...monitors, detector, raised_check, calm, tracker, recent, arrived },
    ...{ warned, calmed, alarm_due, used },
  };
}

/** Counted anew from each certificate on: as long as the threshold moves, more is looked at for it. */
const calmFrom = ({ raised_check, certificate_id, calm }: Watch): Calm | null => {
  if (raised_check === null || certificate_id === null) return null;
  return calm?.certificate_id === certificate_id ? calm : { certificate_id, n: 0, wrong: 0 };
};

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
