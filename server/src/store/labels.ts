import type { Scope } from '@wheelhouse/core';
import { type CountedTally, type RecentTally, recent_blocks } from '@wheelhouse/core/learn';
import type { Tx } from '../ports.ts';
import { type CountedOutput, counted_columns } from './counts.ts';
import type { Place } from './fan-out.ts';
import { statement } from './statement.ts';

export interface Judged extends CountedOutput {
  output_id: string;
  spot_checked: boolean;
  state: string;
  /** Whether there is a resolution that stands. */
  resolved: boolean;
  agreed: boolean | null;
  /** What was counted of it before; null where nothing was. */
  was_wrong: boolean | null;
  was_unjudged: boolean | null;
  /** The hour of what happened last, and the one that it was counted in as a spot check. */
  hour: string;
  was_hour: string | null;
  /** The place in the log at which it came. */
  xid: string;
  seq: number;
}
// Each case as it stands now, not as the event found it: what happens to it later has its own event.
const judged = statement(
  'labels.judged_between',
  `with touched as (
     select workspace_id, subject, min(seq) as seq, date_trunc('hour', max(at)) as hour from events
     where (xid, seq) > ($1::text::xid8, $2) and (xid, seq) <= ($3::text::xid8, $4)
       and type in ('case.resolved', 'case.undone', 'case.corrected', 'case.cancelled')
     group by 1, 2)
   select o.workspace_id, o.id as output_id, o.promise, o.spot_checked, c.state, ${counted_columns},
     r.id is not null as resolved, r.agreed, l.wrong as was_wrong, l.unjudged as was_unjudged,
     t.hour, l.hour as was_hour, s.xid::text as xid, s.seq
   from touched t
   join cases c on c.workspace_id = t.workspace_id and c.id = t.subject
   join outputs o on o.workspace_id = c.workspace_id and o.id = c.output_id and o.promise is not null
   left join resolutions r on r.workspace_id = c.workspace_id and r.case_id = c.id and r.standing
   left join gate_labels l on l.workspace_id = o.workspace_id and l.output_id = o.id
   cross join lateral (
     select xid, seq from events e where e.workspace_id = o.workspace_id and e.subject = o.id
     order by e.seq limit 1) s
   order by t.seq`,
);
/** Outputs of guaranteed gates whose cases were decided, undone, corrected or cancelled between two
 *  places in the log. Jobs only. */
export const judgedBetween = (tx: Tx, from: Place, to: Place) =>
  tx.query<Judged>(judged, [from.xid, from.seq, to.xid, to.seq]);

export interface LabelRow {
  workspace_id: string;
  output_id: string;
  epoch_id: string;
  tier: string;
  phase: string;
  bin: number;
  weight: number;
  spot_check: boolean;
  wrong: boolean;
  unjudged: boolean;
  /** That it is counted in, of a spot check. */
  hour: string | null;
  /** It passed where errors were tracked, under no certificate. */
  tracked: boolean;
}
/** What a page of labels adds to a tally, or takes from it. */
export type TallyChange = Pick<
  LabelRow,
  'workspace_id' | 'epoch_id' | 'tier' | 'phase' | 'bin' | 'weight'
> & { batch: number; wrong: number; n: number; waiting: number };
/** What it adds to the spot checks of an hour, or takes from them. */
export type CheckChange = Pick<LabelRow, 'workspace_id' | 'epoch_id' | 'tier' | 'tracked'> & {
  hour: string;
  n: number;
  wrong: number;
};
export interface TierChange {
  workspace_id: string;
  epoch_id: string;
  tier: string;
  labelled: number;
  wrong: number;
  unjudged: number;
  checks: number;
  checks_wrong: number;
  tracked_checks: number;
  tracked_wrong: number;
  retracted: boolean;
}

