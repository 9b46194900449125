import type { HandOffReason, Scope, TargetKind } from '@wheelhouse/core';
import type { Tx } from '../ports.ts';
import { statement } from './statement.ts';

/** A stretch of time, cut where its pieces begin, of one bot or queue or of all. */
export interface Cut {
  from: string;
  to: string;
  starts: string[];
  bot: string | null;
  queue: string | null;
}

// Which piece a row is of, from 1; null is all of them together.
export const piece = (at: string) => `width_bucket(${at}, $4::timestamptz[]) as piece`;
const ms = (from: string, to: string) => `extract(epoch from ${to} - ${from}) * 1000`;
/** The median and what nine of ten do not go over; null values are left out. */
const spread = (value: string, name: string) =>
  `count(${value})::int as ${name}_n,
   percentile_cont(0.5) within group (order by ${value})::float8 as ${name}_median,
   percentile_cont(0.9) within group (order by ${value})::float8 as ${name}_p90`;

export const given = (scope: Scope, { from, to, starts, bot, queue }: Cut) =>
  [scope.workspace_id, from, to, starts, bot, queue] as const;

export interface EpisodeFigures {
  piece: number | null;
  begun: number;
  resolved: number;
  asked: number;
  taken: number;
  over: number;
  without_person: number;
  first_n: number;
  first_median: number | null;
  first_p90: number | null;
  person_n: number;
  person_median: number | null;
  person_p90: number | null;
}
const episodes = statement(
  'reports.episodes',
  `with found as (
     select ${piece('e.began_at')}, e.ended_at, e.asked_at, e.taken_at,
       e.spoke_at is not null and (e.ended_at is not null
         or (c.waiting_since is null and c.active_at < $7)) as over,
       ${ms('e.spoke_at', 'e.replied_at')} as first,
       ${ms('e.asked_at', 'e.person_replied_at')} as person
     from episodes e
     left join conversations c on e.ended_at is null and c.workspace_id = e.workspace_id
       and c.id = e.conversation_id
     where e.workspace_id = $1 and e.began_at >= $2 and e.began_at < $3
       and ($5::text is null or e.bot = $5) and ($6::text is null or e.queue = $6))
   select piece, count(*)::int as begun, count(ended_at)::int as resolved,
     count(asked_at)::int as asked, count(taken_at)::int as taken,
     count(*) filter (where over)::int as over,
     count(*) filter (where over and asked_at is null and taken_at is null)::int as without_person,
     ${spread('first', 'first')}, ${spread('person', 'person')}
   from found group by grouping sets ((piece), ()) order by piece limit 1000`,
);
/** @param quiet_since before which the last word of an open one was said that is over */
export const episodeFigures = (tx: Tx, scope: Scope, cut: Cut, quiet_since: string) => {
  const [workspace, from, to, starts, bot, queue] = given(scope, cut);
  return tx.query<EpisodeFigures>(episodes, [workspace, from, to, starts, bot, queue, quiet_since]);
};

export interface WaitFigures {
  piece: number | null;
  gave_up: number;
  still: number;
  n: number;
  median: number | null;
  p90: number | null;
}
const took = ms('began_at', 'ended_at');
const found_stints = (kind: 'queue' | 'member') => `from stints
     where workspace_id = $1 and owner_kind = '${kind}' and began_at >= $2 and began_at < $3
       and ($5::text is null or bot = $5) and ($6::text is null or queue = $6)`;
const came = `case when ended = 'member' then ${took} end`;
const spread_of = `count(took)::int as n,
  percentile_cont(0.5) within group (order by took)::float8 as median,
  percentile_cont(0.9) within group (order by took)::float8 as p90`;

const waits = statement(
  'reports.waits',
  `with found as (
     select ${piece('began_at')}, ended, ${came} as took ${found_stints('queue')})
   select piece, count(*) filter (where ended <> 'member')::int as gave_up,
     count(*) filter (where ended is null)::int as still, ${spread_of}
   from found group by grouping sets ((piece), ()) order by piece limit 1000`,
);
export const waitFigures = (tx: Tx, scope: Scope, cut: Cut) => {
  const [workspace, from, to, starts, bot, queue] = given(scope, cut);
  return tx.query<WaitFigures>(waits, [workspace, from, to, starts, bot, queue]);
};

export interface HandlingFigures {
  piece: number | null;
  n: number;
  median: number | null;
  p90: number | null;
}
const handling = statement(
  'reports.handling',
  `with found as (select ${piece('began_at')}, ${took} as took ${found_stints('member')})
   select piece, ${spread_of}
   from found group by grouping sets ((piece), ()) order by piece limit 1000`,
);
export const handlingFigures = (tx: Tx, scope: Scope, cut: Cut) => {
  const [workspace, from, to, starts, bot, queue] = given(scope, cut);
  return tx.query<HandlingFigures>(handling, [workspace, from, to, starts, bot, queue]);
};

export interface GroupFigures {
  count: number;
  n: number;
  median: number | null;
  p90: number | null;
}
// The pieces are none of it; they are given so that every statement takes the same.
const by_reason = statement(
  'reports.by_reason',
  `with found as (select reason, ${came} as took ${found_stints('queue')} and $4::timestamptz[] is not null)
   select reason, count(*)::int as count, ${spread_of}
   from found group by reason order by count desc, reason limit 50`,
);
export const waitsByReason = (tx: Tx, scope: Scope, cut: Cut) => {
  const [workspace, from, to, starts, bot, queue] = given(scope, cut);
  return tx.query<GroupFigures & { reason: HandOffReason | null }>(by_reason, [
    workspace,
    from,
    to,
    starts,
    bot,
    queue,
  ]);
};

