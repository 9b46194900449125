import type { Tx } from '../ports.ts';
import type { Place } from './fan-out.ts';
import { statement } from './statement.ts';

export interface TierPlace {
  workspace_id: string;
  epoch_id: string;
  tier: string;
}
/** Outputs of a tier that came one after another, from a place in the log on. */
export interface BatchRow extends TierPlace, Place {
  batch: number;
  /** How many people were asked about before it, and of it. */
  before: number;
  asked: number;
}

const find = statement(
  'batches.find',
  `select workspace_id, epoch_id, tier, batch, xid::text as xid, seq, before, asked from gate_batches
   where workspace_id = any($1::text[]) and epoch_id = any($2::text[]) order by batch`,
);
/** The batches of these epochs, oldest first. Jobs only. */
export const batchesIn = (tx: Tx, workspace_ids: string[], epoch_ids: string[]) =>
  tx.query<BatchRow>(find, [workspace_ids, epoch_ids]);

const save = statement(
  'batches.save',
  `insert into gate_batches (workspace_id, epoch_id, tier, batch, xid, seq, before, asked)
   select workspace_id, epoch_id, tier, batch, xid::xid8, seq, before, asked
   from jsonb_to_recordset($1) as b (workspace_id text, epoch_id text, tier text, batch int, xid text,
     seq bigint, before int, asked int)
   on conflict (workspace_id, epoch_id, tier, batch) do update set asked = excluded.asked`,
);
export const saveBatches = (tx: Tx, rows: BatchRow[]) => tx.write(save, [JSON.stringify(rows)]);

const waiting = statement(
  'batches.waiting',
  `select workspace_id, epoch_id, tier, batch, sum(waiting)::int as waiting from gate_tallies
   where workspace_id = any($1::text[]) and epoch_id = any($2::text[]) group by 1, 2, 3, 4`,
);
export type WaitingRow = TierPlace & Pick<BatchRow, 'batch'> & { waiting: number };
/** How many people are asked about and have not judged, of each batch of these epochs. Jobs only. */
export const waitingIn = (tx: Tx, workspace_ids: string[], epoch_ids: string[]) =>
  tx.query<WaitingRow>(waiting, [workspace_ids, epoch_ids]);

// One statement, so that nothing is counted twice or not at all. The sum keeps the engine from looking
// for batches in the key, where they stand behind the phase.
const join = statement(
  'batches.join',
  `with upto as (
     select * from jsonb_to_recordset($1) as u (workspace_id text, epoch_id text, tier text, batch int)),
   gone as (
     delete from gate_batches b using upto u
     where b.workspace_id = any($2::text[]) and b.epoch_id = any($3::text[])
       and b.workspace_id = u.workspace_id and b.epoch_id = u.epoch_id and b.tier = u.tier
       and b.batch <= u.batch),
   taken as (
     delete from gate_tallies t using upto u
     where t.workspace_id = any($2::text[]) and t.epoch_id = any($3::text[])
       and t.workspace_id = u.workspace_id and t.epoch_id = u.epoch_id and t.tier = u.tier
       and t.batch + 0 between 1 and u.batch
     returning t.*)
   insert into gate_tallies as t (workspace_id, epoch_id, tier, phase, bin, weight, batch, wrong, n, waiting)
   select workspace_id, epoch_id, tier, phase, bin, weight, 0, sum(wrong), sum(n), sum(waiting) from taken
   group by 1, 2, 3, 4, 5, 6
   on conflict (workspace_id, epoch_id, tier, phase, bin, weight, batch) do update
     set wrong = t.wrong + excluded.wrong, n = t.n + excluded.n, waiting = t.waiting + excluded.waiting`,
);
/** Counts the batches of a tier together, up to one each. Jobs only. */
export const joinBatches = (tx: Tx, upto: (TierPlace & Pick<BatchRow, 'batch'>)[]) =>
  tx.write(join, [
    JSON.stringify(upto),
    upto.map(({ workspace_id }) => workspace_id),
    upto.map(({ epoch_id }) => epoch_id),
  ]);
