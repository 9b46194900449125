import {
  type Certificate,
  every_workspace,
  type NewEvent,
  type PromiseTerms,
  type Scope,
  systemOf,
} from '@wheelhouse/core';
import {
  backed,
  certifyCounted,
  holdMonitor,
  isUnlikely,
  type OperationalCertificate,
  raisedCheck,
  score_bins,
  scoreMonitor,
  startsFrom,
  startsOf,
  thresholdOf,
  trackedThreshold,
  trackerFrom,
} from '@wheelhouse/core/learn';
import type { Ports, Tx } from '../ports.ts';
import {
  endCertificate,
  issueCertificate,
  lockStaleTiers,
  saveLook,
  staleEpochs,
  type TierRow,
} from '../store/certificates.ts';
import { binsOf } from '../store/counts.ts';
import { type EpochRow, endTiers, lockEpoch, lockToEnd } from '../store/epochs.ts';
import { appendEvents } from '../store/events.ts';
import { carryHead } from '../store/heads.ts';
import { talliesIn } from '../store/labels.ts';
import { beginMonitors } from '../store/watches.ts';
import { askAtFor } from './alarm-case.ts';
import { beginAnew } from './begin-anew.ts';
import { epochPlace } from './epoch-place.ts';
import { withHead } from './head.ts';
import { endOverride } from './override.ts';
import { begin, labelsNeeded } from './standing.ts';

/** Epochs of every workspace whose labels changed since they were looked at. */
export const epochsToCertify = (ports: Ports) =>
  ports.database.transact(every_workspace, async (tx) => {
    const rows = await staleEpochs(tx, 100);
    return [...new Map(rows.map((row) => [`${row.workspace_id} ${row.epoch_id}`, row])).values()];
  });

/** Looks at the labels of an epoch: fixes where to begin, certifies what is proven, and ends what its
 *  labels bear no more (rules G45 to G47). One server at a time.
 *  @returns whether it looked */
export const certifyEpoch = (ports: Ports, scope: Scope, epoch_id: string): Promise<boolean> =>
  ports.database.transact(scope, async (tx) => {
    const epoch = await lockEpoch(tx, scope, epoch_id);
    if (!epoch) return false;
    const tiers = await lockStaleTiers(tx, scope, epoch_id);
    const open = tiers.filter(({ ended_at }) => !epoch.ended_at && !ended_at);
    const alarmed = open.filter(({ alarm_due }) => alarm_due);
    // What may end a live certificate, or moves a threshold, waits for the verdicts that go by it.
    const may_end = ({ certificate_id, retracted, blind, tracker }: TierRow) =>
      tracker !== null || (certificate_id !== null && (retracted || blind));
    if (alarmed.length || open.some(may_end)) await lockToEnd(tx, scope, epoch.gate);
    if (alarmed.length) {
      await endByAlarm(ports, tx, scope, epoch, alarmed);
      await endOverride(tx, scope, epoch.gate, systemOf(scope.workspace_id), 'alarmed');
    }
    const standing = open.filter(({ alarm_due }) => !alarm_due);
    for (const tier of tiers) if (!standing.includes(tier)) saveLook(tx, scope, tier);
    const found = await withHead(ports, tx, scope, epoch, standing);
    for (const tier of found.tiers) {
      await lookAt(ports, tx, scope, epoch, tier, found.learns);
    }
    return tiers.length > 0;
  });

/** More was wrong than promised (rule G46): everything of these tiers is held or, where the policy says
 *  so, the surest passes while errors are tracked (rule G50). What comes from here on proves it anew, each in an epoch of its own with the same part of delta. The others keep theirs: each
 *  is watched by itself. Needs the gate held alone. */
async function endByAlarm(
  ports: Ports,
  tx: Tx,
  scope: Scope,
  epoch: EpochRow,
  alarmed: TierRow[],
): Promise<void> {
  const { id, began_at: _b, ended_at: _e, why_ended: _w, ...version } = epoch;
  const { gate } = version;
  const tiers = alarmed.map(({ tier }) => tier);
  const ended = await endTiers(tx, scope, id, tiers, 'alarmed');
  const follows = new Map(alarmed.map((tier) => [tier, followed(version.terms, tier)]));
  for (const [tier, follow] of follows) {
    const ask_at = await askAtFor(tx, scope, epoch, tier);
    const raised_check = raisedCheck(version.terms.spot_check, tier.alpha);
    const part = tier.tier;
    const since = { alarmed_at: tx.now, proves_since: tx.now, ask_at, alarm_case_id: null };
    const follows = { starts: null, attempt: 1, raised_check, ...since, ...follow };
    begin(ports, tx, scope, [{ ...version, part }], follows);
  }
  carryHead(tx, scope, id);
  appendEvents(tx, scope, systemOf(scope.workspace_id), [
    ...[...follows].map(([{ tier, checks, checks_wrong }, { tracked }]): NewEvent => {
      const passes = tracked === null ? {} : { tracked };
      const data = { ...epochPlace(epoch), tier, checks, wrong: checks_wrong, ...passes };
      return { type: 'gate.alarmed', subject: gate, data };
    }),
    ...ended.map(({ id: certificate_id, tier }): NewEvent => {
      const data = { ...epochPlace(epoch), tier, certificate_id, why: 'alarmed' };
      return { type: 'gate.expired', subject: gate, data };
    }),
  ]);
}

/** What follows the errors of a tier from the threshold that an alarm ended. */
function followed({ after_alarm }: PromiseTerms, { threshold, recent, alpha }: TierRow) {
  const tracks = after_alarm === 'track' && threshold !== null && recent.length > 0;
  const tracker = tracks ? trackerFrom(threshold, recent, alpha) : null;
  return { recent, tracker, tracked: trackedBy({ tracker, recent, blind: false }) };
}

