import type { PromiseState, Scope } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

export interface GateTally {
  gate: string;
  title: string;
  mode: string;
  passed: number;
  held: number;
  blocked: number;
  waiting: number;
  agreed: number;
  compared: number;
}

// The limit keeps it a look by key for each resolution: without, all cases there ever were are read once
// for the few of a day, which took two thirds of a second behind a million outputs.
const case_of = `select gate, kind from cases
  where workspace_id = r.workspace_id and id = r.case_id limit 1`;

const by_gate = statement(
  'home.by_gate',
  `with recent as (
     select gate, count(*) filter (where verdict = 'pass')::int as passed,
       count(*) filter (where verdict = 'hold')::int as held,
       count(*) filter (where verdict = 'block')::int as blocked
     from outputs where workspace_id = $1 and created_at >= $2 group by gate),
   open as (
     select gate, count(*)::int as waiting from cases
     where workspace_id = $1 and state = 'waiting' and gate is not null group by gate),
   judged as (
     select c.gate, count(*) filter (where r.agreed)::int as agreed, count(r.agreed)::int as compared
     from resolutions r cross join lateral (${case_of}) c
     where r.workspace_id = $1 and r.standing and r.at >= $2 and c.gate is not null group by c.gate)
   select g.name as gate, g.title, v.definition->'policy'->>'mode' as mode,
     coalesce(passed, 0) as passed, coalesce(held, 0) as held, coalesce(blocked, 0) as blocked,
     coalesce(waiting, 0) as waiting, coalesce(agreed, 0) as agreed, coalesce(compared, 0) as compared
   from gates g
   join policy_versions v on v.workspace_id = g.workspace_id and v.gate = g.name
     and v.version = g.policy_version
   left join recent on recent.gate = g.name left join open on open.gate = g.name
   left join judged on judged.gate = g.name
   where g.workspace_id = $1 order by g.title, g.name limit 200`,
);
export const talliesByGate = (tx: Tx, scope: Scope, since: string) =>
  tx.query<GateTally>(by_gate, [scope.workspace_id, since]);

const promises = statement(
  'home.promises',
  `select e.gate, case when t.certificate_id is not null then 'certified'
       when t.tracked is not null then 'tracking' when t.blind then 'unwatched'
       when t.alarmed_at is not null then 'alarmed' else 'learning' end as state,
     count(*)::int as n, bool_and(t.tier = 'all') as whole_versions
   from gate_epochs e
   join gate_tiers t on t.workspace_id = e.workspace_id and t.epoch_id = e.id and t.ended_at is null
   where e.workspace_id = $1 and e.ended_at is null group by 1, 2`,
);
/** What each gate's promise has come to in its versions and parts that are open, and in how many. */
export const promisesOpen = (tx: Tx, scope: Scope) =>
  tx.query<{ gate: string; state: PromiseState; n: number; whole_versions: boolean }>(promises, [
    scope.workspace_id,
  ]);

const by_hour = statement(
  'home.by_hour',
  `with hours as (
     select generate_series(date_trunc('hour', $2::timestamptz), $3::timestamptz, interval '1 hour') as at),
   judged as (
     select date_trunc('hour', created_at) as at, count(*) filter (where verdict = 'pass')::int as passed,
       count(*) filter (where verdict = 'hold')::int as held,
       count(*) filter (where verdict = 'block')::int as blocked
     from outputs where workspace_id = $1 and created_at >= $2 group by 1),
   decided as (
     select date_trunc('hour', at) as at, count(*)::int as decided from resolutions
     where workspace_id = $1 and standing and at >= $2 group by 1)
   select hours.at, coalesce(passed, 0) as passed, coalesce(held, 0) as held,
     coalesce(blocked, 0) as blocked, coalesce(decided, 0) as decided
   from hours left join judged using (at) left join decided using (at) order by hours.at`,
);
export const talliesByHour = (tx: Tx, scope: Scope, since: string) =>
  tx.query<{ at: string; passed: number; held: number; blocked: number; decided: number }>(
    by_hour,
    [scope.workspace_id, since, tx.now],
  );

const decided = statement(
  'home.decided',
  `select outcome, count(*)::int as count from resolutions
   where workspace_id = $1 and standing and at >= $2 group by outcome order by outcome`,
);
export const decidedSince = (tx: Tx, scope: Scope, since: string) =>
  tx.query<{ outcome: string; count: number }>(decided, [scope.workspace_id, since]);

