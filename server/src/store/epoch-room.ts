import type { Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

const begin_alone = statement(
  'epoch_room.begin_alone',
  `select pg_advisory_xact_lock(hashtextextended($1 || chr(10) || gate, 9)) from unnest($2::text[]) as gate`,
);
/** Lets nobody else begin versions of these gates for the length of this transaction. */
export const lockToBegin = (tx: Tx, scope: Scope, gates: string[]) =>
  tx.write(begin_alone, [scope.workspace_id, [...gates].sort()]);

const open = statement(
  'epoch_room.open',
  `select count(distinct key)::int as count from gate_epochs
   where workspace_id = $1 and gate = $2 and ended_at is null`,
);
/** How many versions of a gate are open. */
export const openVersions = async (tx: Tx, scope: Scope, gate: string) =>
  (await tx.query<{ count: number }>(open, [scope.workspace_id, gate]))[0]?.count ?? 0;

const lapsing = statement(
  'epoch_room.lapsing',
  `select distinct e.workspace_id, e.gate, e.key from gate_epochs e
   where e.ended_at is null and e.began_at <= $1
     and not exists (select from gate_epochs o
       join gate_tiers t on t.workspace_id = o.workspace_id and t.epoch_id = o.id
       where o.workspace_id = e.workspace_id and o.gate = e.gate and o.key = e.key
         and o.ended_at is null and (o.began_at > $1 or t.used_at > $1))
   order by e.workspace_id, e.gate, e.key limit $2`,
);
/** Open versions that nothing came to since a moment, of every workspace. Jobs only. */
export const versionsLapsing = (tx: Tx, since: string, limit: number) =>
  tx.query<{ workspace_id: string; gate: string; key: string }>(lapsing, [since, limit]);

const used = statement(
  'epoch_room.used',
  `select tier from gate_tiers where workspace_id = $1 and epoch_id = any($2::text[]) and used_at > $3
   limit 1`,
);
/** Whether anything came to a version since a moment, as far as it was counted. */
export const usedSince = async (tx: Tx, scope: Scope, epoch_ids: string[], since: string) =>
  (await tx.query(used, [scope.workspace_id, epoch_ids, since])).length > 0;

// Nothing passes by what ends here, so that no verdict needs to wait. Whoever holds one is about to
// change it, and it is left alone.
const end_unused = statement(
  'epoch_room.end_unused',
  `with unused as (
     select e.workspace_id, e.id from gate_epochs e
     where e.workspace_id = $1 and e.gate = $2 and e.ended_at is null and e.part is null
       and (select t.tier from gate_tiers t where t.workspace_id = $1 and t.epoch_id = e.id
         and (t.certificate_id is not null or t.alarmed_at is not null or t.ended_at is not null or t.blind)
         limit 1) is null
     order by greatest(e.began_at, (select max(t.used_at) from gate_tiers t
       where t.workspace_id = $1 and t.epoch_id = e.id)), e.id
     limit $4 for update of e skip locked)
   update gate_epochs g set ended_at = $3, why_ended = 'unused'
   from unused u where g.workspace_id = $1 and g.id = u.id returning g.id`,
);
/** Ends versions of a gate that were longest unused, of those that nothing was ever proven of.
 *  @returns how many */
export const endUnused = async (tx: Tx, scope: Scope, gate: string, most: number) =>
  (await tx.query(end_unused, [scope.workspace_id, gate, tx.now, most])).length;
