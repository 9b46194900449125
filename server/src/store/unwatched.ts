import type { Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import type { TierAsked } from './alarms.ts';
import type { EpochNamed } from './epochs.ts';
import { statement } from './statement.ts';

export interface TierToWatch extends EpochNamed {
  workspace_id: string;
  epoch_id: string;
  tier: string;
  gate: string;
  alpha: number;
  spot_check: number;
  raised_check: number | null;
  passes: boolean;
  unwatched_at: string | null;
  blind: boolean;
  /** When each of the spot checks that wait was drawn, in milliseconds since 1970, oldest first. */
  drawn: number[];
}
// A version of the gate that ended may have left any number of them waiting: none of those is of an epoch
// that is open, and all are older than it.
const to_watch = statement(
  'unwatched.to_watch',
  `with watched as (
     select workspace_id, epoch_id, tier from gate_tiers where certificate_id > '' and ended_at is null
     union select workspace_id, epoch_id, tier from gate_tiers where tracked >= 0 and ended_at is null
     union select workspace_id, epoch_id, tier from gate_tiers where unwatched_at <= $3 and ended_at is null)
   select t.workspace_id, t.epoch_id, t.tier, e.gate, t.alpha, t.raised_check, t.unwatched_at, t.blind,
     (e.terms->>'spot_check')::float8 as spot_check,
     t.certificate_id is not null or t.tracked is not null as passes, w.drawn,
     e.model, e.model_version, e.prompt_version, e.score_version, e.population
   from watched
   join gate_tiers t on t.workspace_id = watched.workspace_id and t.epoch_id = watched.epoch_id
     and t.tier = watched.tier
   cross join lateral (
     select gate, began_at, terms, model, model_version, prompt_version, score_version, population
     from gate_epochs
     where workspace_id = t.workspace_id and id = t.epoch_id and ended_at is null limit 1) e
   cross join lateral (
     select coalesce(array_agg((extract(epoch from drawn_at) * 1000)::float8 order by drawn_at), '{}') as drawn
     from (
       select c.created_at as drawn_at from cases c
       join outputs o on o.workspace_id = c.workspace_id and o.id = c.output_id
       where c.workspace_id = t.workspace_id and c.gate = e.gate and c.kind = 'spot_check'
         and c.state = 'waiting' and c.created_at >= e.began_at and c.created_at <= $1
         and o.promise->>'epoch_id' = t.epoch_id and o.promise->>'tier' = t.tier
         and not o.promise ? 'override_id'
       order by c.created_at desc limit $2) newest) w
   where t.unwatched_at is not null or w.drawn <> '{}'
   order by t.workspace_id, t.epoch_id, t.tier`,
);
/** Tiers that something passes at and that have spot checks drawn by `before` that wait, and all that are
 *  not watched, of every workspace. Jobs only. @param most of the spot checks of each */
export const tiersToWatch = (tx: Tx, before: string, most: number) =>
  tx.query<TierToWatch>(to_watch, [before, most, tx.now]);

type Tier = Pick<TierToWatch, 'epoch_id' | 'tier'>;
const judged = statement(
  'unwatched.judged',
  `select (extract(epoch from hour) * 1000)::float8 as at_ms, n, wrong from gate_check_hours
   where workspace_id = $1 and epoch_id = $2 and tier = $3 and hour >= to_timestamp($4 / 1000.0)
   order by hour`,
);
/** Spot checks that were judged since a moment, by the hour. */
export const judgedSince = (tx: Tx, scope: Scope, { epoch_id, tier }: Tier, since_ms: number) =>
  tx.query<{ at_ms: number; n: number; wrong: number }>(judged, [
    scope.workspace_id,
    epoch_id,
    tier,
    since_ms,
  ]);

const save = statement(
  'unwatched.save',
  `update gate_tiers set unwatched_at = $4, unwatched_checks = $5, blind = $6,
     stale_at = case when blind <> $6 then coalesce(stale_at, $7) else stale_at end
   where workspace_id = $1 and epoch_id = $2 and tier = $3
     and unwatched_at is not distinct from $8 and blind = $9 and ended_at is null
   returning tier`,
);
/** Keeps how a tier is watched, if it still was as somebody found it. @returns whether it was */
export const saveUnwatched = async (
  tx: Tx,
  scope: Scope,
  was: TierToWatch,
  now: { unwatched_at: string | null; waiting: number; blind: boolean },
) =>
  (
    await tx.query(save, [
      scope.workspace_id,
      was.epoch_id,
      was.tier,
      now.unwatched_at,
      now.waiting,
      now.blind,
      tx.now,
      was.unwatched_at,
      was.blind,
    ])
  ).length > 0;

export interface UnwatchedTier extends TierAsked {
  unwatched_at: string;
  waiting: number;
  blind: boolean;
}
const to_ask = statement(
  'unwatched.to_ask',
  `select t.workspace_id, t.epoch_id, t.tier, e.gate, e.model, e.model_version, t.alpha,
     coalesce(t.unwatched_at, $1) as unwatched_at, t.unwatched_checks as waiting, t.blind
   from gate_tiers t
   join gate_epochs e on e.workspace_id = t.workspace_id and e.id = t.epoch_id
   where t.unwatched_at <= $1 and t.unwatched_case_id is null and t.ended_at is null
     and e.ended_at is null
   order by t.unwatched_at, t.workspace_id, t.epoch_id, t.tier limit $2 for update of t skip locked`,
);
/** Tiers that have not been watched since a moment and that nobody was asked about. Jobs only. */
export const unwatchedToAsk = (tx: Tx, since: string, limit: number) =>
  tx.query<UnwatchedTier>(to_ask, [since, limit]);

const over = statement(
  'unwatched.over',
  `select t.workspace_id, t.epoch_id, t.tier, coalesce(t.unwatched_case_id, '') as case_id
   from gate_tiers t
   where t.unwatched_case_id > ''
     and (t.unwatched_at is null or t.ended_at is not null
       or (select e.ended_at from gate_epochs e
         where e.workspace_id = t.workspace_id and e.id = t.epoch_id) is not null)
   order by t.workspace_id, t.epoch_id, t.tier limit $1 for update of t skip locked`,
);
/** Tiers that people were asked about and that are watched again, or gone. Jobs only. */
export const unwatchedOver = (tx: Tx, limit: number) =>
  tx.query<Tier & { workspace_id: string; case_id: string }>(over, [limit]);

const save_case = statement(
  'unwatched.save_case',
  `update gate_tiers set unwatched_case_id = $4
   where workspace_id = $1 and epoch_id = $2 and tier = $3`,
);
/** Keeps the case that asks about a tier, or that none does any more. */
export const saveUnwatchedCase = (
  tx: Tx,
  scope: Scope,
  { epoch_id, tier }: Tier,
  id: string | null,
) => tx.write(save_case, [scope.workspace_id, epoch_id, tier, id]);