// The ids stand beside the records so that every plan goes by their keys.
const save = statement(
  'labels.save',
  `with kept as (
     insert into gate_labels (workspace_id, output_id, epoch_id, tier, phase, bin, weight, spot_check,
       wrong, unjudged, hour)
     select workspace_id, output_id, epoch_id, tier, phase, bin, weight, spot_check, wrong, unjudged, hour
     from jsonb_to_recordset($1) as l (workspace_id text, output_id text, epoch_id text, tier text,
       phase text, bin int, weight float8, spot_check boolean, wrong boolean, unjudged boolean,
       hour timestamptz)
     on conflict (workspace_id, output_id) do update
       set wrong = excluded.wrong, unjudged = excluded.unjudged, hour = excluded.hour),
   checked as (
     insert into gate_check_hours (workspace_id, epoch_id, tier, hour, tracked, n, wrong)
     select workspace_id, epoch_id, tier, hour, tracked, n, wrong
     from jsonb_to_recordset($7) as c (workspace_id text, epoch_id text, tier text, hour timestamptz,
       tracked boolean, n int, wrong int)
     on conflict (workspace_id, epoch_id, tier, hour, tracked) do update
       set n = gate_check_hours.n + excluded.n, wrong = gate_check_hours.wrong + excluded.wrong),
   tallied as (
     insert into gate_tallies (workspace_id, epoch_id, tier, phase, bin, weight, batch, wrong, n, waiting)
     select workspace_id, epoch_id, tier, phase, bin, weight, batch, wrong, n, waiting
     from jsonb_to_recordset($2) as t (workspace_id text, epoch_id text, tier text, phase text,
       bin int, weight float8, batch int, wrong int, n int, waiting int)
     on conflict (workspace_id, epoch_id, tier, phase, bin, weight, batch) do update
       set wrong = gate_tallies.wrong + excluded.wrong, n = gate_tallies.n + excluded.n,
         waiting = gate_tallies.waiting + excluded.waiting)
   update gate_tiers g set labelled = g.labelled + t.labelled, wrong = g.wrong + t.wrong,
     unjudged = g.unjudged + t.unjudged, checks = g.checks + t.checks,
     checks_wrong = g.checks_wrong + t.checks_wrong,
     tracked_checks = g.tracked_checks + t.tracked_checks,
     tracked_wrong = g.tracked_wrong + t.tracked_wrong, stale_at = coalesce(g.stale_at, $6),
     retracted = g.retracted or t.retracted
   from jsonb_to_recordset($3) as t (workspace_id text, epoch_id text, tier text, labelled int,
     wrong int, unjudged int, checks int, checks_wrong int, tracked_checks int, tracked_wrong int,
     retracted boolean)
   where g.workspace_id = any($4::text[]) and g.epoch_id = any($5::text[])
     and g.workspace_id = t.workspace_id and g.epoch_id = t.epoch_id and g.tier = t.tier`,
);
export const saveLabels = (
  tx: Tx,
  changes: {
    kept: LabelRow[];
    tallies: TallyChange[];
    tiers: TierChange[];
    checks: CheckChange[];
  },
) =>
  tx.write(save, [
    JSON.stringify(changes.kept),
    JSON.stringify(changes.tallies),
    JSON.stringify(changes.tiers),
    [...new Set(changes.tiers.map(({ workspace_id }) => workspace_id))],
    [...new Set(changes.tiers.map(({ epoch_id }) => epoch_id))],
    tx.now,
    JSON.stringify(changes.checks),
  ]);

const add_waiting = statement(
  'labels.add_waiting',
  `insert into gate_tallies as t (workspace_id, epoch_id, tier, phase, bin, weight, batch, wrong, n, waiting)
   select workspace_id, epoch_id, tier, phase, bin, weight, batch, 0, 0, count(*)
   from jsonb_to_recordset($1) as w (workspace_id text, epoch_id text, tier text, phase text, bin int,
     weight float8, batch int) group by 1, 2, 3, 4, 5, 6, 7
   on conflict (workspace_id, epoch_id, tier, phase, bin, weight, batch) do update
     set waiting = t.waiting + excluded.waiting`,
);
/** Counts outputs that people are asked about and have not judged. @param rows one of each */
export const addWaiting = (tx: Tx, rows: Omit<TallyChange, 'wrong' | 'n' | 'waiting'>[]) =>
  tx.write(add_waiting, [JSON.stringify(rows)]);

