import type { Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

/** A tier that people are asked about, as far as it is told of. */
export interface TierAsked {
  workspace_id: string;
  epoch_id: string;
  tier: string;
  gate: string;
  model: string | null;
  model_version: string | null;
  alpha: number;
}
export interface AlarmedTier extends TierAsked {
  labelled: number;
  wrong: number;
  needed: number;
  unlikely: boolean;
  tracked: number | null;
  alarmed_at: string;
}
const columns = `t.workspace_id, t.epoch_id, t.tier, e.gate, e.model, e.model_version, t.alpha, t.labelled,
  t.wrong, t.needed, t.unlikely, t.tracked,
  coalesce(t.alarmed_at, e.began_at) as alarmed_at`;

const to_ask = statement(
  'alarms.to_ask',
  `select ${columns} from gate_tiers t
   join gate_epochs e on e.workspace_id = t.workspace_id and e.id = t.epoch_id
   where t.ask_at <= $1 and t.certificate_id is null and t.alarm_case_id is null
     and t.ended_at is null and e.ended_at is null
   order by t.ask_at, t.workspace_id, t.epoch_id, t.tier limit $2 for update of t skip locked`,
);
/** Tiers whose alarm has persisted and that nobody was asked about, of every workspace. Jobs only. */
export const alarmsToAsk = (tx: Tx, limit: number) =>
  tx.query<AlarmedTier>(to_ask, [tx.now, limit]);

export type AskedTier = Pick<AlarmedTier, 'workspace_id' | 'epoch_id' | 'tier'> & {
  alarm_case_id: string;
};
const over = statement(
  'alarms.over',
  `select t.workspace_id, t.epoch_id, t.tier, coalesce(t.alarm_case_id, '') as alarm_case_id from gate_tiers t
   where t.alarm_case_id > ''
     and (t.certificate_id is not null or t.ended_at is not null
       or (select e.ended_at from gate_epochs e
         where e.workspace_id = t.workspace_id and e.id = t.epoch_id) is not null)
   order by t.workspace_id, t.epoch_id, t.tier limit $1 for update of t skip locked`,
);
/** Tiers that people were asked about and that are proven again, or gone. Jobs only. */
export const alarmsOver = (tx: Tx, limit: number) => tx.query<AskedTier>(over, [limit]);

const save = statement(
  'alarms.save',
  `update gate_tiers set alarm_case_id = $4, ask_at = null
   where workspace_id = $1 and epoch_id = $2 and tier = $3`,
);
/** Keeps the case that asks about an alarm, or that none does any more. */
export const saveAlarmCase = (
  tx: Tx,
  scope: Scope,
  { epoch_id, tier }: Pick<AlarmedTier, 'epoch_id' | 'tier'>,
  case_id: string | null,
) => tx.write(save, [scope.workspace_id, epoch_id, tier, case_id]);

const first_proof = statement(
  'alarms.first_proof',
  `select issued_at from certificates where workspace_id = $1 and epoch_id = $2 and tier = $3
   order by issued_at, id limit 1`,
);
/** When a tier was first certified. */
export const firstProof = async (tx: Tx, scope: Scope, epoch_id: string, tier: string) =>
  (await tx.query<{ issued_at: string }>(first_proof, [scope.workspace_id, epoch_id, tier]))[0]
    ?.issued_at;
