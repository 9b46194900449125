import { every_workspace } from '@wheelhouse/core';
import { binOf, score_bins } from '@wheelhouse/core/learn';
import type { Ports, Tx } from '../ports.ts';
import { cameBetween } from '../store/counts.ts';
import { endOfPage, moveReader, type Place, takeReader } from '../store/fan-out.ts';
import {
  type CheckChange,
  countHours,
  type Judged,
  judgedBetween,
  type LabelRow,
  saveLabels,
  type TallyChange,
  type TierChange,
} from '../store/labels.ts';
import { countOverridden, countOverrideChecks } from '../store/overrides.ts';
import { Batches } from './batches.ts';
import { countParts, isPromised, type Promised, placeOf } from './counts.ts';
import type { RulingsCache } from './definition.ts';
import { budgetWork } from './people-hours.ts';
import { type Checked, watch } from './watch.ts';

const reader = 'labels';
const page_size = 500;
/** Steps of score that the history tells apart. */
export const history_bins = 20;

/** Counts what people judged at guaranteed gates, each output exactly once (rule G42): the place in the
 *  log moves in the transaction that counts what it passed, and what was counted of an output is kept,
 *  so that a decision that is undone or corrected is counted as it stands now. One server has the turn at a time.
 *  @returns how many events were passed, or `soon` while an older transaction hides the next */
export const tallyLabels = (ports: Ports, rulings: RulingsCache): Promise<number | 'soon'> =>
  ports.database.transact(every_workspace, async (tx) => {
    const from = await takeReader(tx, reader);
    const to = from && (await endOfPage(tx, from, page_size));
    if (!from || !to) return 0;
    if (!to.count) return 'soon';
    const came = (await cameBetween(tx, from, to)).filter(isPromised);
    const changed = await changedBetween(tx, from, to);
    const asked = came.filter(({ awaited }) => awaited).map((one) => ({ ...one, ...placeOf(one) }));
    const batches = await Batches.take(tx, asked, changed.map(placeOf));
    countLabels(tx, changed, batches);
    await countParts(
      tx,
      came,
      changed.map((row) => ({ ...row, ...changeOf(row) })),
      batches,
    );
    await watch(ports, tx, { from, to }, firstChecks(changed), correctedChecks(changed));
    countHours(tx, from, to, history_bins);
    countOverridden(tx, from, to);
    await budgetWork(rulings, tx, from, to);
    moveReader(tx, reader, to);
    return to.count;
  });

/** @returns outputs whose label changed */
const changedBetween = async (tx: Tx, from: Place, to: Place): Promise<Promised<Judged>[]> =>
  (await judgedBetween(tx, from, to)).filter(isPromised).filter((row) => {
    const now = labelOf(row);
    return now.wrong !== row.was_wrong || now.unjudged !== row.was_unjudged;
  });

function countLabels(tx: Tx, changed: Promised<Judged>[], batches: Batches): void {
  if (!changed.length) return;
  const kept = changed.map(toRow);
  saveLabels(tx, { kept, ...sums(changed, batches), checks: checksBy(changed) });
  const overridden = changed.flatMap((row) => {
    const { override_id: id } = row.promise;
    return id ? [{ workspace_id: row.workspace_id, id, ...changeOf(row) }] : [];
  });
  if (overridden.length) countOverrideChecks(tx, overridden);
}

/** A spot check of what passed by an override says nothing of what passes by the promise. */
const checksPromise = ({ spot_checked, promise }: Promised<Judged>): boolean =>
  spot_checked && promise.override_id === undefined;

/** Spot checks that were judged for the first time, as they were. */
const firstChecks = (changed: Promised<Judged>[]): Checked[] =>
  changed.filter((row) => checksPromise(row) && row.was_wrong === null).map(toRow);

/** Where one that had been judged right turned out wrong, and had passed by a certificate. */
const correctedChecks = (changed: Promised<Judged>[]) =>
  changed.map(toRow).filter(({ spot_check, tracked, wrong }, at) => {
    return spot_check && !tracked && wrong && changed[at]?.was_wrong === false;
  });

/** What a case says of its output. One that ended without a judgement counts as wrong: were it left out,
 *  what is hard to judge would vanish from the evidence. So does one whose judgement was taken back, until
 *  there is another (rule G110): what all were approved for would else stay proven by those that are left. */