const by_queue = statement(
  'reports.by_queue',
  `with found as (
     select owner_id as queue, ${came} as took ${found_stints('queue')} and $4::timestamptz[] is not null)
   select queue, count(*)::int as count, ${spread_of}
   from found group by queue order by count desc, queue limit 100`,
);
export const waitsByQueue = (tx: Tx, scope: Scope, cut: Cut) => {
  const [workspace, from, to, starts, bot, queue] = given(scope, cut);
  return tx.query<GroupFigures & { queue: string }>(by_queue, [
    workspace,
    from,
    to,
    starts,
    bot,
    queue,
  ]);
};

const by_member = statement(
  'reports.by_member',
  `with found as (
     select owner_id as id, ${took} as took ${found_stints('member')} and $4::timestamptz[] is not null)
   select id, count(*)::int as count, ${spread_of}
   from found group by id order by count desc, id limit 200`,
);
export const handlingByMember = (tx: Tx, scope: Scope, cut: Cut) => {
  const [workspace, from, to, starts, bot, queue] = given(scope, cut);
  return tx.query<GroupFigures & { id: string }>(by_member, [
    workspace,
    from,
    to,
    starts,
    bot,
    queue,
  ]);
};

export interface DraftFigures {
  piece: number | null;
  n: number;
  as_it_stands: number;
  edited: number;
  replaced: number;
  not_sent: number;
  words_changed: number | null;
  share_changed: number | null;
}
const drafts = statement(
  'reports.drafts',
  `with found as (
     select ${piece('at')}, became,
       case when became = 'edited' then distance end as changed,
       case when became = 'edited' then distance::float8 / greatest(words, 1) end as share
     from drafts where workspace_id = $1 and at >= $2 and at < $3 and ($5::text is null or bot = $5))
   select piece, count(*)::int as n,
     count(*) filter (where became = 'as_it_stands')::int as as_it_stands,
     count(*) filter (where became = 'edited')::int as edited,
     count(*) filter (where became = 'replaced')::int as replaced,
     count(*) filter (where became = 'not_sent')::int as not_sent,
     percentile_cont(0.5) within group (order by changed)::float8 as words_changed,
     percentile_cont(0.5) within group (order by share)::float8 as share_changed
   from found group by grouping sets ((piece), ()) order by piece limit 1000`,
);
export const draftFigures = (tx: Tx, scope: Scope, cut: Cut) => {
  const [workspace, from, to, starts, bot] = given(scope, cut);
  return tx.query<DraftFigures>(drafts, [workspace, from, to, starts, bot]);
};

export interface DraftReason {
  became: 'edited' | 'replaced';
  reason: string;
  n: number;
}
const most_reasons = 50;
const longest_reason = 300;
const draft_reasons = statement(
  'reports.draft_reasons',
  `select d.became, left(btrim(o.outcome->>'reason'), ${longest_reason}) as reason,
     count(*)::int as n
   from drafts d join outputs o on o.workspace_id = d.workspace_id and o.id = d.output_id
   where d.workspace_id = $1 and d.at >= $2 and d.at < $3 and ($4::text is null or d.bot = $4)
     and d.became in ('edited', 'replaced') and btrim(o.outcome->>'reason') <> ''
   group by 1, 2 order by n desc, 1, 2 limit ${most_reasons}`,
);
/** What people gave as their reason to change or turn down a draft. */
export const draftReasons = (tx: Tx, scope: Scope, { from, to, bot }: Cut) =>
  tx.query<DraftReason>(draft_reasons, [scope.workspace_id, from, to, bot]);

const breaches = statement(
  'reports.breaches',
  `with found as (
     select ${piece('at')}, data->>'target' as target
     from events where workspace_id = $1 and type = 'conversation.breached' and at >= $2 and at < $3
       and ($5::text is null or data->>'bot' = $5))
   select piece, target, count(*)::int as n
   from found group by grouping sets ((piece), (target), ()) order by piece, target limit 1100`,
);
/** By piece, by target, and all together. */
export const breachFigures = (tx: Tx, scope: Scope, cut: Cut) => {
  const [workspace, from, to, starts, bot] = given(scope, cut);
  return tx.query<{ piece: number | null; target: TargetKind | null; n: number }>(breaches, [
    workspace,
    from,
    to,
    starts,
    bot,
  ]);
};

export interface SatisfactionFigures {
  piece: number | null;
  n: number;
  mean: number | null;
  satisfied: number;
}
const satisfaction = statement(
  'reports.satisfaction',
  `with found as (
     select ${piece('at')}, score
     from ratings where workspace_id = $1 and at >= $2 and at < $3 and ($5::text is null or bot = $5))
   select piece, count(*)::int as n, avg(score)::float8 as mean,
     count(*) filter (where score >= 4)::int as satisfied
   from found group by grouping sets ((piece), ()) order by piece limit 1000`,
);
export const satisfactionFigures = (tx: Tx, scope: Scope, cut: Cut) => {
  const [workspace, from, to, starts, bot] = given(scope, cut);
  return tx.query<SatisfactionFigures>(satisfaction, [workspace, from, to, starts, bot]);
};