const trackedBy = ({ tracker, recent, blind }: Pick<TierRow, 'tracker' | 'recent' | 'blind'>) =>
  blind ? null : tracker && trackedThreshold(tracker.threshold, recent);

async function lookAt(
  ports: Ports,
  tx: Tx,
  scope: Scope,
  epoch: EpochRow,
  tier: TierRow,
  learns: boolean,
): Promise<void> {
  const starts =
    tier.starts ?? startsOf(await talliesIn(tx, scope, tier.epoch_id, tier.tier, 'design'), tier);
  if (!starts) {
    const needed = await neededToBegin(tx, scope, tier, learns);
    saveLook(tx, scope, { ...tier, needed, tracked: trackedBy(tier) });
    return;
  }
  const tallies = await talliesIn(tx, scope, tier.epoch_id, tier.tier, 'test');
  const proves = backed(certifyCounted(tallies, { ...tier, starts }), tallies, starts);
  const seen = { look: proves, tallies };
  const { begun, anew_at } = await beginAnew(ports, tx, scope, epoch, { ...tier, starts }, seen);
  if (begun) {
    saveLook(tx, scope, { ...tier, starts, needed: proves.needed });
    return;
  }
  // What nobody watches passes nothing, and is certified again by what it proved once somebody does.
  const look = tier.blind ? { ...proves, bin: null, threshold: null } : proves;
  const certificate_id =
    look.threshold === tier.threshold
      ? tier.certificate_id
      : replace(ports, tx, scope, epoch, tier, look);
  if (certificate_id && !tier.certificate_id && look.threshold !== null) {
    await beginWatch(tx, scope, tier, look.threshold);
  }
  saveLook(tx, scope, {
    ...tier,
    starts,
    proven: look.proven,
    needed: look.needed,
    threshold: look.threshold,
    certificate_id,
    alarmed_at: certificate_id ? null : tier.alarmed_at,
    tracker: certificate_id ? null : tier.tracker,
    tracked: certificate_id ? null : trackedBy(tier),
    anew_at,
    unlikely: proves.bin === null && isUnlikely(proves.evidence, starts, tier.alpha),
  });
}

/** What a proof needs whose beginning is not fixed yet, as if that were where all labels put it now. Told
 *  by what those that only tell where to begin leave, it fell to nearly none, and rose by fifty (at 5%, a
 *  hundred and fifty at 2%) once it was fixed: what scores under it is no evidence. Nothing is fixed or
 *  proven by this, so that labels which are evidence may be looked at. */
async function neededToBegin(
  tx: Tx,
  scope: Scope,
  tier: TierRow,
  learns: boolean,
): Promise<number> {
  // What was wrong proves nothing, so that it is no step on the way.
  const left = Math.max(1, labelsNeeded(tier, learns) - (tier.labelled - tier.wrong));
  // While agreement is learned a score says nothing of where it will begin.
  if (learns || tier.labelled === 0) return left;
  const test = await talliesIn(tx, scope, tier.epoch_id, tier.tier, 'test');
  const design = await talliesIn(tx, scope, tier.epoch_id, tier.tier, 'design');
  const starts = startsFrom([...design, ...test], tier);
  return Math.max(left, certifyCounted(test, { ...tier, starts }).needed);
}

/** Watches from the first certificate on how many come under its threshold, and how sure the AI is,
 *  against all that came before, whether people judged it or not. */
async function beginWatch(tx: Tx, scope: Scope, tier: TierRow, cut: number): Promise<void> {
  const reference = new Array<number>(score_bins).fill(0);
  const count = { held: 0, passed: 0 };
  for (const { bin, n } of await binsOf(tx, scope, tier.epoch_id, tier.tier)) {
    reference[bin] = n;
    count[thresholdOf(bin, score_bins) < cut ? 'held' : 'passed'] += n;
  }
  if (count.held + count.passed === 0) return;
  const monitors = { held: holdMonitor(count), scores: scoreMonitor(reference) };
  beginMonitors(tx, scope, tier, { cut, reference, ...monitors });
}

/** Ends the certificate there is, and issues the one that the labels bear now.
 *  @returns its id, or null where they bear none */
function replace(
  ports: Ports,
  tx: Tx,
  scope: Scope,
  epoch: EpochRow,
  { tier, alpha, delta, certificate_id: former, threshold: was, blind }: TierRow,
  { bin, threshold, evidence }: OperationalCertificate,
): string | null {
  const found = bin === null ? undefined : evidence[bin];
  const tighter = former !== null && (threshold === null || threshold > (was ?? 0));
  const lost = blind ? 'unwatched' : 'labels_changed';
  const why: Certificate['why_ended'] = tighter ? lost : 'replaced';
  if (former) endCertificate(tx, scope, former, why);
  const id = found ? ports.makeId('certificate', tx.now) : null;
  const { gate, id: epoch_id } = epoch;
  const place = { ...epochPlace(epoch), tier };
  const events: NewEvent[] = [];
  if (tighter || !id) {
    const data = { ...place, certificate_id: former, why };
    events.push({ type: 'gate.expired', subject: gate, data });
  }
  if (id && found && threshold !== null) {
    const { labelled, wrong, share, e_value, e_needed } = found;
    const shown = { threshold, alpha, delta, labelled, wrong, share };
    issueCertificate(tx, scope, { ...{ id, gate, epoch_id, tier }, ...shown, e_value, e_needed });
    const data = { ...place, certificate_id: id, ...shown };
    const replaces = former ? { replaces: former, was } : {};
    events.push({ type: 'gate.certified', subject: gate, data: { ...data, ...replaces } });
  }
  appendEvents(tx, scope, systemOf(scope.workspace_id), events);
  return id;
}