function labelOf(row: Judged): { wrong: boolean; unjudged: boolean } {
  if (row.state === 'cancelled' || !row.resolved) return { wrong: true, unjudged: true };
  return { wrong: row.agreed !== true, unjudged: row.agreed === null };
}

/** What a row's label adds to what was counted of it, or takes from that. */
function changeOf(row: Judged) {
  const now = labelOf(row);
  return {
    labelled: Number(row.was_wrong === null),
    wrong: Number(now.wrong) - Number(row.was_wrong ?? false),
    unjudged: Number(now.unjudged) - Number(row.was_unjudged ?? false),
  };
}

function toRow(row: Promised<Judged>): LabelRow {
  const { workspace_id, output_id, promise } = row;
  return {
    workspace_id,
    output_id,
    epoch_id: promise.epoch_id,
    tier: promise.tier,
    phase: promise.phase,
    bin: binOf(promise.score, score_bins),
    weight: promise.weight,
    spot_check: checksPromise(row),
    // A correction is of the hour that was corrected: what was seen of the past stays where it was.
    hour: checksPromise(row) ? (row.was_hour ?? row.hour) : null,
    tracked: promise.certificate_id === null,
    ...labelOf(row),
  };
}

/** What the changed labels add to their tallies and tiers, each of which is named once. */
function sums(
  changed: Promised<Judged>[],
  batches: Batches,
): { tallies: TallyChange[]; tiers: TierChange[] } {
  const tallies = new Map<string, TallyChange>();
  const tiers = new Map<string, TierChange>();
  for (const row of changed) {
    const { spot_check, wrong: _w, unjudged: _u, output_id: _o, hour: _h, ...counted } = toRow(row);
    const { tracked, ...place } = counted;
    const { workspace_id, epoch_id, tier, phase, bin, weight } = place;
    const { labelled: n, wrong, unjudged } = changeOf(row);
    const name = [workspace_id, epoch_id, tier].join(' ');
    const batch = batches.at(place, row);
    const tally_name = [name, phase, bin, weight, batch].join(' ');
    const tally = tallies.get(tally_name) ?? { ...place, batch, wrong: 0, n: 0, waiting: 0 };
    // What got its label waits for none any more.
    const sums = { wrong: tally.wrong + wrong, n: tally.n + n, waiting: tally.waiting - n };
    tallies.set(tally_name, { ...tally, ...sums });
    const sum = tiers.get(name) ?? { workspace_id, epoch_id, tier, ...nothing };
    tiers.set(name, {
      ...sum,
      labelled: sum.labelled + n,
      wrong: sum.wrong + wrong,
      unjudged: sum.unjudged + unjudged,
      checks: sum.checks + (spot_check && !tracked ? n : 0),
      checks_wrong: sum.checks_wrong + (spot_check && !tracked ? wrong : 0),
      tracked_checks: sum.tracked_checks + (spot_check && tracked ? n : 0),
      tracked_wrong: sum.tracked_wrong + (spot_check && tracked ? wrong : 0),
      retracted: sum.retracted || row.was_wrong !== null,
    });
  }
  return { tallies: [...tallies.values()], tiers: [...tiers.values()] };
}

/** What they add to the spot checks of each hour. One that no hour has yet is new to it. */
function checksBy(changed: Promised<Judged>[]): CheckChange[] {
  const hours = new Map<string, CheckChange>();
  for (const row of changed) {
    const { workspace_id, epoch_id, tier, hour, tracked } = toRow(row);
    if (hour === null) continue;
    const now = labelOf(row);
    const was = row.was_hour !== null;
    const n = Number(!was);
    const wrong = Number(now.wrong) - Number(was && row.was_wrong === true);
    const name = [workspace_id, epoch_id, tier, hour, tracked].join(' ');
    const sum = hours.get(name) ?? {
      ...{ workspace_id, epoch_id, tier, hour, tracked },
      ...{ n: 0, wrong: 0 },
    };
    hours.set(name, { ...sum, n: sum.n + n, wrong: sum.wrong + wrong });
  }
  return [...hours.values()];
}

const nothing = {
  labelled: 0,
  wrong: 0,
  unjudged: 0,
  checks: 0,
  checks_wrong: 0,
  tracked_checks: 0,
  tracked_wrong: 0,
  retracted: false,
};
