import type { OutputPromise, Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import type { Place } from './fan-out.ts';
import { statement } from './statement.ts';

/** An output as its gate's counts know it. */
export interface CountedOutput {
  workspace_id: string;
  promise: OutputPromise | null;
  groups: Record<string, string> | null;
  passed: boolean;
  /** The day (UTC) that it came, as `2026-01-31`. */
  day: string;
}
export const counted_columns = `o.groups, o.verdict = 'pass' as passed,
  to_char(o.created_at at time zone 'UTC', 'YYYY-MM-DD') as day`;

const came = statement(
  'counts.came_between',
  `select e.workspace_id, o.promise, o.verdict = 'hold' or o.spot_checked as awaited,
     e.xid::text as xid, e.seq, ${counted_columns}
   from events e
   join outputs o on o.workspace_id = e.workspace_id and o.id = e.subject and o.promise is not null
   where (e.xid, e.seq) > ($1::text::xid8, $2) and (e.xid, e.seq) <= ($3::text::xid8, $4)
     and e.type = 'output.submitted' and e.data ? 'promise' order by e.xid, e.seq`,
);
/** Outputs that guaranteed gates judged, between two places in the log. Jobs only. */
export const cameBetween = (tx: Tx, from: Place, to: Place) =>
  tx.query<CountedOutput & Place & { awaited: boolean }>(came, [
    from.xid,
    from.seq,
    to.xid,
    to.seq,
  ]);

/** How many are counted, or taken back. */
interface Counts {
  n: number;
  labelled: number;
  wrong: number;
}
interface OfEpoch {
  workspace_id: string;
  epoch_id: string;
}
export interface GroupName extends OfEpoch {
  attribute: string;
  value: string;
  rest: boolean;
}
export interface GroupKind {
  passed: boolean;
  probability: number;
}
export type GroupChange = GroupName & GroupKind & Counts;
export interface DayKind extends GroupKind {
  day: string;
  tier: string;
  phase: string;
  bin: number;
  weight: number;
}
export type DayChange = OfEpoch & DayKind & Counts;

const names = statement(
  'counts.names',
  `select distinct workspace_id, epoch_id, attribute, value, rest from gate_groups
   where workspace_id = any($1::text[]) and epoch_id = any($2::text[])`,
);
/** Groups of epochs that are counted by now. Jobs only. */
export const groupNames = (tx: Tx, workspace_ids: string[], epoch_ids: string[]) =>
  tx.query<GroupName>(names, [workspace_ids, epoch_ids]);

const add_groups = statement(
  'counts.add_groups',
  `insert into gate_groups as g (workspace_id, epoch_id, attribute, value, rest, passed, probability, n,
     labelled, wrong)
   select workspace_id, epoch_id, attribute, value, rest, passed, probability, n, labelled, wrong
   from jsonb_to_recordset($1) as c (workspace_id text, epoch_id text, attribute text, value text,
     rest boolean, passed boolean, probability float8, n int, labelled int, wrong int)
   on conflict (workspace_id, epoch_id, attribute, value, rest, passed, probability) do update
     set n = g.n + excluded.n, labelled = g.labelled + excluded.labelled,
       wrong = g.wrong + excluded.wrong`,
);
/** @param changes each group and kind once */
export const addToGroups = (tx: Tx, changes: GroupChange[]) =>
  tx.write(add_groups, [JSON.stringify(changes)]);

const add_days = statement(
  'counts.add_days',
  `insert into gate_days as d (workspace_id, epoch_id, day, tier, phase, bin, weight, passed, probability,
     n, labelled, wrong)
   select workspace_id, epoch_id, day, tier, phase, bin, weight, passed, probability, n, labelled, wrong
   from jsonb_to_recordset($1) as c (workspace_id text, epoch_id text, day date, tier text, phase text,
     bin int, weight float8, passed boolean, probability float8, n int, labelled int, wrong int)
   on conflict (workspace_id, epoch_id, day, tier, phase, bin, weight, passed, probability) do update
     set n = d.n + excluded.n, labelled = d.labelled + excluded.labelled,
       wrong = d.wrong + excluded.wrong`,
);
/** @param changes each day and kind once */
export const addToDays = (tx: Tx, changes: DayChange[]) =>
  tx.write(add_days, [JSON.stringify(changes)]);

export type GroupRow = Omit<GroupChange, 'workspace_id' | 'epoch_id'>;
const groups = statement(
  'counts.groups',
  `select attribute, value, rest, passed, probability, sum(n)::int as n, sum(labelled)::int as labelled,
     sum(wrong)::int as wrong
   from gate_groups where workspace_id = $1 and epoch_id = any($2::text[])
   group by attribute, value, rest, passed, probability
   order by attribute, value, rest, passed, probability limit 5000`,
);
/** Groups of epochs, those of all of them together. */
export const groupsIn = (tx: Tx, scope: Scope, epoch_ids: string[]) =>
  tx.query<GroupRow>(groups, [scope.workspace_id, epoch_ids]);

const lately = statement(
  'counts.lately',
  `select epoch_id, sum(n)::int as n from gate_days
   where workspace_id = $1 and epoch_id = any($2::text[]) and day >= ($3::timestamptz - interval '7 days')::date
   group by epoch_id order by epoch_id limit 2500`,
);
/** How many outputs came to each epoch in the last week. */
export const cameLately = (tx: Tx, scope: Scope, epoch_ids: string[]) =>
  tx.query<{ epoch_id: string; n: number }>(lately, [scope.workspace_id, epoch_ids, tx.now]);

export interface DayRow extends Omit<DayChange, 'workspace_id'> {
  phase: 'head' | 'design' | 'test';
}
const days = statement(
  'counts.days',
  `select epoch_id, to_char(day, 'YYYY-MM-DD') as day, tier, phase, bin, weight, passed, probability, n,
     labelled, wrong
   from gate_days where workspace_id = $1 and epoch_id = any($2::text[]) and day >= $3::date
     and day <= $4::date and n > 0
   order by epoch_id, day, tier, phase, bin, weight, passed, probability limit 400000`,
);
/** Outputs of epochs by day. @param span first and last day */
export const daysOf = (
  tx: Tx,
  scope: Scope,
  epoch_ids: string[],
  { from, to }: { from: string; to: string },
) => tx.query<DayRow>(days, [scope.workspace_id, epoch_ids, from, to]);

export type ScoreRow = GroupKind & Counts & { bin: number };
const scores = statement(
  'counts.scores',
  `select d.passed, d.probability, d.bin, sum(d.n)::int as n, sum(d.labelled)::int as labelled,
     sum(d.wrong)::int as wrong
   from gate_epochs e join gate_days d on d.workspace_id = e.workspace_id and d.epoch_id = e.id
   where e.workspace_id = $1 and e.gate = $2 and d.day >= $3::date and d.day <= $4::date
   group by 1, 2, 3 having sum(d.n) > 0 order by 1, 2, 3 limit 100000`,
);
/** Outputs of a gate by score, whatever their version. @param span first and last day */
export const scoresOf = (
  tx: Tx,
  scope: Scope,
  gate: string,
  { from, to }: { from: string; to: string },
) => tx.query<ScoreRow>(scores, [scope.workspace_id, gate, from, to]);

export interface EarlierRow {
  epoch_id: string;
  tier: string;
  phase: DayRow['phase'];
  bin: number;
  weight: number;
  wrong: number;
  n: number;
}
const earlier = statement(
  'counts.labels_before',
  `select epoch_id, tier, phase, bin, weight, sum(wrong)::int as wrong, sum(labelled)::int as n
   from gate_days where workspace_id = $1 and epoch_id = any($2::text[]) and day < $3::date and labelled > 0
   group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5 limit 200000`,
);
/** Labels of outputs that came before a day. */
export const labelsBefore = (tx: Tx, scope: Scope, epoch_ids: string[], day: string) =>
  tx.query<EarlierRow>(earlier, [scope.workspace_id, epoch_ids, day]);

const bins = statement(
  'counts.bins',
  `select bin, sum(n)::int as n from gate_days
   where workspace_id = $1 and epoch_id = $2 and tier = $3 and phase <> 'head'
   group by 1 having sum(n) > 0 order by 1 limit 1000`,
);
/** Outputs of an epoch's tier by bin of score, judged or not. */
export const binsOf = (tx: Tx, scope: Scope, epoch_id: string, tier: string) =>
  tx.query<{ bin: number; n: number }>(bins, [scope.workspace_id, epoch_id, tier]);