const agreement = statement(
  'home.agreement',
  `select c.kind, count(*) filter (where r.agreed)::int as agreed, count(r.agreed)::int as compared
   from resolutions r cross join lateral (${case_of}) c
   where r.workspace_id = $1 and r.standing and r.at >= $2 group by c.kind order by c.kind`,
);
export const agreementSince = (tx: Tx, scope: Scope, since: string) =>
  tx.query<{ kind: string; agreed: number; compared: number }>(agreement, [
    scope.workspace_id,
    since,
  ]);

const effort = statement(
  'home.effort',
  `select coalesce(sum(spent_ms), 0)::float8 as spent_ms,
     percentile_cont(0.5) within group (order by spent_ms) filter (where spent_ms > 0) as median_spent_ms
   from answers where workspace_id = $1 and at >= $2 and rater_kind <> 'model'`,
);
export const effortSince = async (tx: Tx, scope: Scope, since: string) =>
  (
    await tx.query<{ spent_ms: number; median_spent_ms: number | null }>(effort, [
      scope.workspace_id,
      since,
    ])
  )[0];

const now_waiting = statement(
  'home.waiting',
  `select (select count(*)::int from cases where workspace_id = $1 and state = 'waiting') as waiting,
     (select created_at from cases where workspace_id = $1 and state = 'waiting'
       order by created_at, id limit 1)
       as oldest_waiting_at,
     (select count(distinct case_id)::int from leases where workspace_id = $1 and expires_at > $2) as held_now,
     (select count(*)::int from deliveries where workspace_id = $1 and state = 'dead') as dead_deliveries`,
);
export const waitingNow = async (tx: Tx, scope: Scope) =>
  (
    await tx.query<{
      waiting: number;
      oldest_waiting_at: string | null;
      held_now: number;
      dead_deliveries: number;
    }>(now_waiting, [scope.workspace_id, tx.now])
  )[0];

const attention = statement(
  'home.attention',
  `(select 'stranded' as kind, id, title, 'whoever could decide it is through with it, or away' as detail,
     stranded_at as at from cases
     where $4 and workspace_id = $1 and state = 'waiting' and stranded_at is not null
     order by stranded_at, id limit 3)
   union all
   (select 'alarmed', g.name, g.title,
     case when bool_and(t.tier = 'all') then 'more was wrong than promised; it is proven anew'
       else 'more was wrong than promised of ' || string_agg(distinct t.tier, ', ')
         || '; that is proven anew' end,
     min(t.alarmed_at) from gate_epochs e
     join gate_tiers t on t.workspace_id = e.workspace_id and t.epoch_id = e.id and t.ended_at is null
     join gates g on g.workspace_id = e.workspace_id and g.name = e.gate
     where $4 and e.workspace_id = $1 and e.ended_at is null and t.alarmed_at is not null
       and t.certificate_id is null
     group by g.name, g.title order by 5, g.name limit 3)
   union all
   (select 'unwatched', g.name, g.title, 'nobody judges the spot checks of what passes',
     min(t.unwatched_at) from gate_tiers t
     join gate_epochs e on e.workspace_id = t.workspace_id and e.id = t.epoch_id and e.ended_at is null
     join gates g on g.workspace_id = e.workspace_id and g.name = e.gate
     where $4 and t.workspace_id = $1 and t.unwatched_at is not null and t.ended_at is null
     group by g.name, g.title order by 5, g.name limit 3)
   union all
   (select 'overdue', id, title, 'past its time', due_at from cases
     where workspace_id = $1 and state = 'waiting' and due_at <= $2::timestamptz + interval '10 minutes'
     order by due_at, id limit 5)
   union all
   (select 'mention', n.case_id, left(n.text, 120), c.title, n.at from notes n
     join cases c on c.workspace_id = n.workspace_id and c.id = n.case_id
     where n.workspace_id = $1 and n.mentions ? $3 and c.state = 'waiting'
     order by n.id desc limit 5)
   union all
   (select 'delivery', id, url, event_type, created_at from deliveries
     where workspace_id = $1 and state = 'dead' order by id desc limit 5)
   union all
   (select 'case', id, title, reasons->>0, created_at from cases
     where workspace_id = $1 and state = 'waiting'
     order by priority desc, coalesce(due_at, 'infinity'), created_at, id limit 5)
   limit 20`,
);
export const attentionNow = (tx: Tx, scope: Scope, me: string, leads: boolean) =>
  tx.query<{
    kind: 'stranded' | 'alarmed' | 'unwatched' | 'overdue' | 'mention' | 'delivery' | 'case';
    id: string;
    title: string;
    detail: string | null;
    at: string;
  }>(attention, [scope.workspace_id, tx.now, me, leads]);
