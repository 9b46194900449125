import type { PromiseTerms, Scope } from '@wheelhouse/core';
import type { Calm, Detector, Monitor, Tracker } from '@wheelhouse/core/learn';
import type { Tx } from '../ports.ts';
import type { EpochNamed } from './epochs.ts';
import type { Place } from './fan-out.ts';
import { statement } from './statement.ts';

export interface Watch extends EpochNamed {
  workspace_id: string;
  epoch_id: string;
  tier: string;
  gate: string;
  alpha: number;
  detector: Detector | null;
  monitor: Monitor | null;
  monitor_cut: number | null;
  score_monitor: Monitor | null;
  /** Outputs by bin of score of the time before the first certificate. */
  reference: number[] | null;
  raised_check: number | null;
  /** While more is looked at than usual and something passes by a certificate. */
  calm: Calm | null;
  tracker: Tracker | null;
  recent: number[];
  arrived: number;
  spot_check: number;
  after_alarm: PromiseTerms['after_alarm'];
  certificate_id: string | null;
  /** What was certified holds until its spot checks are judged. */
  blind: boolean;
  /** When it ended, alone or with its epoch: then nothing is watched any more. */
  ended_at: string | null;
}
const watch_columns = `t.workspace_id, t.epoch_id, t.tier, e.gate, t.alpha, t.detector, t.monitor,
  t.monitor_cut, t.score_monitor, t.reference, t.raised_check, t.calm, t.tracker, t.recent, t.arrived,
  (e.terms->>'spot_check')::float8 as spot_check,
  coalesce(e.terms->>'after_alarm', 'hold') as after_alarm, t.certificate_id, t.blind,
  coalesce(t.ended_at, e.ended_at) as ended_at, e.model, e.model_version, e.prompt_version,
  e.score_version, e.population`;

const lock = statement(
  'watches.lock',
  `select ${watch_columns} from gate_tiers t
   join gate_epochs e on e.workspace_id = t.workspace_id and e.id = t.epoch_id
   where t.workspace_id = any($1::text[]) and t.epoch_id = any($2::text[])
   order by t.workspace_id, t.epoch_id, t.tier for update of t`,
);
/** Locks the watches of epochs. Jobs only. */
export const lockWatches = (tx: Tx, workspace_ids: string[], epoch_ids: string[]) =>
  tx.query<Watch>(lock, [workspace_ids, epoch_ids]);

export interface Arrived {
  workspace_id: string;
  epoch_id: string;
  tier: string;
  /** Once it is known what they are: as they came, and whether each while a certificate stood, whatever it
   *  passed by. */
  scores: number[];
  certified: boolean[];
}
const arrived = statement(
  'watches.arrived_between',
  `select workspace_id, data->'promise'->>'epoch_id' as epoch_id, data->'promise'->>'tier' as tier,
     coalesce(array_agg((data->'promise'->>'score')::float8 order by xid, seq)
       filter (where data->'promise'->>'phase' <> 'head'), '{}') as scores,
     coalesce(array_agg(data->'promise'->>'certificate_id' is not null
       or (data->'promise' ? 'override_id' and data->'promise'->>'threshold' is not null)
       order by xid, seq) filter (where data->'promise'->>'phase' <> 'head'), '{}') as certified
   from events where (xid, seq) > ($1::text::xid8, $2) and (xid, seq) <= ($3::text::xid8, $4)
     and type = 'output.submitted' and data ? 'promise'
   group by 1, 2, 3 order by 1, 2, 3`,
);
/** Outputs that came to guaranteed gates between two places in the log. Jobs only. */
export const arrivedBetween = (tx: Tx, from: Place, to: Place) =>
  tx.query<Arrived>(arrived, [from.xid, from.seq, to.xid, to.seq]);

const checked = statement(
  'watches.checked',
  `select n, wrong from gate_check_hours
   where workspace_id = $1 and epoch_id = $2 and tier = $3 and not tracked and n > 0 order by hour`,
);
/** Spot checks of what was certified, as they are judged by now, hour after hour. Jobs only. */
export const checksByHour = (
  tx: Tx,
  { workspace_id, epoch_id, tier }: Pick<Watch, 'workspace_id' | 'epoch_id' | 'tier'>,
) => tx.query<{ n: number; wrong: number }>(checked, [workspace_id, epoch_id, tier]);

const save = statement(
  'watches.save',
  `update gate_tiers g set detector = w.detector, monitor = w.monitor,
     score_monitor = w.score_monitor, raised_check = w.raised_check, calm = w.calm, tracker = w.tracker, recent = w.recent, arrived = w.arrived,
     used_at = case when w.used then $2 else g.used_at end,
     warned_at = case when w.warned is not null then $2 else g.warned_at end,
     alarm_due = g.alarm_due or w.alarm_due,
     stale_at = case when w.alarm_due then coalesce(g.stale_at, $2) else g.stale_at end
   from jsonb_to_recordset($1) as w (workspace_id text, epoch_id text, tier text, detector jsonb,
     monitor jsonb, score_monitor jsonb, raised_check float8, calm jsonb, tracker jsonb, recent jsonb, arrived int, used boolean, warned jsonb, alarm_due boolean)
   where g.workspace_id = any($3::text[]) and g.epoch_id = any($4::text[])
     and g.workspace_id = w.workspace_id and g.epoch_id = w.epoch_id and g.tier = w.tier`,
);
/** What the watches came to. */
export const saveWatches = (
  tx: Tx,
  rows: (Omit<Watch, 'reference'> & { warned: object | null; alarm_due: boolean; used: boolean })[],
) =>
  tx.write(save, [
    JSON.stringify(rows),
    tx.now,
    rows.map(({ workspace_id }) => workspace_id),
    rows.map(({ epoch_id }) => epoch_id),
  ]);

const begin = statement(
  'watches.begin',
  `update gate_tiers set monitor = $4, monitor_cut = $5, score_monitor = $6, reference = $7
   where workspace_id = $1 and epoch_id = $2 and tier = $3 and monitor_cut is null`,
);
/** Watches what comes from here on, against what came before. */
export const beginMonitors = (
  tx: Tx,
  scope: Scope,
  { epoch_id, tier }: Pick<Watch, 'epoch_id' | 'tier'>,
  { cut, held, scores, reference }: Beginning,
) =>
  tx.write(begin, [
    ...[scope.workspace_id, epoch_id, tier, JSON.stringify(held), cut],
    ...[JSON.stringify(scores), JSON.stringify(reference)],
  ]);

interface Beginning {
  cut: number;
  held: Monitor;
  scores: Monitor;
  reference: number[];
}
