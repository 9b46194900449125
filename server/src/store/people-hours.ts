import type { Scope, Work } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import type { Place } from './fan-out.ts';
import { statement } from './statement.ts';

const count = statement(
  'people_hours.count',
  `insert into gate_work as w (workspace_id, gate, hour, decisions, timed, spent_ms)
   select workspace_id, data->>'gate', date_trunc('hour', at), count(*),
     count(*) filter (where (data->>'spent_ms')::bigint > 0),
     sum(least((data->>'spent_ms')::bigint, $5::bigint))
   from events where (xid, seq) > ($1::text::xid8, $2) and (xid, seq) <= ($3::text::xid8, $4)
     and type = 'case.answered' and data->>'status' = 'submitted' and data ? 'gate'
   group by 1, 2, 3 order by 1, 2, 3
   on conflict (workspace_id, gate, hour) do update set decisions = w.decisions + excluded.decisions,
     timed = w.timed + excluded.timed, spent_ms = w.spent_ms + excluded.spent_ms
   returning workspace_id, gate`,
);
/** Counts people's work by gate and hour, between two places in the log. Jobs only. @returns its gates */
export const countWork = (tx: Tx, from: Place, to: Place, most_ms: number) =>
  tx.query<{ workspace_id: string; gate: string }>(count, [
    ...[from.xid, from.seq, to.xid, to.seq],
    most_ms,
  ]);

const work_since = statement(
  'people_hours.since',
  `select coalesce(sum(decisions), 0)::int as decisions, coalesce(sum(timed), 0)::int as timed,
     coalesce(sum(spent_ms), 0)::float8 as spent_ms
   from gate_work where workspace_id = $1 and gate = $2 and hour >= $3`,
);
export const workSince = async (tx: Tx, scope: Scope, gate: string, since: string) =>
  (await tx.query<Work>(work_since, [scope.workspace_id, gate, since]))[0] as Work;

const rest = statement(
  'people_hours.rest',
  `insert into gate_rests as r (workspace_id, gate, until) values ($1, $2, $3)
   on conflict (workspace_id, gate) do update set until = excluded.until where r.until <= $4
   returning gate`,
);
/** Lets what a gate holds rest until a moment. @returns whether it did not rest already */
export const restUntil = async (tx: Tx, scope: Scope, gate: string, until: string) =>
  (await tx.query(rest, [scope.workspace_id, gate, until, tx.now])).length > 0;

const lift = statement(
  'people_hours.lift',
  'update gate_rests set until = $3 where workspace_id = $1 and gate = $2 and until > $3',
);
/** What a gate holds is offered again. */
export const liftRest = (tx: Tx, scope: Scope, gate: string) =>
  tx.write(lift, [scope.workspace_id, gate, tx.now]);

const resting = statement(
  'people_hours.resting',
  'select until from gate_rests where workspace_id = $1 and gate = $2 and until > $3',
);
export const restOf = async (tx: Tx, scope: Scope, gate: string): Promise<string | null> =>
  (await tx.query<{ until: string }>(resting, [scope.workspace_id, gate, tx.now]))[0]?.until ??
  null;

const waiting = statement(
  'people_hours.waiting',
  `select count(*)::int as n from cases
   where workspace_id = $1 and gate = $2 and state = 'waiting' and kind = 'review'`,
);
export const waitingAt = async (tx: Tx, scope: Scope, gate: string): Promise<number> =>
  (await tx.query<{ n: number }>(waiting, [scope.workspace_id, gate]))[0]?.n ?? 0;