const count_hours = statement(
  'labels.count_hours',
  `insert into gate_hours as h (workspace_id, gate, hour, epoch_id, tier, bin, passed, held, checked)
   select workspace_id, data->>'gate', date_trunc('hour', at), data->'promise'->>'epoch_id',
     data->'promise'->>'tier', least($5::int - 1, floor((data->'promise'->>'score')::float8 * $5)::int),
     count(*) filter (where data->>'verdict' = 'pass'),
     count(*) filter (where data->>'verdict' = 'hold'),
     count(*) filter (where data->>'spot_checked' = 'true')
   from events where (xid, seq) > ($1::text::xid8, $2) and (xid, seq) <= ($3::text::xid8, $4)
     and type = 'output.submitted' and data ? 'promise' group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6
   on conflict (workspace_id, gate, hour, epoch_id, tier, bin) do update
     set passed = h.passed + excluded.passed, held = h.held + excluded.held,
       checked = h.checked + excluded.checked`,
);
/** Counts verdicts by hour and score. @param bins steps of score that they are told apart in */
export const countHours = (tx: Tx, from: Place, to: Place, bins: number) =>
  tx.write(count_hours, [from.xid, from.seq, to.xid, to.seq, bins]);

const tallies = statement(
  'labels.tallies',
  `select bin, weight, batch, wrong, n, waiting from gate_tallies
   where workspace_id = $1 and epoch_id = $2 and tier = $3 and phase = $4
   order by batch, bin, weight`,
);
export const talliesIn = (tx: Tx, scope: Scope, epoch_id: string, tier: string, phase: string) =>
  tx.query<CountedTally>(tallies, [scope.workspace_id, epoch_id, tier, phase]);

// In the order of their outputs, which is that of their ids.
const of_late = statement(
  'labels.of_late',
  `select bin, weight, block, (count(*) filter (where wrong))::int as wrong, count(*)::int as n
   from (
     select bin, weight, wrong,
       greatest(0, ceil(ln(row_number() over (order by output_id desc)::float8 / $4) / ln($5::float8)))::int
         as block
     from gate_labels where workspace_id = $1 and epoch_id = $2 and tier = $3 and phase <> 'head'
     order by output_id desc limit $6) l
   group by bin, weight, block order by block, bin, weight`,
);
/** What was judged of the newest outputs of a tier. @param first outputs in the first block */
export const labelsOfLate = (
  tx: Tx,
  scope: Scope,
  { epoch_id, tier }: Pick<LabelRow, 'epoch_id' | 'tier'>,
  first: number,
) => {
  const { growth, most } = recent_blocks;
  const given = [scope.workspace_id, epoch_id, tier, first, growth, most];
  return tx.query<RecentTally>(of_late, given);
};

export interface HourRow {
  at: string;
  bin: number;
  passed: number;
  held: number;
  checked: number;
}
const history = statement(
  'labels.history',
  `select date_trunc($5, hour) as at, bin, sum(passed)::int as passed, sum(held)::int as held,
     sum(checked)::int as checked
   from gate_hours where workspace_id = $1 and gate = $2 and hour >= $3 and hour < $4
   group by 1, 2 order by 1, 2`,
);
/** Verdicts of a gate by time and score. @param by `hour` or `day` */
export const historyOf = (
  tx: Tx,
  scope: Scope,
  gate: string,
  { from, to, by }: { from: string; to: string; by: string },
) => tx.query<HourRow>(history, [scope.workspace_id, gate, from, to, by]);

export interface CheckedRow {
  epoch_id: string;
  tier: string;
  tracked: boolean;
  at: string;
  n: number;
  wrong: number;
}
const checked = statement(
  'labels.checked',
  `select epoch_id, tier, tracked, at, n, wrong from (
     select epoch_id, tier, tracked, date_trunc($5, hour) as at, max(hour) as last,
       (sum(sum(n)) over so_far)::int as n, (sum(sum(wrong)) over so_far)::int as wrong
     from gate_check_hours where workspace_id = $1 and epoch_id = any($2::text[]) and hour < $4
     group by 1, 2, 3, 4
     window so_far as (partition by epoch_id, tier, tracked order by date_trunc($5, hour))) as sums
   where last >= $3 order by epoch_id, tier, at, tracked`,
);
/** Spot checks of epochs by time, each time with all before it. @param by `hour` or `day` */
export const checkedOf = (
  tx: Tx,
  scope: Scope,
  epoch_ids: string[],
  { from, to, by }: { from: string; to: string; by: string },
) => tx.query<CheckedRow>(checked, [scope.workspace_id, epoch_ids, from, to, by]);
