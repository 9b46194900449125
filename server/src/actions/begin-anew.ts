import { type Scope, tiersOf } from '@wheelhouse/core';
import {
  beginAnewFrom,
  type CountedTally,
  decisionsFor,
  firstBlock,
  isLeft,
  type OperationalCertificate,
} from '@wheelhouse/core/learn';
import type { Ports, Tx } from '../ports.ts';
import { saveAlarmCase } from '../store/alarms.ts';
import type { TierRow } from '../store/certificates.ts';
import { type EpochRow, endTiers, lockToEnd } from '../store/epochs.ts';
import { carryHead } from '../store/heads.ts';
import { labelsOfLate } from '../store/labels.ts';
import { begin } from './standing.ts';

/** Begins the proof of a tier anew where what was judged of late would prove it by itself, and what was
 *  before holds it up (rule G95): in an epoch of its own, of what comes from here on, with the part of
 *  delta that is left for it. Only where nothing is certified; what is tracked, and that it is alarmed,
 *  goes on.
 *  @returns whether it did, and at how many decisions that is asked again */
export async function beginAnew(
  ports: Ports,
  tx: Tx,
  scope: Scope,
  epoch: EpochRow,
  tier: TierRow & { starts: number[] },
  { look, tallies }: { look: OperationalCertificate; tallies: CountedTally[] },
): Promise<{ begun: boolean; anew_at: number }> {
  const { alpha, delta, labelled, anew_at } = tier;
  const attempt = tier.attempt + 1;
  const target = { alpha, delta };
  const certified = tier.certificate_id !== null || look.bin !== null;
  const watched = !tier.blind && tier.unwatched_at === null;
  if (certified || !watched || labelled < anew_at || !isLeft(target, attempt)) {
    return { begun: false, anew_at };
  }
  const first = firstBlock(target, attempt);
  const recent = await labelsOfLate(tx, scope, tier, first);
  const needed = decisionsFor(look.needed, tier.starts, tallies);
  const starts = beginAnewFrom(recent, target, attempt, needed);
  if (!starts) return { begun: false, anew_at: labelled + Math.ceil(first / 4) };
  await lockToEnd(tx, scope, epoch.gate);
  const { id, began_at: _b, ended_at: _e, why_ended: _w, ...version } = epoch;
  await endTiers(tx, scope, id, [tier.tier], 'begun_anew');
  saveAlarmCase(tx, scope, tier, null);
  const { alarmed_at, proves_since, raised_check, tracker, tracked, recent: scores } = tier;
  const goes_on = { alarmed_at, proves_since, raised_check, tracker, tracked, recent: scores };
  const { ask_at, alarm_case_id } = tier;
  // One that is of all is still that, where it has this tier alone.
  const part = tiersOf(version.terms).length === 1 ? version.part : tier.tier;
  begin(
    ports,
    tx,
    scope,
    [{ ...version, part }],
    { ...goes_on, ask_at, alarm_case_id, starts, attempt },
    { why: 'begun_anew', attempt, replaces: id, labelled, wrong: tier.wrong },
  );
  carryHead(tx, scope, id);
  return { begun: true, anew_at };
}
