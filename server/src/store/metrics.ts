import type { Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

/** More of a kind than this are not counted one by one: a scrape must cost little, whatever waits. */
export const most_counted = 10_000;

const waiting = statement(
  'metrics.waiting',
  `select q.name as queue, found.waiting, found.oldest_at from queues q
   cross join lateral (
     select count(*)::int as waiting, min(created_at) as oldest_at from (
       select created_at from cases c where c.workspace_id = $1 and c.queue = q.name
         and c.state = 'waiting'
       order by priority desc, coalesce(due_at, 'infinity'::timestamptz), created_at, id limit $2) head) found
   where q.workspace_id = $1 order by q.name limit 500`,
);
export interface QueueFigures {
  queue: string;
  waiting: number;
  oldest_at: string | null;
}
export const waitingByQueue = (tx: Tx, scope: Scope) =>
  tx.query<QueueFigures>(waiting, [scope.workspace_id, most_counted]);

const now = statement(
  'metrics.now',
  `select
     (select created_at from cases where workspace_id = $1 and state = 'waiting'
      order by created_at, id limit 1) as oldest_at,
     (select count(*)::int from (select 1 from leases where workspace_id = $1 and expires_at > $2
      limit $3) held) as held,
     (select count(*)::int from (select 1 from deliveries where workspace_id = $1
      and state = 'waiting' limit $3) underway) as deliveries_waiting,
     (select count(*)::int from (select 1 from deliveries where workspace_id = $1
      and state = 'dead' limit $3) given_up) as deliveries_dead`,
);
export interface NowFigures {
  oldest_at: string | null;
  held: number;
  deliveries_waiting: number;
  deliveries_dead: number;
}
export const figuresNow = async (tx: Tx, scope: Scope) =>
  (await tx.query<NowFigures>(now, [scope.workspace_id, tx.now, most_counted]))[0];
